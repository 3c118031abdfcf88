//! The least values of a schema's types.

use crate::avro::{LogicalType, Schema, TypeId, TypeKind};
use crate::lightest::{Needs, least_costs};

/// What a value costs. Before all else it should not run into faults that are not meant, then it should be small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    /// Faults other than the one that is meant.
    pub(super) faults: u32,
    /// Bytes, and one for each value.
    pub(super) size: u64,
}

impl Cost {
    /// The cost of what has no value.
    pub(super) const NONE: Self = Self { faults: u32::MAX, size: u64::MAX };

    pub(super) fn of(size: u64) -> Self {
        Self { faults: 0, size }
    }

    pub(super) fn and(self, other: Self) -> Self {
        if self == Self::NONE || other == Self::NONE {
            return Self::NONE;
        }
        // A sum that is as great as that of no value stays the cost of some value.
        let size = self.size.saturating_add(other.size).min(u64::MAX - 1);
        Self { faults: self.faults.saturating_add(other.faults), size }
    }
}

/// The least value of each type.
pub(super) struct Least<'s> {
    schema: &'s Schema,
    costs: Vec<Option<Cost>>,
}

impl<'s> Least<'s> {
    pub(super) fn new(schema: &'s Schema) -> Self {
        let mut parts = vec![(Needs::All, Vec::new()); schema.type_count()];
        let mut types = vec![None; schema.type_count()];
        for id in schema.reachable() {
            let (Some(of), Some(ty)) = (parts.get_mut(id.index()), types.get_mut(id.index())) else { continue };
            *ty = Some(id);
            *of = match schema.kind(id) {
                TypeKind::Record(record) => {
                    (Needs::All, record.fields.iter().map(|field| field.ty.id.index()).collect())
                }
                TypeKind::Union(branches) => (Needs::Any, branches.iter().map(|branch| branch.id.index()).collect()),
                _ => continue,
            };
        }
        let costs = least_costs(&parts, |at, known| Self::cost_of(schema, types.get(at).copied().flatten()?, known));
        Self { schema, costs }
    }

    pub(super) fn cost(&self, id: TypeId) -> Cost {
        self.costs.get(id.index()).copied().flatten().unwrap_or(Cost::NONE)
    }

    /// What a type's least value costs, when those of its parts are known; nothing where it has none.
    fn cost_of(schema: &Schema, id: TypeId, known: &[Option<Cost>]) -> Option<Cost> {
        let part = |id: TypeId| known.get(id.index()).copied().flatten();
        Some(match schema.kind(id) {
            TypeKind::Enum(symbols) if symbols.symbols.is_empty() => return None,
            TypeKind::Record(record) => {
                let mut parts = record.fields.iter().map(|field| part(field.ty.id));
                parts.try_fold(Cost::of(1), |sum, part| Some(sum.and(part?)))?
            }
            TypeKind::Union(branches) => branches.iter().filter_map(|branch| part(branch.id)).min()?.and(Cost::of(2)),
            TypeKind::Fixed(fixed) => Cost::of(u64::from(fixed.size) + 1),
            _ => Cost::of(plain(schema, id).len() as u64 + 1),
        })
    }

    /// Appends the least value of a type that has one, and is nested so many levels deep at most.
    pub(super) fn write(&self, id: TypeId, levels: u32, out: &mut Vec<u8>) -> Option<()> {
        match self.schema.kind(id) {
            TypeKind::Fixed(fixed) => out.resize(out.len() + fixed.size as usize, 0),
            TypeKind::Record(record) => {
                let levels = levels.checked_sub(1)?;
                record.fields.iter().try_for_each(|field| self.write(field.ty.id, levels, out))?;
            }
            TypeKind::Union(branches) => {
                let least = branches.iter().enumerate().min_by_key(|(_, branch)| self.cost(branch.id));
                if let Some((branch, least)) = least {
                    super::index(branch, out);
                    self.write(least.id, levels, out)?;
                }
            }
            _ => out.extend_from_slice(plain(self.schema, id)),
        }
        Some(())
    }
}

/// The least value of a type without parts, or with any number of them. It is also one of the logical type, where there is one.
fn plain(schema: &Schema, id: TypeId) -> &'static [u8] {
    let ty = schema.ty(id);
    match (&ty.kind, ty.logical) {
        (TypeKind::Null, _) => &[],
        (TypeKind::Float, _) => &[0; 4],
        (TypeKind::Double, _) => &[0; 8],
        (TypeKind::String, Some(LogicalType::Uuid)) => b"\x4800000000-0000-0000-0000-000000000000",
        (TypeKind::Bytes, Some(LogicalType::Decimal { .. })) => &[2, 0],
        // An unscaled value of one byte, and the scale.
        (TypeKind::Bytes, Some(LogicalType::BigDecimal)) => &[6, 2, 0, 0],
        _ => &[0],
    }
}

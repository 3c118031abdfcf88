//! The least values of a schema's types.

use crate::avro::{LogicalType, Schema, TypeId, TypeKind};

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
    costs: Vec<Cost>,
}

impl<'s> Least<'s> {
    pub(super) fn new(schema: &'s Schema) -> Self {
        let mut least = Self { schema, costs: vec![Cost::NONE; schema.type_count()] };
        let types = schema.reachable();
        let mut changed = true;
        while std::mem::take(&mut changed) {
            for &id in types.iter().rev() {
                changed |= least.update(id);
            }
        }
        least
    }

    pub(super) fn cost(&self, id: TypeId) -> Cost {
        self.costs.get(id.index()).copied().unwrap_or(Cost::NONE)
    }

    /// Whether a type turns out to cost less.
    fn update(&mut self, id: TypeId) -> bool {
        let cost = match self.schema.kind(id) {
            TypeKind::Enum(symbols) if symbols.symbols.is_empty() => Cost::NONE,
            TypeKind::Record(record) => {
                record.fields.iter().fold(Cost::of(1), |sum, field| sum.and(self.cost(field.ty.id)))
            }
            TypeKind::Union(branches) => {
                let least = branches.iter().map(|branch| self.cost(branch.id)).min();
                least.unwrap_or(Cost::NONE).and(Cost::of(2))
            }
            TypeKind::Fixed(fixed) => Cost::of(u64::from(fixed.size) + 1),
            _ => Cost::of(self.plain(id).len() as u64 + 1),
        };
        match self.costs.get_mut(id.index()) {
            Some(known) if cost < *known => {
                *known = cost;
                true
            }
            _ => false,
        }
    }

    /// The least value of a type without parts, or with any number of them. It is also one of the logical type, where there is one.
    fn plain(&self, id: TypeId) -> &'static [u8] {
        let ty = self.schema.ty(id);
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
            _ => out.extend_from_slice(self.plain(id)),
        }
        Some(())
    }
}

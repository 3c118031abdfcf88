//! What of a writer's schema meets what of a reader's: the rules by which names, fields, branches and types without parts match.

use cognate_codec::avro::plan::{Conversion, Node};

use super::UnionOrder;
use crate::avro::model::Type;
use crate::avro::{FieldAlias, LogicalType, Name, Record, Schema, TypeId, TypeKind, TypeRef};

/// Two schemas that meet.
#[derive(Clone, Copy)]
pub(super) struct Matching<'s> {
    pub(super) writer: &'s Schema,
    pub(super) reader: &'s Schema,
    pub(super) order: UnionOrder,
}

impl Matching<'_> {
    /// The branch of a reader's union that takes a writer's type which is no union.
    pub(super) fn branch(self, writer: TypeId, branches: &[TypeRef]) -> Option<usize> {
        match self.order {
            UnionOrder::ExactFirst => self.exact_first(writer, branches),
            UnionOrder::FirstMatch => branches.iter().position(|branch| self.matches(writer, branch.id)),
        }
    }

    fn exact_first(self, writer: TypeId, branches: &[TypeRef]) -> Option<usize> {
        let from = self.writer.kind(writer);
        let find = |test: &dyn Fn(&TypeKind) -> bool| {
            branches.iter().position(|branch| {
                let to = self.reader.kind(branch.id);
                same_kind(from, to) && test(to)
            })
        };
        match from.name() {
            Some(name) => find(&|to| to.name() == Some(name))
                .or_else(|| find(&|to| has_alias(to, name)))
                .or_else(|| find(&|to| names_match(from, to))),
            None => find(&|_| true)
                .or_else(|| branches.iter().position(|branch| promotion(from, self.reader.kind(branch.id)).is_some())),
        }
    }

    /// Whether a branch is the one for a writer's type, by the specification's rules for two schemas to match.
    fn matches(self, writer: TypeId, reader: TypeId) -> bool {
        let (from, to) = (self.writer.kind(writer), self.reader.kind(reader));
        match (from, to) {
            (TypeKind::Fixed(a), TypeKind::Fixed(b)) => names_match(from, to) && a.size == b.size,
            _ if same_kind(from, to) => names_match(from, to),
            _ => promotion(from, to).is_some(),
        }
    }
}

/// The branch of a reader's union that takes a writer's type which is no union.
pub(crate) fn branch_for(
    writer: &Schema,
    reader: &Schema,
    order: UnionOrder,
    ty: TypeId,
    branches: &[TypeRef],
) -> Option<usize> {
    Matching { writer, reader, order }.branch(ty, branches)
}

/// Whether a type without parts becomes another.
pub(crate) fn promotes(from: &TypeKind, to: &TypeKind) -> bool {
    promotion(from, to).is_some()
}

/// The writer's field that each of the reader's fields takes: the one of its name, otherwise the first of its aliases that
/// no other field takes.
pub(super) fn sources(from: &Record, to: &Record) -> Vec<Option<usize>> {
    let mut sources: Vec<_> = to.fields.iter().map(|field| from.field_index(&field.name)).collect();
    for (position, field) in to.fields.iter().enumerate() {
        if sources.get(position).is_none_or(Option::is_some) {
            continue;
        }
        let free = |alias: &FieldAlias| from.field_index(&alias.name).filter(|index| !sources.contains(&Some(*index)));
        let found = field.aliases.iter().find_map(free);
        if let Some(slot) = sources.get_mut(position) {
            *slot = found;
        }
    }
    sources
}

/// Whether a writer's named type is the reader's: by its unqualified name, or by its full name among the reader's aliases.
pub(super) fn names_match(writer: &TypeKind, reader: &TypeKind) -> bool {
    let (Some(from), Some(to)) = (writer.name(), reader.name()) else { return true };
    from.simple() == to.simple() || has_alias(reader, from)
}

pub(super) fn has_alias(reader: &TypeKind, name: &Name) -> bool {
    reader.aliases().iter().any(|alias| alias.name == *name)
}

/// How a type without parts becomes another, when it can.
pub(super) fn promotion(from: &TypeKind, to: &TypeKind) -> Option<Node> {
    use TypeKind::{Boolean, Bytes, Double, Float, Int, Long, Null, String};
    Some(match (from, to) {
        // An int is written as the long of the same value, and text as its bytes.
        (Null, Null)
        | (Boolean, Boolean)
        | (Float, Float)
        | (Double, Double)
        | (Int, Int | Long)
        | (Long, Long)
        | (String | Bytes, String | Bytes) => Node::Same,
        (Int | Long, Float) => Node::Convert(Conversion::IntegerToFloat),
        (Int | Long, Double) => Node::Convert(Conversion::IntegerToDouble),
        (Float, Double) => Node::Convert(Conversion::FloatToDouble),
        _ => return None,
    })
}

/// Whether two types are decimals of different precision or scale, which never match.
pub(super) fn decimals_differ(writer: &Type, reader: &Type) -> bool {
    match (&writer.logical, &reader.logical) {
        (Some(from @ LogicalType::Decimal { .. }), Some(to @ LogicalType::Decimal { .. })) => from != to,
        _ => false,
    }
}

fn same_kind(a: &TypeKind, b: &TypeKind) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

//! What of a writer's schema meets what of a reader's: the rules by which names, fields, branches and types without parts match.

use cognate_codec::avro::plan::{Conversion, Node};

use super::UnionOrder;
use crate::avro::model::Type;
use crate::avro::{LogicalType, Name, Record, Schema, TypeId, TypeKind, TypeRef};

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
            Some(name) => self
                .reader
                .named_type(name)
                .and_then(|id| {
                    branches.iter().position(|branch| branch.id == id && same_kind(from, self.reader.kind(id)))
                })
                .or_else(|| find(&|to| has_alias(to, name)))
                .or_else(|| find(&|to| names_match(from, to) && self.takes(from, to)))
                .or_else(|| find(&|to| names_match(from, to))),
            None => find(&|_| true)
                .or_else(|| branches.iter().position(|branch| promotion(from, self.reader.kind(branch.id)).is_some())),
        }
    }

    /// Whether a reader's named type takes a writer's as far as one can see from outside: a fixed of its size, and a record each
    /// of whose fields has a source that may become it, or a default. The Java implementation looks no deeper either.
    fn takes(self, from: &TypeKind, to: &TypeKind) -> bool {
        let (from, to) = match (from, to) {
            (TypeKind::Record(from), TypeKind::Record(to)) => (from, to),
            (TypeKind::Fixed(from), TypeKind::Fixed(to)) => return from.size == to.size,
            _ => return true,
        };
        to.fields.iter().zip(sources(from, to)).all(|(field, source)| {
            match source.and_then(|source| from.fields.get(source)) {
                Some(source) => self.meets(source.ty.id, field.ty.id),
                None => field.default.is_some(),
            }
        })
    }

    /// Whether two types may meet, whatever is inside of them.
    fn meets(self, writer: TypeId, reader: TypeId) -> bool {
        match (self.writer.kind(writer), self.reader.kind(reader)) {
            (TypeKind::Union(_), _) => true,
            (_, TypeKind::Union(branches)) => branches.iter().any(|branch| self.matches(writer, branch.id)),
            _ => self.matches(writer, reader),
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
///
/// Where names have moved on, the reader's `b` was `a`, and its `c` was `b`: then a field that takes the data's `b` by its name
/// leaves it for its own former name.
pub(super) fn sources(from: &Record, to: &Record) -> Vec<Option<usize>> {
    let mut sources: Vec<_> = to.fields.iter().map(|field| from.field_index(&field.name)).collect();
    let mut takers = vec![None; from.fields.len()];
    for (position, source) in sources.iter().enumerate() {
        if let Some(taker) = source.and_then(|source| takers.get_mut(source)) {
            *taker = Some(position);
        }
    }
    let taker = |takers: &[Option<usize>], source: usize| takers.get(source).copied().flatten();
    // The writer's fields that somebody has been asked to leave.
    let mut asked = vec![false; from.fields.len()];
    for position in 0..to.fields.len() {
        let lacking = sources.get(position) == Some(&None);
        let mut moves: Vec<(usize, usize)> = Vec::new();
        let mut moving = lacking.then_some(position);
        while let Some(field) = moving.and_then(|position| to.fields.get(position)) {
            let in_data = || field.aliases.iter().filter_map(|alias| from.field_index(&alias.name));
            let free = in_data().find(|source| taker(&takers, *source).is_none());
            let next = free.or_else(|| in_data().find(|source| asked.get(*source) == Some(&false)));
            let (Some(position), Some(source)) = (moving, next) else {
                moves.clear();
                break;
            };
            moves.push((position, source));
            if let Some(asked) = asked.get_mut(source) {
                *asked = true;
            }
            moving = taker(&takers, source);
        }
        for (position, source) in moves {
            if let (Some(field), Some(taker)) = (sources.get_mut(position), takers.get_mut(source)) {
                (*field, *taker) = (Some(source), Some(position));
            }
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
        // Text is written as its bytes.
        (Null, Null)
        | (Boolean, Boolean)
        | (Float, Float)
        | (Double, Double)
        | (Int, Int)
        | (Long, Long)
        | (String | Bytes, String | Bytes) => Node::Same,
        (Int, Long) => Node::Convert(Conversion::IntToLong),
        (Int, Float) => Node::Convert(Conversion::IntToFloat),
        (Int, Double) => Node::Convert(Conversion::IntToDouble),
        (Long, Float) => Node::Convert(Conversion::LongToFloat),
        (Long, Double) => Node::Convert(Conversion::LongToDouble),
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

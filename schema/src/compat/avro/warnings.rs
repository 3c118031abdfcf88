//! What alters a meaning without breaking a reader.

use super::places::{described, spelled};
use super::{Sides, rules};
use crate::avro::resolve::{Meeting, Pair, Place, UnionOrder, branch_for, promotes, walk};
use crate::avro::{LogicalType, TypeKind};
use crate::compat::{Direction, Finding, Rule};
use crate::json::{Node, Value};

impl<'s> Sides<'s> {
    /// Finds what alters a meaning. What is the same in both directions is found in one of them.
    pub(super) fn warn(&self, add: &mut dyn FnMut(Finding)) {
        walk(self.writer, self.reader, UnionOrder::default(), &mut |meeting| match meeting {
            Meeting::Types(pair) => {
                self.promotion(pair, add);
                self.union_order(pair, add);
                if self.direction == Direction::Backward {
                    self.logical(pair, add);
                    self.enum_default(pair, add);
                }
            }
            Meeting::Fields { records, writer, reader } if self.direction == Direction::Backward => {
                self.field_default(records, *writer, *reader, add);
            }
            _ => {}
        });
    }

    fn promotion(&self, pair: &Pair<'_>, add: &mut dyn FnMut(Finding)) {
        let (reader, writer) = self.direction.reader_and_writer();
        let place = || spelled(self.reader, pair.reader_pointer);
        match (self.writer.kind(pair.writer), self.reader.kind(pair.reader)) {
            (from @ (TypeKind::Int | TypeKind::Long), to @ TypeKind::Float)
            | (from @ TypeKind::Long, to @ TypeKind::Double) => {
                let bits = if matches!(to, TypeKind::Float) { 24 } else { 53 };
                let (from, to, place) = (from.word(), to.word(), place());
                let message = format!(
                    "a reader with the {reader} schema rounds the {from} in {place} of {writer} data where it is greater than \
                     2^{bits}, to a {to}"
                );
                add(self.at(&rules::LOSSY_PROMOTION, message, pair));
            }
            (TypeKind::Bytes, TypeKind::String) => {
                let place = place();
                let message = format!(
                    "a reader with the {reader} schema fails on {writer} data whose bytes in {place} are not UTF-8 text"
                );
                add(self.at(&rules::BYTES_TO_STRING, message, pair));
            }
            _ => {}
        }
    }

    fn union_order(&self, pair: &Pair<'_>, add: &mut dyn FnMut(Finding)) {
        let TypeKind::Union(branches) = self.reader.kind(pair.reader) else { return };
        if matches!(self.writer.kind(pair.writer), TypeKind::Union(_)) {
            return;
        }
        let choose = |order| {
            let branch = branch_for(self.writer, self.reader, order, pair.writer, branches)?;
            branches.get(branch)
        };
        if let (Some(exact), Some(first)) = (choose(UnionOrder::ExactFirst), choose(UnionOrder::FirstMatch))
            && exact.id != first.id
            && self.writer.canonical_form() != self.reader.canonical_form()
        {
            let (reader, writer) = self.direction.reader_and_writer();
            let place = spelled(self.reader, pair.reader_pointer);
            let name = |id| self.reader.kind(id).branch_name();
            let (from, exact, first) = (self.writer.kind(pair.writer).branch_name(), name(exact.id), name(first.id));
            let message = format!(
                "readers with the {reader} schema disagree on {from} in {place} of {writer} data: Java and Cognate read \
                 `{exact}`, those that take the first branch that matches `{first}`"
            );
            let mut finding = self.at(&rules::AMBIGUOUS_UNION, message, pair);
            finding.fix = Some(format!("put `{exact}` before `{first}`"));
            add(finding);
        }
    }

    fn logical(&self, pair: &Pair<'_>, add: &mut dyn FnMut(Finding)) {
        let (from, to) = (self.writer.ty(pair.writer), self.reader.ty(pair.reader));
        let both_fixed = matches!((&from.kind, &to.kind), (TypeKind::Fixed(_), TypeKind::Fixed(_)));
        if from.logical == to.logical || !(both_fixed || promotes(&from.kind, &to.kind)) {
            return;
        }
        match (from.logical, to.logical) {
            // Two decimals that differ are a fault, and told as one. The text of a UUID is the same with and without.
            (Some(LogicalType::Decimal { .. }), Some(LogicalType::Decimal { .. }))
            | (Some(LogicalType::Uuid), None)
            | (None, Some(LogicalType::Uuid)) => return,
            _ => {}
        }
        let place = spelled(self.reader, pair.reader_pointer);
        let (from, to) = (described(self.writer, pair.writer), described(self.reader, pair.reader));
        let message = format!(
            "the values in {place} of old data are {from}, and a reader with the new schema takes them for {to}, as they are"
        );
        add(self.at(&rules::CHANGED_LOGICAL_TYPE, message, pair));
    }

    fn field_default(&self, records: &Pair<'_>, writer: usize, reader: usize, add: &mut dyn FnMut(Finding)) {
        let (TypeKind::Record(from), TypeKind::Record(to)) =
            (self.writer.kind(records.writer), self.reader.kind(records.reader))
        else {
            return;
        };
        let (Some(old), Some(new)) = (from.fields.get(writer), to.fields.get(reader)) else { return };
        let (Some(before), Some(after)) = (&old.default, &new.default) else { return };
        if same(before, after) {
            return;
        }
        let message = format!(
            "the default of `{}` was {} and is {}: where data lacks the field, readers with the old schema and with the new one \
             understand it differently",
            new.name,
            shortened(&before.to_json()),
            shortened(&after.to_json())
        );
        let mut places = (records.writer_field(self.writer, writer), records.reader_field(self.reader, reader));
        places.0.location.span = before.span;
        places.1.location.span = after.span;
        add(self.with_default(message, places));
    }

    fn enum_default(&self, pair: &Pair<'_>, add: &mut dyn FnMut(Finding)) {
        let (TypeKind::Enum(from), TypeKind::Enum(to)) = (self.writer.kind(pair.writer), self.reader.kind(pair.reader))
        else {
            return;
        };
        let symbol = |symbols: &'s crate::avro::Enum| symbols.symbols.get(symbols.default?).map(|symbol| &*symbol.name);
        let (Some(before), Some(after)) = (symbol(from), symbol(to)) else { return };
        if before == after {
            return;
        }
        let message = format!(
            "the default of the enum `{}` was {before} and is {after}: readers with the old schema and with the new one understand \
             symbols differently that they do not know",
            to.name
        );
        let definition = |schema: &crate::avro::Schema, id, pointer: &str| {
            let location = schema.ty(id).location;
            Place { pointer: format!("{pointer}/default"), location }
        };
        let places = (
            definition(self.writer, pair.writer, pair.writer_pointer),
            definition(self.reader, pair.reader, pair.reader_pointer),
        );
        let places = (self.documents.place(self.writer, &places.0), self.documents.place(self.reader, &places.1));
        add(self.found(&rules::CHANGED_DEFAULT, message, places));
    }

    fn with_default(&self, message: String, (mut writer, mut reader): (Place, Place)) -> Finding {
        let (from, to) = (writer.location.span, reader.location.span);
        writer.pointer.push_str("/default");
        reader.pointer.push_str("/default");
        let mut places = (self.documents.place(self.writer, &writer), self.documents.place(self.reader, &reader));
        (places.0.span, places.1.span) = (from, to);
        self.found(&rules::CHANGED_DEFAULT, message, places)
    }

    pub(super) fn at(&self, rule: &'static Rule, message: String, pair: &Pair<'_>) -> Finding {
        let (writer, reader) = (pair.writer_place(self.writer), pair.reader_place(self.reader));
        let places = (self.documents.place(self.writer, &writer), self.documents.place(self.reader, &reader));
        self.found(rule, message, places)
    }
}

/// Whether two defaults stand for the same: `1.0` and `1`, members in another order.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || (is_float(a) || is_float(b)) && a.parse::<f64>() == b.parse::<f64>()
        }
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(members), Value::Object(others)) => {
            let in_b = |key: &str| b.member(key).map(|member| &member.value);
            let equal =
                |member: &crate::json::Member| in_b(&member.key).is_some_and(|other| same(&member.value, other));
            members.len() == others.len() && members.iter().all(equal)
        }
        (a, b) => a == b,
    }
}

fn is_float(text: &str) -> bool {
    text.contains(['.', 'e', 'E'])
}

fn shortened(text: &str) -> String {
    const LONG: usize = 60;
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}

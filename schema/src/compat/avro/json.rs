//! What breaks readers of JSON that can read the binary form.

use super::places::spelled;
use super::{Sides, rules};
use crate::avro::TypeKind;
use crate::avro::resolve::{Meeting, Pair, UnionOrder, walk};
use crate::compat::{Finding, Rule};

impl Sides<'_> {
    /// Finds what is written differently in JSON.
    pub(super) fn json(&self, add: &mut dyn FnMut(Finding)) {
        walk(self.writer, self.reader, UnionOrder::default(), &mut |meeting| match meeting {
            Meeting::Types(pair) => {
                self.symbols(pair, add);
                self.branch(pair, add);
                self.bytes(pair, add);
            }
            Meeting::Fields { records, writer, reader } => self.key(records, (*writer, *reader), add),
            _ => {}
        });
    }

    fn key(&self, records: &Pair<'_>, (writer, reader): (usize, usize), add: &mut dyn FnMut(Finding)) {
        let (TypeKind::Record(from), TypeKind::Record(to)) =
            (self.writer.kind(records.writer), self.reader.kind(records.reader))
        else {
            return;
        };
        let (Some(source), Some(target)) = (from.fields.get(writer), to.fields.get(reader)) else { return };
        if source.name == target.name {
            return;
        }
        let (reader_word, writer_word) = self.direction.reader_and_writer();
        let outcome = if target.default.is_some() { "takes its default for" } else { "does not find" };
        let message = format!(
            "a reader of JSON with the {reader_word} schema {outcome} `{}` of `{}`: {writer_word} data has it as `{}`, and JSON knows no aliases",
            target.name, to.name, source.name
        );
        let places = (records.writer_field(self.writer, writer), records.reader_field(self.reader, reader));
        let places = (self.documents.place(self.writer, &places.0), self.documents.place(self.reader, &places.1));
        let mut finding = self.found(&rules::JSON_RENAMED_KEY, message, places);
        finding.breaks = self.direction.into();
        add(finding);
    }

    /// Symbols that become the reader's default on the wire.
    fn symbols(&self, pair: &Pair<'_>, add: &mut dyn FnMut(Finding)) {
        let (TypeKind::Enum(from), TypeKind::Enum(to)) = (self.writer.kind(pair.writer), self.reader.kind(pair.reader))
        else {
            return;
        };
        let missing: Vec<_> = from.symbols.iter().filter(|symbol| to.symbol_index(&symbol.name).is_none()).collect();
        if missing.is_empty() || to.default.is_none() {
            return;
        }
        let (reader, writer) = self.direction.reader_and_writer();
        let message = format!(
            "a reader of JSON with the {reader} schema fails on {writer} data with {} in {}: its enum `{}` knows no such symbol, and \
             the default stands in only where the writer's schema is known",
            super::faults::named(&missing),
            spelled(self.reader, pair.reader_pointer),
            to.name
        );
        self.breaking(&rules::JSON_UNKNOWN_SYMBOL, message, pair, add);
    }

    /// The names under which a union's values stand. Null stands bare on either side.
    fn branch(&self, pair: &Pair<'_>, add: &mut dyn FnMut(Finding)) {
        let name = |written: Option<&str>| written.map_or("bare".to_owned(), |name| format!("as {{\"{name}\": …}}"));
        let in_union = |pointer: &str, kind: &TypeKind| {
            let inside = pointer.rsplit('/').next().is_some_and(|step| step.parse::<usize>().is_ok());
            inside.then(|| kind.branch_name().to_owned())
        };
        let (from, to) = (self.writer.kind(pair.writer), self.reader.kind(pair.reader));
        // Unions are met on the way to their branches.
        if [from, to].into_iter().any(|kind| matches!(kind, TypeKind::Union(_) | TypeKind::Null)) {
            return;
        }
        let (written, read) = (in_union(pair.writer_pointer, from), in_union(pair.reader_pointer, to));
        if written == read {
            return;
        }
        let (reader, writer) = self.direction.reader_and_writer();
        let message = format!(
            "{writer} data has the {} in {} {}, and a reader of JSON with the {reader} schema expects it {}",
            from.branch_name(),
            spelled(self.reader, pair.reader_pointer),
            name(written.as_deref()),
            name(read.as_deref())
        );
        self.breaking(&rules::JSON_UNION_BRANCH, message, pair, add);
    }

    fn bytes(&self, pair: &Pair<'_>, add: &mut dyn FnMut(Finding)) {
        let (from, to) = (self.writer.kind(pair.writer), self.reader.kind(pair.reader));
        if !matches!((from, to), (TypeKind::Bytes, TypeKind::String) | (TypeKind::String, TypeKind::Bytes)) {
            return;
        }
        let (reader, writer) = self.direction.reader_and_writer();
        let message = format!(
            "a reader of JSON with the {reader} schema takes the {} in {} of {writer} data for {}, which is written differently",
            from.word(),
            spelled(self.reader, pair.reader_pointer),
            to.word()
        );
        self.breaking(&rules::JSON_BYTES, message, pair, add);
    }

    fn breaking(&self, rule: &'static Rule, message: String, pair: &Pair<'_>, add: &mut dyn FnMut(Finding)) {
        let mut finding = self.at(rule, message, pair);
        finding.breaks = self.direction.into();
        add(finding);
    }
}

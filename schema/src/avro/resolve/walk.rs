//! A walk over what meets in two schemas, place by place, for those who tell people about it.

use std::collections::HashSet;

use super::matching::{Matching, sources};
use super::{Paths, Place, UnionOrder};
use crate::avro::{Record, Schema, TypeId, TypeKind, TypeRef};

/// What meets at a place.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Meeting<'w> {
    /// A writer's type becomes a reader's.
    Types(Pair<'w>),
    /// A writer's field, and what is in it, goes to a reader's field.
    Fields {
        /// The types of the two records.
        records: Pair<'w>,
        /// The position of the writer's field.
        writer: usize,
        /// The position of the reader's field.
        reader: usize,
    },
    /// A reader's field that the writer lacks.
    Missing {
        /// The types of the two records.
        records: Pair<'w>,
        /// The position of the reader's field.
        reader: usize,
    },
    /// A writer's field that the reader lacks.
    Skipped {
        /// The types of the two records.
        records: Pair<'w>,
        /// The position of the writer's field.
        writer: usize,
    },
}

/// Two types that meet.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Pair<'w> {
    /// The writer's type.
    pub writer: TypeId,
    /// The reader's type.
    pub reader: TypeId,
    /// The way to the writer's type, as [`Place::pointer`] writes it.
    pub writer_pointer: &'w str,
    /// The way to the reader's type.
    pub reader_pointer: &'w str,
    /// The way for people, by the reader's names: `lines[].price`, `counts{}`, `payment<Card>.last4`. Empty for the root.
    pub path: &'w str,
}

/// Goes through everything that meets, in the order of the writer's schema; the fields that a reader's record has more come last
/// in it. What two types hold is gone through only at the first of the places where they meet; so the walk ends, and its ways
/// are those of the [faults](super::Fault).
pub fn walk(writer: &Schema, reader: &Schema, order: UnionOrder, visit: &mut dyn FnMut(&Meeting<'_>)) {
    let matching = Matching { writer, reader, order };
    let mut walker = Walker { matching, seen: HashSet::new(), path: Paths::default(), visit };
    walker.types(writer.root(), reader.root());
}

impl Pair<'_> {
    /// The place of the writer's type.
    pub fn writer_place(&self, schema: &Schema) -> Place {
        Place::find(schema, self.writer_pointer.to_owned())
    }

    /// The place of the reader's type.
    pub fn reader_place(&self, schema: &Schema) -> Place {
        Place::find(schema, self.reader_pointer.to_owned())
    }

    /// The place of a field of the writer's record.
    pub fn writer_field(&self, schema: &Schema, field: usize) -> Place {
        Place::find(schema, format!("{}/fields/{field}", self.writer_pointer))
    }

    /// The place of a field of the reader's record.
    pub fn reader_field(&self, schema: &Schema, field: usize) -> Place {
        Place::find(schema, format!("{}/fields/{field}", self.reader_pointer))
    }
}

struct Walker<'s, 'v> {
    matching: Matching<'s>,
    seen: HashSet<(TypeId, TypeId)>,
    /// The way for people is the one of both.
    path: Paths,
    visit: &'v mut dyn FnMut(&Meeting<'_>),
}

impl Walker<'_, '_> {
    fn types(&mut self, writer: TypeId, reader: TypeId) {
        let Matching { writer: from, reader: to, .. } = self.matching;
        let first = self.seen.insert((writer, reader));
        #[expect(clippy::redundant_closure, reason = "the constructor by itself is for one lifetime only")]
        self.visit(writer, reader, |pair| Meeting::Types(pair));
        if !first {
            return;
        }
        match (from.kind(writer), to.kind(reader)) {
            (TypeKind::Union(branches), _) => {
                for (position, branch) in branches.iter().enumerate() {
                    let path = branch_path(from, branch);
                    self.inside(&format!("/{position}"), "", &path, (branch.id, reader));
                }
            }
            (_, TypeKind::Union(branches)) => {
                let chosen = self.matching.branch(writer, branches);
                if let Some((position, branch)) = chosen.and_then(|at| Some((at, branches.get(at)?))) {
                    // The writer's branch has told the way already, when there is one.
                    let path = if self.path.both.ends_with('>') { String::new() } else { branch_path(to, branch) };
                    self.inside("", &format!("/{position}"), &path, (writer, branch.id));
                }
            }
            (TypeKind::Array(from), TypeKind::Array(to)) => self.inside("/items", "/items", "[]", (from.id, to.id)),
            (TypeKind::Map(from), TypeKind::Map(to)) => self.inside("/values", "/values", "{}", (from.id, to.id)),
            (TypeKind::Record(from), TypeKind::Record(to)) => self.records((writer, from), (reader, to)),
            _ => {}
        }
    }

    fn records(&mut self, (writer, from): (TypeId, &Record), (reader, to): (TypeId, &Record)) {
        let sources = sources(from, to);
        let mut targets = vec![None; from.fields.len()];
        for (position, source) in sources.iter().enumerate() {
            if let Some(slot) = source.and_then(|source| targets.get_mut(source)) {
                *slot = Some(position);
            }
        }
        for (position, (field, target)) in from.fields.iter().zip(targets).enumerate() {
            let Some((at, target)) = target.and_then(|at| Some((at, to.fields.get(at)?))) else {
                self.visit(writer, reader, |records| Meeting::Skipped { records, writer: position });
                continue;
            };
            self.visit(writer, reader, |records| Meeting::Fields { records, writer: position, reader: at });
            let (in_writer, in_reader) = (format!("/fields/{position}/type"), format!("/fields/{at}/type"));
            let dot = if self.path.both.is_empty() { "" } else { "." };
            let path = format!("{dot}{}", target.name);
            self.inside(&in_writer, &in_reader, &path, (field.ty.id, target.ty.id));
        }
        for position in (0..to.fields.len()).filter(|position| sources.get(*position) == Some(&None)) {
            self.visit(writer, reader, |records| Meeting::Missing { records, reader: position });
        }
    }

    fn inside(&mut self, in_writer: &str, in_reader: &str, path: &str, (writer, reader): (TypeId, TypeId)) {
        let lengths = (self.path.writer.len(), self.path.reader.len(), self.path.both.len());
        self.path.writer.push_str(in_writer);
        self.path.reader.push_str(in_reader);
        self.path.both.push_str(path);
        self.types(writer, reader);
        self.path.writer.truncate(lengths.0);
        self.path.reader.truncate(lengths.1);
        self.path.both.truncate(lengths.2);
    }

    fn visit(&mut self, writer: TypeId, reader: TypeId, meeting: impl for<'w> FnOnce(Pair<'w>) -> Meeting<'w>) {
        let Paths { writer: writer_pointer, reader: reader_pointer, both: path } = &self.path;
        (self.visit)(&meeting(Pair { writer, reader, writer_pointer, reader_pointer, path }));
    }
}

fn branch_path(schema: &Schema, branch: &TypeRef) -> String {
    let kind = schema.kind(branch.id);
    format!("<{}>", kind.name().map_or(kind.word(), crate::avro::Name::simple))
}

//! A walk over what meets in two schemas, place by place, for those who tell people about it.

use std::collections::HashSet;

use super::matching::{Matching, sources};
use super::{Place, UnionOrder};
use crate::avro::{Schema, TypeId, TypeKind, TypeRef};

/// What meets at a place.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Meeting {
    /// A writer's type becomes a reader's.
    Types(Pair),
    /// A writer's field, and what is in it, goes to a reader's field.
    Fields {
        /// The types of the two records.
        records: Pair,
        /// The position of the writer's field.
        writer: usize,
        /// The position of the reader's field.
        reader: usize,
    },
    /// A reader's field that the writer lacks.
    Missing {
        /// The types of the two records.
        records: Pair,
        /// The position of the reader's field.
        reader: usize,
    },
    /// A writer's field that the reader lacks.
    Skipped {
        /// The types of the two records.
        records: Pair,
        /// The position of the writer's field.
        writer: usize,
    },
}

/// Two types that meet.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Pair {
    /// The writer's type.
    pub writer: TypeId,
    /// The reader's type.
    pub reader: TypeId,
    /// The way to the writer's type, as [`Place::pointer`] writes it.
    pub writer_pointer: String,
    /// The way to the reader's type.
    pub reader_pointer: String,
    /// The way for people, by the reader's names: `lines[].price`, `counts{}`, `payment<Card>.last4`. Empty for the root.
    pub path: String,
}

/// Goes through everything that meets, in the order of the writer's schema; the fields that a reader's record has more come last
/// in it. What two types hold is gone through only at the first of the places where they meet; so the walk ends, and its ways
/// are those of the [faults](super::Fault).
pub fn walk(writer: &Schema, reader: &Schema, order: UnionOrder, visit: &mut dyn FnMut(&Meeting)) {
    let matching = Matching { writer, reader, order };
    let mut walker = Walker { matching, seen: HashSet::new(), visit };
    let (writer_pointer, reader_pointer, path) = (String::new(), String::new(), String::new());
    walker.types(&Pair { writer: writer.root(), reader: reader.root(), writer_pointer, reader_pointer, path });
}

impl Pair {
    /// The place of the writer's type.
    pub fn writer_place(&self, schema: &Schema) -> Place {
        Place::find(schema, self.writer_pointer.clone())
    }

    /// The place of the reader's type.
    pub fn reader_place(&self, schema: &Schema) -> Place {
        Place::find(schema, self.reader_pointer.clone())
    }

    /// The place of a field of the writer's record.
    pub fn writer_field(&self, schema: &Schema, field: usize) -> Place {
        Place::find(schema, format!("{}/fields/{field}", self.writer_pointer))
    }

    /// The place of a field of the reader's record.
    pub fn reader_field(&self, schema: &Schema, field: usize) -> Place {
        Place::find(schema, format!("{}/fields/{field}", self.reader_pointer))
    }

    fn inside(&self, types: (TypeId, TypeId), in_writer: &str, in_reader: &str, path: &str) -> Self {
        Self {
            writer: types.0,
            reader: types.1,
            writer_pointer: format!("{}{in_writer}", self.writer_pointer),
            reader_pointer: format!("{}{in_reader}", self.reader_pointer),
            path: format!("{}{path}", self.path),
        }
    }
}

struct Walker<'s, 'v> {
    matching: Matching<'s>,
    seen: HashSet<(TypeId, TypeId)>,
    visit: &'v mut dyn FnMut(&Meeting),
}

impl Walker<'_, '_> {
    fn types(&mut self, pair: &Pair) {
        let Matching { writer, reader, .. } = self.matching;
        let first = self.seen.insert((pair.writer, pair.reader));
        (self.visit)(&Meeting::Types(pair.clone()));
        if !first {
            return;
        }
        match (writer.kind(pair.writer), reader.kind(pair.reader)) {
            (TypeKind::Union(branches), _) => self.writer_union(pair, branches),
            (_, TypeKind::Union(branches)) => {
                let chosen = self.matching.branch(pair.writer, branches);
                if let Some((position, branch)) = chosen.and_then(|at| Some((at, branches.get(at)?))) {
                    // The writer's branch has told the way already, when there is one.
                    let path = if pair.path.ends_with('>') { String::new() } else { branch_path(reader, branch) };
                    self.types(&pair.inside((pair.writer, branch.id), "", &format!("/{position}"), &path));
                }
            }
            (TypeKind::Array(from), TypeKind::Array(to)) => {
                self.types(&pair.inside((from.id, to.id), "/items", "/items", "[]"));
            }
            (TypeKind::Map(from), TypeKind::Map(to)) => {
                self.types(&pair.inside((from.id, to.id), "/values", "/values", "{}"));
            }
            (TypeKind::Record(_), TypeKind::Record(_)) => self.records(pair),
            _ => {}
        }
    }

    fn writer_union(&mut self, pair: &Pair, branches: &[TypeRef]) {
        for (position, branch) in branches.iter().enumerate() {
            let path = branch_path(self.matching.writer, branch);
            self.types(&pair.inside((branch.id, pair.reader), &format!("/{position}"), "", &path));
        }
    }

    fn records(&mut self, pair: &Pair) {
        let (writer, reader) = (self.matching.writer, self.matching.reader);
        let (TypeKind::Record(from), TypeKind::Record(to)) = (writer.kind(pair.writer), reader.kind(pair.reader))
        else {
            return;
        };
        let sources = sources(from, to);
        for (position, field) in from.fields.iter().enumerate() {
            let target = sources.iter().position(|source| *source == Some(position));
            let Some((at, target)) = target.and_then(|at| Some((at, to.fields.get(at)?))) else {
                (self.visit)(&Meeting::Skipped { records: pair.clone(), writer: position });
                continue;
            };
            (self.visit)(&Meeting::Fields { records: pair.clone(), writer: position, reader: at });
            let (in_writer, in_reader) = (format!("/fields/{position}/type"), format!("/fields/{at}/type"));
            let dot = if pair.path.is_empty() { "" } else { "." };
            let path = format!("{dot}{}", target.name);
            self.types(&pair.inside((field.ty.id, target.ty.id), &in_writer, &in_reader, &path));
        }
        for position in (0..to.fields.len()).filter(|position| sources.get(*position) == Some(&None)) {
            (self.visit)(&Meeting::Missing { records: pair.clone(), reader: position });
        }
    }
}

fn branch_path(schema: &Schema, branch: &TypeRef) -> String {
    let kind = schema.kind(branch.id);
    format!("<{}>", kind.name().map_or(kind.word(), crate::avro::Name::simple))
}

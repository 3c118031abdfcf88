//! A walk over what meets in two schemas, place by place, for those who tell people about it.

use std::collections::HashSet;

use super::matching::{Matching, sources};
use super::paths::{Inward, Mark, Paths};
use super::{Place, UnionOrder};
use crate::avro::{Name, Record, Schema, TypeId, TypeKind, TypeRef};

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
    let mut walker = Walker {
        matching,
        seen: HashSet::new(),
        path: Paths::default(),
        tasks: Vec::new(),
        at: Mark::default(),
        visit,
    };
    walker.inside(Inward::Here, ["", "", ""], (writer.root(), reader.root()));
    walker.run();
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
    tasks: Vec<Task<'s>>,
    /// The place of the types whose parts are gone through.
    at: Mark,
    visit: &'v mut dyn FnMut(&Meeting<'_>),
}

/// Something that the walk has still to do.
struct Task<'s> {
    from: Mark,
    what: What<'s>,
}

enum What<'s> {
    /// Go to two types, and add what the way for people says of it: a text, a name, and a text.
    Types { step: Inward, spelled: [&'s str; 3], writer: TypeId, reader: TypeId },
    /// Tell of fields of two records.
    Told { writer: TypeId, reader: TypeId, fields: Fields },
}

#[derive(Clone, Copy)]
enum Fields {
    Both { writer: usize, reader: usize },
    Missing(usize),
    Skipped(usize),
}

impl<'s> Walker<'s, '_> {
    fn run(&mut self) {
        while let Some(Task { from, what }) = self.tasks.pop() {
            match what {
                What::Types { step, spelled, writer, reader } => {
                    self.path.go(from, step);
                    // The writer's branch has told the way already, when there is one.
                    if !(matches!(step, Inward::ReaderBranch(_)) && self.path.both.ends_with('>')) {
                        self.path.both.extend(spelled);
                    }
                    self.types(writer, reader);
                }
                What::Told { writer, reader, fields } => {
                    self.path.go(from, Inward::Here);
                    self.visit(writer, reader, |records| match fields {
                        Fields::Both { writer, reader } => Meeting::Fields { records, writer, reader },
                        Fields::Missing(reader) => Meeting::Missing { records, reader },
                        Fields::Skipped(writer) => Meeting::Skipped { records, writer },
                    });
                }
            }
        }
    }

    fn types(&mut self, writer: TypeId, reader: TypeId) {
        let Matching { writer: from, reader: to, .. } = self.matching;
        let first = self.seen.insert((writer, reader));
        #[expect(clippy::redundant_closure, reason = "the constructor by itself is for one lifetime only")]
        self.visit(writer, reader, |pair| Meeting::Types(pair));
        if !first {
            return;
        }
        self.at = self.path.mark();
        // What is put down last is gone to first.
        match (from.kind(writer), to.kind(reader)) {
            (TypeKind::Union(branches), _) => {
                for (position, branch) in branches.iter().enumerate().rev() {
                    self.inside(Inward::WriterBranch(position), branch_name(from, branch), (branch.id, reader));
                }
            }
            (_, TypeKind::Union(branches)) => {
                let chosen = self.matching.branch(writer, branches);
                if let Some((position, branch)) = chosen.and_then(|at| Some((at, branches.get(at)?))) {
                    self.inside(Inward::ReaderBranch(position), branch_name(to, branch), (writer, branch.id));
                }
            }
            (TypeKind::Array(from), TypeKind::Array(to)) => {
                self.inside(Inward::Items, ["[]", "", ""], (from.id, to.id));
            }
            (TypeKind::Map(from), TypeKind::Map(to)) => self.inside(Inward::Values, ["{}", "", ""], (from.id, to.id)),
            (TypeKind::Record(from), TypeKind::Record(to)) => self.records((writer, from), (reader, to)),
            _ => {}
        }
    }

    fn records(&mut self, (writer, from): (TypeId, &'s Record), (reader, to): (TypeId, &'s Record)) {
        let sources = sources(from, to);
        let mut targets = vec![None; from.fields.len()];
        for (position, source) in sources.iter().enumerate() {
            if let Some(slot) = source.and_then(|source| targets.get_mut(source)) {
                *slot = Some(position);
            }
        }
        let records = (writer, reader);
        for position in (0..to.fields.len()).rev().filter(|position| sources.get(*position) == Some(&None)) {
            self.tell(records, Fields::Missing(position));
        }
        for (position, (field, target)) in from.fields.iter().zip(targets).enumerate().rev() {
            let Some((at, target)) = target.and_then(|at| Some((at, to.fields.get(at)?))) else {
                self.tell(records, Fields::Skipped(position));
                continue;
            };
            let dot = if self.path.both.is_empty() { "" } else { "." };
            let step = Inward::Field { writer: position, reader: at };
            self.inside(step, [dot, &target.name, ""], (field.ty.id, target.ty.id));
            self.tell(records, Fields::Both { writer: position, reader: at });
        }
    }

    fn inside(&mut self, step: Inward, spelled: [&'s str; 3], (writer, reader): (TypeId, TypeId)) {
        self.tasks.push(Task { from: self.at, what: What::Types { step, spelled, writer, reader } });
    }

    fn tell(&mut self, (writer, reader): (TypeId, TypeId), fields: Fields) {
        self.tasks.push(Task { from: self.at, what: What::Told { writer, reader, fields } });
    }

    fn visit(&mut self, writer: TypeId, reader: TypeId, meeting: impl for<'w> FnOnce(Pair<'w>) -> Meeting<'w>) {
        let Paths { writer: writer_pointer, reader: reader_pointer, both: path } = &self.path;
        (self.visit)(&meeting(Pair { writer, reader, writer_pointer, reader_pointer, path }));
    }
}

fn branch_name<'s>(schema: &'s Schema, branch: &TypeRef) -> [&'s str; 3] {
    let kind = schema.kind(branch.id);
    ["<", kind.name().map_or(kind.word(), Name::simple), ">"]
}

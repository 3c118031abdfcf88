//! What meets in two schemas, as a graph of pairs of types, with the faults of each pair.

use std::collections::{BTreeSet, HashMap, HashSet};

use cognate_schema::avro::resolve::{FaultKind, Meeting, Resolution, UnionOrder, walk};
use cognate_schema::avro::{LogicalType, Record, Schema, TypeId, TypeKind};

/// A writer's type and a reader's.
pub type Met = (TypeId, TypeId);

/// The pairs of types that meet in two schemas by our rules.
#[derive(Debug)]
pub struct Graph<'s> {
    /// The schema that data is written with.
    pub writer: &'s Schema,
    /// The schema that it is read with.
    pub reader: &'s Schema,
    /// All pairs.
    pub met: HashSet<Met>,
    /// What meets inside of a pair: the step to it in each schema, and the pair.
    pub inside: HashMap<Met, Vec<Edge>>,
    /// What is wrong between the two types of a pair themselves: the kind, and the rest of the way.
    pub faults: HashMap<Met, BTreeSet<(&'static str, String)>>,
}

/// A step from a pair of types to a pair inside of it.
#[derive(Clone, Debug)]
pub struct Edge {
    /// The step in the writer's schema; empty where it stays.
    pub in_writer: String,
    /// The step in the reader's schema; empty where it stays.
    pub in_reader: String,
    /// The pair that it leads to.
    pub to: Met,
}

impl<'s> Graph<'s> {
    /// The graph of two schemas.
    ///
    /// # Panics
    ///
    /// When a fault is at a place that the walk over the two schemas does not come by.
    pub fn new(writer: &'s Schema, reader: &'s Schema, resolution: &Resolution) -> Self {
        let mut graph = Self { writer, reader, met: HashSet::new(), inside: HashMap::new(), faults: HashMap::new() };
        let mut seen: HashMap<(String, String), Met> = HashMap::new();
        walk(writer, reader, UnionOrder::default(), &mut |meeting| {
            let Meeting::Types(pair) = meeting else { return };
            let met = (pair.writer, pair.reader);
            let (at_writer, at_reader) = (pair.writer_pointer.to_owned(), pair.reader_pointer.to_owned());
            if let Some((from, edge)) = graph.edge(&seen, (&at_writer, &at_reader), met) {
                let edges = graph.inside.entry(from).or_default();
                if !edges.iter().any(|known| (&known.in_writer, &known.in_reader) == (&edge.in_writer, &edge.in_reader))
                {
                    edges.push(edge);
                }
            }
            graph.met.insert(met);
            seen.insert((at_writer, at_reader), met);
        });
        for fault in &resolution.faults {
            let (steps_in_writer, steps_in_reader) = match fault.kind {
                FaultKind::ReaderFieldMissingDefaultValue => (1, 2),
                FaultKind::TypeMismatch | FaultKind::MissingUnionBranch => (0, 0),
                _ => (1, 1),
            };
            let (at_writer, _) = cut(&fault.writer.pointer, steps_in_writer);
            let (at_reader, rest) = cut(&fault.reader.pointer, steps_in_reader);
            let met = seen.get(&(at_writer.to_owned(), at_reader.to_owned()));
            let met = met.unwrap_or_else(|| panic!("the walk does not come by {fault}"));
            graph.faults.entry(*met).or_default().insert((fault.kind.name(), rest.to_owned()));
        }
        graph
    }

    /// The two roots.
    pub fn root(&self) -> Met {
        (self.writer.root(), self.reader.root())
    }

    /// The kinds of the two types.
    pub fn kinds(&self, (writer, reader): Met) -> (&'s TypeKind, &'s TypeKind) {
        (self.writer.kind(writer), self.reader.kind(reader))
    }

    /// Whether both types are decimals of the same type, so that nothing but precision and scale can be wrong between them.
    pub fn decimals(&self, (writer, reader): Met) -> bool {
        let (from, to) = self.kinds((writer, reader));
        let is = |schema: &Schema, id| matches!(schema.ty(id).logical, Some(LogicalType::Decimal { .. }));
        from.word() == to.word() && is(self.writer, writer) && is(self.reader, reader)
    }

    fn edge(
        &self,
        seen: &HashMap<(String, String), Met>,
        (writer, reader): (&str, &str),
        to: Met,
    ) -> Option<(Met, Edge)> {
        [(1, 0), (0, 1), (1, 1), (3, 3)].into_iter().find_map(|(steps_in_writer, steps_in_reader)| {
            let (before_writer, in_writer) = cut(writer, steps_in_writer);
            let (before_reader, in_reader) = cut(reader, steps_in_reader);
            let from = *seen.get(&(before_writer.to_owned(), before_reader.to_owned()))?;
            let steps = match self.kinds(from) {
                (TypeKind::Union(_), _) => (1, 0),
                (_, TypeKind::Union(_)) => (0, 1),
                (TypeKind::Record(_), _) => (3, 3),
                _ => (1, 1),
            };
            let edge = Edge { in_writer: in_writer.to_owned(), in_reader: in_reader.to_owned(), to };
            (steps == (steps_in_writer, steps_in_reader)).then_some((from, edge))
        })
    }
}

/// How many of a writer's fields have the name or an alias of each of a reader's fields.
pub(super) fn candidates(from: &Record, to: &Record) -> Vec<usize> {
    let known = |name: &str| usize::from(from.field_index(name).is_some());
    let field = |field: &cognate_schema::avro::Field| {
        known(&field.name) + field.aliases.iter().map(|alias| known(&alias.name)).sum::<usize>()
    };
    to.fields.iter().map(field).collect()
}

/// A pointer without its last steps, and these.
fn cut(pointer: &str, steps: usize) -> (&str, &str) {
    let mut end = pointer.len();
    for _ in 0..steps {
        end = pointer[..end].rfind('/').unwrap_or(0);
    }
    pointer.split_at(end)
}

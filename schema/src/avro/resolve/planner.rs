//! The walk over pairs of types.

use std::collections::HashMap;

use cognate_codec::avro::plan::{Conversion, Node, NodeId, Plan, RecordPlan, Step};

use super::{Fault, FaultKind, Paths, Place, Planner, UnionOrder};
use crate::avro::{Enum, Fixed, Location, LogicalType, Name, Program, Record, Schema, TypeId, TypeKind};

impl<'s> Planner<'s> {
    pub(super) fn new(writer: &'s Schema, reader: &'s Schema, order: UnionOrder) -> Self {
        Self {
            writer,
            reader,
            reader_program: Program::new(reader),
            order,
            plan: Plan::new(),
            faults: Vec::new(),
            nodes: HashMap::new(),
            skips: HashMap::new(),
            path: Paths::default(),
        }
    }

    /// The node of a pair of types. A pair under way is met again in recursive types, and is then what it will become.
    pub(super) fn at(&mut self, writer: TypeId, reader: TypeId) -> NodeId {
        if let Some(known) = self.nodes.get(&(writer, reader)) {
            return *known;
        }
        let id = self.plan.add(Node::Same);
        self.nodes.insert((writer, reader), id);
        let node = self.pair(writer, reader);
        self.plan.set(id, node);
        id
    }

    /// [`Planner::at`] one step further in, by the same step in both schemas.
    fn inside(&mut self, step: &str, writer: TypeId, reader: TypeId) -> NodeId {
        self.inside_each(step, step, step, writer, reader)
    }

    /// [`Planner::at`] one step further in; an empty step stays where it is.
    pub(super) fn inside_each(
        &mut self,
        in_writer: &str,
        in_reader: &str,
        in_both: &str,
        writer: TypeId,
        reader: TypeId,
    ) -> NodeId {
        let lengths = (self.path.writer.len(), self.path.reader.len(), self.path.both.len());
        self.path.writer.push_str(in_writer);
        self.path.reader.push_str(in_reader);
        self.path.both.push_str(in_both);
        let node = self.at(writer, reader);
        self.path.writer.truncate(lengths.0);
        self.path.reader.truncate(lengths.1);
        self.path.both.truncate(lengths.2);
        node
    }

    fn pair(&mut self, writer: TypeId, reader: TypeId) -> Node {
        let (writer_schema, reader_schema) = (self.writer, self.reader);
        match (writer_schema.kind(writer), reader_schema.kind(reader)) {
            (TypeKind::Union(branches), _) => self.writer_union(branches, reader),
            (_, TypeKind::Union(branches)) => self.reader_union(writer, reader, branches),
            (TypeKind::Record(from), TypeKind::Record(to)) => self.record(writer, reader, from, to),
            (TypeKind::Enum(from), TypeKind::Enum(to)) => self.enumeration(writer, reader, from, to),
            (TypeKind::Fixed(from), TypeKind::Fixed(to)) => self.fixed(writer, reader, from, to),
            (TypeKind::Array(from), TypeKind::Array(to)) => Node::Array(self.inside("/items", from.id, to.id)),
            (TypeKind::Map(from), TypeKind::Map(to)) => Node::Map(self.inside("/values", from.id, to.id)),
            (from, to) => match promotion(from, to) {
                Some(_) if self.decimals_differ(writer, reader) => self.decimal_fault(writer, reader),
                Some(node) => node,
                None => {
                    let message =
                        format!("the writer's {} cannot become the reader's {}", from.branch_name(), to.branch_name());
                    self.fault(FaultKind::TypeMismatch, message, (writer, ""), (reader, ""))
                }
            },
        }
    }

    fn record(&mut self, writer: TypeId, reader: TypeId, from: &Record, to: &Record) -> Node {
        let mut fault = self.check_names(writer, reader);
        let sources = sources(from, to);
        let mut record = RecordPlan::default();
        for (position, field) in from.fields.iter().enumerate() {
            record.steps.push(match sources.iter().position(|source| *source == Some(position)) {
                Some(target) => {
                    let (here, there) = (format!("/fields/{position}/type"), format!("/fields/{target}/type"));
                    let inner = to.fields.get(target).map_or(field.ty.id, |field| field.ty.id);
                    Step::Read { field: target, node: self.inside_each(&here, &there, &there, field.ty.id, inner) }
                }
                None => Step::Skip(self.skip(field.ty.id)),
            });
        }
        for (position, (field, source)) in to.fields.iter().zip(&sources).enumerate() {
            let default = if source.is_some() { None } else { self.reader_program.default_bytes(reader, position) };
            if source.is_none() && default.is_none() {
                let message =
                    format!("the reader's field `{}` is not in the writer's record and has no default", field.name);
                let step = format!("/fields/{position}");
                let place = Place { pointer: format!("{}{step}", self.path.reader), location: field.location };
                let writer_place = self.writer_place(writer, "");
                let kind = FaultKind::ReaderFieldMissingDefaultValue;
                fault = Some(self.add_fault(kind, message, &step, writer_place, place));
            }
            record.defaults.push(default.map(|bytes| self.plan.add_default(&bytes)));
        }
        fault.unwrap_or_else(|| Node::Record(Box::new(record)))
    }

    fn enumeration(&mut self, writer: TypeId, reader: TypeId, from: &Enum, to: &Enum) -> Node {
        let names = self.check_names(writer, reader);
        let missing: Vec<_> = from.symbols.iter().filter(|symbol| to.symbol_index(&symbol.name).is_none()).collect();
        let fault = if missing.is_empty() || to.default.is_some() {
            None
        } else {
            let list: Vec<_> = missing.iter().map(|symbol| format!("`{}`", symbol.name)).collect();
            let message = format!(
                "the reader's enum `{}` has no {} and no default for symbols that it does not know",
                to.name,
                list.join(", ")
            );
            match self.fault(FaultKind::MissingEnumSymbols, message, (writer, "/symbols"), (reader, "/symbols")) {
                Node::Fault(fault) => Some(fault),
                _ => None,
            }
        };
        let symbols = from.symbols.iter().map(|symbol| match (to.symbol_index(&symbol.name).or(to.default), fault) {
            (Some(index), _) => Ok(u32::try_from(index).unwrap_or(u32::MAX)),
            (None, Some(fault)) => Err(fault),
            (None, None) => Ok(u32::MAX),
        });
        let same_length = from.symbols.len() == to.symbols.len();
        let symbols: Box<[_]> = symbols.collect();
        let same = same_length && symbols.iter().zip(0..).all(|(symbol, position)| *symbol == Ok(position));
        match names {
            Some(fault) => fault,
            None if same => Node::Same,
            None => Node::Enum(symbols),
        }
    }

    fn fixed(&mut self, writer: TypeId, reader: TypeId, from: &Fixed, to: &Fixed) -> Node {
        let names = self.check_names(writer, reader);
        let size = (from.size != to.size).then(|| {
            let message =
                format!("the writer's fixed has {} bytes, the reader's `{}` has {}", from.size, to.name, to.size);
            self.fault(FaultKind::FixedSizeMismatch, message, (writer, "/size"), (reader, "/size"))
        });
        let decimal = self.decimals_differ(writer, reader).then(|| self.decimal_fault(writer, reader));
        names.or(size).or(decimal).unwrap_or(Node::Same)
    }

    fn check_names(&mut self, writer: TypeId, reader: TypeId) -> Option<Node> {
        let (from, to) = (self.writer.kind(writer), self.reader.kind(reader));
        if names_match(from, to) {
            return None;
        }
        let message = format!(
            "the writer's `{}` is another type than the reader's `{}`, which has no such alias",
            from.branch_name(),
            to.branch_name()
        );
        Some(self.fault(FaultKind::NameMismatch, message, (writer, "/name"), (reader, "/name")))
    }

    fn decimals_differ(&self, writer: TypeId, reader: TypeId) -> bool {
        match (&self.writer.ty(writer).logical, &self.reader.ty(reader).logical) {
            (Some(from @ LogicalType::Decimal { .. }), Some(to @ LogicalType::Decimal { .. })) => from != to,
            _ => false,
        }
    }

    fn decimal_fault(&mut self, writer: TypeId, reader: TypeId) -> Node {
        let message = "two decimals match only when their precisions and their scales are equal".to_owned();
        self.fault(FaultKind::TypeMismatch, message, (writer, ""), (reader, ""))
    }

    /// Notes a fault at a step inside a type of either schema, and yields the node that fails with it.
    pub(super) fn fault(
        &mut self,
        kind: FaultKind,
        message: String,
        (writer, in_writer): (TypeId, &str),
        (reader, in_reader): (TypeId, &str),
    ) -> Node {
        let pointer = format!("{}{in_reader}", self.path.reader);
        let place = Place { pointer, location: named_location(self.reader, reader) };
        let writer_place = self.writer_place(writer, in_writer);
        self.add_fault(kind, message, in_reader, writer_place, place)
    }

    fn writer_place(&self, writer: TypeId, step: &str) -> Place {
        Place { pointer: format!("{}{step}", self.path.writer), location: named_location(self.writer, writer) }
    }

    fn add_fault(&mut self, kind: FaultKind, message: String, step: &str, writer: Place, reader: Place) -> Node {
        let node = Node::Fault(self.plan.add_fault(message.clone()));
        let way = format!("{}{step}", self.path.both);
        let way = if way.is_empty() { "/".to_owned() } else { way };
        self.faults.push(Fault { kind, message, way, writer, reader });
        node
    }
}

/// The writer's field that each of the reader's fields takes: the one of its name, otherwise the first of its aliases that
/// no other field takes.
fn sources(from: &Record, to: &Record) -> Vec<Option<usize>> {
    let mut sources: Vec<_> = to.fields.iter().map(|field| from.field_index(&field.name)).collect();
    for (position, field) in to.fields.iter().enumerate() {
        if sources.get(position).is_none_or(Option::is_some) {
            continue;
        }
        let free = |alias: &crate::avro::FieldAlias| {
            from.field_index(&alias.name).filter(|index| !sources.contains(&Some(*index)))
        };
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

/// The place of a type: where it is defined, and for a named type its name.
fn named_location(schema: &Schema, id: TypeId) -> Location {
    schema.ty(id).location
}

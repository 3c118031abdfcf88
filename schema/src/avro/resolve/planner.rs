//! The walk over pairs of types.

use std::collections::HashMap;

use cognate_codec::avro::plan::{FaultId, Node, NodeId, Plan, RecordPlan, Step};

use super::matching::{Matching, decimals_differ, names_match, promotion, sources};
use super::{Fault, FaultKind, Here, Paths, Place, Planner, UnionOrder};
use crate::avro::{Enum, Fixed, Program, Record, Schema, TypeId, TypeKind};

impl<'s> Planner<'s> {
    pub(super) fn new(writer: &'s Schema, reader: &'s Schema, order: UnionOrder) -> Self {
        Self {
            writer,
            reader,
            reader_program: Program::new(reader),
            matching: Matching { writer, reader, order },
            plan: Plan::new(),
            faults: Vec::new(),
            nodes: HashMap::new(),
            skips: HashMap::new(),
            behind: HashMap::new(),
            here: Here::default(),
            path: Paths::default(),
        }
    }

    /// The node of a pair of types. A pair under way is met again in recursive types, and is then what it will become.
    pub(super) fn at(&mut self, writer: TypeId, reader: TypeId) -> NodeId {
        if let Some(known) = self.nodes.get(&(writer, reader)).copied()
            && !self.fails_elsewhere(known, writer, reader)
        {
            return known;
        }
        let id = self.plan.add(Node::Same);
        self.nodes.insert((writer, reader), id);
        let around = std::mem::replace(&mut self.here, Here { node: id, faults: Vec::new() });
        let node = self.pair(writer, reader);
        let Here { faults, .. } = std::mem::replace(&mut self.here, around);
        let node = match node {
            Node::Fault(_) if faults.len() > 1 => self.all_of(&faults),
            node => node,
        };
        self.plan.set(id, node);
        id
    }

    /// Fails with several faults at once.
    fn all_of(&mut self, faults: &[FaultId]) -> Node {
        let texts: Vec<_> = faults.iter().map(|fault| self.plan.fault(*fault)).collect();
        let text = texts.join("; ");
        Node::Fault(self.plan.add_fault(text))
    }

    /// Whether a known pair is a fault of another place than this. Types without names are at each place types of their own,
    /// though the plain ones among them share their ids.
    fn fails_elsewhere(&self, known: NodeId, writer: TypeId, reader: TypeId) -> bool {
        let plain = |id: TypeId| id.index() <= TypeId::STRING.index();
        (plain(writer) || plain(reader)) && matches!(self.plan.node(known), Node::Fault(_))
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
            (_, TypeKind::Union(branches)) => self.reader_union(writer, branches),
            (TypeKind::Record(from), TypeKind::Record(to)) => self.record(writer, reader, from, to),
            (TypeKind::Enum(from), TypeKind::Enum(to)) => self.enumeration(writer, reader, from, to),
            (TypeKind::Fixed(from), TypeKind::Fixed(to)) => self.fixed(writer, reader, from, to),
            (TypeKind::Array(from), TypeKind::Array(to)) => Node::Array(self.inside("/items", from.id, to.id)),
            (TypeKind::Map(from), TypeKind::Map(to)) => Node::Map(self.inside("/values", from.id, to.id)),
            (from, to) => match promotion(from, to) {
                Some(_) if self.decimals_differ(writer, reader) => self.decimal_fault(),
                Some(node) => node,
                None => {
                    let message =
                        format!("the writer's {} cannot become the reader's {}", from.branch_name(), to.branch_name());
                    self.fault(FaultKind::TypeMismatch, message, "", "")
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
                let writer_place = self.writer_place("/fields");
                let kind = FaultKind::ReaderFieldMissingDefaultValue;
                fault = Some(self.add_fault(kind, message, &step, writer_place, place));
            }
            record.defaults.push(default.map(|bytes| self.plan.add_default(&bytes)));
        }
        match fault {
            Some(fault) => {
                self.behind.insert(self.here.node, record);
                fault
            }
            None => Node::Record(Box::new(record)),
        }
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
            match self.fault(FaultKind::MissingEnumSymbols, message, "/symbols", "/symbols") {
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
            self.fault(FaultKind::FixedSizeMismatch, message, "/size", "/size")
        });
        let decimal = self.decimals_differ(writer, reader).then(|| self.decimal_fault());
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
        Some(self.fault(FaultKind::NameMismatch, message, "/name", "/name"))
    }

    fn decimals_differ(&self, writer: TypeId, reader: TypeId) -> bool {
        decimals_differ(self.writer.ty(writer), self.reader.ty(reader))
    }

    fn decimal_fault(&mut self) -> Node {
        let message = "two decimals match only when their precisions and their scales are equal".to_owned();
        self.fault(FaultKind::TypeMismatch, message, "", "")
    }

    /// Notes a fault at a step inside the types that are compared, and yields the node that fails with it.
    pub(super) fn fault(&mut self, kind: FaultKind, message: String, in_writer: &str, in_reader: &str) -> Node {
        let place = Place::find(self.reader, format!("{}{in_reader}", self.path.reader));
        let writer_place = self.writer_place(in_writer);
        self.add_fault(kind, message, in_reader, writer_place, place)
    }

    fn writer_place(&self, step: &str) -> Place {
        Place::find(self.writer, format!("{}{step}", self.path.writer))
    }

    fn add_fault(&mut self, kind: FaultKind, message: String, step: &str, writer: Place, reader: Place) -> Node {
        let id = self.plan.add_fault(message.clone());
        self.here.faults.push(id);
        let way = format!("{}{step}", self.path.both);
        let way = if way.is_empty() { "/".to_owned() } else { way };
        self.faults.push(Fault { kind, message, way, writer, reader, node: self.here.node });
        Node::Fault(id)
    }
}

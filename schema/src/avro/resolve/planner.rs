//! The walk over pairs of types.

use std::collections::HashMap;

use cognate_codec::avro::plan::{FaultId, Node, NodeId, Plan, RecordPlan, Step};

use super::matching::{Matching, decimals_differ, names_match, promotion, sources};
use super::paths::{Inward, Mark, Paths};
use super::{Fault, FaultKind, Here, Place, Planner, UnionOrder};
use crate::avro::{Enum, Fixed, Program, Record, Schema, TypeId, TypeKind};

/// Something that the walk has still to do.
pub(super) enum Task {
    /// Compare two types.
    Pair { from: Mark, step: Inward, writer: TypeId, reader: TypeId, node: NodeId },
    /// Tell the fields of the reader's record that the data lacks, after the faults inside of those that it has.
    Missing { at: Mark, reader: TypeId, fields: Vec<usize>, here: Here },
}

/// The node of a pair of types.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) node: NodeId,
    /// Whether the types have been compared, and not only met.
    compared: bool,
}

impl<'s> Planner<'s> {
    pub(super) fn new(writer: &'s Schema, reader: &'s Schema, order: UnionOrder) -> Self {
        Self {
            writer,
            reader,
            reader_program: None,
            matching: Matching { writer, reader, order },
            plan: Plan::new(),
            faults: Vec::new(),
            room: super::MOST_WAYS,
            nodes: HashMap::new(),
            skips: HashMap::new(),
            behind: HashMap::new(),
            here: Here::default(),
            path: Paths::default(),
            tasks: Vec::new(),
        }
    }

    /// Puts down the roots to be compared.
    pub(super) fn start(&mut self) {
        let root = self.meet(Mark::default(), Inward::Here, self.writer.root(), self.reader.root());
        self.plan.set_root(root);
    }

    /// Does what was put down last, and says whether there was something. So all that the roots lead to is compared in the order
    /// of the writer's schema, and each pair at the first place where the walk comes by.
    pub(super) fn step(&mut self) -> bool {
        match self.tasks.pop() {
            None => return false,
            Some(Task::Pair { from, step, writer, reader, node }) => {
                self.path.go(from, step);
                step.in_both(&mut self.path.both);
                self.compare(writer, reader, node);
            }
            Some(Task::Missing { at, reader, fields, here }) => {
                self.path.go(at, Inward::Here);
                self.here = here;
                self.missing_fields(reader, &fields);
            }
        }
        true
    }

    /// The node of two types that are to be compared. What is met last is compared first.
    pub(super) fn meet(&mut self, from: Mark, step: Inward, writer: TypeId, reader: TypeId) -> NodeId {
        let node = match self.nodes.get(&(writer, reader)) {
            Some(known) if known.compared && !self.fails_elsewhere(known.node, writer, reader) => return known.node,
            Some(known) if !known.compared && !self.may_fail_elsewhere(writer, reader) => known.node,
            _ => {
                let node = self.plan.add(Node::Same);
                self.nodes.insert((writer, reader), Known { node, compared: false });
                node
            }
        };
        self.tasks.push(Task::Pair { from, step, writer, reader, node });
        node
    }

    /// Whether a known pair is a fault of another place than this. Types without names are at each place types of their own,
    /// though the plain ones among them share their ids.
    fn fails_elsewhere(&self, known: NodeId, writer: TypeId, reader: TypeId) -> bool {
        self.may_fail_elsewhere(writer, reader) && matches!(self.plan.node(known), Node::Fault(_))
    }

    fn may_fail_elsewhere(&self, writer: TypeId, reader: TypeId) -> bool {
        let plain = |id: TypeId| id.index() <= TypeId::STRING.index();
        (plain(writer) || plain(reader)) && promotion(self.writer.kind(writer), self.reader.kind(reader)).is_none()
    }

    fn compare(&mut self, writer: TypeId, reader: TypeId, node: NodeId) {
        if let Some(known) = self.nodes.get_mut(&(writer, reader))
            && known.node == node
            && std::mem::replace(&mut known.compared, true)
        {
            return;
        }
        self.here = Here { node, faults: Vec::new() };
        let made = self.pair(writer, reader);
        let made = if matches!(made, Node::Fault(_)) { self.own_faults().unwrap_or(made) } else { made };
        self.plan.set(node, made);
    }

    /// Fails with all the faults of the pair's own at once.
    fn own_faults(&mut self) -> Option<Node> {
        let fault = match self.here.faults.as_slice() {
            [] => return None,
            [fault] => *fault,
            faults => {
                let texts: Vec<_> = faults.iter().map(|fault| self.plan.fault(*fault)).collect();
                let text = texts.join("; ");
                self.plan.add_fault(text)
            }
        };
        Some(Node::Fault(fault))
    }

    fn pair(&mut self, writer: TypeId, reader: TypeId) -> Node {
        let (writer_schema, reader_schema) = (self.writer, self.reader);
        let here = self.path.mark();
        match (writer_schema.kind(writer), reader_schema.kind(reader)) {
            (TypeKind::Union(branches), _) => self.writer_union(branches, reader),
            (_, TypeKind::Union(branches)) => self.reader_union(writer, branches),
            (TypeKind::Record(from), TypeKind::Record(to)) => self.record((writer, from), (reader, to)),
            (TypeKind::Enum(from), TypeKind::Enum(to)) => self.enumeration(writer, reader, from, to),
            (TypeKind::Fixed(from), TypeKind::Fixed(to)) => self.fixed(writer, reader, from, to),
            (TypeKind::Array(from), TypeKind::Array(to)) => Node::Array(self.meet(here, Inward::Items, from.id, to.id)),
            (TypeKind::Map(from), TypeKind::Map(to)) => Node::Map(self.meet(here, Inward::Values, from.id, to.id)),
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

    fn record(&mut self, (writer, from): (TypeId, &Record), (reader, to): (TypeId, &Record)) -> Node {
        let fault = self.check_names(writer, reader);
        let sources = sources(from, to);
        let here = self.path.mark();
        let (mut steps, mut defaults) = (Vec::new(), Vec::new());
        let mut missing = Vec::new();
        for (position, source) in sources.iter().enumerate() {
            let default = if source.is_some() { None } else { self.default_bytes(reader, position) };
            if source.is_none() && default.is_none() {
                missing.push(position);
            }
            defaults.push(default.map(|bytes| self.plan.add_default(&bytes)));
        }
        let readable = fault.is_none() && missing.is_empty();
        if !missing.is_empty() {
            let own = Here { node: self.here.node, faults: std::mem::take(&mut self.here.faults) };
            self.tasks.push(Task::Missing { at: here, reader, fields: missing, here: own });
        }
        let mut targets = vec![None; from.fields.len()];
        for (target, source) in sources.iter().enumerate() {
            if let Some(slot) = source.and_then(|source| targets.get_mut(source)) {
                *slot = Some(target);
            }
        }
        // What is met last is compared first.
        for (position, (field, target)) in from.fields.iter().zip(&targets).enumerate().rev() {
            steps.push(match target.and_then(|target| Some((target, to.fields.get(target)?))) {
                Some((target, inner)) => {
                    let step = Inward::Field { writer: position, reader: target };
                    Step::Read { field: target, node: self.meet(here, step, field.ty.id, inner.ty.id) }
                }
                None => Step::Skip(self.skip(field.ty.id)),
            });
        }
        steps.reverse();
        let record = RecordPlan::new(steps, defaults);
        if readable {
            return Node::Record(Box::new(record));
        }
        self.behind.insert(self.here.node, record);
        // The node of fields that are missing is set with their faults.
        fault.unwrap_or(Node::Same)
    }

    fn missing_fields(&mut self, reader: TypeId, fields: &[usize]) {
        let TypeKind::Record(record) = self.reader.kind(reader) else { return };
        for &position in fields {
            let Some(field) = record.fields.get(position) else { continue };
            let message =
                format!("the reader's field `{}` is not in the writer's record and has no default", field.name);
            let step = format!("/fields/{position}");
            self.add_fault(FaultKind::ReaderFieldMissingDefaultValue, message, &step, |planner| {
                let writer = Place::find(planner.writer, format!("{}/fields", planner.path.writer));
                [writer, Place { pointer: format!("{}{step}", planner.path.reader), location: field.location }]
            });
        }
        if let Some(fault) = self.own_faults() {
            self.plan.set(self.here.node, fault);
        }
    }

    /// The bytes of a default of the reader's. Its program is made when the first of them is asked for.
    fn default_bytes(&mut self, record: TypeId, field: usize) -> Option<Vec<u8>> {
        let TypeKind::Record(definition) = self.reader.kind(record) else { return None };
        definition.fields.get(field)?.default.as_ref()?;
        self.reader_program.get_or_insert_with(|| Program::new(self.reader)).default_bytes(record, field)
    }

    fn enumeration(&mut self, writer: TypeId, reader: TypeId, from: &Enum, to: &Enum) -> Node {
        let names = self.check_names(writer, reader);
        let missing: Vec<_> = from.symbols.iter().filter(|symbol| to.symbol_index(&symbol.name).is_none()).collect();
        let fault = (!missing.is_empty() && to.default.is_none()).then(|| {
            let list: Vec<_> = missing.iter().map(|symbol| format!("`{}`", symbol.name)).collect();
            let message = format!(
                "the reader's enum `{}` has no {} and no default for symbols that it does not know",
                to.name,
                list.join(", ")
            );
            self.fault_id(FaultKind::MissingEnumSymbols, message, "/symbols", "/symbols")
        });
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
        Node::Fault(self.fault_id(kind, message, in_writer, in_reader))
    }

    fn fault_id(&mut self, kind: FaultKind, message: String, in_writer: &str, in_reader: &str) -> FaultId {
        self.add_fault(kind, message, in_reader, |planner| {
            let place = |schema, way: &str, step| Place::find(schema, format!("{way}{step}"));
            let Planner { writer, reader, path, .. } = planner;
            [place(writer, &path.writer, in_writer), place(reader, &path.reader, in_reader)]
        })
    }

    /// Adds a fault to the plan, and tells it while there is room for the places of the writer's and the reader's.
    fn add_fault(
        &mut self,
        kind: FaultKind,
        message: String,
        step: &str,
        places: impl FnOnce(&Self) -> [Place; 2],
    ) -> FaultId {
        let fault = self.plan.add_fault(message.clone());
        self.here.faults.push(fault);
        let size = self.path.writer.len() + self.path.reader.len() + self.path.both.len();
        let Some(room) = self.room.checked_sub(size) else { return fault };
        self.room = room;
        let way = format!("{}{step}", self.path.both);
        let way = if way.is_empty() { "/".to_owned() } else { way };
        let [writer, reader] = places(self);
        self.faults.push(Fault { kind, message, way, writer, reader, node: self.here.node });
        fault
    }
}

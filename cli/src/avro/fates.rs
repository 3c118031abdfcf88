//! What becomes of each field of a writer's data, in words.

use std::collections::{HashMap, HashSet, VecDeque};

use cognate_codec::avro::plan::Node;
use cognate_schema::avro::resolve::{Fault, FaultKind, Meeting, Pair, Place, Resolution, UnionOrder, walk};
use cognate_schema::avro::{Enum, Field, LogicalType, Name, Schema, TypeId, TypeKind};

use crate::fates::{Fate, Row, Side};

/// All that becomes of a writer's values.
pub(super) fn rows(writer: &Schema, reader: &Schema, resolution: &Resolution) -> Vec<Row> {
    let (rows, seen, whole) = (Vec::new(), HashMap::new(), HashSet::new());
    let faults = by_place(&resolution.faults);
    let mut table = Table { writer, reader, resolution, faults, rows, seen, whole, field: None };
    walk(writer, reader, UnionOrder::default(), &mut |meeting| table.add(meeting));
    table.rows
}

struct Table<'a> {
    writer: &'a Schema,
    reader: &'a Schema,
    resolution: &'a Resolution,
    faults: HashMap<(&'a str, &'a str), Vec<&'a Fault>>,
    rows: Vec<Row>,
    /// Where two types with something inside have met first.
    seen: HashMap<(TypeId, TypeId), String>,
    /// The ways to the writer's unions that are copied as a whole, so that there is nothing to say about their branches.
    whole: HashSet<String>,
    /// The field that the next types belong to.
    field: Option<(TypeId, usize, TypeId, usize)>,
}

impl Table<'_> {
    fn add(&mut self, meeting: &Meeting<'_>) {
        match meeting {
            Meeting::Fields { records, writer, reader } => {
                self.field = Some((records.writer, *writer, records.reader, *reader));
            }
            Meeting::Types(pair) => self.types(pair),
            Meeting::Missing { records, reader } => self.missing(records, *reader),
            Meeting::Skipped { records, writer } => self.skipped(records, *writer),
            _ => {}
        }
    }

    fn types(&mut self, pair: &Pair<'_>) {
        let field = self.field.take();
        let fault = self.faults.get(&(pair.writer_pointer, pair.reader_pointer)).cloned().unwrap_or_default();
        let (from, to) = (self.writer.kind(pair.writer), self.reader.kind(pair.reader));
        let node = self.resolution.node(pair.writer, pair.reader);
        let leaf = from.children().next().is_none() && to.children().next().is_none();
        let plain = matches!(node, Some(Node::Same)) && self.is_equal(pair);
        if plain && matches!(from, TypeKind::Union(_)) {
            self.whole.insert(pair.writer_pointer.to_owned());
        }
        // Items and branches are worth a line when something happens to them.
        let union = pair.writer_pointer.rsplit_once('/').map_or("", |(union, _)| union);
        let branch = pair.path.ends_with('>') && matches!(to, TypeKind::Union(_)) && !self.whole.contains(union);
        let shown = field.is_some() || pair.path.is_empty() || !fault.is_empty() || branch || (leaf && !plain);
        let told = self.rows.last().is_some_and(|row| row.path == pair.path && row.fate == Fate::Fault);
        if !shown || told || (pair.path.ends_with('>') && self.whole.contains(union)) {
            return;
        }
        let (mut fate, mut why) = if fault.is_empty() {
            self.fate(pair, node)
        } else {
            let messages: Vec<_> = fault.iter().map(|fault| fault.message.as_str()).collect();
            (Fate::Fault, messages.join("; "))
        };
        if let Some(former) = field.as_ref().and_then(|field| self.former_name(field)) {
            why = format!("the writer's `{former}`, by an alias; {why}");
            if fate != Fate::Fault {
                fate = Fate::Alias;
            }
        }
        if let (Some(name), Some(new)) = (from.name(), to.name())
            && name.simple() != new.simple()
            && fate != Fate::Fault
        {
            why = format!("{why}; the writer's type `{name}`, by an alias");
        }
        if !leaf && !plain {
            let path = if pair.path.is_empty() { "(value)" } else { pair.path };
            let first = self.seen.entry((pair.writer, pair.reader)).or_insert_with(|| path.to_owned());
            if first != path {
                why = format!("{why}, as in {first}");
            }
        }
        let places = (pair.writer_place(self.writer), pair.reader_place(self.reader));
        self.rows.push(Row {
            path: pair.path.to_owned(),
            writer: Some(side(self.writer, pair.writer, places.0)),
            reader: Some(side(self.reader, pair.reader, places.1)),
            fate,
            why,
        });
    }

    fn fate(&self, pair: &Pair<'_>, node: Option<&Node>) -> (Fate, String) {
        let (from, to) = (self.writer.kind(pair.writer), self.reader.kind(pair.reader));
        match node {
            Some(Node::Same) if self.is_equal(pair) => (Fate::Copy, self.likeness(pair)),
            Some(Node::Same) if from.word() == to.word() => {
                (Fate::Promote, "what is inside is written alike".to_owned())
            }
            Some(Node::Same) => (Fate::Promote, format!("{} is read as {}", from.word(), to.word())),
            Some(Node::Convert(_)) => (Fate::Promote, format!("{} becomes {}", from.word(), to.word())),
            Some(Node::Enum(_)) => (Fate::Convert, symbols(from, to)),
            Some(Node::Record(_)) => (Fate::Convert, "field by field".to_owned()),
            Some(Node::Array(_)) => (Fate::Convert, "item by item".to_owned()),
            Some(Node::Map(_)) => (Fate::Convert, "value by value".to_owned()),
            Some(Node::WriterUnion(_)) => (Fate::Convert, "branch by branch".to_owned()),
            Some(Node::ReaderUnion { branch, .. }) => {
                let name = match to {
                    TypeKind::Union(branches) => {
                        let branch = branches.get(*branch as usize);
                        branch.map_or("", |branch| self.reader.kind(branch.id).branch_name())
                    }
                    other => other.branch_name(),
                };
                (Fate::Convert, format!("becomes the branch `{name}`"))
            }
            Some(Node::Fault(_)) | None => {
                let record = matches!((from, to), (TypeKind::Record(_), TypeKind::Record(_)));
                let why = if record { "a field can be neither read nor filled" } else { "these types do not match" };
                (Fate::Fault, why.to_owned())
            }
        }
    }

    /// Whether two types are the same but for docs, defaults and what else does not show in the data.
    fn is_equal(&self, pair: &Pair<'_>) -> bool {
        self.writer.at(pair.writer).canonical_form() == self.reader.at(pair.reader).canonical_form()
    }

    /// How alike two types are whose data is the same.
    fn likeness(&self, pair: &Pair<'_>) -> String {
        let (mut seen, mut pending) = (HashSet::new(), VecDeque::from([(pair.writer, pair.reader, String::new())]));
        while let Some((writer, reader, path)) = pending.pop_front() {
            if !seen.insert((writer, reader)) {
                continue;
            }
            if self.writer.ty(writer).logical != self.reader.ty(reader).logical {
                let types = (spelled(self.writer, writer, 0), spelled(self.reader, reader, 0));
                return match path.as_str() {
                    "" => "the same data, with another logical type".to_owned(),
                    path => {
                        format!("the same data, with another logical type at {path}: {}, read as {}", types.0, types.1)
                    }
                };
            }
            // The canonical forms are the same, so that all that is inside comes in the same order.
            let (from, to) = (self.writer.kind(writer), self.reader.kind(reader));
            let inside = from.children().zip(to.children()).enumerate();
            pending.extend(inside.map(|(at, (old, new))| (old.id, new.id, step(self.reader, to, at, &path))));
        }
        "the same type".to_owned()
    }

    fn missing(&mut self, records: &Pair<'_>, position: usize) {
        let TypeKind::Record(record) = self.reader.kind(records.reader) else { return };
        let Some(field) = record.fields.get(position) else { return };
        let (fate, why) = match &field.default {
            Some(default) => (Fate::Default, format!("the writer has no such field; {}", default.to_json())),
            None => (Fate::Fault, "the writer has no such field, and there is no default".to_owned()),
        };
        let place = records.reader_field(self.reader, position);
        let reader = Some(side(self.reader, field.ty.id, place));
        self.rows.push(Row { path: inside(records, field), writer: None, reader, fate, why });
    }

    fn skipped(&mut self, records: &Pair<'_>, position: usize) {
        let TypeKind::Record(record) = self.writer.kind(records.writer) else { return };
        let Some(field) = record.fields.get(position) else { return };
        let place = records.writer_field(self.writer, position);
        let writer = Some(side(self.writer, field.ty.id, place));
        let why = "the reader has no such field".to_owned();
        self.rows.push(Row { path: inside(records, field), writer, reader: None, fate: Fate::Skip, why });
    }

    /// The name of the writer's field, when it is not the reader's.
    fn former_name(&self, &(from, writer, to, reader): &(TypeId, usize, TypeId, usize)) -> Option<String> {
        let (TypeKind::Record(from), TypeKind::Record(to)) = (self.writer.kind(from), self.reader.kind(to)) else {
            return None;
        };
        let (from, to) = (from.fields.get(writer)?, to.fields.get(reader)?);
        (from.name != to.name).then(|| from.name.to_string())
    }
}

/// The faults of types by the ways to these; those of fields that are missing are told with the fields.
fn by_place(faults: &[Fault]) -> HashMap<(&str, &str), Vec<&Fault>> {
    let mut map: HashMap<_, Vec<_>> = HashMap::new();
    for fault in faults {
        let part = match fault.kind {
            FaultKind::NameMismatch => "/name",
            FaultKind::FixedSizeMismatch => "/size",
            FaultKind::MissingEnumSymbols => "/symbols",
            FaultKind::ReaderFieldMissingDefaultValue => continue,
            _ => "",
        };
        let way = |place: &'_ Place| place.pointer.len() - part.len().min(place.pointer.len());
        let ways = (
            fault.writer.pointer.get(..way(&fault.writer)).unwrap_or_default(),
            fault.reader.pointer.get(..way(&fault.reader)).unwrap_or_default(),
        );
        map.entry(ways).or_default().push(fault);
    }
    map
}

fn symbols(from: &TypeKind, to: &TypeKind) -> String {
    let (TypeKind::Enum(from), TypeKind::Enum(to)) = (from, to) else { return String::new() };
    let default =
        |to: &Enum| to.default.and_then(|default| to.symbols.get(default).map(|symbol| symbol.name.to_string()));
    let lost: Vec<_> = from.symbols.iter().filter(|symbol| to.symbol_index(&symbol.name).is_none()).collect();
    match (lost.as_slice(), default(to)) {
        ([], _) | (_, None) => "symbol by symbol".to_owned(),
        (lost, Some(default)) => {
            let names: Vec<_> = lost.iter().map(|symbol| &*symbol.name).collect();
            format!("symbol by symbol; {} become {default}, the default of the enum", names.join(", "))
        }
    }
}

/// The way to what stands at a position in a type.
fn step(schema: &Schema, kind: &TypeKind, at: usize, path: &str) -> String {
    match kind {
        TypeKind::Record(record) => {
            let name = record.fields.get(at).map_or("", |field| &field.name);
            if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
        }
        TypeKind::Array(_) => format!("{path}[]"),
        TypeKind::Map(_) => format!("{path}{{}}"),
        TypeKind::Union(branches) => {
            let name = branches.get(at).map_or("", |branch| schema.kind(branch.id).branch_name());
            format!("{path}<{name}>")
        }
        _ => path.to_owned(),
    }
}

fn inside(records: &Pair<'_>, field: &Field) -> String {
    if records.path.is_empty() { field.name.to_string() } else { format!("{}.{}", records.path, field.name) }
}

fn side(schema: &Schema, id: TypeId, place: Place) -> Side {
    let path = if place.pointer.is_empty() { "/".to_owned() } else { place.pointer };
    Side::new(spelled(schema, id, 0), path, schema.position(&place.location))
}

/// A type on one line.
fn spelled(schema: &Schema, id: TypeId, depth: usize) -> String {
    /// Nesting and branches that are spelled out.
    const MOST: usize = 4;
    let ty = schema.ty(id);
    let inner = |id| if depth < MOST { spelled(schema, id, depth + 1) } else { "…".to_owned() };
    let word = match &ty.kind {
        TypeKind::Array(items) => format!("array<{}>", inner(items.id)),
        TypeKind::Map(values) => format!("map<{}>", inner(values.id)),
        TypeKind::Union(branches) => {
            let names = branches.iter().take(MOST).map(|branch| inner(branch.id));
            let rest = (branches.len() > MOST).then(|| "…".to_owned());
            format!("[{}]", names.chain(rest).collect::<Vec<_>>().join(", "))
        }
        kind => kind.name().map_or(kind.word(), Name::simple).to_owned(),
    };
    match ty.logical {
        Some(LogicalType::Decimal { precision, scale }) => format!("{word} decimal({precision},{scale})"),
        Some(logical) => format!("{word} {}", logical.name()),
        None => word,
    }
}

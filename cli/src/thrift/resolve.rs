//! `resolve` for Thrift files.

use std::collections::{HashMap, HashSet, VecDeque};

use cognate_schema::thrift::resolve::{Fault, Place, Resolution, Step, StructPlan, Take, resolve as plan};
use cognate_schema::thrift::{Field, FileId, Program, StructId};

use super::data::Data;
use super::load;
use crate::commands::Resolve;
use crate::fates::{self, Fate, Row, Side};
use crate::stop::{Outcome, Result};

/// Prints what becomes of the writer's fields.
pub(crate) fn resolve(command: &Resolve) -> Result<Outcome> {
    let writer = load::choose(&command.writer, command.writer_type(), &command.options)?;
    let reader = load::choose(&command.reader, command.reader_type(), &command.options)?;
    let settings = command.readers.settings();
    let resolution = plan(writer.layout.program(), reader.layout.program(), (writer.id, reader.id), settings);
    fates::print(&rows(&writer, &reader, &resolution), resolution.is_compatible(), command.format)
}

fn rows(writer: &Data, reader: &Data, resolution: &Resolution) -> Vec<Row> {
    let (from, to) = (writer.layout.program(), reader.layout.program());
    let mut table = Table {
        writer: from,
        reader: to,
        homes: (from[writer.id].head.location.file, to[reader.id].head.location.file),
        told: HashSet::new(),
        rows: Vec::new(),
        seen: HashMap::new(),
        pending: VecDeque::new(),
    };
    let root = (writer.id, reader.id);
    table.whole(root, resolution);
    table.seen.insert(root, "(value)".to_owned());
    table.pending.push_back((root, String::new()));
    while let Some((pair, path)) = table.pending.pop_front() {
        if let Some(plan) = resolution.plan(pair) {
            table.fields(plan, &path, resolution);
        }
    }
    for fault in resolution.faults.iter().enumerate().filter(|(at, _)| !table.told.contains(at)).map(|(_, fault)| fault)
    {
        let row = table.other(fault);
        table.rows.push(row);
    }
    table.rows
}

struct Table<'a> {
    writer: &'a Program,
    reader: &'a Program,
    /// The files of the two structs, whose definitions are told by their bare names.
    homes: (FileId, FileId),
    /// The faults that stand in a row already.
    told: HashSet<usize>,
    rows: Vec<Row>,
    /// Where two structs have met first.
    seen: HashMap<(StructId, StructId), String>,
    pending: VecDeque<((StructId, StructId), String)>,
}

impl Table<'_> {
    fn whole(&mut self, (writer, reader): (StructId, StructId), resolution: &Resolution) {
        let places =
            (Place::of_struct(self.writer, self.homes.0, writer), Place::of_struct(self.reader, self.homes.1, reader));
        let faults =
            self.faults(resolution, |fault| fault.writer.path == places.0.path && fault.reader.path == places.1.path);
        let (fate, why) = faults.unwrap_or((Fate::Convert, "field by field".to_owned()));
        let side = |program: &Program, id: StructId, place: Place| {
            Side::new(program[id].head.name.to_string(), place.path, program.position(place.location))
        };
        let sides = (side(self.writer, writer, places.0), side(self.reader, reader, places.1));
        self.rows.push(Row { path: String::new(), writer: Some(sides.0), reader: Some(sides.1), fate, why });
    }

    fn fields(&mut self, plan: &StructPlan, path: &str, resolution: &Resolution) {
        let (writer, reader) = (self.writer, self.reader);
        let (from, to) = (&writer[plan.writer], &reader[plan.reader]);
        for step in &plan.steps {
            let (old, new) = match *step {
                Step::Read { writer, reader, .. } | Step::Drop { writer, reader } => (Some(writer), Some(reader)),
                Step::Skip { writer } => (Some(writer), None),
                Step::Absent { reader } => (None, Some(reader)),
            };
            let places = (
                old.map(|at| Place::of_field(writer, self.homes.0, plan.writer, at)),
                new.map(|at| Place::of_field(reader, self.homes.1, plan.reader, at)),
            );
            let (old, new) = (old.map(|at| &from.fields[at]), new.map(|at| &to.fields[at]));
            let Some(name) = new.or(old).map(|field| &field.head.name) else { continue };
            let name = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
            let faults = self.faults(resolution, |fault| {
                let is = |place: &Option<Place>, at: &Place| {
                    let rest = place.as_ref().and_then(|place| at.path.strip_prefix(place.path.as_str()));
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                is(&places.0, &fault.writer) || is(&places.1, &fault.reader)
            });
            let (mut fate, mut why) = self.fate(step, old, new, &name);
            if let Some((fault, reason)) = faults {
                (fate, why) = (if fate == Fate::Drop { Fate::Drop } else { fault }, reason);
            }
            let side = |program: &Program, field: Option<&Field>, place: Option<Place>| {
                let place = place?;
                Some(Side::new(program.type_name(field?.ty.id), place.path, program.position(place.location)))
            };
            let sides = (side(writer, old, places.0), side(reader, new, places.1));
            self.rows.push(Row { path: name, writer: sides.0, reader: sides.1, fate, why });
        }
    }

    fn fate(&mut self, step: &Step, old: Option<&Field>, new: Option<&Field>, path: &str) -> (Fate, String) {
        match step {
            Step::Skip { .. } => (Fate::Skip, "the reader has no field with this id".to_owned()),
            Step::Drop { .. } => (Fate::Drop, "the reader's field is of another kind".to_owned()),
            Step::Absent { .. } if new.is_some_and(|field| field.default.is_some()) => {
                (Fate::Default, "the writer has no field with this id".to_owned())
            }
            Step::Absent { .. } => {
                (Fate::Absent, "the writer has no field with this id, and there is no default".to_owned())
            }
            Step::Read { take, .. } => {
                let (mut fate, mut why) = match take {
                    Take::Copy => (Fate::Copy, "the same kind".to_owned()),
                    Take::Text => (Fate::Promote, "bytes are read as text".to_owned()),
                    Take::Number => (Fate::Convert, "an enum and an i32 are numbers".to_owned()),
                    Take::Enum(..) => (Fate::Copy, "by its number".to_owned()),
                    Take::Struct(..) => (Fate::Convert, "field by field".to_owned()),
                    Take::Items(_) => (Fate::Convert, "item by item".to_owned()),
                    Take::Entries(_) => (Fate::Convert, "entry by entry".to_owned()),
                };
                if matches!(take, Take::Items(_) | Take::Entries(_)) && is_plain(take) {
                    (fate, why) = (Fate::Copy, "the same kind".to_owned());
                }
                self.later(take, path, &mut why);
                if let (Some(old), Some(new)) = (old, new)
                    && old.head.name != new.head.name
                {
                    fate = Fate::Alias;
                    why = format!("the writer's `{}`, by its id; {why}", old.head.name);
                }
                (fate, why)
            }
        }
    }

    /// Sees to it that the structs in a value are shown once.
    fn later(&mut self, take: &Take, path: &str, why: &mut String) {
        match take {
            Take::Struct(writer, reader) => {
                if let Some(first) = self.seen.get(&(*writer, *reader)) {
                    *why = format!("{why}, as in {first}");
                } else {
                    self.seen.insert((*writer, *reader), path.to_owned());
                    self.pending.push_back(((*writer, *reader), path.to_owned()));
                }
            }
            Take::Items(item) => self.later(item, &format!("{path}[]"), why),
            Take::Entries(entry) => {
                self.later(&entry.0, &format!("{path}{{key}}"), why);
                self.later(&entry.1, &format!("{path}{{}}"), why);
            }
            Take::Copy | Take::Text | Take::Number | Take::Enum(..) => {}
        }
    }

    /// The faults that are told with a row.
    fn faults(&mut self, resolution: &Resolution, is: impl Fn(&Fault) -> bool) -> Option<(Fate, String)> {
        let mut messages: Vec<&str> = Vec::new();
        let mut fails = false;
        for (at, fault) in resolution.faults.iter().enumerate().filter(|(_, fault)| is(fault)) {
            self.told.insert(at);
            fails |= fault.breaks;
            messages.push(&fault.message);
        }
        let fate = if fails { Fate::Fault } else { Fate::Convert };
        (!messages.is_empty()).then(|| (fate, messages.join("; ")))
    }

    /// A fault of something that is no field, such as a value of an enum.
    fn other(&self, fault: &Fault) -> Row {
        let side = |program: &Program, place: &Place| {
            let ty = place.path.rsplit('/').next().unwrap_or_default().to_owned();
            Side::new(ty, place.path.clone(), program.position(place.location))
        };
        Row {
            path: fault.reader.path.clone(),
            writer: Some(side(self.writer, &fault.writer)),
            reader: Some(side(self.reader, &fault.reader)),
            fate: if fault.breaks { Fate::Fault } else { Fate::Convert },
            why: fault.message.clone(),
        }
    }
}

/// Whether what is inside is taken as it is.
fn is_plain(take: &Take) -> bool {
    match take {
        Take::Copy | Take::Enum(..) => true,
        Take::Items(item) => is_plain(item),
        Take::Entries(entry) => is_plain(&entry.0) && is_plain(&entry.1),
        Take::Text | Take::Number | Take::Struct(..) => false,
    }
}

//! Values that really fail, or are really taken for something else.

mod calls;
mod defaults;

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

use cognate_codec::thrift::Binary;
use cognate_codec::{DecodeErrorKind, Limits, UnknownFields};

use super::Sides;
use crate::compat::finding::hex;
use crate::compat::{Direction, Outcome, Witness};
use crate::thrift::resolve::{Enums, Fault, FaultKind, Part, Side, Site};
use crate::thrift::{Field, Layout, Program, Requiredness, StructId, StructKind, Type, TypeId};
use crate::value::{JsonForm, StructValue, Value};

/// Makes values of a writer's that show faults.
pub(super) struct Witnesses<'p> {
    writer: Side<'p>,
    reader: Side<'p>,
    direction: Direction,
    writing: Layout,
    reading: Layout,
    enums: Enums,
    /// How many values may still be made for one witness.
    left: Cell<u32>,
}

/// Why there is no value to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoWitness {
    /// No struct holds it.
    NotHeld,
    /// Every value has a value of the same struct in it, or it has too many others.
    NoValue,
    /// The reader takes it as it was meant.
    Unchanged,
}

/// The value for a field at a depth: nothing where none is asked for, and nothing in that where none can be made.
type Wanted<'w> = dyn FnMut(usize, &Field, usize) -> Option<Option<Value<'static>>> + 'w;

/// Values that a witness is made of at most.
const MOST: u32 = 1 << 12;

impl<'p> Witnesses<'p> {
    pub(super) fn new(sides: &Sides<'p>) -> Self {
        let layout = |side: Side<'_>| Layout::with_required(side.program, sides.options.thrift.required);
        let (writing, reading) = (layout(sides.writer), layout(sides.reader));
        let (writer, reader, direction) = (sides.writer, sides.reader, sides.direction);
        let enums = sides.options.thrift.enums;
        Self { writer, reader, direction, writing, reading, enums, left: Cell::new(0) }
    }

    /// A least value of the writer's that shows a fault, and what the reader does with it.
    pub(super) fn of(&self, fault: &Fault) -> Result<Witness, NoWitness> {
        let site = fault.site.as_ref().ok_or(NoWitness::NotHeld)?;
        self.left.set(MOST);
        let value = self.at(site, fault.kind).ok_or(NoWitness::NoValue)?;
        let mut bytes = Vec::new();
        self.writing.encode_into::<Binary>(site.writer, &value, &mut bytes).map_err(|_| NoWitness::NoValue)?;
        let written = value.to_json(JsonForm::Plain);
        let (outcome, behind) = match self.reading.decode::<Binary>(site.reader, &bytes, Limits::THRIFT) {
            Ok(read) => match self.refused(site, &read) {
                Some(error) => {
                    let expected = matches!(fault.kind, FaultKind::UnknownValue | FaultKind::RenumberedValue);
                    (Outcome::Error(error), !expected)
                }
                None => (taken(&read, &written)?, false),
            },
            Err(error) => {
                let expected = match error.kind() {
                    DecodeErrorKind::MissingNamedField(name) => {
                        fault.kind == FaultKind::UnionAndStruct || self.is_about(fault, name)
                    }
                    DecodeErrorKind::SeveralArms { .. } => fault.kind == FaultKind::UnionAndStruct,
                    DecodeErrorKind::InvalidUtf8 => fault.kind == FaultKind::BytesAsText,
                    _ => false,
                };
                (Outcome::Error(error.to_string()), !expected)
            }
        };
        Ok(Witness {
            direction: self.direction,
            ty: Some(self.writer.name(&self.writer.program[site.writer].head)),
            read_as: self.read_as(site.writer, site.reader),
            value: written,
            protocol: Some("binary"),
            message: None,
            hex: hex(&bytes),
            outcome,
            behind: behind.then(|| fault.message.clone()),
        })
    }

    /// The name of what the reader takes a struct for, where it is another.
    fn read_as(&self, from: StructId, to: StructId) -> Option<String> {
        let name = self.reader.name(&self.reader.program[to].head);
        (name != self.writer.name(&self.writer.program[from].head)).then_some(name)
    }

    /// What a reader with closed enums says to a number that an enum has no value for.
    fn refused(&self, site: &Site, read: &Value<'_>) -> Option<String> {
        let closed = self.enums == Enums::Closed;
        closed.then(|| unknown_number(self.reader.program, Type::Struct(site.reader), read)).flatten()
    }

    /// Whether a missing field is the one of the fault.
    fn is_about(&self, fault: &Fault, name: &str) -> bool {
        let Some(site) = &fault.site else { return false };
        let reader = &self.reader.program[site.reader];
        let position = reader.field_index(name);
        position.is_some_and(|position| {
            let path = self.reader.field(site.reader, position).path;
            fault.reader.path == path || fault.reader.path.strip_prefix(&path).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    fn at(&self, site: &Site, kind: FaultKind) -> Option<Value<'static>> {
        let structure = &self.writer.program[site.writer];
        let mut wanted: Vec<usize> = site.field.into_iter().collect();
        if kind == FaultKind::UnionAndStruct {
            // Two fields at once where that is allowed, such as the reader has where there are any.
            let reader = &self.reader.program[site.reader];
            let most = if structure.kind == StructKind::Union { 1 } else { 2 };
            wanted = (0..structure.fields.len()).collect();
            wanted.sort_by_key(|position| reader.field_by_id(structure.fields[*position].id).is_none());
            wanted.truncate(most);
        }
        self.structure(site.writer, 0, &mut |position, field, depth| {
            if !wanted.contains(&position) {
                return None;
            }
            let parts = if site.field == Some(position) { site.parts.as_slice() } else { &[] };
            Some(self.telling(field.ty.id, parts, (site.number, kind), depth))
        })
    }

    /// A struct with its required fields, and those that are wanted.
    fn structure(&self, id: StructId, depth: usize, wanted: &mut Wanted<'_>) -> Option<Value<'static>> {
        const DEEP: usize = 40;
        self.left.set(self.left.get().checked_sub(1)?);
        if depth > DEEP {
            return None;
        }
        let structure = &self.writer.program[id];
        let mut fields = Vec::new();
        for (position, field) in structure.fields.iter().enumerate() {
            if let Some(value) = wanted(position, field, depth + 1) {
                fields.push((position, value?));
            } else if field.requiredness == Requiredness::Required {
                fields.push((position, self.least(field.ty.id, depth + 1)?));
            }
        }
        if structure.kind == StructKind::Union && fields.is_empty() {
            let mut arms = structure.fields.iter().enumerate();
            fields.push(arms.find_map(|(position, field)| Some((position, self.least(field.ty.id, depth + 1)?)))?);
        }
        fields.sort_by_key(|(position, _)| structure.fields[*position].id);
        let shape = Arc::clone(self.writing.shape(id));
        Some(Value::Struct(Box::new(StructValue { shape, fields, unknown: UnknownFields::new() })))
    }

    /// A value of a type that shows a fault at the end of a way into it.
    fn telling(
        &self,
        ty: TypeId,
        parts: &[Part],
        (number, kind): (Option<i32>, FaultKind),
        depth: usize,
    ) -> Option<Value<'static>> {
        let program = self.writer.program;
        let Some((part, rest)) = parts.split_first() else {
            return match program[program.true_type(ty)] {
                Type::Enum(_) | Type::I32 if number.is_some() => number.map(|number| self.numbered(ty, number)),
                Type::Binary if kind == FaultKind::BytesAsText => Some(Value::Bytes(Cow::Owned(vec![0xff]))),
                Type::I8 | Type::I16 | Type::I32 => Some(Value::Int(1)),
                Type::I64 => Some(Value::Long(1)),
                Type::List(element) | Type::Set(element) => Some(Value::List(vec![self.least(element, depth)?])),
                _ => self.least(ty, depth),
            };
        };
        let inner = |ty| self.telling(ty, rest, (number, kind), depth);
        match (program[program.true_type(ty)], part) {
            (Type::List(element) | Type::Set(element), _) => Some(Value::List(vec![inner(element)?])),
            (Type::Map(key, value), Part::Key) => Some(self.entry(key, inner(key)?, self.least(value, depth)?)),
            (Type::Map(key, value), _) => Some(self.entry(key, self.least(key, depth)?, inner(value)?)),
            _ => None,
        }
    }

    fn entry(&self, key_type: TypeId, key: Value<'static>, value: Value<'static>) -> Value<'static> {
        let entries = vec![(key, value)];
        let program = self.writer.program;
        match program[program.true_type(key_type)] {
            Type::String => Value::Map(entries),
            _ => Value::Entries(entries),
        }
    }

    fn least(&self, ty: TypeId, depth: usize) -> Option<Value<'static>> {
        self.left.set(self.left.get().checked_sub(1)?);
        let program = self.writer.program;
        Some(match program[program.true_type(ty)] {
            Type::Bool => Value::Bool(false),
            Type::I8 | Type::I16 | Type::I32 => Value::Int(0),
            Type::I64 => Value::Long(0),
            Type::Float | Type::Double => Value::Double(0.0),
            Type::String => Value::String(Cow::Borrowed("")),
            Type::Binary => Value::Bytes(Cow::Borrowed(&[])),
            Type::Uuid => Value::Uuid([0; 16]),
            Type::List(_) | Type::Set(_) => Value::List(Vec::new()),
            Type::Map(key, _) if matches!(program[program.true_type(key)], Type::String) => Value::Map(Vec::new()),
            Type::Map(..) => Value::Entries(Vec::new()),
            Type::Enum(id) => {
                let number = program[id].values.first().map_or(0, |value| value.number);
                self.numbered(ty, number)
            }
            Type::Struct(id) => self.structure(id, depth, &mut |_, _, _| None)?,
            Type::Void | Type::Typedef(_) => return None,
        })
    }

    /// A value of an enum, or a number.
    fn numbered(&self, ty: TypeId, number: i32) -> Value<'static> {
        let program = self.writer.program;
        match program[program.true_type(ty)] {
            Type::Enum(id) => self.writing.symbol(id, number),
            _ => Value::Int(number),
        }
    }
}

/// What the reader takes a value for.
fn taken(read: &Value<'_>, written: &str) -> Result<Outcome, NoWitness> {
    let json = read.to_json(JsonForm::Plain);
    if json == written { Err(NoWitness::Unchanged) } else { Ok(Outcome::Reads(json)) }
}

/// Which of an enum's numbers in a value has no name.
fn unknown_number(program: &Program, ty: Type, value: &Value<'_>) -> Option<String> {
    let inside = |ty, value| unknown_number(program, program[program.true_type(ty)], value);
    match (ty, value) {
        (Type::Enum(id), Value::Int(number)) => {
            Some(format!("the enum `{}` has no value with the number {number}", program[id].head.name))
        }
        (Type::Struct(id), Value::Struct(value)) => {
            let field_type = |position: usize| Some(program[id].fields.get(position)?.ty.id);
            value.fields.iter().find_map(|(position, value)| inside(field_type(*position)?, value))
        }
        (Type::List(element) | Type::Set(element), Value::List(items)) => {
            items.iter().find_map(|item| inside(element, item))
        }
        (Type::Map(key_type, value_type), Value::Map(entries) | Value::Entries(entries)) => {
            entries.iter().find_map(|(key, value)| inside(key_type, key).or_else(|| inside(value_type, value)))
        }
        _ => None,
    }
}

impl fmt::Display for NoWitness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotHeld => "no struct that is compared holds such a value",
            Self::NoValue => "every value that gets there has another of its kind in it, or takes too many others",
            Self::Unchanged => "what the reader reads is printed as what was written, though it means something else",
        })
    }
}

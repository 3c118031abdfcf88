//! Values that really fail.

use std::fmt::Write;

use cognate_codec::Limits;
use cognate_codec::raw::Buffer;

use crate::avro::resolve::{Fault, FaultKind, Resolution, follow};
use crate::avro::{JsonForm, Program, Schema, TypeId, TypeKind, write_json};
use crate::compat::{Direction, Witness};

/// A smallest value of the writer's that meets a fault, and what the reader says to it; nothing when the writer has no value
/// that gets there, or none that is small.
///
/// The value is built along the way to the fault: the branch and the symbol at fault, one item where the way leads into a list,
/// and otherwise the least that there is. Where several faults are on the way, the reader's error is that of the first of them.
pub fn witness(
    writer: &Schema,
    reader: &Schema,
    resolution: &Resolution,
    fault: &Fault,
    limits: Limits,
) -> Option<Unread> {
    let builder = Builder { schema: writer, symbol: missing_symbol(writer, reader, fault), costs: costs(writer) };
    let steps: Vec<&str> = fault.writer.pointer.split('/').skip(1).collect();
    let mut bytes = Vec::new();
    builder.along(writer.root(), &steps, &mut bytes)?;
    let program = Program::new(writer);
    let value = program.decode(&bytes, limits).ok()?;
    let mut json = String::new();
    write_json(&value, JsonForm::Plain, &mut json);
    let error = Program::new(reader).resolving_decoder(&resolution.plan, &bytes, limits).value().err()?;
    Some(Unread { json, error: error.to_string(), bytes })
}

/// A value that a reader cannot read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Unread {
    /// The value as plain JSON.
    pub json: String,
    /// The value's bytes, with the writer's schema.
    pub bytes: Vec<u8>,
    /// What the reader says.
    pub error: String,
}

impl Unread {
    pub(super) fn of(self, direction: Direction) -> Witness {
        let mut hex = String::with_capacity(2 * self.bytes.len());
        for byte in self.bytes {
            // Writing to a string does not fail.
            let _ = write!(hex, "{byte:02x}");
        }
        Witness { direction, value: self.json, hex, error: self.error }
    }
}

/// Bytes and values that a witness has at most.
const LARGEST: u64 = 1 << 16;

struct Builder<'s> {
    schema: &'s Schema,
    /// The symbol at fault, where the way ends in an enum.
    symbol: usize,
    /// What the least value of each type costs.
    costs: Vec<u64>,
}

impl Builder<'_> {
    /// Appends a value in which the way is gone; nothing when there is none.
    fn along(&self, id: TypeId, steps: &[&str], out: &mut Vec<u8>) -> Option<()> {
        let number = |step: Option<&&str>| step.and_then(|step| step.parse::<usize>().ok());
        match (self.schema.kind(id), steps) {
            (TypeKind::Record(record), ["fields", rest @ ..]) => {
                let target = number(rest.first());
                for (position, field) in record.fields.iter().enumerate() {
                    if target == Some(position) {
                        self.along(field.ty.id, rest.get(2..).unwrap_or_default(), out)?;
                    } else {
                        self.least(field.ty.id, out)?;
                    }
                }
                Some(())
            }
            (TypeKind::Array(items), ["items", rest @ ..]) => {
                out.push(2);
                self.along(items.id, rest, out)?;
                out.push(0);
                Some(())
            }
            (TypeKind::Map(values), ["values", rest @ ..]) => {
                out.extend([2, 0]);
                self.along(values.id, rest, out)?;
                out.push(0);
                Some(())
            }
            (TypeKind::Union(branches), [branch, rest @ ..]) => {
                let branch = branch.parse::<usize>().ok()?;
                index(branch, out);
                self.along(branches.get(branch)?.id, rest, out)
            }
            (TypeKind::Enum(symbols), ["symbols", ..]) if self.symbol < symbols.symbols.len() => {
                index(self.symbol, out);
                Some(())
            }
            _ => self.least(id, out),
        }
    }

    /// Appends the least value of a type.
    fn least(&self, id: TypeId, out: &mut Vec<u8>) -> Option<()> {
        let cost = |id: TypeId| self.costs.get(id.index()).copied().unwrap_or(u64::MAX);
        if cost(id).saturating_add(out.len() as u64) > LARGEST {
            return None;
        }
        match self.schema.kind(id) {
            TypeKind::Null => {}
            TypeKind::Boolean
            | TypeKind::Int
            | TypeKind::Long
            | TypeKind::Bytes
            | TypeKind::String
            | TypeKind::Enum(_)
            | TypeKind::Array(_)
            | TypeKind::Map(_) => out.push(0),
            TypeKind::Float => out.extend([0; 4]),
            TypeKind::Double => out.extend([0; 8]),
            TypeKind::Fixed(fixed) => out.resize(out.len() + fixed.size as usize, 0),
            TypeKind::Record(record) => {
                for field in &record.fields {
                    self.least(field.ty.id, out)?;
                }
            }
            TypeKind::Union(branches) => {
                let (branch, least) = branches.iter().enumerate().min_by_key(|(_, branch)| cost(branch.id))?;
                index(branch, out);
                self.least(least.id, out)?;
            }
        }
        Some(())
    }
}

/// A count from 0, as a long.
fn index(index: usize, out: &mut Vec<u8>) {
    let mut buffer = Buffer::after(std::mem::take(out));
    buffer.varint((index as u64) << 1);
    *out = buffer.into_bytes();
}

fn missing_symbol(writer: &Schema, reader: &Schema, fault: &Fault) -> usize {
    let (from, to) = (follow(writer, &fault.writer.pointer).0, follow(reader, &fault.reader.pointer).0);
    match (fault.kind, writer.kind(from), reader.kind(to)) {
        (FaultKind::MissingEnumSymbols, TypeKind::Enum(from), TypeKind::Enum(to)) => {
            let missing = |symbol: &crate::avro::Symbol| to.symbol_index(&symbol.name).is_none();
            from.symbols.iter().position(missing).unwrap_or_default()
        }
        _ => 0,
    }
}

/// What the least value of each type costs: its bytes, and one for itself. What has no value costs the most.
fn costs(schema: &Schema) -> Vec<u64> {
    let mut costs = vec![u64::MAX; schema.type_count()];
    let types = schema.reachable();
    loop {
        let mut changed = false;
        for &id in types.iter().rev() {
            let of = |id: TypeId| costs.get(id.index()).copied().unwrap_or(u64::MAX);
            let cost = match schema.kind(id) {
                TypeKind::Null => 1,
                TypeKind::Float => 5,
                TypeKind::Double => 9,
                TypeKind::Fixed(fixed) => u64::from(fixed.size) + 1,
                TypeKind::Enum(symbols) if symbols.symbols.is_empty() => u64::MAX,
                TypeKind::Record(record) => {
                    record.fields.iter().fold(1, |sum: u64, field| sum.saturating_add(of(field.ty.id)))
                }
                TypeKind::Union(branches) => {
                    branches.iter().map(|branch| of(branch.id)).min().unwrap_or(u64::MAX).saturating_add(2)
                }
                _ => 2,
            };
            if let Some(known) = costs.get_mut(id.index())
                && cost < *known
            {
                *known = cost;
                changed = true;
            }
        }
        if !changed {
            return costs;
        }
    }
}

//! Values that really fail.

mod least;
mod ways;

use std::fmt;

use cognate_codec::Limits;
use cognate_codec::raw::Buffer;

use ways::Ways;

use crate::avro::resolve::{Fault, FaultKind, Resolution, follow};
use crate::avro::{JsonForm, Program, Schema, TypeKind};
use crate::compat::finding::hex;
use crate::compat::{Direction, Outcome, Witness};

/// Makes values of a writer's that run into the faults of a plan.
pub struct Witnesses<'s> {
    writer: &'s Schema,
    reader: &'s Schema,
    resolution: &'s Resolution,
    limits: Limits,
    ways: Ways<'s>,
    writing: Program,
    reading: Program,
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
    /// What it would say next, where it stops at another fault that comes before this one in every value.
    pub behind: Option<String>,
}

/// Why there is no value to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoWitness {
    /// The writer's schema has no value that gets to the fault.
    NoValue,
    /// The least value takes more than [`Witnesses::LARGEST`] bytes.
    TooLarge,
    /// The least value is nested deeper than a decoder goes by default.
    TooDeep,
}

impl<'s> Witnesses<'s> {
    /// The bytes that a value has at most.
    pub const LARGEST: u64 = 1 << 16;

    /// Looks for the ways through the plan of two schemas. The limits are those of the reader that is to fail.
    pub fn new(writer: &'s Schema, reader: &'s Schema, resolution: &'s Resolution, limits: Limits) -> Self {
        let ways = Ways::new(writer, resolution);
        Self { writer, reader, resolution, limits, ways, writing: Program::new(writer), reading: Program::new(reader) }
    }

    /// A least value of the writer's that runs into a fault of the plan, and what the reader says to it.
    ///
    /// Of all values that get to the fault it is one that meets no other fault before it, where there is one.
    ///
    /// # Errors
    ///
    /// When there is no such value, or none that can be shown.
    pub fn of(&self, fault: &Fault) -> Result<Unread, NoWitness> {
        let way = self.ways.to(fault.node).ok_or(NoWitness::NoValue)?;
        if way.cost.size > Self::LARGEST {
            return Err(NoWitness::TooLarge);
        }
        let mut bytes = Vec::new();
        self.ways.write(&way, self.symbol(fault), self.limits.depth(), &mut bytes).ok_or(NoWitness::TooDeep)?;
        let value = self.writing.decode(&bytes, self.limits).map_err(|_| NoWitness::TooDeep)?;
        let json = value.to_json(JsonForm::Plain);
        let read = self.reading.resolving_decoder(&self.resolution.plan, &bytes, self.limits).value();
        let error = read.err().ok_or(NoWitness::NoValue)?.to_string();
        let behind = (way.cost.faults > 0).then(|| fault.message.clone());
        Ok(Unread { json, bytes, error, behind })
    }

    /// A symbol that is at fault, where the fault is one of symbols.
    fn symbol(&self, fault: &Fault) -> Option<usize> {
        let (from, to) = (follow(self.writer, &fault.writer.pointer).0, follow(self.reader, &fault.reader.pointer).0);
        match (fault.kind, self.writer.kind(from), self.reader.kind(to)) {
            (FaultKind::MissingEnumSymbols, TypeKind::Enum(from), TypeKind::Enum(to)) => {
                from.symbols.iter().position(|symbol| to.symbol_index(&symbol.name).is_none())
            }
            _ => None,
        }
    }
}

impl Unread {
    pub(super) fn of(self, direction: Direction) -> Witness {
        let (value, hex, outcome) = (self.json, hex(&self.bytes), Outcome::Error(self.error));
        let (ty, read_as, protocol, message) = (None, None, None, None);
        Witness { direction, ty, read_as, value, protocol, message, hex, outcome, behind: self.behind }
    }
}

impl fmt::Debug for Witnesses<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Witnesses").finish_non_exhaustive()
    }
}

impl fmt::Display for NoWitness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoValue => f.write_str("the writer's schema has no value that gets there"),
            Self::TooLarge => {
                write!(f, "the smallest value that gets there takes more than {} bytes", Witnesses::LARGEST)
            }
            Self::TooDeep => f.write_str("the least value that gets there is nested too deep to be decoded"),
        }
    }
}

/// A count from 0, as a long.
fn index(index: usize, out: &mut Vec<u8>) {
    let mut buffer = Buffer::after(std::mem::take(out));
    buffer.varint((index as u64) << 1);
    *out = buffer.into_bytes();
}

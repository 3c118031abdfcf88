//! Faults: what of a writer's data a reader does not take as it was meant.

use std::fmt;

use super::place::Place;
use crate::thrift::StructId;

/// Something of a writer's data that fails, is lost or is taken for something else.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Whether data is at stake with all readers of the kind that was asked about; otherwise with some of them, or with some
    /// values only.
    pub breaks: bool,
    /// Where, in the writer's schema.
    pub writer: Place,
    /// Where, in the reader's schema.
    pub reader: Place,
    /// The value that shows it; nothing for what no struct holds.
    pub site: Option<Site>,
}

/// The kinds of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// The reader requires a field that the writer does not have.
    MissingRequired,
    /// The reader requires a field that the writer may leave out.
    UnsetRequired,
    /// A field, an item, a key or a value is of another kind, so that the field is skipped.
    TypeMismatch,
    /// A union is read as a struct, or a struct as a union.
    UnionAndStruct,
    /// The reader's union lacks a field of the writer's.
    MissingArm,
    /// A field of the same name has another id.
    ChangedId,
    /// A value of an enum with the same name has another number.
    RenumberedValue,
    /// The reader's enum has no value of a number.
    UnknownValue,
    /// Bytes are read as text.
    BytesAsText,
}

/// Which value of the writer's shows a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Site {
    /// The writer's struct.
    pub writer: StructId,
    /// What it is read as.
    pub reader: StructId,
    /// The position of the writer's field that has to be there; without one, the fields that are required and no others.
    pub field: Option<usize>,
    /// The way to the value inside of the field.
    pub parts: Vec<Part>,
    /// The number that the value, then one of an enum, has to have.
    pub number: Option<i32>,
}

/// A step into a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Into an item of a list or set.
    Element,
    /// Into a key of a map.
    Key,
    /// Into a value of a map.
    Value,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

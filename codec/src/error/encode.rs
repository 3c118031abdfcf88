//! What goes wrong when a value is encoded.

use alloc::{boxed::Box, string::String};
use core::fmt;

use super::{Path, PathSegment};

/// A value that the format cannot hold, with the field path to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    kind: EncodeErrorKind,
    path: Path,
}

/// Why a value cannot be encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// An unsigned number past the range of Avro's `long`.
    LongOverflow(u64),
    /// An enum value without a position among the symbols, in a format that writes positions.
    UnknownSymbol {
        /// The enum's name.
        name: &'static str,
        /// The value's number.
        number: i32,
    },
    /// A shape that the format does not have, such as a map in a list in Protobuf.
    NotInFormat {
        /// The format's name.
        format: &'static str,
        /// What it does not have.
        what: &'static str,
    },
    /// A value past the range of its logical type or of the type around it.
    OutOfRange(String),
    /// A value that does not belong to the schema it is encoded with.
    SchemaMismatch(String),
}

impl EncodeError {
    /// An error of a kind, at the value itself.
    #[cold]
    #[inline(never)]
    pub fn new(kind: EncodeErrorKind) -> Self {
        Self(Box::new(Inner { kind, path: Path::default() }))
    }

    /// Why the value cannot be encoded.
    pub fn kind(&self) -> &EncodeErrorKind {
        &self.0.kind
    }

    /// The way to the value.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// The same error seen from one level further out.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn inside(mut self, segment: PathSegment) -> Self {
        self.0.path.push_outer(segment);
        self
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.0.path)?;
        }
        match &self.0.kind {
            EncodeErrorKind::LongOverflow(value) => write!(f, "{value} is past the range of long"),
            EncodeErrorKind::UnknownSymbol { name, number } => {
                write!(f, "the value {number} of the enum {name} is none of its symbols")
            }
            EncodeErrorKind::NotInFormat { format, what } => write!(f, "{format} has no {what}"),
            EncodeErrorKind::OutOfRange(reason) | EncodeErrorKind::SchemaMismatch(reason) => f.write_str(reason),
        }
    }
}

impl core::error::Error for EncodeError {}

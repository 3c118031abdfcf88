//! What goes wrong when bytes are decoded.

use alloc::{borrow::Cow, boxed::Box, string::String};
use core::fmt;

use super::{Path, PathSegment};
use crate::FieldDesc;

/// Bytes that are not what the type says, with the byte offset and the field path.
///
/// A pointer wide, so that the results of the small decoding functions travel in registers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    kind: DecodeErrorKind,
    offset: usize,
    path: Path,
}

/// Why bytes cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input ends inside a value.
    Truncated {
        /// Bytes that the value needs, as far as is known.
        needed: u64,
        /// Bytes that are left.
        remaining: usize,
    },
    /// Text that is not UTF-8.
    InvalidUtf8,
    /// A varint longer than its type allows: ten bytes for 64 bits, five for 32.
    VarintTooLong,
    /// An integer past the range of its type.
    IntegerOutOfRange(i64),
    /// A Boolean that is neither 0 nor 1.
    InvalidBool(u8),
    /// A length or count below zero.
    NegativeLength(i64),
    /// Bytes of another number than their fixed type has.
    FixedLength {
        /// How many the type has.
        expected: usize,
        /// How many the data has.
        found: usize,
    },
    /// An enum index or number that stands for no symbol.
    UnknownSymbol {
        /// The enum's name.
        name: String,
        /// What the data says.
        index: i64,
        /// How many symbols there are.
        symbols: usize,
    },
    /// A number that belongs to no symbol of a closed enum.
    UnknownNumber {
        /// The enum's name.
        name: &'static str,
        /// The number.
        number: i32,
    },
    /// A union without an arm that the type knows.
    UnknownArm {
        /// The union's name.
        name: &'static str,
    },
    /// A union with several values.
    SeveralArms {
        /// The union's name.
        name: Cow<'static, str>,
    },
    /// Items of another wire type than the list, set or map of the type has.
    OtherItems,
    /// A union index that stands for no branch.
    UnknownBranch {
        /// What the data says.
        index: i64,
        /// How many branches there are.
        branches: usize,
    },
    /// A required field that the data lacks.
    MissingField(&'static str),
    /// A required field that the data lacks, of a type that is known only at run time.
    MissingNamedField(String),
    /// Bytes after the end of the value.
    TrailingBytes(usize),
    /// A tag that no field can have.
    InvalidTag(u64),
    /// A field id that is no signed 16-bit integer (Thrift).
    InvalidFieldId(i64),
    /// A type code that the protocol does not have (Thrift).
    InvalidTypeCode(u8),
    /// A group end without its start, or a start without its end.
    UnbalancedGroup,
    /// Values nested deeper than [`Limits::depth`](crate::Limits::depth) allows.
    DepthLimit(u32),
    /// More items of no bytes than [`Limits::empty_items`](crate::Limits::empty_items) allows.
    EmptyItemLimit(u64),
    /// A value that takes more memory than [`Limits::memory`](crate::Limits::memory) allows.
    MemoryLimit(usize),
    /// A block of items that does not take the bytes that it says.
    BlockSize {
        /// The byte size that the data says.
        declared: u64,
        /// The bytes that the items took.
        taken: u64,
    },
    /// JSON text that is malformed, or not of the type.
    InvalidJson(String),
    /// A value that its logical type does not allow.
    InvalidLogical(String),
    /// A shape that the format does not have.
    NotInFormat {
        /// The format's name.
        format: &'static str,
        /// What it does not have.
        what: &'static str,
    },
    /// A value of the writer's schema that the reader's schema has no place for.
    Unresolvable(String),
    /// A header that does not start the message it should.
    InvalidHeader(String),
}

impl DecodeError {
    /// An error of a kind at a byte offset.
    #[cold]
    #[inline(never)]
    pub fn new(kind: DecodeErrorKind, offset: usize) -> Self {
        Self(Box::new(Inner { kind, offset, path: Path::default() }))
    }

    /// Why the bytes cannot be decoded.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// The byte offset in the input at which the value at fault starts.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The way to the value.
    pub fn path(&self) -> &Path {
        &self.0.path
    }

    /// Whether a limit stopped the decoding, rather than a fault of the data.
    pub fn is_limit(&self) -> bool {
        matches!(
            self.0.kind,
            DecodeErrorKind::DepthLimit(_) | DecodeErrorKind::EmptyItemLimit(_) | DecodeErrorKind::MemoryLimit(_)
        )
    }

    /// Whether the bytes are well formed, but hold a value that the type has no place for: a symbol that a closed enum lacks, an
    /// arm that a union lacks, items of another type. A tagged format skips the field that it stands in.
    pub fn is_refusal(&self) -> bool {
        matches!(
            self.0.kind,
            DecodeErrorKind::UnknownNumber { .. } | DecodeErrorKind::UnknownArm { .. } | DecodeErrorKind::OtherItems
        )
    }

    /// Whether the input ended inside a value.
    pub fn is_truncated(&self) -> bool {
        matches!(self.0.kind, DecodeErrorKind::Truncated { .. })
    }

    /// The same error seen from one level further out.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn inside(mut self, segment: PathSegment) -> Self {
        self.0.path.push_outer(segment);
        self
    }

    /// The same error seen from the record around a field.
    #[cold]
    #[inline(never)]
    pub(crate) fn in_field(self, field: &'static FieldDesc) -> Self {
        self.inside(PathSegment::Field(field.name))
    }

    /// The same error in an input that starts `bytes` earlier.
    #[must_use]
    pub fn shifted(mut self, bytes: usize) -> Self {
        self.0.offset = self.0.offset.saturating_add(bytes);
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.0.path)?;
        }
        write!(f, "{} at byte {}", self.0.kind, self.0.offset)
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { needed, remaining } => {
                write!(f, "the input ends inside a value ({needed} bytes needed, {remaining} left)")
            }
            Self::InvalidUtf8 => f.write_str("invalid UTF-8"),
            Self::VarintTooLong => f.write_str("varint too long for its type"),
            Self::IntegerOutOfRange(value) => write!(f, "the integer {value} is out of the range of its type"),
            Self::InvalidBool(byte) => write!(f, "the byte {byte:#04x} is no Boolean"),
            Self::NegativeLength(length) => write!(f, "the length {length} is negative"),
            Self::FixedLength { expected, found } => write!(f, "{found} bytes where a fixed has {expected}"),
            Self::UnknownSymbol { name, index, symbols } => {
                write!(f, "the enum {name} has no symbol {index} (it has {symbols})")
            }
            Self::UnknownNumber { name, number } => write!(f, "the enum {name} has no symbol of the number {number}"),
            Self::UnknownArm { name } => write!(f, "the union {name} has no arm that its type knows"),
            Self::SeveralArms { name } => write!(f, "the union {name} has several values"),
            Self::OtherItems => f.write_str("the items are of another type than the collection has"),
            Self::UnknownBranch { index, branches } => {
                write!(f, "the union has no branch {index} (it has {branches})")
            }
            Self::MissingField(name) => write!(f, "the required field {name} is missing"),
            Self::MissingNamedField(name) => write!(f, "the required field {name} is missing"),
            Self::TrailingBytes(count) => write!(f, "{count} bytes follow the end of the value"),
            Self::InvalidTag(tag) => write!(f, "{tag:#x} is no valid field tag"),
            Self::InvalidFieldId(id) => write!(f, "{id} is no field id, which has 16 bits"),
            Self::InvalidTypeCode(code) => write!(f, "{code} is no type code of the protocol"),
            Self::UnbalancedGroup => f.write_str("a group's start and end do not match"),
            Self::DepthLimit(limit) => {
                write!(f, "values are nested deeper than the limit of {limit} (raise it with `Limits::with_depth`)")
            }
            Self::EmptyItemLimit(limit) => {
                write!(
                    f,
                    "more items without bytes than the limit of {limit} (raise it with `Limits::with_empty_items`)"
                )
            }
            Self::MemoryLimit(limit) => {
                write!(
                    f,
                    "the value takes more memory than the limit of {limit} bytes (raise it with `Limits::with_memory`)"
                )
            }
            Self::BlockSize { declared, taken } => {
                write!(f, "a block says that it has {declared} bytes, but its items take {taken}")
            }
            Self::InvalidLogical(reason)
            | Self::Unresolvable(reason)
            | Self::InvalidHeader(reason)
            | Self::InvalidJson(reason) => f.write_str(reason),
            Self::NotInFormat { format, what } => write!(f, "{format} has no {what}"),
        }
    }
}

impl core::error::Error for DecodeError {}

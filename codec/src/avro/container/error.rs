//! What goes wrong with a container file: where, and why.

use std::{borrow::Cow, boxed::Box, error::Error, fmt, io, string::String, vec::Vec};

use super::Codec;

/// A container file that cannot be read or written, with the block, the byte offset and the reason.
///
/// Offsets count from where reading or writing began. The text says everything that is known:
/// `block 3 at byte 4096: truncated: 120 of 300 bytes of the block's data`.
pub struct ContainerError(Box<Inner>);

struct Inner {
    place: Place,
    reason: Reason,
}

/// What an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// No part of the file: how the library was used.
    Call,
    /// The header, at a byte.
    Header(u64),
    /// A block that starts at a byte.
    Block { index: u64, offset: u64 },
}

/// Why a container file cannot be read or written.
#[derive(Debug)]
pub(super) enum Reason {
    Io(io::Error),
    Empty,
    Magic(Vec<u8>),
    Truncated {
        what: &'static str,
        have: usize,
        need: Option<u64>,
    },
    VarintTooLong {
        what: &'static str,
    },
    Negative {
        what: &'static str,
        value: i64,
    },
    MapChunkSize {
        declared: u64,
        taken: u64,
    },
    NotUtf8 {
        what: Cow<'static, str>,
    },
    DuplicateKey(String),
    NoSchema,
    SyncMarker,
    #[cfg_attr(not(feature = "snappy"), allow(dead_code, reason = "only snappy blocks have a checksum of Avro"))]
    Checksum {
        stored: u32,
        computed: u32,
    },
    #[allow(dead_code, reason = "without a codec nothing is compressed")]
    Compressed {
        codec: Codec,
        problem: Cow<'static, str>,
    },
    Limit(Exceeded),
    UnknownCodec(String),
    CodecNotBuilt(Codec),
    Record {
        record: u64,
        error: Box<dyn Error + Send + Sync>,
    },
    Stopped,
    Usage(Cow<'static, str>),
}

/// A limit that is passed, and how to raise it.
#[derive(Debug)]
pub(super) struct Exceeded {
    /// What there is too much of, with its amount when that is known.
    pub(super) what: Cow<'static, str>,
    pub(super) limit: u64,
    pub(super) default: u64,
    /// The method of `ContainerLimits` that raises it.
    pub(super) setter: &'static str,
}

impl Reason {
    #[cold]
    pub(super) fn at(self, place: Place) -> ContainerError {
        ContainerError(Box::new(Inner { place, reason: self }))
    }

    #[cold]
    pub(super) fn usage(text: impl Into<Cow<'static, str>>) -> ContainerError {
        Self::Usage(text.into()).at(Place::Call)
    }
}

impl ContainerError {
    /// The index of the block at fault, counted from 0 in the order in which the blocks were met.
    pub fn block(&self) -> Option<u64> {
        match self.0.place {
            Place::Block { index, .. } => Some(index),
            Place::Header(_) | Place::Call => None,
        }
    }

    /// The byte at which the block at fault starts, or the place in the header.
    pub fn offset(&self) -> Option<u64> {
        match self.0.place {
            Place::Block { offset, .. } | Place::Header(offset) => Some(offset),
            Place::Call => None,
        }
    }

    /// Reading or writing the bytes failed.
    pub fn is_io(&self) -> bool {
        matches!(self.0.reason, Reason::Io(_))
    }

    /// The bytes end too early, within the header or a block.
    pub fn is_truncated(&self) -> bool {
        matches!(self.0.reason, Reason::Truncated { .. })
    }

    /// The bytes are no container file: there are none, or they start with something else than [`MAGIC`](super::MAGIC).
    pub fn is_not_container(&self) -> bool {
        matches!(self.0.reason, Reason::Empty | Reason::Magic(_))
    }

    /// The bytes contradict themselves or the specification: damaged, tampered with or written wrongly.
    pub fn is_corrupt(&self) -> bool {
        matches!(
            self.0.reason,
            Reason::VarintTooLong { .. }
                | Reason::Negative { .. }
                | Reason::MapChunkSize { .. }
                | Reason::NotUtf8 { .. }
                | Reason::DuplicateKey(_)
                | Reason::NoSchema
                | Reason::SyncMarker
                | Reason::Checksum { .. }
                | Reason::Compressed { .. }
        )
    }

    /// The file needs more than [`ContainerLimits`](super::ContainerLimits) allow.
    pub fn is_limit(&self) -> bool {
        matches!(self.0.reason, Reason::Limit(_))
    }

    /// The codec is unknown, or its cargo feature is off.
    pub fn is_unsupported_codec(&self) -> bool {
        matches!(self.0.reason, Reason::UnknownCodec(_) | Reason::CodecNotBuilt(_))
    }

    /// A record of a block is at fault, as its decoder says ([`Block::record_error`](super::Block::record_error)).
    pub fn is_record(&self) -> bool {
        matches!(self.0.reason, Reason::Record { .. })
    }

    /// The reader was asked for a block after an error, without [`Reader::recover`](super::Reader::recover); or the writer for
    /// more after a failed write.
    pub fn is_stopped(&self) -> bool {
        matches!(self.0.reason, Reason::Stopped)
    }

    /// The error of the reading or writing below.
    pub fn io_error(&self) -> Option<&io::Error> {
        match &self.0.reason {
            Reason::Io(error) => Some(error),
            _ => None,
        }
    }

    /// The error of the record's decoder, and the index of the record in its block.
    pub fn record_error(&self) -> Option<(u64, &(dyn Error + Send + Sync + 'static))> {
        match &self.0.reason {
            Reason::Record { record, error } => Some((*record, error.as_ref())),
            _ => None,
        }
    }
}

impl Error for ContainerError {}

impl From<ContainerError> for io::Error {
    fn from(error: ContainerError) -> Self {
        let kind = match &error.0.reason {
            Reason::Io(io) => io.kind(),
            Reason::Truncated { .. } => io::ErrorKind::UnexpectedEof,
            Reason::UnknownCodec(_) | Reason::CodecNotBuilt(_) => io::ErrorKind::Unsupported,
            Reason::Usage(_) => io::ErrorKind::InvalidInput,
            _ => io::ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}

impl fmt::Debug for ContainerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContainerError").field("place", &self.0.place).field("reason", &self.0.reason).finish()
    }
}

impl fmt::Display for ContainerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.place {
            Place::Call => {}
            Place::Header(offset) => write!(f, "header at byte {offset}: ")?,
            Place::Block { index, offset } => write!(f, "block {index} at byte {offset}: ")?,
        }
        self.0.reason.fmt(f)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "input or output failed: {error}"),
            Self::Empty => f.write_str("there are no bytes; an Avro container file starts with `Obj` and the byte 1"),
            Self::Magic(found) => {
                f.write_str("no Avro container file: it starts with")?;
                found.iter().try_for_each(|byte| write!(f, " {byte:02x}"))?;
                f.write_str(", not 4f 62 6a 01 (`Obj` and the byte 1)")
            }
            Self::Truncated { what, have, need: Some(need) } => {
                write!(f, "truncated: {have} of {need} bytes of {what}")
            }
            Self::Truncated { what, have: 0, need: None } => write!(f, "truncated: {what} is missing"),
            Self::Truncated { what, have, need: None } => write!(f, "truncated: {what} ends after {have} bytes"),
            Self::VarintTooLong { what } => write!(f, "corrupt: {what} is no varint of at most 64 bits"),
            Self::Negative { what, value } => write!(f, "corrupt: {what} is negative ({value})"),
            Self::MapChunkSize { declared, taken } => {
                write!(f, "corrupt: a chunk of the metadata should take {declared} bytes and takes {taken}")
            }
            Self::NotUtf8 { what } => write!(f, "corrupt: {what} is not UTF-8"),
            Self::DuplicateKey(key) => write!(f, "corrupt: the metadata has two entries `{key}`"),
            Self::NoSchema => f.write_str("corrupt: the metadata has no `avro.schema`"),
            Self::SyncMarker => f.write_str("corrupt: the sync marker after the data is not the file's"),
            Self::Checksum { stored, computed } => {
                write!(f, "corrupt: the checksum of the data is {computed:08x}, not {stored:08x} as stored")
            }
            Self::Compressed { codec, problem } => write!(f, "corrupt {codec} data: {problem}"),
            Self::Limit(Exceeded { what, limit, default, setter }) => write!(
                f,
                "{what} is over the limit of {limit}; raise it with `ContainerLimits::{setter}` (default {default})"
            ),
            Self::UnknownCodec(name) => {
                let known = Codec::ALL.map(Codec::name).join(", ");
                write!(f, "unknown codec `{name}`; known are {known}")
            }
            Self::CodecNotBuilt(codec) => {
                write!(f, "the codec `{codec}` is not compiled in; enable the cargo feature `{codec}`")
            }
            Self::Record { record, error } => write!(f, "record {record}: {error}"),
            Self::Stopped => {
                f.write_str("stopped by the error before; a reader goes on after `recover`, a writer cannot")
            }
            Self::Usage(text) => f.write_str(text),
        }
    }
}

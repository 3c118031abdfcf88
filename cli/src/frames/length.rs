//! The length before a value.

use cognate_codec::raw::Buffer;
use cognate_codec::{EncodeError, EncodeErrorKind};

use crate::commands::Framing;

/// A way to say how many bytes a value takes, before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// A varint.
    Varint,
    /// A signed integer of four bytes, the highest first.
    Word,
}

impl Length {
    /// The length that a framing has.
    pub(crate) fn of(framing: Framing) -> Option<Self> {
        match framing {
            Framing::Delimited => Some(Self::Varint),
            Framing::Framed => Some(Self::Word),
            Framing::Raw | Framing::Ocf | Framing::SingleObject | Framing::Confluent => None,
        }
    }

    /// The length at the front, and how many bytes it takes itself; `None` when it goes on.
    pub(crate) fn read(self, bytes: &[u8]) -> Result<Option<(usize, usize)>, &'static str> {
        match self {
            Self::Varint => varint(bytes),
            Self::Word => match bytes.first_chunk() {
                Some(word) => match usize::try_from(i32::from_be_bytes(*word)) {
                    Ok(length) => Ok(Some((length, word.len()))),
                    Err(_) => Err("the length before the value is negative"),
                },
                None => Ok(None),
            },
        }
    }

    /// Appends a value behind its length.
    pub(crate) fn put(self, value: &[u8], bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        match self {
            Self::Varint => {
                let mut buffer = Buffer::after(std::mem::take(bytes));
                buffer.varint_prefixed(value);
                *bytes = buffer.into_bytes();
            }
            Self::Word => {
                let Ok(length) = i32::try_from(value.len()) else {
                    let reason = format!("{} bytes, and a frame holds at most 2^31 - 1", value.len());
                    return Err(EncodeError::new(EncodeErrorKind::OutOfRange(reason)));
                };
                bytes.extend_from_slice(&length.to_be_bytes());
                bytes.extend_from_slice(value);
            }
        }
        Ok(())
    }
}

fn varint(bytes: &[u8]) -> Result<Option<(usize, usize)>, &'static str> {
    let mut length = 0_u64;
    for (position, &byte) in bytes.iter().enumerate() {
        let shift = 7 * position;
        if shift > 63 || (shift == 63 && byte > 1) {
            return Err("the length before the value is no varint of at most 64 bits");
        }
        length |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(Some((usize::try_from(length).unwrap_or(usize::MAX), position + 1)));
        }
    }
    Ok(None)
}

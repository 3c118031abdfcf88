//! Avro binary encoding (Avro 1.12, "Binary Encoding"): the ordered wire.

#[cfg(feature = "std")]
pub mod container;
pub mod plan;
pub mod single_object;
mod sink;
mod source;

pub use sink::AvroSink;
pub use source::{AvroSource, Block};

use alloc::vec::Vec;

use crate::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Limits};

/// Decodes one value that fills the whole input.
///
/// # Errors
/// When the bytes are not such a value, or go on after it.
pub fn from_slice<'de, T: Decode<'de>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
    from_slice_with(bytes, Limits::default())
}

/// [`from_slice`] within given limits.
///
/// # Errors
/// As [`from_slice`].
pub fn from_slice_with<'de, T: Decode<'de>>(bytes: &'de [u8], limits: Limits) -> Result<T, DecodeError> {
    let mut source = AvroSource::new(bytes, limits);
    let value = source.value()?;
    match source.remaining() {
        0 => Ok(value),
        trailing => Err(DecodeError::new(DecodeErrorKind::TrailingBytes(trailing), bytes.len() - trailing)),
    }
}

/// Encodes a value.
///
/// # Errors
/// When Avro has no way to write it, see [`EncodeErrorKind`](crate::EncodeErrorKind).
pub fn to_vec<T: Encode>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    encode_into(value, &mut bytes)?;
    Ok(bytes)
}

/// Encodes a value behind the bytes that are there already. After an error the bytes are as they were.
///
/// # Errors
/// As [`to_vec`].
#[inline]
pub fn encode_into<T: Encode>(value: &T, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    let start = bytes.len();
    let mut sink = AvroSink::after(core::mem::take(bytes));
    let result = value.encode(const { &T::TYPE }, &mut sink);
    *bytes = sink.into_bytes();
    if result.is_err() {
        bytes.truncate(start);
    }
    result
}

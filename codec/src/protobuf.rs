//! Protobuf binary encoding (Protobuf encoding guide): the tagged wire.
//!
//! What is here proves the spine: one derived `decode` serves an ordered and a tagged format at hand-written speed. Groups,
//! extensions and JSON are not part of it.

mod sink;
mod source;
mod tag;

pub use sink::ProtobufSink;
pub use source::ProtobufSource;

use alloc::vec::Vec;

use crate::{DecodeError, DecodeRecord, EncodeError, EncodeRecord, Limits};

/// Decodes a message that fills the whole input.
///
/// # Errors
/// When the bytes are not such a message.
pub fn from_slice<'de, T: DecodeRecord<'de>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
    from_slice_with(bytes, Limits::default())
}

/// [`from_slice`] within given limits.
///
/// # Errors
/// As [`from_slice`].
pub fn from_slice_with<'de, T: DecodeRecord<'de>>(bytes: &'de [u8], limits: Limits) -> Result<T, DecodeError> {
    T::decode_new(&mut ProtobufSource::new(bytes, limits))
}

/// Encodes a message.
///
/// # Errors
/// When Protobuf has no way to write it, see [`EncodeErrorKind`](crate::EncodeErrorKind).
pub fn to_vec<T: EncodeRecord>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    encode_into(value, &mut bytes)?;
    Ok(bytes)
}

/// Encodes a message behind the bytes that are there already. After an error the bytes are as they were.
///
/// # Errors
/// As [`to_vec`].
#[inline]
pub fn encode_into<T: EncodeRecord>(value: &T, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    let start = bytes.len();
    let mut sink = ProtobufSink::after(core::mem::take(bytes));
    let result = value.encode_fields(&mut sink);
    *bytes = sink.into_bytes();
    if result.is_err() {
        bytes.truncate(start);
    }
    result
}

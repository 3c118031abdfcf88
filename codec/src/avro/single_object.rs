//! Single-object encoding: one value with the fingerprint of its schema before it (Avro 1.12, "Single-object encoding").
//!
//! The fingerprint is the CRC-64-AVRO of the writer's schema in parsing canonical form. This module puts it there and finds
//! it; what schema it stands for is the reader's business.

use alloc::{format, vec::Vec};

use super::{AvroSource, encode_into as encode_body};
use crate::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Limits};

/// The two bytes that every message starts with.
pub const MARKER: [u8; 2] = [0xc3, 0x01];

/// Bytes before the value: the marker and the fingerprint.
pub const HEADER_LEN: usize = 10;

/// Encodes a value with the fingerprint of its schema, behind the bytes that are there already.
///
/// # Errors
/// As [`avro::to_vec`](super::to_vec); the bytes are then as they were.
pub fn encode_into<T: Encode>(fingerprint: u64, value: &T, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    let start = bytes.len();
    bytes.extend_from_slice(&MARKER);
    bytes.extend_from_slice(&fingerprint.to_le_bytes());
    encode_body(value, bytes).inspect_err(|_| bytes.truncate(start))
}

/// Splits a message into the fingerprint of its schema and the value's bytes.
///
/// # Errors
/// When the message is shorter than its header or does not start with the marker.
pub fn split(message: &[u8]) -> Result<(u64, &[u8]), DecodeError> {
    let Some((header, body)) = message.split_first_chunk::<HEADER_LEN>() else {
        let (needed, remaining) = (HEADER_LEN as u64, message.len());
        return Err(DecodeError::new(DecodeErrorKind::Truncated { needed, remaining }, 0));
    };
    let [first, second, fingerprint @ ..] = *header;
    if [first, second] != MARKER {
        let reason = format!("a single-object message starts with c3 01, not {first:02x} {second:02x}");
        return Err(DecodeError::new(DecodeErrorKind::InvalidHeader(reason), 0));
    }
    Ok((u64::from_le_bytes(fingerprint), body))
}

/// Decodes a message whose schema must be the one with the fingerprint. Offsets in errors count from the message's start.
///
/// # Errors
/// When the message has another fingerprint, or its bytes are not such a value or go on after it.
pub fn from_slice<'de, T: Decode<'de>>(fingerprint: u64, message: &'de [u8], limits: Limits) -> Result<T, DecodeError> {
    let (found, body) = split(message)?;
    if found != fingerprint {
        let reason = format!("the message's schema has the fingerprint {found:016x}, not {fingerprint:016x}");
        return Err(DecodeError::new(DecodeErrorKind::InvalidHeader(reason), MARKER.len()));
    }
    let mut source = AvroSource::new(body, limits);
    let value = source.value().map_err(|error: DecodeError| error.shifted(HEADER_LEN))?;
    match source.remaining() {
        0 => Ok(value),
        trailing => Err(DecodeError::new(DecodeErrorKind::TrailingBytes(trailing), message.len() - trailing)),
    }
}

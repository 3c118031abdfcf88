//! Apache Thrift's Binary and Compact protocols, and fbthrift's variants of them.
//!
//! Both are tagged: a struct is a run of fields, each behind a header of its id and kind, and an end. One source and one sink
//! serve all protocols ([`ThriftSource`], [`ThriftSink`]); what the protocols differ in folds away at compile time.
//!
//! ```
//! use cognate::Cognate;
//! use cognate::thrift::{Compact, Protocol};
//!
//! #[derive(Cognate, Debug, PartialEq)]
//! struct User<'a> {
//!     #[cognate(id = 1)]
//!     name: &'a str,
//!     #[cognate(id = 2)]
//!     age: Option<i32>,
//! }
//!
//! let user = User { name: "ada", age: Some(36) };
//! let bytes = Compact::to_vec(&user)?;
//! assert_eq!(bytes, b"\x18\x03ada\x15\x48\x00");
//! assert_eq!(Compact::from_slice::<User<'_>>(&bytes)?, user);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A field of another kind than its type's is skipped and counts as absent, and so does one that holds what its type has no
//! place for: a number that a closed enum lacks, an arm that a union lacks, items of another kind. Where the record has a
//! keeper of unknown fields, they go there.

mod application;
mod binary;
mod compact;
#[cfg(feature = "thrift-json")]
pub mod json;
mod kind;
mod message;
pub mod service;
mod sink;
mod skip;
mod source;
pub mod wire;

pub use application::{ApplicationError, ApplicationErrorKind};
pub use binary::{Binary, BinaryProtocol, FbBinary};
pub use compact::{Compact, CompactProtocol, FbCompact};
pub use kind::Kind;
pub use message::{Envelope, MessageKind};
pub use service::{Call, Processor, ReplyError};
pub use sink::ThriftSink;
pub use source::ThriftSource;

use alloc::vec::Vec;

use message::Messages;

use crate::{
    DecodeError, DecodeErrorKind, DecodeRecord, EncodeError, EncodeRecord, Limits,
    raw::{Buffer, Cursor},
};

/// One of Thrift's protocols.
///
/// The trait is sealed: [`Binary`], [`Compact`], [`FbBinary`] and [`FbCompact`] are all there are.
pub trait Protocol: Messages {
    /// Decodes a struct that fills the whole input.
    ///
    /// # Errors
    /// When the bytes are not such a struct, or go on after it.
    #[inline]
    fn from_slice<'de, T: DecodeRecord<'de>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
        Self::from_slice_with(bytes, Limits::THRIFT)
    }

    /// [`Protocol::from_slice`] within given limits.
    ///
    /// # Errors
    /// As [`Protocol::from_slice`].
    #[inline]
    fn from_slice_with<'de, T: DecodeRecord<'de>>(bytes: &'de [u8], limits: Limits) -> Result<T, DecodeError> {
        let mut source = ThriftSource::<Self>::new(bytes, limits);
        let result = T::decode_new(&mut source);
        // The result is handed on as it is: a large struct is not moved once more.
        if result.is_ok() && source.remaining() > 0 {
            return Err(trailing(source.remaining(), bytes.len()));
        }
        result
    }

    /// Decodes a struct at the start of the input: the struct, and how many bytes it takes.
    ///
    /// # Errors
    /// When the bytes do not start with such a struct.
    #[inline]
    fn from_prefix<'de, T: DecodeRecord<'de>>(bytes: &'de [u8], limits: Limits) -> Result<(T, usize), DecodeError> {
        let mut source = ThriftSource::<Self>::new(bytes, limits);
        let value = T::decode_new(&mut source)?;
        Ok((value, bytes.len() - source.remaining()))
    }

    /// Encodes a struct.
    ///
    /// # Errors
    /// When Thrift has no way to write it, see [`EncodeErrorKind`](crate::EncodeErrorKind).
    #[inline]
    fn to_vec<T: EncodeRecord>(value: &T) -> Result<Vec<u8>, EncodeError> {
        let mut bytes = Vec::new();
        Self::encode_into(value, &mut bytes)?;
        Ok(bytes)
    }

    /// Encodes a struct behind the bytes that are there already. After an error the bytes are as they were.
    ///
    /// # Errors
    /// As [`Protocol::to_vec`].
    #[inline]
    fn encode_into<T: EncodeRecord>(value: &T, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        write::<Self>(bytes, |sink| sink.fields(|sink| value.encode_fields(sink)))
    }

    /// Decodes a message: its envelope, and the rest, which is the struct of arguments or of the result.
    ///
    /// # Errors
    /// When the bytes do not start with an envelope.
    fn envelope_from_slice(bytes: &[u8]) -> Result<(Envelope<'_>, &[u8]), DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let envelope = Self::envelope(&mut cursor)?;
        Ok((envelope, cursor.rest()))
    }

    /// Encodes an envelope behind the bytes that are there already; the struct in it is to follow.
    fn envelope_into(envelope: &Envelope<'_>, bytes: &mut Vec<u8>) {
        let mut buffer = Buffer::after(core::mem::take(bytes));
        Self::put_envelope(&mut buffer, envelope);
        *bytes = buffer.into_bytes();
    }

    /// Encodes a message: an envelope and the struct in it. After an error the bytes are as they were.
    ///
    /// # Errors
    /// As [`Protocol::to_vec`].
    fn message_into<T: EncodeRecord>(
        envelope: &Envelope<'_>,
        value: &T,
        bytes: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        write::<Self>(bytes, |sink| {
            let buffer: &mut Buffer = sink.buffer_mut();
            Self::put_envelope(buffer, envelope);
            sink.fields(|sink| value.encode_fields(sink))
        })
    }
}

#[inline(always)]
fn write<P: Protocol>(
    bytes: &mut Vec<u8>,
    body: impl FnOnce(&mut ThriftSink<P>) -> Result<(), EncodeError>,
) -> Result<(), EncodeError> {
    let start = bytes.len();
    let mut sink = ThriftSink::<P>::after(core::mem::take(bytes));
    let result = body(&mut sink);
    *bytes = sink.into_bytes();
    if result.is_err() {
        bytes.truncate(start);
    }
    result
}

#[cold]
#[inline(never)]
fn trailing(bytes: usize, all: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::TrailingBytes(bytes), all - bytes)
}

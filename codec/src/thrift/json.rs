//! Thrift's JSON protocol: every field with its id and type, `{"1":{"str":"ada"},"2":{"i32":36}}`, as `TJSONProtocol` of Apache Thrift
//! writes it.
//!
//! Booleans are 1 and 0, bytes are base64, a list is `["i32",2,7,8]` and a map `["str","i32",1,{"k":7}]`, in whose keys
//! numbers stand in quotes, as they may anywhere. Structs and collections are keys as they are, which JSON itself does not have. Text with escapes, and bytes, cannot be borrowed.
//!
//! ```
//! use cognate::Cognate;
//! use cognate::thrift::json;
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
//! let text = json::to_string(&user)?;
//! assert_eq!(text, r#"{"1":{"str":"ada"},"2":{"i32":36}}"#);
//! assert_eq!(json::from_str::<User<'_>>(&text)?, user);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod scan;
mod sink;
mod source;

pub use sink::JsonSink;
pub use source::JsonSource;

use alloc::{string::String, vec::Vec};

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::{Envelope, Kind, MessageKind};
use crate::{DecodeError, DecodeErrorKind, DecodeRecord, EncodeError, EncodeRecord, Limits};

/// Decodes a struct that fills the whole text.
///
/// # Errors
/// When the text is not such a struct, or goes on after it.
pub fn from_str<'de, T: DecodeRecord<'de>>(text: &'de str) -> Result<T, DecodeError> {
    from_str_with(text, Limits::THRIFT)
}

/// [`from_str`] within given limits.
///
/// # Errors
/// As [`from_str`].
pub fn from_str_with<'de, T: DecodeRecord<'de>>(text: &'de str, limits: Limits) -> Result<T, DecodeError> {
    let mut source = JsonSource::new(text, limits);
    let value = source.structure(T::decode_new)?;
    source.end()?;
    Ok(value)
}

/// Encodes a struct.
///
/// # Errors
/// When Thrift has no way to write it, see [`EncodeErrorKind`](crate::EncodeErrorKind).
pub fn to_string<T: EncodeRecord>(value: &T) -> Result<String, EncodeError> {
    let mut sink = JsonSink::default();
    sink.structure(|sink| value.encode_fields(sink))?;
    Ok(sink.into_text())
}

/// Decodes a message that fills the whole text: `[1,"method",1,0,{…}]`, a version, the envelope and the struct of arguments or of the
/// result.
///
/// # Errors
/// When the text is not such a message.
pub fn message_from_str<'de, T: DecodeRecord<'de>>(
    text: &'de str,
    limits: Limits,
) -> Result<(Envelope<'de>, T), DecodeError> {
    let mut source = JsonSource::new(text, limits);
    let envelope = source.envelope()?;
    let value = source.structure(T::decode_new)?;
    source.close_envelope()?;
    Ok((envelope, value))
}

/// Encodes a message.
///
/// # Errors
/// As [`to_string`].
pub fn message_to_string<T: EncodeRecord>(envelope: &Envelope<'_>, value: &T) -> Result<String, EncodeError> {
    let mut sink = JsonSink::default();
    sink.open_envelope(envelope);
    sink.structure(|sink| value.encode_fields(sink))?;
    sink.close_envelope();
    Ok(sink.into_text())
}

/// The protocol's version, the first item of a message.
const VERSION: i32 = 1;

/// The word for a kind.
pub const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Bool => "tf",
        Kind::I8 => "i8",
        Kind::I16 => "i16",
        Kind::I32 => "i32",
        Kind::I64 => "i64",
        Kind::Double => "dbl",
        Kind::Float => "flt",
        Kind::String => "str",
        Kind::Struct => "rec",
        Kind::Map => "map",
        Kind::Set => "set",
        Kind::List => "lst",
        Kind::Uuid => "uid",
    }
}

/// The kind that a word is for; `None` where it is for none.
pub fn kind(word: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| self::word(*kind) == word)
}

/// The bytes of a text in base64, with or without padding: some implementations write it and some do not.
///
/// # Errors
/// When the text is not base64, with the reason.
pub fn decode_base64(text: &str) -> Result<Vec<u8>, String> {
    BASE64.decode(text).map_err(|error| alloc::format!("the text is not base64: {error}"))
}

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn message_kind(number: i32, offset: usize) -> Result<MessageKind, DecodeError> {
    u8::try_from(number).ok().and_then(MessageKind::from_number).ok_or_else(|| {
        let reason = alloc::format!("{number} is no kind of message: 1 to 4 are");
        DecodeError::new(DecodeErrorKind::InvalidHeader(reason), offset)
    })
}

//! Bytes to values and back: the wire formats of Cognate.
//!
//! A record knows its descriptor ([`RecordDesc`]) and how to hand its fields, in order, to a [`Sink`] and take them from a
//! [`Source`]. A wire format is a sink and a source. So one `encode` and one `decode` per type serve every format, and after
//! inlining each is as fast as code written by hand for that format.
//!
//! The traits are implemented by `#[derive(Cognate)]` or by generated code, seldom by hand.

#![no_std]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::inline_always, reason = "the spine folds away only when the choices are inlined; measured in bench/")]
#![allow(
    clippy::cast_possible_truncation,
    reason = "each cast of a length stands behind a comparison with what is left"
)]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "avro")]
pub mod avro;
pub mod decode;
mod depth;
pub mod desc;
pub mod encode;
mod error;
mod limits;
pub mod protobuf;
pub mod raw;
mod reserve;
pub mod thrift;
mod unknown;
pub mod uuid_text;
mod values;
pub mod varint;

pub use decode::{Decode, DecodeOwned, DecodeRecord, DecodeUnion, Source};
pub use depth::Depth;
pub use desc::{
    EnumDesc, FieldDesc, FixedDesc, IntegerEncoding, Logical, Name, Presence, RecordDesc, Shape, SymbolDesc, TypeDesc,
    UnionDesc, WireDesc,
};
pub use encode::{Encode, EncodeRecord, EncodeUnion, Enumeration, Record, Sink, Typed, Union};
pub use error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Path, PathSegment};
pub use limits::Limits;
pub use unknown::{Format, UnknownField, UnknownFields};
pub use values::{CalendarDuration, Entries};

// Generated code names the types of these crates, and may name no crate but the facade.
#[cfg(feature = "chrono")]
pub use ::chrono;
#[cfg(feature = "jiff")]
pub use ::jiff;
#[cfg(feature = "rust_decimal")]
pub use ::rust_decimal;
#[cfg(feature = "uuid")]
pub use ::uuid;

//! Errors of decoding and encoding: a kind, the byte offset and the field path.

mod decode;
mod encode;
mod path;

pub use decode::{DecodeError, DecodeErrorKind};
pub use encode::{EncodeError, EncodeErrorKind};
pub use path::{Path, PathSegment};

//! What an expert would write by hand for exactly one schema: the bound that generated code is held against.
//!
//! Everything is validated as a decoder of foreign bytes must: bounds, varint lengths, int ranges, booleans, enum and union
//! indexes, UTF-8, trailing bytes.

pub mod avro;
pub mod cursor;
pub mod protobuf;
pub mod spare;

pub use cursor::{Cursor, Fault};
pub use spare::Spare;

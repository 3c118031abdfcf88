//! Descriptors: what a type is, as constant data.
//!
//! A descriptor says everything about a type that a wire format or a schema needs to know and that the Rust type alone does
//! not: names, field numbers, presence, the position of null in a union, defaults, aliases, documentation. The functions of
//! [`Sink`](crate::Sink) and [`Source`](crate::Source) receive descriptors as constants, so that after inlining every
//! question asked of them is answered at compile time.

mod names;
mod reads;
mod types;
mod wire;

pub use names::{
    Alias, EnumDesc, FieldDesc, FixedDesc, Name, RecordDesc, RecordKind, SortOrder, SymbolDesc, UnionDesc,
};
#[doc(hidden)]
pub use reads::reads;
pub use types::{Logical, Shape, TypeDesc};
pub use wire::{IntegerEncoding, Presence, WireDesc};

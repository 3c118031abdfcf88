//! Avro schemas: specification 1.12.
//!
//! [`Schema::parse`] reads one text; a [`Loader`] reads several that name each other's types. What comes out is linked and
//! checked: every reference leads to its definition, every default fits its type. A [`Schema`] is immutable and cheap to
//! clone; its types are reached by [`TypeId`], so recursion needs no boxes, and each remembers where in which text it stands.

mod aliases;
pub mod build;
mod canonical;
mod default;
mod describe;
mod endless;
mod fingerprint;
mod identity;
mod implied;
mod link;
mod loader;
mod logical;
mod model;
mod name;
mod place;
mod program;
mod read;
mod read_json;
mod reading;
pub mod resolve;
pub mod rules;
mod sample;
mod typed;
mod union;
mod write;

#[cfg(test)]
mod tests;

pub use crate::data_json::{JsonForm, write_json};
pub use default::{DefaultFault, default_bytes};
pub use fingerprint::{Algorithm, Fingerprint, rabin};
pub use loader::{Linked, Loader, NameRule, Options, SchemaSet};
pub use logical::LogicalType;
pub use model::{
    Alias, Enum, Field, FieldAlias, Fixed, Order, Record, Schema, Symbol, Type, TypeId, TypeKind, TypeRef,
};
pub use name::Name;
pub use place::{FileId, Location};
pub use program::{Decoder, Program, ResolvingDecoder};
pub use reading::{
    ContainerReader, DynamicValues, FingerprintClash, Incompatible, Message, MessageDecoder, ParallelRecords,
    PlanCache, ReadOptions, ReadPlan, ResolvedBlock, SchemaMap, SchemaStore, ValueDecoder, open,
};
pub use sample::Sampler;
pub use typed::{Json, TypedError, create};

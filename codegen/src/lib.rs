//! Rust source from schemas, and the emitter that derive shares.
//!
//! [`Config`] turns Avro and Thrift schemas into Rust types, from a `build.rs` or for a command line. [`emit`] writes the
//! implementations that let a type travel, for generated and derived types alike.

pub mod emit;

#[cfg(feature = "schema")]
mod compile;
#[cfg(feature = "schema")]
mod config;
#[cfg(feature = "schema")]
mod error;
#[cfg(feature = "schema")]
mod generate;

#[cfg(feature = "schema")]
pub use config::{Config, Maps, Ownership, Time};
#[cfg(feature = "schema")]
pub use error::Error;
#[cfg(feature = "schema")]
pub use generate::{GeneratedFile, Sources};

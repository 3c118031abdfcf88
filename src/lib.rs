//! One schema toolkit for Avro, Protocol Buffers and Thrift.

#![no_std]

pub use cognate_codec::*;
#[cfg(feature = "derive")]
pub use cognate_derive::Cognate;

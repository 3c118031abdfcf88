//! One schema toolkit for Avro, Protocol Buffers and Thrift.
//!
//! A Rust type that derives [`Cognate`] is a schema, and its values are written and read by every format:
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use cognate::{Cognate, avro, protobuf};
//!
//! #[derive(Cognate, Debug, PartialEq)]
//! struct User<'a> {
//!     #[cognate(number = 1)]
//!     name: &'a str,
//!     #[cognate(number = 2)]
//!     age: Option<i32>,
//! }
//!
//! let user = User { name: "ada", age: Some(36) };
//! let bytes = avro::to_vec(&user)?;
//! assert_eq!(bytes, b"\x06ada\x02\x48");
//! // The name points into the bytes.
//! assert_eq!(avro::from_slice::<User<'_>>(&bytes)?, user);
//! assert_eq!(protobuf::to_vec(&user)?, b"\x0a\x03ada\x10\x24");
//! # }
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | `std` (default) | files, hash maps and hash sets; without it the crate needs only `alloc` |
//! | `derive` (default) | the derive macro [`Cognate`], whose page lists the attributes |
//! | `compatible-with` | the attribute `compatible_with` of the derive, which fails the build when a type no longer reads data of an older schema |
//! | `avro` (default) | Avro |
//! | `schema` | [`schema`]: schemas at run time, and values whose type only a schema knows; with it `avro` and `thrift-json` |
//! | `thrift-json` | `thrift::json`, Thrift's JSON protocol |
//! | `deflate`, `snappy`, `zstandard`, `bzip2`, `xz` | the codecs of Avro container files |
//! | `chrono`, `jiff`, `rust_decimal`, `uuid` | logical types as types of these crates |

#![no_std]

pub use cognate_codec::*;
#[cfg(feature = "derive")]
pub use cognate_derive::Cognate;
#[cfg(feature = "schema")]
pub use cognate_schema as schema;

/// Runs the README's examples.
#[cfg(all(
    doctest,
    feature = "std",
    feature = "derive",
    feature = "schema",
    feature = "deflate",
    feature = "compatible-with"
))]
#[doc = include_str!("../README.md")]
struct Readme;

//! Schema text to checked model.
//!
//! Each schema language has a module that turns text into a linked, checked schema: [`avro`] and [`thrift`]. All of them
//! report what is wrong as [`Diagnostic`] values, every problem of a text at once, and leave the drawing to the caller.
//!
//! ```
//! use cognate_schema::avro::Schema;
//!
//! let schema = Schema::parse(r#"{"type": "array", "items": "long"}"#)?;
//! assert_eq!(schema.canonical_form(), r#"{"type":"array","items":"long"}"#);
//!
//! let faults = Schema::parse(r#"["null", "strin"]"#).unwrap_err();
//! assert_eq!(faults.to_string(), "<schema>:1:10: error[avro/unknown-type]: `strin` is not defined");
//! # Ok::<(), cognate_schema::Diagnostics>(())
//! ```

pub mod avro;
pub mod compat;
mod costs;
mod data_json;
pub mod diagnostic;
pub mod json;
mod lightest;
mod near;
mod random;
pub mod source;
pub mod thrift;
pub mod value;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use source::{SourceFile, Span};
pub use value::Value;

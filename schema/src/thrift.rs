//! Thrift IDL, as the Apache compiler (0.17 to 0.23) reads it, and fbthrift's forms as a dialect.
//!
//! [`Program::parse`] reads one text; a [`Loader`] reads several, with what they include. What comes out is linked and checked:
//! every name leads to its definition, every constant and default fits its type. A text as it was written, comments included,
//! is a [`document::Document`].
//!
//! ```
//! use cognate_schema::thrift::{Program, Requiredness, TypeId, Value};
//!
//! let program = Program::parse("struct User { 1: required string name, 2: optional i32 age = 18 }")?;
//! let user = &program.structs()[0];
//! let age = user.field_by_id(2).unwrap();
//! assert_eq!((&*age.head.name, age.requiredness), ("age", Requiredness::Optional));
//! assert_eq!((age.ty.id, age.default.as_ref()), (TypeId::I32, Some(&Value::Integer(18))));
//!
//! let faults = Program::parse("struct A { 1: i32 a, 1: i46 b }").unwrap_err();
//! assert_eq!(faults.as_slice().len(), 2);
//! # Ok::<(), cognate_schema::Diagnostics>(())
//! ```

mod doc;
pub mod document;
mod files;
mod includes;
mod input;
mod layout;
mod lex;
mod link;
mod loader;
mod messages;
mod parse;
mod program;
mod raw;
pub mod resolve;
pub mod rules;
mod sample;
mod types;
mod value;
mod words;

pub use files::{FileSystem, Files, InMemory};
pub use layout::Layout;
pub use loader::{Dialect, Linked, Loader, Options};
pub use messages::{Call, Messages};
pub use program::{
    Constant, ConstantId, Enum, EnumId, EnumValue, Field, File, FileId, Function, Head, Include, Item, Location,
    Namespace, Program, Requiredness, Service, ServiceId, Streaming, Struct, StructId, StructKind, Typedef, TypedefId,
};
pub use raw::{Raw, RawList, RawMap, RawStruct};
pub(crate) use raw::{UNKNOWN, write_unknown};
pub use sample::Sampler;
pub use types::{Type, TypeId, TypeRef};
pub use value::Value;

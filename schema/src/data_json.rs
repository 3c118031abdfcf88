//! Values as JSON: the plain form, made to be read by people and tools and the same for all languages, and Avro's own.

mod read;
mod write;

pub(crate) use read::{Fault, Read, base64, float, integer, read_text, read_text_with, told};
pub use write::write_json;
pub(crate) use write::{separate, write_float};

/// A way to write values as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum JsonForm {
    /// Field names as keys; bytes and fixed as base64; 64-bit integers as numbers; `"NaN"`, `"Infinity"` and
    /// `"-Infinity"` for floats that JSON has no number for; enums by symbol. A union's value stands bare where its JSON
    /// type tells the branch, otherwise as `{"branch": value}`. A field that is left out takes its default. Of a Thrift struct
    /// only the fields that are there are written, and what its schema does not know under `@unknown`; a map whose keys are no
    /// strings is an array of `[key, value]`.
    #[default]
    Plain,
    /// The JSON encoding of Avro 1.12, "JSON Encoding": a union's value as `{"branch": value}` unless it is null; bytes
    /// and fixed as strings of the code points 0 to 255.
    Avro,
}

use crate::value::{Branch, Kind};

/// The JSON types that values take.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum JsonType {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

/// Whether values of a kind can take a JSON type in the plain form. `special` says that a string is one of the three that
/// stand for floats.
fn takes(kind: Kind, json: JsonType, special: bool) -> bool {
    match json {
        JsonType::Null => kind == Kind::Null,
        JsonType::Bool => kind == Kind::Bool,
        JsonType::Number => matches!(kind, Kind::Int | Kind::Long | Kind::Float | Kind::Double),
        JsonType::String => match kind {
            Kind::String | Kind::Bytes | Kind::Fixed | Kind::Enum | Kind::Uuid => true,
            Kind::Float | Kind::Double => special,
            _ => false,
        },
        JsonType::Array => matches!(kind, Kind::List | Kind::Entries),
        JsonType::Object => matches!(kind, Kind::Map | Kind::Record | Kind::Struct),
    }
}

/// The branch that a JSON type tells, when it tells one.
pub(crate) fn told_branch(branches: &[Branch], json: JsonType, special: bool) -> Option<usize> {
    let mut taking = branches.iter().enumerate().filter(|(_, branch)| takes(branch.kind, json, special));
    let (position, _) = taking.next()?;
    taking.next().is_none().then_some(position)
}

/// The names of the floats that JSON has no number for.
pub(crate) const NAN: &str = "NaN";
pub(crate) const INFINITY: &str = "Infinity";
pub(crate) const NEGATIVE_INFINITY: &str = "-Infinity";

pub(crate) fn is_special_float(text: &str) -> bool {
    matches!(text, NAN | INFINITY | NEGATIVE_INFINITY)
}

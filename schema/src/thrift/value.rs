//! Values of constants and defaults.

use crate::thrift::program::{EnumId, StructId};

/// A value of a type: names of constants are replaced by what they stand for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Of `bool`.
    Bool(bool),
    /// Of `i8` to `i64`, within their ranges.
    Integer(i64),
    /// Of `double` and `float`.
    Double(f64),
    /// Of `string` and `binary`.
    Text(Box<str>),
    /// Of `uuid`.
    Uuid([u8; 16]),
    /// Of an enum: the number of one of its values.
    Enum(EnumId, i32),
    /// Of a list or a set, in the order of the text.
    List(Vec<Value>),
    /// Of a map, in the order of the text.
    Map(Vec<(Value, Value)>),
    /// Of a struct, union or exception: indexes of its fields, each at most once, with their values.
    Struct(StructId, Vec<(usize, Value)>),
}

impl Value {
    /// The number of values that this one is made of.
    pub(super) fn parts(&self) -> usize {
        let within: usize = match self {
            Self::List(items) => items.iter().map(Self::parts).sum(),
            Self::Map(entries) => entries.iter().map(|(key, value)| key.parts() + value.parts()).sum(),
            Self::Struct(_, fields) => fields.iter().map(|(_, value)| value.parts()).sum(),
            _ => 0,
        };
        within + 1
    }
}

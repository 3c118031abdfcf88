//! Values of types that are known only at run time.
//!
//! A [`Value`] borrows text and bytes from the input it was decoded from, and carries the names of its fields, symbols and
//! branches, shared with the program that made it. So it can be looked into, printed and re-encoded by itself.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::UnknownFields;

pub use crate::data_json::{JsonForm, write_json};

/// A value.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// No value.
    Null,
    /// True or false.
    Bool(bool),
    /// A 32-bit signed integer.
    Int(i32),
    /// A 64-bit signed integer.
    Long(i64),
    /// A single-precision number.
    Float(f32),
    /// A double-precision number.
    Double(f64),
    /// Text.
    String(Cow<'a, str>),
    /// Bytes of any number.
    Bytes(Cow<'a, [u8]>),
    /// Bytes of a number that the type knows.
    Fixed(Cow<'a, [u8]>),
    /// One of an enum's symbols.
    Enum(EnumValue),
    /// Items in order.
    List(Vec<Value<'a>>),
    /// Text keys and values, in the order of the data.
    Map(Vec<(Value<'a>, Value<'a>)>),
    /// Keys other than text and values, in the order of the data (Thrift).
    Entries(Vec<(Value<'a>, Value<'a>)>),
    /// A record's fields.
    Record(RecordValue<'a>),
    /// A value of one of a union's branches.
    Union(UnionValue<'a>),
    /// A UUID (Thrift).
    Uuid([u8; 16]),
    /// A struct, union or exception of which any field may be missing (Thrift).
    Struct(Box<StructValue<'a>>),
}

/// The fields that are there, of a struct of which any may be missing.
#[derive(Debug, Clone, PartialEq)]
pub struct StructValue<'a> {
    /// The struct's names.
    pub shape: Arc<StructShape>,
    /// The positions of the fields in the shape, and their values, in the order of the data.
    pub fields: Vec<(usize, Value<'a>)>,
    /// What the schema does not know.
    pub unknown: UnknownFields<'a>,
}

/// The names of a struct and its fields.
#[derive(Debug, PartialEq, Eq)]
pub struct StructShape {
    /// The full name.
    pub name: Box<str>,
    /// The fields' ids and names, by position.
    pub fields: Vec<(i32, Box<str>)>,
}

/// One of an enum's symbols.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue {
    /// The enum's names.
    pub shape: Arc<EnumShape>,
    /// The position of the symbol.
    pub index: usize,
}

/// A record's fields, by position.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordValue<'a> {
    /// The record's names.
    pub shape: Arc<RecordShape>,
    /// The fields' values.
    pub fields: Vec<Value<'a>>,
}

/// A value of one of a union's branches.
#[derive(Debug, Clone, PartialEq)]
pub struct UnionValue<'a> {
    /// The union's branches.
    pub shape: Arc<UnionShape>,
    /// The position of the branch.
    pub branch: usize,
    /// The value.
    pub value: Box<Value<'a>>,
}

/// The names of a record and its fields.
#[derive(Debug, PartialEq, Eq)]
pub struct RecordShape {
    /// The full name.
    pub name: Box<str>,
    /// The fields' names, by position.
    pub fields: Vec<Box<str>>,
}

/// The names of an enum and its symbols.
#[derive(Debug, PartialEq, Eq)]
pub struct EnumShape {
    /// The full name.
    pub name: Box<str>,
    /// The symbols, by position.
    pub symbols: Vec<Box<str>>,
}

/// The branches of a union.
#[derive(Debug, PartialEq, Eq)]
pub struct UnionShape {
    /// The branches, by position.
    pub branches: Vec<Branch>,
}

/// A branch of a union.
#[derive(Debug, PartialEq, Eq)]
pub struct Branch {
    /// The full name of a named type, the schema language's word for another.
    pub name: Box<str>,
    /// The kind of its values.
    pub kind: Kind,
}

/// The kinds of values, one for each variant of [`Value`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "they are the variants of `Value`")]
pub enum Kind {
    Null,
    Bool,
    Int,
    Long,
    Float,
    Double,
    String,
    Bytes,
    Fixed,
    Enum,
    List,
    Map,
    Record,
    Union,
    Entries,
    Uuid,
    Struct,
}

impl Value<'_> {
    /// The kind of the value.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Int(_) => Kind::Int,
            Self::Long(_) => Kind::Long,
            Self::Float(_) => Kind::Float,
            Self::Double(_) => Kind::Double,
            Self::String(_) => Kind::String,
            Self::Bytes(_) => Kind::Bytes,
            Self::Fixed(_) => Kind::Fixed,
            Self::Enum(_) => Kind::Enum,
            Self::List(_) => Kind::List,
            Self::Map(_) => Kind::Map,
            Self::Record(_) => Kind::Record,
            Self::Union(_) => Kind::Union,
            Self::Entries(_) => Kind::Entries,
            Self::Uuid(_) => Kind::Uuid,
            Self::Struct(_) => Kind::Struct,
        }
    }

    /// The field of a record with a name; a union is looked through.
    pub fn field(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Record(record) => record.field(name),
            Self::Union(union) => union.value.field(name),
            Self::Struct(value) => value.field(name),
            _ => None,
        }
    }

    /// The same value, independent of the input.
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Int(value) => Value::Int(value),
            Self::Long(value) => Value::Long(value),
            Self::Float(value) => Value::Float(value),
            Self::Double(value) => Value::Double(value),
            Self::String(text) => Value::String(Cow::Owned(text.into_owned())),
            Self::Bytes(bytes) => Value::Bytes(Cow::Owned(bytes.into_owned())),
            Self::Fixed(bytes) => Value::Fixed(Cow::Owned(bytes.into_owned())),
            Self::Enum(symbol) => Value::Enum(symbol),
            Self::List(items) => Value::List(items.into_iter().map(Value::into_owned).collect()),
            Self::Map(entries) => {
                Value::Map(entries.into_iter().map(|(key, value)| (key.into_owned(), value.into_owned())).collect())
            }
            Self::Record(RecordValue { shape, fields }) => {
                Value::Record(RecordValue { shape, fields: fields.into_iter().map(Value::into_owned).collect() })
            }
            Self::Union(UnionValue { shape, branch, value }) => {
                Value::Union(UnionValue { shape, branch, value: Box::new(value.into_owned()) })
            }
            Self::Entries(entries) => {
                Value::Entries(entries.into_iter().map(|(key, value)| (key.into_owned(), value.into_owned())).collect())
            }
            Self::Uuid(bytes) => Value::Uuid(bytes),
            Self::Struct(value) => {
                let StructValue { shape, fields, unknown } = *value;
                let fields = fields.into_iter().map(|(position, value)| (position, value.into_owned())).collect();
                Value::Struct(Box::new(StructValue { shape, fields, unknown: unknown.into_owned() }))
            }
        }
    }
}

impl<'a> StructValue<'a> {
    /// The value of the field with a name, when it is there.
    pub fn field(&self, name: &str) -> Option<&Value<'a>> {
        self.entries().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// The names and values of the fields that are there, in the order of the data.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Value<'a>)> {
        self.fields.iter().filter_map(|(position, value)| Some((&*self.shape.fields.get(*position)?.1, value)))
    }
}

impl<'a> RecordValue<'a> {
    /// The value of the field with a name.
    pub fn field(&self, name: &str) -> Option<&Value<'a>> {
        self.fields.get(self.shape.fields.iter().position(|field| &**field == name)?)
    }

    /// The fields' names and values, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &Value<'a>)> {
        self.shape.fields.iter().map(|name| &**name).zip(&self.fields)
    }
}

impl EnumValue {
    /// The symbol; a position past the symbols has none.
    pub fn symbol(&self) -> Option<&str> {
        self.shape.symbols.get(self.index).map(|symbol| &**symbol)
    }
}

impl UnionValue<'_> {
    /// The branch's name; a position past the branches has none.
    pub fn branch_name(&self) -> Option<&str> {
        self.shape.branches.get(self.branch).map(|branch| &*branch.name)
    }
}

impl Kind {
    /// A word for the kind, for messages.
    pub fn word(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "boolean",
            Self::Int => "int",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::String => "string",
            Self::Bytes => "bytes",
            Self::Fixed => "fixed",
            Self::Enum => "enum",
            Self::List => "array",
            Self::Map | Self::Entries => "map",
            Self::Record => "record",
            Self::Union => "union",
            Self::Uuid => "uuid",
            Self::Struct => "struct",
        }
    }
}

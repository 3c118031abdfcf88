//! Values without a schema: what Thrift's wires say of themselves.

mod json;
mod wire;

use cognate_codec::thrift::Kind;

pub(super) use json::fields_from_json;
pub(crate) use json::{UNKNOWN, write_unknown};
pub(super) use wire::{RawReader, no_uuids, put_unknown, unknown_of};

/// A value of which only the wire's kind is known.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Raw<'a> {
    /// True or false.
    Bool(bool),
    /// An 8-bit signed integer.
    I8(i8),
    /// A 16-bit signed integer.
    I16(i16),
    /// A 32-bit signed integer, or a value of an enum.
    I32(i32),
    /// A 64-bit signed integer.
    I64(i64),
    /// A double-precision number.
    Double(f64),
    /// A single-precision number (fbthrift).
    Float(f32),
    /// Text or bytes, which the wire does not tell apart.
    String(std::borrow::Cow<'a, [u8]>),
    /// A UUID.
    Uuid([u8; 16]),
    /// A struct, union or exception.
    Struct(RawStruct<'a>),
    /// A list or a set.
    List(RawList<'a>),
    /// A map.
    Map(RawMap<'a>),
}

/// Field ids and values, in the order of the data.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RawStruct<'a> {
    /// The fields.
    pub fields: Vec<(i32, Raw<'a>)>,
}

/// The items of a list or a set.
#[derive(Debug, Clone, PartialEq)]
pub struct RawList<'a> {
    /// Whether it is a set.
    pub is_set: bool,
    /// The kind of the items; an empty list may not say it.
    pub element: Option<Kind>,
    /// The items.
    pub items: Vec<Raw<'a>>,
}

/// The entries of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct RawMap<'a> {
    /// The kinds of keys and values; an empty map may not say them.
    pub kinds: Option<(Kind, Kind)>,
    /// The entries, in the order of the data.
    pub entries: Vec<(Raw<'a>, Raw<'a>)>,
}

impl RawStruct<'_> {
    /// Whether there are numbers of single precision, or collections of such.
    fn has_floats(&self) -> bool {
        self.fields.iter().any(|(_, value)| value.has_floats())
    }
}

impl Raw<'_> {
    fn has_floats(&self) -> bool {
        match self {
            Self::Float(_) => true,
            Self::Struct(fields) => fields.has_floats(),
            Self::List(list) => list.element == Some(Kind::Float) || list.items.iter().any(Self::has_floats),
            Self::Map(map) => {
                map.kinds.is_some_and(|(key, value)| key == Kind::Float || value == Kind::Float)
                    || map.entries.iter().any(|(key, value)| key.has_floats() || value.has_floats())
            }
            _ => false,
        }
    }

    /// The kind of the value.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Bool(_) => Kind::Bool,
            Self::I8(_) => Kind::I8,
            Self::I16(_) => Kind::I16,
            Self::I32(_) => Kind::I32,
            Self::I64(_) => Kind::I64,
            Self::Double(_) => Kind::Double,
            Self::Float(_) => Kind::Float,
            Self::String(_) => Kind::String,
            Self::Uuid(_) => Kind::Uuid,
            Self::Struct(_) => Kind::Struct,
            Self::List(list) if list.is_set => Kind::Set,
            Self::List(_) => Kind::List,
            Self::Map(_) => Kind::Map,
        }
    }
}

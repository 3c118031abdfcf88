//! What kinds of values stand on Thrift's wires.

use crate::{Logical, Shape, TypeDesc};

/// The kind of a value, as field headers and collections tell it (Thrift Binary protocol, "Struct"; Compact protocol, "Struct").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    Bool,
    /// Signed 8 bits.
    I8,
    /// Signed 16 bits.
    I16,
    /// Signed 32 bits; enums too.
    I32,
    /// Signed 64 bits.
    I64,
    /// IEEE 754 double precision.
    Double,
    /// IEEE 754 single precision, which only fbthrift has.
    Float,
    /// Text and bytes.
    String,
    /// Structs, unions and exceptions.
    Struct,
    /// Maps.
    Map,
    /// Sets.
    Set,
    /// Lists.
    List,
    /// The 16 bytes of a UUID.
    Uuid,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 13] = [
        Self::Bool,
        Self::I8,
        Self::I16,
        Self::I32,
        Self::I64,
        Self::Double,
        Self::Float,
        Self::String,
        Self::Struct,
        Self::Map,
        Self::Set,
        Self::List,
        Self::Uuid,
    ];

    /// The kind of a type at a place; `None` for what Thrift does not have: null. `floats` says whether the dialect has single
    /// precision; without it, such numbers travel as doubles.
    #[inline(always)]
    pub(super) const fn of(ty: &TypeDesc, floats: bool) -> Option<Self> {
        Some(match ty.value_shape() {
            Shape::Bool => Self::Bool,
            Shape::Int8 => Self::I8,
            Shape::Int16 => Self::I16,
            Shape::Int32 | Shape::UInt16 | Shape::Enum(_) => Self::I32,
            Shape::Int64 | Shape::UInt32 | Shape::UInt64 => Self::I64,
            Shape::Float32 if floats => Self::Float,
            Shape::Float32 | Shape::Float64 => Self::Double,
            Shape::Fixed(fixed) if fixed.size == 16 && matches!(ty.logical, Logical::Uuid) => Self::Uuid,
            Shape::String | Shape::Bytes | Shape::Fixed(_) => Self::String,
            Shape::Record(_) | Shape::Union(_) => Self::Struct,
            Shape::List(_) => Self::List,
            Shape::Set(_) => Self::Set,
            Shape::Map { .. } => Self::Map,
            Shape::Null | Shape::Optional { .. } => return None,
        })
    }
}

//! The descriptor of a type at a place.

use super::{EnumDesc, FixedDesc, IntegerEncoding, Presence, RecordDesc, UnionDesc, WireDesc};

/// A type at a place: its shape, its meaning, and the facts that tagged formats need of the place.
#[derive(Clone, Copy, Debug)]
pub struct TypeDesc {
    /// What the bytes hold.
    pub shape: Shape,
    /// What the value means beyond its shape.
    pub logical: Logical,
    /// The place in the record, for tagged formats.
    pub wire: WireDesc,
}

/// What the bytes of a value hold.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Nothing.
    Null,
    /// True or false.
    Bool,
    /// Signed 8 bits (Thrift `i8`; Avro `int`).
    Int8,
    /// Signed 16 bits (Thrift `i16`; Avro `int`).
    Int16,
    /// Signed 32 bits.
    Int32,
    /// Signed 64 bits.
    Int64,
    /// Unsigned 16 bits (Avro `int`).
    UInt16,
    /// Unsigned 32 bits (Protobuf `uint32`; Avro `long`).
    UInt32,
    /// Unsigned 64 bits (Protobuf `uint64`; Avro `long`, values past 2^63 − 1 being errors).
    UInt64,
    /// IEEE 754 single precision.
    Float32,
    /// IEEE 754 double precision.
    Float64,
    /// UTF-8 text.
    String,
    /// Bytes of any length.
    Bytes,
    /// Bytes of one length.
    Fixed(&'static FixedDesc),
    /// One of several symbols.
    Enum(&'static EnumDesc),
    /// A record. A function, since a constant that held a recursive record would have to hold itself.
    Record(fn() -> &'static RecordDesc),
    /// One of several arms. A function for the same reason.
    Union(fn() -> &'static UnionDesc),
    /// A value or none.
    Optional {
        /// Position of null among the branches of the Avro union: 0 for `["null", T]`, 1 for `[T, "null"]`, and up to the
        /// number of arms where the value is a union itself.
        null_at: u8,
        /// The value's type.
        of: &'static TypeDesc,
    },
    /// Values in order.
    List(&'static TypeDesc),
    /// Values without order or repetition (Thrift `set`; elsewhere a list).
    Set(&'static TypeDesc),
    /// Keys and values. Avro's keys are strings.
    Map {
        /// The keys' type.
        key: &'static TypeDesc,
        /// The values' type.
        value: &'static TypeDesc,
    },
}

/// What a value means beyond its shape (Avro 1.12, "Logical Types").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Logical {
    /// Nothing beyond.
    #[default]
    None,
    /// A decimal number: the two's complement of `value × 10^scale`, big-endian, in bytes or a fixed.
    Decimal {
        /// The most digits it may have.
        precision: u32,
        /// Digits after the point.
        scale: u32,
    },
    /// A decimal number that carries its own scale.
    BigDecimal,
    /// A UUID: RFC 4122 text in a string, or its 16 bytes in network order in a fixed.
    Uuid,
    /// Days since 1970-01-01.
    Date,
    /// Milliseconds since midnight.
    TimeMillis,
    /// Microseconds since midnight.
    TimeMicros,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    TimestampMillis,
    /// Microseconds since 1970-01-01T00:00:00Z.
    TimestampMicros,
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    TimestampNanos,
    /// Milliseconds since 1970-01-01T00:00:00 in a time zone that the data does not name.
    LocalTimestampMillis,
    /// Microseconds since 1970-01-01T00:00:00 in a time zone that the data does not name.
    LocalTimestampMicros,
    /// Nanoseconds since 1970-01-01T00:00:00 in a time zone that the data does not name.
    LocalTimestampNanos,
    /// Months, days and milliseconds: three unsigned 32-bit little-endian numbers in a fixed of 12.
    Duration,
}

impl TypeDesc {
    /// A type of a shape, without further meaning, in no numbered place.
    pub const fn new(shape: Shape) -> Self {
        Self { shape, logical: Logical::None, wire: WireDesc::NONE }
    }

    /// A value of a type or none, with null at a position of the Avro union. The meaning and the place of the value are
    /// those of the whole.
    pub const fn optional(of: &'static TypeDesc, null_at: u8) -> Self {
        Self { shape: Shape::Optional { null_at, of }, ..*of }
    }

    /// The same type with a logical type.
    #[must_use]
    pub const fn with_logical(self, logical: Logical) -> Self {
        Self { logical, ..self }
    }

    /// The same type as the field with a number (Protobuf) or id (Thrift).
    #[must_use]
    pub const fn with_number(self, number: i32, presence: Presence) -> Self {
        Self { wire: WireDesc { number, presence, ..self.wire }, ..self }
    }

    /// The same type with its integers written in another way.
    #[must_use]
    pub const fn with_integers(self, integers: IntegerEncoding) -> Self {
        Self { wire: WireDesc { integers, ..self.wire }, ..self }
    }

    /// The same list, written element by element (`packed = false`) or as one run.
    #[must_use]
    pub const fn with_packed(self, packed: bool) -> Self {
        Self { wire: WireDesc { packed, ..self.wire }, ..self }
    }

    /// The same optional type with null at another position of the Avro union. Other shapes stay as they are.
    #[must_use]
    pub const fn with_null_at(self, position: u8) -> Self {
        match self.shape {
            Shape::Optional { of, .. } => Self { shape: Shape::Optional { null_at: position, of }, ..self },
            _ => self,
        }
    }

    /// The fixed type with another descriptor. Other shapes stay as they are.
    #[must_use]
    pub const fn with_fixed(self, fixed: &'static FixedDesc) -> Self {
        match self.shape {
            Shape::Fixed(_) => Self { shape: Shape::Fixed(fixed), ..self },
            _ => self,
        }
    }

    /// Whether a field number belongs to this place: its own, or that of an arm when the place holds a union.
    #[inline]
    pub fn holds_number(&self, number: i32) -> bool {
        let of_arm = |union: &UnionDesc| union.arms.iter().any(|arm| arm.ty.wire.number == number);
        self.wire.number == number || self.union().is_some_and(of_arm)
    }

    /// The type of the items, when a list or set stands here.
    #[inline(always)]
    pub const fn element(&self) -> Option<&'static TypeDesc> {
        match self.value_shape() {
            Shape::List(of) | Shape::Set(of) => Some(of),
            _ => None,
        }
    }

    /// The types of keys and values, when a map stands here.
    #[inline(always)]
    pub const fn entry(&self) -> Option<(&'static TypeDesc, &'static TypeDesc)> {
        match self.value_shape() {
            Shape::Map { key, value } => Some((key, value)),
            _ => None,
        }
    }

    /// The shape of the value here, whether or not it may be missing.
    #[inline(always)]
    pub const fn value_shape(&self) -> Shape {
        match self.shape {
            Shape::Optional { of, .. } => of.shape,
            shape => shape,
        }
    }

    /// The position of null among the branches of the Avro union here, when the value may be missing.
    #[inline(always)]
    pub const fn null_at(&self) -> Option<u8> {
        match self.shape {
            Shape::Optional { null_at, .. } => Some(null_at),
            _ => None,
        }
    }

    /// The union that stands here, bare or optional.
    #[inline(always)]
    pub fn union(&self) -> Option<&'static UnionDesc> {
        match self.value_shape() {
            Shape::Union(union) => Some(union()),
            _ => None,
        }
    }
}

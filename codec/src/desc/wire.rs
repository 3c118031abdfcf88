//! The facts of a place that only tagged formats ask for.

/// Where a value stands in its record, for the formats that tag fields. A list's elements, a map's keys and values and an
/// Avro field stand in no numbered place: [`WireDesc::NONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireDesc {
    /// Field number (Protobuf: 1 to 2^29 − 1) or field id (Thrift: any i16, 0 for a method's result); [`WireDesc::NO_NUMBER`]
    /// for none.
    pub number: i32,
    /// When the field is written, and what its absence means.
    pub presence: Presence,
    /// How integers are written.
    pub integers: IntegerEncoding,
    /// Whether a list of numbers is written as one length-delimited run (Protobuf encoding guide, "Packed Repeated Fields").
    pub packed: bool,
}

impl WireDesc {
    /// The number of a place that has none: neither a field number nor a field id.
    pub const NO_NUMBER: i32 = i32::MIN;

    /// No numbered place.
    pub const NONE: Self =
        Self { number: Self::NO_NUMBER, presence: Presence::Implicit, integers: IntegerEncoding::Varint, packed: true };

    /// Whether the place has a number.
    #[inline(always)]
    pub const fn is_numbered(&self) -> bool {
        self.number != Self::NO_NUMBER
    }
}

/// When a field is written, and what its absence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Absence means the zero value, and the zero value is not written (proto3's plain fields).
    Implicit,
    /// Always written when there is a value; absence is visible or takes the field's default (proto2 `optional`, Thrift).
    Explicit,
    /// Absence is an error (proto2 and Thrift `required`).
    Required,
}

/// How a tagged format writes an integer (Protobuf encoding guide, "More Integer Types").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerEncoding {
    /// Base-128 varint of the two's complement (`int32`, `uint64`).
    Varint,
    /// Base-128 varint after zigzag (`sint32`).
    ZigZag,
    /// Four or eight bytes, little-endian (`fixed32`, `sfixed64`).
    Fixed,
}

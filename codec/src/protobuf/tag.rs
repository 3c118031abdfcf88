//! Field tags: a field number and a wire type in one varint (Protobuf encoding guide, "Message Structure").

use crate::{IntegerEncoding, Shape, TypeDesc};

/// Wire type of varints.
pub(super) const VARINT: u8 = 0;
/// Wire type of eight bytes.
pub(super) const FIXED_64: u8 = 1;
/// Wire type of a length and so many bytes.
pub(super) const LENGTH_DELIMITED: u8 = 2;
/// Wire type of a group's start.
pub(super) const GROUP_START: u8 = 3;
/// Wire type of a group's end.
pub(super) const GROUP_END: u8 = 4;
/// Wire type of four bytes.
pub(super) const FIXED_32: u8 = 5;
/// Largest field number.
pub(super) const MAX_NUMBER: u64 = (1 << 29) - 1;

/// A tag as it stands on the wire.
#[derive(Clone, Copy)]
pub(super) struct Tag {
    /// The varint's bytes, least significant first.
    pub(super) bytes: [u8; 5],
    /// How many of them count: 1 to 5.
    pub(super) len: usize,
}

#[expect(clippy::indexing_slicing, reason = "29 bits of number and 3 of wire type take five bytes at most")]
impl Tag {
    #[inline(always)]
    pub(super) const fn new(number: i32, wire_type: u8) -> Self {
        let mut rest = (number.cast_unsigned() << 3) | wire_type as u32;
        let mut bytes = [0; 5];
        let mut len = 0;
        while rest >= 0x80 {
            bytes[len] = rest as u8 | 0x80;
            rest >>= 7;
            len += 1;
        }
        bytes[len] = rest as u8;
        Self { bytes, len: len + 1 }
    }

    /// The first `N` bytes, of a tag that has so many.
    #[inline(always)]
    pub(super) fn first<const N: usize>(self) -> [u8; N] {
        core::array::from_fn(|at| self.bytes[at])
    }

    /// The tag with which a field of this type is written.
    #[inline(always)]
    pub(super) const fn of(ty: &TypeDesc) -> Self {
        Self::new(ty.wire.number, field_wire_type(ty))
    }
}

/// The wire type with which a field of this type is written: that of the run for a packed list, of an element for another.
#[inline(always)]
pub(super) const fn field_wire_type(ty: &TypeDesc) -> u8 {
    match ty.value_shape() {
        Shape::List(of) | Shape::Set(of) => {
            let element = wire_type(of);
            if ty.wire.packed { LENGTH_DELIMITED } else { element }
        }
        _ => wire_type(ty),
    }
}

/// The wire type of a value of this type.
#[inline(always)]
pub(super) const fn wire_type(ty: &TypeDesc) -> u8 {
    match (ty.value_shape(), ty.wire.integers) {
        (Shape::Bool | Shape::Enum(_), _)
        | (
            Shape::Int8 | Shape::Int16 | Shape::UInt16 | Shape::Int32 | Shape::UInt32 | Shape::Int64 | Shape::UInt64,
            IntegerEncoding::Varint | IntegerEncoding::ZigZag,
        ) => VARINT,
        (Shape::Float64, _) | (Shape::Int64 | Shape::UInt64, IntegerEncoding::Fixed) => FIXED_64,
        (Shape::Float32, _)
        | (Shape::Int8 | Shape::Int16 | Shape::UInt16 | Shape::Int32 | Shape::UInt32, IntegerEncoding::Fixed) => {
            FIXED_32
        }
        _ => LENGTH_DELIMITED,
    }
}

/// Whether values of this type can stand in a packed run.
#[inline(always)]
pub(super) const fn is_packable(ty: &TypeDesc) -> bool {
    wire_type(ty) != LENGTH_DELIMITED
}

//! What the protocols differ in, for the source, the sink and the skipper that they share.

use super::Kind;
use crate::{
    DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Format,
    raw::{Buffer, Cursor},
};

/// The header of a field: its id and its value's kind.
#[derive(Clone, Copy, Debug)]
pub struct FieldHeader {
    pub id: i32,
    pub kind: Kind,
}

/// The header of a list or a set.
#[derive(Clone, Copy, Debug)]
pub struct ListHeader {
    pub count: u64,
    /// `None` where the list is empty and says nothing that has to be believed.
    pub element: Option<Kind>,
}

/// The header of a map. An empty one may say nothing of its kinds.
#[derive(Clone, Copy, Debug)]
pub struct MapHeader {
    pub count: u64,
    pub kinds: Option<(Kind, Kind)>,
}

/// A protocol at the level of headers and scalars.
pub trait Wire: Sized {
    /// Its unknown fields.
    const FORMAT: Format;
    /// Its name, for errors.
    const NAME: &'static str;
    /// Whether it has numbers of single precision.
    const FLOATS: bool;
    /// Whether a Boolean field's value is its header.
    const BOOL_IN_HEADER: bool;
    /// What it keeps in mind between the fields of a struct.
    type State: Copy + Default + core::fmt::Debug;

    /// The fewest bytes of a value of a kind within a collection.
    fn least_size(kind: Kind) -> u64;
    /// The bytes of a value, when all values of the kind have so many.
    fn fixed_size(kind: Kind) -> Option<u64>;
    /// The code of a kind in field headers; for a Boolean whose value is its header, that of true or false.
    fn field_code(kind: Kind, state: &Self::State) -> u8;

    /// Goes past the header of a field when it is the next one.
    fn take_field(cursor: &mut Cursor<'_>, state: &mut Self::State, id: i32, kind: Kind) -> bool;
    /// Goes past the next header; `None` at the end of the struct.
    fn field(cursor: &mut Cursor<'_>, state: &mut Self::State) -> Result<Option<FieldHeader>, DecodeError>;
    /// A Boolean: that of the field whose header came last, or one within a collection.
    fn bool(cursor: &mut Cursor<'_>, state: &Self::State, of_field: bool) -> Result<bool, DecodeError>;
    fn i16(cursor: &mut Cursor<'_>) -> Result<i16, DecodeError>;
    fn i32(cursor: &mut Cursor<'_>) -> Result<i32, DecodeError>;
    fn i64(cursor: &mut Cursor<'_>) -> Result<i64, DecodeError>;
    fn double(cursor: &mut Cursor<'_>) -> Result<f64, DecodeError>;
    fn float(cursor: &mut Cursor<'_>) -> Result<f32, DecodeError>;
    /// The length of text or bytes.
    fn len(cursor: &mut Cursor<'_>) -> Result<u64, DecodeError>;
    fn list(cursor: &mut Cursor<'_>) -> Result<ListHeader, DecodeError>;
    fn map(cursor: &mut Cursor<'_>) -> Result<MapHeader, DecodeError>;

    /// Writes a field's header.
    fn put_field(buffer: &mut Buffer, state: &mut Self::State, id: i32, kind: Kind);
    /// Writes a Boolean field: its header and value.
    fn put_bool_field(buffer: &mut Buffer, state: &mut Self::State, id: i32, value: bool);
    /// Writes the header of a field whose value is kept as the protocol wrote it.
    fn put_raw_field(buffer: &mut Buffer, state: &mut Self::State, id: i32, code: u8);
    /// Writes a Boolean within a collection.
    fn put_bool(buffer: &mut Buffer, value: bool);
    fn put_i16(buffer: &mut Buffer, value: i16);
    fn put_i32(buffer: &mut Buffer, value: i32);
    fn put_i64(buffer: &mut Buffer, value: i64);
    fn put_double(buffer: &mut Buffer, value: f64);
    fn put_float(buffer: &mut Buffer, value: f32);
    /// Writes text or bytes behind their length, which is below 2^31.
    fn put_bytes(buffer: &mut Buffer, bytes: &[u8]);
    /// Writes the header of a list or a set of fewer than 2^31 items.
    fn put_list(buffer: &mut Buffer, element: Kind, count: u32);
    /// Writes the header of a map of fewer than 2^31 entries.
    fn put_map(buffer: &mut Buffer, key: Kind, value: Kind, count: u32);
}

/// The byte that ends a struct.
pub(super) const STOP: u8 = 0;

/// The most items of a collection and bytes of a string: counts are signed 32-bit integers.
pub(super) const MAX_COUNT: u32 = i32::MAX.cast_unsigned();

/// A count that fits the wire.
#[inline(always)]
pub(super) fn count(len: usize) -> Result<u32, EncodeError> {
    match u32::try_from(len) {
        Ok(count) if count <= MAX_COUNT => Ok(count),
        _ => Err(too_long(len)),
    }
}

#[cold]
#[inline(never)]
fn too_long(len: usize) -> EncodeError {
    EncodeError::new(EncodeErrorKind::OutOfRange(alloc::format!("{len} items or bytes, and Thrift counts to 2^31 - 1")))
}

#[cold]
#[inline(never)]
pub(super) fn invalid_code(code: u8, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::InvalidTypeCode(code), offset)
}

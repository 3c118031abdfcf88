//! The protocols at the level of headers and scalars: what they differ in, for the source, the sink and the skipper that they
//! share, and for code whose types are known only at run time.
//!
//! A struct is read by calling [`Wire::field`] until it says that the struct ends, with a fresh [`Wire::State`], and taking or
//! skipping ([`skip`]) each value in between. It is written by headers, values and [`STOP`].

pub use super::skip::skip;

use super::Kind;
use crate::{
    DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Format,
    raw::{Buffer, Cursor},
};

/// The header of a field: its id and its value's kind.
#[derive(Clone, Copy, Debug)]
pub struct FieldHeader {
    /// The field id, within 16 bits.
    pub id: i32,
    /// The kind of the value behind it.
    pub kind: Kind,
}

/// The header of a list or a set.
#[derive(Clone, Copy, Debug)]
pub struct ListHeader {
    /// How many items it claims; see [`check_count`].
    pub count: u64,
    /// The kind of its items. `None` where the list is empty and the code is that of no kind.
    pub element: Option<Kind>,
}

/// The header of a map. An empty one may say nothing of its kinds.
#[derive(Clone, Copy, Debug)]
pub struct MapHeader {
    /// How many entries it claims; see [`check_count`].
    pub count: u64,
    /// The kinds of keys and values. `None` where the map is empty and does not say them.
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
    /// Whether it has UUIDs.
    const UUIDS: bool;
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

    /// The kind of a code that [`Wire::field_code`] gave. The state then knows a Boolean whose value is its header.
    fn field_kind(code: u8, state: &mut Self::State) -> Option<Kind>;

    /// Goes past the header of a field when it is the next one.
    fn take_field(cursor: &mut Cursor<'_>, state: &mut Self::State, id: i32, kind: Kind) -> bool;
    /// Whether the next header is that of a field with a lower id, as far as that can be told at a glance.
    fn is_before(cursor: &Cursor<'_>, state: &Self::State, id: i32) -> bool;
    /// Goes past the next header; `None` at the end of the struct.
    ///
    /// # Errors
    /// When the id or the kind is none, or the bytes end.
    fn field(cursor: &mut Cursor<'_>, state: &mut Self::State) -> Result<Option<FieldHeader>, DecodeError>;
    /// A Boolean: that of the field whose header came last, or one within a collection.
    ///
    /// # Errors
    /// As [`Wire::i16`].
    fn bool(cursor: &mut Cursor<'_>, state: &Self::State, of_field: bool) -> Result<bool, DecodeError>;
    /// A 16-bit integer.
    ///
    /// # Errors
    /// When the bytes end or are malformed; so for all that read.
    fn i16(cursor: &mut Cursor<'_>) -> Result<i16, DecodeError>;
    /// A 32-bit integer.
    ///
    /// # Errors
    /// As [`Wire::i16`].
    fn i32(cursor: &mut Cursor<'_>) -> Result<i32, DecodeError>;
    /// A 64-bit integer.
    ///
    /// # Errors
    /// As [`Wire::i16`].
    fn i64(cursor: &mut Cursor<'_>) -> Result<i64, DecodeError>;
    /// A number of double precision.
    ///
    /// # Errors
    /// As [`Wire::i16`].
    fn double(cursor: &mut Cursor<'_>) -> Result<f64, DecodeError>;
    /// A number of single precision.
    ///
    /// # Errors
    /// As [`Wire::i16`].
    fn float(cursor: &mut Cursor<'_>) -> Result<f32, DecodeError>;
    /// The length of text or bytes.
    ///
    /// # Errors
    /// As [`Wire::i16`].
    fn len(cursor: &mut Cursor<'_>) -> Result<u64, DecodeError>;
    /// The header of a list or a set.
    ///
    /// # Errors
    /// As [`Wire::i16`].
    fn list(cursor: &mut Cursor<'_>) -> Result<ListHeader, DecodeError>;
    /// The header of a map.
    ///
    /// # Errors
    /// As [`Wire::i16`].
    fn map(cursor: &mut Cursor<'_>) -> Result<MapHeader, DecodeError>;

    /// Writes a field's header.
    fn put_field(buffer: &mut Buffer, state: &mut Self::State, id: i32, kind: Kind);
    /// Writes a Boolean field: its header and value.
    fn put_bool_field(buffer: &mut Buffer, state: &mut Self::State, id: i32, value: bool);
    /// Writes the header of a field whose value is kept as the protocol wrote it.
    fn put_raw_field(buffer: &mut Buffer, state: &mut Self::State, id: i32, code: u8);
    /// Writes a Boolean within a collection.
    fn put_bool(buffer: &mut Buffer, value: bool);
    /// Writes a 16-bit integer.
    fn put_i16(buffer: &mut Buffer, value: i16);
    /// Writes a 32-bit integer.
    fn put_i32(buffer: &mut Buffer, value: i32);
    /// Writes a 64-bit integer.
    fn put_i64(buffer: &mut Buffer, value: i64);
    /// Writes a number of double precision.
    fn put_double(buffer: &mut Buffer, value: f64);
    /// Writes a number of single precision.
    fn put_float(buffer: &mut Buffer, value: f32);
    /// Writes text or bytes behind their length, which is below 2^31.
    fn put_bytes(buffer: &mut Buffer, bytes: &[u8]);
    /// Writes the header of a list or a set of fewer than 2^31 items.
    fn put_list(buffer: &mut Buffer, element: Kind, count: u32);
    /// Writes the header of a map of fewer than 2^31 entries.
    fn put_map(buffer: &mut Buffer, key: Kind, value: Kind, count: u32);
}

/// The byte that ends a struct.
pub const STOP: u8 = 0;

/// The most items of a collection and bytes of a string: counts are signed 32-bit integers.
pub const MAX_COUNT: u32 = i32::MAX.cast_unsigned();

/// A count that fits the wire.
///
/// # Errors
/// When it is past [`MAX_COUNT`].
#[inline(always)]
pub fn count(len: usize) -> Result<u32, EncodeError> {
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

/// Checks that so many values of kinds in turn can be in what is left, before room is made for them.
///
/// # Errors
/// When they cannot.
#[inline(always)]
pub fn check_count<P: Wire>(cursor: &Cursor<'_>, count: u64, kinds: &[Kind]) -> Result<(), DecodeError> {
    let needed = count.saturating_mul(kinds.iter().map(|kind| P::least_size(*kind)).sum());
    if needed > cursor.remaining() as u64 {
        return Err(truncated(needed, cursor.remaining(), cursor.offset()));
    }
    Ok(())
}

#[cold]
#[inline(never)]
fn truncated(needed: u64, remaining: usize, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Truncated { needed, remaining }, offset)
}

#[cold]
#[inline(never)]
pub(super) fn invalid_code(code: u8, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::InvalidTypeCode(code), offset)
}

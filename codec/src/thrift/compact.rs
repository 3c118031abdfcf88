//! Thrift's Compact protocol: varints and short headers (`thrift-compact-protocol.md` of Apache Thrift), and fbthrift's variant
//! of it.

use super::{
    Kind, Protocol,
    wire::{FieldHeader, ListHeader, MapHeader, STOP, Wire, invalid_code},
};
use crate::{
    DecodeError, DecodeErrorKind, Format,
    raw::{Buffer, Cursor},
    varint::zigzag_32,
};

/// Thrift's Compact protocol. `FB` chooses fbthrift's variant: doubles are big-endian, and there are numbers of single
/// precision.
#[derive(Clone, Copy, Debug, Default)]
pub struct CompactProtocol<const FB: bool>;

/// Thrift's Compact protocol as Apache Thrift writes it.
pub type Compact = CompactProtocol<false>;

/// Thrift's Compact protocol as fbthrift writes it.
pub type FbCompact = CompactProtocol<true>;

impl<const FB: bool> Protocol for CompactProtocol<FB> {}

/// The id of the last field of the struct, from which the next header's is counted, and the last header's type.
#[derive(Clone, Copy, Debug, Default)]
pub struct State {
    last_id: i32,
    /// Whether the last header's type is that of a true Boolean.
    is_true: bool,
}

const TRUE: u8 = 1;
const FALSE: u8 = 2;
const I8: u8 = 3;
const I16: u8 = 4;
const I32: u8 = 5;
const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;
/// UUID in Apache Thrift; fbthrift's float.
const UUID_OR_FLOAT: u8 = 13;

impl<const FB: bool> CompactProtocol<FB> {
    /// The code of a kind; of a Boolean, that of true.
    #[inline(always)]
    const fn code(kind: Kind) -> u8 {
        match kind {
            Kind::Bool => TRUE,
            Kind::I8 => I8,
            Kind::I16 => I16,
            Kind::I32 => I32,
            Kind::I64 => I64,
            Kind::Double => DOUBLE,
            Kind::String => BINARY,
            Kind::List => LIST,
            Kind::Set => SET,
            Kind::Map => MAP,
            Kind::Struct => STRUCT,
            Kind::Float | Kind::Uuid => UUID_OR_FLOAT,
        }
    }

    #[inline(always)]
    const fn kind(code: u8) -> Option<Kind> {
        Some(match code {
            TRUE | FALSE => Kind::Bool,
            I8 => Kind::I8,
            I16 => Kind::I16,
            I32 => Kind::I32,
            I64 => Kind::I64,
            DOUBLE => Kind::Double,
            BINARY => Kind::String,
            LIST => Kind::List,
            SET => Kind::Set,
            MAP => Kind::Map,
            STRUCT => Kind::Struct,
            UUID_OR_FLOAT if FB => Kind::Float,
            UUID_OR_FLOAT => Kind::Uuid,
            _ => return None,
        })
    }

    #[inline(always)]
    fn put_code(buffer: &mut Buffer, state: &mut State, id: i32, code: u8) {
        let delta = id - state.last_id;
        state.last_id = id;
        if 0 < delta && delta <= 15 {
            buffer.byte((delta as i8).cast_unsigned() << 4 | code);
        } else {
            buffer.byte(code);
            buffer.varint(u64::from(zigzag_32(id)));
        }
    }
}

/// A zigzag varint of up to 32 bits. What is past them is an error, not cut.
#[inline(always)]
fn zigzag(cursor: &mut Cursor<'_>) -> Result<i32, DecodeError> {
    cursor.zigzag_32()
}

impl<const FB: bool> Wire for CompactProtocol<FB> {
    const FORMAT: Format = if FB { Format::FbThriftCompact } else { Format::ThriftCompact };
    const NAME: &'static str = if FB { "Compact of fbthrift" } else { "Thrift Compact" };
    const FLOATS: bool = FB;
    const UUIDS: bool = !FB;
    const BOOL_IN_HEADER: bool = true;
    type State = State;

    #[inline(always)]
    fn least_size(kind: Kind) -> u64 {
        Self::fixed_size(kind).unwrap_or(1)
    }

    #[inline(always)]
    fn fixed_size(kind: Kind) -> Option<u64> {
        match kind {
            Kind::Bool | Kind::I8 => Some(1),
            Kind::Double => Some(8),
            Kind::Float => Some(4),
            Kind::Uuid => Some(16),
            _ => None,
        }
    }

    #[inline(always)]
    fn field_code(kind: Kind, state: &State) -> u8 {
        match kind {
            Kind::Bool if !state.is_true => FALSE,
            kind => Self::code(kind),
        }
    }

    fn field_kind(code: u8, state: &mut State) -> Option<Kind> {
        state.is_true = code == TRUE;
        Self::kind(code)
    }

    #[inline(always)]
    fn take_field(cursor: &mut Cursor<'_>, state: &mut State, id: i32, kind: Kind) -> bool {
        let delta = id - state.last_id;
        let Some(byte) = cursor.peek() else { return false };
        // Larger differences never equal a byte, and smaller ones need the long form, which is left to `field`.
        let short = (delta << 4) | i32::from(Self::code(kind));
        let found = i32::from(byte);
        let is_it = delta > 0
            && if matches!(kind, Kind::Bool) {
                state.is_true = found == short;
                found == short || found == short + 1
            } else {
                found == short
            };
        if is_it {
            state.last_id = id;
            cursor.skip_peeked();
        }
        is_it
    }

    #[inline(always)]
    fn is_before(cursor: &Cursor<'_>, state: &State, id: i32) -> bool {
        // A header in the long form tells no more than its kind here.
        cursor.peek().is_some_and(|byte| byte >= 1 << 4 && i32::from(byte) < (id - state.last_id) << 4)
    }

    #[inline]
    fn field(cursor: &mut Cursor<'_>, state: &mut State) -> Result<Option<FieldHeader>, DecodeError> {
        let offset = cursor.offset();
        let header = cursor.byte()?;
        if header == STOP {
            return Ok(None);
        }
        let (delta, code) = (header >> 4, header & 0x0f);
        let id = if delta == 0 { zigzag(cursor)? } else { state.last_id + i32::from(delta) };
        if i16::try_from(id).is_err() {
            return Err(invalid_id(id, offset));
        }
        let Some(kind) = Self::kind(code) else { return Err(invalid_code(code, offset)) };
        *state = State { last_id: id, is_true: code == TRUE };
        Ok(Some(FieldHeader { id, kind }))
    }

    #[inline(always)]
    fn bool(cursor: &mut Cursor<'_>, state: &State, of_field: bool) -> Result<bool, DecodeError> {
        // In a collection, some writers put 0 for false instead of 2.
        if of_field { Ok(state.is_true) } else { Ok(cursor.byte()? == TRUE) }
    }

    #[inline(always)]
    fn i16(cursor: &mut Cursor<'_>) -> Result<i16, DecodeError> {
        let offset = cursor.offset();
        let value = zigzag(cursor)?;
        i16::try_from(value).map_err(|_| out_of_range(value, offset))
    }

    #[inline(always)]
    fn i32(cursor: &mut Cursor<'_>) -> Result<i32, DecodeError> {
        zigzag(cursor)
    }

    #[inline(always)]
    fn i64(cursor: &mut Cursor<'_>) -> Result<i64, DecodeError> {
        cursor.zigzag_64()
    }

    #[inline(always)]
    fn double(cursor: &mut Cursor<'_>) -> Result<f64, DecodeError> {
        let bytes = *cursor.array()?;
        Ok(if FB { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) })
    }

    #[inline(always)]
    fn float(cursor: &mut Cursor<'_>) -> Result<f32, DecodeError> {
        Ok(f32::from_be_bytes(*cursor.array()?))
    }

    #[inline(always)]
    fn len(cursor: &mut Cursor<'_>) -> Result<u64, DecodeError> {
        cursor.varint()
    }

    #[inline(always)]
    fn list(cursor: &mut Cursor<'_>) -> Result<ListHeader, DecodeError> {
        let offset = cursor.offset();
        let header = cursor.byte()?;
        let (short, code) = (header >> 4, header & 0x0f);
        let count = if short == 15 { cursor.varint()? } else { u64::from(short) };
        match Self::kind(code) {
            Some(kind) => Ok(ListHeader { count, element: Some(kind) }),
            // Empty lists may claim anything: some writers give them the code 0.
            None if count == 0 => Ok(ListHeader { count, element: None }),
            None => Err(invalid_code(code, offset)),
        }
    }

    #[inline(always)]
    fn map(cursor: &mut Cursor<'_>) -> Result<MapHeader, DecodeError> {
        let count = cursor.varint()?;
        if count == 0 {
            return Ok(MapHeader { count, kinds: None });
        }
        let offset = cursor.offset();
        let kinds = cursor.byte()?;
        match (Self::kind(kinds >> 4), Self::kind(kinds & 0x0f)) {
            (Some(key), Some(value)) => Ok(MapHeader { count, kinds: Some((key, value)) }),
            (None, _) => Err(invalid_code(kinds >> 4, offset)),
            (_, None) => Err(invalid_code(kinds & 0x0f, offset)),
        }
    }

    #[inline(always)]
    fn put_field(buffer: &mut Buffer, state: &mut State, id: i32, kind: Kind) {
        Self::put_code(buffer, state, id, Self::code(kind));
    }

    #[inline(always)]
    fn put_bool_field(buffer: &mut Buffer, state: &mut State, id: i32, value: bool) {
        Self::put_code(buffer, state, id, if value { TRUE } else { FALSE });
    }

    fn put_raw_field(buffer: &mut Buffer, state: &mut State, id: i32, code: u8) {
        Self::put_code(buffer, state, id, code);
    }

    #[inline(always)]
    fn put_bool(buffer: &mut Buffer, value: bool) {
        buffer.byte(if value { TRUE } else { FALSE });
    }

    #[inline(always)]
    fn put_i16(buffer: &mut Buffer, value: i16) {
        buffer.varint(u64::from(zigzag_32(i32::from(value))));
    }

    #[inline(always)]
    fn put_i32(buffer: &mut Buffer, value: i32) {
        buffer.zigzag_32(value);
    }

    #[inline(always)]
    fn put_i64(buffer: &mut Buffer, value: i64) {
        buffer.zigzag_64(value);
    }

    #[inline(always)]
    fn put_double(buffer: &mut Buffer, value: f64) {
        buffer.array(if FB { value.to_be_bytes() } else { value.to_le_bytes() });
    }

    #[inline(always)]
    fn put_float(buffer: &mut Buffer, value: f32) {
        buffer.array(value.to_be_bytes());
    }

    #[inline(always)]
    fn put_bytes(buffer: &mut Buffer, bytes: &[u8]) {
        buffer.varint_prefixed(bytes);
    }

    #[inline(always)]
    fn put_list(buffer: &mut Buffer, element: Kind, count: u32) {
        if count <= 14 {
            buffer.byte((count as u8) << 4 | Self::code(element));
        } else {
            buffer.byte(0xf0 | Self::code(element));
            buffer.varint(u64::from(count));
        }
    }

    #[inline(always)]
    fn put_map(buffer: &mut Buffer, key: Kind, value: Kind, count: u32) {
        buffer.varint(u64::from(count));
        if count > 0 {
            buffer.byte(Self::code(key) << 4 | Self::code(value));
        }
    }
}

#[cold]
#[inline(never)]
fn invalid_id(id: i32, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::InvalidFieldId(i64::from(id)), offset)
}

#[cold]
#[inline(never)]
fn out_of_range(value: i32, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::IntegerOutOfRange(i64::from(value)), offset)
}

//! Thrift's Binary protocol: big-endian numbers of fixed size (`thrift-binary-protocol.md` of Apache Thrift).

use super::{
    Kind, Protocol,
    wire::{FieldHeader, ListHeader, MapHeader, STOP, Wire, invalid_code},
};
use crate::{
    DecodeError, DecodeErrorKind, Format,
    raw::{Buffer, Cursor},
};

/// Thrift's Binary protocol. `FB` chooses fbthrift's variant, which has numbers of single precision.
#[derive(Clone, Copy, Debug, Default)]
pub struct BinaryProtocol<const FB: bool>;

/// Thrift's Binary protocol as Apache Thrift writes it.
pub type Binary = BinaryProtocol<false>;

/// Thrift's Binary protocol as fbthrift writes it.
pub type FbBinary = BinaryProtocol<true>;

impl<const FB: bool> Protocol for BinaryProtocol<FB> {}

const BOOL: u8 = 2;
const I8: u8 = 3;
const DOUBLE: u8 = 4;
const I16: u8 = 6;
const I32: u8 = 8;
const I64: u8 = 10;
const STRING: u8 = 11;
const STRUCT: u8 = 12;
const MAP: u8 = 13;
const SET: u8 = 14;
const LIST: u8 = 15;
const UUID: u8 = 16;
/// fbthrift's. No other kind has the code, so that both dialects can go past it.
const FLOAT: u8 = 19;

/// The code of a kind.
const fn code(kind: Kind) -> u8 {
    match kind {
        Kind::Bool => BOOL,
        Kind::I8 => I8,
        Kind::I16 => I16,
        Kind::I32 => I32,
        Kind::I64 => I64,
        Kind::Double => DOUBLE,
        Kind::Float => FLOAT,
        Kind::String => STRING,
        Kind::Struct => STRUCT,
        Kind::Map => MAP,
        Kind::Set => SET,
        Kind::List => LIST,
        Kind::Uuid => UUID,
    }
}

/// The kind of a code.
const fn kind(code: u8) -> Option<Kind> {
    Some(match code {
        BOOL => Kind::Bool,
        I8 => Kind::I8,
        I16 => Kind::I16,
        I32 => Kind::I32,
        I64 => Kind::I64,
        DOUBLE => Kind::Double,
        FLOAT => Kind::Float,
        STRING => Kind::String,
        STRUCT => Kind::Struct,
        MAP => Kind::Map,
        SET => Kind::Set,
        LIST => Kind::List,
        UUID => Kind::Uuid,
        _ => return None,
    })
}

/// The kind of the items of a collection. Empty collections may claim anything: some writers give them the code 0.
#[inline(always)]
fn item_kind(code: u8, count: u64, offset: usize) -> Result<Option<Kind>, DecodeError> {
    match kind(code) {
        Some(kind) => Ok(Some(kind)),
        None if count == 0 => Ok(None),
        None => Err(invalid_code(code, offset)),
    }
}

#[inline(always)]
fn positive(cursor: &mut Cursor<'_>) -> Result<u64, DecodeError> {
    let value = i32::from_be_bytes(*cursor.array()?);
    if value < 0 { Err(negative(value, cursor.offset() - 4)) } else { Ok(u64::from(value.cast_unsigned())) }
}

#[cold]
#[inline(never)]
fn negative(value: i32, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::NegativeLength(i64::from(value)), offset)
}

impl<const FB: bool> Wire for BinaryProtocol<FB> {
    const FORMAT: Format = if FB { Format::FbThriftBinary } else { Format::ThriftBinary };
    const NAME: &'static str = if FB { "Binary of fbthrift" } else { "Thrift Binary" };
    const FLOATS: bool = FB;
    const UUIDS: bool = !FB;
    const BOOL_IN_HEADER: bool = false;
    type State = ();

    #[inline(always)]
    fn least_size(kind: Kind) -> u64 {
        match kind {
            Kind::Struct => 1,
            Kind::String => 4,
            Kind::List | Kind::Set => 5,
            Kind::Map => 6,
            _ => Self::fixed_size(kind).unwrap_or(1),
        }
    }

    #[inline(always)]
    fn fixed_size(kind: Kind) -> Option<u64> {
        match kind {
            Kind::Bool | Kind::I8 => Some(1),
            Kind::I16 => Some(2),
            Kind::I32 | Kind::Float => Some(4),
            Kind::I64 | Kind::Double => Some(8),
            Kind::Uuid => Some(16),
            Kind::String | Kind::Struct | Kind::List | Kind::Set | Kind::Map => None,
        }
    }

    #[inline(always)]
    fn field_code(kind: Kind, (): &()) -> u8 {
        code(kind)
    }

    fn field_kind(code: u8, (): &mut ()) -> Option<Kind> {
        kind(code)
    }

    #[inline(always)]
    fn take_field(cursor: &mut Cursor<'_>, (): &mut (), id: i32, kind: Kind) -> bool {
        let [high, low] = (id as i16).to_be_bytes();
        cursor.take_if([code(kind), high, low])
    }

    #[inline(always)]
    fn is_before(cursor: &Cursor<'_>, (): &(), id: i32) -> bool {
        match cursor.rest() {
            [code, high, low, ..] => *code != STOP && i32::from(i16::from_be_bytes([*high, *low])) < id,
            _ => false,
        }
    }

    #[inline]
    fn field(cursor: &mut Cursor<'_>, (): &mut ()) -> Result<Option<FieldHeader>, DecodeError> {
        let offset = cursor.offset();
        match cursor.byte()? {
            STOP => Ok(None),
            code => match kind(code) {
                Some(kind) => {
                    let id = i32::from(i16::from_be_bytes(*cursor.array()?));
                    Ok(Some(FieldHeader { id, kind }))
                }
                None => Err(invalid_code(code, offset)),
            },
        }
    }

    #[inline(always)]
    fn bool(cursor: &mut Cursor<'_>, (): &(), _: bool) -> Result<bool, DecodeError> {
        Ok(cursor.byte()? != 0)
    }

    #[inline(always)]
    fn i16(cursor: &mut Cursor<'_>) -> Result<i16, DecodeError> {
        Ok(i16::from_be_bytes(*cursor.array()?))
    }

    #[inline(always)]
    fn i32(cursor: &mut Cursor<'_>) -> Result<i32, DecodeError> {
        Ok(i32::from_be_bytes(*cursor.array()?))
    }

    #[inline(always)]
    fn i64(cursor: &mut Cursor<'_>) -> Result<i64, DecodeError> {
        Ok(i64::from_be_bytes(*cursor.array()?))
    }

    #[inline(always)]
    fn double(cursor: &mut Cursor<'_>) -> Result<f64, DecodeError> {
        Ok(f64::from_be_bytes(*cursor.array()?))
    }

    #[inline(always)]
    fn float(cursor: &mut Cursor<'_>) -> Result<f32, DecodeError> {
        Ok(f32::from_be_bytes(*cursor.array()?))
    }

    #[inline(always)]
    fn len(cursor: &mut Cursor<'_>) -> Result<u64, DecodeError> {
        positive(cursor)
    }

    #[inline(always)]
    fn list(cursor: &mut Cursor<'_>) -> Result<ListHeader, DecodeError> {
        let offset = cursor.offset();
        let code = cursor.byte()?;
        let count = positive(cursor)?;
        Ok(ListHeader { count, element: item_kind(code, count, offset)? })
    }

    #[inline(always)]
    fn map(cursor: &mut Cursor<'_>) -> Result<MapHeader, DecodeError> {
        let offset = cursor.offset();
        let [key, value] = *cursor.array()?;
        let count = positive(cursor)?;
        let kinds = item_kind(key, count, offset)?.zip(item_kind(value, count, offset + 1)?);
        Ok(MapHeader { count, kinds })
    }

    #[inline(always)]
    fn put_field(buffer: &mut Buffer, (): &mut (), id: i32, kind: Kind) {
        let [high, low] = (id as i16).to_be_bytes();
        buffer.array([code(kind), high, low]);
    }

    #[inline(always)]
    fn put_bool_field(buffer: &mut Buffer, state: &mut (), id: i32, value: bool) {
        Self::put_field(buffer, state, id, Kind::Bool);
        Self::put_bool(buffer, value);
    }

    fn put_raw_field(buffer: &mut Buffer, (): &mut (), id: i32, code: u8) {
        let [high, low] = (id as i16).to_be_bytes();
        buffer.array([code, high, low]);
    }

    #[inline(always)]
    fn put_bool(buffer: &mut Buffer, value: bool) {
        buffer.byte(u8::from(value));
    }

    #[inline(always)]
    fn put_i16(buffer: &mut Buffer, value: i16) {
        buffer.array(value.to_be_bytes());
    }

    #[inline(always)]
    fn put_i32(buffer: &mut Buffer, value: i32) {
        buffer.array(value.to_be_bytes());
    }

    #[inline(always)]
    fn put_i64(buffer: &mut Buffer, value: i64) {
        buffer.array(value.to_be_bytes());
    }

    #[inline(always)]
    fn put_double(buffer: &mut Buffer, value: f64) {
        buffer.array(value.to_be_bytes());
    }

    #[inline(always)]
    fn put_float(buffer: &mut Buffer, value: f32) {
        buffer.array(value.to_be_bytes());
    }

    #[inline(always)]
    fn put_bytes(buffer: &mut Buffer, bytes: &[u8]) {
        buffer.array((bytes.len() as u32).to_be_bytes());
        buffer.bytes(bytes);
    }

    #[inline(always)]
    fn put_list(buffer: &mut Buffer, element: Kind, count: u32) {
        let [a, b, c, d] = count.to_be_bytes();
        buffer.array([code(element), a, b, c, d]);
    }

    #[inline(always)]
    fn put_map(buffer: &mut Buffer, key: Kind, value: Kind, count: u32) {
        let [a, b, c, d] = count.to_be_bytes();
        buffer.array([code(key), code(value), a, b, c, d]);
    }
}

//! Protobuf by hand: `Logs` of `proto/log.proto`, its fields tried in the order in which encoders write them.
//!
//! Fields in another order, repeated, or unknown are handled by a second, slower loop, as a decoder must.

use super::spare::VARINT;
use super::{Cursor, Fault, Spare};
use crate::data::Text;
use crate::data::log::{Address, LogRecord, Logs};

/// Decodes a message.
#[inline(always)]
pub fn decode<'a, S: Text<'a> + Default>(bytes: &'a [u8]) -> Result<Logs<S>, Fault> {
    let mut cursor = Cursor::new(bytes);
    let mut entries = Vec::new();
    while !cursor.rest().is_empty() {
        if cursor.expect(ENTRIES) {
            let body = message(&mut cursor)?;
            if entries.is_empty() {
                // The first record's size tells how many may follow.
                entries.reserve(1 + cursor.rest().len() / (body.len() + 2));
            }
            entries.push(log(body)?);
        } else {
            let tag = cursor.varint()?;
            skip(&mut cursor, tag)?;
        }
    }
    Ok(Logs { entries })
}

/// Appends a message.
#[inline(always)]
#[expect(unsafe_code, reason = "see `Spare`")]
pub fn encode(logs: &Logs<String>, out: &mut Vec<u8>) {
    for log in &logs.entries {
        let text = log.identity.len() + log.userid.len() + log.date.len() + log.request.len();
        // SAFETY: thirteen tags, two lengths of messages, four of strings, six numbers, and the text.
        let mut spare = unsafe { Spare::new(out, 13 + 12 * VARINT + text) };
        spare.array([ENTRIES, 0]);
        let start = spare.position();
        spare.array([ADDRESS, 0]);
        let inner = spare.position();
        spare.int32(X0, log.address.x0);
        spare.int32(X1, log.address.x1);
        spare.int32(X2, log.address.x2);
        spare.int32(X3, log.address.x3);
        spare.patch_length(inner - 1);
        spare.string(IDENTITY, &log.identity);
        spare.string(USERID, &log.userid);
        spare.string(DATE, &log.date);
        spare.string(REQUEST, &log.request);
        spare.int32(CODE, log.code);
        spare.int64(SIZE, log.size);
        spare.patch_length(start - 1);
        spare.finish();
    }
}

const LENGTH_DELIMITED: u8 = 2;
const ENTRIES: u8 = 1 << 3 | LENGTH_DELIMITED;
const ADDRESS: u8 = 1 << 3 | LENGTH_DELIMITED;
const IDENTITY: u8 = 2 << 3 | LENGTH_DELIMITED;
const USERID: u8 = 3 << 3 | LENGTH_DELIMITED;
const DATE: u8 = 4 << 3 | LENGTH_DELIMITED;
const REQUEST: u8 = 5 << 3 | LENGTH_DELIMITED;
const CODE: u8 = 6 << 3;
const SIZE: u8 = 7 << 3;
const X0: u8 = 1 << 3;
const X1: u8 = 2 << 3;
const X2: u8 = 3 << 3;
const X3: u8 = 4 << 3;

#[inline(always)]
fn log<'a, S: Text<'a> + Default>(body: &'a [u8]) -> Result<LogRecord<S>, Fault> {
    let mut cursor = Cursor::new(body);
    let mut log = LogRecord {
        address: if cursor.expect(ADDRESS) { address(message(&mut cursor)?)? } else { Address::default() },
        identity: string_or_default(&mut cursor, IDENTITY)?,
        userid: string_or_default(&mut cursor, USERID)?,
        date: string_or_default(&mut cursor, DATE)?,
        request: string_or_default(&mut cursor, REQUEST)?,
        code: if cursor.expect(CODE) { int32(&mut cursor)? } else { 0 },
        size: if cursor.expect(SIZE) { int64(&mut cursor)? } else { 0 },
    };
    if !cursor.rest().is_empty() {
        log_in_any_order(&mut cursor, &mut log)?;
    }
    Ok(log)
}

#[cold]
fn log_in_any_order<'a, S: Text<'a>>(cursor: &mut Cursor<'a>, log: &mut LogRecord<S>) -> Result<(), Fault> {
    while !cursor.rest().is_empty() {
        let tag = cursor.varint()?;
        match u8::try_from(tag).unwrap_or(0) {
            ADDRESS => address_in_any_order(&mut Cursor::new(message(cursor)?), &mut log.address)?,
            IDENTITY => log.identity = string(cursor)?,
            USERID => log.userid = string(cursor)?,
            DATE => log.date = string(cursor)?,
            REQUEST => log.request = string(cursor)?,
            CODE => log.code = int32(cursor)?,
            SIZE => log.size = int64(cursor)?,
            _ => skip(cursor, tag)?,
        }
    }
    Ok(())
}

#[inline(always)]
fn address(body: &[u8]) -> Result<Address, Fault> {
    let mut cursor = Cursor::new(body);
    let mut address = Address {
        x0: if cursor.expect(X0) { int32(&mut cursor)? } else { 0 },
        x1: if cursor.expect(X1) { int32(&mut cursor)? } else { 0 },
        x2: if cursor.expect(X2) { int32(&mut cursor)? } else { 0 },
        x3: if cursor.expect(X3) { int32(&mut cursor)? } else { 0 },
    };
    if !cursor.rest().is_empty() {
        address_in_any_order(&mut cursor, &mut address)?;
    }
    Ok(address)
}

#[cold]
fn address_in_any_order(cursor: &mut Cursor<'_>, address: &mut Address) -> Result<(), Fault> {
    while !cursor.rest().is_empty() {
        let tag = cursor.varint()?;
        match u8::try_from(tag).unwrap_or(0) {
            X0 => address.x0 = int32(cursor)?,
            X1 => address.x1 = int32(cursor)?,
            X2 => address.x2 = int32(cursor)?,
            X3 => address.x3 = int32(cursor)?,
            _ => skip(cursor, tag)?,
        }
    }
    Ok(())
}

#[inline(always)]
fn message<'a>(cursor: &mut Cursor<'a>) -> Result<&'a [u8], Fault> {
    let length = usize::try_from(cursor.varint()?).map_err(|_| Fault::Range)?;
    cursor.bytes(length)
}

#[inline(always)]
fn string<'a, S: Text<'a>>(cursor: &mut Cursor<'a>) -> Result<S, Fault> {
    let length = usize::try_from(cursor.varint()?).map_err(|_| Fault::Range)?;
    cursor.text(length)
}

#[inline(always)]
fn string_or_default<'a, S: Text<'a> + Default>(cursor: &mut Cursor<'a>, tag: u8) -> Result<S, Fault> {
    if cursor.expect(tag) { string(cursor) } else { Ok(S::default()) }
}

/// Keeps the low 32 bits, as the specification asks of a parser.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "what the specification asks for")]
fn int32(cursor: &mut Cursor<'_>) -> Result<i32, Fault> {
    Ok(cursor.varint()? as i32)
}

#[inline(always)]
fn int64(cursor: &mut Cursor<'_>) -> Result<i64, Fault> {
    Ok(cursor.varint()?.cast_signed())
}

/// Passes over a field of no name. Groups, which proto3 does not have, are an error.
#[cold]
fn skip(cursor: &mut Cursor<'_>, tag: u64) -> Result<(), Fault> {
    if !(8..1 << 32).contains(&tag) {
        return Err(Fault::Tag);
    }
    match tag & 7 {
        0 => cursor.varint().map(drop),
        1 => cursor.array::<8>().map(drop),
        2 => message(cursor).map(drop),
        5 => cursor.array::<4>().map(drop),
        _ => Err(Fault::Tag),
    }
}

impl Spare<'_> {
    #[inline(always)]
    fn int32(&mut self, tag: u8, value: i32) {
        self.int64(tag, i64::from(value));
    }

    #[inline(always)]
    fn int64(&mut self, tag: u8, value: i64) {
        if value != 0 {
            self.byte(tag);
            self.varint(value.cast_unsigned());
        }
    }

    #[inline(always)]
    fn string(&mut self, tag: u8, text: &str) {
        if !text.is_empty() {
            self.byte(tag);
            self.varint(text.len() as u64);
            self.bytes(text.as_bytes());
        }
    }
}

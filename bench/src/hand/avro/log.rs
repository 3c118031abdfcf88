//! `log` and `log-list`.

use super::{HandWritten, zigzag};
use crate::data::Text;
use crate::data::log::{Address, Log, LogList, LogRecord, Logs};
use crate::hand::{Cursor, Fault, Spare, spare::VARINT};

impl HandWritten for Log {
    #[inline(always)]
    fn read_borrowed<'a>(cursor: &mut Cursor<'a>) -> Result<LogRecord<&'a str>, Fault> {
        read(cursor)
    }

    #[inline(always)]
    fn read_owned(cursor: &mut Cursor<'_>) -> Result<LogRecord<String>, Fault> {
        read(cursor)
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "see `Spare`")]
    fn write(value: &LogRecord<String>, out: &mut Vec<u8>) {
        let text = value.identity.len() + value.userid.len() + value.date.len() + value.request.len();
        // SAFETY: six numbers, four lengths, and the text.
        let mut spare = unsafe { Spare::new(out, 10 * VARINT + text) };
        spare.long_varint(zigzag(i64::from(value.address.x0)));
        spare.long_varint(zigzag(i64::from(value.address.x1)));
        spare.long_varint(zigzag(i64::from(value.address.x2)));
        spare.long_varint(zigzag(i64::from(value.address.x3)));
        spare.avro_string(&value.identity);
        spare.avro_string(&value.userid);
        spare.avro_string(&value.date);
        spare.avro_string(&value.request);
        spare.long_varint(zigzag(i64::from(value.code)));
        spare.long_varint(zigzag(value.size));
        spare.finish();
    }
}

impl HandWritten for LogList {
    #[inline(always)]
    fn read_borrowed<'a>(cursor: &mut Cursor<'a>) -> Result<Logs<&'a str>, Fault> {
        read_list(cursor)
    }

    #[inline(always)]
    fn read_owned(cursor: &mut Cursor<'_>) -> Result<Logs<String>, Fault> {
        read_list(cursor)
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "see `Spare`")]
    fn write(value: &Logs<String>, out: &mut Vec<u8>) {
        if !value.entries.is_empty() {
            // SAFETY: one varint.
            let mut spare = unsafe { Spare::new(out, VARINT) };
            spare.varint((value.entries.len() as u64) << 1);
            spare.finish();
            for entry in &value.entries {
                Log::write(entry, out);
            }
        }
        out.push(0);
    }
}

#[inline(always)]
fn read<'a, S: Text<'a>>(cursor: &mut Cursor<'a>) -> Result<LogRecord<S>, Fault> {
    Ok(LogRecord {
        address: Address {
            x0: cursor.avro_int()?,
            x1: cursor.avro_int()?,
            x2: cursor.avro_int()?,
            x3: cursor.avro_int()?,
        },
        identity: cursor.avro_string()?,
        userid: cursor.avro_string()?,
        date: cursor.avro_string()?,
        request: cursor.avro_string()?,
        code: cursor.avro_int()?,
        size: cursor.avro_long()?,
    })
}

#[inline(always)]
fn read_list<'a, S: Text<'a>>(cursor: &mut Cursor<'a>) -> Result<Logs<S>, Fault> {
    /// The bytes of the shortest record: ten values of one byte each.
    const SHORTEST: usize = 10;
    let mut entries = Vec::new();
    loop {
        let count = cursor.avro_block()?;
        if count == 0 {
            return Ok(Logs { entries });
        }
        entries.reserve(count.min(cursor.rest().len() / SHORTEST));
        for _ in 0..count {
            entries.push(read(cursor)?);
        }
    }
}

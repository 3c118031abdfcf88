//! `num`.

use super::{HandWritten, unzigzag, zigzag};
use crate::data::num::{Num, Reading, State};
use crate::hand::{Cursor, Fault, Spare, spare::VARINT};

impl HandWritten for Num {
    #[inline(always)]
    fn read_borrowed(cursor: &mut Cursor<'_>) -> Result<Reading, Fault> {
        Self::read_owned(cursor)
    }

    #[inline(always)]
    fn read_owned(cursor: &mut Cursor<'_>) -> Result<Reading, Fault> {
        Ok(Reading {
            valid: match cursor.byte()? {
                0 => false,
                1 => true,
                _ => return Err(Fault::Range),
            },
            sensor: cursor.avro_int()?,
            offset: cursor.avro_int()?,
            taken_at: unzigzag(cursor.long_varint()?),
            temperature: f32::from_le_bytes(cursor.array()?),
            pressure: f64::from_le_bytes(cursor.array()?),
            replaces: match cursor.byte()? {
                0 => None,
                2 => Some(unzigzag(cursor.long_varint()?)),
                _ => return Err(Fault::Range),
            },
            counts: longs(cursor)?,
            state: match cursor.byte()? {
                0 => State::Idle,
                2 => State::Active,
                4 => State::Degraded,
                6 => State::Failed,
                _ => return Err(Fault::Range),
            },
        })
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "see `Spare`")]
    fn write(value: &Reading, out: &mut Vec<u8>) {
        // SAFETY: four single bytes (boolean, branch, symbol, end of the array), 12 bytes of floating point, five varints
        // (sensor, offset, taken_at, replaces, the array's count) and those of the array.
        let mut spare = unsafe { Spare::new(out, 4 + 12 + (5 + value.counts.len()) * VARINT) };
        spare.byte(u8::from(value.valid));
        spare.long_varint(zigzag(i64::from(value.sensor)));
        spare.long_varint(zigzag(i64::from(value.offset)));
        spare.long_varint(zigzag(value.taken_at));
        spare.array(value.temperature.to_le_bytes());
        spare.array(value.pressure.to_le_bytes());
        match value.replaces {
            None => spare.byte(0),
            Some(replaces) => {
                spare.byte(2);
                spare.long_varint(zigzag(replaces));
            }
        }
        if !value.counts.is_empty() {
            spare.varint((value.counts.len() as u64) << 1);
            for count in &value.counts {
                spare.long_varint(zigzag(*count));
            }
        }
        spare.byte(0);
        spare.byte((value.state as u8) << 1);
        spare.finish();
    }
}

#[inline(always)]
fn longs(cursor: &mut Cursor<'_>) -> Result<Vec<i64>, Fault> {
    let mut longs = Vec::new();
    loop {
        let count = cursor.avro_block()?;
        if count == 0 {
            return Ok(longs);
        }
        longs.reserve(count);
        for _ in 0..count {
            longs.push(unzigzag(cursor.long_varint()?));
        }
    }
}

//! Avro by hand.

mod big;
pub mod container;
mod log;
mod num;
mod small;
pub mod tasks;

use super::{Cursor, Fault};
use crate::data::{Dataset, Text};

/// A dataset with code written by hand for exactly its schema.
pub trait HandWritten: Dataset {
    /// Reads a value that borrows.
    fn read_borrowed<'a>(cursor: &mut Cursor<'a>) -> Result<Self::Borrowed<'a>, Fault>;

    /// Reads a value that owns.
    fn read_owned(cursor: &mut Cursor<'_>) -> Result<Self::Owned, Fault>;

    /// Appends a value.
    fn write(value: &Self::Owned, out: &mut Vec<u8>);
}

/// Decodes exactly one datum into a value that borrows.
#[inline(always)]
pub fn decode_borrowed<D: HandWritten>(datum: &[u8]) -> Result<D::Borrowed<'_>, Fault> {
    let mut cursor = Cursor::new(datum);
    let value = D::read_borrowed(&mut cursor)?;
    cursor.finish()?;
    Ok(value)
}

/// Decodes exactly one datum into a value that owns.
#[inline(always)]
pub fn decode_owned<D: HandWritten>(datum: &[u8]) -> Result<D::Owned, Fault> {
    let mut cursor = Cursor::new(datum);
    let value = D::read_owned(&mut cursor)?;
    cursor.finish()?;
    Ok(value)
}

impl<'a> Cursor<'a> {
    #[inline(always)]
    fn avro_long(&mut self) -> Result<i64, Fault> {
        self.varint().map(unzigzag)
    }

    #[inline(always)]
    fn avro_int(&mut self) -> Result<i32, Fault> {
        let number = u32::try_from(self.varint()?).map_err(|_| Fault::Range)?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    #[inline(always)]
    fn avro_string<S: Text<'a>>(&mut self) -> Result<S, Fault> {
        let length = self.avro_long()?;
        let length = usize::try_from(length).map_err(|_| Fault::Range)?;
        self.text(length)
    }

    /// The number of items in the next block of an array: 0 at its end.
    #[inline(always)]
    fn avro_block(&mut self) -> Result<usize, Fault> {
        let count = self.avro_long()?;
        if count < 0 {
            // The bytes that the block takes, which only a reader that skips it needs.
            self.avro_long()?;
        }
        let count = usize::try_from(count.unsigned_abs()).map_err(|_| Fault::Range)?;
        // Every item of the arrays here takes at least one byte.
        if count > self.rest().len() { Err(Fault::Truncated) } else { Ok(count) }
    }
}

impl super::Spare<'_> {
    #[inline(always)]
    fn avro_long(&mut self, value: i64) {
        self.varint(zigzag(value));
    }

    #[inline(always)]
    fn avro_string(&mut self, text: &str) {
        self.varint((text.len() as u64) << 1);
        self.bytes(text.as_bytes());
    }
}

#[inline(always)]
const fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[inline(always)]
const fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63).cast_unsigned()
}

//! `small`.

use super::HandWritten;
use crate::data::Text;
use crate::data::small::{Small, SmallRecord};
use crate::hand::{Cursor, Fault, Spare, spare::VARINT};

impl HandWritten for Small {
    #[inline(always)]
    fn read_borrowed<'a>(cursor: &mut Cursor<'a>) -> Result<SmallRecord<&'a str>, Fault> {
        read(cursor)
    }

    #[inline(always)]
    fn read_owned(cursor: &mut Cursor<'_>) -> Result<SmallRecord<String>, Fault> {
        read(cursor)
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "see `Spare`")]
    fn write(value: &SmallRecord<String>, out: &mut Vec<u8>) {
        // SAFETY: one varint and the text.
        let mut spare = unsafe { Spare::new(out, VARINT + value.field.len()) };
        spare.avro_string(&value.field);
        spare.finish();
    }
}

#[inline(always)]
fn read<'a, S: Text<'a>>(cursor: &mut Cursor<'a>) -> Result<SmallRecord<S>, Fault> {
    Ok(SmallRecord { field: cursor.avro_string()? })
}

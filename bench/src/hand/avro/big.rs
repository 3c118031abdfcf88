//! `big`.

use super::HandWritten;
use crate::data::Text;
use crate::data::big::{Big, PostalAddress, User};
use crate::hand::{Cursor, Fault, Spare, spare::VARINT};

impl HandWritten for Big {
    #[inline(always)]
    fn read_borrowed<'a>(cursor: &mut Cursor<'a>) -> Result<User<&'a str>, Fault> {
        read(cursor)
    }

    #[inline(always)]
    fn read_owned(cursor: &mut Cursor<'_>) -> Result<User<String>, Fault> {
        read(cursor)
    }

    #[inline(always)]
    #[expect(unsafe_code, reason = "see `Spare`")]
    fn write(value: &User<String>, out: &mut Vec<u8>) {
        let address = &value.address;
        let text = value.username.len()
            + value.phone.len()
            + value.house_number.len()
            + address.street.len()
            + address.city.len()
            + address.state.len()
            + address.country.len()
            + address.zip.len();
        // SAFETY: eight lengths, an int, and the text.
        let mut spare = unsafe { Spare::new(out, 9 * VARINT + text) };
        spare.avro_string(&value.username);
        spare.avro_long(i64::from(value.age));
        spare.avro_string(&value.phone);
        spare.avro_string(&value.house_number);
        spare.avro_string(&address.street);
        spare.avro_string(&address.city);
        spare.avro_string(&address.state);
        spare.avro_string(&address.country);
        spare.avro_string(&address.zip);
        spare.finish();
    }
}

#[inline(always)]
fn read<'a, S: Text<'a>>(cursor: &mut Cursor<'a>) -> Result<User<S>, Fault> {
    Ok(User {
        username: cursor.avro_string()?,
        age: cursor.avro_int()?,
        phone: cursor.avro_string()?,
        house_number: cursor.avro_string()?,
        address: PostalAddress {
            street: cursor.avro_string()?,
            city: cursor.avro_string()?,
            state: cursor.avro_string()?,
            country: cursor.avro_string()?,
            zip: cursor.avro_string()?,
        },
    })
}

//! `big`.

use super::{Counterpart, expand::record};
use crate::data::big::{Big, PostalAddress, User};

record!('de, "User", UserOwn {
    1 username: String,
    2 age: i32,
    3 phone: String,
    4 house_number: String,
    5 address: AddressOwn,
});
record!('de, "PostalAddress", AddressOwn {
    1 street: String,
    2 city: String,
    3 state: String,
    4 country: String,
    5 zip: String,
});
record!('de, "User", UserView<'de> {
    1 username: &'de str,
    2 age: i32,
    3 phone: &'de str,
    4 house_number: &'de str,
    5 address: AddressView<'de>,
});
record!('de, "PostalAddress", AddressView<'de> {
    1 street: &'de str,
    2 city: &'de str,
    3 state: &'de str,
    4 country: &'de str,
    5 zip: &'de str,
});

impl Counterpart for Big {
    type Own = UserOwn;
    type View<'a> = UserView<'a>;

    fn own(record: &User<String>) -> UserOwn {
        let User { username, age, phone, house_number, address } = record.clone();
        let PostalAddress { street, city, state, country, zip } = address;
        UserOwn { username, age, phone, house_number, address: AddressOwn { street, city, state, country, zip } }
    }

    fn view(record: &User<String>) -> UserView<'_> {
        let User { username, age, phone, house_number, address } = record;
        let PostalAddress { street, city, state, country, zip } = address;
        UserView {
            username,
            age: *age,
            phone,
            house_number,
            address: AddressView { street, city, state, country, zip },
        }
    }
}

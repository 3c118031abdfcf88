//! `big`.

use ::cognate::Cognate;

use super::Counterpart;
use crate::data::big::{Big, PostalAddress, User};

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "bench.User")]
pub struct UserOwn {
    username: String,
    age: i32,
    phone: String,
    house_number: String,
    address: AddressOwn,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "bench.PostalAddress")]
struct AddressOwn {
    street: String,
    city: String,
    state: String,
    country: String,
    zip: String,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "bench.User")]
pub struct UserView<'a> {
    username: &'a str,
    age: i32,
    phone: &'a str,
    house_number: &'a str,
    address: AddressView<'a>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "bench.PostalAddress")]
struct AddressView<'a> {
    street: &'a str,
    city: &'a str,
    state: &'a str,
    country: &'a str,
    zip: &'a str,
}

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

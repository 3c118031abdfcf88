//! `big`, changed.

use ::cognate::Cognate;
use serde::Deserialize;

use super::{ALIASED, Identity, add, changed};
use crate::data::Text;
use crate::data::big::{self, Big, User};
use crate::suite::Suite;
use crate::task::Task;

pub(super) fn tasks() -> Vec<Task> {
    let mut suite = Suite::<Big>::new();
    add::<_, Dropped<String>>(&mut suite);
    add::<_, Added<String>>(&mut suite);
    add::<_, Promoted<String>>(&mut suite);
    add::<_, Aliased<String>>(&mut suite);
    add::<_, Reordered<String>>(&mut suite);
    add::<_, Identity>(&mut suite);
    super::in_groups(suite)
}

/// The reader lacks a field.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.User")]
struct Dropped<S> {
    username: S,
    age: i32,
    house_number: S,
    address: PostalAddress<S>,
}

impl<'a, S: Text<'a>> Dropped<S> {
    fn of(record: &'a User<String>) -> Self {
        Self {
            username: S::from(&record.username),
            age: record.age,
            house_number: S::from(&record.house_number),
            address: PostalAddress::of(&record.address),
        }
    }
}

changed!(Big, "one dropped", Dropped<String>, Dropped<&'a str>);

/// The reader has a field more, with a default.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.User")]
struct Added<S> {
    username: S,
    age: i32,
    phone: S,
    #[cognate(default = "\"nobody@example.com\"")]
    email: S,
    house_number: S,
    address: PostalAddress<S>,
}

impl<'a, S: Text<'a>> Added<S> {
    fn of(record: &'a User<String>) -> Self {
        Self {
            username: S::from(&record.username),
            age: record.age,
            phone: S::from(&record.phone),
            email: S::from("nobody@example.com"),
            house_number: S::from(&record.house_number),
            address: PostalAddress::of(&record.address),
        }
    }
}

changed!(Big, "one added", Added<String>, Added<&'a str>);

/// A field has become one of a wider type.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.User")]
struct Promoted<S> {
    username: S,
    age: i64,
    phone: S,
    house_number: S,
    address: PostalAddress<S>,
}

impl<'a, S: Text<'a>> Promoted<S> {
    fn of(record: &'a User<String>) -> Self {
        Self {
            username: S::from(&record.username),
            age: record.age.into(),
            phone: S::from(&record.phone),
            house_number: S::from(&record.house_number),
            address: PostalAddress::of(&record.address),
        }
    }
}

changed!(Big, "one promoted", Promoted<String>, Promoted<&'a str>);

/// A field has another name.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.User")]
struct Aliased<S> {
    username: S,
    age: i32,
    #[cognate(alias = "phone")]
    telephone: S,
    house_number: S,
    address: PostalAddress<S>,
}

impl<'a, S: Text<'a>> Aliased<S> {
    fn of(record: &'a User<String>) -> Self {
        Self {
            username: S::from(&record.username),
            age: record.age,
            telephone: S::from(&record.phone),
            house_number: S::from(&record.house_number),
            address: PostalAddress::of(&record.address),
        }
    }
}

changed!(Big, ALIASED, Aliased<String>, Aliased<&'a str>);

/// The fields are in the opposite order.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.User")]
struct Reordered<S> {
    address: PostalAddress<S>,
    house_number: S,
    phone: S,
    age: i32,
    username: S,
}

impl<'a, S: Text<'a>> Reordered<S> {
    fn of(record: &'a User<String>) -> Self {
        Self {
            address: PostalAddress::of(&record.address),
            house_number: S::from(&record.house_number),
            phone: S::from(&record.phone),
            age: record.age,
            username: S::from(&record.username),
        }
    }
}

changed!(Big, "reordered", Reordered<String>, Reordered<&'a str>);

#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.PostalAddress")]
struct PostalAddress<S> {
    street: S,
    city: S,
    state: S,
    country: S,
    zip: S,
}

impl<'a, S: Text<'a>> PostalAddress<S> {
    fn of(record: &'a big::PostalAddress<String>) -> Self {
        let big::PostalAddress { street, city, state, country, zip } = record;
        let text = |text: &'a String| S::from(text);
        Self { street: text(street), city: text(city), state: text(state), country: text(country), zip: text(zip) }
    }
}

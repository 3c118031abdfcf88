//! `big`: a user with a nested postal address, eight strings and an int in all.

use serde::{Deserialize, Serialize};

use super::Dataset;
use crate::rng::Rng;

/// The dataset.
#[derive(Debug)]
pub enum Big {}

/// Its record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "User")]
pub struct User<S> {
    /// Five to sixteen letters.
    pub username: S,
    /// In years.
    pub age: i32,
    /// Twelve characters.
    pub phone: S,
    /// One to four digits.
    pub house_number: S,
    /// Where the user lives.
    pub address: PostalAddress<S>,
}

/// The record within [`User`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PostalAddress<S> {
    /// Two words.
    pub street: S,
    /// A name; one in sixteen is not ASCII.
    pub city: S,
    /// Two letters.
    pub state: S,
    /// A name.
    pub country: S,
    /// Five digits.
    pub zip: S,
}

impl Dataset for Big {
    const NAME: &'static str = "big";
    const SCHEMA: &'static str = r#"{
        "type": "record", "name": "User", "namespace": "bench", "fields": [
            {"name": "username", "type": "string"},
            {"name": "age", "type": "int"},
            {"name": "phone", "type": "string"},
            {"name": "house_number", "type": "string"},
            {"name": "address", "type": {"type": "record", "name": "PostalAddress", "fields": [
                {"name": "street", "type": "string"},
                {"name": "city", "type": "string"},
                {"name": "state", "type": "string"},
                {"name": "country", "type": "string"},
                {"name": "zip", "type": "string"}
            ]}}
        ]
    }"#;
    type Owned = User<String>;
    type Borrowed<'a> = User<&'a str>;

    fn records() -> Vec<Self::Owned> {
        let mut rng = Rng::new(2);
        (0..super::RECORDS).map(|_| user(&mut rng)).collect()
    }

    fn borrow(record: &Self::Owned) -> Self::Borrowed<'_> {
        let address = &record.address;
        User {
            username: &record.username,
            age: record.age,
            phone: &record.phone,
            house_number: &record.house_number,
            address: PostalAddress {
                street: &address.street,
                city: &address.city,
                state: &address.state,
                country: &address.country,
                zip: &address.zip,
            },
        }
    }
}

const CITIES: [&str; 16] = [
    "Springfield",
    "Lyon",
    "Amsterdam",
    "Porto",
    "Vienna",
    "Osaka",
    "Nairobi",
    "Quito",
    "Zürich",
    "Bergen",
    "Austin",
    "Leeds",
    "Hobart",
    "Cape Town",
    "Reykjavik",
    "San Francisco",
];
const COUNTRIES: [&str; 6] = ["USA", "France", "Netherlands", "Portugal", "Austria", "New Zealand"];
const STATES: [&str; 8] = ["IL", "CA", "NY", "TX", "WA", "OR", "MA", "FL"];

fn user(rng: &mut Rng) -> User<String> {
    User {
        username: rng.word(5, 16),
        age: i32::try_from(rng.between(14, 98)).expect("a small number"),
        phone: format!("{:03}-{:03}-{:04}", rng.below(1000), rng.below(1000), rng.below(10_000)),
        house_number: rng.between(1, 1999).to_string(),
        address: PostalAddress {
            street: format!("{} {}", rng.word(4, 9), rng.pick(&["Street", "Lane", "Road", "Avenue"])),
            city: rng.pick(&CITIES).to_owned(),
            state: rng.pick(&STATES).to_owned(),
            country: rng.pick(&COUNTRIES).to_owned(),
            zip: format!("{:05}", rng.below(100_000)),
        },
    }
}

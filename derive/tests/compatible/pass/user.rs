//! A type that reads all that was written with the older schema, in all ways that there are.

use std::collections::BTreeMap;

use cognate::Cognate;

#[derive(Cognate, Clone, Copy)]
#[cognate(name = "example.Level", rename_all = "UPPERCASE", compatible_with = "schemas/user.avsc")]
enum Level {
    Low,
    High,
    Highest,
}

#[derive(Cognate)]
#[cognate(namespace = "example", compatible_with = "schemas/user.avsc")]
struct Address<'a> {
    #[cognate(alias = "street")]
    line: &'a str,
    #[cognate(default)]
    city: String,
    next: Option<Box<Self>>,
}

#[derive(Cognate)]
#[cognate(name = "example.Key", compatible_with = "schemas/user.avsc")]
struct Key([u8; 4]);

/// What stands for a plain value is seen by the compiler.
#[derive(Cognate)]
struct Age(i64);

#[derive(Cognate)]
#[cognate(compatible_with = "schemas/user.avsc#/fields/11/type")]
enum Payment<'a> {
    None,
    Address(Address<'a>),
    Levels(Vec<Level>),
    Number(i64),
    Text(String),
}

type Street<'a> = Address<'a>;

#[derive(Cognate)]
#[cognate(name = "Person", alias = "example.User", compatible_with = "schemas/user.avsc")]
struct User<'a> {
    name: &'a str,
    age: Age,
    mail: Option<String>,
    id: uuid::Uuid,
    joined: chrono::NaiveDate,
    #[cognate(decimal(10, 2))]
    balance: rust_decimal::Decimal,
    key: Key,
    level: Level,
    home: Box<Street<'a>>,
    others: Vec<Address<'a>>,
    by_name: BTreeMap<String, Option<Address<'a>>>,
    payment: Payment<'a>,
    #[cognate(default = 1)]
    added: f64,
    #[cognate(skip)]
    cache: Option<u8>,
}

/// Fields that were dropped are no matter.
#[derive(Cognate)]
#[cognate(name = "Only", alias = "example.User", compatible_with = "schemas/user.avsc")]
struct Less {
    age: f64,
}

fn main() {}

//! A derived type yields its own Avro schema, and every attribute shows in it.

use std::{borrow::Cow, collections::BTreeMap};

use cognate::{
    CalendarDuration, Cognate, Typed, avro, chrono,
    rust_decimal::Decimal,
    schema::avro::Schema,
    uuid::{Uuid, uuid},
};

#[track_caller]
fn describes<T: Typed>(schema: &str) {
    let expected = Schema::parse(schema).unwrap();
    assert_eq!(Schema::of::<T>().unwrap().to_json(), expected.to_json());
}

/// Who signs in.
#[derive(Cognate, Debug, PartialEq)]
#[cognate(name = "com.acme.Account", aliases("User", "old.User"), error, rename_all = "camelCase")]
struct User<'a> {
    /// Unique.
    #[cognate(alias = "login", order = "descending")]
    sign_in_name: &'a str,
    #[cognate(default)]
    age: Option<i32>,
    #[cognate(default = 0, order = "ignore", doc = "Told otherwise.")]
    /// Not this.
    points: Option<i64>,
    #[cognate(name = "labels", default = "[\"new\"]")]
    tags: Vec<Cow<'a, str>>,
    payment: Payment,
    #[cognate(null = 1)]
    refund: Option<Refund>,
    #[cognate(default = "\"HEARTS\"")]
    suit: Suit,
    friends: BTreeMap<String, User<'a>>,
    #[cognate(skip)]
    cached: u128,
}

#[derive(Cognate, Debug, PartialEq)]
enum Payment {
    Card(Card),
    None,
    Voucher(String),
}

#[derive(Cognate, Debug, PartialEq)]
enum Refund {
    Amount(i64),
    Text(String),
}

#[derive(Cognate, Debug, PartialEq)]
#[cognate(namespace = "com.acme")]
struct Card {
    digits: Digits,
}

/// The last four.
#[derive(Cognate, Debug, PartialEq)]
#[cognate(namespace = "com.acme.types", alias = "Number")]
struct Digits([u8; 4]);

/// As on the cards.
#[derive(Cognate, Clone, Copy, Debug, PartialEq)]
#[cognate(rename_all = "UPPERCASE")]
enum Suit {
    #[cognate(default)]
    Spades,
    Hearts,
}

#[test]
fn attributes_and_comments_are_in_the_schema() {
    describes::<User<'_>>(
        r#"{"type": "error", "name": "com.acme.Account", "doc": "Who signs in.", "aliases": ["User", "old.User"], "fields": [
            {"name": "signInName", "type": "string", "doc": "Unique.", "aliases": ["login"], "order": "descending"},
            {"name": "age", "type": ["null", "int"], "default": null},
            {"name": "points", "type": ["long", "null"], "doc": "Told otherwise.", "default": 0, "order": "ignore"},
            {"name": "labels", "type": {"type": "array", "items": "string"}, "default": ["new"]},
            {"name": "payment", "type": [
                {"type": "record", "name": "com.acme.Card", "fields": [{"name": "digits", "type":
                    {"type": "fixed", "name": "com.acme.types.Digits", "doc": "The last four.", "aliases": ["Number"], "size": 4}}]},
                "null", "string"]},
            {"name": "refund", "type": ["long", "null", "string"]},
            {"name": "suit", "type": {"type": "enum", "name": "Suit", "namespace": "", "doc": "As on the cards.",
                "symbols": ["SPADES", "HEARTS"], "default": "SPADES"}, "default": "HEARTS"},
            {"name": "friends", "type": {"type": "map", "values": "com.acme.Account"}}
        ]}"#,
    );
}

#[derive(Cognate, Debug, PartialEq)]
struct Logical {
    date: chrono::NaiveDate,
    #[cognate(logical = "time-millis")]
    time: chrono::NaiveTime,
    #[cognate(logical = "timestamp-millis")]
    times: Vec<Option<chrono::DateTime<chrono::Utc>>>,
    local: chrono::NaiveDateTime,
    #[cognate(logical = "timestamp-nanos")]
    plain: i64,
    text_id: Uuid,
    #[cognate(fixed("com.acme.Id", 16))]
    fixed_id: Option<Uuid>,
    #[cognate(decimal(9, 2))]
    price: Decimal,
    #[cognate(decimal(18, 4), fixed("Amount", 8))]
    amounts: Vec<Decimal>,
    big: Decimal,
    #[cognate(decimal(4))]
    raw: Vec<u8>,
    #[cognate(fixed("Period", 12))]
    period: CalendarDuration,
}

#[test]
fn logical_types_are_real_types() {
    describes::<Logical>(
        r#"{"type": "record", "name": "Logical", "fields": [
            {"name": "date", "type": {"type": "int", "logicalType": "date"}},
            {"name": "time", "type": {"type": "int", "logicalType": "time-millis"}},
            {"name": "times", "type": {"type": "array", "items": ["null", {"type": "long", "logicalType": "timestamp-millis"}]}},
            {"name": "local", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
            {"name": "plain", "type": {"type": "long", "logicalType": "timestamp-nanos"}},
            {"name": "text_id", "type": {"type": "string", "logicalType": "uuid"}},
            {"name": "fixed_id", "type": ["null", {"type": "fixed", "name": "com.acme.Id", "size": 16, "logicalType": "uuid"}]},
            {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
            {"name": "amounts", "type": {"type": "array", "items":
                {"type": "fixed", "name": "Amount", "size": 8, "logicalType": "decimal", "precision": 18, "scale": 4}}},
            {"name": "big", "type": {"type": "bytes", "logicalType": "big-decimal"}},
            {"name": "raw", "type": {"type": "bytes", "logicalType": "decimal", "precision": 4}},
            {"name": "period", "type": {"type": "fixed", "name": "Period", "size": 12, "logicalType": "duration"}}
        ]}"#,
    );
    let instant = chrono::DateTime::from_timestamp_millis(1).unwrap();
    let value = Logical {
        date: chrono::NaiveDate::from_ymd_opt(1970, 1, 2).unwrap(),
        time: chrono::NaiveTime::from_hms_milli_opt(0, 0, 0, 2).unwrap(),
        times: vec![Some(instant), None],
        local: chrono::NaiveDateTime::default(),
        plain: -1,
        text_id: uuid!("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        fixed_id: Some(Uuid::from_bytes(*b"0123456789abcdef")),
        price: Decimal::new(-5, 1),
        amounts: vec![Decimal::new(1, 0)],
        big: Decimal::new(15, 1),
        raw: vec![7],
        period: CalendarDuration { months: 1, days: 2, millis: 3 },
    };
    let mut bytes = b"\x02\x04\x04\x02\x02\x00\x00\x00\x01".to_vec();
    bytes.extend(b"\x486ba7b810-9dad-11d1-80b4-00c04fd430c8\x020123456789abcdef");
    bytes.extend(b"\x02\xce\x02\x00\x00\x00\x00\x00\x00\x27\x10\x00\x06\x02\x0f\x02\x02\x07");
    bytes.extend(b"\x01\x00\x00\x00\x02\x00\x00\x00\x03\x00\x00\x00");
    assert_eq!(avro::to_vec(&value).unwrap(), bytes);
    assert_eq!(avro::from_slice::<Logical>(&bytes).unwrap(), value);
}

#[test]
fn one_name_cannot_mean_two_types() {
    #[derive(Cognate)]
    struct Page<T> {
        item: T,
    }
    #[derive(Cognate)]
    #[cognate(name = "Page")]
    struct Other {
        of: Page<i32>,
    }
    assert!(Schema::of::<Page<String>>().is_ok());
    let fault = Schema::of::<Other>().unwrap_err().to_string();
    assert!(fault.contains("two different Rust types have the schema name `Page`"), "{fault}");
}

//! Every logical type: as the types of other crates, and as what the bytes hold. Three sets of types have one schema.

use cognate::{CalendarDuration, Cognate};
use cognate_schema::avro::Schema;
use serde_json::{Value, json};

use crate::{judges, travels};

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "Every", namespace = "test")]
struct Plain<'a> {
    #[cognate(logical = "date")]
    date: i32,
    #[cognate(logical = "time-millis")]
    time_millis: i32,
    #[cognate(logical = "time-micros")]
    time_micros: i64,
    #[cognate(logical = "timestamp-millis")]
    timestamp_millis: i64,
    #[cognate(logical = "timestamp-micros")]
    timestamp_micros: i64,
    #[cognate(logical = "timestamp-nanos")]
    timestamp_nanos: i64,
    #[cognate(logical = "local-timestamp-millis")]
    local_timestamp_millis: i64,
    #[cognate(logical = "local-timestamp-micros")]
    local_timestamp_micros: i64,
    #[cognate(logical = "local-timestamp-nanos")]
    local_timestamp_nanos: i64,
    #[cognate(logical = "uuid")]
    uuid_text: &'a str,
    #[cognate(fixed = "test.Uuid16", logical = "uuid")]
    uuid_bytes: [u8; 16],
    #[cognate(decimal(20, 3))]
    decimal_bytes: &'a [u8],
    #[cognate(fixed = "test.Decimal9", decimal(18, 3))]
    decimal_fixed: [u8; 9],
    #[cognate(logical = "big-decimal")]
    big_decimal: &'a [u8],
    #[cognate(fixed = "test.Duration12", logical = "duration")]
    duration: [u8; 12],
}

macro_rules! with_types {
    ($name:ident, $date:ty, $time:ty, $timestamp:ty, $local:ty) => {
        #[derive(Cognate, Clone, Debug, PartialEq)]
        #[cognate(name = "Every", namespace = "test")]
        struct $name {
            date: $date,
            #[cognate(logical = "time-millis")]
            time_millis: $time,
            time_micros: $time,
            #[cognate(logical = "timestamp-millis")]
            timestamp_millis: $timestamp,
            timestamp_micros: $timestamp,
            #[cognate(logical = "timestamp-nanos")]
            timestamp_nanos: $timestamp,
            #[cognate(logical = "local-timestamp-millis")]
            local_timestamp_millis: $local,
            local_timestamp_micros: $local,
            #[cognate(logical = "local-timestamp-nanos")]
            local_timestamp_nanos: $local,
            uuid_text: uuid::Uuid,
            #[cognate(fixed("test.Uuid16", 16))]
            uuid_bytes: uuid::Uuid,
            #[cognate(decimal(20, 3))]
            decimal_bytes: rust_decimal::Decimal,
            #[cognate(fixed("test.Decimal9", 9), decimal(18, 3))]
            decimal_fixed: rust_decimal::Decimal,
            big_decimal: rust_decimal::Decimal,
            duration: CalendarDuration,
        }
    };
}

with_types!(Chrono, chrono::NaiveDate, chrono::NaiveTime, chrono::DateTime<chrono::Utc>, chrono::NaiveDateTime);
with_types!(Jiff, jiff::civil::Date, jiff::civil::Time, jiff::Timestamp, jiff::civil::DateTime);

const SCHEMA: &str = r#"{"type": "record", "name": "test.Every", "fields": [
    {"name": "date", "type": {"type": "int", "logicalType": "date"}},
    {"name": "time_millis", "type": {"type": "int", "logicalType": "time-millis"}},
    {"name": "time_micros", "type": {"type": "long", "logicalType": "time-micros"}},
    {"name": "timestamp_millis", "type": {"type": "long", "logicalType": "timestamp-millis"}},
    {"name": "timestamp_micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
    {"name": "timestamp_nanos", "type": {"type": "long", "logicalType": "timestamp-nanos"}},
    {"name": "local_timestamp_millis", "type": {"type": "long", "logicalType": "local-timestamp-millis"}},
    {"name": "local_timestamp_micros", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
    {"name": "local_timestamp_nanos", "type": {"type": "long", "logicalType": "local-timestamp-nanos"}},
    {"name": "uuid_text", "type": {"type": "string", "logicalType": "uuid"}},
    {"name": "uuid_bytes", "type": {"type": "fixed", "name": "Uuid16", "size": 16, "logicalType": "uuid"}},
    {"name": "decimal_bytes", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 3}},
    {"name": "decimal_fixed", "type":
        {"type": "fixed", "name": "Decimal9", "size": 9, "logicalType": "decimal", "precision": 18, "scale": 3}},
    {"name": "big_decimal", "type": {"type": "bytes", "logicalType": "big-decimal"}},
    {"name": "duration", "type": {"type": "fixed", "name": "Duration12", "size": 12, "logicalType": "duration"}}
]}"#;

/// A moment by its parts, and what it comes down to.
struct Example {
    year: i16,
    month: i8,
    day: i8,
    nanos_of_day: i64,
    uuid: &'static str,
    decimal: &'static str,
    duration: CalendarDuration,
    neutral: Value,
}

#[test]
fn every_logical_type_travels() {
    let mut judges = judges();
    for example in examples() {
        let neutral = &example.neutral;
        travels(&mut judges, SCHEMA, &example.chrono(), &mut Vec::new(), neutral);
        travels(&mut judges, SCHEMA, &example.jiff(), &mut Vec::new(), neutral);
        let bytes = |name: &str| {
            let text = neutral[name]["$bytes"].as_str().expect("bytes");
            hex::decode(text).expect("hex")
        };
        let long = |name: &str| neutral[name].as_i64().expect("a number");
        let int = |name: &str| i32::try_from(long(name)).expect("an int");
        let (decimal, big) = (bytes("decimal_bytes"), bytes("big_decimal"));
        let plain = Plain {
            date: int("date"),
            time_millis: int("time_millis"),
            time_micros: long("time_micros"),
            timestamp_millis: long("timestamp_millis"),
            timestamp_micros: long("timestamp_micros"),
            timestamp_nanos: long("timestamp_nanos"),
            local_timestamp_millis: long("local_timestamp_millis"),
            local_timestamp_micros: long("local_timestamp_micros"),
            local_timestamp_nanos: long("local_timestamp_nanos"),
            uuid_text: neutral["uuid_text"].as_str().expect("text"),
            uuid_bytes: bytes("uuid_bytes").try_into().expect("16 bytes"),
            decimal_bytes: &decimal,
            decimal_fixed: bytes("decimal_fixed").try_into().expect("9 bytes"),
            big_decimal: &big,
            duration: bytes("duration").try_into().expect("12 bytes"),
        };
        let (mut by_types, mut by_plain) = (Vec::new(), Vec::new());
        cognate::avro::encode_into(&example.chrono(), &mut by_types).expect("it fits");
        travels(&mut judges, SCHEMA, &plain, &mut by_plain, neutral);
        assert_eq!(by_types, by_plain);
    }
}

#[test]
fn the_three_have_one_schema() {
    let expected = Schema::parse(SCHEMA).expect("the schema is sound");
    assert_eq!(Schema::of::<Plain<'_>>().expect("a schema"), expected);
    assert_eq!(Schema::of::<Chrono>().expect("a schema"), expected);
    assert_eq!(Schema::of::<Jiff>().expect("a schema"), expected);
}

fn examples() -> [Example; 2] {
    [
        // The last millisecond before the epoch, and what is negative.
        Example {
            year: 1969,
            month: 12,
            day: 31,
            nanos_of_day: 86_399_999_000_000,
            uuid: "00000000-0000-0000-0000-000000000000",
            decimal: "-0.129",
            duration: CalendarDuration::default(),
            neutral: json!({
                "date": -1,
                "time_millis": 86_399_999,
                "time_micros": 86_399_999_000_i64,
                "timestamp_millis": -1,
                "timestamp_micros": -1_000,
                "timestamp_nanos": -1_000_000,
                "local_timestamp_millis": -1,
                "local_timestamp_micros": -1_000,
                "local_timestamp_nanos": -1_000_000,
                "uuid_text": "00000000-0000-0000-0000-000000000000",
                "uuid_bytes": {"$bytes": "00000000000000000000000000000000"},
                "decimal_bytes": {"$bytes": "ff7f"},
                "decimal_fixed": {"$bytes": "ffffffffffffffff7f"},
                // The number's bytes with their length, then the scale.
                "big_decimal": {"$bytes": "04ff7f06"},
                "duration": {"$bytes": "000000000000000000000000"},
            }),
        },
        Example {
            year: 2024,
            month: 2,
            day: 29,
            nanos_of_day: (12 * 3600 + 34 * 60 + 56) * 1_000_000_000 + 789_000_000,
            uuid: "123e4567-e89b-12d3-a456-426614174000",
            decimal: "123456789.128",
            duration: CalendarDuration { months: 1, days: u32::MAX, millis: 258 },
            neutral: json!({
                "date": 19_782,
                "time_millis": 45_296_789,
                "time_micros": 45_296_789_000_i64,
                "timestamp_millis": 1_709_210_096_789_i64,
                "timestamp_micros": 1_709_210_096_789_000_i64,
                "timestamp_nanos": 1_709_210_096_789_000_000_i64,
                "local_timestamp_millis": 1_709_210_096_789_i64,
                "local_timestamp_micros": 1_709_210_096_789_000_i64,
                "local_timestamp_nanos": 1_709_210_096_789_000_000_i64,
                "uuid_text": "123e4567-e89b-12d3-a456-426614174000",
                "uuid_bytes": {"$bytes": "123e4567e89b12d3a456426614174000"},
                "decimal_bytes": {"$bytes": "1cbe991a88"},
                "decimal_fixed": {"$bytes": "000000001cbe991a88"},
                "big_decimal": {"$bytes": "0a1cbe991a8806"},
                "duration": {"$bytes": "01000000ffffffff02010000"},
            }),
        },
    ]
}

impl Example {
    fn chrono(&self) -> Chrono {
        let (month, day) = (self.month.unsigned_abs().into(), self.day.unsigned_abs().into());
        let date = chrono::NaiveDate::from_ymd_opt(self.year.into(), month, day).expect("a date");
        let time = chrono::NaiveTime::MIN + chrono::TimeDelta::nanoseconds(self.nanos_of_day);
        let local = date.and_time(time);
        let decimal = self.decimal.parse().expect("a decimal");
        let uuid = self.uuid.parse().expect("a UUID");
        Chrono {
            date,
            time_millis: time,
            time_micros: time,
            timestamp_millis: local.and_utc(),
            timestamp_micros: local.and_utc(),
            timestamp_nanos: local.and_utc(),
            local_timestamp_millis: local,
            local_timestamp_micros: local,
            local_timestamp_nanos: local,
            uuid_text: uuid,
            uuid_bytes: uuid,
            decimal_bytes: decimal,
            decimal_fixed: decimal,
            big_decimal: decimal,
            duration: self.duration,
        }
    }

    fn jiff(&self) -> Jiff {
        let date = jiff::civil::date(self.year, self.month, self.day);
        let time = jiff::civil::Time::midnight() + jiff::SignedDuration::from_nanos(self.nanos_of_day);
        let local = date.to_datetime(time);
        let instant = jiff::tz::TimeZone::UTC.to_timestamp(local).expect("a moment");
        let decimal = self.decimal.parse().expect("a decimal");
        let uuid = self.uuid.parse().expect("a UUID");
        Jiff {
            date,
            time_millis: time,
            time_micros: time,
            timestamp_millis: instant,
            timestamp_micros: instant,
            timestamp_nanos: instant,
            local_timestamp_millis: local,
            local_timestamp_micros: local,
            local_timestamp_nanos: local,
            uuid_text: uuid,
            uuid_bytes: uuid,
            decimal_bytes: decimal,
            decimal_fixed: decimal,
            big_decimal: decimal,
            duration: self.duration,
        }
    }
}

//! `log`: 10,000 records of an access log, eleven fields each; and `log-list`, the same as one list in one value.

use serde::{Deserialize, Serialize};

use super::Dataset;
use crate::rng::Rng;

macro_rules! log_schema {
    () => {
        r#"{
        "type": "record", "name": "Log", "namespace": "bench", "fields": [
            {"name": "address", "type": {"type": "record", "name": "Address", "fields": [
                {"name": "x0", "type": "int"},
                {"name": "x1", "type": "int"},
                {"name": "x2", "type": "int"},
                {"name": "x3", "type": "int"}
            ]}},
            {"name": "identity", "type": "string"},
            {"name": "userid", "type": "string"},
            {"name": "date", "type": "string"},
            {"name": "request", "type": "string"},
            {"name": "code", "type": "int"},
            {"name": "size", "type": "long"}
        ]
    }"#
    };
}

/// The dataset of one datum per record.
#[derive(Debug)]
pub enum Log {}

/// The dataset of one datum that holds all records in an array.
#[derive(Debug)]
pub enum LogList {}

/// An access.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Log")]
pub struct LogRecord<S> {
    /// The client's.
    pub address: Address,
    /// Mostly `-`.
    pub identity: S,
    /// `-` or a name.
    pub userid: S,
    /// Twenty-six characters.
    pub date: S,
    /// The request line.
    pub request: S,
    /// The HTTP status.
    pub code: i32,
    /// Bytes sent.
    pub size: i64,
}

/// An IPv4 address, one int per octet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "octets")]
pub struct Address {
    pub x0: i32,
    pub x1: i32,
    pub x2: i32,
    pub x3: i32,
}

/// The value of [`LogList`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Logs")]
pub struct Logs<S> {
    /// All records.
    pub entries: Vec<LogRecord<S>>,
}

impl Dataset for Log {
    const NAME: &'static str = "log";
    const SCHEMA: &'static str = log_schema!();
    type Owned = LogRecord<String>;
    type Borrowed<'a> = LogRecord<&'a str>;

    fn records() -> Vec<Self::Owned> {
        let mut rng = Rng::new(4);
        (0..super::RECORDS).map(|_| log(&mut rng)).collect()
    }

    fn borrow(record: &Self::Owned) -> Self::Borrowed<'_> {
        LogRecord {
            address: record.address,
            identity: &record.identity,
            userid: &record.userid,
            date: &record.date,
            request: &record.request,
            code: record.code,
            size: record.size,
        }
    }
}

impl Dataset for LogList {
    const NAME: &'static str = "log-list";
    const SCHEMA: &'static str = concat!(
        r#"{"type": "record", "name": "Logs", "namespace": "bench", "fields": [
            {"name": "entries", "type": {"type": "array", "items": "#,
        log_schema!(),
        "}}]}"
    );
    type Owned = Logs<String>;
    type Borrowed<'a> = Logs<&'a str>;

    fn records() -> Vec<Self::Owned> {
        vec![Logs { entries: Log::records() }]
    }

    fn borrow(record: &Self::Owned) -> Self::Borrowed<'_> {
        Logs { entries: record.entries.iter().map(Log::borrow).collect() }
    }

    fn units(record: &Self::Owned) -> usize {
        record.entries.len()
    }
}

const USERS: [&str; 8] = ["-", "-", "alice", "bob", "carol", "deborah", "grace", "mallory"];
const PATHS: [&str; 8] =
    ["/", "/login", "/feed", "/api/users", "/post/41", "/static/a.css", "/img/logo.png", "/search"];
const METHODS: [&str; 6] = ["GET", "GET", "GET", "POST", "PUT", "DELETE"];
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const CODES: [i32; 8] = [200, 200, 200, 201, 304, 404, 403, 500];

fn log(rng: &mut Rng) -> LogRecord<String> {
    let mut octet = || i32::try_from(rng.below(256)).expect("an octet");
    LogRecord {
        address: Address { x0: octet(), x1: octet(), x2: octet(), x3: octet() },
        identity: rng.pick(&["-", "-", "-", "ident"]).to_owned(),
        userid: rng.pick(&USERS).to_owned(),
        date: format!(
            "{:02}/{}/{}:{:02}:{:02}:{:02} +0000",
            rng.between(1, 28),
            rng.pick(&MONTHS),
            rng.between(2010, 2026),
            rng.below(24),
            rng.below(60),
            rng.below(60)
        ),
        request: format!("{} {} HTTP/1.1", rng.pick(&METHODS), rng.pick(&PATHS)),
        code: CODES[rng.below(8) as usize],
        size: i64::from(rng.below(100_000_000)),
    }
}

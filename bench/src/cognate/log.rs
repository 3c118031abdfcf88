//! `log` and `log-list`.

use ::cognate::Cognate;
use serde::Deserialize;

use super::Counterpart;
use crate::data::log::{self, Log, LogList, LogRecord};

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "bench.Logs")]
pub struct LogsOwn {
    #[cognate(number = 1)]
    entries: Vec<LogOwn>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "bench.Log")]
pub struct LogOwn {
    #[cognate(number = 1)]
    address: Address,
    #[cognate(number = 2)]
    identity: String,
    #[cognate(number = 3)]
    userid: String,
    #[cognate(number = 4)]
    date: String,
    #[cognate(number = 5)]
    request: String,
    #[cognate(number = 6)]
    code: i32,
    #[cognate(number = 7)]
    size: i64,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "bench.Logs")]
pub struct LogsView<'a> {
    #[cognate(number = 1)]
    entries: Vec<LogView<'a>>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "bench.Log")]
pub struct LogView<'a> {
    #[cognate(number = 1)]
    address: Address,
    #[cognate(number = 2)]
    identity: &'a str,
    #[cognate(number = 3)]
    userid: &'a str,
    #[cognate(number = 4)]
    date: &'a str,
    #[cognate(number = 5)]
    request: &'a str,
    #[cognate(number = 6)]
    code: i32,
    #[cognate(number = 7)]
    size: i64,
}

#[derive(Cognate, Deserialize, Clone, Debug, PartialEq)]
#[cognate(name = "bench.Address")]
pub(super) struct Address {
    #[cognate(number = 1)]
    x0: i32,
    #[cognate(number = 2)]
    x1: i32,
    #[cognate(number = 3)]
    x2: i32,
    #[cognate(number = 4)]
    x3: i32,
}

impl Counterpart for Log {
    type Own = LogOwn;
    type View<'a> = LogView<'a>;

    fn own(record: &LogRecord<String>) -> LogOwn {
        let LogRecord { address, identity, userid, date, request, code, size } = record.clone();
        LogOwn { address: address.into(), identity, userid, date, request, code, size }
    }

    fn view(record: &LogRecord<String>) -> LogView<'_> {
        let LogRecord { address, identity, userid, date, request, code, size } = record;
        LogView { address: (*address).into(), identity, userid, date, request, code: *code, size: *size }
    }
}

impl Counterpart for LogList {
    type Own = LogsOwn;
    type View<'a> = LogsView<'a>;

    fn own(record: &log::Logs<String>) -> LogsOwn {
        LogsOwn { entries: record.entries.iter().map(Log::own).collect() }
    }

    fn view(record: &log::Logs<String>) -> LogsView<'_> {
        LogsView { entries: record.entries.iter().map(Log::view).collect() }
    }
}

impl From<log::Address> for Address {
    fn from(log::Address { x0, x1, x2, x3 }: log::Address) -> Self {
        Self { x0, x1, x2, x3 }
    }
}

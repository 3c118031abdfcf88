//! `log` and `log-list`.

use super::{Counterpart, expand::record};
use crate::data::log::{self, Log, LogList, LogRecord};

record!('de, "Logs", LogsOwn { 1 entries: Vec<LogOwn>, });
record!('de, "Log", LogOwn {
    1 address: Address,
    2 identity: String,
    3 userid: String,
    4 date: String,
    5 request: String,
    6 code: i32,
    7 size: i64,
});
record!('de, "Logs", LogsView<'de> { 1 entries: Vec<LogView<'de>>, });
record!('de, "Log", LogView<'de> {
    1 address: Address,
    2 identity: &'de str,
    3 userid: &'de str,
    4 date: &'de str,
    5 request: &'de str,
    6 code: i32,
    7 size: i64,
});
record!('de, "Address", Address { 1 x0: i32, 2 x1: i32, 3 x2: i32, 4 x3: i32, });

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

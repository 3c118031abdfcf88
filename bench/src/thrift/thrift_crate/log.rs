//! The types of `thrift/log.thrift`.

use super::structs;
use crate::data::log::{self, LogRecord};

structs! {
    struct Address {
        1: required x0: i32,
        2: required x1: i32,
        3: required x2: i32,
        4: required x3: i32,
    }

    struct Log {
        1: required address: Address,
        2: required identity: String,
        3: required userid: String,
        4: required date: String,
        5: required request: String,
        6: required code: i32,
        7: required size: i64,
    }

    struct Logs {
        1: required entries: Vec<Log>,
    }
}

impl From<LogRecord<String>> for Log {
    fn from(log: LogRecord<String>) -> Self {
        let LogRecord { address, identity, userid, date, request, code, size } = log;
        let log::Address { x0, x1, x2, x3 } = address;
        Self { address: Address { x0, x1, x2, x3 }, identity, userid, date, request, code, size }
    }
}

//! prost, with the messages that its generator would write.

use prost::Message;

use crate::data::log::{self, LogRecord};
use crate::messages::Suite;
use crate::task::{Operation, Role};

const NAME: &str = "prost";

/// Adds its tasks. It has no borrowed decode.
pub(super) fn add(suite: &mut Suite) {
    suite.decode(Operation::DecodeOwned, (NAME, Role::Peer), Logs::decode, |value, logs| value == Logs::from(logs));
    suite.encode((NAME, Role::Peer), Logs::from(suite.logs), |value, out| value.encode(out).expect("a vector grows"));
}

#[derive(Clone, PartialEq, Message)]
struct Logs {
    #[prost(message, repeated, tag = "1")]
    entries: Vec<Log>,
}

#[derive(Clone, PartialEq, Message)]
struct Log {
    #[prost(message, optional, tag = "1")]
    address: Option<Address>,
    #[prost(string, tag = "2")]
    identity: String,
    #[prost(string, tag = "3")]
    userid: String,
    #[prost(string, tag = "4")]
    date: String,
    #[prost(string, tag = "5")]
    request: String,
    #[prost(int32, tag = "6")]
    code: i32,
    #[prost(int64, tag = "7")]
    size: i64,
}

#[derive(Clone, Copy, PartialEq, Message)]
struct Address {
    #[prost(int32, tag = "1")]
    x0: i32,
    #[prost(int32, tag = "2")]
    x1: i32,
    #[prost(int32, tag = "3")]
    x2: i32,
    #[prost(int32, tag = "4")]
    x3: i32,
}

impl From<&log::Logs<String>> for Logs {
    fn from(logs: &log::Logs<String>) -> Self {
        Self { entries: logs.entries.iter().map(Log::from).collect() }
    }
}

impl From<&LogRecord<String>> for Log {
    fn from(log: &LogRecord<String>) -> Self {
        let log::Address { x0, x1, x2, x3 } = log.address;
        Self {
            address: Some(Address { x0, x1, x2, x3 }),
            identity: log.identity.clone(),
            userid: log.userid.clone(),
            date: log.date.clone(),
            request: log.request.clone(),
            code: log.code,
            size: log.size,
        }
    }
}

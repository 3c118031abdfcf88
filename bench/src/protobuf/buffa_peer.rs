//! buffa, with the code that its generator writes at build time.

use buffa::{Message, MessageView};

use self::generated::cognate::bench;
use crate::data::log::{self, LogRecord};
use crate::messages::Suite;
use crate::task::{Operation, Role};

const NAME: &str = "buffa";

/// Adds its tasks.
pub(super) fn add(suite: &mut Suite) {
    suite.decode(Operation::DecodeBorrowed, (NAME, Role::Peer), bench::LogsView::decode_view, |view, logs| {
        view.to_owned_message().is_ok_and(|value| value == bench::Logs::from(logs))
    });
    suite.decode(Operation::DecodeOwned, (NAME, Role::Peer), bench::Logs::decode_from_slice, |value, logs| {
        value == bench::Logs::from(logs)
    });
    suite.encode((NAME, Role::Peer), bench::Logs::from(suite.logs), Message::encode);
}

#[expect(clippy::pedantic, unreachable_pub, rust_2018_idioms, reason = "another project's generator")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/buffa_log.rs"));
}

impl From<&log::Logs<String>> for bench::Logs {
    fn from(logs: &log::Logs<String>) -> Self {
        Self { entries: logs.entries.iter().map(bench::Log::from).collect() }
    }
}

impl From<&LogRecord<String>> for bench::Log {
    fn from(log: &LogRecord<String>) -> Self {
        let log::Address { x0, x1, x2, x3 } = log.address;
        Self {
            address: buffa::MessageField::some(bench::Address { x0, x1, x2, x3 }),
            identity: log.identity.clone(),
            userid: log.userid.clone(),
            date: log.date.clone(),
            request: log.request.clone(),
            code: log.code,
            size: log.size,
        }
    }
}

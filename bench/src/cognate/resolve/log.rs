//! `log`, changed.

use ::cognate::Cognate;
use serde::Deserialize;

use super::{ALIASED, Identity, add, changed};
use crate::cognate::log::Address;
use crate::data::Text;
use crate::data::log::{Log, LogRecord};
use crate::suite::Suite;
use crate::task::Task;

pub(super) fn tasks() -> Vec<Task> {
    let mut suite = Suite::<Log>::new();
    add::<_, Dropped<String>>(&mut suite);
    add::<_, Added<String>>(&mut suite);
    add::<_, Promoted<String>>(&mut suite);
    add::<_, Aliased<String>>(&mut suite);
    add::<_, Reordered<String>>(&mut suite);
    add::<_, Identity>(&mut suite);
    super::in_groups(suite)
}

/// The reader lacks a field.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.Log")]
struct Dropped<S> {
    address: Address,
    identity: S,
    userid: S,
    request: S,
    code: i32,
    size: i64,
}

impl<'a, S: Text<'a>> Dropped<S> {
    fn of(record: &'a LogRecord<String>) -> Self {
        Self {
            address: record.address.into(),
            identity: S::from(&record.identity),
            userid: S::from(&record.userid),
            request: S::from(&record.request),
            code: record.code,
            size: record.size,
        }
    }
}

changed!(Log, "one dropped", Dropped<String>, Dropped<&'a str>);

/// The reader has a field more, with a default.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.Log")]
struct Added<S> {
    address: Address,
    identity: S,
    userid: S,
    date: S,
    request: S,
    #[cognate(default = "\"-\"")]
    agent: S,
    code: i32,
    size: i64,
}

impl<'a, S: Text<'a>> Added<S> {
    fn of(record: &'a LogRecord<String>) -> Self {
        Self {
            address: record.address.into(),
            identity: S::from(&record.identity),
            userid: S::from(&record.userid),
            date: S::from(&record.date),
            request: S::from(&record.request),
            agent: S::from("-"),
            code: record.code,
            size: record.size,
        }
    }
}

changed!(Log, "one added", Added<String>, Added<&'a str>);

/// A field has become one of a wider type.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.Log")]
struct Promoted<S> {
    address: Address,
    identity: S,
    userid: S,
    date: S,
    request: S,
    code: f64,
    size: i64,
}

impl<'a, S: Text<'a>> Promoted<S> {
    fn of(record: &'a LogRecord<String>) -> Self {
        Self {
            address: record.address.into(),
            identity: S::from(&record.identity),
            userid: S::from(&record.userid),
            date: S::from(&record.date),
            request: S::from(&record.request),
            code: record.code.into(),
            size: record.size,
        }
    }
}

changed!(Log, "one promoted", Promoted<String>, Promoted<&'a str>);

/// A field has another name.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.Log")]
struct Aliased<S> {
    address: Address,
    identity: S,
    #[cognate(alias = "userid")]
    user: S,
    date: S,
    request: S,
    code: i32,
    size: i64,
}

impl<'a, S: Text<'a>> Aliased<S> {
    fn of(record: &'a LogRecord<String>) -> Self {
        Self {
            address: record.address.into(),
            identity: S::from(&record.identity),
            user: S::from(&record.userid),
            date: S::from(&record.date),
            request: S::from(&record.request),
            code: record.code,
            size: record.size,
        }
    }
}

changed!(Log, ALIASED, Aliased<String>, Aliased<&'a str>);

/// The fields are in the opposite order.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.Log")]
struct Reordered<S> {
    size: i64,
    code: i32,
    request: S,
    date: S,
    userid: S,
    identity: S,
    address: Address,
}

impl<'a, S: Text<'a>> Reordered<S> {
    fn of(record: &'a LogRecord<String>) -> Self {
        Self {
            size: record.size,
            code: record.code,
            request: S::from(&record.request),
            date: S::from(&record.date),
            userid: S::from(&record.userid),
            identity: S::from(&record.identity),
            address: record.address.into(),
        }
    }
}

changed!(Log, "reordered", Reordered<String>, Reordered<&'a str>);

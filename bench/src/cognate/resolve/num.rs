//! `num`, changed. It has no text, so its borrowed form is its owned one.

use ::cognate::Cognate;
use serde::Deserialize;

use super::{ALIASED, Identity, add, changed};
use crate::cognate::num::State;
use crate::data::num::{Num, Reading};
use crate::suite::Suite;
use crate::task::Task;

pub(super) fn tasks() -> Vec<Task> {
    let mut suite = Suite::<Num>::new();
    add::<_, Dropped>(&mut suite);
    add::<_, Added>(&mut suite);
    add::<_, Promoted>(&mut suite);
    add::<_, Aliased>(&mut suite);
    add::<_, Reordered>(&mut suite);
    add::<_, Identity>(&mut suite);
    super::in_groups(suite)
}

/// The reader lacks a field.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.Reading")]
struct Dropped {
    valid: bool,
    sensor: i32,
    taken_at: i64,
    temperature: f32,
    pressure: f64,
    replaces: Option<i64>,
    counts: Vec<i64>,
    state: State,
}

impl Dropped {
    fn of(record: &Reading) -> Self {
        Self {
            valid: record.valid,
            sensor: record.sensor,
            taken_at: record.taken_at,
            temperature: record.temperature,
            pressure: record.pressure,
            replaces: record.replaces,
            counts: record.counts.clone(),
            state: record.state.into(),
        }
    }
}

changed!(Num, "one dropped", Dropped, Dropped);

/// The reader has a field more, with a default.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.Reading")]
struct Added {
    valid: bool,
    sensor: i32,
    offset: i32,
    #[cognate(default = 7)]
    unit: i32,
    taken_at: i64,
    temperature: f32,
    pressure: f64,
    replaces: Option<i64>,
    counts: Vec<i64>,
    state: State,
}

impl Added {
    fn of(record: &Reading) -> Self {
        Self {
            valid: record.valid,
            sensor: record.sensor,
            offset: record.offset,
            unit: 7,
            taken_at: record.taken_at,
            temperature: record.temperature,
            pressure: record.pressure,
            replaces: record.replaces,
            counts: record.counts.clone(),
            state: record.state.into(),
        }
    }
}

changed!(Num, "one added", Added, Added);

/// A field has become one of a wider type.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.Reading")]
struct Promoted {
    valid: bool,
    sensor: i32,
    offset: i32,
    taken_at: i64,
    temperature: f64,
    pressure: f64,
    replaces: Option<i64>,
    counts: Vec<i64>,
    state: State,
}

impl Promoted {
    fn of(record: &Reading) -> Self {
        Self {
            valid: record.valid,
            sensor: record.sensor,
            offset: record.offset,
            taken_at: record.taken_at,
            temperature: record.temperature.into(),
            pressure: record.pressure,
            replaces: record.replaces,
            counts: record.counts.clone(),
            state: record.state.into(),
        }
    }
}

changed!(Num, "one promoted", Promoted, Promoted);

/// A field has another name.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.Reading")]
struct Aliased {
    valid: bool,
    sensor: i32,
    offset: i32,
    taken_at: i64,
    temperature: f32,
    pressure: f64,
    #[cognate(alias = "replaces")]
    predecessor: Option<i64>,
    counts: Vec<i64>,
    state: State,
}

impl Aliased {
    fn of(record: &Reading) -> Self {
        Self {
            valid: record.valid,
            sensor: record.sensor,
            offset: record.offset,
            taken_at: record.taken_at,
            temperature: record.temperature,
            pressure: record.pressure,
            predecessor: record.replaces,
            counts: record.counts.clone(),
            state: record.state.into(),
        }
    }
}

changed!(Num, ALIASED, Aliased, Aliased);

/// The fields are in the opposite order.
#[derive(Cognate, Deserialize, Debug, PartialEq)]
#[cognate(name = "bench.Reading")]
struct Reordered {
    state: State,
    counts: Vec<i64>,
    replaces: Option<i64>,
    pressure: f64,
    temperature: f32,
    taken_at: i64,
    offset: i32,
    sensor: i32,
    valid: bool,
}

impl Reordered {
    fn of(record: &Reading) -> Self {
        Self {
            state: record.state.into(),
            counts: record.counts.clone(),
            replaces: record.replaces,
            pressure: record.pressure,
            temperature: record.temperature,
            taken_at: record.taken_at,
            offset: record.offset,
            sensor: record.sensor,
            valid: record.valid,
        }
    }
}

changed!(Num, "reordered", Reordered, Reordered);

//! `num`.

use ::cognate::Cognate;

use super::Counterpart;
use crate::data::num::{self, Num};

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "bench.Reading")]
pub struct Reading {
    valid: bool,
    sensor: i32,
    offset: i32,
    taken_at: i64,
    temperature: f32,
    pressure: f64,
    replaces: Option<i64>,
    counts: Vec<i64>,
    state: State,
}

/// The enum within [`Reading`].
#[derive(Cognate, Clone, Copy, Debug, PartialEq, Eq)]
#[cognate(namespace = "bench")]
enum State {
    Idle,
    Active,
    Degraded,
    Failed,
}

impl Counterpart for Num {
    type Own = Reading;
    type View<'a> = Reading;

    fn own(record: &num::Reading) -> Reading {
        let num::Reading { valid, sensor, offset, taken_at, temperature, pressure, replaces, counts, state } =
            record.clone();
        let state = match state {
            num::State::Idle => State::Idle,
            num::State::Active => State::Active,
            num::State::Degraded => State::Degraded,
            num::State::Failed => State::Failed,
        };
        Reading { valid, sensor, offset, taken_at, temperature, pressure, replaces, counts, state }
    }

    fn view(record: &num::Reading) -> Reading {
        Self::own(record)
    }
}

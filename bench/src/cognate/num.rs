//! `num`.

use ::cognate::Cognate;
use serde::Deserialize;

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
#[derive(Cognate, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[cognate(namespace = "bench")]
pub(super) enum State {
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
        let state = state.into();
        Reading { valid, sensor, offset, taken_at, temperature, pressure, replaces, counts, state }
    }

    fn view(record: &num::Reading) -> Reading {
        Self::own(record)
    }
}

impl From<num::State> for State {
    fn from(state: num::State) -> Self {
        match state {
            num::State::Idle => Self::Idle,
            num::State::Active => Self::Active,
            num::State::Degraded => Self::Degraded,
            num::State::Failed => Self::Failed,
        }
    }
}

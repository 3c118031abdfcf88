//! `num`: six scalars, a nullable long, sixteen longs and an enum.

use serde::{Deserialize, Serialize};

use super::Dataset;
use crate::rng::Rng;

/// The dataset. It has no text, so its borrowed form is its owned one.
#[derive(Debug)]
pub enum Num {}

/// Its record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Whether the reading counts.
    pub valid: bool,
    /// A small count: one or two bytes on the wire.
    pub sensor: i32,
    /// A random magnitude of up to 31 bits.
    pub offset: i32,
    /// Milliseconds since 1970: six bytes on the wire.
    pub taken_at: i64,
    /// Degrees.
    pub temperature: f32,
    /// Hectopascal.
    pub pressure: f64,
    /// Absent in one of four.
    pub replaces: Option<i64>,
    /// Sixteen of random magnitudes of up to 27 bits and both signs: one to four bytes each on the wire.
    pub counts: Vec<i64>,
    /// The state of the sensor.
    pub state: State,
}

/// The enum within [`Reading`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "symbols")]
pub enum State {
    Idle,
    Active,
    Degraded,
    Failed,
}

impl Dataset for Num {
    const NAME: &'static str = "num";
    const SCHEMA: &'static str = r#"{
        "type": "record", "name": "Reading", "namespace": "bench", "fields": [
            {"name": "valid", "type": "boolean"},
            {"name": "sensor", "type": "int"},
            {"name": "offset", "type": "int"},
            {"name": "taken_at", "type": "long"},
            {"name": "temperature", "type": "float"},
            {"name": "pressure", "type": "double"},
            {"name": "replaces", "type": ["null", "long"]},
            {"name": "counts", "type": {"type": "array", "items": "long"}},
            {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["Idle", "Active", "Degraded", "Failed"]}}
        ]
    }"#;
    type Owned = Reading;
    type Borrowed<'a> = Reading;

    fn records() -> Vec<Self::Owned> {
        let mut rng = Rng::new(3);
        (0..super::RECORDS).map(|_| reading(&mut rng)).collect()
    }

    fn borrow(record: &Self::Owned) -> Self::Borrowed<'_> {
        record.clone()
    }
}

fn reading(rng: &mut Rng) -> Reading {
    Reading {
        valid: rng.below(8) != 0,
        sensor: i32::try_from(rng.below(500)).expect("a small number"),
        offset: i32::try_from(rng.signed_magnitude(31)).expect("at most 31 bits"),
        taken_at: 1_700_000_000_000 + i64::from(rng.below(1 << 30)),
        temperature: f32::from(u8::try_from(rng.below(200)).expect("below 200")) / 4.0 - 15.0,
        pressure: f64::from(rng.between(9_500, 10_500)) / 10.0,
        replaces: (rng.below(4) != 0).then(|| i64::from(rng.below(1 << 20))),
        counts: (0..16).map(|_| rng.signed_magnitude(27)).collect(),
        state: [State::Idle, State::Active, State::Degraded, State::Failed][rng.below(4) as usize],
    }
}

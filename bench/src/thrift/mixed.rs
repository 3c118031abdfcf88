//! `mixed`: 10,000 structs of twenty fields of all kinds, in the peer's types.

use thrift::OrderedFloat;
use uuid::Uuid;

use super::thrift_crate::mixed::{Level, Mixed, Place};
use crate::data::RECORDS;
use crate::rng::Rng;

/// The structs. The same at every call.
pub(super) fn records() -> Vec<Mixed> {
    let mut rng = Rng::new(20);
    (0..RECORDS).map(|_| mixed(&mut rng)).collect()
}

/// The struct whose doubles have their bytes in the opposite order.
pub(super) fn with_doubles_turned(record: Mixed) -> Mixed {
    let turn = |double: OrderedFloat<f64>| OrderedFloat(f64::from_bits(double.to_bits().swap_bytes()));
    let place =
        |Place { latitude, longitude, label }| Place { latitude: turn(latitude), longitude: turn(longitude), label };
    Mixed {
        ratio: turn(record.ratio),
        origin: place(record.origin),
        stops: record.stops.map(|stops| stops.into_iter().map(place).collect()),
        ..record
    }
}

const TAGS: [&str; 8] = ["new", "urgent", "billing", "eu-west-1", "retry", "internal", "v2", "needs review"];
const LEVELS: [i32; 4] = [0, 1, 2, 8];

fn mixed(rng: &mut Rng) -> Mixed {
    Mixed {
        active: Some(rng.below(2) == 0),
        channel: i8::try_from(rng.signed_magnitude(7)).expect("seven bits"),
        port: i16::try_from(rng.signed_magnitude(15)).expect("fifteen bits"),
        attempts: number(rng, 20),
        created_at: 1_500_000_000_000 + i64::from(rng.below(u32::MAX)),
        ratio: fraction(rng),
        name: rng.word(5, 16),
        note: note(rng),
        payload: (0..rng.between(8, 40)).map(|_| byte(rng)).collect(),
        id: Uuid::from_u64_pair(rng.bits(), rng.bits()),
        level: Level(LEVELS[rng.below(4) as usize]),
        origin: place(rng),
        counts: (0..rng.below(20)).map(|_| number(rng, 24)).collect(),
        tags: (0..rng.below(5)).map(|_| rng.pick(&TAGS).to_owned()).collect(),
        peers: (0..rng.below(5)).map(|_| rng.signed_magnitude(40)).collect(),
        weights: (0..rng.below(5)).map(|_| (rng.word(3, 9), number(rng, 16))).collect(),
        expires_at: half(rng, |rng| rng.signed_magnitude(50)),
        pinned: half(rng, |rng| rng.below(2) == 0),
        comment: half(rng, |rng| rng.word(10, 30)),
        stops: half(rng, |rng| (0..rng.below(4)).map(|_| place(rng)).collect()),
    }
}

/// Three to ten words; one note in four is not all ASCII.
fn note(rng: &mut Rng) -> String {
    let mut words: Vec<String> = (0..rng.between(3, 10)).map(|_| rng.word(2, 9)).collect();
    if rng.below(4) == 0 {
        words.push("Zürich".to_owned());
    }
    words.join(" ")
}

fn place(rng: &mut Rng) -> Place {
    Place { latitude: fraction(rng), longitude: fraction(rng), label: half(rng, |rng| rng.word(4, 12)) }
}

fn fraction(rng: &mut Rng) -> OrderedFloat<f64> {
    OrderedFloat(f64::from(rng.below(u32::MAX)) / f64::from(u32::MAX))
}

fn number(rng: &mut Rng, bits: u32) -> i32 {
    i32::try_from(rng.signed_magnitude(bits)).expect("fewer than 32 bits")
}

fn byte(rng: &mut Rng) -> u8 {
    u8::try_from(rng.below(256)).expect("a byte")
}

fn half<T>(rng: &mut Rng, make: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    (rng.below(2) == 0).then(|| make(rng))
}

//! Random scalars, leaning towards boundaries.

use fastrand::Rng;
use serde_json::{Value, json};

use super::{once_in, pick};

pub(crate) fn int(random: &mut Rng) -> i32 {
    const EDGES: &[i32] = &[0, -1, 1, 63, 64, -64, -65, 8191, 8192, -8192, -8193, i32::MAX, i32::MIN];
    if random.bool() { *pick(random, EDGES) } else { random.i32(..) >> random.u32(..32) }
}

pub(crate) fn long(random: &mut Rng) -> i64 {
    const EDGES: &[i64] = &[0, -1, 1, i64::MAX, i64::MIN, 1 << 53, (1 << 53) + 1];
    if once_in(random, 3) {
        // Where the encoding takes another byte.
        let edge = 1_i64 << (random.u32(1..9) * 7 - 1);
        let near = edge - i64::from(random.bool());
        return if random.bool() { near } else { -near - 1 };
    }
    if random.bool() { *pick(random, EDGES) } else { random.i64(..) >> random.u32(..64) }
}

pub(crate) fn float(random: &mut Rng) -> f32 {
    const EDGES: &[f32] = &[0.0, -0.0, 1.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MIN_POSITIVE, 1e-45];
    let value = if random.bool() { *pick(random, EDGES) } else { f32::from_bits(random.u32(..)) };
    // The other not-a-numbers do not survive every implementation; golden vectors have them.
    if value.is_nan() { f32::from_bits(0x7fc0_0000) } else { value }
}

pub(crate) fn double(random: &mut Rng) -> f64 {
    const EDGES: &[f64] = &[0.0, -0.0, 1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, 5e-324];
    let value = if random.bool() { *pick(random, EDGES) } else { f64::from_bits(random.u64(..)) };
    if value.is_nan() { f64::from_bits(0x7ff8_0000_0000_0000) } else { value }
}

/// A length of text or bytes: none where there has been enough.
pub(crate) fn length(random: &mut Rng, tired: bool) -> usize {
    match random.u32(..8) {
        _ if tired => 0,
        0 => 0,
        // Around where the length takes a second byte.
        1 => random.usize(60..70),
        _ => random.usize(1..20),
    }
}

/// Bytes in the neutral form.
pub(crate) fn bytes(random: &mut Rng, length: usize) -> Value {
    let bytes: Vec<u8> = (0..length).map(|_| random.u8(..)).collect();
    json!({"$bytes": hex::encode(bytes)})
}

/// A text of so many characters.
pub(crate) fn string(random: &mut Rng, length: usize) -> String {
    const ODD: &[char] = &['é', 'ß', '中', '🎈', '\u{0}', '"', '\\', '\u{2028}', '\u{10ffff}', '\u{ffff}'];
    let odd = once_in(random, 3);
    let character = |random: &mut Rng| {
        if odd && random.bool() { *pick(random, ODD) } else { char::from(random.u8(b' '..=b'~')) }
    };
    (0..length).map(|_| character(random)).collect()
}

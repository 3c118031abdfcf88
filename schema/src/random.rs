//! Random text.

use std::fmt::Write;

use fastrand::Rng;

/// A word, sometimes with letters outside ASCII.
pub(crate) fn word(rng: &mut Rng) -> &'static str {
    const WORDS: [&str; 16] = [
        "amber", "basil", "cedar", "delta", "ember", "fjord", "grove", "heron", "iris", "juniper", "kelp", "lark",
        "meadow", "naïve", "opal", "石",
    ];
    WORDS.get(rng.usize(0..WORDS.len())).copied().unwrap_or_default()
}

/// A few words.
pub(crate) fn text(rng: &mut Rng) -> String {
    let words = rng.usize(1..4);
    let mut text = word(rng).to_owned();
    for _ in 1..words {
        // Writing to a string does not fail.
        let _ = write!(text, " {}", word(rng));
    }
    text
}

/// A random UUID (RFC 9562, version 4).
pub(crate) fn uuid(rng: &mut Rng) -> [u8; 16] {
    let bits = rng.u128(..) & !(0xf << 76) & !(0x3 << 62) | (4 << 76) | (2 << 62);
    bits.to_be_bytes()
}

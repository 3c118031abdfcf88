//! A small seeded generator, so that every run and every machine measures the same records.

/// `SplitMix64`: enough for test data, and free of a dependency whose stream might change.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// A generator whose whole stream is determined by `seed`.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which must not be 0.
    pub const fn below(&mut self, bound: u32) -> u32 {
        let [high, _] = halves((self.bits() >> 32) * bound as u64);
        high
    }

    /// A number from `low` up to and including `high`.
    pub const fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high - low + 1)
    }

    /// A number of a random magnitude of up to `bits` bits, with a random sign.
    pub const fn signed_magnitude(&mut self, bits: u32) -> i64 {
        let width = self.below(bits + 1);
        let [high, low] = halves(self.bits());
        let magnitude = ((high as i64) << 31 | (low >> 1) as i64) & ((1 << width) - 1);
        if self.below(2) == 0 { magnitude } else { -magnitude }
    }

    /// One of `choices`, which must not be empty.
    pub fn pick<'c>(&mut self, choices: &[&'c str]) -> &'c str {
        let count = u32::try_from(choices.len()).expect("a list written by hand");
        choices[self.below(count) as usize]
    }

    /// A lower-case word of `low` to `high` letters.
    pub fn word(&mut self, low: u32, high: u32) -> String {
        let length = self.between(low, high);
        (0..length).map(|_| char::from(b"etaoinshrdlucmfwypvbgkjqxz"[self.below(26) as usize])).collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the halves of a word")]
const fn halves(word: u64) -> [u32; 2] {
    [(word >> 32) as u32, word as u32]
}

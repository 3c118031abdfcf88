//! Fingerprints of the canonical form, specification section "Schema Fingerprints".

use std::fmt;

use md5::Md5;
use sha2::{Digest, Sha256};

use crate::avro::model::Schema;

/// A way to compute a fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// CRC-64-AVRO, a Rabin fingerprint: 64 bits. What single-object encoding carries.
    Rabin,
    /// MD5: 128 bits.
    Md5,
    /// SHA-256: 256 bits.
    Sha256,
}

/// A fingerprint. Displayed as lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fingerprint {
    /// The 64-bit number; in single-object encoding its bytes are in little-endian order.
    Rabin(u64),
    /// The digest.
    Md5([u8; 16]),
    /// The digest.
    Sha256([u8; 32]),
}

impl Schema {
    /// The fingerprint of the canonical form.
    pub fn fingerprint(&self, algorithm: Algorithm) -> Fingerprint {
        let form = self.canonical_form();
        match algorithm {
            Algorithm::Rabin => Fingerprint::Rabin(rabin(form.as_bytes())),
            Algorithm::Md5 => Fingerprint::Md5(Md5::digest(form).into()),
            Algorithm::Sha256 => Fingerprint::Sha256(Sha256::digest(form).into()),
        }
    }

    /// The CRC-64-AVRO fingerprint of the canonical form.
    pub fn rabin(&self) -> u64 {
        rabin(self.canonical_form().as_bytes())
    }
}

/// The CRC-64-AVRO of some bytes.
pub fn rabin(bytes: &[u8]) -> u64 {
    bytes.iter().fold(EMPTY, |fingerprint, byte| {
        let [low, ..] = fingerprint.to_le_bytes();
        (fingerprint >> 8) ^ TABLE[usize::from(low ^ byte)]
    })
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digest: &[u8] = match self {
            Self::Rabin(number) => return write!(f, "{number:016x}"),
            Self::Md5(digest) => digest,
            Self::Sha256(digest) => digest,
        };
        digest.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The fingerprint of no bytes, which is also the polynomial.
const EMPTY: u64 = 0xc15d_213a_a4d7_a795;

static TABLE: [u64; 256] = table();

const fn table() -> [u64; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < table.len() {
        let mut fingerprint = index as u64;
        let mut bit = 0;
        while bit < 8 {
            let carry = if fingerprint & 1 == 1 { EMPTY } else { 0 };
            fingerprint = (fingerprint >> 1) ^ carry;
            bit += 1;
        }
        table[index] = fingerprint;
        index += 1;
    }
    table
}

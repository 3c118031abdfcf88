//! Base-128 varints and zigzag, shared by Avro, Protobuf and Thrift Compact.
//!
//! A varint holds seven bits a byte, least significant first; the top bit of a byte says that another follows
//! (Protobuf encoding guide, "Base 128 Varints"; Avro 1.12, "Binary Encoding").

/// The most bytes of a varint of 64 bits.
pub const MAX_LEN_64: usize = 10;

/// Maps small magnitudes of either sign to small unsigned numbers: 0, −1, 1, −2 become 0, 1, 2, 3.
#[inline(always)]
pub const fn zigzag_64(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)).cast_unsigned()
}

/// The inverse of [`zigzag_64`].
#[inline(always)]
pub const fn unzigzag_64(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

/// [`zigzag_64`] for 32 bits.
#[inline(always)]
pub const fn zigzag_32(value: i32) -> u32 {
    ((value << 1) ^ (value >> 31)).cast_unsigned()
}

/// The inverse of [`zigzag_32`].
#[inline(always)]
pub const fn unzigzag_32(value: u32) -> i32 {
    (value >> 1).cast_signed() ^ -((value & 1).cast_signed())
}

/// How many bytes the varint of a value takes: 1 to 10.
#[inline(always)]
pub const fn len_64(value: u64) -> usize {
    // Seven bits a byte: (64 − leading zeros) / 7, rounded up, at least 1; 9/64 is close enough to 1/7 in this range.
    ((64 - (value | 1).leading_zeros() as usize) * 9 + 64) / 64
}

/// Moves the low seven bits of each byte together: the value of a varint of up to eight bytes.
///
/// `word` holds the varint's bytes little-endian and zeros behind them. Each step drops the continuation bits between pairs of
/// groups and so doubles the width of what lies together: 7 bits, 14, 28, 56.
#[inline(always)]
pub(crate) const fn gather(word: u64) -> u64 {
    let word = word & 0x7f7f_7f7f_7f7f_7f7f;
    let word = (word & 0x007f_007f_007f_007f) | ((word & 0x7f00_7f00_7f00_7f00) >> 1);
    let word = (word & 0x0000_3fff_0000_3fff) | ((word & 0x3fff_0000_3fff_0000) >> 2);
    (word & 0x0000_0000_0fff_ffff) | ((word & 0x0fff_ffff_0000_0000) >> 4)
}

/// The inverse of [`gather`] for a value below 2^56, with the continuation bits set: the varint's bytes, little-endian, and
/// how many there are.
#[inline(always)]
pub(crate) const fn scatter(value: u64) -> (u64, usize) {
    let len = len_64(value);
    let word = (value & 0x0000_0000_0fff_ffff) | ((value & 0x00ff_ffff_f000_0000) << 4);
    let word = (word & 0x0000_3fff_0000_3fff) | ((word & 0x0fff_c000_0fff_c000) << 2);
    let word = (word & 0x007f_007f_007f_007f) | ((word & 0x3f80_3f80_3f80_3f80) << 1);
    (word | (0x8080_8080_8080_8080 & ((1 << (8 * (len - 1))) - 1)), len)
}

/// Decodes a varint of up to 64 bits byte by byte: the value and its length.
///
/// `None` when the bytes end before it does; `Err` when it is longer than ten bytes or past 64 bits.
#[inline]
pub(crate) fn decode_slow(bytes: &[u8]) -> Result<Option<(u64, usize)>, TooLong> {
    let mut value = 0u64;
    for (position, &byte) in bytes.iter().take(MAX_LEN_64).enumerate() {
        let bits = u64::from(byte & 0x7f);
        if position == MAX_LEN_64 - 1 && byte > 1 {
            return Err(TooLong);
        }
        value |= bits << (7 * position);
        if byte < 0x80 {
            return Ok(Some((value, position + 1)));
        }
    }
    if bytes.len() >= MAX_LEN_64 { Err(TooLong) } else { Ok(None) }
}

/// A varint is longer than ten bytes or holds more than 64 bits.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLong;

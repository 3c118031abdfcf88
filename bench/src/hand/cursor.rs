//! Reads varints, text and fixed-width values from a slice.

use crate::data::Text;

/// Why bytes do not decode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The input ends within a value.
    Truncated,
    /// A varint of more than ten bytes, or of more than 64 bits.
    Varint,
    /// A number outside the range of its type, a negative length, or an index that names nothing.
    Range,
    /// Text that is not UTF-8.
    Utf8,
    /// Bytes after the value.
    Trailing,
    /// A tag that no field has.
    Tag,
}

/// The part of the input that is not yet read.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    rest: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// Reads from the beginning of `bytes`.
    #[inline]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What is not yet read.
    #[inline]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Checks that everything is read.
    #[inline]
    pub const fn finish(self) -> Result<(), Fault> {
        if self.rest.is_empty() { Ok(()) } else { Err(Fault::Trailing) }
    }

    /// One byte.
    #[inline(always)]
    pub const fn byte(&mut self) -> Result<u8, Fault> {
        let [byte, rest @ ..] = self.rest else { return Err(Fault::Truncated) };
        self.rest = rest;
        Ok(*byte)
    }

    /// The next byte, when it is `byte`, is read.
    #[inline(always)]
    pub fn expect(&mut self, byte: u8) -> bool {
        match self.rest {
            [first, rest @ ..] if *first == byte => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// `count` bytes.
    #[inline(always)]
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let (bytes, rest) = self.rest.split_at_checked(count).ok_or(Fault::Truncated)?;
        self.rest = rest;
        Ok(bytes)
    }

    /// `N` bytes.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or(Fault::Truncated)?;
        self.rest = rest;
        Ok(*bytes)
    }

    /// A varint that mostly has one or two bytes.
    #[inline(always)]
    pub fn varint(&mut self) -> Result<u64, Fault> {
        match self.rest {
            [first, rest @ ..] if *first < 0x80 => {
                self.rest = rest;
                Ok(u64::from(*first))
            }
            [first, second, rest @ ..] if *second < 0x80 => {
                self.rest = rest;
                Ok(u64::from(*first & 0x7f) | u64::from(*second) << 7)
            }
            _ => self.long_varint(),
        }
    }

    /// A varint of any length, without a branch on that length as long as the input goes on for eight bytes.
    #[inline(always)]
    pub fn long_varint(&mut self) -> Result<u64, Fault> {
        if let Some(window) = self.rest.first_chunk::<8>() {
            let word = u64::from_le_bytes(*window);
            let stops = !word & 0x8080_8080_8080_8080;
            if stops != 0 {
                let length = stops.trailing_zeros() / 8 + 1;
                self.rest = &self.rest[length as usize..];
                return Ok(squeeze(word & (stops ^ (stops - 1))));
            }
        }
        self.varint_bytewise()
    }

    #[cold]
    fn varint_bytewise(&mut self) -> Result<u64, Fault> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(Fault::Varint);
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(Fault::Varint)
    }

    /// `length` bytes of UTF-8.
    #[inline(always)]
    pub fn text<S: Text<'a>>(&mut self, length: usize) -> Result<S, Fault> {
        let window = self.rest.first_chunk::<16>();
        let text = self.bytes(length)?;
        let ascii = match window {
            // Sixteen bytes are looked at whatever the length, which spares branches on it.
            Some(window) if length <= 16 => {
                let high = u128::from_le_bytes(*window) & HIGH_BITS_16;
                (high.trailing_zeros() / 8) as usize >= length
            }
            _ => is_ascii(text),
        };
        if ascii { Ok(S::from(trust(text))) } else { utf8(text).map(S::from) }
    }
}

const HIGH_BITS_16: u128 = 0x8080_8080_8080_8080_8080_8080_8080_8080;

/// By words, the last of which overlaps the one before: no byte is looked at alone but in the shortest text.
#[inline(always)]
fn is_ascii(text: &[u8]) -> bool {
    if let (Some(head), Some(tail)) = (text.first_chunk::<16>(), text.last_chunk::<16>())
        && text.len() <= 32
    {
        (u128::from_le_bytes(*head) | u128::from_le_bytes(*tail)) & HIGH_BITS_16 == 0
    } else if let Some(tail) = text.last_chunk::<8>() {
        let (words, _) = text.as_chunks::<8>();
        let bits = words.iter().fold(u64::from_le_bytes(*tail), |bits, word| bits | u64::from_le_bytes(*word));
        bits & 0x8080_8080_8080_8080 == 0
    } else if let (Some(head), Some(tail)) = (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (u32::from_le_bytes(*head) | u32::from_le_bytes(*tail)) & 0x8080_8080 == 0
    } else {
        text.iter().fold(0, |bits, byte| bits | byte) < 0x80
    }
}

/// Moves the low seven bits of each byte together.
#[inline(always)]
const fn squeeze(word: u64) -> u64 {
    let word = word & 0x7f7f_7f7f_7f7f_7f7f;
    let word = (word & 0x007f_007f_007f_007f) | ((word & 0x7f00_7f00_7f00_7f00) >> 1);
    let word = (word & 0x0000_3fff_0000_3fff) | ((word & 0x3fff_0000_3fff_0000) >> 2);
    (word & 0x0000_0000_0fff_ffff) | ((word & 0x0fff_ffff_0000_0000) >> 4)
}

#[inline(always)]
fn trust(text: &[u8]) -> &str {
    debug_assert!(text.is_ascii());
    // SAFETY: the caller has found the high bit of every byte of `text` unset, and ASCII is UTF-8.
    #[expect(unsafe_code, reason = "an expert would not check twice")]
    unsafe {
        str::from_utf8_unchecked(text)
    }
}

#[inline(never)]
fn utf8(text: &[u8]) -> Result<&str, Fault> {
    str::from_utf8(text).map_err(|_| Fault::Utf8)
}

//! A bounded reader over input bytes.

use core::{marker::PhantomData, slice};

use super::text;
use crate::{
    DecodeError, DecodeErrorKind,
    varint::{self, TooLong},
};

/// A position in input bytes, and their end.
///
/// Reading past the end is an error, never a panic. The end can be brought nearer for a sub-message and restored after it
/// ([`Cursor::narrow`]).
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'de> {
    // Invariant: start <= at <= end <= limit, where `start..limit` is a `&'de [u8]`.
    start: *const u8,
    at: *const u8,
    end: *const u8,
    limit: *const u8,
    input: PhantomData<&'de [u8]>,
}

// SAFETY: a cursor is a `&[u8]` in another form; it only reads.
unsafe impl Send for Cursor<'_> {}
// SAFETY: as above; no method reads and writes through a shared reference.
unsafe impl Sync for Cursor<'_> {}

impl<'de> Cursor<'de> {
    /// A cursor at the start of the bytes.
    #[inline(always)]
    pub fn new(bytes: &'de [u8]) -> Self {
        let range = bytes.as_ptr_range();
        Self { start: range.start, at: range.start, end: range.end, limit: range.end, input: PhantomData }
    }

    /// Bytes between the position and the end.
    #[inline(always)]
    pub fn remaining(&self) -> usize {
        // The invariant makes this a subtraction that cannot wrap.
        self.end.addr() - self.at.addr()
    }

    /// Bytes between the start of the input and the position.
    #[inline(always)]
    pub fn offset(&self) -> usize {
        self.at.addr() - self.start.addr()
    }

    /// Whether nothing is left.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.at == self.end
    }

    /// What is left.
    #[inline(always)]
    pub fn rest(&self) -> &'de [u8] {
        // SAFETY: by the invariant `at..end` lies in the bytes borrowed for 'de.
        unsafe { slice::from_raw_parts(self.at, self.remaining()) }
    }

    /// Brings the end to `len` bytes from here, for a sub-message. The old end comes back for [`Cursor::widen`].
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] when fewer bytes are left.
    #[inline(always)]
    pub fn narrow(&mut self, len: u64) -> Result<End, DecodeError> {
        let outer = End(self.end.addr() - self.start.addr());
        if len > self.remaining() as u64 {
            return Err(truncated(self.offset(), len, self.remaining()));
        }
        // SAFETY: len <= remaining, so the new end lies between `at` and the old end.
        self.end = unsafe { self.at.add(len as usize) };
        Ok(outer)
    }

    /// Puts the end back to where it was before [`Cursor::narrow`].
    ///
    /// # Panics
    /// When the end is not one of this cursor's: it lies before the position or past the input.
    #[inline(always)]
    pub fn widen(&mut self, End(len): End) {
        assert!(
            self.offset() <= len && len <= self.limit.addr() - self.start.addr(),
            "an end that belongs to another cursor"
        );
        // SAFETY: just checked to lie between the position and the limit.
        self.end = unsafe { self.start.add(len) };
    }

    /// The position, to come back to.
    #[inline(always)]
    pub fn mark(&self) -> Mark {
        Mark(self.offset())
    }

    /// Goes back to a position.
    ///
    /// # Panics
    /// When the position is not one of this cursor's: it lies behind the present one.
    #[inline]
    pub fn rewind(&mut self, Mark(offset): Mark) {
        assert!(offset <= self.offset(), "a position that belongs to another cursor");
        // SAFETY: just checked to lie between the start and the position.
        self.at = unsafe { self.start.add(offset) };
    }

    /// What lies between an earlier position and this one.
    ///
    /// # Panics
    /// As [`Cursor::rewind`].
    #[inline]
    pub fn since(&self, Mark(offset): Mark) -> &'de [u8] {
        assert!(offset <= self.offset(), "a position that belongs to another cursor");
        // SAFETY: just checked to lie between the start and the position, whose bytes are borrowed for 'de.
        unsafe { slice::from_raw_parts(self.start.add(offset), self.offset() - offset) }
    }

    /// The next byte, left in place.
    #[inline(always)]
    pub fn peek(&self) -> Option<u8> {
        // SAFETY: at < end, so `at` points at a byte of the input.
        if self.at < self.end { Some(unsafe { *self.at }) } else { None }
    }

    /// Goes past the next byte, where there is one.
    #[inline(always)]
    pub fn skip_peeked(&mut self) {
        if self.at < self.end {
            // SAFETY: at < end, so `at + 1 <= end`.
            self.at = unsafe { self.at.add(1) };
        }
    }

    /// The next byte.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`].
    #[inline(always)]
    pub fn byte(&mut self) -> Result<u8, DecodeError> {
        match self.peek() {
            Some(byte) => {
                // SAFETY: peek saw a byte, so `at + 1 <= end`.
                self.at = unsafe { self.at.add(1) };
                Ok(byte)
            }
            None => Err(truncated(self.offset(), 1, 0)),
        }
    }

    /// The next `len` bytes.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`].
    #[inline(always)]
    pub fn bytes(&mut self, len: u64) -> Result<&'de [u8], DecodeError> {
        if len > self.remaining() as u64 {
            return Err(truncated(self.offset(), len, self.remaining()));
        }
        let len = len as usize;
        // SAFETY: len <= remaining, so the bytes lie in the input, and `at + len <= end`.
        let bytes = unsafe { slice::from_raw_parts(self.at, len) };
        // SAFETY: as above.
        self.at = unsafe { self.at.add(len) };
        Ok(bytes)
    }

    /// The next `N` bytes.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`].
    #[inline(always)]
    pub fn array<const N: usize>(&mut self) -> Result<&'de [u8; N], DecodeError> {
        if N > self.remaining() {
            return Err(truncated(self.offset(), N as u64, self.remaining()));
        }
        // SAFETY: N <= remaining; an array of bytes has no alignment.
        let array = unsafe { &*self.at.cast::<[u8; N]>() };
        // SAFETY: as above.
        self.at = unsafe { self.at.add(N) };
        Ok(array)
    }

    /// The next `len` bytes as UTF-8 text.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] and [`DecodeErrorKind::InvalidUtf8`].
    #[inline(always)]
    pub fn text(&mut self, len: u64) -> Result<&'de str, DecodeError> {
        let offset = self.offset();
        // Sixteen bytes are looked at whatever the length, which spares branches on it.
        let window = if self.remaining() >= 16 {
            // SAFETY: sixteen bytes are left; the read needs no alignment.
            Some(u128::from_le(unsafe { self.at.cast::<u128>().read_unaligned() }))
        } else {
            None
        };
        let bytes = self.bytes(len)?;
        let text = match window {
            Some(window) if len <= 16 => text::check_window(bytes, window),
            _ => text::check(bytes),
        };
        text.ok_or_else(|| invalid_utf8(offset))
    }

    /// Goes past the next bytes when they are `expected`, and says whether they were.
    #[inline(always)]
    pub fn take_if<const N: usize>(&mut self, expected: [u8; N]) -> bool {
        if N <= self.remaining() {
            // SAFETY: N <= remaining; an array of bytes has no alignment.
            let found = unsafe { *self.at.cast::<[u8; N]>() };
            if found == expected {
                // SAFETY: N <= remaining.
                self.at = unsafe { self.at.add(N) };
                return true;
            }
        }
        false
    }

    /// A varint of up to 64 bits that mostly has one or two bytes.
    ///
    /// # Errors
    /// [`DecodeErrorKind::Truncated`] and [`DecodeErrorKind::VarintTooLong`].
    #[inline(always)]
    pub fn varint(&mut self) -> Result<u64, DecodeError> {
        if self.remaining() >= 2 {
            // SAFETY: two bytes are left.
            let (first, second) = unsafe { (*self.at, *self.at.add(1)) };
            if first < 0x80 {
                // SAFETY: two bytes are left.
                self.at = unsafe { self.at.add(1) };
                return Ok(u64::from(first));
            }
            if second < 0x80 {
                // SAFETY: two bytes are left.
                self.at = unsafe { self.at.add(2) };
                return Ok(u64::from(first & 0x7f) | u64::from(second) << 7);
            }
        }
        self.varint_word()
    }

    /// A varint of up to 64 bits whose length is not to be guessed: without a branch on it, as long as eight bytes are left.
    ///
    /// # Errors
    /// As [`Cursor::varint`].
    #[inline(always)]
    pub fn varint_word(&mut self) -> Result<u64, DecodeError> {
        if self.remaining() >= 8 {
            // SAFETY: eight bytes are left; the read needs no alignment.
            let word = u64::from_le(unsafe { self.at.cast::<u64>().read_unaligned() });
            let ends = !word & 0x8080_8080_8080_8080;
            if ends != 0 {
                let len = ends.trailing_zeros() / 8 + 1;
                // SAFETY: 1 <= len <= 8 <= remaining.
                self.at = unsafe { self.at.add(len as usize) };
                return Ok(varint::gather(word & (ends ^ (ends - 1))));
            }
        }
        let (value, len) = varint_cold(self.rest(), self.offset())?;
        // SAFETY: varint_cold read the len bytes out of `rest`.
        self.at = unsafe { self.at.add(len) };
        Ok(value)
    }

    /// A zigzag varint of 64 bits that mostly has one or two bytes: counts and indexes.
    ///
    /// # Errors
    /// As [`Cursor::varint`].
    #[inline(always)]
    pub fn zigzag_short(&mut self) -> Result<i64, DecodeError> {
        Ok(varint::unzigzag_64(self.varint()?))
    }

    /// A zigzag varint of 64 bits: Avro's `long`.
    ///
    /// # Errors
    /// As [`Cursor::varint`].
    #[inline(always)]
    pub fn zigzag_64(&mut self) -> Result<i64, DecodeError> {
        Ok(varint::unzigzag_64(self.varint_word()?))
    }

    /// A zigzag varint of 32 bits: Avro's `int`.
    ///
    /// # Errors
    /// As [`Cursor::varint`], and [`DecodeErrorKind::IntegerOutOfRange`].
    #[inline(always)]
    pub fn zigzag_32(&mut self) -> Result<i32, DecodeError> {
        let offset = self.offset();
        let raw = self.varint()?;
        match u32::try_from(raw) {
            Ok(raw) => Ok(varint::unzigzag_32(raw)),
            Err(_) => Err(integer_out_of_range(varint::unzigzag_64(raw), offset)),
        }
    }

    /// The length of what follows, as a zigzag varint that may not be negative: Avro's strings and bytes.
    ///
    /// # Errors
    /// As [`Cursor::varint`], and [`DecodeErrorKind::NegativeLength`].
    #[inline(always)]
    pub fn zigzag_len(&mut self) -> Result<u64, DecodeError> {
        let offset = self.offset();
        let raw = self.varint()?;
        if raw & 1 == 0 { Ok(raw >> 1) } else { Err(negative_length(varint::unzigzag_64(raw), offset)) }
    }
}

/// A position of a [`Cursor`], to come back to.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Mark(usize);

/// An end of a [`Cursor`], kept while a nearer one is in force.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct End(usize);

// The builders of errors take values, not the cursor, so that the cursor can stay in registers.

#[cold]
#[inline(never)]
fn truncated(offset: usize, needed: u64, remaining: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::Truncated { needed, remaining }, offset)
}

#[cold]
#[inline(never)]
fn invalid_utf8(offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::InvalidUtf8, offset)
}

#[cold]
#[inline(never)]
fn integer_out_of_range(value: i64, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::IntegerOutOfRange(value), offset)
}

#[cold]
#[inline(never)]
fn negative_length(value: i64, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::NegativeLength(value), offset)
}

#[cold]
#[inline(never)]
fn varint_cold(rest: &[u8], offset: usize) -> Result<(u64, usize), DecodeError> {
    match varint::decode_slow(rest) {
        Ok(Some(found)) => Ok(found),
        Ok(None) => Err(truncated(offset, rest.len() as u64 + 1, rest.len())),
        Err(TooLong) => Err(DecodeError::new(DecodeErrorKind::VarintTooLong, offset)),
    }
}

//! Writes into the spare room of a vector whose bound is known before the first byte.
#![expect(unsafe_code, reason = "one reservation per record in the place of one check per value")]

/// The bytes that one varint may take.
pub const VARINT: usize = 10;

/// Writes into room that has been reserved, and gives it to the vector at [`finish`](Self::finish).
pub struct Spare<'v> {
    out: &'v mut Vec<u8>,
    /// The bytes of `out` that are written. At least `out.len()`, at most `out.capacity()`.
    end: usize,
    limit: usize,
}

impl<'v> Spare<'v> {
    /// Reserves room for `bound` bytes.
    ///
    /// # Safety
    ///
    /// Until `finish`, no more than `bound` bytes may be written, where a varint counts as [`VARINT`] bytes whatever its length.
    #[inline(always)]
    pub unsafe fn new(out: &'v mut Vec<u8>, bound: usize) -> Self {
        out.reserve(bound);
        let end = out.len();
        Self { out, end, limit: end + bound }
    }

    /// Gives what was written to the vector.
    #[inline(always)]
    pub fn finish(self) {
        debug_assert!(self.end <= self.limit);
        // SAFETY: every write method has initialised what it added to `end`, and `new` reserved it.
        unsafe { self.out.set_len(self.end) }
    }

    /// How many bytes the vector will have.
    #[inline(always)]
    pub const fn position(&self) -> usize {
        self.end
    }

    /// One byte.
    #[inline(always)]
    pub fn byte(&mut self, byte: u8) {
        self.array([byte]);
    }

    /// `N` bytes.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self, bytes: [u8; N]) {
        self.put(bytes);
        self.end += N;
    }

    /// A varint that mostly has one byte.
    #[inline(always)]
    pub fn varint(&mut self, value: u64) {
        if value < 0x80 {
            self.array([value.to_le_bytes()[0]]);
        } else {
            self.long_varint(value);
        }
    }

    /// A varint of any length, without a branch on that length below 2^56.
    #[inline(always)]
    pub fn long_varint(&mut self, value: u64) {
        let bits = 64 - (value | 1).leading_zeros();
        if bits > 56 {
            return self.varint_bytewise(value);
        }
        let length = bits.div_ceil(7);
        let more = 0x8080_8080_8080_8080 & ((1 << (8 * (length - 1))) - 1);
        self.put((spread(value) | more).to_le_bytes());
        self.end += length as usize;
    }

    #[cold]
    fn varint_bytewise(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.byte(value.to_le_bytes()[0] | 0x80);
            value >>= 7;
        }
        self.byte(value.to_le_bytes()[0]);
    }

    /// Bytes as they are.
    #[inline(always)]
    pub fn bytes(&mut self, bytes: &[u8]) {
        // Short copies in line, each of two overlapping parts: a call of memcpy costs more than they do.
        if let (Some(head), Some(tail)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>())
            && bytes.len() <= 32
        {
            self.overlapping(*head, *tail, bytes.len());
        } else if let (Some(head), Some(tail)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>())
            && bytes.len() <= 16
        {
            self.overlapping(*head, *tail, bytes.len());
        } else if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>())
            && bytes.len() <= 8
        {
            self.overlapping(*head, *tail, bytes.len());
        } else if bytes.len() <= 3 {
            for byte in bytes {
                self.byte(*byte);
            }
        } else {
            debug_assert!(self.end + bytes.len() <= self.limit);
            // SAFETY: `new` reserved the room, and a borrowed slice cannot overlap a vector that is borrowed mutably.
            unsafe {
                std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.out.as_mut_ptr().add(self.end), bytes.len());
            }
            self.end += bytes.len();
        }
    }

    /// Replaces the one byte at `position` by `value` as a varint, moving what was written after it when one byte is too few.
    ///
    /// The varint counts against the bound in full.
    #[inline(always)]
    pub fn patch_length(&mut self, position: usize) {
        let length = self.end - position - 1;
        debug_assert!(position >= self.out.len() && position < self.end);
        if let Ok(byte @ ..0x80) = u8::try_from(length) {
            // SAFETY: `position` is a byte that was written before.
            unsafe { self.out.as_mut_ptr().add(position).write(byte) }
        } else {
            self.widen(position, length);
        }
    }

    #[cold]
    fn widen(&mut self, position: usize, length: usize) {
        let width = (usize::BITS - length.leading_zeros()).div_ceil(7) as usize;
        debug_assert!(self.end + width - 1 <= self.limit);
        // SAFETY: the caller counted the whole varint against the bound, so there is room for the body to move up.
        unsafe {
            let body = self.out.as_mut_ptr().add(position);
            std::ptr::copy(body.add(1), body.add(width), length);
        }
        self.end = position;
        // Not by words: those write eight bytes, and the body has been moved there.
        self.varint_bytewise(length as u64);
        self.end += length;
    }

    #[inline(always)]
    fn overlapping<const N: usize>(&mut self, head: [u8; N], tail: [u8; N], length: usize) {
        self.put(head);
        self.end += length - N;
        self.put(tail);
        self.end += N;
    }

    #[inline(always)]
    fn put<const N: usize>(&mut self, bytes: [u8; N]) {
        debug_assert!(self.end + N <= self.limit);
        // SAFETY: `new` reserved `limit` bytes, and its caller stays within them, counting a varint as ten.
        unsafe { self.out.as_mut_ptr().add(self.end).cast::<[u8; N]>().write_unaligned(bytes) }
    }
}

/// Moves each seven bits of the low 56 into a byte of their own.
#[inline(always)]
const fn spread(value: u64) -> u64 {
    let word = (value & 0x0000_0000_0fff_ffff) | ((value & 0x00ff_ffff_f000_0000) << 4);
    let word = (word & 0x0000_3fff_0000_3fff) | ((word & 0x0fff_c000_0fff_c000) << 2);
    (word & 0x007f_007f_007f_007f) | ((word & 0x3f80_3f80_3f80_3f80) << 1)
}

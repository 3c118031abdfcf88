//! A growing run of output bytes.

use alloc::vec::Vec;

use crate::varint::{MAX_LEN_64, scatter, zigzag_32, zigzag_64};

/// Output bytes: a `Vec<u8>` whose small writes check the capacity once.
#[derive(Clone, Debug, Default)]
pub struct Buffer {
    bytes: Vec<u8>,
}

impl Buffer {
    /// An empty buffer.
    pub const fn new() -> Self {
        Self { bytes: Vec::new() }
    }

    /// A buffer that goes on where the bytes end.
    #[inline(always)]
    pub fn after(bytes: Vec<u8>) -> Self {
        Self { bytes }
    }

    /// The bytes written.
    #[inline(always)]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The bytes written so far.
    #[inline(always)]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bytes are written.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether nothing is written.
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Drops what was written after the first `len` bytes.
    #[inline(always)]
    pub fn truncate(&mut self, len: usize) {
        self.bytes.truncate(len);
    }

    /// Writes a byte.
    #[inline(always)]
    pub fn byte(&mut self, byte: u8) {
        self.array([byte]);
    }

    /// Writes an array.
    #[inline(always)]
    pub fn array<const N: usize>(&mut self, array: [u8; N]) {
        self.reserve(N);
        let len = self.bytes.len();
        // SAFETY: reserve made room for N bytes after len; an array of bytes has no alignment; set_len covers bytes just written.
        unsafe {
            self.bytes.as_mut_ptr().add(len).cast::<[u8; N]>().write(array);
            self.bytes.set_len(len + N);
        }
    }

    /// Writes bytes.
    #[inline(always)]
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Writes a varint of up to 64 bits whose length is not to be guessed: without a branch on it, below 2^56.
    #[inline(always)]
    pub fn varint_word(&mut self, value: u64) {
        self.reserve(MAX_LEN_64);
        if value >> 56 != 0 {
            // SAFETY: room for ten bytes was just made.
            return unsafe { self.varint_unchecked(value) };
        }
        let (word, varint_len) = scatter(value);
        let len = self.bytes.len();
        // SAFETY: room for ten bytes was just made; a word takes eight, of which `varint_len` (at most eight) are kept, all
        // just written; the write needs no alignment.
        unsafe {
            self.bytes.as_mut_ptr().add(len).cast::<u64>().write_unaligned(word.to_le());
            self.bytes.set_len(len + varint_len);
        }
    }

    /// Writes a varint of up to 64 bits that mostly has one or two bytes.
    #[inline(always)]
    pub fn varint(&mut self, value: u64) {
        self.reserve(MAX_LEN_64);
        // SAFETY: room for ten bytes was just made.
        unsafe { self.varint_unchecked(value) }
    }

    /// Writes a zigzag varint of 64 bits: Avro's `long`.
    #[inline(always)]
    pub fn zigzag_64(&mut self, value: i64) {
        self.varint_word(zigzag_64(value));
    }

    /// Writes a zigzag varint of 32 bits: Avro's `int`.
    #[inline(always)]
    pub fn zigzag_32(&mut self, value: i32) {
        self.varint_word(u64::from(zigzag_32(value)));
    }

    /// Writes a zigzag length and the bytes: Avro's strings and bytes.
    #[inline(always)]
    pub fn zigzag_prefixed(&mut self, bytes: &[u8]) {
        // A slice is at most isize::MAX long, so that its doubled length fits.
        self.prefixed((bytes.len() as u64) << 1, bytes);
    }

    /// Writes a varint length and the bytes: Protobuf's and Thrift Compact's strings and bytes.
    #[inline(always)]
    pub fn varint_prefixed(&mut self, bytes: &[u8]) {
        self.prefixed(bytes.len() as u64, bytes);
    }

    #[inline(always)]
    fn prefixed(&mut self, prefix: u64, bytes: &[u8]) {
        self.reserve(MAX_LEN_64 + bytes.len());
        // SAFETY: room for the prefix and the bytes was just made; the bytes are another allocation, or none of ours that
        // is written here, since `bytes` is borrowed while `self` is borrowed mutably.
        unsafe {
            self.varint_unchecked(prefix);
            self.copy_unchecked(bytes);
        }
    }

    /// Opens a gap of `width` bytes at a position and moves what follows it.
    pub(crate) fn open_gap(&mut self, at: usize, width: usize) {
        self.bytes.splice(at..at, core::iter::repeat_n(0, width));
    }

    /// Overwrites one byte.
    #[inline(always)]
    pub(crate) fn patch(&mut self, at: usize, byte: u8) {
        if let Some(place) = self.bytes.get_mut(at) {
            *place = byte;
        }
    }

    /// The bytes from a position on, to be overwritten in place.
    pub(crate) fn tail_mut(&mut self, at: usize) -> &mut [u8] {
        self.bytes.get_mut(at..).unwrap_or_default()
    }

    #[inline(always)]
    fn reserve(&mut self, additional: usize) {
        if self.bytes.capacity() - self.bytes.len() < additional {
            self.grow(additional);
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, additional: usize) {
        self.bytes.reserve(additional.max(64));
    }

    /// # Safety
    /// The capacity must have room for the varint, at most ten bytes.
    #[inline(always)]
    unsafe fn varint_unchecked(&mut self, mut value: u64) {
        let mut len = self.bytes.len();
        let start = self.bytes.as_mut_ptr();
        // SAFETY: the loop writes at most ten bytes (64 bits, seven a byte), for which the caller has made room.
        unsafe {
            while value >= 0x80 {
                *start.add(len) = (value as u8) | 0x80;
                value >>= 7;
                len += 1;
            }
            *start.add(len) = value as u8;
            self.bytes.set_len(len + 1);
        }
    }

    /// # Safety
    /// The capacity must have room for the bytes.
    #[inline(always)]
    unsafe fn copy_unchecked(&mut self, bytes: &[u8]) {
        let len = self.bytes.len();
        let count = bytes.len();
        // SAFETY: the caller has made room for `count` bytes after `len`, and each branch writes exactly those. Short runs are
        // copied as two parts that overlap in the middle: a call of memcpy costs more than they do.
        unsafe {
            let to = self.bytes.as_mut_ptr().add(len);
            if let (Some(head), Some(tail)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>())
                && count <= 32
            {
                to.cast::<[u8; 16]>().write(*head);
                to.add(count - 16).cast::<[u8; 16]>().write(*tail);
            } else if let (Some(head), Some(tail)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>())
                && count <= 16
            {
                to.cast::<[u8; 8]>().write(*head);
                to.add(count - 8).cast::<[u8; 8]>().write(*tail);
            } else if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>())
                && count <= 8
            {
                to.cast::<[u8; 4]>().write(*head);
                to.add(count - 4).cast::<[u8; 4]>().write(*tail);
            } else if count <= 3 {
                for (at, byte) in bytes.iter().enumerate() {
                    to.add(at).write(*byte);
                }
            } else {
                core::ptr::copy_nonoverlapping(bytes.as_ptr(), to, count);
            }
            self.bytes.set_len(len + count);
        }
    }
}

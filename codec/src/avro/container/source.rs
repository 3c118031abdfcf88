//! Bytes to read from, with a window that reaches as far as asked: a stream with a buffer, or a slice.

use std::{
    io::{self, Read},
    vec,
    vec::Vec,
};

/// Bytes that are read from the front, in windows.
pub(super) trait Source {
    /// The bytes ahead: at least this many, or all that there are.
    fn window(&mut self, at_least: usize) -> io::Result<&[u8]>;

    /// Goes on by this many bytes, which the last window must have held.
    fn consume(&mut self, count: usize);

    /// How many bytes are consumed.
    fn position(&self) -> u64;

    /// The `len` bytes that start `back` bytes before the position: valid within what the last window held.
    fn behind(&self, back: usize, len: usize) -> &[u8];
}

/// A stream with a buffer that grows only as bytes arrive.
#[derive(Debug)]
pub(super) struct Stream<R> {
    reader: R,
    /// Initialised throughout, so that it can be read into; the bytes from `start` to `end` are ahead.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    position: u64,
}

/// What the buffer starts with and the least that is asked of the stream at once: two blocks of the usual size.
const CHUNK: usize = 128 << 10;

impl<R: Read> Stream<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), start: 0, end: 0, position: 0 }
    }

    pub(super) const fn inner(&self) -> &R {
        &self.reader
    }

    fn available(&self) -> usize {
        self.end - self.start
    }

    /// Room behind `end`: by moving what is ahead to the front, or by growing to at most twice what has arrived.
    fn make_room(&mut self, at_least: usize) {
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.buffer.len() {
            let room = at_least.saturating_add(CHUNK).min(self.buffer.len().saturating_mul(2)).max(CHUNK);
            // Memory that comes zeroed from the system costs nothing until it is used.
            let mut buffer = vec![0; room];
            buffer.get_mut(..self.end).unwrap_or_default().copy_from_slice(&self.buffer);
            self.buffer = buffer;
        }
    }

    #[cold]
    fn fill(&mut self, at_least: usize) -> io::Result<()> {
        while self.available() < at_least {
            if self.buffer.len() - self.start < at_least || self.end == self.buffer.len() {
                self.make_room(at_least);
            }
            let room = self.buffer.get_mut(self.end..).unwrap_or_default();
            match self.reader.read(room) {
                Ok(0) => return Ok(()),
                // A reader that claims more than it was given is broken; it must not make us read past the buffer.
                Ok(count) => self.end += count.min(room.len()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl<R: Read> Source for Stream<R> {
    fn window(&mut self, at_least: usize) -> io::Result<&[u8]> {
        if self.available() < at_least {
            self.fill(at_least)?;
        }
        Ok(self.buffer.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.available());
        self.start += count;
        self.position += u64::try_from(count).unwrap_or(u64::MAX);
    }

    fn position(&self) -> u64 {
        self.position
    }

    fn behind(&self, back: usize, len: usize) -> &[u8] {
        let from = self.start.saturating_sub(back);
        self.buffer.get(from..from.saturating_add(len)).unwrap_or_default()
    }
}

/// Bytes in memory.
#[derive(Clone, Debug)]
pub(super) struct Slice<'a> {
    bytes: &'a [u8],
    start: usize,
}

impl<'a> Slice<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, start: 0 }
    }

    /// [`Source::behind`], for as long as the bytes live.
    pub(super) fn lend(&self, back: usize, len: usize) -> &'a [u8] {
        let from = self.start.saturating_sub(back);
        self.bytes.get(from..from.saturating_add(len)).unwrap_or_default()
    }
}

impl Source for Slice<'_> {
    fn window(&mut self, _at_least: usize) -> io::Result<&[u8]> {
        Ok(self.bytes.get(self.start..).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.start = self.start.saturating_add(count).min(self.bytes.len());
    }

    fn position(&self) -> u64 {
        u64::try_from(self.start).unwrap_or(u64::MAX)
    }

    fn behind(&self, back: usize, len: usize) -> &[u8] {
        self.lend(back, len)
    }
}

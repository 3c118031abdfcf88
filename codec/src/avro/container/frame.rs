//! The frame of a block (count, size, data, sync marker), and the way back to one by the next sync marker.

use std::{format, io, mem, ops::Range, vec::Vec};

use memchr::memmem;

use super::{
    Block, ContainerError, ContainerLimits, RawBlock, SYNC_LEN, SyncMarker,
    error::{Exceeded, Place, Reason},
    source::Source,
};
use crate::{raw::Buffer, varint};

/// The most bytes of a block's count and size together.
pub(super) const MAX_PREFIX: usize = 2 * varint::MAX_LEN_64;

/// The bytes that [`Reader::recover`](super::Reader::recover) skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    range: Range<u64>,
    at_end: bool,
}

impl Skipped {
    /// Nothing, at a byte.
    pub(super) fn nothing(at: u64) -> Self {
        Self { range: at..at, at_end: false }
    }

    /// A block whose content is bad.
    pub(super) fn block(range: Range<u64>) -> Self {
        Self { range, at_end: false }
    }

    /// Where the skipped bytes lie, from the start of the block at fault to the byte behind a sync marker.
    pub fn range(&self) -> Range<u64> {
        self.range.clone()
    }

    /// How many bytes were skipped.
    pub fn bytes(&self) -> u64 {
        self.range.end - self.range.start
    }

    /// Whether no sync marker was left: the rest of the file is lost.
    pub fn at_end(&self) -> bool {
        self.at_end
    }
}

/// Takes a source apart into frames.
#[derive(Debug)]
pub(super) struct Framer<S> {
    source: S,
    sync: SyncMarker,
    /// The most bytes that a block may have as stored.
    max_size: usize,
    /// The index of the next block.
    index: u64,
    /// Where the last block starts.
    offset: u64,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ready,
    /// The block at the source's position has no sound frame.
    BadFrame,
    /// The block before the source's position has a sound frame and bad content.
    BadContent,
}

/// A block's place, and its data by its distance behind the source's position.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) index: u64,
    pub(super) offset: u64,
    pub(super) count: u64,
    pub(super) size: usize,
}

impl Frame {
    /// How far the data starts behind the source's position.
    pub(super) fn back(&self) -> usize {
        self.size.saturating_add(SYNC_LEN)
    }

    pub(super) fn place(&self) -> Place {
        Place::Block { index: self.index, offset: self.offset }
    }

    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    pub(super) fn block<'a>(&self, data: &'a [u8]) -> Block<'a> {
        Block { index: self.index, offset: self.offset, count: self.count, stored_size: self.size, data }
    }

    pub(super) fn raw_block<'a>(&self, stored: &'a [u8]) -> RawBlock<'a> {
        RawBlock { index: self.index, offset: self.offset, count: self.count, stored: stored.into() }
    }
}

impl<S: Source> Framer<S> {
    /// Frames of a source that stands at the first block. Where blocks are buffered, their size has a limit.
    pub(super) fn new(source: S, sync: SyncMarker, limits: Option<&ContainerLimits>) -> Self {
        let max_size = limits.map_or(usize::MAX, ContainerLimits::block_size);
        let offset = source.position();
        Self { source, sync, max_size, index: 0, offset, state: State::Ready }
    }

    pub(super) const fn source(&self) -> &S {
        &self.source
    }

    /// The next frame, or `None` at the end. Nothing is consumed until the whole frame is sound, so that a failed read can be
    /// tried again and a search for the next sync marker starts at the block.
    pub(super) fn next(&mut self) -> Result<Option<Frame>, ContainerError> {
        let place = Place::Block { index: self.index, offset: self.source.position() };
        if self.state != State::Ready {
            let before = Place::Block { index: self.index.saturating_sub(1), offset: self.offset };
            return Err(Reason::Stopped.at(before));
        }
        self.offset = self.source.position();
        match self.frame() {
            Ok(frame) => {
                self.index += u64::from(frame.is_some());
                Ok(frame)
            }
            Err(reason) => {
                // What the stream below refused may be asked for again.
                if !matches!(reason, Reason::Io(_)) {
                    self.state = State::BadFrame;
                    self.index += 1;
                }
                Err(reason.at(place))
            }
        }
    }

    fn frame(&mut self) -> Result<Option<Frame>, Reason> {
        let window = self.source.window(MAX_PREFIX).map_err(Reason::Io)?;
        if window.is_empty() {
            return Ok(None);
        }
        let prefix = Prefix::parse(window)?;
        let size = within(prefix.size, self.max_size)?;
        let data_end = prefix.len.saturating_add(size);
        let end = data_end.saturating_add(SYNC_LEN);
        let window = self.source.window(end).map_err(Reason::Io)?;
        if window.len() < data_end {
            let have = window.len() - prefix.len;
            return Err(Reason::Truncated { what: "the block's data", have, need: Some(prefix.size) });
        }
        let rest = window.get(data_end..).unwrap_or_default();
        match rest.first_chunk::<SYNC_LEN>() {
            None => {
                let need = u64::try_from(SYNC_LEN).ok();
                return Err(Reason::Truncated { what: "the block's sync marker", have: rest.len(), need });
            }
            Some(found) if *found != self.sync => return Err(Reason::SyncMarker),
            Some(_) => {}
        }
        self.source.consume(end);
        Ok(Some(Frame { index: self.index, offset: self.offset, count: prefix.count, size }))
    }

    /// Stops at the last frame, whose content is bad.
    pub(super) fn stop(&mut self) {
        self.state = State::BadContent;
    }

    /// Goes on behind the block at fault.
    pub(super) fn recover(&mut self) -> Result<Skipped, ContainerError> {
        let at_end = match self.state {
            State::Ready | State::BadContent => false,
            State::BadFrame => {
                let place = Place::Block { index: self.index.saturating_sub(1), offset: self.offset };
                !self.seek_sync().map_err(|error| Reason::Io(error).at(place))?
            }
        };
        self.state = State::Ready;
        Ok(Skipped { range: self.offset..self.source.position(), at_end })
    }

    /// Goes behind the next sync marker, or to the end; whether there was one.
    fn seek_sync(&mut self) -> io::Result<bool> {
        let finder = memmem::Finder::new(&self.sync);
        loop {
            let window = self.source.window(SYNC_LEN)?;
            let len = window.len();
            if let Some(at) = finder.find(window) {
                self.source.consume(at + SYNC_LEN);
                return Ok(true);
            }
            if len < SYNC_LEN {
                self.source.consume(len);
                return Ok(false);
            }
            // A marker may lie across the border of two windows.
            self.source.consume(len - (SYNC_LEN - 1));
        }
    }
}

/// The count and the size before a block's data.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prefix {
    pub(super) count: u64,
    pub(super) size: u64,
    /// How many bytes the two take.
    pub(super) len: usize,
}

impl Prefix {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Reason> {
        let (count, count_len) = unsigned(bytes, "the block's record count")?;
        let (size, size_len) = unsigned(bytes.get(count_len..).unwrap_or_default(), "the block's size")?;
        Ok(Self { count, size, len: count_len + size_len })
    }
}

/// A `long` at the start of the bytes, and its length.
pub(super) fn long(bytes: &[u8], what: &'static str) -> Result<(i64, usize), Reason> {
    match varint::decode_slow(bytes) {
        Ok(Some((value, len))) => Ok((varint::unzigzag_64(value), len)),
        Ok(None) => Err(Reason::Truncated { what, have: bytes.len(), need: None }),
        Err(_) => Err(Reason::VarintTooLong { what }),
    }
}

/// A `long` that is not negative, and its length.
pub(super) fn unsigned(bytes: &[u8], what: &'static str) -> Result<(u64, usize), Reason> {
    let (value, len) = long(bytes, what)?;
    Ok((u64::try_from(value).map_err(|_| Reason::Negative { what, value })?, len))
}

/// Writes a `long` that is not negative.
pub(super) fn put_unsigned(out: &mut Vec<u8>, value: u64) {
    let mut buffer = Buffer::after(mem::take(out));
    // Zigzag of a number that is not negative is its double.
    buffer.varint(value << 1);
    *out = buffer.into_bytes();
}

fn within(size: u64, limit: usize) -> Result<usize, Reason> {
    match usize::try_from(size) {
        Ok(size) if size <= limit => Ok(size),
        _ => Err(over_block_size(Some(size), limit)),
    }
}

/// A block is larger than allowed; by how much is not always known.
#[cold]
pub(super) fn over_block_size(size: Option<u64>, limit: usize) -> Reason {
    let what = match size {
        Some(size) => format!("a block of {size} bytes").into(),
        None => "the decompressed block".into(),
    };
    Reason::Limit(Exceeded {
        what,
        limit: u64::try_from(limit).unwrap_or(u64::MAX),
        default: u64::try_from(ContainerLimits::DEFAULT_BLOCK_SIZE).unwrap_or(u64::MAX),
        setter: "with_block_size",
    })
}

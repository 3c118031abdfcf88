//! Room for decompressed data: it grows with what has come, up to the limit.

#![cfg_attr(
    not(all(feature = "deflate", feature = "snappy", feature = "zstandard", feature = "bzip2", feature = "xz")),
    allow(dead_code, reason = "each codec uses its part")
)]

use std::vec::Vec;

use crate::avro::container::{error::Reason, frame::over_block_size};

/// The least that is allocated, so that small blocks do not grow step by step.
const LEAST: usize = 4 << 10;
/// How many times its compressed size data is taken to have before anything is known.
const USUAL_RATIO: usize = 4;

/// Starting over costs what was done; four times the room bounds that to a third of the final work.
const RESTART_FACTOR: usize = 4;

/// The most bytes that a block may have when it is decompressed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    limit: usize,
}

/// What a step of a streaming decompressor did.
pub(super) struct Step {
    /// How many bytes of the input it took.
    pub(super) used: u64,
    /// Whether the compressed data is at its end.
    pub(super) end: bool,
}

impl Room {
    pub(super) const fn new(limit: usize) -> Self {
        Self { limit }
    }

    /// Whether data of this size is allowed.
    pub(super) fn check(self, size: u64) -> Result<(), Reason> {
        match usize::try_from(size) {
            Ok(size) if size <= self.limit => Ok(()),
            _ => Err(over_block_size(Some(size), self.limit)),
        }
    }

    /// Clears the data, and makes room for what the size of the compressed bytes suggests.
    pub(super) fn start(self, stored: &[u8], data: &mut Vec<u8>) -> Result<(), Reason> {
        data.clear();
        self.reserve(data, stored.len().saturating_mul(USUAL_RATIO).max(LEAST))
    }

    /// Makes room for this many bytes in all, as far as the limit goes. One byte more than the limit is allowed for: that is
    /// how data that ends at the limit is told from data that does not.
    pub(super) fn reserve(self, data: &mut Vec<u8>, size: usize) -> Result<(), Reason> {
        let size = size.min(self.limit.saturating_add(1));
        data.try_reserve_exact(size.saturating_sub(data.len())).map_err(|_| over_block_size(None, self.limit))
    }

    /// Doubles the room if it is used up.
    pub(super) fn grow(self, data: &mut Vec<u8>) -> Result<(), Reason> {
        if data.len() > self.limit {
            return Err(over_block_size(None, self.limit));
        }
        if data.len() < data.capacity() { Ok(()) } else { self.reserve(data, data.len().saturating_mul(2).max(LEAST)) }
    }

    /// Clears the data, whose whole capacity was too little, and makes more room.
    pub(super) fn restart(self, data: &mut Vec<u8>) -> Result<(), Reason> {
        data.clear();
        let tried = data.capacity();
        if tried > self.limit {
            return Err(over_block_size(None, self.limit));
        }
        self.reserve(data, tried.saturating_mul(RESTART_FACTOR))
    }

    /// Runs a streaming decompressor to its end, and returns what of the input it left.
    ///
    /// `step` takes the rest of the input and writes to the free capacity of the data. `ends_early` is the fault when the
    /// input ends before the compressed data does.
    pub(super) fn run<'s>(
        self,
        stored: &'s [u8],
        data: &mut Vec<u8>,
        ends_early: impl Fn() -> Reason,
        mut step: impl FnMut(&[u8], &mut Vec<u8>) -> Result<Step, Reason>,
    ) -> Result<&'s [u8], Reason> {
        self.start(stored, data)?;
        let mut rest = stored;
        loop {
            self.grow(data)?;
            let before = data.len();
            let Step { used, end } = step(rest, data)?;
            let used = usize::try_from(used).unwrap_or(usize::MAX);
            rest = rest.get(used..).unwrap_or_default();
            if end {
                // The capacity may reach past the limit: it is the caller's.
                return if data.len() > self.limit { Err(over_block_size(None, self.limit)) } else { Ok(rest) };
            }
            if used == 0 && data.len() == before {
                return Err(ends_early());
            }
        }
    }
}

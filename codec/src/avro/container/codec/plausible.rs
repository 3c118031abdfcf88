//! Whether a block can hold as many records as it says.

use std::format;

use crate::avro::container::{
    ContainerLimits,
    error::{Exceeded, Reason},
};

/// What is left of the records without bytes that one file may hold.
#[derive(Clone, Debug)]
pub(super) struct Plausible {
    limit: u64,
    left: u64,
}

impl Plausible {
    pub(super) fn new(limits: &ContainerLimits) -> Self {
        Self { limit: limits.empty_records(), left: limits.empty_records() }
    }

    /// As if no block had been.
    pub(super) fn renew(&mut self) {
        self.left = self.limit;
    }

    /// Records of at least one byte are at most as many as the bytes. Whatever is more must be free of bytes, and a decoder
    /// could be kept busy with it for nothing.
    pub(super) fn check(&mut self, size: usize, count: u64) -> Result<(), Reason> {
        let excess = count.saturating_sub(u64::try_from(size).unwrap_or(u64::MAX));
        match self.left.checked_sub(excess) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Reason::Limit(Exceeded {
                what: format!("{count} records in {size} bytes: the number of records without bytes").into(),
                limit: self.limit,
                default: ContainerLimits::DEFAULT_EMPTY_RECORDS,
                setter: "with_empty_records",
            })),
        }
    }
}

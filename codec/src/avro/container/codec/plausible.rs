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

    /// Records of at least one byte are at most as many as the bytes. Whatever is more must be free of bytes, and a decoder
    /// could be kept busy with it for nothing.
    pub(super) fn check(&mut self, data: &[u8], count: u64) -> Result<(), Reason> {
        let excess = count.saturating_sub(u64::try_from(data.len()).unwrap_or(u64::MAX));
        match self.left.checked_sub(excess) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(Reason::Limit(Exceeded {
                what: format!("{count} records in {} bytes: the number of records without bytes", data.len()).into(),
                limit: self.limit,
                default: ContainerLimits::DEFAULT_EMPTY_RECORDS,
                setter: "with_empty_records",
            })),
        }
    }
}

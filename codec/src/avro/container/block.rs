//! Blocks: as they are stored, and decompressed.

use std::{borrow::Cow, boxed::Box, error::Error};

use super::{
    ContainerError,
    error::{Place, Reason},
};

/// A block with its records decompressed.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    pub(super) index: u64,
    pub(super) offset: u64,
    pub(super) count: u64,
    pub(super) stored_size: usize,
    pub(super) data: &'a [u8],
}

impl<'a> Block<'a> {
    /// The records, one after another.
    pub fn data(&self) -> &'a [u8] {
        self.data
    }

    /// How many records the block says it holds.
    ///
    /// At most one a byte of [`data`](Self::data), and beyond that no more than
    /// [`ContainerLimits::empty_records`](super::ContainerLimits::empty_records) allow. Whether they are there shows only when
    /// they are decoded; what is left behind the last is an error too.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Which block it is, counted from 0 in the order in which the blocks were met, those at fault included.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The byte at which the block starts, counted from where reading began.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// How many bytes the data takes in the file, compressed.
    pub fn stored_size(&self) -> usize {
        self.stored_size
    }

    /// The error of a record's decoder, with the place of this block. `record` counts from 0 in the block.
    #[cold]
    pub fn record_error(&self, record: u64, error: impl Into<Box<dyn Error + Send + Sync>>) -> ContainerError {
        let place = Place::Block { index: self.index, offset: self.offset };
        Reason::Record { record, error: error.into() }.at(place)
    }
}

/// A block as it is stored: its sync marker is checked, and its data not yet decompressed.
#[derive(Clone, Debug)]
pub struct RawBlock<'a> {
    pub(super) index: u64,
    pub(super) offset: u64,
    pub(super) count: u64,
    pub(super) stored: Cow<'a, [u8]>,
}

impl RawBlock<'_> {
    /// The data as it is stored, compressed with the file's codec.
    pub fn stored(&self) -> &[u8] {
        &self.stored
    }

    /// How many records the block says it holds. Nothing about it is checked but that it is not negative.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Which block it is, counted from 0 in the order in which the blocks were met, those at fault included.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// The byte at which the block starts, counted from where reading began.
    pub fn offset(&self) -> u64 {
        self.offset
    }

    /// The block with its own copy of the bytes, to be sent to another thread.
    pub fn into_owned(self) -> RawBlock<'static> {
        RawBlock { stored: Cow::Owned(self.stored.into_owned()), ..self }
    }

    /// The block with its decompressed data.
    pub fn with_data<'d>(&self, data: &'d [u8]) -> Block<'d> {
        Block { index: self.index, offset: self.offset, count: self.count, stored_size: self.stored.len(), data }
    }

    pub(super) fn place(&self) -> Place {
        Place::Block { index: self.index, offset: self.offset }
    }
}

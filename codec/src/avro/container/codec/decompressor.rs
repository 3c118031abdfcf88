//! Decompressing blocks.

use std::{boxed::Box, fmt, vec::Vec};

use super::{BlockDecoder, Codec, plausible::Plausible, room::Room};
use crate::avro::container::{Block, ContainerError, ContainerLimits, RawBlock, error::Reason};

/// Decompresses blocks of one codec. It keeps its state from block to block; threads each take one of their own.
pub struct Decompressor {
    codec: Codec,
    decoder: Option<Box<dyn BlockDecoder>>,
    room: Room,
    plausible: Plausible,
}

impl Decompressor {
    pub(in crate::avro::container) fn new(codec: Codec, limits: &ContainerLimits) -> Result<Self, Reason> {
        Ok(Self {
            codec,
            decoder: codec.decoder(limits)?,
            room: Room::new(limits.block_size()),
            plausible: Plausible::new(limits),
        })
    }

    /// The codec.
    pub fn codec(&self) -> Codec {
        self.codec
    }

    /// Decompresses a block. `data` is overwritten; its memory is used again, and grown as far as the block needs.
    ///
    /// # Errors
    ///
    /// The compressed data is damaged, larger than allowed once decompressed, or cannot hold the block's records. The content
    /// of `data` is then of no use.
    pub fn decompress<'d>(&mut self, block: &RawBlock<'_>, data: &'d mut Vec<u8>) -> Result<Block<'d>, ContainerError> {
        self.fill(block.stored(), block.count(), data).map_err(|reason| reason.at(block.place()))?;
        Ok(block.with_data(data))
    }

    /// [`Self::decompress`] of a block whose records are counted against those of the file by another decompressor; this one
    /// only makes sure that the block alone is not too much.
    pub(in crate::avro::container) fn decompress_alone<'d>(
        &mut self,
        block: &'d RawBlock<'_>,
        data: &'d mut Vec<u8>,
    ) -> Result<Block<'d>, ContainerError> {
        self.plausible.renew();
        if self.is_null() {
            self.accept(block.stored(), block.count()).map_err(|reason| reason.at(block.place()))?;
            return Ok(block.with_data(block.stored()));
        }
        self.decompress(block, data)
    }

    /// Whether blocks are stored as they are, so that [`Self::accept`] will do.
    pub(in crate::avro::container) fn is_null(&self) -> bool {
        self.decoder.is_none()
    }

    /// Checks a block that needs no decompression.
    pub(in crate::avro::container) fn accept(&mut self, data: &[u8], count: u64) -> Result<(), Reason> {
        self.count(data.len(), count)
    }

    /// Counts the records of a block that has so many bytes against what the file may hold.
    pub(in crate::avro::container) fn count(&mut self, size: usize, count: u64) -> Result<(), Reason> {
        self.plausible.check(size, count)
    }

    pub(in crate::avro::container) fn fill(
        &mut self,
        stored: &[u8],
        count: u64,
        data: &mut Vec<u8>,
    ) -> Result<(), Reason> {
        match &mut self.decoder {
            // A block of nothing need not have been through the codec.
            _ if stored.is_empty() && count == 0 => data.clear(),
            Some(decoder) => decoder.decode(stored, data, self.room)?,
            None => {
                data.clear();
                data.extend_from_slice(stored);
            }
        }
        self.count(data.len(), count)
    }
}

impl fmt::Debug for Decompressor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decompressor").field("codec", &self.codec).finish_non_exhaustive()
    }
}

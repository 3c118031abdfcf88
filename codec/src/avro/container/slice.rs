//! Reading a container file that lies in memory.

use std::{format, vec::Vec};

use super::{
    Block, ContainerError, ContainerLimits, Decompressor, Header, RawBlock, Skipped,
    error::{Place, Reason},
    frame::Framer,
    source::{Slice, Source},
};

/// Reads a container file block by block from bytes in memory, or from a mapped file.
///
/// The blocks of an uncompressed file are not copied, and can be lent for as long as the bytes live
/// ([`Self::next_borrowed_block`]).
#[derive(Debug)]
pub struct SliceReader<'a> {
    header: Header,
    framer: Framer<Slice<'a>>,
    decompressor: Decompressor,
    data: Vec<u8>,
}

impl<'a> SliceReader<'a> {
    /// Reads the header.
    ///
    /// # Errors
    ///
    /// The bytes do not start with a sound header, or the codec is unknown or not compiled in.
    pub fn new(bytes: &'a [u8]) -> Result<Self, ContainerError> {
        Self::with_limits(bytes, ContainerLimits::default())
    }

    /// [`SliceReader::new`] within limits. The block size is limited for decompressed data only: what is stored is there.
    pub fn with_limits(bytes: &'a [u8], limits: ContainerLimits) -> Result<Self, ContainerError> {
        let mut source = Slice::new(bytes);
        let header = Header::parse(&mut source, &limits)?;
        let codec = header.codec()?;
        let decompressor = Decompressor::new(codec, &limits).map_err(|reason| reason.at(Place::Header(0)))?;
        let framer = Framer::new(source, header.sync_marker(), None);
        Ok(Self { header, framer, decompressor, data: Vec::new() })
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How many bytes of the file are behind the reader: for progress.
    pub fn position(&self) -> u64 {
        self.framer.source().position()
    }

    /// The next block, or `None` at the end.
    ///
    /// # Errors
    ///
    /// The block is truncated, corrupt or over a limit; the reader is then stopped until [`Self::recover`].
    pub fn next_block(&mut self) -> Result<Option<Block<'_>>, ContainerError> {
        if self.decompressor.is_null() {
            return self.next_borrowed_block();
        }
        let Some(frame) = self.framer.next()? else { return Ok(None) };
        let stored = self.framer.source().lend(frame.back(), frame.size);
        if let Err(reason) = self.decompressor.fill(stored, frame.count, &mut self.data) {
            self.framer.stop();
            return Err(reason.at(frame.place()));
        }
        Ok(Some(frame.block(&self.data)))
    }

    /// The next block of an uncompressed file, lent for as long as the file's bytes live, or `None` at the end.
    ///
    /// # Errors
    ///
    /// As [`Self::next_block`]; or the file's codec is not `null`, and nothing is read.
    pub fn next_borrowed_block(&mut self) -> Result<Option<Block<'a>>, ContainerError> {
        if !self.decompressor.is_null() {
            let codec = self.decompressor.codec();
            return Err(Reason::usage(format!("blocks compressed with {codec} cannot be borrowed from the file")));
        }
        let Some(frame) = self.framer.next()? else { return Ok(None) };
        let data = self.framer.source().lend(frame.back(), frame.size);
        if let Err(reason) = self.decompressor.accept(data, frame.count) {
            self.framer.stop();
            return Err(reason.at(frame.place()));
        }
        Ok(Some(frame.block(data)))
    }

    /// The next block as it is stored, or `None` at the end, for a [`Decompressor`] elsewhere.
    pub fn next_raw_block(&mut self) -> Result<Option<RawBlock<'a>>, ContainerError> {
        let Some(frame) = self.framer.next()? else { return Ok(None) };
        Ok(Some(frame.raw_block(self.framer.source().lend(frame.back(), frame.size))))
    }

    /// Goes on behind the block at fault, as [`Reader::recover`](super::Reader::recover) does.
    pub fn recover(&mut self) -> Result<Skipped, ContainerError> {
        self.framer.recover()
    }
}

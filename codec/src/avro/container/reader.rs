//! Reading a container file as a stream.

use std::{io::Read, vec::Vec};

use super::{
    Block, ContainerError, ContainerLimits, Decompressor, Header, RawBlock, Skipped,
    error::Place,
    frame::{Frame, Framer},
    source::{Source, Stream},
};

/// Reads a container file block by block from a stream.
///
/// Memory is that of the largest block, stored and decompressed, and is used again for every block. The stream needs no
/// buffering of its own. Records are decoded by the caller from [`Block::data`].
#[derive(Debug)]
pub struct Reader<R> {
    pub(super) header: Header,
    limits: ContainerLimits,
    framer: Framer<Stream<R>>,
    decompressor: Decompressor,
    data: Vec<u8>,
    /// The block that was given last, unless it was at fault.
    current: Option<Frame>,
}

impl<R: Read> Reader<R> {
    /// Reads the header.
    ///
    /// # Errors
    ///
    /// The bytes do not start with a sound header, or the codec is unknown or not compiled in.
    pub fn new(reader: R) -> Result<Self, ContainerError> {
        Self::with_limits(reader, ContainerLimits::default())
    }

    /// [`Reader::new`] within limits.
    pub fn with_limits(reader: R, limits: ContainerLimits) -> Result<Self, ContainerError> {
        let mut source = Stream::new(reader);
        let header = Header::parse(&mut source, &limits)?;
        let codec = header.codec()?;
        let decompressor = Decompressor::new(codec, &limits).map_err(|reason| reason.at(Place::Header(0)))?;
        let framer = Framer::new(source, header.sync_marker(), Some(&limits));
        Ok(Self { header, limits, framer, decompressor, data: Vec::new(), current: None })
    }

    /// The header.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How many bytes of the file are behind the reader: for progress.
    pub fn position(&self) -> u64 {
        self.framer.source().position()
    }

    /// The stream below, which may be further on than [`Self::position`].
    pub fn inner(&self) -> &R {
        self.framer.source().inner()
    }

    /// The next block, decompressed, or `None` at the end.
    ///
    /// # Errors
    ///
    /// The block is truncated, corrupt or over a limit; the reader is then stopped until [`Self::recover`]. An error of the
    /// stream does not stop the reader: the call may be repeated.
    pub fn next_block(&mut self) -> Result<Option<Block<'_>>, ContainerError> {
        let Some(frame) = self.next_frame()? else { return Ok(None) };
        let stored = self.framer.source().behind(frame.back(), frame.size);
        let checked = if self.decompressor.is_null() {
            self.decompressor.accept(stored, frame.count)
        } else {
            self.decompressor.fill(stored, frame.count, &mut self.data)
        };
        if let Err(reason) = checked {
            self.framer.stop();
            return Err(reason.at(frame.place()));
        }
        self.current = Some(frame);
        Ok(self.block())
    }

    /// The block that [`Self::next_block`] gave last; nothing at the start and the end, after an error and after
    /// [`Self::next_raw_block`].
    pub fn block(&self) -> Option<Block<'_>> {
        let frame = self.current?;
        let data = if self.decompressor.is_null() {
            self.framer.source().behind(frame.back(), frame.size)
        } else {
            self.data.as_slice()
        };
        Some(frame.block(data))
    }

    /// The next block as it is stored, or `None` at the end, for a [`Decompressor`] elsewhere.
    pub fn next_raw_block(&mut self) -> Result<Option<RawBlock<'_>>, ContainerError> {
        let Some(frame) = self.next_frame()? else { return Ok(None) };
        Ok(Some(self.raw_block(&frame)))
    }

    pub(super) fn next_frame(&mut self) -> Result<Option<Frame>, ContainerError> {
        self.current = None;
        self.framer.next()
    }

    /// The block of the last frame.
    pub(super) fn raw_block(&self, frame: &Frame) -> RawBlock<'_> {
        frame.raw_block(self.framer.source().behind(frame.back(), frame.size))
    }

    /// A decompressor like the reader's own.
    pub(super) fn new_decompressor(&self) -> Result<Decompressor, ContainerError> {
        Decompressor::new(self.decompressor.codec(), &self.limits).map_err(|reason| reason.at(Place::Header(0)))
    }

    /// Counts the records of a block that was decompressed elsewhere, to so many bytes, against what the file may hold.
    pub(super) fn count_records(&mut self, frame: &Frame, size: usize) -> Result<(), ContainerError> {
        self.decompressor.count(size, frame.count).map_err(|reason| reason.at(frame.place()))
    }

    /// Goes on behind the block at fault.
    ///
    /// If only its content was bad (damaged compression, a record that does not decode) that is the block behind it. If its
    /// frame was bad, it is what follows the next sync marker, if there is one. Without an error before, nothing is skipped but
    /// what is left of the current block.
    ///
    /// # Errors
    ///
    /// The stream fails. The call may be repeated.
    pub fn recover(&mut self) -> Result<Skipped, ContainerError> {
        self.current = None;
        self.framer.recover()
    }
}

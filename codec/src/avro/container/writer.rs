//! Writing a container file.

use std::{boxed::Box, fmt, io::Write, string::String, vec, vec::Vec};

use super::{
    ContainerError, Header, SyncMarker, WriterOptions,
    codec::BlockEncoder,
    error::{Place, Reason},
    frame::{MAX_PREFIX, put_unsigned},
};

/// Records of a block at most, whatever their size: those that take no bytes would never fill one.
const MAX_RECORDS: u64 = 1 << 20;

/// Writes a container file, block by block.
///
/// Records are collected into a block, which is compressed and written once it is full. Each block is written with a single
/// call, so that the output needs no buffering. **Call [`finish`](Self::finish)**: when a writer is dropped without, the
/// records of the block under way are lost; the file is sound up to the block before.
pub struct Writer<W> {
    output: W,
    header: Header,
    encoder: Option<Box<dyn BlockEncoder>>,
    /// Room for a block's prefix, then the records of the block under way.
    records: Vec<u8>,
    /// The bytes of `records` that belong to whole records.
    filled: usize,
    count: u64,
    /// The same for the compressed data.
    stored: Vec<u8>,
    block_size: usize,
    sync: SyncMarker,
    progress: Progress,
    stopped: bool,
}

/// What is in the file already.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Progress {
    pub(super) records: u64,
    pub(super) blocks: u64,
    pub(super) bytes: u64,
}

impl<W: Write> Writer<W> {
    /// Starts a file with the default options: no compression. [`WriterOptions`] has the others.
    pub fn new(output: W, schema: impl Into<String>) -> Result<Self, ContainerError> {
        WriterOptions::new().create(output, schema)
    }

    pub(super) fn start(output: W, header: Header, encoder: Option<Box<dyn BlockEncoder>>, block_size: usize) -> Self {
        let sync = header.sync_marker();
        Self {
            output,
            header,
            encoder,
            records: vec![0; MAX_PREFIX],
            filled: MAX_PREFIX,
            count: 0,
            stored: Vec::new(),
            block_size,
            sync,
            progress: Progress::default(),
            stopped: false,
        }
    }

    pub(super) fn go_on_from(&mut self, progress: Progress) {
        self.progress = progress;
    }

    pub(super) fn write_header(&mut self, bytes: &[u8]) -> Result<(), ContainerError> {
        self.output.write_all(bytes).map_err(|error| Reason::Io(error).at(Place::Header(0)))?;
        self.progress.bytes = self.header.size();
        Ok(())
    }

    /// The header of the file.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How many records are appended, those of the block under way included and those of a file that is gone on with as well.
    pub fn records(&self) -> u64 {
        self.progress.records + self.count
    }

    /// How many blocks are written.
    pub fn blocks(&self) -> u64 {
        self.progress.blocks
    }

    /// How many bytes of the file are written.
    pub fn bytes(&self) -> u64 {
        self.progress.bytes
    }

    /// The output below. The block under way is not in it yet.
    pub fn inner(&self) -> &W {
        &self.output
    }

    /// Appends a record that `encode` writes to the end of the buffer, and writes the block if that fills it.
    ///
    /// The buffer holds the block's other records, which `encode` leaves as they are. What it appended is dropped if it fails
    /// or panics.
    ///
    /// # Errors
    ///
    /// The error of `encode`; or writing the block fails, which ends the writer.
    #[inline]
    pub fn append_record<E: From<ContainerError>>(
        &mut self,
        encode: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.settle()?;
        let result = encode(&mut self.records);
        if self.records.len() < self.filled {
            return Err(self.lost_records().into());
        }
        if let Err(error) = result {
            self.records.truncate(self.filled);
            return Err(error);
        }
        self.commit().map_err(E::from)
    }

    /// Appends a record that is encoded already, and writes the block if that fills it.
    ///
    /// # Errors
    ///
    /// Writing the block fails, which ends the writer.
    #[inline]
    pub fn append_encoded(&mut self, record: &[u8]) -> Result<(), ContainerError> {
        self.settle()?;
        self.records.extend_from_slice(record);
        self.commit()
    }

    /// Writes the block under way, if it has records, and flushes the output.
    ///
    /// # Errors
    ///
    /// Writing fails, which ends the writer.
    pub fn flush(&mut self) -> Result<(), ContainerError> {
        self.flush_block()?;
        let place = self.place();
        self.output.flush().map_err(|error| Reason::Io(error).at(place))
    }

    /// Writes the block under way, if it has records.
    ///
    /// # Errors
    ///
    /// Writing fails, which ends the writer.
    pub fn flush_block(&mut self) -> Result<(), ContainerError> {
        self.settle()?;
        if self.count == 0 {
            return Ok(());
        }
        // Whatever goes wrong from here may leave half a block behind.
        self.stopped = true;
        let written = self.write_block().map_err(|reason| reason.at(self.place()))?;
        self.stopped = false;
        self.progress.records += self.count;
        self.progress.blocks += 1;
        self.progress.bytes += written;
        self.records.truncate(MAX_PREFIX);
        self.filled = MAX_PREFIX;
        self.count = 0;
        Ok(())
    }

    /// Writes the last block, flushes the output and returns it.
    ///
    /// # Errors
    ///
    /// Writing fails, now or before.
    pub fn finish(mut self) -> Result<W, ContainerError> {
        self.flush()?;
        Ok(self.output)
    }

    /// Makes sure that the buffer ends with the last whole record: an encoder that panicked may have left it otherwise.
    #[inline]
    fn settle(&mut self) -> Result<(), ContainerError> {
        if !self.stopped && self.records.len() == self.filled { Ok(()) } else { self.settle_slowly() }
    }

    #[cold]
    fn settle_slowly(&mut self) -> Result<(), ContainerError> {
        if self.stopped {
            return Err(Reason::Stopped.at(self.place()));
        }
        if self.records.len() < self.filled {
            return Err(self.lost_records());
        }
        self.records.truncate(self.filled);
        Ok(())
    }

    #[inline]
    fn commit(&mut self) -> Result<(), ContainerError> {
        self.filled = self.records.len();
        self.count += 1;
        if self.filled - MAX_PREFIX >= self.block_size || self.count >= MAX_RECORDS {
            self.flush_block()
        } else {
            Ok(())
        }
    }

    fn write_block(&mut self) -> Result<u64, Reason> {
        let block = match &mut self.encoder {
            None => &mut self.records,
            Some(encoder) => {
                self.stored.clear();
                self.stored.resize(MAX_PREFIX, 0);
                encoder.encode(self.records.get(MAX_PREFIX..).unwrap_or_default(), &mut self.stored)?;
                &mut self.stored
            }
        };
        let size = u64::try_from(block.len() - MAX_PREFIX).unwrap_or(u64::MAX);
        let mut prefix = Vec::with_capacity(MAX_PREFIX);
        put_unsigned(&mut prefix, self.count);
        put_unsigned(&mut prefix, size);
        let start = MAX_PREFIX - prefix.len();
        block.get_mut(start..MAX_PREFIX).unwrap_or_default().copy_from_slice(&prefix);
        block.extend_from_slice(&self.sync);
        let bytes = block.get(start..).unwrap_or_default();
        self.output.write_all(bytes).map_err(Reason::Io)?;
        Ok(u64::try_from(bytes.len()).unwrap_or(u64::MAX))
    }

    fn place(&self) -> Place {
        Place::Block { index: self.progress.blocks, offset: self.progress.bytes }
    }

    #[cold]
    fn lost_records(&mut self) -> ContainerError {
        self.stopped = true;
        Reason::usage("the encoder of a record took bytes of earlier records out of the buffer")
    }
}

impl<W: fmt::Debug> fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer")
            .field("output", &self.output)
            .field("header", &self.header)
            .field("progress", &self.progress)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

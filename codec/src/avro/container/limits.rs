//! What a container file may cost its reader.

/// Bounds on what a container file may cost its reader. All are on by default.
///
/// Memory is never taken on the word of the file: buffers grow with the bytes that have really been read or decompressed.
/// These bounds say how far they may grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContainerLimits {
    block_size: usize,
    header_size: usize,
    metadata_entries: usize,
    empty_records: u64,
    decoder_memory: u64,
}

impl ContainerLimits {
    /// Bytes of a block allowed by default, stored and decompressed: 8 MiB. Writers aim at 16 KB to 2 MB; only a single
    /// record of that size makes a larger block.
    pub const DEFAULT_BLOCK_SIZE: usize = 8 << 20;
    /// Bytes of a header allowed by default: 8 MiB.
    pub const DEFAULT_HEADER_SIZE: usize = 8 << 20;
    /// Entries of the metadata allowed by default.
    pub const DEFAULT_METADATA_ENTRIES: usize = 10_000;
    /// Records without bytes allowed by default in one file.
    pub const DEFAULT_EMPTY_RECORDS: u64 = 1 << 20;
    /// Bytes of address space that a decompressor may ask for by default: 80 MiB, which is enough for xz at level 9.
    pub const DEFAULT_DECODER_MEMORY: u64 = 80 << 20;

    /// How many bytes a block may have, as it is stored and after decompression.
    pub const fn block_size(&self) -> usize {
        self.block_size
    }

    /// How many bytes the header may have.
    pub const fn header_size(&self) -> usize {
        self.header_size
    }

    /// How many entries the metadata may have.
    pub const fn metadata_entries(&self) -> usize {
        self.metadata_entries
    }

    /// By how many the counts of all blocks together may pass what their bytes can hold at one byte a record. Only files of
    /// records that take no bytes (null, a record without fields) need any.
    pub const fn empty_records(&self) -> u64 {
        self.empty_records
    }

    /// How many bytes of memory a decompressor may ask for beside its output. Only xz asks for what the file says.
    pub const fn decoder_memory(&self) -> u64 {
        self.decoder_memory
    }

    /// The same limits with another block size.
    #[must_use]
    pub const fn with_block_size(self, block_size: usize) -> Self {
        Self { block_size, ..self }
    }

    /// The same limits with another header size.
    #[must_use]
    pub const fn with_header_size(self, header_size: usize) -> Self {
        Self { header_size, ..self }
    }

    /// The same limits with another number of metadata entries.
    #[must_use]
    pub const fn with_metadata_entries(self, metadata_entries: usize) -> Self {
        Self { metadata_entries, ..self }
    }

    /// The same limits with another number of records without bytes.
    #[must_use]
    pub const fn with_empty_records(self, empty_records: u64) -> Self {
        Self { empty_records, ..self }
    }

    /// The same limits with another bound on a decompressor's memory.
    #[must_use]
    pub const fn with_decoder_memory(self, decoder_memory: u64) -> Self {
        Self { decoder_memory, ..self }
    }
}

impl Default for ContainerLimits {
    fn default() -> Self {
        Self {
            block_size: Self::DEFAULT_BLOCK_SIZE,
            header_size: Self::DEFAULT_HEADER_SIZE,
            metadata_entries: Self::DEFAULT_METADATA_ENTRIES,
            empty_records: Self::DEFAULT_EMPTY_RECORDS,
            decoder_memory: Self::DEFAULT_DECODER_MEMORY,
        }
    }
}

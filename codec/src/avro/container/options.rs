//! How a container file is written.

use std::{
    format,
    hash::{BuildHasher, RandomState},
    io::{Read, Seek, Write},
    string::String,
    vec::Vec,
};

use super::{
    Codec, ContainerError, Header, SyncMarker, Writer, append,
    error::{Place, Reason},
    header::RESERVED,
};

/// How a container file is written: codec, level, block size, metadata, sync marker.
///
/// ```
/// use cognate_codec::avro::container::{Codec, WriterOptions};
///
/// let writer = WriterOptions::new().codec(Codec::Null).metadata("origin", "meter 7").create(Vec::new(), r#""long""#)?;
/// assert_eq!(writer.header().value("origin"), Some(b"meter 7".as_slice()));
/// # Ok::<(), cognate_codec::avro::container::ContainerError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct WriterOptions {
    pub(super) codec: Option<Codec>,
    pub(super) level: Option<u32>,
    pub(super) block_size: usize,
    pub(super) sync: Option<SyncMarker>,
    pub(super) metadata: Vec<(String, Vec<u8>)>,
}

impl WriterOptions {
    /// Bytes of records that a block is filled with by default, before compression.
    pub const DEFAULT_BLOCK_SIZE: usize = 64 << 10;

    /// No compression, blocks of the default size, no metadata, a random sync marker.
    pub const fn new() -> Self {
        Self { codec: None, level: None, block_size: Self::DEFAULT_BLOCK_SIZE, sync: None, metadata: Vec::new() }
    }

    /// The codec.
    pub fn codec(mut self, codec: Codec) -> Self {
        self.codec = Some(codec);
        self
    }

    /// The compression level, within [`Codec::levels`].
    pub fn level(mut self, level: u32) -> Self {
        self.level = Some(level);
        self
    }

    /// How many bytes of records a block is filled with, before compression: it is written once it has as many. With 0, each
    /// record is a block of its own.
    ///
    /// Readers hold a block in memory; this crate's refuse those of more than
    /// [`ContainerLimits::block_size`](super::ContainerLimits::block_size) unless told otherwise.
    pub fn block_size(mut self, bytes: usize) -> Self {
        self.block_size = bytes;
        self
    }

    /// The sync marker, for files that shall be the same every time. Each file should have its own: recovery takes its
    /// marker for the end of a block wherever it is met, in the data of a record as well.
    pub fn sync_marker(mut self, sync: SyncMarker) -> Self {
        self.sync = Some(sync);
        self
    }

    /// An entry of the metadata. Keys that start with `avro.` are the specification's own.
    pub fn metadata(mut self, key: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        self.metadata.push((key.into(), value.into()));
        self
    }

    /// Starts a file: writes its header. `schema` is the JSON text of the schema that the records follow, and is not looked at.
    ///
    /// # Errors
    ///
    /// A key of the metadata is reserved or there twice, the codec is not compiled in or lacks the level, or writing fails.
    pub fn create<W: Write>(self, output: W, schema: impl Into<String>) -> Result<Writer<W>, ContainerError> {
        let codec = self.codec.unwrap_or_default();
        self.check_metadata()?;
        let encoder = codec.encoder(self.level).map_err(|reason| reason.at(Place::Call))?;
        let sync = self.sync.unwrap_or_else(random_sync);
        let (header, bytes) = Header::build(schema.into(), codec, self.metadata, sync);
        let mut writer = Writer::start(output, header, encoder, self.block_size);
        writer.write_header(&bytes)?;
        Ok(writer)
    }

    /// Goes on with a file, behind its last block. `file` may stand anywhere; its start is the start of the container file.
    ///
    /// The codec, metadata and sync marker are the file's. The caller compares the schema: [`Writer::header`].
    ///
    /// # Errors
    ///
    /// The file has no sound header or a block without a sound frame, such as a last one that is truncated
    /// ([`ContainerError::offset`] says where it starts; cut off there, the file can be gone on with); or these options have a
    /// codec other than the file's, metadata or a sync marker; or the codec is not compiled in or lacks the level; or reading
    /// or writing fails.
    pub fn append_to<F: Read + Write + Seek>(self, file: F) -> Result<Writer<F>, ContainerError> {
        append::append_to(&self, file)
    }

    fn check_metadata(&self) -> Result<(), ContainerError> {
        for (at, (key, _)) in self.metadata.iter().enumerate() {
            if key.starts_with(RESERVED) {
                return Err(Reason::usage(format!(
                    "the metadata key `{key}` is reserved: it starts with `{RESERVED}`"
                )));
            }
            if self.metadata.iter().take(at).any(|(earlier, _)| earlier == key) {
                return Err(Reason::usage(format!("the metadata key `{key}` is set twice")));
            }
        }
        Ok(())
    }
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// Sixteen bytes that no other file has and no writer of records can guess.
///
/// The standard library's hasher is keyed from the operating system's randomness.
fn random_sync() -> SyncMarker {
    let state = RandomState::new();
    let [high, low] = [0_u8, 1].map(|half| u128::from(state.hash_one(half)));
    (high << 64 | low).to_le_bytes()
}

//! The header of a container file: magic, metadata, sync marker.

use std::{
    borrow::{Cow, ToOwned},
    format,
    io::Read,
    string::String,
    vec,
    vec::Vec,
};

use super::{
    Codec, ContainerError, ContainerLimits, MAGIC, SYNC_LEN, SyncMarker,
    error::{Exceeded, Place, Reason},
    frame::{long, put_unsigned, unsigned},
    source::{Slice, Source, Stream},
};
use crate::varint;

pub(super) const SCHEMA_KEY: &str = "avro.schema";
pub(super) const CODEC_KEY: &str = "avro.codec";
/// What keys start with that the specification keeps for itself.
pub(super) const RESERVED: &str = "avro.";

/// The header of a container file: its schema, codec, metadata and sync marker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    metadata: Vec<(String, Vec<u8>)>,
    schema: String,
    codec: String,
    sync: SyncMarker,
    size: u64,
}

impl Header {
    /// Reads a header, and no block. More than the header may be taken from the stream.
    ///
    /// # Errors
    ///
    /// The bytes do not start with a sound header. A codec that is unknown or not compiled in is none: [`Header::codec`] says so.
    pub fn read(reader: impl Read) -> Result<Self, ContainerError> {
        Self::read_with_limits(reader, &ContainerLimits::default())
    }

    /// [`Header::read`] within limits.
    pub fn read_with_limits(reader: impl Read, limits: &ContainerLimits) -> Result<Self, ContainerError> {
        Self::parse(&mut Stream::new(reader), limits)
    }

    /// The header at the start of bytes.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, ContainerError> {
        Self::parse(&mut Slice::new(bytes), &ContainerLimits::default())
    }

    /// The text of the writer's schema.
    pub fn schema(&self) -> &str {
        &self.schema
    }

    /// The name of the codec. A file that does not say has `null`.
    pub fn codec_name(&self) -> &str {
        &self.codec
    }

    /// The codec.
    ///
    /// # Errors
    ///
    /// It is unknown, or its cargo feature is off.
    pub fn codec(&self) -> Result<Codec, ContainerError> {
        let codec = Codec::known(&self.codec).map_err(|reason| reason.at(Place::Header(0)))?;
        if codec.is_available() { Ok(codec) } else { Err(Reason::CodecNotBuilt(codec).at(Place::Header(0))) }
    }

    /// All metadata in the order of the file, the entries of the specification included.
    pub fn metadata(&self) -> &[(String, Vec<u8>)] {
        &self.metadata
    }

    /// The value of a key of the metadata.
    pub fn value(&self, key: &str) -> Option<&[u8]> {
        self.metadata.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_slice())
    }

    /// The file's sync marker.
    pub fn sync_marker(&self) -> SyncMarker {
        self.sync
    }

    /// How many bytes the header takes: where the first block starts.
    pub fn size(&self) -> u64 {
        self.size
    }

    pub(super) fn parse<S: Source>(source: &mut S, limits: &ContainerLimits) -> Result<Self, ContainerError> {
        let mut parser = Parser { source, limits };
        let result = parser.header();
        result.map_err(|reason| reason.at(Place::Header(parser.source.position())))
    }

    /// A header to be written, and its bytes. The schema and codec come first, so that they are found near the file's start.
    pub(super) fn build(
        schema: String,
        codec: Codec,
        user: Vec<(String, Vec<u8>)>,
        sync: SyncMarker,
    ) -> (Self, Vec<u8>) {
        let codec = codec.name().to_owned();
        let mut metadata = vec![
            (SCHEMA_KEY.to_owned(), schema.clone().into_bytes()),
            (CODEC_KEY.to_owned(), codec.clone().into_bytes()),
        ];
        metadata.extend(user);
        let mut bytes = MAGIC.to_vec();
        put_len(&mut bytes, metadata.len());
        for (key, value) in &metadata {
            put_len(&mut bytes, key.len());
            bytes.extend_from_slice(key.as_bytes());
            put_len(&mut bytes, value.len());
            bytes.extend_from_slice(value);
        }
        put_len(&mut bytes, 0);
        bytes.extend_from_slice(&sync);
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        (Self { metadata, schema, codec, sync, size }, bytes)
    }
}

fn put_len(bytes: &mut Vec<u8>, len: usize) {
    put_unsigned(bytes, u64::try_from(len).unwrap_or(u64::MAX));
}

struct Parser<'s, S> {
    source: &'s mut S,
    limits: &'s ContainerLimits,
}

impl<S: Source> Parser<'_, S> {
    fn header(&mut self) -> Result<Header, Reason> {
        self.magic()?;
        let metadata = self.metadata()?;
        let sync = self.sync()?;
        reject_duplicates(&metadata)?;
        let schema = text_of(&metadata, SCHEMA_KEY)?.ok_or(Reason::NoSchema)?;
        let codec = text_of(&metadata, CODEC_KEY)?.unwrap_or_else(|| Codec::Null.name().to_owned());
        Ok(Header { metadata, schema, codec, sync, size: self.source.position() })
    }

    fn magic(&mut self) -> Result<(), Reason> {
        let window = self.source.window(MAGIC.len()).map_err(Reason::Io)?;
        let start = window.get(..MAGIC.len()).unwrap_or(window);
        if start.is_empty() {
            return Err(Reason::Empty);
        }
        if !MAGIC.starts_with(start) {
            return Err(Reason::Magic(start.to_vec()));
        }
        if start.len() < MAGIC.len() {
            let need = u64::try_from(MAGIC.len()).ok();
            return Err(Reason::Truncated { what: "the magic", have: start.len(), need });
        }
        self.source.consume(MAGIC.len());
        Ok(())
    }

    /// Chunks of entries up to an empty one. A negative count stands before a byte size (Avro 1.12, "Maps").
    fn metadata(&mut self) -> Result<Vec<(String, Vec<u8>)>, Reason> {
        let mut metadata = Vec::new();
        loop {
            let count = self.long("the number of metadata entries")?;
            if count == 0 {
                return Ok(metadata);
            }
            let size = if count < 0 { Some(self.unsigned("the size of a metadata chunk")?) } else { None };
            let start = self.source.position();
            for _ in 0..count.unsigned_abs() {
                if metadata.len() >= self.limits.metadata_entries() {
                    return Err(self.too_many_entries());
                }
                let key = self.bytes("a metadata key")?;
                let key = String::from_utf8(key).map_err(|_| Reason::NotUtf8 { what: "a metadata key".into() })?;
                let value = self.bytes("a metadata value")?;
                metadata.push((key, value));
            }
            let taken = self.source.position() - start;
            if let Some(declared) = size.filter(|&declared| declared != taken) {
                return Err(Reason::MapChunkSize { declared, taken });
            }
        }
    }

    fn sync(&mut self) -> Result<SyncMarker, Reason> {
        let window = self.source.window(SYNC_LEN).map_err(Reason::Io)?;
        let Some(sync) = window.first_chunk::<SYNC_LEN>().copied() else {
            let need = u64::try_from(SYNC_LEN).ok();
            return Err(Reason::Truncated { what: "the header's sync marker", have: window.len(), need });
        };
        self.source.consume(SYNC_LEN);
        Ok(sync)
    }

    fn long(&mut self, what: &'static str) -> Result<i64, Reason> {
        let window = self.source.window(varint::MAX_LEN_64).map_err(Reason::Io)?;
        let (value, len) = long(window, what)?;
        self.source.consume(len);
        Ok(value)
    }

    fn unsigned(&mut self, what: &'static str) -> Result<u64, Reason> {
        let window = self.source.window(varint::MAX_LEN_64).map_err(Reason::Io)?;
        let (value, len) = unsigned(window, what)?;
        self.source.consume(len);
        Ok(value)
    }

    fn bytes(&mut self, what: &'static str) -> Result<Vec<u8>, Reason> {
        let need = self.unsigned(what)?;
        let room = u64::try_from(self.limits.header_size()).unwrap_or(u64::MAX).saturating_sub(self.source.position());
        let len = usize::try_from(need).ok().filter(|_| need <= room).ok_or_else(|| self.too_large())?;
        let window = self.source.window(len).map_err(Reason::Io)?;
        let Some(bytes) = window.get(..len) else {
            return Err(Reason::Truncated { what, have: window.len(), need: Some(need) });
        };
        let bytes = bytes.to_vec();
        self.source.consume(len);
        Ok(bytes)
    }

    fn too_large(&self) -> Reason {
        Reason::Limit(Exceeded {
            what: "the size of the header".into(),
            limit: u64::try_from(self.limits.header_size()).unwrap_or(u64::MAX),
            default: u64::try_from(ContainerLimits::DEFAULT_HEADER_SIZE).unwrap_or(u64::MAX),
            setter: "with_header_size",
        })
    }

    fn too_many_entries(&self) -> Reason {
        Reason::Limit(Exceeded {
            what: "the number of metadata entries".into(),
            limit: u64::try_from(self.limits.metadata_entries()).unwrap_or(u64::MAX),
            default: u64::try_from(ContainerLimits::DEFAULT_METADATA_ENTRIES).unwrap_or(u64::MAX),
            setter: "with_metadata_entries",
        })
    }
}

/// Readers disagree about which of two entries counts, so that a file with two may say different things to each.
fn reject_duplicates(metadata: &[(String, Vec<u8>)]) -> Result<(), Reason> {
    let mut keys: Vec<&str> = metadata.iter().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    match keys.windows(2).find(|pair| pair.first() == pair.last()).and_then(<[_]>::first) {
        Some(key) => Err(Reason::DuplicateKey((*key).to_owned())),
        None => Ok(()),
    }
}

fn text_of(metadata: &[(String, Vec<u8>)], key: &'static str) -> Result<Option<String>, Reason> {
    let Some((_, value)) = metadata.iter().find(|(name, _)| name == key) else { return Ok(None) };
    match str::from_utf8(value) {
        Ok(text) => Ok(Some(text.to_owned())),
        Err(_) => Err(Reason::NotUtf8 { what: Cow::Owned(format!("the value of `{key}`")) }),
    }
}

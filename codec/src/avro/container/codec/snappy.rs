//! Snappy blocks with the checksum that Avro adds (Avro 1.12, "snappy").

use std::{borrow::Cow, format, string::ToString, vec::Vec};

use super::{BlockDecoder, BlockEncoder, Codec, room::Room};
use crate::avro::container::error::Reason;

/// The big-endian CRC-32 of the uncompressed data, behind the compressed.
const CHECKSUM_LEN: usize = 4;

/// Three bytes of compressed data stand for at most 64 (format description, "Copy with 2-byte offset").
const MOST_RATIO: u64 = 22;

pub(super) struct Decoder(snap::raw::Decoder);

impl Decoder {
    pub(super) fn new() -> Self {
        Self(snap::raw::Decoder::new())
    }
}

impl BlockDecoder for Decoder {
    fn decode(&mut self, stored: &[u8], data: &mut Vec<u8>, room: Room) -> Result<(), Reason> {
        let Some((compressed, checksum)) = stored.split_last_chunk::<CHECKSUM_LEN>() else {
            return Err(fault("it is too short for a checksum"));
        };
        let declared = snap::raw::decompress_len(compressed).map_err(|error| fault(error.to_string()))?;
        let size = u64::try_from(declared).unwrap_or(u64::MAX);
        room.check(size)?;
        if size > u64::try_from(compressed.len()).unwrap_or(u64::MAX).saturating_mul(MOST_RATIO) {
            return Err(fault(format!("{declared} bytes cannot come of {}", compressed.len())));
        }
        // What the buffer holds from the block before need not be cleared.
        data.truncate(declared);
        room.reserve(data, declared)?;
        data.resize(declared, 0);
        let written = self.0.decompress(compressed, data).map_err(|error| fault(error.to_string()))?;
        data.truncate(written);
        let stored = u32::from_be_bytes(*checksum);
        let computed = crc32fast::hash(data);
        if stored == computed { Ok(()) } else { Err(Reason::Checksum { stored, computed }) }
    }
}

pub(super) struct Encoder(snap::raw::Encoder);

impl Encoder {
    pub(super) fn new() -> Self {
        Self(snap::raw::Encoder::new())
    }
}

impl BlockEncoder for Encoder {
    fn encode(&mut self, data: &[u8], stored: &mut Vec<u8>) -> Result<(), Reason> {
        let start = stored.len();
        // 0 stands for more than the format can hold.
        let most = match snap::raw::max_compress_len(data.len()) {
            0 => return Err(Reason::Usage("snappy holds no block of 4 GiB and more".into())),
            most => most,
        };
        stored.resize(start.saturating_add(most), 0);
        let out = stored.get_mut(start..).unwrap_or_default();
        let written = self.0.compress(data, out).map_err(|error| fault(error.to_string()))?;
        stored.truncate(start.saturating_add(written));
        stored.extend_from_slice(&crc32fast::hash(data).to_be_bytes());
        Ok(())
    }
}

fn fault(problem: impl Into<Cow<'static, str>>) -> Reason {
    Reason::Compressed { codec: Codec::Snappy, problem: problem.into() }
}

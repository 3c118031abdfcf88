//! Raw deflate, without the header and checksum of zlib (Avro 1.12, "deflate").

use std::{borrow::ToOwned, format, vec::Vec};

use flate2::{Decompress, FlushDecompress, Status};
use libdeflater::{CompressionLvl, Compressor};

use super::{
    BlockDecoder, BlockEncoder, Codec,
    room::{Room, Step},
};
use crate::avro::container::error::Reason;

/// Python's avro and fastavro cut deflate data out of zlib's, and leave up to all of its 4-byte checksum behind it.
const MOST_TRAILING: usize = 4;

/// libdeflate would be faster here as well, but its safe interface does not say where the compressed data ends.
pub(super) struct Decoder(Decompress);

impl Decoder {
    pub(super) fn new() -> Self {
        Self(Decompress::new(false))
    }
}

impl BlockDecoder for Decoder {
    fn decode(&mut self, stored: &[u8], data: &mut Vec<u8>, room: Room) -> Result<(), Reason> {
        let inflate = &mut self.0;
        inflate.reset(false);
        let rest = room.run(
            stored,
            data,
            || fault("it ends early"),
            |rest, data| {
                let before = inflate.total_in();
                // All input is there, which spares the copy of a window when the output has room for all as well.
                let status = inflate
                    .decompress_vec(rest, data, FlushDecompress::Finish)
                    .map_err(|error| fault(error.message().unwrap_or("it is damaged").to_owned()))?;
                Ok(Step { used: inflate.total_in() - before, end: status == Status::StreamEnd })
            },
        )?;
        if rest.len() > MOST_TRAILING {
            return Err(fault(format!("{} bytes follow its end", rest.len())));
        }
        Ok(())
    }
}

/// libdeflate takes four fifths of zlib's time for data of the same size: it has the whole block before it starts.
pub(super) struct Encoder(Compressor);

impl Encoder {
    pub(super) fn new(level: Option<u32>) -> Self {
        let level = level.and_then(|level| CompressionLvl::new(i32::try_from(level).ok()?).ok()).unwrap_or_default();
        Self(Compressor::new(level))
    }
}

impl BlockEncoder for Encoder {
    fn encode(&mut self, data: &[u8], stored: &mut Vec<u8>) -> Result<(), Reason> {
        let start = stored.len();
        let most = self.0.deflate_compress_bound(data.len());
        stored.resize(start.saturating_add(most), 0);
        let room = stored.get_mut(start..).unwrap_or_default();
        let written =
            self.0.deflate_compress(data, room).map_err(|_| fault("compressing took more room than its bound"))?;
        stored.truncate(start.saturating_add(written));
        Ok(())
    }
}

fn fault(problem: impl Into<std::borrow::Cow<'static, str>>) -> Reason {
    Reason::Compressed { codec: Codec::Deflate, problem: problem.into() }
}

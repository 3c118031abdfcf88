//! Raw deflate, without the header and checksum of zlib (Avro 1.12, "deflate").

use std::{borrow::ToOwned, format, vec::Vec};

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::{
    BlockDecoder, BlockEncoder, Codec,
    room::{Room, Step},
};
use crate::avro::container::error::Reason;

/// Python's avro and fastavro cut deflate data out of zlib's, and leave up to all of its 4-byte checksum behind it.
const MOST_TRAILING: usize = 4;

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

pub(super) struct Encoder(Compress);

impl Encoder {
    pub(super) fn new(level: Option<u32>) -> Self {
        Self(Compress::new(level.map_or_else(Compression::default, Compression::new), false))
    }
}

impl BlockEncoder for Encoder {
    fn encode(&mut self, data: &[u8], stored: &mut Vec<u8>) -> Result<(), Reason> {
        let deflate = &mut self.0;
        deflate.reset();
        // Stored blocks of deflate cost 5 bytes in 64 KB; anything compressed is smaller.
        let mut room = data.len() / 2 + 1024;
        loop {
            stored.reserve(room);
            let done = usize::try_from(deflate.total_in()).unwrap_or(usize::MAX);
            let rest = data.get(done..).unwrap_or_default();
            let status = deflate
                .compress_vec(rest, stored, FlushCompress::Finish)
                .map_err(|error| fault(format!("compressing failed: {error}")))?;
            match status {
                Status::StreamEnd => return Ok(()),
                Status::Ok | Status::BufError => room = room.saturating_mul(2),
            }
        }
    }
}

fn fault(problem: impl Into<std::borrow::Cow<'static, str>>) -> Reason {
    Reason::Compressed { codec: Codec::Deflate, problem: problem.into() }
}

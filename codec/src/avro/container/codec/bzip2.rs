//! bzip2 (Avro 1.12, "bzip2").

use std::{borrow::Cow, format, string::ToString, vec::Vec};

use bzip2::{Action, Compress, Compression, Decompress, Status};

use super::{
    BlockDecoder, BlockEncoder, Codec,
    room::{Room, Step},
};
use crate::avro::container::error::Reason;

/// What a level stands for: the bytes of a bzip2 block, in steps of this.
const LEVEL_STEP: usize = 100_000;
const MOST_LEVEL: u32 = 9;

pub(super) struct Decoder;

impl BlockDecoder for Decoder {
    fn decode(&mut self, stored: &[u8], data: &mut Vec<u8>, room: Room) -> Result<(), Reason> {
        let mut stream = Decompress::new(false);
        let rest = room.run(
            stored,
            data,
            || fault("it ends early"),
            |rest, data| {
                let before = stream.total_in();
                let status = stream.decompress_vec(rest, data).map_err(|error| fault(error.to_string()))?;
                if status == Status::MemNeeded {
                    return Err(fault("there is no memory for its state"));
                }
                Ok(Step { used: stream.total_in() - before, end: status == Status::StreamEnd })
            },
        )?;
        if rest.is_empty() { Ok(()) } else { Err(fault(format!("{} bytes follow its end", rest.len()))) }
    }
}

pub(super) struct Encoder {
    level: Option<u32>,
}

impl Encoder {
    pub(super) const fn new(level: Option<u32>) -> Self {
        Self { level }
    }
}

impl BlockEncoder for Encoder {
    fn encode(&mut self, data: &[u8], stored: &mut Vec<u8>) -> Result<(), Reason> {
        // A level beyond what holds the data makes nothing smaller, and both sides allocate for it.
        let level = self.level.unwrap_or_else(|| {
            let steps = data.len().div_ceil(LEVEL_STEP).max(1);
            u32::try_from(steps).unwrap_or(MOST_LEVEL).min(MOST_LEVEL)
        });
        let mut stream = Compress::new(Compression::new(level), 0);
        let mut room = data.len() / 2 + 1024;
        loop {
            stored.reserve(room);
            let done = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
            let rest = data.get(done..).unwrap_or_default();
            let status = stream
                .compress_vec(rest, stored, Action::Finish)
                .map_err(|error| fault(format!("compressing failed: {error}")))?;
            match status {
                Status::StreamEnd => return Ok(()),
                Status::MemNeeded => return Err(fault("there is no memory to compress it")),
                Status::Ok | Status::FlushOk | Status::RunOk | Status::FinishOk => room = room.saturating_mul(2),
            }
        }
    }
}

fn fault(problem: impl Into<Cow<'static, str>>) -> Reason {
    Reason::Compressed { codec: Codec::Bzip2, problem: problem.into() }
}

//! xz (Avro 1.12, "xz").

use std::{borrow::Cow, format, string::ToString, vec::Vec};

use liblzma::stream::{Action, Check, Error, Filters, LzmaOptions, Status, Stream};

use super::{
    BlockDecoder, BlockEncoder, Codec,
    room::{Room, Step},
};
use crate::avro::container::{
    ContainerLimits,
    error::{Exceeded, Reason},
};

const DEFAULT_LEVEL: u32 = 6;
/// The smallest dictionary of the format.
const LEAST_DICTIONARY: u32 = 4 << 10;
/// The dictionaries of the levels 0 to 9.
const DICTIONARIES: [u32; 10] =
    [1 << 18, 1 << 20, 1 << 21, 1 << 22, 1 << 22, 1 << 23, 1 << 23, 1 << 24, 1 << 25, 1 << 26];

/// The dictionary is allocated as the data declares it, within the limit, and touched only as far as it is filled.
pub(super) struct Decoder {
    memory: u64,
}

impl Decoder {
    pub(super) const fn new(memory: u64) -> Self {
        Self { memory }
    }
}

impl BlockDecoder for Decoder {
    fn decode(&mut self, stored: &[u8], data: &mut Vec<u8>, room: Room) -> Result<(), Reason> {
        let mut stream = Stream::new_stream_decoder(self.memory, 0).map_err(|error| self.fault(error))?;
        let rest = room.run(
            stored,
            data,
            || text_fault("it ends early"),
            |rest, data| {
                let before = stream.total_in();
                let status = stream.process_vec(rest, data, Action::Run).map_err(|error| self.fault(error))?;
                Ok(Step { used: stream.total_in() - before, end: status == Status::StreamEnd })
            },
        )?;
        if rest.is_empty() { Ok(()) } else { Err(text_fault(format!("{} bytes follow its end", rest.len()))) }
    }
}

impl Decoder {
    fn fault(&self, error: Error) -> Reason {
        if error == Error::MemLimit {
            return Reason::Limit(Exceeded {
                what: "the memory that the xz data asks for".into(),
                limit: self.memory,
                default: ContainerLimits::DEFAULT_DECODER_MEMORY,
                setter: "with_decoder_memory",
            });
        }
        text_fault(error.to_string())
    }
}

pub(super) struct Encoder {
    level: u32,
}

impl Encoder {
    pub(super) fn new(level: Option<u32>) -> Self {
        Self { level: level.unwrap_or(DEFAULT_LEVEL) }
    }
}

impl BlockEncoder for Encoder {
    fn encode(&mut self, data: &[u8], stored: &mut Vec<u8>) -> Result<(), Reason> {
        let mut stream = self.stream(data.len()).map_err(|error| text_fault(format!("compressing failed: {error}")))?;
        let mut room = data.len() / 2 + 1024;
        loop {
            stored.reserve(room);
            let done = usize::try_from(stream.total_in()).unwrap_or(usize::MAX);
            let rest = data.get(done..).unwrap_or_default();
            let status = stream
                .process_vec(rest, stored, Action::Finish)
                .map_err(|error| text_fault(format!("compressing failed: {error}")))?;
            match status {
                Status::StreamEnd => return Ok(()),
                Status::Ok | Status::MemNeeded | Status::GetCheck => room = room.saturating_mul(2),
            }
        }
    }
}

impl Encoder {
    /// A stream whose dictionary is no larger than the data: the level's own would cost both sides megabytes for each block.
    fn stream(&self, len: usize) -> Result<Stream, Error> {
        let mut options = LzmaOptions::new_preset(self.level)?;
        let whole = u32::try_from(len).ok().and_then(u32::checked_next_power_of_two).unwrap_or(u32::MAX);
        let of_level = usize::try_from(self.level).ok().and_then(|level| DICTIONARIES.get(level)).copied();
        options.dict_size(whole.max(LEAST_DICTIONARY).min(of_level.unwrap_or(u32::MAX)));
        Stream::new_stream_encoder(Filters::new().lzma2(&options), Check::Crc64)
    }
}

fn text_fault(problem: impl Into<Cow<'static, str>>) -> Reason {
    Reason::Compressed { codec: Codec::Xz, problem: problem.into() }
}

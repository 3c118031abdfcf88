//! Zstandard frames (Avro 1.12, "zstandard").

use std::{borrow::Cow, format, vec::Vec};

use zstd::zstd_safe::{
    CCtx, CParameter, DCtx, InBuffer, OutBuffer, compress_bound, get_error_name, get_frame_content_size,
    zstd_sys::ZSTD_EndDirective,
};

use super::{BlockDecoder, BlockEncoder, Codec, room::Room};
use crate::avro::container::error::Reason;

/// A block of a frame has at least 4 bytes and stands for at most 128 KiB (RFC 8878, section 3.1.1.2).
const MOST_RATIO: u64 = (128 << 10) / 4;

/// `ZSTD_error_dstSize_tooSmall` of `zstd_errors.h`, which is part of the stable interface. Errors are negative results.
const TOO_SMALL: usize = 70_usize.wrapping_neg();

/// Frames are decompressed in one call, so that the output itself is the window: a frame's window size, which may be declared
/// as large as one likes, then costs no memory.
pub(super) struct Decoder(DCtx<'static>);

impl Decoder {
    pub(super) fn new() -> Result<Self, Reason> {
        DCtx::try_create().map(Self).ok_or_else(out_of_memory)
    }
}

impl BlockDecoder for Decoder {
    fn decode(&mut self, stored: &[u8], data: &mut Vec<u8>, room: Room) -> Result<(), Reason> {
        // No frame at all is the empty sequence of frames to the library.
        if stored.is_empty() {
            return Err(fault("it ends early"));
        }
        room.start(stored, data)?;
        let plausible = u64::try_from(stored.len()).unwrap_or(u64::MAX).saturating_mul(MOST_RATIO);
        if let Ok(Some(size)) = get_frame_content_size(stored) {
            room.check(size)?;
            if size > plausible {
                return Err(fault(format!("{size} bytes cannot come of {}", stored.len())));
            }
            room.reserve(data, usize::try_from(size).unwrap_or(usize::MAX))?;
        }
        // Many writers do not say the size. The buffer of the block before mostly does; otherwise we try again with more.
        loop {
            match self.0.decompress(data, stored) {
                Ok(_) => return room.check(u64::try_from(data.len()).unwrap_or(u64::MAX)),
                Err(TOO_SMALL) => room.restart(data)?,
                Err(code) => return Err(fault(get_error_name(code))),
            }
        }
    }
}

pub(super) struct Encoder(CCtx<'static>);

impl Encoder {
    pub(super) fn new(level: Option<u32>) -> Result<Self, Reason> {
        let mut context = CCtx::try_create().ok_or_else(out_of_memory)?;
        let level = level.and_then(|level| i32::try_from(level).ok()).unwrap_or(zstd::DEFAULT_COMPRESSION_LEVEL);
        context.set_parameter(CParameter::CompressionLevel(level)).map_err(|code| fault(get_error_name(code)))?;
        Ok(Self(context))
    }
}

impl BlockEncoder for Encoder {
    fn encode(&mut self, data: &[u8], stored: &mut Vec<u8>) -> Result<(), Reason> {
        stored.reserve(compress_bound(data.len()));
        let start = stored.len();
        let mut out = OutBuffer::around_pos(stored, start);
        let left = self
            .0
            .compress_stream2(&mut out, &mut InBuffer::around(data), ZSTD_EndDirective::ZSTD_e_end)
            .map_err(|code| fault(get_error_name(code)))?;
        if left == 0 { Ok(()) } else { Err(fault("compressing took more room than its bound")) }
    }
}

fn out_of_memory() -> Reason {
    fault("there is no memory for its state")
}

fn fault(problem: impl Into<Cow<'static, str>>) -> Reason {
    Reason::Compressed { codec: Codec::Zstandard, problem: problem.into() }
}

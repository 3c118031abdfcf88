//! The codecs that a file's blocks may be compressed with.

use std::{borrow::ToOwned, boxed::Box, fmt, format, ops::RangeInclusive, str::FromStr, vec::Vec};

use super::{
    ContainerError, ContainerLimits,
    error::{Place, Reason},
};

mod decompressor;
mod plausible;
mod room;

#[cfg(feature = "bzip2")]
mod bzip2;
#[cfg(feature = "deflate")]
mod deflate;
#[cfg(feature = "snappy")]
mod snappy;
#[cfg(feature = "xz")]
mod xz;
#[cfg(feature = "zstandard")]
mod zstandard;

pub use decompressor::Decompressor;
use room::Room;

/// How the blocks of a file are compressed (Avro 1.12, "Required Codecs" and "Optional Codecs").
///
/// All but `Null` need the cargo feature of their name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Codec {
    /// Not compressed.
    #[default]
    Null,
    /// Raw deflate (RFC 1951). Levels 0 (stored) to 9, 6 by default.
    Deflate,
    /// Snappy, and a big-endian CRC-32 of the uncompressed data. No levels.
    Snappy,
    /// Zstandard. Levels 1 to 22, 3 by default.
    Zstandard,
    /// bzip2. Levels 1 to 9, which are blocks of 100 to 900 KB; by default the least that holds the data.
    Bzip2,
    /// xz. Levels 0 to 9, 6 by default, with a dictionary no larger than the data.
    Xz,
}

impl Codec {
    /// All codecs, those that are not compiled in included.
    pub const ALL: [Self; 6] = [Self::Null, Self::Deflate, Self::Snappy, Self::Zstandard, Self::Bzip2, Self::Xz];

    /// The name in the metadata of a file, which is also the name of the cargo feature.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Deflate => "deflate",
            Self::Snappy => "snappy",
            Self::Zstandard => "zstandard",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
        }
    }

    /// Whether the codec is compiled in.
    pub const fn is_available(self) -> bool {
        match self {
            Self::Null => true,
            Self::Deflate => cfg!(feature = "deflate"),
            Self::Snappy => cfg!(feature = "snappy"),
            Self::Zstandard => cfg!(feature = "zstandard"),
            Self::Bzip2 => cfg!(feature = "bzip2"),
            Self::Xz => cfg!(feature = "xz"),
        }
    }

    /// The compression levels, if the codec has them.
    pub const fn levels(self) -> Option<RangeInclusive<u32>> {
        match self {
            Self::Null | Self::Snappy => None,
            Self::Deflate | Self::Xz => Some(0..=9),
            Self::Zstandard => Some(1..=22),
            Self::Bzip2 => Some(1..=9),
        }
    }

    /// A decompressor of this codec's blocks, to be used for any number of them.
    ///
    /// # Errors
    ///
    /// The codec is not compiled in.
    pub fn decompressor(self, limits: &ContainerLimits) -> Result<Decompressor, ContainerError> {
        Decompressor::new(self, limits).map_err(|reason| reason.at(Place::Call))
    }

    pub(super) fn known(name: &str) -> Result<Self, Reason> {
        Self::ALL.into_iter().find(|codec| codec.name() == name).ok_or_else(|| Reason::UnknownCodec(name.to_owned()))
    }

    /// What compresses blocks; `None` for `Null`.
    pub(super) fn encoder(self, level: Option<u32>) -> Result<Option<Box<dyn BlockEncoder>>, Reason> {
        if let Some(level) = level {
            self.check_level(level)?;
        }
        match self {
            Self::Null => Ok(None),
            #[cfg(feature = "deflate")]
            Self::Deflate => Ok(Some(Box::new(deflate::Encoder::new(level)))),
            #[cfg(feature = "snappy")]
            Self::Snappy => Ok(Some(Box::new(snappy::Encoder::new()))),
            #[cfg(feature = "zstandard")]
            Self::Zstandard => Ok(Some(Box::new(zstandard::Encoder::new(level)?))),
            #[cfg(feature = "bzip2")]
            Self::Bzip2 => Ok(Some(Box::new(bzip2::Encoder::new(level)))),
            #[cfg(feature = "xz")]
            Self::Xz => Ok(Some(Box::new(xz::Encoder::new(level)))),
            #[allow(unreachable_patterns, reason = "reached when a feature is off")]
            codec => Err(Reason::CodecNotBuilt(codec)),
        }
    }

    fn check_level(self, level: u32) -> Result<(), Reason> {
        match self.levels() {
            None => Err(Reason::Usage(format!("the codec `{self}` has no levels, and level {level} is set").into())),
            Some(levels) if levels.contains(&level) => Ok(()),
            Some(levels) => {
                let (least, most) = levels.into_inner();
                Err(Reason::Usage(format!("level {level}: the codec `{self}` has levels {least} to {most}").into()))
            }
        }
    }

    fn decoder(self, limits: &ContainerLimits) -> Result<Option<Box<dyn BlockDecoder>>, Reason> {
        #[cfg(not(feature = "xz"))]
        let _ = limits;
        match self {
            Self::Null => Ok(None),
            #[cfg(feature = "deflate")]
            Self::Deflate => Ok(Some(Box::new(deflate::Decoder::new()))),
            #[cfg(feature = "snappy")]
            Self::Snappy => Ok(Some(Box::new(snappy::Decoder::new()))),
            #[cfg(feature = "zstandard")]
            Self::Zstandard => Ok(Some(Box::new(zstandard::Decoder::new()?))),
            #[cfg(feature = "bzip2")]
            Self::Bzip2 => Ok(Some(Box::new(bzip2::Decoder))),
            #[cfg(feature = "xz")]
            Self::Xz => Ok(Some(Box::new(xz::Decoder::new(limits.decoder_memory())))),
            #[allow(unreachable_patterns, reason = "reached when a feature is off")]
            codec => Err(Reason::CodecNotBuilt(codec)),
        }
    }
}

impl fmt::Display for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Codec {
    type Err = ContainerError;

    fn from_str(name: &str) -> Result<Self, ContainerError> {
        Self::known(name).map_err(|reason| reason.at(Place::Call))
    }
}

/// Decompresses blocks, one at a time.
trait BlockDecoder: Send + Sync {
    /// Replaces the data by what was compressed, within the room.
    fn decode(&mut self, stored: &[u8], data: &mut Vec<u8>, room: Room) -> Result<(), Reason>;
}

/// Compresses blocks, one at a time.
pub(super) trait BlockEncoder: Send + Sync {
    /// Puts the compressed data behind what `stored` holds.
    fn encode(&mut self, data: &[u8], stored: &mut Vec<u8>) -> Result<(), Reason>;
}

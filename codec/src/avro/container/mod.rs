//! Avro object container files: a header with the schema, then blocks of records (Avro 1.12, "Object Container Files").
//!
//! This module knows the file and no schema: the schema is the text in the header, and a record is a run of bytes that the
//! caller decodes or encodes. [`Reader`] streams from any [`Read`](std::io::Read) in constant memory; [`SliceReader`] reads
//! bytes in memory, and lends the records of an uncompressed file for as long as those bytes live; [`Header::read`] stops
//! before the first block. [`Writer`] writes a new file, or goes on with one ([`WriterOptions::append_to`]).
//!
//! ```
//! use cognate_codec::avro::container::{ContainerError, Reader, Writer};
//!
//! let mut writer = Writer::new(Vec::new(), r#""string""#)?;
//! writer.append_encoded(b"\x0aavast")?;
//! let file = writer.finish()?;
//!
//! let mut reader = Reader::new(file.as_slice())?;
//! assert_eq!(reader.header().schema(), r#""string""#);
//! while let Some(block) = reader.next_block()? {
//!     assert_eq!((block.count(), block.data()), (1, b"\x0aavast".as_slice()));
//! }
//! # Ok::<(), ContainerError>(())
//! ```
//!
//! A block at fault stops the reader until [`Reader::recover`] is called, which goes on behind the next sync marker.
//!
//! [`Reader::parallel`] decompresses and decodes blocks on several threads, in order and in bounded memory. For threads of one's
//! own, take blocks as they are stored ([`Reader::next_raw_block`]) and give each thread a [`Decompressor`] of its own.

mod append;
mod block;
mod codec;
mod error;
mod frame;
mod header;
mod limits;
mod options;
mod parallel;
mod reader;
mod slice;
mod source;
mod typed;
mod workers;
mod writer;

pub use block::{Block, RawBlock};
pub use codec::{Codec, Decompressor};
pub use error::ContainerError;
pub use frame::Skipped;
pub use header::Header;
pub use limits::ContainerLimits;
pub use options::WriterOptions;
pub use parallel::{Halt, Outlet, ParallelOptions, ParallelReader};
pub use reader::Reader;
pub use slice::SliceReader;
pub use typed::{Position, Values};
pub use writer::Writer;

/// The first bytes of every container file: `Obj` and the version 1.
pub const MAGIC: [u8; 4] = *b"Obj\x01";

/// The bytes that end the header and every block; each file has its own.
pub type SyncMarker = [u8; SYNC_LEN];

const SYNC_LEN: usize = 16;

//! A container file by hand: block after block through the dataset's own code, and the compressors as libraries.
//!
//! It reads only what [`write`] and the peers write: the header's schema is taken to be the dataset's.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::HandWritten;
use crate::hand::{Cursor, Fault};

const MAGIC: &[u8; 4] = b"Obj\x01";
const SYNC: [u8; 16] = *b"cognate-bench-16";
/// The uncompressed size at which a block is closed.
const BLOCK: usize = 64 * 1024;

/// Writes a container file.
pub fn write<D: HandWritten>(records: &[D::Owned], codec: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(MAGIC);
    put_long(2, out);
    put_bytes(b"avro.schema", out);
    put_bytes(D::SCHEMA.as_bytes(), out);
    put_bytes(b"avro.codec", out);
    put_bytes(codec.as_bytes(), out);
    out.push(0);
    out.extend_from_slice(&SYNC);

    let mut codec = Codec::new(codec);
    let mut block = Vec::with_capacity(BLOCK + 4096);
    let mut packed = Vec::new();
    let mut count = 0;
    for record in records {
        D::write(record, &mut block);
        count += 1;
        if block.len() >= BLOCK {
            put_block(count, codec.pack(&block, &mut packed), out);
            block.clear();
            count = 0;
        }
    }
    if count > 0 {
        put_block(count, codec.pack(&block, &mut packed), out);
    }
}

/// Reads a container file and hands every record over.
pub fn read<D: HandWritten>(file: &[u8], mut each: impl FnMut(D::Owned)) -> Result<(), Fault> {
    let mut cursor = Cursor::new(file);
    if cursor.array()? != *MAGIC {
        return Err(Fault::Tag);
    }
    let mut codec = Codec::Null;
    loop {
        let entries = cursor.avro_block()?;
        if entries == 0 {
            break;
        }
        for _ in 0..entries {
            let key = cursor.avro_string::<&str>()?;
            let value = cursor.avro_string::<&str>()?;
            if key == "avro.codec" {
                codec = Codec::new(value);
            }
        }
    }
    let sync = cursor.array::<16>()?;
    let mut unpacked = Vec::new();
    while !cursor.rest().is_empty() {
        let count = cursor.avro_long()?;
        let size = usize::try_from(cursor.avro_long()?).map_err(|_| Fault::Range)?;
        let mut block = Cursor::new(codec.unpack(cursor.bytes(size)?, &mut unpacked)?);
        for _ in 0..count {
            each(D::read_owned(&mut block)?);
        }
        block.finish()?;
        if cursor.array()? != sync {
            return Err(Fault::Tag);
        }
    }
    Ok(())
}

/// A compressor and its reused state.
enum Codec {
    Null,
    Deflate { pack: Box<Compress>, unpack: Box<Decompress> },
    Snappy { pack: Box<snap::raw::Encoder>, unpack: snap::raw::Decoder },
    Zstandard { pack: zstd::bulk::Compressor<'static>, unpack: zstd::bulk::Decompressor<'static> },
}

/// What an uncompressed block may take at most.
const LIMIT: usize = 1 << 24;

impl Codec {
    fn new(name: &str) -> Self {
        match name {
            "deflate" => Self::Deflate {
                pack: Box::new(Compress::new(Compression::default(), false)),
                unpack: Box::new(Decompress::new(false)),
            },
            "snappy" => Self::Snappy { pack: Box::new(snap::raw::Encoder::new()), unpack: snap::raw::Decoder::new() },
            "zstandard" => Self::Zstandard {
                pack: zstd::bulk::Compressor::new(0).expect("the default level"),
                unpack: zstd::bulk::Decompressor::new().expect("no dictionary"),
            },
            _ => Self::Null,
        }
    }

    fn pack<'b>(&mut self, block: &'b [u8], packed: &'b mut Vec<u8>) -> &'b [u8] {
        packed.clear();
        match self {
            Self::Null => return block,
            Self::Deflate { pack, .. } => {
                pack.reset();
                packed.reserve(block.len() + 1024);
                let status = pack.compress_vec(block, packed, FlushCompress::Finish).expect("a fresh stream");
                assert_eq!(status, Status::StreamEnd, "the room is that of a stored block");
            }
            Self::Snappy { pack, .. } => {
                packed.resize(snap::raw::max_compress_len(block.len()), 0);
                let length = pack.compress(block, packed).expect("room for the worst case");
                packed.truncate(length);
                packed.extend_from_slice(&crc32fast::hash(block).to_be_bytes());
            }
            Self::Zstandard { pack, .. } => {
                packed.reserve(zstd::zstd_safe::compress_bound(block.len()));
                pack.compress_to_buffer(block, packed).expect("room for the worst case");
            }
        }
        packed
    }

    fn unpack<'b>(&mut self, block: &'b [u8], unpacked: &'b mut Vec<u8>) -> Result<&'b [u8], Fault> {
        unpacked.clear();
        match self {
            Self::Null => return Ok(block),
            Self::Deflate { unpack, .. } => {
                unpack.reset(false);
                unpacked.reserve(BLOCK + 4096);
                loop {
                    let rest = block.get(usize::try_from(unpack.total_in()).map_err(|_| Fault::Range)?..);
                    let rest = rest.ok_or(Fault::Truncated)?;
                    let before = (unpack.total_in(), unpack.total_out());
                    let status = unpack.decompress_vec(rest, unpacked, FlushDecompress::Finish);
                    if status.map_err(|_| Fault::Tag)? == Status::StreamEnd {
                        break;
                    }
                    let full = unpacked.len() == unpacked.capacity();
                    if unpacked.len() > LIMIT || (!full && before == (unpack.total_in(), unpack.total_out())) {
                        return Err(Fault::Truncated);
                    }
                    unpacked.reserve(unpacked.len());
                }
            }
            Self::Snappy { unpack, .. } => {
                let (block, sum) = block.split_last_chunk::<4>().ok_or(Fault::Truncated)?;
                let length = snap::raw::decompress_len(block).map_err(|_| Fault::Tag)?;
                if length > LIMIT {
                    return Err(Fault::Range);
                }
                unpacked.resize(length, 0);
                unpack.decompress(block, unpacked).map_err(|_| Fault::Tag)?;
                if crc32fast::hash(unpacked).to_be_bytes() != *sum {
                    return Err(Fault::Tag);
                }
            }
            Self::Zstandard { unpack, .. } => {
                // A stream that did not say its size is given the limit.
                let length = zstd::bulk::Decompressor::upper_bound(block).unwrap_or(LIMIT).min(LIMIT);
                unpacked.reserve(length);
                unpack.decompress_to_buffer(block, unpacked).map_err(|_| Fault::Tag)?;
            }
        }
        Ok(unpacked)
    }
}

fn put_block(count: i64, block: &[u8], out: &mut Vec<u8>) {
    put_long(count, out);
    put_bytes(block, out);
    out.extend_from_slice(&SYNC);
}

fn put_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    put_long(i64::try_from(bytes.len()).expect("a slice's length"), out);
    out.extend_from_slice(bytes);
}

fn put_long(value: i64, out: &mut Vec<u8>) {
    let mut value = super::zigzag(value);
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

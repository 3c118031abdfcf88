//! Container files from outside: round trips, hostile input, recovery, appending, and files of other implementations.

#![cfg(feature = "std")]

mod append;
mod files;
mod header;
mod hostile;
mod parallel;
mod recover;
mod round_trip;
mod typed;
mod write;

use cognate_codec::avro::container::{Codec, SyncMarker, WriterOptions};

const SYNC: SyncMarker = *b"0123456789abcdef";

fn codecs() -> impl Iterator<Item = Codec> {
    Codec::ALL.into_iter().filter(|codec| codec.is_available())
}

/// Records of 0 to 39 bytes that compress, each its length and its bytes.
fn records(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|at| vec![u8::try_from(at % 7).unwrap(); at % 40]).collect()
}

fn options(codec: Codec) -> WriterOptions {
    WriterOptions::new().codec(codec).sync_marker(SYNC)
}

/// A file of records in blocks of about the size.
fn file(codec: Codec, block_size: usize, records: &[Vec<u8>]) -> Vec<u8> {
    let mut writer = options(codec).block_size(block_size).create(Vec::new(), "\"bytes\"").unwrap();
    for record in records {
        writer.append_encoded(&encoded(record)).unwrap();
    }
    writer.finish().unwrap()
}

/// A record of up to 63 bytes as Avro `bytes`.
fn encoded(record: &[u8]) -> Vec<u8> {
    let mut bytes = vec![u8::try_from(record.len() * 2).unwrap()];
    bytes.extend_from_slice(record);
    bytes
}

/// Takes a block's records apart.
fn decoded(mut data: &[u8], count: u64) -> Result<Vec<Vec<u8>>, String> {
    let mut records = Vec::new();
    for _ in 0..count {
        let (&len, rest) = data.split_first().ok_or("no length")?;
        let (record, rest) = rest.split_at_checked(usize::from(len / 2)).ok_or("no data")?;
        records.push(record.to_vec());
        data = rest;
    }
    if data.is_empty() { Ok(records) } else { Err(format!("{} bytes are left", data.len())) }
}

fn long(value: i64) -> Vec<u8> {
    let mut rest = ((value << 1) ^ (value >> 63)).cast_unsigned();
    let mut bytes = Vec::new();
    while rest >= 0x80 {
        bytes.push(u8::try_from(rest & 0x7f).unwrap() | 0x80);
        rest >>= 7;
    }
    bytes.push(u8::try_from(rest).unwrap());
    bytes
}

fn text(text: &str) -> Vec<u8> {
    [long(i64::try_from(text.len()).unwrap()), text.as_bytes().to_vec()].concat()
}

/// A header with the codec, written by hand.
fn raw_header(codec: &str) -> Vec<u8> {
    let entries = [text("avro.schema"), text("\"bytes\""), text("avro.codec"), text(codec)].concat();
    [b"Obj\x01".to_vec(), long(2), entries, long(0), SYNC.to_vec()].concat()
}

/// A block written by hand, with whatever count and size.
fn raw_block(count: i64, size: i64, data: &[u8]) -> Vec<u8> {
    [long(count), long(size), data.to_vec(), SYNC.to_vec()].concat()
}

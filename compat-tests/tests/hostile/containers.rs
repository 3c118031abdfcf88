//! Hostile container files.

use cognate::avro::container::{Codec, ContainerError, Reader, SliceReader, WriterOptions};
use cognate::{Decode, Limits};
use cognate_schema::avro::{Options, Program, Schema};

use crate::data::zigzag;
use crate::measure::refused;

const SYNC: [u8; 16] = *b"sixteen bytes ..";

pub(crate) fn headers() {
    let magic = b"Obj\x01";
    for count in [-1, i64::MIN, 1 << 62, i64::MAX, 1_000_000_000] {
        file(&format!("{count} entries"), &[&magic[..], &zigzag(count), &[0; 64]].concat());
        file(&format!("{count} entries, sized"), &[&magic[..], &zigzag(count), &zigzag(8), &[0; 64]].concat());
    }
    for length in [-1, i64::MIN, 1 << 62, i64::MAX, 1 << 32] {
        file(&format!("a key of {length}"), &[&magic[..], &zigzag(1), &zigzag(length), &[b'a'; 64]].concat());
        let key = [&magic[..], &zigzag(1), &zigzag(1), b"k", &zigzag(length), &[b'a'; 64]].concat();
        file(&format!("a value of {length}"), &key);
    }
    file("eleven bytes of a count", &[&magic[..], &[0xff; 11]].concat());
    let entries = (0..200_000_u32).flat_map(|index| [&[8][..], &index.to_be_bytes()[..], &[0]].concat());
    let entries: Vec<u8> = entries.map(|byte| byte & 0x7f).collect();
    file("two hundred thousand entries", &[&magic[..], &zigzag(200_000), &entries, &[0], &SYNC].concat());
    for depth in [10_000, 1_000_000] {
        file(&format!("a schema {depth} deep"), &header(&"[".repeat(depth), "null"));
    }
    file("a codec that is none", &header("\"null\"", "brotli"));
}

pub(crate) fn blocks() {
    for count in [-1, i64::MIN, 1 << 62, i64::MAX, 1_000_000_000] {
        for schema in ["\"null\"", "\"long\"", r#"{"type": "record", "name": "R", "fields": []}"#] {
            file(&format!("{count} of {schema}"), &[header(schema, "null"), block(count, &[])].concat());
        }
    }
    for size in [-1, i64::MIN, 1 << 62, i64::MAX, 1 << 32] {
        let bytes = [header("\"long\"", "null"), zigzag(1), zigzag(size), vec![0; 64]].concat();
        file(&format!("a block of {size} bytes"), &bytes);
    }
    file("eleven bytes of a count", &[header("\"long\"", "null"), vec![0xff; 40]].concat());
    let many = [header("\"null\"", "null"), block(1 << 20, &[]).repeat(1_000)].concat();
    file("a million nulls, block after block", &many);
}

/// A few kilobytes that become a gigabyte, or say so.
pub(crate) fn bombs() {
    for codec in Codec::ALL.into_iter().filter(|&codec| codec != Codec::Null) {
        // More than may be allocated; what comes after the limit is not looked at.
        let bomb = {
            let mut writer = WriterOptions::new().codec(codec).block_size(usize::MAX);
            writer = writer.sync_marker(SYNC);
            let mut writer = writer.create(Vec::new(), "\"bytes\"").expect("the codec is there");
            let length = zigzag(96 << 20);
            let record = [&length[..], &vec![0; 96 << 20]].concat();
            writer.append_encoded(&record).expect("memory takes it");
            drop(record);
            writer.finish().expect("memory takes it")
        };
        file(&format!("a bomb of {codec} in {} KiB", bomb.len() >> 10), &bomb);
        typed::<Vec<u8>>(&format!("a bomb of {codec}, typed"), &bomb);
    }
    let declared = [0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0];
    file("snappy that declares 4 GiB", &[header("\"bytes\"", "snappy"), block(1, &declared)].concat());
    // A frame header with a window of 2^41 - 2^38 bytes (RFC 8878, section 3.1.1.1.2), and one of 2^62 bytes of content.
    let window = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 1, 0, 0];
    file("zstandard that declares a window of 2 TiB", &[header("\"bytes\"", "zstandard"), block(1, &window)].concat());
    let content = [&[0x28, 0xb5, 0x2f, 0xfd, 0xe0][..], &(1_u64 << 62).to_le_bytes(), &[1, 0, 0]].concat();
    file("zstandard that declares 2^62 bytes", &[header("\"bytes\"", "zstandard"), block(1, &content)].concat());
}

/// Blocks within the limit whose values are many times as large, if they are collected.
pub(crate) fn values_that_outgrow_their_block() {
    for codec in Codec::ALL {
        let items = 8_000_000;
        let schema = r#"{"type": "array", "items": "boolean"}"#;
        let options = WriterOptions::new().codec(codec).block_size(usize::MAX);
        let mut writer = options.create(Vec::new(), schema).expect("the codec is there");
        let mut record = zigzag(items);
        record.resize(record.len() + 8_000_001, 0);
        writer.append_encoded(&record).expect("memory takes it");
        file(&format!("eight million booleans by {codec}"), &writer.finish().expect("memory takes it"));
    }
    let multiplying = r#"{"type": "record", "name": "A", "fields": [{"name": "a", "type":
        {"type": "record", "name": "B", "fields": [NULLS]}}, REST]}"#;
    let nulls: Vec<_> = (0..200).map(|index| format!(r#"{{"name": "n{index}", "type": "null"}}"#)).collect();
    let rest: Vec<_> = (0..200).map(|index| format!(r#"{{"name": "b{index}", "type": "B"}}"#)).collect();
    let schema = multiplying.replace("NULLS", &nulls.join(",")).replace("REST", &rest.join(","));
    file("forty thousand nulls a record", &[header(&schema, "null"), block(1 << 20, &[])].concat());
}

/// Reads all records, from a stream and from memory, as values of the file's schema: both have to fail.
#[track_caller]
fn file(what: &str, bytes: &[u8]) {
    refused(&format!("{what}, streamed"), || {
        let mut reader = Reader::new(bytes).map_err(|error| error.to_string())?;
        let program = program(reader.header().schema())?;
        while let Some(block) = reader.next_block().map_err(|error| error.to_string())? {
            values(&program, block.data(), block.count())?;
        }
        Ok::<_, String>(())
    });
    refused(&format!("{what}, in memory"), || {
        let mut reader = SliceReader::new(bytes).map_err(|error| error.to_string())?;
        let program = program(reader.header().schema())?;
        while let Some(block) = reader.next_block().map_err(|error| error.to_string())? {
            values(&program, block.data(), block.count())?;
        }
        Ok::<_, String>(())
    });
}

fn program(schema: &str) -> Result<Program, String> {
    Schema::parse_with(schema, Options::embedded())
        .map(|schema| Program::new(&schema))
        .map_err(|faults| faults.to_string())
}

fn values(program: &Program, data: &[u8], count: u64) -> Result<(), String> {
    let mut decoder = program.decoder(data, Limits::DEFAULT);
    for _ in 0..count {
        decoder.value().map_err(|error| error.to_string())?;
    }
    Ok(())
}

#[track_caller]
fn typed<T: for<'de> Decode<'de>>(what: &str, bytes: &[u8]) {
    refused(what, || {
        let mut reader = Reader::new(bytes)?;
        while let Some(block) = reader.next_block()? {
            for value in block.values::<T>(Limits::DEFAULT) {
                value?;
            }
        }
        Ok::<_, ContainerError>(())
    });
}

fn header(schema: &str, codec: &str) -> Vec<u8> {
    let mut bytes = b"Obj\x01\x04".to_vec();
    for (key, value) in [("avro.schema", schema), ("avro.codec", codec)] {
        for text in [key, value] {
            bytes.extend(zigzag(i64::try_from(text.len()).expect("a short text")));
            bytes.extend_from_slice(text.as_bytes());
        }
    }
    bytes.push(0);
    bytes.extend_from_slice(&SYNC);
    bytes
}

fn block(count: i64, data: &[u8]) -> Vec<u8> {
    [&zigzag(count)[..], &zigzag(i64::try_from(data.len()).expect("a short block")), data, &SYNC].concat()
}

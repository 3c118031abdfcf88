//! Input that is cut, tampered with or made to hurt: always an error, never a panic, never memory for nothing.

use std::time::{Duration, Instant};

use cognate_codec::avro::container::{Codec, ContainerError, ContainerLimits, Header, Reader, SliceReader};

use super::{codecs, decoded, file, options, raw_block, raw_header, records};

/// The records of a file up to the first error.
fn read(bytes: &[u8]) -> (Vec<Vec<u8>>, Option<ContainerError>) {
    let streamed = read_stream(bytes);
    let (slice, error) = read_slice(bytes);
    assert_eq!(slice, streamed.0, "stream and slice agree");
    // The size of a stored block is limited in a stream only.
    if !streamed.1.as_ref().is_some_and(ContainerError::is_limit) {
        assert_eq!(error.map(|error| error.to_string()), streamed.1.as_ref().map(ToString::to_string));
    }
    streamed
}

fn read_stream(bytes: &[u8]) -> (Vec<Vec<u8>>, Option<ContainerError>) {
    let mut all = Vec::new();
    let mut reader = match Reader::new(bytes) {
        Ok(reader) => reader,
        Err(error) => return (all, Some(error)),
    };
    loop {
        match reader.next_block() {
            Ok(None) => return (all, None),
            Ok(Some(block)) => match decoded(block.data(), block.count()) {
                Ok(records) => all.extend(records),
                Err(error) => return (all, Some(block.record_error(0, error))),
            },
            Err(error) => return (all, Some(error)),
        }
    }
}

fn read_slice(bytes: &[u8]) -> (Vec<Vec<u8>>, Option<ContainerError>) {
    let mut all = Vec::new();
    let mut reader = match SliceReader::new(bytes) {
        Ok(reader) => reader,
        Err(error) => return (all, Some(error)),
    };
    loop {
        match reader.next_block() {
            Ok(None) => return (all, None),
            Ok(Some(block)) => match decoded(block.data(), block.count()) {
                Ok(records) => all.extend(records),
                Err(error) => return (all, Some(block.record_error(0, error))),
            },
            Err(error) => return (all, Some(error)),
        }
    }
}

fn block_fault(codec: Codec, block: &[u8]) -> ContainerError {
    let bytes = [raw_header(codec.name()), block.to_vec()].concat();
    let (records, error) = read(&bytes);
    assert!(records.is_empty());
    let error = error.expect("an error");
    assert_eq!(error.block(), Some(0));
    assert_eq!(error.offset(), Some(Header::from_slice(&bytes).unwrap().size()));
    error
}

#[test]
fn cut_at_every_byte() {
    for codec in codecs() {
        let records = records(18);
        let file = file(codec, 50, &records);
        let mut ends = vec![usize::try_from(Header::from_slice(&file).unwrap().size()).unwrap()];
        let mut reader = SliceReader::new(&file).unwrap();
        while reader.next_block().unwrap().is_some() {
            ends.push(usize::try_from(reader.position()).unwrap());
        }
        assert!(ends.len() > 3);
        for len in 0..file.len() {
            let (read, error) = read(&file[..len]);
            assert_eq!(read, records[..read.len()]);
            match (ends.contains(&len), error) {
                (true, None) => {}
                (false, Some(error)) => {
                    assert!(error.is_truncated() || (len == 0 && error.is_not_container()), "{codec} {len}: {error}");
                    let whole = ends.iter().filter(|&&end| end <= len).count();
                    assert_eq!(error.block(), whole.checked_sub(1).and_then(|whole| u64::try_from(whole).ok()));
                }
                (_, error) => panic!("{codec} cut at {len}: {error:?}"),
            }
        }
    }
}

#[test]
fn cuts_say_what_is_missing() {
    let file = [raw_header("null"), raw_block(3, 300, &[0; 300])].concat();
    let start = raw_header("null").len();
    // Count 3 is one byte, size 300 two.
    for (len, expected) in [
        (start + 1, "truncated: the block's size is missing"),
        (start + 2, "truncated: the block's size ends after 1 bytes"),
        (start + 3, "truncated: 0 of 300 bytes of the block's data"),
        (start + 123, "truncated: 120 of 300 bytes of the block's data"),
        (start + 303, "truncated: 0 of 16 bytes of the block's sync marker"),
        (start + 318, "truncated: 15 of 16 bytes of the block's sync marker"),
    ] {
        let error = read(&file[..len]).1.unwrap();
        assert_eq!(error.to_string(), format!("block 0 at byte {start}: {expected}"));
    }
    let bytes = [raw_header("null"), vec![0x80]].concat();
    let error = read(&bytes).1.unwrap();
    assert_eq!(
        error.to_string(),
        format!("block 0 at byte {start}: truncated: the block's record count ends after 1 bytes")
    );
}

/// Every byte damaged. The codecs with a checksum of the data notice all damage to a block that changes the data; a changed
/// count shows when the records are decoded.
#[test]
fn every_byte_damaged() {
    for codec in codecs() {
        let records = records(18);
        let file = file(codec, 50, &records);
        let header = usize::try_from(Header::from_slice(&file).unwrap().size()).unwrap();
        for at in 0..file.len() {
            for mask in [0x01, 0x10, 0x80, 0xff] {
                let mut file = file.clone();
                file[at] ^= mask;
                let (read, error) = read(&file);
                // In the header the text of the schema and a user's metadata may change unnoticed.
                if at >= header && matches!(codec, Codec::Snappy | Codec::Bzip2 | Codec::Xz) {
                    // Damage may leave the meaning as it is, such as what moves a copy within a run.
                    let expected = if error.is_some() { &records[..read.len()] } else { &records[..] };
                    assert_eq!(read, expected, "{codec}: {mask:#x} in byte {at}");
                }
            }
        }
    }
}

#[test]
fn frames_that_contradict_themselves() {
    let corrupt = |block: &[u8], expected: &str| {
        let error = block_fault(Codec::Null, block);
        assert!(error.is_corrupt(), "{error}");
        assert!(error.to_string().ends_with(expected), "{error}");
    };
    corrupt(&raw_block(-1, 0, b""), "corrupt: the block's record count is negative (-1)");
    corrupt(&raw_block(1, -1, b""), "corrupt: the block's size is negative (-1)");
    corrupt(&raw_block(i64::MIN, 0, b""), "corrupt: the block's record count is negative (-9223372036854775808)");
    corrupt(&[0xff; 30], "corrupt: the block's record count is no varint of at most 64 bits");
    corrupt(&[&[0x02][..], &[0xff; 30]].concat(), "corrupt: the block's size is no varint of at most 64 bits");
    corrupt(&raw_block(1, 3, b"\x04abcd"), "corrupt: the sync marker after the data is not the file's");
}

#[test]
fn trailing_bytes_are_no_block() {
    let records = records(5);
    let file = file(Codec::Null, 1000, &records);
    for garbage in [&b"\n"[..], b"\0\0\0\0", b"garbage, and more than a sync marker of it", &[0xff; 40]] {
        let (read, error) = read(&[&file[..], garbage].concat());
        assert_eq!(read, records);
        let error = error.unwrap();
        assert_eq!((error.block(), error.offset()), (Some(1), u64::try_from(file.len()).ok()), "{error}");
    }
}

#[test]
fn huge_sizes_cost_nothing() {
    let start = Instant::now();
    for size in [(8 << 20) + 1, 1 << 31, 1 << 40, 1 << 62, i64::MAX] {
        let bytes = [raw_header("null"), raw_block(1, size, b"some data")].concat();
        let error = read_stream(&bytes).1.unwrap();
        assert!(error.is_limit(), "{error}");
        assert!(
            error.to_string().ends_with(&format!(
                "a block of {size} bytes is over the limit of 8388608; raise it with `ContainerLimits::with_block_size` \
                 (default 8388608)"
            )),
            "{error}"
        );
        // A slice has all bytes there are, so that nothing would be allocated for more.
        assert!(read_slice(&bytes).1.unwrap().is_truncated());
        let limits = ContainerLimits::default().with_block_size(usize::MAX);
        let error = Reader::with_limits(bytes.as_slice(), limits).unwrap().next_block().unwrap_err();
        assert!(error.is_truncated(), "{error}");
    }
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

#[test]
fn more_records_than_bytes() {
    let file = |count, data: &[u8]| {
        let size = i64::try_from(data.len()).unwrap();
        [raw_header("null"), raw_block(count, size, data)].concat()
    };
    let limits = ContainerLimits::default().with_empty_records(100);
    let count = |bytes: &[u8]| {
        let mut reader = Reader::with_limits(bytes, limits).unwrap();
        let mut count = 0;
        while let Some(block) = reader.next_block()? {
            count += block.count();
        }
        Ok::<u64, ContainerError>(count)
    };
    assert_eq!(count(&file(100, b"")).unwrap(), 100, "nulls");
    assert_eq!(count(&file(0, b"")).unwrap(), 0, "an empty block");
    assert_eq!(count(&file(103, b"\0\0\0")).unwrap(), 103);
    let error = count(&file(104, b"\0\0\0")).unwrap_err();
    assert!(error.is_limit());
    assert!(
        error.to_string().ends_with(
            "104 records in 3 bytes: the number of records without bytes is over the limit of 100; raise it with \
             `ContainerLimits::with_empty_records` (default 1048576)"
        ),
        "{error}"
    );
    assert!(count(&file(i64::MAX, b"\0")).unwrap_err().is_limit());
    // Many blocks count together.
    let many = [file(60, b""), raw_block(60, 0, b"")].concat();
    let error = count(&many).unwrap_err();
    assert!(error.is_limit());
    assert_eq!(error.block(), Some(1));
}

#[test]
fn blocks_of_nothing() {
    for codec in codecs() {
        let bytes = [raw_header(codec.name()), raw_block(0, 0, b""), raw_block(0, 0, b"")].concat();
        let mut reader = Reader::new(bytes.as_slice()).unwrap();
        for index in 0..2 {
            let block = reader.next_block().unwrap().unwrap();
            assert_eq!((block.index(), block.count(), block.data()), (index, 0, &b""[..]));
        }
        assert!(reader.next_block().unwrap().is_none());
    }
}

/// Data that decompresses to more than allowed, and data that is exactly as large as allowed.
#[test]
fn decompressed_size_is_limited() {
    for codec in codecs().filter(|&codec| codec != Codec::Null) {
        let mut writer = options(codec).block_size(usize::MAX).create(Vec::new(), "").unwrap();
        writer.append_encoded(&vec![0; 1 << 20]).unwrap();
        let file = writer.finish().unwrap();
        let read = |limit| {
            let limits = ContainerLimits::default().with_block_size(limit);
            let mut reader = Reader::with_limits(file.as_slice(), limits).unwrap();
            reader.next_block().map(|block| block.unwrap().data().len())
        };
        assert_eq!(read(1 << 20).unwrap(), 1 << 20, "{codec}");
        for limit in [(1 << 20) - 1, 100_000] {
            let error = read(limit).unwrap_err();
            assert!(error.is_limit(), "{codec}: {error}");
            assert!(error.to_string().contains("raise it with `ContainerLimits::with_block_size`"), "{error}");
        }
    }
}

#[test]
fn compressed_data_that_is_damaged() {
    for codec in codecs().filter(|&codec| codec != Codec::Null) {
        for data in [&b"\xde\xad\xbe\xef, no compressed data at all"[..], b"", b"\0", b"\x28\xb5\x2f\xfd"] {
            let error = block_fault(codec, &raw_block(1, i64::try_from(data.len()).unwrap(), data));
            assert!(error.is_corrupt() || (codec == Codec::Zstandard && error.is_limit()), "{codec}: {error}");
        }
        let file = file(codec, 1 << 20, &records(20));
        let mut reader = SliceReader::new(&file).unwrap();
        let stored = reader.next_raw_block().unwrap().unwrap().stored().to_vec();
        for len in 0..stored.len() {
            let error = block_fault(codec, &raw_block(20, i64::try_from(len).unwrap(), &stored[..len]));
            assert!(error.is_corrupt(), "{codec} {len}: {error}");
        }
        let longer = [&stored[..], &[0xaa; 9]].concat();
        let error = block_fault(codec, &raw_block(20, i64::try_from(longer.len()).unwrap(), &longer));
        assert!(error.is_corrupt(), "{codec}: {error}");
    }
}

#[cfg(feature = "snappy")]
#[test]
fn snappy_checksum_and_length() {
    let file = file(Codec::Snappy, 1 << 20, &records(20));
    let mut stored = SliceReader::new(&file).unwrap().next_raw_block().unwrap().unwrap().stored().to_vec();
    let last = stored.len() - 1;
    stored[last] ^= 1;
    let error = block_fault(Codec::Snappy, &raw_block(20, i64::try_from(stored.len()).unwrap(), &stored));
    assert!(error.to_string().contains("corrupt: the checksum of the data is"), "{error}");
    // 5 MB declared in nine bytes, within the limit on blocks.
    let error = block_fault(Codec::Snappy, &raw_block(1, 9, &[0xc0, 0x96, 0xb1, 0x02, 0, 0, 0, 0, 0]));
    assert!(error.to_string().ends_with("corrupt snappy data: 5000000 bytes cannot come of 5"), "{error}");
    let error = block_fault(Codec::Snappy, &raw_block(1, 9, &[0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0]));
    assert!(error.to_string().contains("a block of 4294967295 bytes is over the limit of 8388608"), "{error}");
}

#[cfg(feature = "zstandard")]
#[test]
fn zstandard_sizes() {
    // A frame header with a content size of 8 bytes (RFC 8878, section 3.1.1.1), and one empty last block.
    let frame = |size: u64| [&[0x28, 0xb5, 0x2f, 0xfd, 0xe0][..], &size.to_le_bytes(), &[1, 0, 0]].concat();
    let error = block_fault(Codec::Zstandard, &raw_block(1, 16, &frame(1 << 62)));
    assert!(error.is_limit(), "{error}");
    let error = block_fault(Codec::Zstandard, &raw_block(1, 16, &frame(5_000_000)));
    assert!(error.to_string().ends_with("corrupt zstandard data: 5000000 bytes cannot come of 16"), "{error}");
    // Several frames are one frame's data after the other's.
    let file = file(Codec::Zstandard, 1 << 20, &records(20));
    let stored = SliceReader::new(&file).unwrap().next_raw_block().unwrap().unwrap().stored().to_vec();
    let twice = [&stored[..], &stored].concat();
    let bytes = [raw_header("zstandard"), raw_block(40, i64::try_from(twice.len()).unwrap(), &twice)].concat();
    assert_eq!(read(&bytes).0, [records(20), records(20)].concat());
}

/// Frames of a streaming writer do not say their size: the data shows it.
#[cfg(feature = "zstandard")]
#[test]
fn zstandard_frames_without_a_size() {
    // A window of 128 KiB, and blocks of that many zeros (RFC 8878, sections 3.1.1.1.2 and 3.1.1.2).
    let frame = |blocks: usize| {
        let mut bytes = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38];
        for at in 1..=blocks {
            let header = (128_u32 << 10) << 3 | 1 << 1 | u32::from(at == blocks);
            bytes.extend_from_slice(&header.to_le_bytes()[..3]);
            bytes.push(0);
        }
        let size = i64::try_from(bytes.len()).unwrap();
        [raw_header("zstandard"), raw_block(1, size, &bytes)].concat()
    };
    for blocks in [1, 2, 5, 32, 64] {
        let bytes = frame(blocks);
        let mut reader = Reader::new(bytes.as_slice()).unwrap();
        assert_eq!(reader.next_block().unwrap().unwrap().data().len(), blocks << 17);
    }
    for blocks in [65, 200, 100_000] {
        let bytes = frame(blocks);
        assert!(Reader::new(bytes.as_slice()).unwrap().next_block().unwrap_err().is_limit());
    }
}

#[cfg(feature = "xz")]
#[test]
fn xz_memory() {
    let file = file(Codec::Xz, 1 << 20, &records(20));
    let limits = ContainerLimits::default().with_decoder_memory(10_000);
    let error = Reader::with_limits(file.as_slice(), limits).unwrap().next_block().unwrap_err();
    assert!(error.is_limit());
    assert!(
        error.to_string().ends_with(
            "the memory that the xz data asks for is over the limit of 10000; raise it with \
             `ContainerLimits::with_decoder_memory` (default 83886080)"
        ),
        "{error}"
    );
}

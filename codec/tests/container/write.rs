//! Writing: options, records that fail, outputs that fail.

use std::io::{self, Write};

use cognate_codec::avro::container::{Codec, ContainerError, Reader, Writer, WriterOptions};

use super::{codecs, decoded, encoded, options, records};

fn contents(file: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = Reader::new(file).unwrap();
    let mut all = Vec::new();
    while let Some(block) = reader.next_block().unwrap() {
        all.extend(decoded(block.data(), block.count()).unwrap());
    }
    all
}

#[derive(Debug, PartialEq)]
enum Failure {
    Encode,
    Container,
}

impl From<ContainerError> for Failure {
    fn from(_: ContainerError) -> Self {
        Self::Container
    }
}

#[test]
fn a_record_that_fails_leaves_the_block_as_it_was() {
    for codec in codecs() {
        let mut writer = options(codec).create(Vec::new(), "").unwrap();
        for (at, record) in records(100).iter().enumerate() {
            let result = writer.append_record(|buffer| {
                buffer.extend_from_slice(&encoded(record));
                if at % 3 == 0 { Err(Failure::Encode) } else { Ok(()) }
            });
            assert_eq!(result.is_err(), at % 3 == 0);
        }
        assert_eq!(writer.records(), 66);
        let expected: Vec<_> =
            records(100).into_iter().enumerate().filter(|(at, _)| at % 3 != 0).map(|(_, r)| r).collect();
        assert_eq!(contents(&writer.finish().unwrap()), expected);
    }
}

#[test]
fn a_record_that_panics_leaves_the_block_as_it_was() {
    let mut writer = Writer::new(Vec::new(), "").unwrap();
    writer.append_encoded(&encoded(b"one")).unwrap();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        writer.append_record(|buffer| -> Result<(), ContainerError> {
            buffer.push(7);
            panic!("in the middle of a record");
        })
    }));
    assert!(panicked.is_err());
    writer.append_encoded(&encoded(b"two")).unwrap();
    assert_eq!(contents(&writer.finish().unwrap()), [b"one", b"two"]);
}

#[test]
fn a_record_that_panics_with_the_buffer_in_hand_ends_the_writer() {
    let mut writer = Writer::new(Vec::new(), "").unwrap();
    writer.append_encoded(&encoded(b"one")).unwrap();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        writer.append_record(|buffer| -> Result<(), ContainerError> {
            let _taken = std::mem::take(buffer);
            panic!("in the middle of a record");
        })
    }));
    assert!(panicked.is_err());
    assert!(writer.append_encoded(&encoded(b"two")).is_err());
    assert!(writer.append_encoded(&encoded(b"two")).unwrap_err().is_stopped());
    assert!(writer.finish().unwrap_err().is_stopped());
}

#[test]
fn an_encoder_must_not_take_bytes_away() {
    let mut writer = Writer::new(Vec::new(), "").unwrap();
    writer.append_encoded(&encoded(b"one")).unwrap();
    let error = writer
        .append_record(|buffer| {
            buffer.clear();
            Ok::<_, ContainerError>(())
        })
        .unwrap_err();
    assert_eq!(error.to_string(), "the encoder of a record took bytes of earlier records out of the buffer");
    assert!(writer.finish().unwrap_err().is_stopped());
}

#[test]
fn blocks_are_filled_to_their_size() {
    let mut writer = options(Codec::Null).block_size(100).create(Vec::new(), "").unwrap();
    for _ in 0..25 {
        writer.append_encoded(&[18; 10]).unwrap();
    }
    assert_eq!((writer.blocks(), writer.records()), (2, 25));
    writer.flush_block().unwrap();
    writer.flush_block().unwrap();
    assert_eq!((writer.blocks(), writer.records()), (3, 25));
    assert_eq!(writer.bytes(), u64::try_from(writer.inner().len()).unwrap());
    let file = writer.finish().unwrap();
    let mut reader = Reader::new(file.as_slice()).unwrap();
    let mut counts = Vec::new();
    while let Some(block) = reader.next_block().unwrap() {
        counts.push(block.count());
    }
    assert_eq!(counts, [10, 10, 5]);
}

#[test]
fn records_without_bytes_fill_a_block_too() {
    let mut writer = Writer::new(Vec::new(), "\"null\"").unwrap();
    for _ in 0..(1 << 20) + 5 {
        writer.append_encoded(b"").unwrap();
    }
    assert_eq!(writer.blocks(), 1);
    assert_eq!(writer.records(), (1 << 20) + 5);
}

#[test]
fn levels() {
    let records = records(3000);
    for codec in codecs() {
        for level in codec.levels().into_iter().flatten() {
            let mut writer = options(codec).level(level).create(Vec::new(), "").unwrap();
            for record in &records {
                writer.append_encoded(&encoded(record)).unwrap();
            }
            assert_eq!(contents(&writer.finish().unwrap()), records, "{codec} {level}");
        }
        let error = options(codec).level(23).create(Vec::new(), "").unwrap_err().to_string();
        match codec.levels() {
            None => assert_eq!(error, format!("the codec `{codec}` has no levels, and level 23 is set")),
            Some(levels) => assert_eq!(
                error,
                format!("level 23: the codec `{codec}` has levels {} to {}", levels.start(), levels.end())
            ),
        }
    }
}

#[test]
fn metadata_that_is_refused() {
    let refused = |options: WriterOptions| options.create(Vec::new(), "").unwrap_err().to_string();
    assert_eq!(
        refused(WriterOptions::new().metadata("avro.codec", "x")),
        "the metadata key `avro.codec` is reserved: it starts with `avro.`"
    );
    assert_eq!(
        refused(WriterOptions::new().metadata("k", "1").metadata("k", "2")),
        "the metadata key `k` is set twice"
    );
}

#[test]
fn sync_markers_differ() {
    let marker = || Writer::new(Vec::new(), "").unwrap().header().sync_marker();
    let (first, second) = (marker(), marker());
    assert_ne!(first, second);
    assert_ne!(first[..8], first[8..]);
}

#[test]
fn the_same_options_write_the_same_file() {
    for codec in codecs() {
        let write = || super::file(codec, 1000, &records(500));
        assert_eq!(write(), write(), "{codec}");
    }
}

#[test]
fn a_failed_write_ends_the_writer() {
    /// Takes so many bytes and no more.
    #[derive(Debug)]
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            let taken = bytes.len().min(self.0);
            self.0 -= taken;
            Ok(taken)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut writer = options(Codec::Null).block_size(50).create(Full(200), "").unwrap();
    let header = writer.header().size();
    let error = loop {
        if let Err(error) = writer.append_encoded(&[0; 20]) {
            break error;
        }
    };
    assert!(error.is_io());
    assert_eq!(error.io_error().unwrap().kind(), io::ErrorKind::StorageFull);
    // 60 bytes of records, two of prefix, sixteen of marker.
    assert_eq!((error.block(), error.offset()), (Some(1), Some(header + 78)));
    assert!(writer.flush().unwrap_err().is_stopped());
    assert!(writer.finish().unwrap_err().is_stopped());
    assert!(options(Codec::Null).create(Full(10), "").unwrap_err().is_io());
}

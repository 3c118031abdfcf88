//! What is written is read back, by every reader, whatever the stream is cut into.

use std::io::{self, Read};

use cognate_codec::avro::container::{Codec, ContainerLimits, RawBlock, Reader, SliceReader};

use super::{codecs, decoded, file, records};

/// Gives a few bytes at a time, and an interruption between.
struct Drip<'a> {
    bytes: &'a [u8],
    step: usize,
    interrupt: bool,
}

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.interrupt = !self.interrupt;
        if self.interrupt {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let step = self.step.min(buffer.len());
        (&mut self.bytes).take(u64::try_from(step).unwrap()).read(buffer)
    }
}

fn read_all(reader: impl Read) -> Vec<Vec<u8>> {
    let mut reader = Reader::new(reader).unwrap();
    let mut all = Vec::new();
    let mut index = 0;
    while let Some(block) = reader.next_block().unwrap() {
        assert_eq!(block.index(), index);
        index += 1;
        all.extend(decoded(block.data(), block.count()).unwrap());
    }
    assert!(reader.next_block().unwrap().is_none(), "the end stays the end");
    all
}

#[test]
fn every_codec_and_block_size() {
    for codec in codecs() {
        for (count, block_size) in [(0, 100), (1, 100), (50, 0), (500, 100), (5_000, 10_000), (20_000, 64 << 10)] {
            let records = records(count);
            let file = file(codec, block_size, &records);
            assert_eq!(read_all(file.as_slice()), records, "{codec} {count} {block_size}");

            let mut slice = SliceReader::new(&file).unwrap();
            let mut all = Vec::new();
            while let Some(block) = slice.next_block().unwrap() {
                all.extend(decoded(block.data(), block.count()).unwrap());
            }
            assert_eq!(all, records, "{codec} {count} {block_size}");
        }
    }
}

#[test]
fn streams_in_small_pieces() {
    for codec in codecs() {
        let records = records(300);
        let file = file(codec, 700, &records);
        for step in [1, 2, 15, 16, 17, 100] {
            assert_eq!(read_all(Drip { bytes: &file, step, interrupt: false }), records, "{codec} {step}");
        }
    }
}

#[test]
fn blocks_larger_than_the_buffer() {
    for codec in codecs() {
        let records = records(100_000);
        let file = file(codec, 1 << 20, &records);
        let mut reader = Reader::new(Drip { bytes: &file, step: 60_000, interrupt: false }).unwrap();
        let mut all = Vec::new();
        let mut positions = vec![reader.position()];
        while let Some(block) = reader.next_block().unwrap() {
            all.extend(decoded(block.data(), block.count()).unwrap());
            assert_eq!(block.offset(), *positions.last().unwrap());
            assert!(codec != Codec::Null || block.stored_size() == block.data().len());
            positions.push(reader.position());
        }
        assert_eq!(all, records, "{codec}");
        assert_eq!(positions.last().copied(), u64::try_from(file.len()).ok());
        assert_eq!(positions.len(), 3, "two blocks of a mebibyte, not {}", positions.len() - 1);
    }
}

#[test]
fn bytes_that_do_not_compress() {
    // A linear congruential generator's upper bytes look random to every codec here.
    let mut state = 1_u64;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    })
    .take(300_000)
    .collect();
    for codec in codecs() {
        let mut writer = super::options(codec).block_size(usize::MAX).create(Vec::new(), "").unwrap();
        writer.append_encoded(&noise).unwrap();
        let file = writer.finish().unwrap();
        let mut reader = Reader::new(file.as_slice()).unwrap();
        assert!(reader.next_block().unwrap().unwrap().data() == noise, "{codec}");
    }
}

#[test]
fn raw_blocks_are_decompressed_elsewhere() {
    for codec in codecs() {
        let records = records(2_000);
        let file = file(codec, 1_000, &records);
        let mut reader = Reader::new(file.as_slice()).unwrap();
        let mut blocks: Vec<RawBlock<'static>> = Vec::new();
        while let Some(block) = reader.next_raw_block().unwrap() {
            blocks.push(block.into_owned());
        }
        let thread = std::thread::spawn(move || {
            let mut decompressor = codec.decompressor(&ContainerLimits::default()).unwrap();
            let mut data = b"of the block before".to_vec();
            let mut all = Vec::new();
            for block in &blocks {
                let block = decompressor.decompress(block, &mut data).unwrap();
                all.extend(decoded(block.data(), block.count()).unwrap());
            }
            all
        });
        assert_eq!(thread.join().unwrap(), records, "{codec}");
    }
}

#[test]
fn records_borrow_from_the_file() {
    let records = records(100);
    let file = file(Codec::Null, 200, &records);
    let mut blocks = Vec::new();
    {
        let mut reader = SliceReader::new(&file).unwrap();
        while let Some(block) = reader.next_borrowed_block().unwrap() {
            assert!(file.as_ptr_range().contains(&block.data().as_ptr()), "a copy");
            blocks.push(block);
        }
    }
    let all: Vec<_> = blocks.iter().flat_map(|block| decoded(block.data(), block.count()).unwrap()).collect();
    assert_eq!(all, records);
}

#[cfg(feature = "deflate")]
#[test]
fn compressed_blocks_cannot_be_borrowed() {
    let file = file(Codec::Deflate, 200, &records(100));
    let mut reader = SliceReader::new(&file).unwrap();
    let error = reader.next_borrowed_block().unwrap_err();
    assert_eq!(error.to_string(), "blocks compressed with deflate cannot be borrowed from the file");
    assert!(reader.next_block().unwrap().is_some(), "nothing was read");
}

#[test]
fn a_failed_read_may_be_repeated() {
    /// Refuses every other read.
    struct Flaky<'a>(Drip<'a>, bool);
    impl Read for Flaky<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 { Err(io::ErrorKind::WouldBlock.into()) } else { self.0.read(buffer) }
        }
    }
    let records = records(100);
    let file = file(Codec::Null, 300, &records);
    // The header must come in one piece: there is no reader yet that could go on.
    let header = 100;
    let source = file[..header].chain(Flaky(Drip { bytes: &file[header..], step: 50, interrupt: false }, true));
    let mut reader = Reader::new(source).unwrap();
    let (mut all, mut refused) = (Vec::new(), 0);
    loop {
        match reader.next_block() {
            Ok(Some(block)) => all.extend(decoded(block.data(), block.count()).unwrap()),
            Ok(None) => break,
            Err(error) => {
                assert_eq!(error.io_error().unwrap().kind(), io::ErrorKind::WouldBlock);
                assert!(error.is_io() && !error.is_truncated() && !error.is_corrupt());
                refused += 1;
            }
        }
    }
    assert_eq!(all, records);
    assert!(refused > 10, "{refused}");
}

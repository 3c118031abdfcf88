//! Going on with a file that is there.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

use cognate_codec::avro::container::{Codec, Reader, WriterOptions};

use super::{codecs, decoded, encoded, file, options, records};

fn contents(file: &[u8]) -> Vec<Vec<u8>> {
    let mut reader = Reader::new(file).unwrap();
    let mut all = Vec::new();
    while let Some(block) = reader.next_block().unwrap() {
        all.extend(decoded(block.data(), block.count()).unwrap());
    }
    all
}

#[test]
fn goes_on_behind_the_last_block() {
    for codec in codecs() {
        for before in [0, 1, 500] {
            let first = records(before);
            let file = file(codec, 300, &first);
            let size = file.len();
            let mut writer = WriterOptions::new().block_size(300).append_to(Cursor::new(file)).unwrap();
            assert_eq!(writer.records(), u64::try_from(before).unwrap());
            assert_eq!(writer.bytes(), u64::try_from(size).unwrap());
            assert_eq!(writer.header().schema(), "\"bytes\"");
            let blocks = writer.blocks();
            for record in records(50) {
                writer.append_encoded(&encoded(&record)).unwrap();
            }
            assert!(writer.blocks() > blocks);
            let file = writer.finish().unwrap().into_inner();
            assert_eq!(contents(&file), [first, records(50)].concat(), "{codec} {before}");
        }
    }
}

#[test]
fn appending_nothing_changes_nothing() {
    let file = file(Codec::Null, 300, &records(50));
    let appended = WriterOptions::new().append_to(Cursor::new(file.clone())).unwrap().finish().unwrap();
    assert_eq!(appended.into_inner(), file);
}

#[test]
fn a_file_that_is_not_whole_is_refused_untouched() {
    let whole = file(Codec::Null, 0, &records(10));
    let last = {
        let mut reader = Reader::new(whole.as_slice()).unwrap();
        let mut last = 0;
        while let Some(block) = reader.next_block().unwrap() {
            last = block.offset();
        }
        usize::try_from(last).unwrap()
    };
    for len in last + 1..whole.len() {
        let mut file = Cursor::new(whole[..len].to_vec());
        let error = WriterOptions::new().append_to(&mut file).unwrap_err();
        assert!(error.is_truncated(), "{error}");
        assert_eq!((error.block(), error.offset()), (Some(9), u64::try_from(last).ok()));
        assert_eq!(file.into_inner(), whole[..len]);
    }
    let cut = WriterOptions::new().append_to(Cursor::new(whole[..last].to_vec()));
    assert_eq!(cut.unwrap().records(), 9, "cut where the error says, it is whole again");

    let mut damaged = whole.clone();
    damaged[last - 1] ^= 1;
    let error = WriterOptions::new().append_to(Cursor::new(damaged)).unwrap_err();
    assert!(error.is_corrupt());
    assert_eq!(error.block(), Some(8));
    let mut huge = whole[..last].to_vec();
    huge.extend([2, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
    assert!(WriterOptions::new().append_to(Cursor::new(huge)).unwrap_err().is_truncated());
    assert!(WriterOptions::new().append_to(Cursor::new(Vec::new())).unwrap_err().is_not_container());
}

#[test]
fn options_that_the_file_has_already() {
    let file = file(Codec::Null, 300, &records(50));
    let refused = |options: WriterOptions| options.append_to(Cursor::new(file.clone())).unwrap_err().to_string();
    assert_eq!(
        refused(WriterOptions::new().codec(Codec::Deflate)),
        "the file's codec is `null`; blocks of `deflate` cannot be appended"
    );
    assert_eq!(refused(options(Codec::Null)), "the sync marker of a file cannot be changed by appending");
    assert_eq!(
        refused(WriterOptions::new().metadata("k", "v")),
        "the metadata of a file cannot be changed by appending"
    );
    assert!(WriterOptions::new().codec(Codec::Null).append_to(Cursor::new(file.clone())).is_ok());
}

#[test]
fn the_data_of_the_blocks_is_not_read() {
    #[derive(Debug)]
    struct Counting(Cursor<Vec<u8>>, usize);
    impl Read for Counting {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.read(buffer)?;
            self.1 += count;
            Ok(count)
        }
    }
    impl Write for Counting {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl Seek for Counting {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }
    let file = file(Codec::Null, 64 << 10, &records(500_000));
    let len = file.len();
    let writer = WriterOptions::new().append_to(Counting(Cursor::new(file), 0)).unwrap();
    assert_eq!(writer.records(), 500_000);
    assert!(writer.inner().1 < len / 20, "{} of {len} bytes were read", writer.inner().1);
}

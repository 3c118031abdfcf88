//! Headers: what they say, what is wrong with them, and that no block is touched for them.

use std::io::{self, Read};

use cognate_codec::avro::container::{Codec, ContainerError, ContainerLimits, Header, Reader, SliceReader};

use super::{SYNC, codecs, file, long, options, raw_header, records, text};

fn metadata(chunks: &[Vec<u8>]) -> Vec<u8> {
    [b"Obj\x01".to_vec(), chunks.concat(), SYNC.to_vec()].concat()
}

fn entry(key: &str, value: &str) -> Vec<u8> {
    [text(key), text(value)].concat()
}

fn fault(bytes: &[u8]) -> ContainerError {
    let error = Header::from_slice(bytes).unwrap_err();
    let streamed = Header::read(bytes).unwrap_err();
    assert_eq!(error.to_string(), streamed.to_string(), "slice and stream agree");
    error
}

#[test]
fn says_what_was_written() {
    for codec in codecs() {
        let writer =
            options(codec).metadata("a", "1").metadata("b", [0xff, 0x00]).create(Vec::new(), "\"int\"").unwrap();
        let written = writer.header().clone();
        let bytes = writer.finish().unwrap();
        let header = Header::read(bytes.as_slice()).unwrap();
        assert_eq!(header, written);
        assert_eq!(header.schema(), "\"int\"");
        assert_eq!(header.codec_name(), codec.name());
        assert_eq!(header.codec().unwrap(), codec);
        assert_eq!(header.sync_marker(), SYNC);
        assert_eq!(usize::try_from(header.size()).unwrap(), bytes.len());
        let keys: Vec<_> = header.metadata().iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["avro.schema", "avro.codec", "a", "b"]);
        assert_eq!(header.value("b"), Some([0xff, 0x00].as_slice()));
        assert_eq!(header.value("c"), None);
    }
}

#[test]
fn is_read_without_the_blocks() {
    /// A stream whose blocks cannot be read.
    struct HeaderOnly(io::Cursor<Vec<u8>>);
    impl Read for HeaderOnly {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            match self.0.read(buffer)? {
                0 => Err(io::Error::other("read past the header")),
                count => Ok(count),
            }
        }
    }
    let file = file(Codec::Null, 100, &records(1000));
    let size = usize::try_from(Header::from_slice(&file).unwrap().size()).unwrap();
    let header = Header::read(HeaderOnly(io::Cursor::new(file[..size].to_vec()))).unwrap();
    assert_eq!(header.schema(), "\"bytes\"");
}

#[test]
fn a_file_without_codec_is_not_compressed() {
    let bytes = metadata(&[long(1), entry("avro.schema", "\"int\""), long(0)]);
    let header = Header::from_slice(&bytes).unwrap();
    assert_eq!((header.codec_name(), header.codec().unwrap()), ("null", Codec::Null));
}

#[test]
fn metadata_in_several_chunks() {
    let sized = entry("k", "v");
    let bytes = metadata(&[
        long(1),
        entry("first", "1"),
        long(-2),
        long(i64::try_from(sized.len() + entry("avro.schema", "\"int\"").len()).unwrap()),
        sized,
        entry("avro.schema", "\"int\""),
        long(1),
        entry("avro.codec", "null"),
        long(0),
    ]);
    let header = Header::from_slice(&bytes).unwrap();
    let keys: Vec<_> = header.metadata().iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["first", "k", "avro.schema", "avro.codec"]);
    assert_eq!(usize::try_from(header.size()).unwrap(), bytes.len());
}

#[test]
fn bytes_that_are_no_container_file() {
    let error = fault(b"");
    assert!(error.is_not_container());
    assert_eq!(
        error.to_string(),
        "header at byte 0: there are no bytes; an Avro container file starts with `Obj` and the byte 1"
    );
    let error = fault(b"PAR1....");
    assert!(error.is_not_container() && !error.is_corrupt());
    assert_eq!(
        error.to_string(),
        "header at byte 0: no Avro container file: it starts with 50 41 52 31, not 4f 62 6a 01 (`Obj` and the byte 1)"
    );
    assert!(fault(b"Obj\x02rest").is_not_container());
    assert!(fault(b"x").is_not_container());
    let error = fault(b"Ob");
    assert!(error.is_truncated());
    assert_eq!(error.to_string(), "header at byte 0: truncated: 2 of 4 bytes of the magic");
}

#[test]
fn faults_of_the_metadata() {
    let schema = || entry("avro.schema", "\"int\"");
    let cases: [(&str, Vec<Vec<u8>>); 9] = [
        ("header at byte 21: corrupt: the metadata has no `avro.schema`", vec![long(0)]),
        (
            "header at byte 58: corrupt: the metadata has two entries `avro.schema`",
            vec![long(2), schema(), schema(), long(0)],
        ),
        ("header at byte 15: corrupt: a metadata value is negative (-1)", vec![long(1), text("avro.sche"), long(-1)]),
        (
            "header at byte 5: corrupt: the size of a metadata chunk is negative (-7)",
            vec![long(-1), long(-7), schema(), long(0)],
        ),
        (
            "header at byte 24: corrupt: a chunk of the metadata should take 7 bytes and takes 18",
            vec![long(-1), long(7), schema(), long(0)],
        ),
        (
            "header at byte 4: corrupt: the number of metadata entries is no varint of at most 64 bits",
            vec![vec![0xff; 10]],
        ),
        ("header at byte 7: corrupt: a metadata key is not UTF-8", vec![long(1), vec![2, 0xff], text(""), long(0)]),
        (
            "header at byte 39: corrupt: the value of `avro.schema` is not UTF-8",
            vec![long(1), text("avro.schema"), vec![8, 0xff, 0xff, 0xff, 0xff], long(0)],
        ),
        ("header at byte 7: truncated: 20 of 100 bytes of a metadata key", vec![long(1), long(100), vec![b'x'; 4]]),
    ];
    for (expected, chunks) in cases {
        let error = fault(&metadata(&chunks));
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.is_truncated(), expected.contains("truncated"));
        assert_eq!(error.is_corrupt(), expected.contains("corrupt"));
        assert_eq!(error.block(), None);
    }
}

#[test]
fn limits_of_the_metadata() {
    let limits = ContainerLimits::default().with_header_size(1000).with_metadata_entries(3);
    let read = |bytes: &[u8]| Header::read_with_limits(bytes, &limits).unwrap_err();

    let error = read(&metadata(&[long(1), long(1 << 62)]));
    assert!(error.is_limit());
    assert_eq!(
        error.to_string(),
        "header at byte 15: the size of the header is over the limit of 1000; raise it with \
         `ContainerLimits::with_header_size` (default 8388608)"
    );
    let many: Vec<_> = (0..4).map(|at| entry(&at.to_string(), "")).collect();
    let error = read(&metadata(&[long(1 << 62), many.concat()]));
    assert!(error.is_limit());
    assert_eq!(
        error.to_string(),
        "header at byte 23: the number of metadata entries is over the limit of 3; raise it with \
         `ContainerLimits::with_metadata_entries` (default 10000)"
    );
    // A count of the lowest number has no positive counterpart.
    assert!(fault(&metadata(&[long(i64::MIN), long(0)])).is_truncated());
}

#[test]
fn codecs_that_cannot_be_read() {
    let bytes = raw_header("lz4");
    let header = Header::from_slice(&bytes).unwrap();
    assert_eq!(header.codec_name(), "lz4");
    for error in
        [header.codec().unwrap_err(), Reader::new(bytes.as_slice()).unwrap_err(), SliceReader::new(&bytes).unwrap_err()]
    {
        assert!(error.is_unsupported_codec());
        assert_eq!(
            error.to_string(),
            "header at byte 0: unknown codec `lz4`; known are null, deflate, snappy, zstandard, bzip2, xz"
        );
    }
    for codec in Codec::ALL.into_iter().filter(|codec| !codec.is_available()) {
        let bytes = raw_header(codec.name());
        let error = Reader::new(bytes.as_slice()).unwrap_err();
        assert!(error.is_unsupported_codec());
        assert_eq!(
            error.to_string(),
            format!("header at byte 0: the codec `{codec}` is not compiled in; enable the cargo feature `{codec}`")
        );
        assert!(options(codec).create(Vec::new(), "").unwrap_err().is_unsupported_codec());
    }
}

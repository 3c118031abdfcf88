//! Files that other implementations wrote.

use std::{fs, path::PathBuf};

use cognate_codec::avro::container::{Codec, Header, Reader};

use super::{SYNC, raw_header};

/// The count, size and data of a block with three times the string `cognate cognate cognate`, as Apache Avro 1.12.2 for Java
/// and 1.12 for Python write it.
///
/// Java's zstandard does not say the size of the data; Python's deflate leaves three bytes of zlib's checksum behind it.
const BLOCKS: [(&str, &str, &str); 7] = [
    (
        "Java",
        "null",
        "0690012e636f676e61746520636f676e61746520636f676e6174652e636f676e61746520636f676e61746520636f676e6174652e636f676e61746520636f676e61746520636f676e617465",
    ),
    ("Java", "deflate", "0620d34bce4fcf4b2c495540a3f548140700"),
    ("Java", "snappy", "062a48202e636f676e617465203a0800be1800ef270cd8"),
    ("Java", "zstandard", "064828b52ffd0058dd0000682e636f676e617465202e202e200500a00bc80e740632b1ae1c01"),
    (
        "Java",
        "bzip2",
        "066e425a6839314159265359cf14be2a000004118040012a818400200031064c4054a01ea6e1d86a692c2c2c2c2c3e2ee48a70a1219e297c54",
    ),
    (
        "Java",
        "xz",
        "06a001fd377a585a000004e6d6b4460200210116000000742fe5a3e0004700125d001718c9e68d426de60b4dbcd40f3217e6800000000073481c0b7035634f00012e48a57586531fb6f37d010000000004595a",
    ),
    ("Python", "deflate", "0626d34bce4fcf4b2c495540a3f548140700d9bf1b"),
];

#[test]
fn blocks_of_java_and_python() {
    let record = b"\x2ecognate cognate cognate";
    for (by, codec, hex) in BLOCKS {
        if !codec.parse::<Codec>().unwrap().is_available() {
            continue;
        }
        let block: Vec<u8> =
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
        let file = [&raw_header(codec)[..], &block, &SYNC].concat();
        let mut reader = Reader::new(file.as_slice()).unwrap();
        let block = reader.next_block().unwrap().unwrap();
        assert_eq!(block.count(), 3, "{by} {codec}");
        assert_eq!(block.data(), [&record[..], record, record].concat(), "{by} {codec}");
        assert!(reader.next_block().unwrap().is_none());
    }
}

fn real(name: &str) -> Option<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/avro").join(name);
    path.exists().then(|| fs::read(path).unwrap())
}

/// Five records of a station's name, a time and a temperature, written by Java. The folder is there on some machines only.
#[test]
fn weather() {
    let mut plain = None;
    for (name, codec) in [
        ("weather.avro", Codec::Null),
        ("weather-deflate.avro", Codec::Deflate),
        ("weather-snappy.avro", Codec::Snappy),
    ] {
        let Some(bytes) = real(name).filter(|_| codec.is_available()) else { continue };
        let header = Header::from_slice(&bytes).unwrap();
        assert_eq!(header.codec().unwrap(), codec);
        assert!(header.schema().contains("\"name\":\"Weather\""));
        let mut reader = Reader::new(bytes.as_slice()).unwrap();
        let block = reader.next_block().unwrap().unwrap();
        assert_eq!(block.count(), 5);
        assert!(block.data().starts_with(b"\x18011990-99999"), "{name}");
        assert_eq!(plain.get_or_insert(block.data().to_vec()), block.data(), "{name}");
        assert!(reader.next_block().unwrap().is_none());
    }
}

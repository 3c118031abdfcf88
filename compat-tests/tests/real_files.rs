//! Files that others have written, from the folder `../shared/data` beside the project, where there is one.

use std::fs;
use std::path::{Path, PathBuf};

use cognate_codec::Limits;
use cognate_codec::avro::container::{ContainerError, Header, Reader, SliceReader};
use cognate_compat_tests::{
    Algorithm, AvroImplementation as _, Cognate, Library, judge_or_skip, skip_optional, to_neutral,
};
use cognate_schema::avro::{Options, Program, Schema};
use serde_json::Value;

#[test]
fn files_are_read_as_the_judges_read_them() {
    for path in files("avro") {
        let file = fs::read(&path).expect("the file is there");
        let ours =
            Cognate.container_read(&file, None).unwrap_or_else(|refusal| panic!("{}: {refusal}", path.display()));
        assert_eq!(ours.values, streamed(&file).expect("the file is sound"), "{}", path.display());
        for library in Library::AVRO {
            let Some(mut judge) = judge_or_skip(library) else { continue };
            let theirs = judge.container_read(&file, None).expect("the judge reads the file");
            assert_eq!(ours.values, theirs.values, "{}, {library:?}", path.display());
            assert_eq!(ours.codec, theirs.codec, "{}, {library:?}", path.display());
        }
    }
}

#[test]
fn the_weather_is_known() {
    for name in ["weather.avro", "weather-deflate.avro", "weather-snappy.avro"] {
        let Some(file) = shared(name) else { return };
        let values = Cognate.container_read(&file, None).expect("the file is sound").values;
        let stations: Vec<_> = values.iter().map(|value| value["station"].as_str().expect("a station")).collect();
        assert_eq!(
            stations,
            ["011990-99999", "011990-99999", "011990-99999", "012650-99999", "012650-99999"],
            "{name}"
        );
        assert_eq!(values[0]["temp"], 0);
        assert_eq!(values[4]["time"], -655_509_600_000_i64);
    }
}

#[test]
fn schemas_are_read_as_the_judges_read_them() {
    for path in files("avsc") {
        let schema = fs::read_to_string(&path).expect("the file is there");
        for library in [Library::Fastavro, Library::Java] {
            let Some(mut judge) = judge_or_skip(library) else { continue };
            assert_eq!(Cognate.validate(&schema), judge.validate(&schema), "{}", path.display());
            assert_eq!(Cognate.canonical(&schema), judge.canonical(&schema), "{}", path.display());
            for algorithm in Algorithm::ALL {
                let (ours, theirs) = (Cognate.fingerprint(&schema, algorithm), judge.fingerprint(&schema, algorithm));
                assert_eq!(ours, theirs, "{}, {algorithm:?}", path.display());
            }
        }
    }
}

#[test]
fn a_file_cut_anywhere_says_so() {
    let Some(file) = shared("weather-snappy.avro") else { return };
    let (header, whole) = (header_size(&file), streamed(&file).expect("the file is sound"));
    for length in 0..file.len() {
        match both_ways(&file[..length]) {
            // Without its one block it is a sound file of nothing.
            Ok(values) => assert!(length == header && values.is_empty(), "{length} bytes"),
            Err(error) => assert!(error.contains("truncated") || length == 0, "{length} bytes: {error}"),
        }
    }
    assert_eq!(whole.len(), 5);
}

#[test]
fn a_file_with_a_damaged_byte_does_not_pass_for_whole() {
    let Some(file) = shared("weather-snappy.avro") else { return };
    let (header, whole) = (header_size(&file), streamed(&file).expect("the file is sound"));
    for at in 0..file.len() {
        for mask in [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff] {
            let mut damaged = file.clone();
            damaged[at] ^= mask;
            // Of the header, a name in the schema or the metadata may change unnoticed.
            if let Ok(values) = both_ways(&damaged)
                && at >= header
            {
                assert_eq!(values, whole, "byte {at} with {mask:#04x}");
            }
        }
    }
}

/// From a stream and from memory, which have to agree.
fn both_ways(file: &[u8]) -> Result<Vec<Value>, String> {
    let values = streamed(file);
    let in_memory = Cognate.container_read(file, None);
    assert_eq!(values.as_ref().ok(), in_memory.as_ref().ok().map(|contents| &contents.values));
    let _ =
        SliceReader::new(file).map(|mut reader| while reader.next_raw_block().is_ok_and(|block| block.is_some()) {});
    values
}

fn streamed(file: &[u8]) -> Result<Vec<Value>, String> {
    let mut reader = Reader::new(file).map_err(|error| error.to_string())?;
    let schema =
        Schema::parse_with(reader.header().schema(), Options::embedded()).map_err(|faults| faults.to_string())?;
    let program = Program::new(&schema);
    let mut values = Vec::new();
    read_all(&mut reader, &program, &mut values).map_err(|error| error.to_string())?;
    Ok(values)
}

fn read_all(reader: &mut Reader<&[u8]>, program: &Program, values: &mut Vec<Value>) -> Result<(), ContainerError> {
    while let Some(block) = reader.next_block()? {
        let mut decoder = program.decoder(block.data(), Limits::DEFAULT);
        for record in 0..block.count() {
            values.push(to_neutral(&decoder.value().map_err(|error| block.record_error(record, error))?));
        }
        if decoder.remaining() > 0 {
            return Err(block.record_error(block.count(), "bytes are left"));
        }
    }
    Ok(())
}

fn header_size(file: &[u8]) -> usize {
    let header = Header::from_slice(file).expect("the header is sound");
    usize::try_from(header.size()).expect("the header is short")
}

fn shared(name: &str) -> Option<Vec<u8>> {
    let path = folder().join(name);
    if let Ok(file) = fs::read(&path) {
        return Some(file);
    }
    skip_optional("the folder ../shared/data is not there");
    None
}

fn files(extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder()) else {
        skip_optional("the folder ../shared/data is not there");
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.expect("the folder can be read").path());
    let found: Vec<_> = paths.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    assert!(!found.is_empty(), "no {extension} in {}", folder().display());
    found
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/avro")
}

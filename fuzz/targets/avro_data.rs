//! Bytes decoded with one of several schemas: no panic, and what decodes encodes to bytes that decode to the same.

#![no_main]

use std::sync::LazyLock;

use cognate_codec::Limits;
use cognate_schema::SourceFile;
use cognate_schema::avro::{JsonForm, Program, Schema, write_json};
use libfuzzer_sys::fuzz_target;

static PROGRAMS: LazyLock<Vec<Program>> = LazyLock::new(|| {
    let recursive = r#"{"type":"record","name":"Node","fields":[{"name":"v","type":["float","double","string","bytes","null"]},
        {"name":"next","type":["null","Node",{"type":"map","values":"Node"},{"type":"array","items":"null"}]}]}"#;
    let order = include_str!("../../examples/avro/v2/order.avsc");
    [recursive, order].map(|text| Program::new(&Schema::parse(text).expect("a schema of ours"))).into()
});

fuzz_target!(|input: (u8, &[u8])| {
    let (choice, bytes) = input;
    let program = &PROGRAMS[usize::from(choice) % PROGRAMS.len()];
    let Ok(value) = program.decode(bytes, Limits::default()) else { return };
    let mut encoded = Vec::new();
    program.encode_into(&value, &mut encoded).expect("a decoded value encodes");
    let again = program.decode(&encoded, Limits::default()).expect("an encoded value decodes");
    let mut text = String::new();
    write_json(&value, JsonForm::Plain, &mut text);
    let mut text_again = String::new();
    write_json(&again, JsonForm::Plain, &mut text_again);
    assert_eq!(text, text_again);
    if let Ok(read) = program.read_json(&SourceFile::new("value", text), JsonForm::Plain) {
        let mut from_json = Vec::new();
        program.encode_into(&read, &mut from_json).expect("a value read from JSON encodes");
        assert_eq!(from_json.len(), encoded.len());
    }
});

//! Dynamic values against bytes worked out from the specification, and their JSON forms.

use cognate_codec::{DecodeErrorKind, Limits};
use cognate_schema::SourceFile;
use cognate_schema::avro::{JsonForm, Program, Sampler, Schema};

fn program(schema: &str) -> Program {
    Program::new(&Schema::parse(schema).unwrap())
}

/// Decodes the bytes, compares both JSON forms, reads each back and encodes it again.
#[track_caller]
fn check(schema: &str, bytes: &[u8], plain: &str, avro: &str) {
    let program = program(schema);
    let value = program.decode(bytes, Limits::default()).unwrap();
    for (form, text) in [(JsonForm::Plain, plain), (JsonForm::Avro, avro)] {
        assert_eq!(value.to_json(form), text);
        let read = program.read_json(&SourceFile::new("value", text), form).unwrap();
        let mut encoded = Vec::new();
        program.encode_into(&read, &mut encoded).unwrap();
        assert_eq!(encoded, bytes, "{form:?}");
    }
}

#[test]
fn the_examples_of_the_specification() {
    let record =
        r#"{"type":"record","name":"test","fields":[{"name":"a","type":"long"},{"name":"b","type":"string"}]}"#;
    let text = r#"{"a":27,"b":"foo"}"#;
    check(record, &[0x36, 0x06, 0x66, 0x6f, 0x6f], text, text);
    check(r#"{"type":"array","items":"long"}"#, &[0x04, 0x06, 0x36, 0x00], "[3,27]", "[3,27]");
    check(r#"["null","string"]"#, &[0x00], "null", "null");
    check(r#"["null","string"]"#, &[0x02, 0x02, 0x61], r#""a""#, r#"{"string":"a"}"#);
}

#[test]
fn scalars_at_their_bounds() {
    check(r#""int""#, &[0xff, 0xff, 0xff, 0xff, 0x0f], "-2147483648", "-2147483648");
    check(
        r#""long""#,
        &[0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
        "9223372036854775807",
        "9223372036854775807",
    );
    check(r#""float""#, &0.1f32.to_le_bytes(), "0.1", "0.1");
    check(r#""double""#, &(-0.0f64).to_le_bytes(), "-0.0", "-0.0");
    check(r#""double""#, &f64::NEG_INFINITY.to_le_bytes(), r#""-Infinity""#, r#""-Infinity""#);
    check(r#""float""#, &f32::NAN.to_le_bytes(), r#""NaN""#, r#""NaN""#);
    check(r#""bytes""#, &[4, 0xff, 0x01], r#""/wE=""#, "\"\u{ff}\\u0001\"");
    check(r#"{"type":"fixed","name":"F","size":2}"#, &[0xff, 0x41], r#""/0E=""#, "\"\u{ff}A\"");
    check(r#"{"type":"enum","name":"E","symbols":["A","B"]}"#, &[2], r#""B""#, r#""B""#);
    check(r#"{"type":"map","values":"int"}"#, &[2, 2, b'k', 5, 0], r#"{"k":-3}"#, r#"{"k":-3}"#);
}

#[test]
fn a_union_is_bare_in_plain_json_where_its_json_type_tells_the_branch() {
    let branch = |union: &str, bytes: &[u8], plain: &str| {
        let program = program(union);
        let value = program.decode(bytes, Limits::default()).unwrap();
        assert_eq!(value.to_json(JsonForm::Plain), plain);
        let read = program.read_json(&SourceFile::new("value", plain), JsonForm::Plain).unwrap();
        let mut encoded = Vec::new();
        program.encode_into(&read, &mut encoded).unwrap();
        assert_eq!(encoded, bytes);
    };
    branch(r#"["null","int","string"]"#, &[2, 6], "3");
    branch(r#"["int","long"]"#, &[2, 6], r#"{"long":3}"#);
    branch(r#"["string","bytes"]"#, &[0, 2, b'a'], r#"{"string":"a"}"#);
    branch(r#"["double","string"]"#, &[2, 6, b'N', b'a', b'N'], r#"{"string":"NaN"}"#);
    branch(r#"["double","string"]"#, &[2, 2, b'x'], r#""x""#);
    let mut nan = vec![0];
    nan.extend(f64::NAN.to_le_bytes());
    branch(r#"["double","string"]"#, &nan, r#"{"double":"NaN"}"#);
    branch(r#"["null","double"]"#, &[&[2], &nan[1..]].concat(), r#""NaN""#);
    // The one object branch is bare, unless it looks like the explicit form.
    let map = r#"["null",{"type":"map","values":"int"}]"#;
    branch(map, &[2, 2, 2, b'k', 2, 0], r#"{"k":1}"#);
    branch(map, &[2, 2, 6, b'm', b'a', b'p', 2, 0], r#"{"map":{"map":1}}"#);
    // "Infinity" is the base64 of six bytes.
    branch(r#"["bytes","float"]"#, &[0, 12, 0x22, 0x77, 0xe2, 0x9e, 0x2b, 0x72], r#"{"bytes":"Infinity"}"#);
}

#[test]
fn json_that_does_not_fit_says_where_and_why() {
    let user = r#"{"type":"record","name":"U","fields":[
        {"name":"id","type":"int"},{"name":"tags","type":{"type":"array","items":"string"},"default":["x"]}]}"#;
    let program = program(user);
    let read = |text: &str| program.read_json(&SourceFile::new("in", text), JsonForm::Plain);
    let fault = |text: &str| read(text).unwrap_err().to_string();
    insta::assert_snapshot!(fault(r#"{"id": "a"}"#), @"in:1:8: error[avro/data-mismatch]: id: int is expected here, not a string");
    insta::assert_snapshot!(fault(r#"{"id": 1, "tags": ["a", 2]}"#), @"in:1:25: error[avro/data-mismatch]: tags[1]: string is expected here, not a number");
    insta::assert_snapshot!(fault(r#"{"id": 1, "tag": []}"#), @"in:1:11: error[avro/data-mismatch]: the record `U` has no field `tag`");
    insta::assert_snapshot!(fault(r#"{"id": 2147483648}"#), @"in:1:8: error[avro/data-mismatch]: id: 2147483648 is no integer of the type int");
    insta::assert_snapshot!(fault("{}"), @"in:1:1: error[avro/data-mismatch]: the field `id` of `U` is missing");
    insta::assert_snapshot!(fault(r#"{"id": 1, "id": 2}"#), @"in:1:11: error[json/duplicate-key]: the key `id` appears twice in this object");
    assert_eq!(read(r#"{"id": 1}"#).unwrap().to_json(JsonForm::Plain), r#"{"id":1,"tags":["x"]}"#);
}

#[test]
fn sampled_values_survive_every_form() {
    for schema in [
        include_str!("../../examples/avro/v1/user.avsc"),
        include_str!("../../examples/avro/v2/user.avsc"),
        include_str!("../../examples/avro/v1/order.avsc"),
        include_str!("../../examples/avro/v2/order.avsc"),
        r#"{"type":"record","name":"Node","fields":[{"name":"v","type":["float","double","string","bytes","null"]},
            {"name":"next","type":["null","Node",{"type":"map","values":"Node"}]}]}"#,
    ] {
        let program = program(schema);
        let mut sampler = Sampler::new(&program, 7);
        for _ in 0..200 {
            let value = sampler.value();
            let mut bytes = Vec::new();
            program.encode_into(&value, &mut bytes).unwrap();
            assert_eq!(program.decode(&bytes, Limits::default()).unwrap(), value);
            for form in [JsonForm::Plain, JsonForm::Avro] {
                let text = value.to_json(form);
                let read = program.read_json(&SourceFile::new("sample", &*text), form).unwrap();
                assert_eq!(read, value, "{text}");
            }
        }
    }
}

#[test]
fn hostile_bytes_end_in_errors_that_name_the_place() {
    let fault = |schema: &str, bytes: &[u8]| program(schema).decode(bytes, Limits::default()).unwrap_err();
    let nulls = r#"{"type":"array","items":"null"}"#;
    assert!(fault(nulls, &[0x80, 0x80, 0x80, 0x80, 0x20, 0]).is_limit());
    // Many blocks, each of as many nulls as there are bytes left.
    let blocks: Vec<u8> = std::iter::repeat_n([0x80, 0x80, 0x04], 100_000).flatten().collect();
    assert!(fault(nulls, &blocks).is_limit());
    let longs = r#"{"type":"array","items":"long"}"#;
    assert!(fault(longs, &[0x02]).is_truncated());
    assert!(fault(longs, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01, 0, 0]).is_limit(), "i64::MIN");
    assert!(fault(r#""string""#, &[0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]).is_truncated());
    assert_eq!(fault(r#""string""#, &[1]).kind(), &DecodeErrorKind::NegativeLength(-1));
    assert_eq!(fault(r#""boolean""#, &[2]).kind(), &DecodeErrorKind::InvalidBool(2));
    let error = fault(r#"["null","int"]"#, &[4]);
    assert_eq!(error.kind(), &DecodeErrorKind::UnknownBranch { index: 2, branches: 2 });
    // A block that lies about its size.
    assert_eq!(fault(longs, &[1, 4, 2, 0]).kind(), &DecodeErrorKind::BlockSize { declared: 2, taken: 1 });
    // A list of lists of lists …
    let node = r#"{"type":"record","name":"N","fields":[{"name":"c","type":{"type":"array","items":"N"}}]}"#;
    assert_eq!(fault(node, &[2; 10_000]).kind(), &DecodeErrorKind::DepthLimit(Limits::DEFAULT_DEPTH));
    let error = fault(
        r#"{"type":"record","name":"R","fields":[{"name":"m","type":{"type":"map","values":{"type":"array","items":"string"}}}]}"#,
        &[2, 2, b'k', 4, 0, 2, 0xff],
    );
    assert_eq!(error.to_string(), r#"m["k"][1]: invalid UTF-8 at byte 6"#);
}

#[test]
fn a_union_without_branches_has_no_values_and_no_panic() {
    let program = program(r#"{"type":"array","items":[]}"#);
    let mut sampler = Sampler::new(&program, 1);
    let refused = (0..20).filter(|_| program.encode_into(&sampler.value(), &mut Vec::new()).is_err()).count();
    assert!(refused > 0, "a list with items cannot be written");
}

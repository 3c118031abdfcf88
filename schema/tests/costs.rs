//! What decoding may cost when the schema is as hostile as the data.

use cognate_codec::{DecodeErrorKind, Limits};
use cognate_schema::avro::{Program, Schema};
use cognate_schema::value::Value;

fn fault(schema: &str, bytes: &[u8], limits: Limits) -> DecodeErrorKind {
    let program = Program::new(&Schema::parse(schema).unwrap());
    program.decode(bytes, limits).unwrap_err().kind().clone()
}

/// Records that hold the next two or three times.
const MULTIPLYING: &str = r#"{"type": "record", "name": "A", "fields": [{"name": "a", "type":
    {"type": "record", "name": "B", "fields": [{"name": "a", "type":
        {"type": "record", "name": "C", "fields": [{"name": "a", "type": "null"}, {"name": "b", "type": "null"}]}},
    {"name": "b", "type": "C"}]}}, {"name": "b", "type": "B"}, {"name": "c", "type": "B"}]}"#;

#[test]
fn values_without_bytes_have_a_limit() {
    let program = Program::new(&Schema::parse(MULTIPLYING).unwrap());
    // A record of three records, each of two records of two nulls.
    assert!(program.decode(&[], Limits::DEFAULT.with_empty_items(22)).is_ok());
    assert_eq!(fault(MULTIPLYING, &[], Limits::DEFAULT.with_empty_items(21)), DecodeErrorKind::EmptyItemLimit(21));
}

#[test]
fn defaults_have_a_limit_where_they_imply_others() {
    // Each record holds the next twice, and leaves both to their defaults.
    let multiplying = |records: usize| {
        let innermost = r#"{"type": "record", "name": "R0", "fields": [{"name": "a", "type": "int", "default": 7}]}"#;
        (1..=records).fold(innermost.to_owned(), |inner, index| {
            let name = index - 1;
            format!(
                r#"{{"type": "record", "name": "R{index}", "fields": [{{"name": "a", "type": {inner}, "default": {{}}}},
                {{"name": "b", "type": "R{name}", "default": {{}}}}]}}"#
            )
        })
    };
    assert!(Schema::parse(multiplying(10)).is_ok());
    let faults = Schema::parse(multiplying(20)).unwrap_err().to_string();
    assert!(faults.contains("whose defaults stand for more than 65536 characters of text"), "{faults}");
    // A chain of thousands is more than the stack bears.
    let chain = (0..5_000).map(|index| match index {
        0 => r#"{"type": "record", "name": "R0", "fields": []}"#.to_owned(),
        _ => format!(
            r#"{{"type": "record", "name": "R{index}", "fields": [{{"name": "a", "type": "R{}", "default": {{}}}}]}}"#,
            index - 1
        ),
    });
    let faults = Schema::parse(format!("[{}]", chain.collect::<Vec<_>>().join(","))).unwrap_err().to_string();
    assert!(faults.contains("on to more than 32 others one after the other"), "{faults}");
}

#[test]
fn bytes_pay_for_values() {
    let nested = r#"{"type": "array", "items": ["null", {"type": "record", "name": "R", "fields": [
        {"name": "a", "type": ["null", "R"]}, {"name": "b", "type": "boolean"}]}]}"#;
    let program = Program::new(&Schema::parse(nested).unwrap());
    let mut bytes = vec![0xa0, 0x8d, 0x06];
    bytes.extend([2, 0, 1].repeat(50_000));
    bytes.push(0);
    let Value::List(items) = program.decode(&bytes, Limits::DEFAULT.with_empty_items(0)).unwrap() else { panic!() };
    assert_eq!(items.len(), 50_000);
}

#[test]
fn memory_has_a_limit_for_each_value() {
    let schema = r#"{"type": "array", "items": "boolean"}"#;
    let mut bytes = vec![0xd0, 0x0f];
    bytes.extend([1; 1_000]);
    bytes.push(0);
    let size = 1_000 * size_of::<Value<'_>>();
    let limits = Limits::DEFAULT.with_memory(size);
    assert_eq!(fault(schema, &bytes, limits.with_memory(size - 1)), DecodeErrorKind::MemoryLimit(size - 1));
    // As many values as there are, each within the limit.
    let twice = [&bytes[..], &bytes].concat();
    let program = Program::new(&Schema::parse(schema).unwrap());
    let mut decoder = program.decoder(&twice, limits);
    assert!(decoder.value().is_ok());
    assert!(decoder.value().is_ok());
    let text = program.decode(&bytes, limits.with_memory(100)).unwrap_err();
    assert!(text.is_limit());
    let expected =
        "the value takes more memory than the limit of 100 bytes (raise it with `Limits::with_memory`) at byte 2";
    assert_eq!(text.to_string(), expected);
}

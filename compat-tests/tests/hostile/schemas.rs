//! Hostile schema text and JSON.

use cognate_codec::Limits;
use cognate_schema::SourceFile;
use cognate_schema::avro::resolve::{UnionOrder, resolve};
use cognate_schema::avro::{Algorithm, JsonForm, Options, Program, Schema, TypeKind};

use crate::measure::{measured, refused};

pub(crate) fn deep_texts() {
    for depth in [129, 10_000, 1_000_000] {
        for (name, open, core, close) in [
            ("brackets", "[", "", ""),
            ("closed brackets", "[", "", "]"),
            ("braces", "{\"type\":", "", ""),
            ("types in types", "{\"type\":", "\"null\"", "}"),
            ("lists", "{\"type\":\"array\",\"items\":", "\"null\"", "}"),
            ("maps", "{\"type\":\"map\",\"values\":", "\"null\"", "}"),
            ("records", "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":", "\"null\"", "}]}"),
        ] {
            let text = [&open.repeat(depth), core, &close.repeat(depth)].concat();
            refused(&format!("{name}, {depth} deep"), || Schema::parse(text));
        }
        let deep = ["[".repeat(depth), "]".repeat(depth)].concat();
        let text = format!(r#"{{"type": "int", "note": {deep}}}"#);
        refused(&format!("an attribute {depth} deep"), || Schema::parse(text));
        let field = format!(r#"{{"name": "f", "type": "int", "default": {deep}}}"#);
        let text = format!(r#"{{"type": "record", "name": "R", "fields": [{field}]}}"#);
        refused(&format!("a default {depth} deep"), || Schema::parse(text));
    }
}

pub(crate) fn long_texts() {
    refused("a million digits", || Schema::parse(fixed(&"9".repeat(1_000_000))));
    refused("a million quoted digits", || Schema::parse(fixed(&format!("\"{}\"", "9".repeat(1_000_000)))));
    refused("an exponent of a billion", || Schema::parse(fixed("1e1000000000")));
    refused("a negative size", || Schema::parse(fixed("-9223372036854775808")));
    refused("a name of a megabyte", || Schema::parse(format!("\"{}\"", "a".repeat(1 << 20))));
    refused("fifty thousand dots", || Schema::parse(format!("\"{}\"", "a.".repeat(50_000))));
    refused("a megabyte of white space", || Schema::parse(" ".repeat(1 << 20)));
    refused("a megabyte of escapes", || Schema::parse(format!("\"{}\"", "\\u0000".repeat(170_000))));
    let unknown: Vec<_> = (0..10_000).map(|index| format!("\"Unknown{index}\"")).collect();
    refused("ten thousand unknown types", || Schema::parse(format!("[{}]", unknown.join(","))));
    refused("twenty thousand ints in a union", || Schema::parse(format!("[{}\"int\"]", "\"int\",".repeat(20_000))));
    let symbols = "\"A\",".repeat(20_000);
    let text = format!(r#"{{"type": "enum", "name": "E", "symbols": [{symbols}"A"]}}"#);
    refused("a symbol twenty thousand times", || Schema::parse(text));
    let field = r#"{"name": "f", "type": "int"},"#.repeat(10_000);
    let text = format!(r#"{{"type": "record", "name": "R", "fields": [{field}{{"name": "f", "type": "int"}}]}}"#);
    refused("a field ten thousand times", || Schema::parse(text));
}

/// Each record holds the next twice, and both fields have an empty default: the first one's default is two to the fortieth
/// values.
pub(crate) fn defaults_that_multiply() {
    let text = multiplying_defaults(40);
    refused("defaults that multiply, as a schema", || Schema::parse(&*text));
    let schema = measured("defaults that multiply, with data", || Schema::parse_with(text, Options::embedded()));
    let schema = schema.expect("what does not fit is dropped");
    tried("defaults that multiply", &schema);
    resolved("defaults that multiply", &schema);
}

pub(crate) fn defaults_that_lead_back() {
    let text = r#"{"type": "record", "name": "R0", "fields": [{"name": "a", "type": ["R0", "null"], "default": {}}]}"#;
    refused("a default that leads back, as a schema", || Schema::parse(text));
    let schema = measured("a default that leads back, with data", || Schema::parse_with(text, Options::embedded()));
    let schema = schema.expect("what does not fit is dropped");
    tried("a default that leads back", &schema);
    resolved("a default that leads back", &schema);
}

/// Deeper than any call stack, without being nested as text.
pub(crate) fn chains_of_records() {
    let chain: Vec<_> = (0..20_000)
        .map(|index| match index {
            0 => r#"{"type": "record", "name": "L0", "fields": []}"#.to_owned(),
            _ => format!(
                r#"{{"type": "record", "name": "L{index}", "fields": [{{"name": "a", "type": "L{}"}}]}}"#,
                index - 1
            ),
        })
        .collect();
    let last = r#"{"type": "record", "name": "R0", "fields": [{"name": "a", "type": "L19999"}]}"#;
    let text = format!("[{}, {last}]", chain.join(","));
    let schema = measured("a chain of records", || Schema::parse(text)).expect("a sound schema");
    let TypeKind::Union(branches) = schema.kind(schema.root()) else { panic!("a union") };
    tried("a chain of records", &schema.at(branches.last().expect("branches").id));
}

/// Whatever is done with a schema whose values are too large or too deep for any memory and stack, and which cannot be read
/// from nothing.
#[track_caller]
fn tried(what: &str, schema: &Schema) {
    measured(&format!("{what}, in canonical form"), || schema.fingerprint(Algorithm::Sha256));
    let program = measured(&format!("{what}, compiled"), || Program::new(schema));
    refused(&format!("{what}, from bytes"), || program.decode(&[], Limits::DEFAULT));
    refused(&format!("{what}, from JSON"), || program.read_json(&SourceFile::new("", "{}"), JsonForm::Plain));
}

/// Resolves a schema with another one, both ways.
#[track_caller]
fn resolved(what: &str, schema: &Schema) {
    let writer = Schema::parse(r#"{"type": "record", "name": "R0", "fields": []}"#).expect("a sound schema");
    for (name, from, to) in [("read", &writer, schema), ("written", schema, &writer), ("the same", schema, schema)] {
        let plan = measured(&format!("{what}, {name}, resolved"), || resolve(from, to, UnionOrder::default()).plan);
        let program = Program::new(to);
        measured(&format!("{what}, {name}, decoded"), || {
            let _ = program.resolving_decoder(&plan, &[], Limits::DEFAULT).value();
        });
    }
}

pub(crate) fn hostile_json() {
    let text = r#"{"type": "record", "name": "Node", "fields": [
        {"name": "list", "type": {"type": "array", "items": "Node"}}, {"name": "number", "type": ["null", "double", "long"]}
    ]}"#;
    let program = Program::new(&Schema::parse(text).expect("a sound schema"));
    for form in [JsonForm::Plain, JsonForm::Avro] {
        let read = |what: &str, text: String| {
            refused(&format!("{what}, {form:?}"), || program.read_json(&SourceFile::new("", text), form));
        };
        for depth in [129, 10_000, 1_000_000] {
            read(&format!("nodes {depth} deep"), r#"{"list":["#.repeat(depth));
            read(&format!("lists {depth} deep"), "[".repeat(depth));
        }
        let number = |number: &str| format!(r#"{{"list":[],"number":{{"double":{number}}}}}"#);
        read("an exponent of a billion", number("1e1000000000"));
        read("a long of a million digits", number(&"9".repeat(1_000_000)).replace("double", "long"));
        read("a megabyte of a key", format!("{{\"{}\":1}}", "k".repeat(1 << 20)));
        read("a key thirty thousand times", format!("{{{}\"list\":[]}}", "\"list\":[],".repeat(30_000)));
    }
}

fn fixed(size: &str) -> String {
    format!(r#"{{"type": "fixed", "name": "F", "size": {size}}}"#)
}

fn multiplying_defaults(records: usize) -> String {
    let mut schema = "\"int\"".to_owned();
    for index in (0..records).rev() {
        let (other, default) =
            if index + 1 == records { ("int".to_owned(), "0") } else { (format!("R{}", index + 1), "{}") };
        let first = format!(r#"{{"name": "a", "type": {schema}, "default": {default}}}"#);
        let second = format!(r#"{{"name": "b", "type": "{other}", "default": {default}}}"#);
        schema = format!(r#"{{"type": "record", "name": "R{index}", "fields": [{first}, {second}]}}"#);
    }
    schema
}

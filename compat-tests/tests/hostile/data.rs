//! Hostile bytes, through the dynamic decoder and through derived types.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use cognate::avro::from_slice;
use cognate::{Cognate, Decode, Limits};
use cognate_codec::raw::Buffer;
use cognate_schema::avro::{Program, Schema};

use crate::measure::{measured, refused};

#[derive(Cognate, Debug)]
struct Nothing {}

#[derive(Cognate, Debug)]
struct Link {
    next: Option<Box<Link>>,
}

#[derive(Cognate, Debug)]
enum Tree {
    Leaf(i32),
    Branch(Vec<Tree>),
    Named(BTreeMap<String, Tree>),
}

#[derive(Cognate, Debug)]
struct Everything<'a> {
    list: Vec<i64>,
    map: BTreeMap<&'a str, i64>,
    bytes: &'a [u8],
    text: String,
    owned: Vec<u8>,
}

#[derive(Cognate, Clone, Copy, Debug)]
enum Letter {
    A,
    B,
}

const LINK: &str = r#"{"type": "record", "name": "Link", "fields": [{"name": "next", "type": ["null", "Link"]}]}"#;
const NODE: &str = r#"{"type": "record", "name": "Node", "fields": [
    {"name": "list", "type": {"type": "array", "items": "Node"}}, {"name": "map", "type": {"type": "map", "values": "Node"}}
]}"#;

pub(crate) fn counts() {
    for (name, count) in [
        ("-1 without size", zigzag(-1)),
        ("-1, size -1", [zigzag(-1), zigzag(-1)].concat()),
        ("-1, size 2^62", [zigzag(-1), zigzag(1 << 62)].concat()),
        ("-2^63, size 8", [zigzag(i64::MIN), zigzag(8)].concat()),
        ("-2^62, size 8", [zigzag(-(1 << 62)), zigzag(8)].concat()),
        ("2^62", zigzag(1 << 62)),
        ("2^63 - 1", zigzag(i64::MAX)),
        ("2^32", zigzag(1 << 32)),
        ("a billion", zigzag(1_000_000_000)),
    ] {
        let bytes = [&count[..], &[0; 16]].concat();
        both::<Vec<i64>>(&format!("list, {name}"), r#"{"type": "array", "items": "long"}"#, &bytes);
        both::<Vec<String>>(&format!("list of text, {name}"), r#"{"type": "array", "items": "string"}"#, &bytes);
        both::<BTreeMap<String, i64>>(&format!("map, {name}"), r#"{"type": "map", "values": "long"}"#, &bytes);
        dynamic(&format!("recursive, {name}"), NODE, &bytes);
        let text = refused(&format!("in a record, {name}"), || from_slice::<Everything<'_>>(&bytes));
        assert!(text.starts_with("list"), "{text}");
    }
}

pub(crate) fn lengths() {
    for length in [-1, i64::MIN, 1 << 62, i64::MAX, 1 << 32, i64::from(u32::MAX), i64::from(i32::MAX), 17] {
        let bytes = [&zigzag(length)[..], &[b'a'; 16]].concat();
        both::<String>(&format!("string of {length}"), "\"string\"", &bytes);
        both::<&str>(&format!("borrowed string of {length}"), "\"string\"", &bytes);
        both::<Vec<u8>>(&format!("bytes of {length}"), "\"bytes\"", &bytes);
        let key = [&zigzag(1)[..], &bytes].concat();
        both::<BTreeMap<String, bool>>(&format!("key of {length}"), r#"{"type": "map", "values": "boolean"}"#, &key);
    }
    let fixed = r#"{"type": "fixed", "name": "F", "size": 2147483647}"#;
    dynamic("fixed of 2^31 - 1", fixed, &[0; 100]);
}

pub(crate) fn varints() {
    for (name, bytes) in [
        ("eleven bytes", [&[0xff; 10][..], &[0x01]].concat()),
        ("ten bytes past 64 bits", [&[0xff; 9][..], &[0x02]].concat()),
        ("ten bytes of continuation", vec![0x80; 10]),
        ("a megabyte of continuation", vec![0xff; 1 << 20]),
        ("cut after nine", vec![0xff; 9]),
    ] {
        both::<i64>(&format!("long, {name}"), "\"long\"", &bytes);
        both::<i32>(&format!("int, {name}"), "\"int\"", &bytes);
        both::<String>(&format!("length, {name}"), "\"string\"", &bytes);
        both::<Vec<()>>(&format!("count, {name}"), r#"{"type": "array", "items": "null"}"#, &bytes);
        both::<Option<i32>>(&format!("branch, {name}"), r#"["null", "int"]"#, &bytes);
        both::<Letter>(&format!("symbol, {name}"), r#"{"type": "enum", "name": "E", "symbols": ["A", "B"]}"#, &bytes);
    }
    for index in [2, -1, i64::MAX, i64::MIN] {
        both::<Option<i32>>(&format!("branch {index}"), r#"["null", "int"]"#, &zigzag(index));
        both::<Letter>(
            &format!("symbol {index}"),
            r#"{"type": "enum", "name": "E", "symbols": ["A", "B"]}"#,
            &zigzag(index),
        );
        assert!(matches!(from_slice::<Letter>(&[0]), Ok(Letter::A)) && matches!(from_slice(&[2]), Ok(Letter::B)));
    }
    both::<i32>("an int of 33 bits", "\"int\"", &zigzag(1 << 32));
}

pub(crate) fn items_without_bytes() {
    for count in [70_000, 1_000_000_000, 1 << 40, i64::MAX] {
        for form in ["a count", "a negative count and a size"] {
            let block = if form == "a count" { zigzag(count) } else { [zigzag(-count), zigzag(0)].concat() };
            let bytes = [&block[..], &[0]].concat();
            let name = format!("{form}, {count}");
            both::<Vec<()>>(&format!("nulls, {name}"), r#"{"type": "array", "items": "null"}"#, &bytes);
            let empty = r#"{"type": "array", "items": {"type": "record", "name": "Nothing", "fields": []}}"#;
            both::<Vec<Nothing>>(&format!("records, {name}"), empty, &bytes);
            let fixed = r#"{"type": "array", "items": {"type": "fixed", "name": "F", "size": 0}}"#;
            both::<Vec<[u8; 0]>>(&format!("fixed, {name}"), fixed, &bytes);
        }
    }
    // Two bytes a block, and more blocks than anyone wants.
    let bytes = zigzag(60_000).repeat(100_000);
    both::<Vec<()>>("nulls, block after block", r#"{"type": "array", "items": "null"}"#, &bytes);
    let lists = r#"{"type": "array", "items": {"type": "array", "items": "null"}}"#;
    let bytes = [zigzag(100_000), [&zigzag(60_000)[..], &[0]].concat().repeat(100_000)].concat();
    both::<Vec<Vec<()>>>("nulls, list after list", lists, &bytes);
}

pub(crate) fn deep_data() {
    for depth in [101, 10_000, 1_000_000] {
        let bytes = vec![2; depth];
        both::<Link>(&format!("links, {depth} deep"), LINK, &bytes);
        let bytes = [&[2, 2, b'k', 2, 2][..]].concat().repeat(depth);
        refused(&format!("tree of lists, {depth} deep"), || from_slice::<Tree>(&vec![2; depth * 2]));
        refused(&format!("tree of maps, {depth} deep"), || from_slice::<Tree>(&[4, 2, 2, b'k'].repeat(depth)));
        dynamic(&format!("nodes in lists, {depth} deep"), NODE, &bytes);
        dynamic(&format!("nodes in maps, {depth} deep"), NODE, &[0, 2, 2, b'k'].repeat(depth));
    }
}

/// Each of a hundred lists, one within the other, claims as many items as there are bytes.
pub(crate) fn claims_at_every_level() {
    let claim = zigzag(8_000_000);
    let bytes = [claim.repeat(200), vec![0; 8_000_000]].concat();
    dynamic("lists that claim millions", NODE, &bytes);
    dynamic(
        "maps that claim millions",
        NODE,
        &[[&[0], &claim[..], &[2, b'k']].concat().repeat(200), bytes.clone()].concat(),
    );
    let branch = [&[2], &claim[..]].concat();
    let bytes = [branch.repeat(200), vec![0; 8_000_000]].concat();
    refused("lists that claim millions, typed", || from_slice::<Tree>(&bytes));
    let entry = [&[4], &claim[..], &[2, b'k']].concat();
    let bytes = [entry.repeat(200), vec![0; 8_000_000]].concat();
    refused("maps that claim millions, typed", || from_slice::<Tree>(&bytes));
    let bytes = [claim.clone(), vec![0xff; 8_000_000]].concat();
    refused("a list of text that claims millions, typed", || from_slice::<Vec<String>>(&bytes));
    refused("a list of records that claims millions, typed", || from_slice::<Vec<Everything<'_>>>(&bytes));
    refused("a map that claims millions, typed", || from_slice::<HashMap<String, String>>(&bytes));
}

/// Records that hold each other many times make values out of no bytes at all.
pub(crate) fn records_that_multiply() {
    dynamic("ten to the thirty nulls in no bytes", &multiplying(30, 10), &[]);
    dynamic("two to the forty nulls in no bytes", &multiplying(40, 2), &[]);
    let wide = wide(1_000, "null");
    dynamic("records of a thousand nulls and a byte", &format!(r#"{{"type": "array", "items": {wide}}}"#), &{
        let mut bytes = zigzag(1_000_000);
        bytes.resize(1_000_010, 0);
        bytes
    });
    let chain = multiplying(40, 1).replace("\"null\"", "\"boolean\"");
    dynamic("chains of forty records and a byte", &format!(r#"{{"type": "array", "items": {chain}}}"#), &{
        let mut bytes = zigzag(4_000_000);
        bytes.resize(4_000_010, 0);
        bytes
    });
}

/// Values that are many times as large as their bytes, and yet sound.
pub(crate) fn small_items() {
    let mut bytes = zigzag(8_000_000);
    bytes.resize(8_000_005, 0);
    dynamic("eight million booleans", r#"{"type": "array", "items": "boolean"}"#, &bytes);
    dynamic("eight million unions", r#"{"type": "array", "items": ["null", "long"]}"#, &bytes);
    dynamic("eight million empty lists", r#"{"type": "array", "items": {"type": "array", "items": "null"}}"#, &bytes);
    dynamic("eight million texts", r#"{"type": "array", "items": "string"}"#, &bytes);
    let maps = r#"{"type": "array", "items": {"type": "map", "values": "null"}}"#;
    dynamic("eight million maps", maps, &bytes);
    dynamic("four million entries", r#"{"type": "map", "values": "boolean"}"#, &bytes);
    // A type of the user's own takes what it takes.
    measured("eight million booleans, typed", || assert_eq!(from_slice::<Vec<bool>>(&bytes).unwrap().len(), 8_000_000));
}

/// Through the dynamic decoder and a type.
#[track_caller]
fn both<'de, T: Decode<'de> + Debug>(what: &str, schema: &str, bytes: &'de [u8]) {
    dynamic(what, schema, bytes);
    refused(&format!("{what}, typed"), || from_slice::<T>(bytes));
}

#[track_caller]
fn dynamic(what: &str, schema: &str, bytes: &[u8]) -> String {
    let program = Program::new(&Schema::parse(schema).unwrap_or_else(|faults| panic!("{what}: {faults}")));
    refused(what, || program.decode(bytes, Limits::DEFAULT))
}

/// Records each of which holds the next so many times; the last holds nulls.
fn multiplying(records: usize, times: usize) -> String {
    let mut schema = "\"null\"".to_owned();
    for index in (0..records).rev() {
        let first = format!(r#"{{"name": "f0", "type": {schema}}}"#);
        let inner = if index + 1 == records { "null".to_owned() } else { format!("R{}", index + 1) };
        let others = (1..times).map(|field| format!(r#", {{"name": "f{field}", "type": "{inner}"}}"#));
        let others: String = others.collect();
        schema = format!(r#"{{"type": "record", "name": "R{index}", "fields": [{first}{others}]}}"#);
    }
    schema
}

/// A record of so many fields of a type, and a Boolean.
fn wide(fields: usize, ty: &str) -> String {
    let fields: Vec<_> = (0..fields).map(|field| format!(r#"{{"name": "f{field}", "type": "{ty}"}}, "#)).collect();
    let fields = fields.concat();
    format!(r#"{{"type": "record", "name": "Wide", "fields": [{fields}{{"name": "last", "type": "boolean"}}]}}"#)
}

pub(crate) fn zigzag(value: i64) -> Vec<u8> {
    let mut buffer = Buffer::new();
    buffer.zigzag_64(value);
    buffer.into_bytes()
}

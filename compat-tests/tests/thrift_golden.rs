//! The golden vectors of Thrift's protocols, made by `golden/make_thrift.py`, through dynamic values and derived types.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cognate::Cognate;
use cognate_codec::DecodeRecord;
use cognate_codec::thrift::{Binary, Compact, Envelope, FbBinary, FbCompact, MessageKind, Protocol};
use cognate_compat_tests::thrift::{Ours, to_neutral};
use cognate_schema::thrift::Dialect;
use serde_json::Value;

struct Golden {
    name: String,
    idl: String,
    protocol: String,
    data: Vec<u8>,
    /// Nothing where the bytes are to be refused.
    value: Option<Value>,
    /// What is written of the value as it was read.
    again: Vec<u8>,
    /// The envelope, `true` where it is refused.
    message: Option<Value>,
    /// What each judge does with it.
    judges: Value,
}

fn golden() -> Vec<Golden> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join("thrift").join("wire.json");
    let content = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file: Value = serde_json::from_str(&content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let text = |case: &Value, part: &str| case[part].as_str().unwrap_or_else(|| panic!("no {part}: {case}")).to_owned();
    let bytes =
        |case: &Value, part: &str| hex::decode(text(case, part)).unwrap_or_else(|error| panic!("{error}: {case}"));
    let case = |case: &Value| Golden {
        name: text(case, "name"),
        idl: text(case, "idl"),
        protocol: text(case, "protocol"),
        data: bytes(case, "hex"),
        value: (case["refused"] != true).then(|| case["value"].clone()),
        again: bytes(case, if case["again"].is_null() { "hex" } else { "again" }),
        message: case.get("message").cloned(),
        judges: case["judges"].clone(),
    };
    file["cases"].as_array().expect("the file holds cases").iter().map(case).collect()
}

#[test]
fn dynamic_values_answer_the_golden_vectors() {
    let mut failures = Vec::new();
    for case in golden() {
        let outcome = match case.protocol.as_str() {
            "binary" | "binary-old" => check::<Binary>(&case),
            "compact" => check::<Compact>(&case),
            "fb-binary" => check::<FbBinary>(&case),
            "fb-compact" => check::<FbCompact>(&case),
            other => panic!("there is no protocol {other}"),
        };
        if let Err(fault) = outcome {
            failures.push(format!("{} ({}): {fault}", case.name, hex::encode(&case.data[..case.data.len().min(40)])));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What every judge of the dialect reads although it is to be refused, or refuses or reads otherwise.
const ALONE: [&str; 5] = [
    "an id past 16 bits",
    "an end with a step",
    "an i32 past 32 bits",
    "an i16 past 16 bits",
    "a list of items of another type counts as absent",
];

#[test]
fn judges_stand_behind_the_golden_vectors() {
    let (mut alone, mut written) = (Vec::new(), BTreeMap::new());
    for case in golden() {
        let judges = case.judges.as_object().expect("judges by name");
        // What is told apart has `reads` only where it is not as it is meant.
        let agrees = |verdict: &Value| verdict.get("reads").is_none();
        if !judges.values().any(agrees) {
            alone.push(case.name.clone());
        }
        for (judge, _) in judges.iter().filter(|(_, verdict)| **verdict == "writes") {
            *written.entry(judge.clone()).or_insert(0) += 1;
        }
    }
    alone.sort();
    let mut expected = ALONE.map(str::to_owned);
    expected.sort();
    assert_eq!(alone, expected);
    // Most of them are the judges' own bytes.
    assert!(["python", "node", "rust"].iter().all(|judge| written[*judge] > 65) && written["drift"] > 9, "{written:?}");
}

fn check<P: Protocol>(case: &Golden) -> Result<(), String> {
    let dialect = if case.protocol.starts_with("fb-") { Dialect::Fbthrift } else { Dialect::Apache };
    let ours = Ours::in_dialect(dialect, &case.idl, "S");
    let mut body = &case.data[..];
    let mut envelope = None;
    if case.message.is_some() {
        match P::envelope_from_slice(body) {
            Ok((found, rest)) => (envelope, body) = (Some(found), rest),
            Err(_) if case.value.is_none() => return Ok(()),
            Err(error) => return Err(error.to_string()),
        }
    }
    let read = ours.decode_dynamic::<P>(body);
    let Some(expected) = &case.value else {
        return read.map_or(Ok(()), |(value, _)| Err(format!("is to be refused, and is {value:?}")));
    };
    let (value, taken) = read.map_err(|refusal| refusal.to_string())?;
    let found = to_neutral(ours.layout().program(), ours.root(), &value);
    if found != *expected || taken != body.len() {
        return Err(format!("{found} of {taken} bytes, not {expected} of {}", body.len()));
    }
    let mut again = case.data[..case.data.len() - body.len()].to_vec();
    let written = ours.layout().encode_into::<P>(ours.root(), &value, &mut again);
    written.map_err(|error| error.to_string())?;
    if again != case.again {
        return Err(format!("{} is written again", hex::encode(again)));
    }
    match (envelope, &case.message) {
        (Some(found), Some(message)) => agrees(&found, message),
        _ => Ok(()),
    }
}

fn agrees(found: &Envelope<'_>, message: &Value) -> Result<(), String> {
    let kind = message["kind"].as_u64().and_then(|kind| MessageKind::from_number(u8::try_from(kind).ok()?));
    let is_it = message["name"] == found.name && kind == Some(found.kind) && message["sequence"] == found.sequence;
    if is_it { Ok(()) } else { Err(format!("{found:?}, not {message}")) }
}

#[derive(Cognate, Debug, PartialEq)]
struct Page {
    #[cognate(id = 1)]
    a: f64,
    #[cognate(id = 16)]
    b: bool,
    #[cognate(id = 32)]
    c: Vec<bool>,
    #[cognate(id = 33)]
    d: BTreeMap<String, i32>,
    #[cognate(id = -5)]
    e: i32,
    #[cognate(id = 34, logical = "uuid")]
    f: [u8; 16],
}

#[derive(Cognate, Debug, PartialEq)]
struct Pair {
    #[cognate(id = 1)]
    a: Option<i32>,
    #[cognate(id = 16)]
    b: Option<i32>,
}

#[derive(Cognate, Debug, PartialEq)]
struct Flags {
    #[cognate(id = 1)]
    a: Vec<bool>,
}

#[derive(Cognate, Debug, PartialEq)]
struct Numbers {
    #[cognate(id = 1)]
    a: Vec<i32>,
}

#[derive(Cognate, Debug, PartialEq)]
struct Table {
    #[cognate(id = 1)]
    a: BTreeMap<i32, String>,
}

#[derive(Cognate, Debug, PartialEq)]
struct Number {
    #[cognate(id = 1)]
    a: Option<i32>,
}

#[derive(Cognate, Debug, PartialEq)]
struct Text {
    #[cognate(id = 1)]
    a: String,
}

#[test]
fn derived_types_answer_golden_vectors() {
    let golden = golden();
    let mut uuid = [0; 16];
    uuid[15] = 1;
    let page = || Page { a: 1.5, b: false, c: vec![true, false], d: BTreeMap::new(), e: -1, f: uuid };
    is::<Compact, _>(&golden, "the golden vector, compact", &page());
    is::<Binary, _>(&golden, "the golden vector, binary", &page());
    let pair = Pair { a: Some(1), b: Some(2) };
    is::<Compact, _>(&golden, "a step of 15 has the short form", &pair);
    is::<Compact, _>(&golden, "a step of 15 in the long form", &pair);
    is::<Compact, _>(&golden, "falling ids", &pair);
    is::<Compact, _>(&golden, "Booleans in a list as type 2", &Flags { a: vec![true, false] });
    is::<Compact, _>(&golden, "false in a list as 0", &Flags { a: vec![true, false] });
    is::<Compact, _>(&golden, "a list of 15, compact", &Numbers { a: vec![1; 15] });
    is::<Binary, _>(&golden, "a list of 15, binary", &Numbers { a: vec![1; 15] });
    is::<Compact, _>(&golden, "a short list with the long header", &Numbers { a: vec![1, 2] });
    is::<Compact, _>(&golden, "an empty list of no type", &Numbers { a: vec![] });
    is::<Binary, _>(&golden, "an empty list of no type in binary", &Numbers { a: vec![] });
    is::<Binary, _>(&golden, "an empty map of no types in binary", &Table { a: BTreeMap::new() });
    is::<Compact, _>(&golden, "an empty map, compact", &Table { a: BTreeMap::new() });
    is::<Compact, _>(&golden, "a field that comes twice: the last counts", &Number { a: Some(2) });
    is::<Binary, _>(&golden, "a field of another type, binary", &Number { a: None });
    for name in [
        "an id past 16 bits",
        "an end with a step",
        "a field of no type",
        "an i32 past 32 bits",
        "the data ends in a field",
    ] {
        refuses::<Compact, Number>(&golden, name);
    }
    refuses::<Binary, Number>(&golden, "a field of no type in binary");
    refuses::<Compact, Numbers>(&golden, "a list of 2^31 - 1 items in six bytes");
    refuses::<Binary, Numbers>(&golden, "a negative count");
    refuses::<Compact, Text>(&golden, "text that is not UTF-8");
    refuses::<Compact, Text>(&golden, "a text that is longer than the data");
    refuses::<Binary, Text>(&golden, "a negative length");
}

fn find<'a>(golden: &'a [Golden], name: &str) -> &'a Golden {
    golden.iter().find(|case| case.name == name).unwrap_or_else(|| panic!("there is no case `{name}`"))
}

#[track_caller]
fn is<'a, P: Protocol, T: DecodeRecord<'a> + PartialEq + std::fmt::Debug>(golden: &'a [Golden], name: &str, value: &T) {
    assert_eq!(P::from_slice::<T>(&find(golden, name).data).as_ref(), Ok(value), "{name}");
}

#[track_caller]
fn refuses<'a, P: Protocol, T: DecodeRecord<'a> + std::fmt::Debug>(golden: &'a [Golden], name: &str) {
    let case = find(golden, name);
    assert!(case.value.is_none(), "{name}");
    assert!(P::from_slice::<T>(&case.data).is_err(), "{name}");
}

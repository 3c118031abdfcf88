//! Values that show what a warning is about.

use cognate_codec::Limits;
use cognate_codec::thrift::Binary;
use cognate_schema::compat::thrift::Definitions;
use cognate_schema::compat::{Level, Options, Outcome, Witness, check_with};
use cognate_schema::thrift::{Item, Layout, Program};
use cognate_schema::value::JsonForm;

/// The witnesses of all warnings: rule, hexadecimal bytes, value, and what is made of it.
fn shown(old: &str, new: &str) -> Vec<String> {
    let read = |text: &str| Definitions::roots(&Program::parse(text).unwrap()).remove(0);
    let options = Options::at(Level::Full).with_witnesses(true);
    let report = check_with(&read(new), &[read(old)], options);
    assert!(report.is_compatible());
    let mut lines = Vec::new();
    for finding in report.findings() {
        assert!(finding.unwitnessed.is_empty());
        for Witness { direction, value, hex, outcome, behind, .. } in &finding.witnesses {
            let outcome = match outcome {
                Outcome::Reads(read) => read,
                Outcome::Error(error) => error,
            };
            assert!(behind.is_none());
            let rule = finding.rule.id().strip_prefix("thrift/").unwrap();
            lines.push(format!("{rule} {} {hex}: {value} -> {outcome}", direction.name()));
        }
    }
    lines
}

#[test]
fn a_changed_default_is_shown_by_data_without_the_field() {
    assert_eq!(
        shown("struct R { 1: optional i32 a = 1, 2: i32 b }", "struct R { 1: optional i32 a = 2, 2: i32 b }"),
        [
            r#"changed-default backward 00: {"a":1} -> {"a":2}"#, //
            r#"changed-default forward 00: {"a":2} -> {"a":1}"#
        ]
    );
    // What is required is there, and no default stands for absence.
    assert_eq!(
        shown("struct R { 1: required bool r, 2: string a = \"x\" }", "struct R { 1: required bool r, 2: string a }"),
        [
            r#"changed-default backward 0200010000: {"r":false,"a":"x"} -> {"r":false}"#,
            r#"changed-default forward 0200010000: {"r":false} -> {"r":false,"a":"x"}"#
        ]
    );
    // A field that is always there has no default to take.
    assert!(shown("struct R { 1: required i32 a = 1 }", "struct R { 1: required i32 a = 2 }").is_empty());
    assert!(
        shown("struct R { 1: required R again, 2: i32 a = 1 }", "struct R { 1: required R again, 2: i32 a }")
            .is_empty()
    );
    assert!(shown("union U { 1: i32 a = 1, 2: i32 b }", "union U { 1: i32 a = 2, 2: i32 b }").is_empty());
}

#[test]
fn defaults_of_all_types_are_shown() {
    let version = |[flag, byte, long, double, text, bytes, uuid, color, list, set, map, entries, point]: [&str; 13]| {
        format!(
            "enum Color {{ RED = 1, BLUE = 2 }}\n\
             struct Point {{ 2: i32 y, 1: i32 x }}\n\
             struct R {{\n\
             1: optional bool a = {flag}\n 2: optional i8 b = {byte}\n 3: optional i64 c = {long}\n 4: optional double d = {double}\n\
             5: optional string e = {text}\n 6: optional binary f = {bytes}\n 7: optional uuid g = {uuid}\n\
             8: optional Color h = {color}\n 9: optional list<i16> i = {list}\n 10: optional set<Color> j = {set}\n\
             11: optional map<string, i32> k = {map}\n 12: optional map<i32, list<Color>> l = {entries}\n\
             13: optional Point m = {point}\n}}"
        )
    };
    let old = version([
        "true",
        "-1",
        "5000000000",
        "1.5",
        "\"x\"",
        "\"y\"",
        "\"00000000-0000-0000-0000-000000000001\"",
        "Color.RED",
        "[1, 2]",
        "[Color.RED]",
        "{\"a\": 1}",
        "{1: [Color.RED, Color.BLUE]}",
        "{\"y\": 2, \"x\": 1}",
    ]);
    let new = version([
        "false",
        "1",
        "5",
        "2",
        "\"\"",
        "\"\"",
        "\"00000000-0000-0000-0000-000000000002\"",
        "Color.BLUE",
        "[]",
        "[]",
        "{}",
        "{}",
        "{\"x\": 1}",
    ]);
    let shown = shown(&old, &new);
    let backward: Vec<_> = shown.iter().filter_map(|line| line.strip_prefix("changed-default backward 00: ")).collect();
    assert_eq!(
        backward,
        [
            r#"{"a":true} -> {"a":false}"#,
            r#"{"b":-1} -> {"b":1}"#,
            r#"{"c":5000000000} -> {"c":5}"#,
            r#"{"d":1.5} -> {"d":2.0}"#,
            r#"{"e":"x"} -> {"e":""}"#,
            r#"{"f":"eQ=="} -> {"f":""}"#,
            r#"{"g":"00000000-0000-0000-0000-000000000001"} -> {"g":"00000000-0000-0000-0000-000000000002"}"#,
            r#"{"h":"RED"} -> {"h":"BLUE"}"#,
            r#"{"i":[1,2]} -> {"i":[]}"#,
            r#"{"j":["RED"]} -> {"j":[]}"#,
            r#"{"k":{"a":1}} -> {"k":{}}"#,
            r#"{"l":[[1,["RED","BLUE"]]]} -> {"l":[]}"#,
            r#"{"m":{"x":1,"y":2}} -> {"m":{"x":1}}"#,
        ]
    );
    assert_eq!(shown.len(), 2 * backward.len());
    // The bytes have none of it: the sides differ in what they add.
    let program = Program::parse(&old).unwrap();
    let Some(Item::Struct(id)) = program.find("R") else { panic!() };
    let value = Layout::new(&program).decode::<Binary>(id, &[0], Limits::default()).unwrap();
    assert_eq!(value.to_json(JsonForm::Plain), "{}");
}

#[test]
fn numbers_without_a_name_and_bytes_that_are_no_text_are_shown() {
    assert_eq!(
        shown("enum E { A = 1 }\nstruct R { 1: list<E> e }", "enum E { A = 1, B = 2 }\nstruct R { 1: list<E> e }"),
        [r#"unknown-value forward 0f000108000000010000000200: {"e":["B"]} -> {"e":[2]}"#]
    );
    // No struct holds it, and a number is a number.
    assert!(shown("enum E { A = 1 }", "enum E { A = 1, B = 2 }").is_empty());
    assert!(shown("enum E { A = 1 }\nstruct R { 1: i32 e }", "enum E { A = 1 }\nstruct R { 1: E e }").is_empty());
    let bytes = shown("struct R { 1: string a }", "struct R { 1: binary a }");
    assert!(
        bytes.len() == 1 && bytes[0].starts_with(r#"bytes-to-string forward 0b000100000001ff00: {"a":"/w=="} -> "#)
    );
}

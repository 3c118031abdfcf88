//! Values that fail: for the fault that is named, and small.

use cognate_codec::Limits;
use cognate_schema::avro::resolve::{UnionOrder, resolve};
use cognate_schema::avro::{Program, Schema};
use cognate_schema::compat::avro::{NoWitness, Unread, Witnesses};

/// The witnesses of a pair, in the order of its faults, with the faults' messages.
fn witnesses(writer: &str, reader: &str) -> Vec<(String, Result<Unread, NoWitness>)> {
    let (writer, reader) = (Schema::parse(writer).unwrap(), Schema::parse(reader).unwrap());
    let resolution = resolve(&writer, &reader, UnionOrder::default());
    let witnesses = Witnesses::new(&writer, &reader, &resolution, Limits::default());
    let program = Program::new(&writer);
    let witness = |fault: &cognate_schema::avro::resolve::Fault| {
        let found = witnesses.of(fault);
        if let Ok(Unread { bytes, .. }) = &found {
            let mut decoder = program.decoder(bytes, Limits::default());
            decoder.value().unwrap();
            assert_eq!(decoder.remaining(), 0, "the witness is one value of the writer's");
        }
        (fault.message.clone(), found)
    };
    resolution.faults.iter().map(witness).collect()
}

/// The only witness, which fails for the fault that it is a witness of.
fn witness(writer: &str, reader: &str) -> Unread {
    let mut all = witnesses(writer, reader);
    assert_eq!(all.len(), 1, "{all:?}");
    let (message, found) = all.remove(0);
    let found = found.unwrap();
    assert!(found.error.contains(&message) && found.behind.is_none(), "{found:?}");
    found
}

fn record(name: &str, fields: &[(&str, &str)]) -> String {
    let fields: Vec<_> = fields.iter().map(|(name, ty)| format!(r#"{{"name": "{name}", "type": {ty}}}"#)).collect();
    format!(r#"{{"type": "record", "name": "{name}", "fields": [{}]}}"#, fields.join(", "))
}

const ENUM_AB: &str = r#"{"type": "enum", "name": "E", "symbols": ["A", "B"]}"#;
const ENUM_A: &str = r#"{"type": "enum", "name": "E", "symbols": ["A"]}"#;
const ENUM_B: &str = r#"{"type": "enum", "name": "E", "symbols": ["B"]}"#;

#[test]
fn lists_maps_and_unions_have_the_one_thing_at_fault() {
    let cases = [
        (r#"{"type": "array", "items": "int"}"#, r#"{"type": "array", "items": "string"}"#, "[0]"),
        (r#"{"type": "map", "values": "int"}"#, r#"{"type": "map", "values": "string"}"#, r#"{"":0}"#),
        (r#"["null", "int"]"#, r#""null""#, "0"),
        (r#"["null", "int"]"#, r#"["null", "string"]"#, "0"),
        (
            r#"{"type": "array", "items": ["null", {"type": "map", "values": ["int", "string"]}]}"#,
            r#"{"type": "array", "items": ["null", {"type": "map", "values": "int"}]}"#,
            r#"[{"":""}]"#,
        ),
        (ENUM_AB, ENUM_A, r#""B""#),
        (ENUM_AB, ENUM_B, r#""A""#),
    ];
    for (writer, reader, value) in cases {
        assert_eq!(witness(writer, reader).json, value, "{writer}");
    }
}

#[test]
fn other_faults_on_the_way_are_gone_round() {
    // The union before the fault has a branch that can be read, and the list may be empty, and the enum has a symbol.
    let writer = record(
        "R",
        &[
            ("u", r#"["int", "null"]"#),
            ("l", r#"{"type": "array", "items": "int"}"#),
            ("e", ENUM_AB),
            ("last", "\"int\""),
        ],
    );
    let reader = record(
        "R",
        &[
            ("u", r#"["null", "string"]"#),
            ("l", r#"{"type": "array", "items": "string"}"#),
            ("e", ENUM_B),
            ("last", "\"string\""),
        ],
    );
    let found = witnesses(&writer, &reader);
    let values: Vec<_> = found.iter().map(|(_, found)| found.as_ref().unwrap().json.as_str()).collect();
    assert_eq!(
        values,
        [
            r#"{"u":0,"l":[],"e":"A","last":0}"#,
            r#"{"u":null,"l":[0],"e":"A","last":0}"#,
            r#"{"u":null,"l":[],"e":"A","last":0}"#,
            r#"{"u":null,"l":[],"e":"B","last":0}"#,
        ]
    );
    for (message, found) in found {
        let found = found.unwrap();
        assert!(found.error.contains(&message) && found.behind.is_none(), "{found:?}");
    }
}

#[test]
fn a_way_round_is_taken_where_two_ways_lead_to_a_fault() {
    // Both fields hold `B`; on the way to the first one stands a fault that cannot be gone round, on that to the second none.
    let b = |ty: &str| record("B", &[("x", ty)]);
    let a = |ty: &str, b: &str| format!(r#"["null", {}]"#, record("A", &[("before", ty), ("b", b)]));
    let writer = record("R", &[("a", &a("\"int\"", &b("\"long\""))), ("b", "\"B\"")]);
    let reader = record("R", &[("a", &a("\"string\"", &b("\"int\""))), ("b", "\"B\"")]);
    let found = witnesses(&writer, &reader);
    assert_eq!(found.len(), 2);
    let of_b = found[1].1.as_ref().unwrap();
    assert_eq!((of_b.json.as_str(), &of_b.behind), (r#"{"a":null,"b":{"x":0}}"#, &None));
    assert!(of_b.error.contains("long"), "{of_b:?}");
}

#[test]
fn faults_behind_others_are_told_as_that() {
    let writer = record("R", &[("a", "\"int\""), ("b", "\"long\"")]);
    let reader = record("R", &[("a", "\"string\""), ("b", "\"int\"")]);
    let found = witnesses(&writer, &reader);
    let (first, second) = (found[0].1.as_ref().unwrap(), found[1].1.as_ref().unwrap());
    assert_eq!(first.behind, None);
    assert!(second.error.contains("the writer's int cannot become the reader's string"), "{second:?}");
    assert_eq!(second.behind.as_deref(), Some("the writer's long cannot become the reader's int"));
    // A record that cannot be read fails before its fields do.
    let reader = record("R", &[("a", "\"string\""), ("b", "\"long\""), ("c", "\"int\"")]);
    let found = witnesses(&writer, &reader);
    assert!(found[0].1.as_ref().unwrap().error.contains("`c`") && found[0].1.as_ref().unwrap().behind.is_some());
    assert_eq!(found[1].1.as_ref().unwrap().behind, None);
}

#[test]
fn faults_of_one_place_are_told_together() {
    let writer = record("R", &[]);
    let reader = record("Other", &[("a", "\"int\""), ("b", "\"int\"")]);
    let found = witnesses(&writer, &reader);
    assert_eq!(found.len(), 3);
    for (message, found) in found {
        let found = found.unwrap();
        assert!(found.error.contains(&message) && found.behind.is_none(), "{message}: {found:?}");
    }
    let writer = r#"{"type": "enum", "name": "E", "symbols": ["A", "B"]}"#;
    let found = witnesses(writer, r#"{"type": "enum", "name": "F", "symbols": ["A"]}"#);
    let of_symbols = found[1].1.as_ref().unwrap();
    assert!(of_symbols.json == "\"B\"" && of_symbols.error.contains("has no `B`"), "{of_symbols:?}");
    let writer = r#"{"type": "fixed", "name": "F", "size": 2, "logicalType": "decimal", "precision": 2}"#;
    let reader = r#"{"type": "fixed", "name": "G", "size": 3, "logicalType": "decimal", "precision": 3}"#;
    for (message, found) in witnesses(writer, reader) {
        assert!(found.unwrap().error.contains(&message));
    }
}

#[test]
fn recursive_types_end_as_soon_as_they_can() {
    let list = |ty: &str| record("L", &[("next", r#"["null", "L"]"#), ("x", ty)]);
    assert_eq!(witness(&list("\"long\""), &list("\"int\"")).json, r#"{"next":null,"x":0}"#);
    // The fault is to be met only in a branch of the type itself.
    let tree = |extra: &str| {
        record(
            "T",
            &[("kids", &format!(r#"{{"type": "array", "items": ["T", {extra}]}}"#)), ("up", r#"["T", "null"]"#)],
        )
    };
    let found = witness(&tree("\"string\""), &tree("\"boolean\""));
    assert_eq!(found.json, r#"{"kids":[""],"up":null}"#);
    // What a list holds in its second element only: the first of the ways goes round the union.
    let chain =
        |ty: &str| record("C", &[("next", &format!(r#"["null", {}]"#, record("D", &[("c", "\"C\""), ("x", ty)])))]);
    let found = witness(&chain("\"long\""), &chain("\"int\""));
    assert_eq!(found.json, r#"{"next":{"c":{"next":null},"x":0}}"#);
}

#[test]
fn values_are_ones_of_the_logical_types() {
    let typed = |ty: &str, logical: &str| format!(r#"{{"type": "{ty}", "logicalType": "{logical}", "precision": 9}}"#);
    let fields = |last| {
        let decimal = typed("bytes", "decimal");
        let (uuid, big) = (typed("string", "uuid"), typed("bytes", "big-decimal"));
        record("R", &[("d", &decimal), ("u", &uuid), ("b", &big), ("x", last)])
    };
    let found = witness(&fields("\"long\""), &fields("\"int\""));
    let uuid = "00000000-0000-0000-0000-000000000000";
    assert_eq!(found.json, format!(r#"{{"d":"AA==","u":"{uuid}","b":"AgAA","x":0}}"#));
}

#[test]
fn what_has_no_small_value_is_told() {
    let huge = r#"{"type": "fixed", "name": "F", "size": 1073741824}"#;
    let reason = |writer: &str, reader: &str| witnesses(writer, reader).remove(0).1.unwrap_err();
    let held = |field: &str| record("R", &[("f", huge), ("x", field)]);
    assert_eq!(reason(&held("\"long\""), &held("\"int\"")), NoWitness::TooLarge);
    assert_eq!(reason(huge, "\"int\""), NoWitness::TooLarge);
    // In a union the way past it is short.
    let held = |field: &str| record("R", &[("f", &format!(r#"[{huge}, "int"]"#)), ("x", field)]);
    assert_eq!(witness(&held("\"long\""), &held("\"int\"")).json, r#"{"f":0,"x":0}"#);
    // Sizes that double from type to type.
    let doubled = |last: &str| {
        (1..35).fold(record("D0", &[("a", last)]), |inner, depth| {
            let again = format!("\"D{}\"", depth - 1);
            record(&format!("D{depth}"), &[("a", &inner), ("b", &again)])
        })
    };
    assert_eq!(reason(&doubled("\"long\""), &doubled("\"int\"")), NoWitness::TooLarge);
    // Only a record without end and an enum without symbols have no values at all, and the first is not valid.
    let empty = r#"{"type": "enum", "name": "E", "symbols": []}"#;
    assert_eq!(reason(empty, "\"int\""), NoWitness::NoValue);
}

#[test]
fn many_faults_take_no_time() {
    let types = |ty: &str| {
        let fields: Vec<_> = (0..2_000).map(|field| (format!("f{field}"), format!("[\"null\", \"{ty}\"]"))).collect();
        let fields: Vec<_> = fields.iter().map(|(name, ty)| (name.as_str(), ty.as_str())).collect();
        record("R", &fields)
    };
    let start = std::time::Instant::now();
    let found = witnesses(&types("long"), &types("int"));
    assert_eq!(found.len(), 2_000);
    assert!(found.iter().all(|(_, found)| found.as_ref().is_ok_and(|found| found.behind.is_none())));
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
}

use crate::support::{Folder, examples};

const OLD: &str = r#"{"type": "record", "name": "Order", "fields": [
  {"name": "id", "type": "int"}, {"name": "note", "type": "string"}, {"name": "who", "type": "string"},
  {"name": "size", "type": {"type": "enum", "name": "Size", "symbols": ["S", "M"]}}]}"#;

const NEW: &str = r#"{"type": "record", "name": "Order", "fields": [
  {"name": "buyer", "type": ["null", "string"], "aliases": ["who"], "default": null}, {"name": "id", "type": "double"},
  {"name": "size", "type": {"type": "enum", "name": "Size", "symbols": ["S"]}},
  {"name": "count", "type": "int", "default": 1}]}"#;

#[test]
fn every_field_has_its_fate() {
    let folder = Folder::new().file("old.avsc", OLD).file("new.avsc", NEW);
    let done = folder.run("resolve --writer old.avsc --reader new.avsc");
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    insta::assert_snapshot!("resolve_text", done.text());
    let json = folder.run("resolve --writer old.avsc --reader new.avsc --format json");
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["compatible"], false);
    let fields = json["fields"].as_array().unwrap();
    let fate = |path: &str| {
        let row = fields.iter().find(|row| row["path"] == path).unwrap_or_else(|| panic!("no {path}"));
        row["fate"].as_str().unwrap()
    };
    let expected = [
        ("id", "promote"),
        ("note", "skip"),
        ("buyer", "alias"),
        ("size", "fault"),
        ("count", "default"),
        ("", "convert"),
    ];
    for (path, word) in expected {
        assert_eq!(fate(path), word, "{path}");
    }
}

#[test]
fn another_logical_type_is_told() {
    let folder = Folder::new()
        .file("old.avsc", r#"{"type": "array", "items": {"type": "long", "logicalType": "timestamp-millis"}}"#)
        .file("new.avsc", r#"{"type": "array", "items": {"type": "long", "logicalType": "timestamp-micros"}}"#);
    let why = |reader: &str| {
        let done = folder.run(&format!("resolve --writer old.avsc --reader {reader} --format json"));
        let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        let row = &json["fields"][0];
        (row["fate"].as_str().unwrap().to_owned(), row["why"].as_str().unwrap().to_owned())
    };
    assert_eq!(why("old.avsc"), ("copy".to_owned(), "the same type".to_owned()));
    let told = "the same data, with another logical type at []: long timestamp-millis, read as long timestamp-micros";
    assert_eq!(why("new.avsc"), ("copy".to_owned(), told.to_owned()));
}

#[test]
fn another_logical_type_within_a_type_is_told_with_its_place() {
    let record = |logical: &str| {
        format!(
            r#"{{"type": "record", "name": "Log", "fields": [{{"name": "events", "type": ["null", {{"type": "array", "items":
            {{"type": "record", "name": "Event", "fields": [{{"name": "at", "type": {{"type": "long", "logicalType": "{logical}"}}}},
            {{"name": "next", "type": ["null", "Event"]}}]}}}}]}}]}}"#
        )
    };
    let folder =
        Folder::new().file("old.avsc", record("timestamp-millis")).file("new.avsc", record("timestamp-micros"));
    let text = folder.run("resolve --writer old.avsc --reader new.avsc").clean_text();
    let why = "the same data, with another logical type at events<array>[].at: long timestamp-millis, read as long timestamp-micros";
    assert!(text.lines().nth(1).is_some_and(|line| line.ends_with(why)), "{text}");
    let text = folder.run("resolve --writer old.avsc --reader old.avsc").clean_text();
    assert!(text.lines().nth(1).is_some_and(|line| line.ends_with("the same type")), "{text}");
}

#[test]
fn the_examples_resolve() {
    let folder = examples();
    for name in ["user", "order"] {
        let done = Folder::new()
            .run(&format!("resolve --writer {0}/v1/{name}.avsc --reader {0}/v2/{name}.avsc", folder.display()));
        let text = done.clean_text();
        insta::assert_snapshot!(format!("resolve_{name}"), text);
    }
}

#[test]
fn data_is_read_with_another_schema_in_every_framing() {
    let folder = Folder::new().file("old.avsc", OLD).file("new.avsc", NEW);
    folder.write("orders.jsonl", "{\"id\":1,\"note\":\"x\",\"who\":\"ann\",\"size\":\"S\"}\n{\"id\":-2,\"note\":\"\",\"who\":\"\",\"size\":\"S\"}\n");
    let expected = "{\"buyer\":\"ann\",\"id\":1.0,\"size\":\"S\",\"count\":1}\n{\"buyer\":\"\",\"id\":-2.0,\"size\":\"S\",\"count\":1}\n";
    for framing in ["raw", "ocf", "single-object", "delimited", "confluent --schema-id 7"] {
        let flags = format!("--schema old.avsc --framing {framing}");
        let bytes = folder.run(&format!("encode {flags} orders.jsonl")).clean();
        let decode = format!("decode {flags} --reader-schema new.avsc -");
        assert_eq!(folder.pipe(&decode, &bytes).clean_text(), expected, "{framing}");
    }
    let bytes = folder.run("encode --schema old.avsc --framing ocf orders.jsonl").clean();
    assert_eq!(
        folder.pipe("decode --reader-schema new.avsc -", &bytes).clean_text(),
        expected,
        "the file brings its schema"
    );
}

#[test]
fn only_data_that_meets_a_fault_fails() {
    let folder = Folder::new().file("old.avsc", OLD).file("new.avsc", NEW);
    let done = folder.pipe("decode --hex --schema old.avsc --reader-schema new.avsc -", "02 00 00 00 04 00 00 02");
    assert_eq!(done.text(), "{\"buyer\":\"\",\"id\":1.0,\"size\":\"S\",\"count\":1}\n");
    assert!(done.fails(1).contains("value 1 at byte 4: size: the reader's enum `Size` has no `M`"), "{}", done.stderr);
}

#[test]
fn the_readers_type_is_chosen_by_name() {
    let folder = Folder::new().file("old.avsc", "\"int\"").file(
        "set.avsc",
        r#"{"type": "record", "name": "R", "fields": [{"name": "f", "type": {"type": "fixed", "name": "F", "size": 1}}]}"#,
    );
    folder.write("f.avsc", r#"{"type": "fixed", "name": "F", "size": 1}"#);
    let flags = "decode --hex --schema f.avsc --reader-schema set.avsc";
    assert_eq!(folder.pipe(&format!("{flags} --reader-type F -"), "41").clean_text(), "\"QQ==\"\n");
    assert!(folder.pipe(&format!("{flags} -"), "41").fails(1).contains("cannot become"));
    assert!(folder.pipe("decode --reader-type F --schema f.avsc -", "").fails(2).contains("--reader-schema"));
    assert_eq!(folder.run("resolve --writer f.avsc --reader set.avsc --reader-type F").status, 0);
    assert!(folder.run("resolve --writer - --reader -").fails(2).contains("standard input"));
}

//! What breaks readers of JSON and generated code, and what does not.

use cognate_schema::avro::Schema;
use cognate_schema::compat::{Direction, Finding, Level, Options, Surface, Surfaces, check_with};

fn findings(old: &str, new: &str, surfaces: Surfaces) -> Vec<Finding> {
    let [old, new] = [old, new].map(|text| Schema::parse(text).unwrap());
    check_with(&new, &[old], Options::at(Level::Full).on(surfaces)).findings().cloned().collect()
}

/// `rule old-path new-path directions` of each finding on one surface.
fn found(old: &str, new: &str, surface: Surface) -> Vec<String> {
    let line = |finding: &Finding| {
        assert_eq!(finding.surfaces, [surface], "{}", finding.message);
        let breaks: Vec<_> = finding.breaks.iter().map(Direction::name).collect();
        let id = finding.rule.id().strip_prefix("avro/").unwrap();
        format!("{id} {} {} {}", finding.old.path, finding.new.path, breaks.join("+"))
    };
    findings(old, new, [surface].into_iter().collect()).iter().map(line).collect()
}

fn field(ty: &str) -> String {
    format!(r#"{{"type": "record", "name": "R", "fields": [{{"name": "a", "type": {ty}}}]}}"#)
}

fn json(old: &str, new: &str) -> Vec<String> {
    found(&field(old), &field(new), Surface::Json)
}

fn source(old: &str, new: &str) -> Vec<String> {
    found(&field(old), &field(new), Surface::Source)
}

#[test]
fn values_of_unions_stand_under_their_branches_in_json() {
    assert_eq!(json(r#"["null", "int"]"#, r#"["int", "null"]"#), [""; 0]);
    // A longer union of the same branches is for old readers what it is on the wire.
    assert_eq!(
        json(r#"["null", "int"]"#, r#"["null", "int", "string"]"#),
        ["missing-union-branch /fields/0/type /fields/0/type/2 forward"]
    );
    assert_eq!(
        json(r#""int""#, r#"["null", "int"]"#),
        [
            "type-mismatch /fields/0/type /fields/0/type/0 forward",
            "json-union-branch /fields/0/type /fields/0/type/1 backward+forward"
        ]
    );
    let wider = json(r#"["null", "int"]"#, r#"["null", "long"]"#);
    assert!(wider.contains(&"json-union-branch /fields/0/type/1 /fields/0/type/1 backward".to_owned()), "{wider:?}");
    let fixed = |name: &str| format!(r#"["null", {{"type": "fixed", "name": "{name}", "size": 1}}]"#);
    assert_eq!(
        json(&fixed("x.F"), &fixed("y.F")),
        ["json-union-branch /fields/0/type/1 /fields/0/type/1 backward+forward"]
    );
    // Outside of unions names are not in the text.
    let fixed = |name: &str| format!(r#"{{"type": "fixed", "name": "{name}", "size": 1}}"#);
    assert_eq!(json(&fixed("x.F"), &fixed("y.F")), [""; 0]);
    assert_eq!(json(&fixed("F"), &fixed("G")), [""; 0]);
}

#[test]
fn numbers_keep_their_json() {
    assert_eq!(json(r#""int""#, r#""long""#), ["type-mismatch /fields/0/type /fields/0/type forward"]);
    let decimal = |scale| format!(r#"{{"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": {scale}}}"#);
    assert_eq!(json(&decimal(1), &decimal(2)), [""; 0]);
    assert_eq!(json(r#""bytes""#, r#""string""#), ["json-bytes /fields/0/type /fields/0/type backward+forward"]);
}

#[test]
fn the_defaults_of_enums_do_not_help_readers_of_json() {
    let size = |symbols: &str| format!(r#"{{"type": "enum", "name": "E", "symbols": [{symbols}], "default": "A"}}"#);
    let (one, two) = (size(r#""A""#), size(r#""A", "B""#));
    assert_eq!(json(&one, &two), ["json-unknown-symbol /fields/0/type /fields/0/type forward"]);
    assert_eq!(json(&two, &one), ["json-unknown-symbol /fields/0/type /fields/0/type backward"]);
}

#[test]
fn what_is_asked_for_is_named_and_nothing_else() {
    let (old, new) = (field(r#""int""#), field(r#""string""#));
    let all = findings(&old, &new, Surfaces::ALL);
    let surfaces: Vec<_> = all.iter().map(|finding| finding.surfaces.clone()).collect();
    assert_eq!(surfaces, [vec![Surface::Source], vec![Surface::Wire, Surface::Json]]);
    assert_eq!(findings(&old, &new, Surfaces::default())[0].surfaces, [Surface::Wire]);
}

#[test]
fn generated_types_are_compared_as_rust_has_them() {
    assert_eq!(source(r#"["null", "int"]"#, r#"["int", "null"]"#), [""; 0]);
    let changed = ["source-changed-type /fields/0/type /fields/0/type backward+forward"];
    assert_eq!(source(r#""int""#, r#""long""#), changed);
    assert_eq!(source(r#""int""#, r#"["null", "int"]"#), changed);
    assert_eq!(source(r#"["null", "int"]"#, r#"["null", "int", "string"]"#), changed);
    assert_eq!(
        source(r#"{"type": "array", "items": "int"}"#, r#"{"type": "array", "items": "long"}"#),
        ["source-changed-type /fields/0/type/items /fields/0/type/items backward+forward"]
    );
    let fixed = |name: &str, size| format!(r#"{{"type": "fixed", "name": "{name}", "size": {size}}}"#);
    assert_eq!(source(&fixed("F", 1), &fixed("F", 2)), changed);
    assert_eq!(
        source(&fixed("F", 1), &fixed("x.F", 1)),
        ["source-renamed-type /fields/0/type/name /fields/0/type/name backward+forward"]
    );
    // A default is nothing of the types.
    let new = field(r#""int", "default": 1"#);
    assert_eq!(found(&field(r#""int""#), &new, Surface::Source), [""; 0]);
}

#[test]
fn fields_of_generated_structs_come_go_and_are_renamed() {
    let record = |fields: &[(&str, &str)]| {
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, alias)| format!(r#"{{"name": "{name}", "aliases": [{alias}], "type": "int", "default": 0}}"#))
            .collect();
        format!(r#"{{"type": "record", "name": "R", "fields": [{}]}}"#, fields.join(", "))
    };
    let old = record(&[("a", ""), ("b", "")]);
    let new = record(&[("c", r#""a""#), ("d", "")]);
    assert_eq!(
        found(&old, &new, Surface::Source),
        [
            "source-changed-fields /fields/1 /fields backward+forward",
            "source-changed-fields /fields/0 /fields/0 backward+forward",
            "source-changed-fields /fields /fields/1 backward+forward",
        ]
    );
    assert_eq!(found(&old, &record(&[("b", ""), ("a", "")]), Surface::Source), [""; 0]);
}

#[test]
fn recursive_types_are_compared_on_all_surfaces() {
    let list = |ty: &str| {
        format!(
            r#"{{"type": "record", "name": "L", "fields": [
                 {{"name": "next", "type": ["null", "L"]}}, {{"name": "x", "type": "{ty}"}}]}}"#
        )
    };
    assert_eq!(findings(&list("int"), &list("int"), Surfaces::ALL).len(), 0);
    assert_eq!(findings(&list("int"), &list("long"), Surfaces::ALL).len(), 2);
}

#[test]
fn directions_can_be_left_out() {
    use cognate_schema::compat::Directions;
    let [old, new] = [field(r#""int""#), field(r#""string""#)].map(|text| Schema::parse(&text).unwrap());
    let options = Options::at(Level::Backward).toward(Directions::BACKWARD);
    let report = check_with(&new, &[old], options);
    let all: Vec<_> = report.findings().collect();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].breaks, Directions::BACKWARD);
    assert!(!all[0].message.contains("old schema cannot"), "{}", all[0].message);
}

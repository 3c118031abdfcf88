//! What plans and verdicts take, by the size of the schemas.

use std::fmt::Write;
use std::hint::black_box;
use std::slice;

use ::cognate::schema::avro::Schema;
use ::cognate::schema::avro::resolve::{UnionOrder, resolve};
use ::cognate::schema::compat::{Level, check};

use super::NAME;
use crate::task::{Operation, Role, Task};

/// Two records of 200 fields, three in eight of them changed.
pub const WIDE: &str = "200 fields";
/// Schemas of 1,000 and of 5,000 types; times are per type.
pub const SIZES: &str = "types";
/// The same with types that contain themselves and one another.
pub const RECURSIVE: &str = "recursive types";

/// All tasks, each verified.
pub fn tasks() -> Vec<Task> {
    let wide = plan(Operation::Plan(WIDE), (NAME, Role::Cognate), 1, [record(200, before), record(200, promoted)]);
    let mut tasks = vec![wide];
    tasks.extend(growth(SIZES, false));
    tasks.extend(growth(RECURSIVE, true));
    tasks.push(verdict("20 fields, the same", before, 0));
    tasks.push(verdict("20 fields, evolved", evolved, 0));
    tasks.push(verdict("20 fields, 1 finding", |index| if index == 2 { broken(index) } else { before(index) }, 1));
    // A union is a finding for each of its branches, and one for itself.
    tasks.push(verdict("20 fields, 26 findings", broken, 26));
    tasks
}

/// The time per type of a small schema and of a large one.
fn growth(name: &'static str, recursive: bool) -> [Task; 2] {
    let pair = |types: usize| [graph(types, recursive, false), graph(types, recursive, true)];
    let operation = Operation::Plan(name);
    [
        plan(operation, ("1,000", Role::Plain), 1000, pair(1000)),
        plan(operation, ("5,000", Role::Cognate), 5000, pair(5000)),
    ]
}

fn plan(operation: Operation, (contender, role): (&'static str, Role), records: usize, pair: [Schema; 2]) -> Task {
    let [writer, reader] = pair;
    let resolution = resolve(&writer, &reader, UnionOrder::default());
    assert!(resolution.is_compatible() && !resolution.plan.is_identity(), "{:?}", resolution.faults);
    let run = move || {
        black_box(resolve(black_box(&writer), black_box(&reader), UnionOrder::default()));
    };
    Task { dataset: "planning", operation, contender, role, records, run: Box::new(run) }
}

fn verdict(name: &'static str, after: impl Fn(usize) -> Field, findings: usize) -> Task {
    let (old, new) = (record(20, before), record(20, after));
    let found: Vec<_> =
        check(&new, slice::from_ref(&old), Level::Full).findings().map(|it| &it.message).cloned().collect();
    assert_eq!(found.len(), findings, "{name}: {found:?}");
    let run = move || {
        black_box(check(black_box(&new), black_box(slice::from_ref(&old)), Level::Full));
    };
    let operation = Operation::Check(name);
    Task { dataset: "verdicts", operation, contender: NAME, role: Role::Cognate, records: 1, run: Box::new(run) }
}

/// Name, type and default, which may be empty for none.
type Field = (&'static str, &'static str, &'static str);

fn before(index: usize) -> Field {
    match index % 8 {
        0 => ("id", r#""string""#, r#""""#),
        1 => ("count", r#""int""#, "0"),
        2 => ("ratio", r#""double""#, "0"),
        3 => ("note", r#"["null", "string"]"#, "null"),
        4 => ("tags", r#"{"type": "array", "items": "string"}"#, "[]"),
        5 => ("size", r#""long""#, "0"),
        6 => ("at", r#"{"type": "long", "logicalType": "timestamp-millis"}"#, "0"),
        _ => ("flags", r#"{"type": "map", "values": "boolean"}"#, "{}"),
    }
}

/// Every eighth field has gone, and another one has come for it.
fn evolved(index: usize) -> Field {
    match before(index) {
        ("ratio", ..) => ("rank", r#""int""#, "1"),
        same => same,
    }
}

/// Every eighth field is a wider number beside.
fn promoted(index: usize) -> Field {
    match evolved(index) {
        ("count", ..) => ("count", r#""long""#, "0"),
        same => same,
    }
}

/// The field is of a type that nothing becomes, and becomes nothing.
fn broken(index: usize) -> Field {
    let (name, ..) = before(index);
    (name, r#"{"type": "array", "items": {"type": "array", "items": "null"}}"#, "")
}

fn record(fields: usize, field: impl Fn(usize) -> Field) -> Schema {
    let field = |index: usize| {
        let (name, ty, default) = field(index);
        let default = if default.is_empty() { String::new() } else { format!(r#", "default": {default}"#) };
        format!(r#"{{"name": "{name}{index}", "type": {ty}{default}}}"#)
    };
    parse_record("bench.Wide", &(0..fields).map(field).collect::<Vec<_>>())
}

/// A record of so many records. A later one has a field more in each; recursive ones hold themselves and the one before.
fn graph(types: usize, recursive: bool, later: bool) -> Schema {
    let mut fields = Vec::new();
    for index in 0..types {
        let mut inner = r#"{"name": "id", "type": "long"}, {"name": "name", "type": "string"}"#.to_owned();
        if later {
            inner.push_str(r#", {"name": "size", "type": "int", "default": 0}"#);
        }
        if recursive {
            let before = index.saturating_sub(1);
            // Writing to a string does not fail.
            let _ = write!(inner, r#", {{"name": "next", "type": ["null", "R{index}"]}}"#);
            let _ = write!(inner, r#", {{"name": "before", "type": {{"type": "array", "items": "R{before}"}}}}"#);
        }
        fields.push(format!(
            r#"{{"name": "f{index}", "type": {{"type": "record", "name": "R{index}", "fields": [{inner}]}}}}"#
        ));
    }
    parse_record("bench.Root", &fields)
}

fn parse_record(name: &str, fields: &[String]) -> Schema {
    let text = format!(r#"{{"type": "record", "name": "{name}", "fields": [{}]}}"#, fields.join(","));
    Schema::parse(text).expect("a schema")
}

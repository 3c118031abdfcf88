//! Container files and messages that the reference implementations write, read as values of Rust types with another schema:
//! the same values as the implementations resolve them to.

use std::num::NonZeroUsize;

use cognate::avro::container::{Codec, ParallelOptions};
use cognate::{Cognate, Encode, Limits, Typed, avro};
use cognate_compat_tests::{AvroImplementation as _, Container, Judge, Library, judge_or_skip, to_neutral};
use cognate_schema::avro::{MessageDecoder, PlanCache, Program, ReadOptions, Schema, SchemaMap, open};
use serde_json::{Value, json};

const WRITER: &str = r#"{"type": "record", "name": "Visit", "namespace": "shop", "fields": [
    {"name": "id", "type": "int"},
    {"name": "page", "type": "string"},
    {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["View", "Return", "Buy"]}},
    {"name": "extra", "type": {"type": "map", "values": {"type": "array", "items": "long"}}},
    {"name": "score", "type": "float"},
    {"name": "tags", "type": {"type": "array", "items": "bytes"}},
    {"name": "note", "type": ["string", "null"]},
    {"name": "amount", "type": "long"},
    {"name": "next", "type": ["null", "Visit"]}]}"#;

/// An earlier writer, with what the later one has changed.
const EARLIER: &str = r#"{"type": "record", "name": "Visit", "namespace": "shop", "fields": [
    {"name": "path", "type": "bytes"},
    {"name": "id", "type": "long"},
    {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["Buy"]}}]}"#;

/// What reads both: fields in another order, renamed, promoted, left out, and with defaults.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "shop")]
struct Visit {
    #[cognate(default = "[]")]
    tags: Vec<String>,
    id: i64,
    #[cognate(alias = "page")]
    path: String,
    kind: Kind,
    #[cognate(default = "0.5")]
    score: f64,
    #[cognate(default = "null")]
    note: Option<String>,
    #[cognate(default = "-1")]
    amount: f32,
    #[cognate(default = "\"web\"")]
    source: String,
    #[cognate(default = "null")]
    next: Option<Box<Visit>>,
}

/// The same, borrowing.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(name = "Visit", namespace = "shop")]
struct VisitView<'a> {
    #[cognate(default = "[]")]
    tags: Vec<&'a str>,
    id: i64,
    #[cognate(alias = "page")]
    path: &'a str,
    kind: Kind,
    #[cognate(default = "0.5")]
    score: f64,
    #[cognate(default = "null")]
    note: Option<&'a str>,
    #[cognate(default = "-1")]
    amount: f32,
    #[cognate(default = "\"web\"")]
    source: &'a str,
    #[cognate(default = "null")]
    next: Option<Box<VisitView<'a>>>,
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq)]
#[cognate(namespace = "shop")]
enum Kind {
    Buy,
    View,
    #[cognate(default)]
    Other,
}

fn visit(index: usize, next: &Value) -> Value {
    let note = if index.is_multiple_of(3) { json!({"$branch": 1, "value": null}) } else { text("né") };
    let tags: Vec<_> = (0..index % 4).map(|tag| json!({"$bytes": hex::encode(format!("tag{tag}"))})).collect();
    let kind = ["View", "Return", "Buy"].get(index % 3);
    let score = f32::from(u8::try_from(index % 200).expect("below 200")) / 3.0;
    json!({
        "id": index, "page": format!("/p/{index}"), "kind": kind, "extra": {"a": [1, 2, index], "b": []},
        "score": {"$f32": format!("{:08x}", score.to_bits())}, "tags": tags, "note": note,
        "amount": 16_777_217 + index, "next": next,
    })
}

fn text(text: &str) -> Value {
    json!({"$branch": 0, "value": text})
}

fn visits(count: usize) -> Vec<Value> {
    let none = || json!({"$branch": 0, "value": null});
    let next = |index: usize| match index % 5 {
        0 => json!({"$branch": 1, "value": visit(index + 1, &none())}),
        _ => none(),
    };
    (0..count).map(|index| visit(index, &next(index))).collect()
}

/// Typed values as the judges write values down: by way of the bytes of the type's own schema.
fn neutral<T: Typed + Encode>(values: &[T]) -> Vec<Value> {
    let program = Program::new(&Schema::of::<T>().expect("the type has a schema"));
    let neutral = |value| {
        let bytes = avro::to_vec(value).expect("the type's own schema");
        to_neutral(&program.decode(&bytes, Limits::DEFAULT).expect("our own bytes"))
    };
    values.iter().map(neutral).collect()
}

fn reader() -> String {
    Schema::of::<Visit>().expect("the type has a schema").to_json()
}

#[test]
fn the_files_of_fastavro_are_resolved_as_it_and_java_resolve_them() {
    files_of(Library::Fastavro);
}

#[test]
fn the_files_of_java_are_resolved_as_it_and_fastavro_resolve_them() {
    files_of(Library::Java);
}

fn files_of(library: Library) {
    let (Some(mut judge), values, cache) = (judge_or_skip(library), visits(120), PlanCache::new()) else { return };
    let mut judges: Vec<Judge> = [Library::Fastavro, Library::Java].into_iter().filter_map(judge_or_skip).collect();
    for codec in Codec::ALL {
        let container = Container { block_items: Some(7), ..Container::new(WRITER, &values, codec.name()) };
        let file = judge.container_write(&container).expect("the judge writes its file");
        let options = ReadOptions::new().cache(&cache);
        let owned = options.open::<Visit, _>(file.as_slice()).expect("the schemas fit");
        let owned: Vec<Visit> = owned.map(|value| value.expect("a value")).collect();
        for judge in &mut judges {
            let theirs = judge.container_read(&file, Some(&reader())).expect("the judge resolves the file");
            assert_eq!(neutral(&owned), theirs.values, "{codec}, {}", judge.name());
        }

        let parallel = options.open::<Visit, _>(file.as_slice()).expect("the schemas fit");
        let parallel = parallel.parallel(ParallelOptions::new(NonZeroUsize::new(3).expect("three")));
        assert_eq!(parallel.collect::<Result<Vec<_>, _>>().expect("values"), owned, "{codec}");

        let mut views = open::<VisitView<'_>, _>(file.as_slice()).expect("the schemas fit");
        let (mut blocks, mut seen) = (0, 0);
        while let Some(block) = views.next_block().expect("a block") {
            let views: Vec<_> = block.values::<VisitView<'_>>().map(|value| value.expect("a value")).collect();
            assert_eq!(neutral(&views), neutral(&owned[seen..seen + views.len()]), "{codec}");
            let data = block.block().data().as_ptr_range();
            assert!(views.iter().all(|view| data.contains(&view.path.as_ptr())), "{codec}: text is borrowed");
            (blocks, seen) = (blocks + 1, seen + views.len());
        }
        assert!((2..=120).contains(&blocks) && seen == 120, "{codec}: {seen} values in {blocks} blocks");
    }
    assert_eq!(cache.len(), 1, "all files were written with one schema");
}

#[test]
fn the_messages_of_two_versions_are_resolved_as_java_resolves_them() {
    let Some(mut java) = judge_or_skip(Library::Java) else { return };
    let store = SchemaMap::new();
    for schema in [WRITER, EARLIER] {
        store.add(&Schema::parse(schema).expect("a schema")).expect("two fingerprints");
    }
    let decoder = MessageDecoder::<Visit, _>::new(&store).expect("the type has a schema");
    let earlier = |index: usize| json!({"path": {"$bytes": "2f70"}, "id": index, "kind": "Buy"});
    for (index, value) in visits(30).into_iter().enumerate() {
        for (schema, value) in [(WRITER, value), (EARLIER, earlier(index))] {
            let message = java.single_object_encode(schema, &value).expect("Java writes the message");
            let theirs = java.decode(schema, Some(&reader()), &message[10..]).expect("Java resolves it");
            let ours = decoder.decode(&message).expect("a value");
            assert_eq!(neutral(std::slice::from_ref(&ours)), [theirs.value], "{ours:?}");
            let message = decoder.open(&message).expect("a known schema");
            let view: VisitView<'_> = message.value().expect("a value");
            assert_eq!(neutral(&[view]), neutral(&[ours]));
        }
    }
}

//! What is the same plan, how much is kept, and many threads.

use std::sync::Arc;
use std::thread;

use cognate_codec::Limits;
use cognate_schema::avro::resolve::UnionOrder;
use cognate_schema::avro::{Loader, PlanCache, Schema};

use super::{record, schema};

const ORDER: UnionOrder = UnionOrder::ExactFirst;

/// Whether two schemas are the same to the cache, as writers and as readers.
#[track_caller]
fn same(a: &Schema, b: &Schema) -> bool {
    let cache = PlanCache::new();
    let other = schema(r#""null""#);
    let as_writer = Arc::ptr_eq(&cache.plan(a, &other, ORDER), &cache.plan(b, &other, ORDER));
    let as_reader = Arc::ptr_eq(&cache.plan(&other, a, ORDER), &cache.plan(&other, b, ORDER));
    assert_eq!(as_writer, as_reader);
    as_writer
}

#[test]
fn whatever_changes_a_plan_makes_another() {
    let plain = r#"{"name": "f", "type": "int"}"#;
    let different = [
        (record(plain), record(r#"{"name": "f", "type": "int", "aliases": ["g"]}"#)),
        (record(plain), record(r#"{"name": "f", "type": "int", "default": 1}"#)),
        (
            record(r#"{"name": "f", "type": "int", "default": 1}"#),
            record(r#"{"name": "f", "type": "int", "default": 2}"#),
        ),
        (record(plain), record(r#"{"name": "f", "type": "long"}"#)),
        (
            record(plain),
            schema(r#"{"type": "record", "name": "R", "aliases": ["S"], "fields": [{"name": "f", "type": "int"}]}"#),
        ),
        (
            schema(r#"{"type": "enum", "name": "E", "symbols": ["A", "B"]}"#),
            schema(r#"{"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "A"}"#),
        ),
        (
            schema(r#"{"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "B"}"#),
            schema(r#"{"type": "enum", "name": "E", "symbols": ["A", "B"], "default": "A"}"#),
        ),
        (
            schema(r#"{"type": "enum", "name": "E", "symbols": ["A"]}"#),
            schema(r#"{"type": "enum", "name": "E", "symbols": ["A"], "aliases": ["F"]}"#),
        ),
        (
            schema(r#"{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}"#),
            schema(r#"{"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 1}"#),
        ),
        (
            schema(r#"{"type": "bytes", "logicalType": "decimal", "precision": 4}"#),
            schema(r#"{"type": "bytes", "logicalType": "decimal", "precision": 5}"#),
        ),
        (schema(r#""long""#), schema(r#"{"type": "long", "logicalType": "timestamp-millis"}"#)),
        (
            schema(r#"{"type": "fixed", "name": "F", "size": 12}"#),
            schema(r#"{"type": "fixed", "name": "F", "size": 12, "logicalType": "duration"}"#),
        ),
        (schema(r#"["null", "int"]"#), schema(r#"["int", "null"]"#)),
    ];
    for (a, b) in &different {
        assert!(!same(a, b), "{a} and {b}");
    }
    let unequal = different.iter().filter(|(a, b)| a.canonical_form() == b.canonical_form()).count();
    assert_eq!(unequal, 11, "the canonical form alone would not tell most of them apart");
}

#[test]
fn what_changes_no_plan_makes_no_other() {
    let plain = record(r#"{"name": "f", "type": "int", "default": 1}"#);
    let same_plans = [
        record(r#"{"default":1,"type":"int","name":"f"}"#),
        record(r#"{"name": "f", "doc": "a number", "type": "int", "default": 1, "order": "ignore", "unit": "m"}"#),
        record(r#"{"name": "f", "type": {"type": "int", "logicalType": "of my own"}, "default": 1}"#),
        schema(
            r#"{"type": "record", "name": ".R", "doc": "d", "fields": [{"name": "f", "type": "int", "default": 1}]}"#,
        ),
    ];
    for other in &same_plans {
        assert!(same(&plain, other), "{other}");
    }
    // The same type, linked with others.
    let mut loader = Loader::new();
    loader.add("s.avsc", r#"{"type": "record", "name": "S", "fields": [{"name": "r", "type": "R"}]}"#);
    let file = loader.add("r.avsc", plain.to_json());
    assert!(same(&plain, &loader.link().into_result().unwrap().schema(file)));
}

#[test]
fn the_order_of_unions_makes_another_plan() {
    let (writer, reader) = (schema(r#""int""#), schema(r#"["long", "int"]"#));
    let cache = PlanCache::new();
    let exact = cache.plan(&writer, &reader, UnionOrder::ExactFirst);
    let first = cache.plan(&writer, &reader, UnionOrder::FirstMatch);
    assert_ne!(exact.decode(b"\x02", Limits::default()).unwrap(), first.decode(b"\x02", Limits::default()).unwrap(),);
    assert_eq!(cache.len(), 2);
    assert!(Arc::ptr_eq(&exact, &cache.plan(&writer.clone(), &reader, UnionOrder::ExactFirst)));
}

/// A schema that no other number gives.
fn numbered(number: usize) -> Schema {
    record(&format!(r#"{{"name": "field_{number}", "type": "string", "default": ""}}"#))
}

#[test]
fn ever_new_writers_take_bounded_memory() {
    let size = 1 << 20;
    let cache = PlanCache::with_size(size);
    let reader = record(r#"{"name": "f", "type": "int", "default": 1}"#);
    for number in 0..3_000 {
        let plan = cache.plan(&numbered(number), &reader, ORDER);
        assert!(plan.is_compatible());
        assert!(cache.size() <= size, "{} bytes", cache.size());
    }
    assert!((20..3_000).contains(&cache.len()), "{} plans", cache.len());
}

#[test]
fn what_is_used_often_stays() {
    let cache = PlanCache::with_size(1 << 20);
    let reader = record(r#"{"name": "f", "type": "int", "default": 1}"#);
    let often = cache.plan(&numbered(0), &reader, ORDER);
    for number in 1..3_000 {
        cache.plan(&numbered(number), &reader, ORDER);
        assert!(Arc::ptr_eq(&often, &cache.plan(&numbered(0), &reader, ORDER)), "gone after {number} others");
    }
}

#[test]
fn a_plan_over_the_bound_is_made_and_not_kept() {
    let fields: Vec<_> = (0..5_000).map(|at| format!(r#"{{"name": "f{at}", "type": "int"}}"#)).collect();
    let large = record(&fields.join(","));
    let cache = PlanCache::with_size(1 << 20);
    assert!(cache.plan(&large, &large, ORDER).plan().is_identity());
    assert!(cache.is_empty() && cache.size() == 0);
    assert!(PlanCache::with_size(0).plan(&numbered(1), &numbered(1), ORDER).is_compatible());
}

#[test]
fn threads_share_one_plan() {
    let cache = PlanCache::new();
    let (writers, reader) = ((0..20).map(numbered).collect::<Vec<_>>(), numbered(0));
    let plans: Vec<Vec<_>> = thread::scope(|scope| {
        let work = || writers.iter().map(|writer| cache.plan(writer, &reader, ORDER)).collect();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(cache.len(), 20);
    for plan in &plans {
        assert!(plan.iter().zip(&plans[0]).all(|(plan, first)| Arc::ptr_eq(plan, first)));
    }
}

#[test]
fn the_plan_knows_the_schemas_that_it_was_made_of() {
    let cache = PlanCache::new();
    let writer = record(r#"{"name": "f", "type": "string"}"#);
    let reader = record(r#"{"name": "f", "type": "int"}"#);
    let plan = cache.plan(&writer, &reader, ORDER);
    // The same schemas with other places: the faults' places are those of the first.
    let again = cache.plan(&schema(&format!("\n\n  {writer}")), &reader, ORDER);
    assert!(Arc::ptr_eq(&plan, &again) && again.writer() == &writer);
    let place = &again.faults()[0].writer;
    assert_eq!((place.pointer.as_str(), again.writer().position(&place.location).line), ("/fields/0/type", 1));
}

//! Resolution of schemas that are deeper than a stack.

use std::fmt::Write;

use cognate_schema::avro::resolve::{UnionOrder, resolve};
use cognate_schema::avro::{Loader, Schema};

/// 20,000 records, each with a field of the one before. Each stands in a file of its own, since a text has a limit of depth.
fn chain() -> Schema {
    let mut loader = Loader::new();
    loader.add("0", r#"{"type": "record", "name": "L0", "fields": []}"#);
    let mut last = None;
    for level in 1..20_000 {
        let mut text = String::new();
        let below = level - 1;
        let fields = format!(r#"[{{"name": "a", "type": "L{below}"}}]"#);
        write!(text, r#"{{"type": "record", "name": "L{level}", "fields": {fields}}}"#).unwrap();
        last = Some(loader.add(level.to_string(), text));
    }
    let set = loader.link().into_result().unwrap();
    set.schema(last.unwrap())
}

#[test]
fn a_chain_that_nobody_asks_for_is_skipped_without_recursion() {
    let writer = chain();
    let reader = Schema::parse(r#"{"type": "record", "name": "L19999", "fields": []}"#).unwrap();
    assert!(resolve(&writer, &reader, UnionOrder::default()).is_compatible());
}

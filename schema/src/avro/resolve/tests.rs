//! What planning takes, counted and not timed.

use std::fmt::Write;

use super::{Planner, UnionOrder, resolve};
use crate::avro::Schema;

/// A record of so many records. A later one has a field more in each; recursive ones hold themselves and the one before.
fn graph(types: usize, recursive: bool, later: bool) -> Schema {
    let mut fields = Vec::new();
    for index in 0..types {
        let mut inner =
            r#"{"name": "id", "type": "long"}, {"name": "gone", "type": {"type": "map", "values": "int"}}"#.to_owned();
        if later {
            inner = inner.replace("gone", "come").replace(r#""int"}"#, r#""int"}, "default": {}"#);
        }
        if recursive {
            let before = index.saturating_sub(1);
            write!(inner, r#", {{"name": "next", "type": ["null", "R{index}"]}}"#).unwrap();
            write!(inner, r#", {{"name": "before", "type": {{"type": "array", "items": "R{before}"}}}}"#).unwrap();
        }
        fields.push(format!(
            r#"{{"name": "f{index}", "type": {{"type": "record", "name": "R{index}", "fields": [{inner}]}}}}"#
        ));
    }
    Schema::parse(format!(r#"{{"type": "record", "name": "Root", "fields": [{}]}}"#, fields.join(","))).unwrap()
}

/// Steps of the walk, nodes and ways past values.
fn cost(writer: &Schema, reader: &Schema) -> [usize; 3] {
    let mut planner = Planner::new(writer, reader, UnionOrder::default());
    planner.start();
    let mut steps = 0;
    while planner.step() {
        steps += 1;
    }
    [steps, planner.plan.node_ids().count(), planner.skips.len()]
}

#[test]
fn planning_takes_steps_and_memory_in_proportion_to_the_types() {
    for recursive in [false, true] {
        let cost = |types| cost(&graph(types, recursive, false), &graph(types, recursive, true));
        let [small, middle, large] = [1_000, 3_000, 5_000].map(cost);
        for measure in 0..3 {
            assert_eq!(large[measure] - middle[measure], middle[measure] - small[measure], "{recursive} {measure}");
        }
        assert!(large[0] <= 10 * 5_000, "{large:?}");
    }
}

#[test]
fn types_that_are_the_same_are_compared_once_each() {
    let schema = graph(1_000, true, false);
    let resolution = resolve(&schema, &schema, UnionOrder::default());
    assert!(resolution.plan.is_identity());
    // Those of the root and of each record: itself, a map, a union and its branch of either side, an array.
    assert!(cost(&schema, &schema)[0] <= 10 * 1_000);
}

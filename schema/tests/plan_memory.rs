//! What kept plans cost in memory: no more than was allowed, whatever the schemas look like.
//!
//! One test alone in its process, because the memory is the process's.

use std::fmt::Write;
use std::fs;

use cognate_schema::avro::resolve::UnionOrder;
use cognate_schema::avro::{PlanCache, Schema};

/// Bytes of memory that the process uses; nothing where the system does not tell.
fn used() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("RssAnon:"))?;
    line.split_whitespace().nth(1)?.parse::<usize>().ok().map(|kib| kib << 10)
}

/// A schema that no other number gives, of many fields.
fn wide(number: usize) -> String {
    let mut fields = format!(r#"{{"name": "n{number}", "type": "int"}}"#);
    for field in 0..40 {
        write!(fields, r#",{{"name": "f{field}", "type": ["null", "string"], "default": null}}"#).unwrap();
    }
    format!(r#"{{"type": "record", "name": "R", "fields": [{fields}]}}"#)
}

/// A union of many small records, which no reader's union takes: as many faults.
fn union(number: usize) -> String {
    let record = |at| format!(r#"{{"type": "record", "name": "B{at}_{number}", "fields": []}}"#);
    format!("[{}]", (0..30).map(record).collect::<Vec<_>>().join(","))
}

/// Many symbols.
fn symbols(number: usize) -> String {
    let symbols: Vec<_> = (0..200).map(|at| format!(r#""S{at}_{number}""#)).collect();
    format!(r#"{{"type": "enum", "name": "E", "symbols": [{}]}}"#, symbols.join(","))
}

#[test]
fn kept_plans_take_what_is_allowed() {
    const ALLOWED: usize = 24 << 20;
    for shape in [wide, union, symbols] {
        let cache = PlanCache::with_size(ALLOWED as u64);
        let reader = Schema::parse(shape(usize::MAX)).unwrap();
        let Some(before) = used() else { return };
        for number in 0..6_000 {
            let plan = cache.plan(&Schema::parse(shape(number)).unwrap(), &reader, UnionOrder::default());
            // The program is made when dynamic values are read.
            assert!(plan.program().schema() == &reader || number > 0);
        }
        let taken = used().unwrap_or_default().saturating_sub(before);
        println!("{} plans of {} bytes, {taken} by the system's count", cache.len(), cache.size());
        assert!(cache.size() <= ALLOWED as u64 && cache.size() > ALLOWED as u64 / 2);
        assert!(taken <= ALLOWED * 3 / 2, "{taken} bytes for {} plans of {}", cache.len(), cache.size());
    }
}

//! Reading what others wrote: plans that are kept, container files, single-object messages.

mod cache;
mod containers;
mod messages;

use cognate_schema::avro::Schema;

#[track_caller]
fn schema(text: &str) -> Schema {
    Schema::parse(text).unwrap()
}

/// A record with the fields between its brackets.
#[track_caller]
fn record(fields: &str) -> Schema {
    schema(&format!(r#"{{"type": "record", "name": "R", "fields": [{fields}]}}"#))
}

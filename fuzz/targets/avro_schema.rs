//! Schema texts: none may panic or hang, and an accepted one means the same after it is written and read again.

#![no_main]

use cognate_schema::avro::Schema;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(schema) = Schema::parse(text)
        && let Ok(again) = Schema::parse(schema.to_json())
    {
        assert_eq!(again.canonical_form(), schema.canonical_form());
    }
});

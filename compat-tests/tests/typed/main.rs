//! Derived types against the judges: the example schemas, and every logical type.

mod borrowed;
mod examples;
mod logical;
mod owned;
mod resolved;

use cognate::{Decode, Encode, avro};
use cognate_compat_tests::{AvroImplementation, Judge, Library, judge_or_skip};
use serde_json::Value;

/// The judges that are installed, of the two that typed code is held against.
fn judges() -> Vec<Judge> {
    [Library::Fastavro, Library::Java].into_iter().filter_map(judge_or_skip).collect()
}

/// Encodes to what every judge reads as the neutral value, and fastavro writes for it.
fn travels<'de, T: Encode + Decode<'de> + PartialEq + std::fmt::Debug>(
    judges: &mut [Judge],
    schema: &str,
    value: &T,
    bytes: &'de mut Vec<u8>,
    neutral: &Value,
) {
    avro::encode_into(value, bytes).expect("the value is one of the schema's");
    for judge in judges {
        let name = judge.name();
        assert_eq!(judge.encode(schema, neutral).as_ref(), Ok(&*bytes), "{name}: {value:?}");
        let decoded = judge.decode(schema, None, bytes).expect("the judge reads it");
        assert_eq!((&decoded.value, decoded.read), (neutral, bytes.len()), "{name}: {value:?}");
    }
    assert_eq!(&avro::from_slice::<T>(bytes).expect("we read what we wrote"), value);
}

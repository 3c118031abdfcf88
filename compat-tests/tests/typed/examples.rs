//! The example schemas and their data files.

use std::fs;
use std::path::{Path, PathBuf};

use cognate::avro::container::{Codec, Reader, WriterOptions};
use cognate::avro::to_vec;
use cognate::{DecodeOwned, Encode, Limits, Typed};
use cognate_compat_tests::{AvroImplementation as _, to_neutral};
use cognate_schema::avro::{Program, Schema, create, open};
use serde_json::Value;

use crate::{borrowed, judges, owned};

#[test]
fn types_have_the_schemas_that_they_are_written_after() {
    for (name, ours) in [
        ("user", Schema::of::<owned::User>()),
        ("user", Schema::of::<borrowed::User<'_>>()),
        ("order", Schema::of::<owned::Order>()),
        ("order", Schema::of::<borrowed::Order<'_>>()),
    ] {
        let (ours, example) = (ours.expect("the type has a schema"), schema(name));
        assert_eq!(ours.canonical_form(), example.canonical_form(), "{name}");
        assert_eq!(ours.rabin(), example.rabin(), "{name}");
    }
    // With documentation, defaults, logical types, all of it.
    assert_eq!(Schema::of::<owned::User>().expect("a schema"), schema("user"));
    assert_eq!(Schema::of::<borrowed::Order<'_>>().expect("a schema"), schema("order"));
}

#[test]
fn users_are_read_owned_borrowed_and_dynamic() {
    let records = read_three_ways("users", "user", |block, limits| {
        let values = block.values::<owned::User>(limits).zip(block.values::<borrowed::User<'_>>(limits));
        let values = values.map(|(owned, borrowed)| {
            let (owned, borrowed) = (owned.expect("a user"), borrowed.expect("a user"));
            assert_eq!((owned.username.as_str(), owned.age), (borrowed.username, borrowed.age));
            (encoded(&owned), encoded(&borrowed))
        });
        values.collect()
    });
    assert_eq!(records, 100);
}

#[test]
fn orders_are_read_owned_borrowed_and_dynamic() {
    let records = read_three_ways("orders", "order", |block, limits| {
        let values = block.values::<owned::Order>(limits).zip(block.values::<borrowed::Order<'_>>(limits));
        let values = values.map(|(owned, borrowed)| {
            let (owned, borrowed) = (owned.expect("an order"), borrowed.expect("an order"));
            assert_eq!(owned.order_id.to_string(), borrowed.order_id);
            assert_eq!(owned.placed_at.timestamp_millis(), borrowed.placed_at);
            assert_eq!(owned.total.mantissa(), big_endian(borrowed.total));
            (encoded(&owned), encoded(&borrowed))
        });
        values.collect()
    });
    assert_eq!(records, 100);
}

#[test]
fn judges_read_what_types_write() {
    let (users, orders) = (read_all::<owned::User>("users"), read_all::<owned::Order>("orders"));
    for mut judge in judges() {
        let mut values = |file: &[u8]| judge.container_read(file, None).expect("the judge reads the file");
        for example in ["users", "orders"] {
            let original = values(&fs::read(data(example)).expect("the example is there"));
            for codec in Codec::ALL {
                let file = if example == "users" { written(&users, codec) } else { written(&orders, codec) };
                let ours = values(&file);
                assert_eq!(ours.values, original.values, "{example}, {codec}");
                assert_eq!(ours.codec, codec.name());
            }
        }
    }
}

/// Reads a file of the examples as values of a schema, and as values of types with their bytes, and compares all with the
/// judges. Returns the number of records.
fn read_three_ways(
    file: &str,
    schema_name: &str,
    typed: impl Fn(cognate::avro::container::Block<'_>, Limits) -> Vec<(Vec<u8>, Vec<u8>)>,
) -> usize {
    let file = fs::read(data(file)).expect("the example is there");
    let text = schema_text(schema_name);
    let program = Program::new(&schema(schema_name));
    let mut judges = judges();
    let mut neutral = Vec::new();
    let mut reader = Reader::new(file.as_slice()).expect("a container file");
    while let Some(block) = reader.next_block().expect("a block") {
        let mut decoder = program.decoder(block.data(), Limits::DEFAULT);
        let mut again = Vec::new();
        let all = typed(block, Limits::DEFAULT);
        assert_eq!(all.len() as u64, block.count());
        for (owned, borrowed) in all {
            let value = decoder.value().expect("a value");
            program.encode_into(&value, &mut again).expect("the value is one of the schema's");
            let value = to_neutral(&value);
            assert_eq!(owned, borrowed);
            assert_eq!(to_neutral(&program.decode(&owned, Limits::DEFAULT).expect("our own bytes")), value);
            for judge in &mut judges {
                assert_eq!(judge.encode(&text, &value).as_ref(), Ok(&owned), "{}: {value}", judge.name());
                let answer = judge.decode(&text, None, &owned).expect("the judge reads our bytes");
                assert_eq!(answer.value, value, "{}", judge.name());
            }
            neutral.push(value);
        }
        assert!(again == block.data(), "values are encoded again to other bytes");
    }
    for judge in &mut judges {
        let read = judge.container_read(&file, None).expect("the judge reads the example");
        assert_eq!(read.values, neutral, "{}", judge.name());
    }
    neutral.len()
}

fn read_all<T: DecodeOwned + Typed>(file: &str) -> Vec<T> {
    let file = fs::File::open(data(file)).expect("the example is there");
    let reader = open::<T, _>(file).expect("a file of the type's schema");
    reader.map(|value| value.expect("a value")).collect()
}

fn written<T: Encode + Typed>(values: &[T], codec: Codec) -> Vec<u8> {
    let options = WriterOptions::new().codec(codec).block_size(4_000);
    let mut writer = create::<T, _>(Vec::new(), options).expect("the type has a schema");
    for value in values {
        writer.append(value).expect("the value is one of the schema's");
    }
    writer.finish().expect("memory takes it")
}

fn encoded<T: Encode>(value: &T) -> Vec<u8> {
    to_vec(value).expect("the value is one of the schema's")
}

fn big_endian(bytes: &[u8]) -> i128 {
    bytes.iter().fold(0, |number, byte| (number << 8) | i128::from(*byte))
}

fn schema(name: &str) -> Schema {
    Schema::parse(schema_text(name)).expect("the example is sound")
}

fn schema_text(name: &str) -> String {
    fs::read_to_string(folder().join(name).with_extension("avsc")).expect("the example is there")
}

fn data(name: &str) -> PathBuf {
    folder().join(name).with_extension("avro")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("examples").join("avro").join("v1")
}

/// What maps come down to: their entries by key, since the types hold them sorted.
#[test]
fn neutral_objects_are_sorted() {
    let value: Value = serde_json::from_str(r#"{"b": 1, "a": 2}"#).expect("JSON");
    assert_eq!(value.to_string(), r#"{"a":2,"b":1}"#);
}

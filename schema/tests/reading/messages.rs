//! Single-object messages of several writers.

use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use cognate_codec::Encode;
use cognate_codec::avro::single_object;
use cognate_schema::avro::{JsonForm, MessageDecoder, PlanCache, ReadOptions, Schema, SchemaMap, SchemaStore};

use super::{record, schema};

fn message<T: Encode>(fingerprint: u64, value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    single_object::encode_into(fingerprint, value, &mut bytes).unwrap();
    bytes
}

/// Lists of int, of float, and of optional text; and messages of the three.
fn writers() -> (SchemaMap, [Vec<u8>; 3]) {
    let store = SchemaMap::new();
    let ints = store.add(&Schema::of::<Vec<i32>>().unwrap()).unwrap();
    let floats = store.add(&Schema::of::<Vec<f32>>().unwrap()).unwrap();
    let texts = store.add(&Schema::of::<Vec<Option<String>>>().unwrap()).unwrap();
    let messages =
        [message(ints, &vec![1, -2]), message(floats, &vec![0.5_f32]), message(texts, &vec![Some("a".to_owned())])];
    (store, messages)
}

#[test]
fn messages_of_many_writers_become_one_type() {
    let (store, [ints, floats, texts]) = writers();
    let decoder = MessageDecoder::<Vec<f64>, _>::new(store).unwrap();
    for _ in 0..3 {
        assert_eq!(decoder.decode(&ints).unwrap(), [1.0, -2.0]);
        assert_eq!(decoder.decode(&floats).unwrap(), [0.5]);
        let error = decoder.decode(&texts).unwrap_err();
        assert!(error.is_incompatible() && error.faults().len() == 2, "{error}");
    }
}

#[test]
fn text_is_borrowed_from_the_message() {
    let (store, [_, _, texts]) = writers();
    let decoder = MessageDecoder::<Vec<Option<&str>>, _>::new(&store).unwrap();
    let message = decoder.open(&texts).unwrap();
    let text = message.value::<Vec<Option<&str>>>().unwrap()[0].unwrap();
    assert!(text == "a" && texts.as_ptr_range().contains(&text.as_ptr()));
    assert_eq!(message.body(), &texts[10..]);
}

#[test]
fn dynamic_values_have_the_reader_s_schema() {
    let store = SchemaMap::new();
    let first = store.add(&record(r#"{"name": "a", "type": "int"}"#)).unwrap();
    let second = store.add(&record(r#"{"name": "b", "type": "string"}"#)).unwrap();
    let reader = record(
        r#"{"name": "a", "type": "double", "default": 0.5}, {"name": "c", "aliases": ["b"], "type": "string", "default": "?"}"#,
    );
    let decoder = MessageDecoder::dynamic(store, &reader, ReadOptions::new());
    let read = |fingerprint, body: &[u8]| {
        let bytes = [&single_object::MARKER, &u64::to_le_bytes(fingerprint)[..], body].concat();
        decoder.decode_dynamic(&bytes).unwrap().to_json(JsonForm::Plain)
    };
    assert_eq!(read(first, b"\x06"), r#"{"a":3.0,"c":"?"}"#);
    assert_eq!(read(second, b"\x04no"), r#"{"a":0.5,"c":"no"}"#);
    assert_eq!(read(first, b"\x01"), r#"{"a":-1.0,"c":"?"}"#);
}

#[test]
fn what_cannot_be_read_says_why() {
    let (store, [ints, ..]) = writers();
    let decoder = MessageDecoder::<Vec<f64>, _>::new(&store).unwrap();
    let unknown = decoder.decode(&message(7, &vec![1])).unwrap_err();
    assert_eq!(unknown.unknown_fingerprint(), Some(7));
    assert!(unknown.to_string().contains("0000000000000007"), "{unknown}");

    let cut = decoder.decode(&ints[..ints.len() - 1]).unwrap_err();
    assert!(cut.decode_error().unwrap().is_truncated() && cut.decode_error().unwrap().offset() >= 10, "{cut}");
    let mut long = ints.clone();
    long.push(0);
    let long = decoder.decode(&long).unwrap_err();
    assert_eq!(long.decode_error().unwrap().offset(), ints.len(), "{long}");
    assert!(decoder.decode(b"\xc3\x01").unwrap_err().decode_error().unwrap().is_truncated());
    assert!(decoder.decode(&[0; 20]).unwrap_err().to_string().contains("starts with c3 01"));
}

#[test]
fn a_store_of_ones_own_is_asked_and_may_fail() {
    struct Asked(AtomicUsize, Schema);
    impl SchemaStore for Asked {
        fn find_by_fingerprint(&self, fingerprint: u64) -> Result<Option<Schema>, Box<dyn Error + Send + Sync>> {
            self.0.fetch_add(1, Ordering::Relaxed);
            if fingerprint == 13 { Err("no connection".into()) } else { Ok(Some(self.1.clone())) }
        }
    }
    let store = Asked(AtomicUsize::new(0), schema(r#"{"type": "array", "items": "int"}"#));
    let decoder = MessageDecoder::<Vec<i64>, _>::new(&store).unwrap();
    let error = decoder.decode(&message(13, &vec![1])).unwrap_err();
    assert_eq!(error.store_error().unwrap().to_string(), "no connection");
    for _ in 0..5 {
        assert_eq!(decoder.decode(&message(store.1.rabin(), &vec![1])).unwrap(), [1]);
    }
    assert_eq!(store.0.load(Ordering::Relaxed), 2, "messages of one writer in a row ask once");
}

#[test]
fn one_fingerprint_stands_for_one_meaning() {
    let store = SchemaMap::new();
    let plain = record(r#"{"name": "f", "type": "bytes"}"#);
    let fingerprint = store.add(&plain).unwrap();
    let aliased = record(r#"{"name": "f", "type": "bytes", "aliases": ["g"], "default": "x", "doc": "d"}"#);
    assert_eq!(store.add(&aliased), Ok(fingerprint));
    assert!(store.get(fingerprint).unwrap().same_as(&plain), "the first stays");
    let decimal = r#"{"name": "f", "type": {"type": "bytes", "logicalType": "decimal", "precision": 4}}"#;
    let clash = store.add(&record(decimal)).unwrap_err();
    assert_eq!(clash.fingerprint(), fingerprint);
    assert_eq!(store.len(), 1);
    assert!(store.remove(fingerprint).is_some() && store.is_empty());
    assert_eq!(store.add(&record(decimal)), Ok(fingerprint));
}

#[test]
fn decoders_may_share_a_cache_and_threads_a_decoder() {
    let (store, [ints, floats, _]) = writers();
    let cache = PlanCache::new();
    let options = ReadOptions::new().cache(&cache);
    let doubles = MessageDecoder::<Vec<f64>, _>::with_options(&store, options.clone()).unwrap();
    let longs = MessageDecoder::<Vec<i64>, _>::with_options(&store, options).unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..200 {
                    assert_eq!(doubles.decode(&ints).unwrap(), [1.0, -2.0]);
                    assert_eq!(doubles.decode(&floats).unwrap(), [0.5]);
                    assert_eq!(longs.decode(&ints).unwrap(), [1, -2]);
                }
            });
        }
    });
    assert_eq!(cache.len(), 3);
}

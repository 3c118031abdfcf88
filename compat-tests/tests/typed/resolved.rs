//! Derived types that read what was written with other schemas: theirs after random changes, against Java.

use std::collections::BTreeMap;

use cognate::avro::plan::{Plan, PlannedSource};
use cognate::{Cognate, DecodeError, Limits, avro};
use cognate_compat_tests::generate::{changed, value};
use cognate_compat_tests::readings::{Reading, Readings};
use cognate_compat_tests::verdicts::{Graph, obstacles};
use cognate_compat_tests::{
    AvroImplementation as _, Cognate as Dynamic, Decoded, Library, Refusal, RefusalKind, Shape, judge_or_skip,
};
use cognate_schema::avro::Schema;
use cognate_schema::avro::resolve::{UnionOrder, resolve};
use fastrand::Rng;
use serde_json::Value;

use super::borrowed;

/// Writers' schemas for each type.
const WRITERS: u64 = 600;

#[test]
fn borrowing_types_read_what_java_reads() {
    reads_as_java::<borrowed::Order<'static>>(&|plan, bytes| {
        let mut source = PlannedSource::new(bytes, plan, Limits::default());
        let order: borrowed::Order<'_> = source.value()?;
        Ok((written(&order), source.remaining()))
    });
}

#[test]
fn owning_types_read_what_java_reads() {
    reads_as_java::<Everything>(&|plan, bytes| {
        let mut source = PlannedSource::new(bytes, plan, Limits::default());
        let everything: Everything = source.value()?;
        Ok((written(&everything), source.remaining()))
    });
}

/// Every shape of a field that owns what it holds.
#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "everything")]
struct Everything {
    flag: bool,
    small: i32,
    #[cognate(default = 5)]
    large: i64,
    single: f32,
    #[cognate(default = 0.5)]
    double: f64,
    text: String,
    bytes: Vec<u8>,
    fixed: [u8; 3],
    kind: Kind,
    #[cognate(default)]
    grid: Vec<Vec<f64>>,
    #[cognate(default)]
    counts: BTreeMap<String, Vec<i64>>,
    #[cognate(null = "last")]
    maybe: Option<f64>,
    #[cognate(default)]
    next: Option<Box<Everything>>,
    either: Either,
    #[cognate(default)]
    perhaps: Option<Either>,
    #[cognate(default)]
    several: Vec<Option<Either>>,
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq, Eq)]
#[cognate(namespace = "everything")]
enum Kind {
    One,
    Two,
    #[cognate(default)]
    Unknown,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
enum Either {
    Count(i64),
    Ratio(f64),
    Text(String),
    Part(Part),
    Other(OtherPart),
}

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "everything")]
struct Part {
    id: i32,
    #[cognate(default)]
    parts: Vec<Part>,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
#[cognate(namespace = "everything")]
struct OtherPart {
    id: i32,
    #[cognate(default = "\"none\"")]
    note: String,
}

/// What is read by a plan from bytes, written again, and how many bytes are left.
type Read<'r> = &'r dyn Fn(&Plan, &[u8]) -> Result<(Vec<u8>, usize), DecodeError>;

fn reads_as_java<T: cognate::Typed>(read: Read<'_>) {
    let Some(mut java) = judge_or_skip(Library::Java) else { return };
    let to = Schema::of::<T>().expect("the type has a schema");
    let reader = to.to_json();
    let own: Value = serde_json::from_str(&reader).expect("a schema is JSON");
    let mut readings = Readings::default();
    for seed in 0..WRITERS {
        let mut random = Rng::with_seed(seed);
        let wanted = random.usize(0..=4);
        let (schema, changes) = changed(&own, &mut random, wanted);
        let (shape, writer) = (Shape::new(&schema), schema.to_string());
        let from = Schema::parse(writer.as_str()).unwrap_or_else(|problems| panic!("{problems}\n{writer}"));
        let resolution = resolve(&from, &to, UnionOrder::default());
        let graph = Graph::new(&from, &to, &resolution);
        for _ in 0..3 {
            let value = value(&shape, &mut random);
            let bytes = Dynamic.encode(&writer, &value).expect("the value is one of the schema's");
            let ours = match read(&resolution.plan, &bytes) {
                Ok((written, left)) => {
                    let value = Dynamic.decode(&reader, None, &written).expect("what was written can be read").value;
                    Ok(Decoded { value, read: bytes.len() - left })
                }
                Err(error) => Err(Refusal::new(RefusalKind::Data, error.to_string())),
            };
            let met = obstacles(&graph, &value);
            let context = || format!("seed {seed}: {changes:?}\nwriter: {writer}\nvalue: {value}");
            assert_eq!(ours.is_ok(), met.is_empty(), "{}\nmeets {met:?} and is read as {ours:?}", context());
            let theirs = java.decode(&writer, Some(&reader), &bytes);
            let reading = Reading {
                graph: &graph,
                resolution: &resolution,
                obstacles: &met,
                ours: &ours,
                first_match: &ours,
                theirs: &theirs,
            };
            let compared = readings.compare(Library::Java, &reading);
            compared.unwrap_or_else(|difference| panic!("{}\n{difference}", context()));
        }
    }
    println!("{WRITERS} writers: {readings}");
    assert!(readings.same > 600, "{readings}");
}

fn written<T: cognate::Encode>(value: &T) -> Vec<u8> {
    avro::to_vec(value).expect("what was read can be written")
}

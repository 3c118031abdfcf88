//! Schema resolution before outside judges: random pairs of schemas, of which one is the other after some changes.

use std::ops::Range;

use cognate_codec::Limits;
use cognate_compat_tests::generate::{Pair, pair, value};
use cognate_compat_tests::readings::{Reading, Readings};
use cognate_compat_tests::verdicts::{Deviation, Graph, Obstacle, Tally, obstacles};
use cognate_compat_tests::{
    Answer, AvroImplementation as _, Cognate, Decoded, Library, Refusal, RefusalKind, Shape, judge_or_skip, to_neutral,
};
use cognate_schema::avro::resolve::{Resolution, UnionOrder, resolve};
use cognate_schema::avro::{NameRule, Options, Program, Schema};
use cognate_schema::compat::avro::Witnesses;
use fastrand::Rng;
use serde_json::Value;

/// Pairs of schemas whose verdicts are compared.
const VERDICTS: Range<u64> = 25_000..30_000;

/// Pairs of schemas with values that are read.
const READINGS: Range<u64> = 40_000..42_500;

/// Values of the writer's schema for each pair.
const VALUES: usize = 3;

#[test]
fn verdicts_are_those_of_java() {
    let Some(mut java) = judge_or_skip(Library::Java) else { return };
    let mut tally = Tally::default();
    for seed in VERDICTS {
        let case = Case::new(seed);
        let answer = java.compatibility(&case.reader, &case.writer);
        let compared = tally.compare(&case.from, &case.to, &answer);
        compared.unwrap_or_else(|difference| panic!("{case}\n{difference}"));
    }
    println!("{} pairs: {tally}", VERDICTS.count());
    assert!(tally.compatible > 1_800 && tally.same > 2_000, "{tally}");
    for deviation in Deviation::ALL {
        assert!(tally.deviations.contains_key(&deviation), "{deviation:?} does not occur: {tally}");
    }
}

#[test]
fn values_are_read_exactly_when_they_meet_no_fault() {
    let (mut compatible, mut read, mut refused, mut text) = (0, 0, 0, 0);
    for seed in VERDICTS {
        let case = Case::new(seed);
        let (resolution, graph) = case.resolve();
        compatible += usize::from(resolution.is_compatible());
        for (value, bytes) in case.values() {
            let met = obstacles(&graph, &value);
            let decoded = case.decode(&resolution, &bytes);
            assert_eq!(
                decoded.is_ok(),
                met.is_empty(),
                "{case}\nvalue: {value}\nmeets {met:?}\nis read as {decoded:?}"
            );
            if let Ok(decoded) = &decoded {
                assert_eq!(decoded.read, bytes.len(), "{case}\nvalue: {value}");
            }
            // A verdict is about types, and cannot know of bytes that are no text; all else it knows.
            let by_text = met.iter().all(|obstacle| *obstacle == Obstacle::Text);
            assert!(by_text || !resolution.is_compatible(), "{case}\nvalue: {value}\nmeets {met:?}");
            *(if met.is_empty() { &mut read } else { &mut refused }) += 1;
            text += usize::from(met.contains(&Obstacle::Text));
        }
    }
    println!("{compatible} compatible pairs; {read} values read, {refused} refused, {text} for bytes that are no text");
    assert!(
        compatible > 1_800 && read > 6_000 && refused > 4_000 && text > 20,
        "{compatible}, {read}, {refused}, {text}"
    );
}

#[test]
fn every_fault_has_a_witness_that_fails() {
    let mut shown = 0;
    for seed in VERDICTS {
        let case = Case::new(seed);
        let (resolution, graph) = case.resolve();
        let witnesses = Witnesses::new(&case.from, &case.to, &resolution, Limits::DEFAULT);
        for fault in &resolution.faults {
            let witness = witnesses.of(fault).unwrap_or_else(|why| panic!("{case}\nno witness of {fault}: {why:?}"));
            let value = Cognate.decode(&case.writer, None, &witness.bytes);
            let value = value.unwrap_or_else(|refusal| panic!("{case}\n{fault}: {witness:?}\n{refusal}")).value;
            let met = obstacles(&graph, &value);
            assert!(!met.is_empty(), "{case}\n{value} meets nothing, and is to show {fault}");
            assert!(
                case.decode(&resolution, &witness.bytes).is_err(),
                "{case}\n{value} is read, and is to show {fault}"
            );
            shown += 1;
        }
    }
    println!("{shown} faults with witnesses");
    assert!(shown > 4_000, "only {shown} faults");
}

#[test]
fn values_are_read_as_java_reads_them() {
    reads_alike(Library::Java, 3_000);
}

#[test]
fn values_are_read_as_fastavro_reads_them() {
    reads_alike(Library::Fastavro, 3_000);
}

fn reads_alike(library: Library, at_least: usize) {
    let Some(mut judge) = judge_or_skip(library) else { return };
    let mut readings = Readings::default();
    for seed in READINGS {
        let case = Case::new(seed);
        let (resolution, graph) = case.resolve();
        let first_match = resolve(&case.from, &case.to, UnionOrder::FirstMatch);
        for (value, bytes) in case.values() {
            let reading = Reading {
                graph: &graph,
                resolution: &resolution,
                obstacles: &obstacles(&graph, &value),
                ours: &case.decode(&resolution, &bytes),
                first_match: &case.decode(&first_match, &bytes),
                theirs: &judge.decode(&case.writer, Some(&case.reader), &bytes),
            };
            let compared = readings.compare(library, &reading);
            compared.unwrap_or_else(|difference| panic!("{case}\nvalue: {value}\n{difference}"));
        }
    }
    println!("{} pairs with {}: {readings}", READINGS.count(), library.name());
    assert!(readings.same > at_least, "{readings}");
}

/// A pair of schemas.
struct Case {
    seed: u64,
    pair: Pair,
    writer: String,
    reader: String,
    from: Schema,
    to: Schema,
}

impl Case {
    fn new(seed: u64) -> Self {
        let pair = pair(&mut Rng::with_seed(seed));
        let (writer, reader) = (pair.writer.to_string(), pair.reader.to_string());
        let (from, to) = (parse(&writer), parse(&reader));
        Self { seed, pair, writer, reader, from, to }
    }

    fn resolve(&self) -> (Resolution, Graph<'_>) {
        let resolution = resolve(&self.from, &self.to, UnionOrder::default());
        let graph = Graph::new(&self.from, &self.to, &resolution);
        (resolution, graph)
    }

    /// Values of the writer's schema, and their bytes.
    fn values(&self) -> Vec<(Value, Vec<u8>)> {
        let (shape, mut random) = (Shape::new(&self.pair.writer), Rng::with_seed(self.seed));
        let values = (0..VALUES).map(|_| value(&shape, &mut random));
        let encode = |value: &Value| Cognate.encode(&self.writer, value);
        values
            .map(|value| (value.clone(), encode(&value).unwrap_or_else(|why| panic!("{self}\n{value}\n{why}"))))
            .collect()
    }

    fn decode(&self, resolution: &Resolution, bytes: &[u8]) -> Answer<Decoded> {
        let program = Program::new(&self.to);
        let mut decoder = program.resolving_decoder(&resolution.plan, bytes, Limits::DEFAULT);
        let value = decoder.value().map_err(|error| Refusal::new(RefusalKind::Data, error.to_string()))?;
        Ok(Decoded { value: to_neutral(&value), read: decoder.offset() })
    }
}

impl std::fmt::Display for Case {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { seed, pair, writer, reader, .. } = self;
        write!(formatter, "seed {seed}: {:?}\nwriter: {writer}\nreader: {reader}", pair.changes)
    }
}

fn parse(schema: &str) -> Schema {
    let mut options = Options::default();
    options.names = NameRule::Lenient;
    Schema::parse_with(schema, options).unwrap_or_else(|problems| panic!("{problems}\n{schema}"))
}

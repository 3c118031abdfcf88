//! Thrift's protocols against the Apache project's packages for Python, Node and Rust, and in fbthrift's variants against drift: random structs in both directions, structs that know less, and messages.

mod json;
mod messages;
mod skipping;

use std::time::Instant;

use cognate_codec::thrift::{Binary, Compact, FbBinary, FbCompact, Protocol};
use cognate_compat_tests::thrift::deviations::{self, Writing};
use cognate_compat_tests::thrift::{Model, Order, Ours, ThriftJudge, WireProtocol, model, value};
use cognate_compat_tests::{Decoded, Library};
use cognate_schema::thrift::Dialect;
use fastrand::Rng;
use serde_json::Value;

/// Structs with a value each.
const CASES: u64 = 2_500;

/// A random struct with a value, and Cognate's side of it.
struct Case {
    seed: u64,
    model: Model,
    value: Value,
    ours: Ours,
}

impl Case {
    fn new(seed: u64) -> (Self, Rng) {
        Self::in_dialect(Dialect::Apache, seed)
    }

    fn in_dialect(dialect: Dialect, seed: u64) -> (Self, Rng) {
        let mut random = Rng::with_seed(seed);
        let model = model(dialect, &mut random);
        let value = value(&model, &mut random);
        let ours = Ours::in_dialect(dialect, &model.idl(), Model::ROOT);
        (Self { seed, model, value, ours }, random)
    }

    fn told(&self, protocol: WireProtocol) -> String {
        format!("seed {}, {}\n{}{}", self.seed, protocol.name(), self.model.idl(), self.value)
    }
}

#[test]
fn the_versions_are_the_pinned_ones() {
    let versions = [
        (Library::Thrift, "0.25.0"),
        (Library::ThriftNode, "0.24.0"),
        (Library::ThriftRust, "0.25.0"),
        (Library::Drift, "1.40"),
    ];
    for (library, version) in versions {
        let Some(mut judge) = ThriftJudge::or_skip(library) else { continue };
        assert_eq!(judge.version(), version, "{library:?}");
    }
}

#[test]
fn python_and_we_write_the_same_binary_and_read_each_other() {
    both_ways::<Binary>(Library::Thrift, WireProtocol::Binary, 0);
}

#[test]
fn python_and_we_write_the_same_compact_and_read_each_other() {
    both_ways::<Compact>(Library::Thrift, WireProtocol::Compact, 1_000_000);
}

#[test]
fn node_and_we_write_the_same_binary_and_read_each_other() {
    both_ways::<Binary>(Library::ThriftNode, WireProtocol::Binary, 5_000_000);
}

#[test]
fn node_and_we_write_the_same_compact_and_read_each_other() {
    both_ways::<Compact>(Library::ThriftNode, WireProtocol::Compact, 6_000_000);
}

#[test]
fn rust_and_we_write_the_same_binary_and_read_each_other() {
    both_ways::<Binary>(Library::ThriftRust, WireProtocol::Binary, 7_000_000);
}

#[test]
fn rust_and_we_write_the_same_compact_and_read_each_other() {
    both_ways::<Compact>(Library::ThriftRust, WireProtocol::Compact, 8_000_000);
}

#[test]
fn drift_and_we_write_the_same_binary_of_fbthrift_and_read_each_other() {
    both_ways::<FbBinary>(Library::Drift, WireProtocol::FbBinary, 13_000_000);
}

#[test]
fn drift_and_we_write_the_same_compact_of_fbthrift_and_read_each_other() {
    both_ways::<FbCompact>(Library::Drift, WireProtocol::FbCompact, 14_000_000);
}

fn both_ways<P: Protocol>(library: Library, protocol: WireProtocol, first_seed: u64) {
    let Some(mut judge) = ThriftJudge::or_skip(library) else { return };
    let start = Instant::now();
    let mut counts = Counts::default();
    for seed in first_seed..first_seed + CASES {
        let (case, _) = Case::in_dialect(dialect(library), seed);
        let ours =
            case.ours.encode::<P>(&case.value).unwrap_or_else(|refusal| panic!("{refusal}\n{}", case.told(protocol)));
        let rising = written::<P>(&mut judge, &case, protocol, Order::Rising, &mut counts);
        if let Some((theirs, Writing::Bytes(value))) = &rising {
            let expected = case.ours.encode::<P>(value).expect("of the same type");
            assert_eq!(hex::encode(theirs), hex::encode(&expected), "{}", case.told(protocol));
            counts.same += usize::from(*value == case.value);
        }
        if let Some((theirs, Writing::Longer(by))) = &rising {
            assert_eq!(theirs.len(), ours.len() + by, "{}", case.told(protocol));
        }
        let falling = written::<P>(&mut judge, &case, protocol, Order::Falling, &mut counts);
        counts.reordered += usize::from(falling.is_some_and(|(falling, _)| falling != ours));
        read(&mut judge, &case, protocol, &ours, &mut counts);
        counts.bytes += ours.len();
    }
    println!("{library:?}, {}: {CASES} structs, {counts:?}, {:.1} s", protocol.name(), start.elapsed().as_secs_f64());
    assert!(counts.bytes > 100 * 2_500 && counts.reordered > 1_250, "{counts:?}");
    assert!(counts.same > 1_500 && counts.read > 1_900, "{counts:?}");
}

/// The dialect that a judge speaks.
fn dialect(library: Library) -> Dialect {
    if library == Library::Drift { Dialect::Fbthrift } else { Dialect::Apache }
}

#[derive(Debug, Default)]
struct Counts {
    /// Of what we wrote.
    bytes: usize,
    /// Structs that the judge wrote as we did, in every byte.
    same: usize,
    /// Structs that the judge wrote with falling ids, which is not how we write them.
    reordered: usize,
    /// Structs that the judge read as they are.
    read: usize,
    /// What the judge does differently, for a reason that is known.
    deviations: usize,
}

/// What the judge writes, which is what it is known to write, and read by us.
fn written<P: Protocol>(
    judge: &mut ThriftJudge,
    case: &Case,
    protocol: WireProtocol,
    order: Order,
    counts: &mut Counts,
) -> Option<(Vec<u8>, Writing)> {
    let told = || format!("{order:?}, {}", case.told(protocol));
    let expected = deviations::writing(judge.library(), &case.model, protocol, order, &case.value);
    let theirs = judge.encode(&case.model, protocol, order, &case.value);
    let value = match &expected {
        Writing::Refused(reason) => {
            assert!(theirs.is_err(), "{reason} is not refused, {}", told());
            counts.deviations += 1;
            return None;
        }
        Writing::Bytes(value) => value,
        Writing::Longer(_) => &case.value,
    };
    let theirs = theirs.unwrap_or_else(|refusal| panic!("{refusal}\n{}", told()));
    counts.deviations += usize::from(expected != Writing::Bytes(case.value.clone()));
    let decoded = Ok(Decoded { value: value.clone(), read: theirs.len() });
    assert_eq!(case.ours.decode::<P>(&theirs), decoded, "{}", told());
    Some((theirs, expected))
}

/// Has the judge read what we wrote.
fn read(judge: &mut ThriftJudge, case: &Case, protocol: WireProtocol, ours: &[u8], counts: &mut Counts) {
    let found = judge.decode(&case.model, protocol, ours);
    match deviations::reading(judge.library(), &case.model, protocol, &case.value) {
        Ok(value) => {
            counts.read += usize::from(value == case.value);
            counts.deviations += usize::from(value != case.value);
            assert_eq!(found, Ok(Decoded { value, read: ours.len() }), "{}", case.told(protocol));
        }
        Err(reason) => {
            counts.deviations += 1;
            assert!(found.is_err(), "{reason} is not refused, {}", case.told(protocol));
        }
    }
}

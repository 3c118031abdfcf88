//! Thrift's protocols against the package `thrift` for Python: random structs in both directions, structs that know less, and messages.

mod json;
mod messages;
mod skipping;

use std::time::Instant;

use cognate_codec::thrift::{Binary, Compact, Protocol};
use cognate_compat_tests::thrift::{Model, Order, Ours, ThriftJudge, WireProtocol, model, value};
use cognate_compat_tests::{Decoded, Library};
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
        let mut random = Rng::with_seed(seed);
        let model = model(&mut random);
        let value = value(&model, &mut random);
        let ours = Ours::new(&model.idl(), Model::ROOT);
        (Self { seed, model, value, ours }, random)
    }

    fn told(&self, protocol: WireProtocol) -> String {
        format!("seed {}, {}\n{}{}", self.seed, protocol.name(), self.model.idl(), self.value)
    }
}

#[test]
fn the_version_is_the_pinned_one() {
    let Some(mut judge) = ThriftJudge::or_skip() else { return };
    assert_eq!(judge.version(), "0.25.0", "{:?}", Library::Thrift);
}

#[test]
fn both_write_the_same_binary_and_read_each_other() {
    both_ways::<Binary>(WireProtocol::Binary, 0);
}

#[test]
fn both_write_the_same_compact_and_read_each_other() {
    both_ways::<Compact>(WireProtocol::Compact, 1_000_000);
}

fn both_ways<P: Protocol>(protocol: WireProtocol, first_seed: u64) {
    let Some(mut judge) = ThriftJudge::or_skip() else { return };
    let (start, mut bytes, mut long) = (Instant::now(), 0, 0);
    for seed in first_seed..first_seed + CASES {
        let (case, _) = Case::new(seed);
        let told = || case.told(protocol);
        let theirs = judge.encode(&case.model, protocol, Order::Rising, &case.value);
        let theirs = theirs.unwrap_or_else(|refusal| panic!("{refusal}\n{}", told()));
        let ours = case.ours.encode::<P>(&case.value).unwrap_or_else(|refusal| panic!("{refusal}\n{}", told()));
        assert_eq!(hex::encode(&ours), hex::encode(&theirs), "{}", told());

        let expected = Ok(Decoded { value: case.value.clone(), read: ours.len() });
        assert_eq!(judge.decode(&case.model, protocol, &ours), expected, "{}", told());
        assert_eq!(case.ours.decode::<P>(&theirs), expected, "{}", told());

        let falling = judge.encode(&case.model, protocol, Order::Falling, &case.value);
        let falling = falling.unwrap_or_else(|refusal| panic!("{refusal}\n{}", told()));
        let expected = Ok(Decoded { value: case.value.clone(), read: falling.len() });
        assert_eq!(case.ours.decode::<P>(&falling), expected, "falling ids, {}", told());
        bytes += ours.len();
        long += usize::from(falling != theirs);
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{}: {CASES} structs, {bytes} bytes, {long} also in another order, {seconds:.1} s", protocol.name());
    assert!(bytes > 100 * 2_500 && long > 1_500, "{bytes} bytes, {long} in another order");
}

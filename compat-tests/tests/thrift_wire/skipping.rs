//! Readers that know less than the writer: what they have no place for is kept, and the judge finds it again.

use cognate_codec::thrift::{Binary, Compact, Protocol};
use cognate_compat_tests::Decoded;
use cognate_compat_tests::thrift::{Model, Order, Ours, ThriftJudge, WireProtocol, narrowed};
use cognate_schema::SourceFile;
use cognate_schema::value::Value;

use crate::Case;

const CASES: u64 = 1_000;

#[test]
fn what_a_smaller_schema_skips_stays_in_binary() {
    kept::<Binary, Compact>(WireProtocol::Binary, WireProtocol::Compact, 2_000_000);
}

#[test]
fn what_a_smaller_schema_skips_stays_in_compact() {
    kept::<Compact, Binary>(WireProtocol::Compact, WireProtocol::Binary, 3_000_000);
}

/// Read with a smaller schema and written again, in the same protocol, by way of JSON and in another protocol.
fn kept<P: Protocol, Q: Protocol>(protocol: WireProtocol, other: WireProtocol, first_seed: u64) {
    let Some(mut judge) = ThriftJudge::or_skip() else { return };
    let (mut skipped, mut same) = (0, 0);
    for seed in first_seed..first_seed + CASES {
        let (case, mut random) = Case::new(seed);
        let (narrow, other_items) = narrowed(&case.model, &mut random);
        let told = |what: &str| format!("{what}, {}\nread as\n{}", case.told(protocol), narrow.idl());
        let written = judge.encode(&case.model, protocol, Order::Rising, &case.value);
        let written = written.unwrap_or_else(|refusal| panic!("{}", told(&refusal.to_string())));

        let reader = Ours::new(&narrow.idl(), Model::ROOT);
        let (value, read) =
            reader.decode_dynamic::<P>(&written).unwrap_or_else(|refusal| panic!("{}", told(&refusal.to_string())));
        assert_eq!(read, written.len(), "{}", told("not all of it"));

        let again = encoded::<P>(&reader, &value);
        let json = reader.layout().to_json(&value);
        let from_json = reader.layout().read_json(reader.root(), &SourceFile::new("value", &*json));
        let from_json = from_json.unwrap_or_else(|faults| panic!("{}", told(&format!("{faults}\n{json}"))));
        for (way, protocol, bytes) in [
            ("written again", protocol, &again),
            ("by way of JSON", protocol, &encoded::<P>(&reader, &from_json)),
            ("in another protocol", other, &encoded::<Q>(&reader, &value)),
        ] {
            let expected = Ok(Decoded { value: case.value.clone(), read: bytes.len() });
            let found = judge.decode(&case.model, protocol, bytes);
            assert_eq!(found, expected, "{}\n{json}", told(way));
        }
        if !other_items {
            assert_eq!(hex::encode(&again), hex::encode(&written), "{}", told("other bytes"));
            same += 1;
        }
        skipped += usize::from(json.contains("@unknown"));
    }
    println!("{}: {CASES} structs, {skipped} with something skipped, {same} the same in every byte", protocol.name());
    assert!(skipped > 500 && same > 500, "{skipped} with something skipped, {same} the same in every byte");
}

fn encoded<P: Protocol>(reader: &Ours, value: &Value<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = reader.layout().encode_into::<P>(reader.root(), value, &mut bytes);
    written.unwrap_or_else(|error| panic!("{error}: {value:?}"));
    bytes
}

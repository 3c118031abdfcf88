//! Readers that know less than the writer: they skip what the judge skips, what they have no place for is kept, and the judge finds it
//! again.

use cognate_codec::thrift::{Binary, Compact, FbBinary, FbCompact, Protocol};
use cognate_compat_tests::thrift::{Model, Ours, ThriftJudge, WireProtocol, deviations, narrowed, to_neutral};
use cognate_compat_tests::{Decoded, Library};
use cognate_schema::SourceFile;
use cognate_schema::value::{JsonForm, Value};

use crate::{Case, dialect};

const CASES: u64 = 1_000;

#[test]
fn python_finds_what_a_smaller_schema_skips() {
    kept::<Binary, Compact>(Library::Thrift, WireProtocol::Binary, WireProtocol::Compact, 2_000_000);
    kept::<Compact, Binary>(Library::Thrift, WireProtocol::Compact, WireProtocol::Binary, 3_000_000);
}

#[test]
fn node_finds_what_a_smaller_schema_skips() {
    kept::<Binary, Compact>(Library::ThriftNode, WireProtocol::Binary, WireProtocol::Compact, 9_000_000);
    kept::<Compact, Binary>(Library::ThriftNode, WireProtocol::Compact, WireProtocol::Binary, 10_000_000);
}

#[test]
fn rust_finds_what_a_smaller_schema_skips() {
    kept::<Binary, Compact>(Library::ThriftRust, WireProtocol::Binary, WireProtocol::Compact, 11_000_000);
    kept::<Compact, Binary>(Library::ThriftRust, WireProtocol::Compact, WireProtocol::Binary, 12_000_000);
}

#[test]
fn drift_finds_what_a_smaller_schema_skips() {
    kept::<FbBinary, FbCompact>(Library::Drift, WireProtocol::FbBinary, WireProtocol::FbCompact, 15_000_000);
    kept::<FbCompact, FbBinary>(Library::Drift, WireProtocol::FbCompact, WireProtocol::FbBinary, 16_000_000);
}

/// Read with a smaller schema, by us and by the judge; and written again, in the same protocol, by way of JSON and in another protocol.
fn kept<P: Protocol, Q: Protocol>(library: Library, protocol: WireProtocol, other: WireProtocol, first_seed: u64) {
    let Some(mut judge) = ThriftJudge::or_skip(library) else { return };
    let (mut skipped, mut same, mut alike) = (0, 0, 0);
    for seed in first_seed..first_seed + CASES {
        let (case, mut random) = Case::in_dialect(dialect(library), seed);
        let (narrow, other_items) = narrowed(dialect(library), &case.model, &mut random);
        let told = |what: &str| format!("{what}, {}\nread as\n{}", case.told(protocol), narrow.idl());
        let written =
            case.ours.encode::<P>(&case.value).unwrap_or_else(|refusal| panic!("{}", told(&refusal.to_string())));

        let reader = Ours::in_dialect(dialect(library), &narrow.idl(), Model::ROOT);
        let (value, read) =
            reader.decode_dynamic::<P>(&written).unwrap_or_else(|refusal| panic!("{}", told(&refusal.to_string())));
        assert_eq!(read, written.len(), "{}", told("not all of it"));

        let again = encoded::<P>(&reader, &value);
        let json = value.to_json(JsonForm::Plain);
        let from_json = reader.layout().read_json(reader.root(), &SourceFile::new("value", &*json));
        let from_json = from_json.unwrap_or_else(|faults| panic!("{}", told(&format!("{faults}\n{json}"))));
        for (way, protocol, bytes) in [
            ("written again", protocol, &again),
            ("by way of JSON", protocol, &encoded::<P>(&reader, &from_json)),
            ("in another protocol", other, &encoded::<Q>(&reader, &value)),
        ] {
            let found = judge.decode(&case.model, protocol, bytes);
            match deviations::reading(library, &case.model, protocol, &case.value) {
                Ok(value) => assert_eq!(found, Ok(Decoded { value, read: bytes.len() }), "{}\n{json}", told(way)),
                Err(reason) => assert!(found.is_err(), "{reason} is not refused, {}", told(way)),
            }
        }
        // Whether items are of the type that a collection's header says, the compiler's code does not look.
        if !other_items {
            let ours = to_neutral(reader.layout().program(), reader.root(), &value);
            let found = judge.decode(&narrow, protocol, &written);
            match deviations::skipping(library, protocol, (&case.model, &case.value), (&narrow, &ours)) {
                Ok(value) => {
                    assert_eq!(found, Ok(Decoded { value, read }), "{}", told("read by the judge"));
                    alike += 1;
                }
                Err(reason) => assert!(found.is_err(), "{reason} is not refused, {}", told("read by the judge")),
            }
        }
        if !other_items {
            assert_eq!(hex::encode(&again), hex::encode(&written), "{}", told("other bytes"));
            same += 1;
        }
        skipped += usize::from(json.contains("@unknown"));
    }
    let told =
        format!("{skipped} with something skipped, {same} the same in every byte, {alike} skipped by the judge too");
    println!("{library:?}, {}: {CASES} structs, {told}", protocol.name());
    assert!(skipped > 500 && same > 500 && alike > 500, "{told}");
}

fn encoded<P: Protocol>(reader: &Ours, value: &Value<'_>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = reader.layout().encode_into::<P>(reader.root(), value, &mut bytes);
    written.unwrap_or_else(|error| panic!("{error}: {value:?}"));
    bytes
}

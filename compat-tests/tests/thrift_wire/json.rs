//! Thrift's JSON protocol, against the package for Python.

use cognate_compat_tests::Library;
use cognate_compat_tests::thrift::{Order, ThriftJudge, WireProtocol, from_neutral, to_neutral};
use cognate_schema::SourceFile;

use crate::Case;

const CASES: u64 = 9_000;

#[test]
fn both_read_each_others_json() {
    let Some(mut judge) = ThriftJudge::or_skip(Library::Thrift) else { return };
    let (mut told_to_judge, mut told_by_judge) = (0, 0);
    for seed in 4_000_000..4_000_000 + CASES {
        let (case, _) = Case::new(seed);
        let told = || case.told(WireProtocol::Json);
        let (layout, root) = (case.ours.layout(), case.ours.root());
        let value =
            from_neutral(layout.program(), root, &case.value).unwrap_or_else(|fault| panic!("{fault}\n{}", told()));
        let ours = layout.to_thrift_json(root, &value);
        let decoded = judge.decode(&case.model, WireProtocol::Json, ours.as_bytes());
        let decoded = decoded.unwrap_or_else(|refusal| panic!("{refusal}\n{ours}\n{}", told()));
        assert_eq!(decoded.value, case.value, "{ours}\n{}", told());
        told_to_judge += 1;

        if !is_json_from_judge(&case) {
            continue;
        }
        let theirs = judge.encode(&case.model, WireProtocol::Json, Order::Rising, &case.value);
        let theirs = theirs.unwrap_or_else(|refusal| panic!("{refusal}\n{}", told()));
        let theirs = String::from_utf8(theirs).unwrap_or_else(|error| panic!("{error}\n{}", told()));
        let read = layout.read_thrift_json(root, &SourceFile::new("theirs", &*theirs));
        let read = read.unwrap_or_else(|faults| panic!("{faults}\n{theirs}\n{}", told()));
        assert_eq!(to_neutral(layout.program(), root, &read), case.value, "{theirs}\n{}", told());
        told_by_judge += 1;
    }
    println!("json: {told_to_judge} structs read by the judge, {told_by_judge} by us");
    assert!(told_to_judge > 2_000 && told_by_judge > 2_000, "{told_to_judge} read by the judge, {told_by_judge} by us");
}

/// The judge writes numbers that are none, and control characters, so that it is not JSON.
fn is_json_from_judge(case: &Case) -> bool {
    let value = case.value.to_string();
    let odd = ["\"7ff0000000000000\"", "\"fff0000000000000\"", "\"7ff8000000000000\"", "\\u0000"];
    !odd.iter().any(|odd| value.contains(odd))
}

//! Cognate against the golden vectors, and against each judge over random schemas and values.

use std::fs;
use std::ops::Range;
use std::path::Path;
use std::time::Instant;

use cognate_compat_tests::agreement::{self, Exempt, Implementation};
use cognate_compat_tests::golden::{self, AVRO_SUITES};
use cognate_compat_tests::{Algorithm, AvroImplementation as _, Cognate, Library, deviations, judge_or_skip};

type Comparison = fn(&mut Implementation, &mut Implementation, Range<u64>, Exempt<'_>) -> usize;

/// Two values of each schema, so that a run compares 2,000 pairs with each judge.
const DATA: Range<u64> = 10_000..11_000;

#[test]
fn cognate_answers_the_golden_vectors() {
    let mut passed = 0;
    for name in AVRO_SUITES {
        passed += golden::check(&mut Cognate, &golden::avro_suite(name), &golden::known_failures(name));
    }
    assert!(passed >= 1_500, "only {passed} vectors passed");
}

#[test]
fn binary_data_agrees_with_fastavro() {
    agree("binary", Library::Fastavro, agreement::binary, DATA, 2_000, &deviations::none);
}

#[test]
fn binary_data_agrees_with_avro() {
    agree("binary", Library::Avro, agreement::binary, 10_000..11_160, 2_000, &deviations::avro_null_namespace);
}

#[test]
fn binary_data_agrees_with_java() {
    agree("binary", Library::Java, agreement::binary, DATA, 2_000, &deviations::none);
}

#[test]
fn canonical_forms_agree_with_fastavro() {
    agree("canonical", Library::Fastavro, agreement::canonical, 20_000..20_500, 500, &deviations::none);
}

#[test]
fn canonical_forms_agree_with_java() {
    agree("canonical", Library::Java, agreement::canonical, 20_000..20_500, 500, &deviations::none);
}

#[test]
fn example_schemas_agree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("examples").join("avro");
    for library in [Library::Fastavro, Library::Java] {
        let Some(mut judge) = judge_or_skip(library) else { continue };
        for name in ["v1/user", "v1/order", "v2/user", "v2/order"] {
            let schema = fs::read_to_string(folder.join(format!("{name}.avsc"))).expect("the example is there");
            assert_eq!(Cognate.validate(&schema), Ok(()), "{name}");
            assert_eq!(Cognate.canonical(&schema), judge.canonical(&schema), "{name}");
            for algorithm in Algorithm::ALL {
                assert_eq!(Cognate.fingerprint(&schema, algorithm), judge.fingerprint(&schema, algorithm), "{name}");
            }
        }
    }
}

#[test]
fn json_agrees_with_fastavro() {
    agree("json", Library::Fastavro, agreement::json, 30_000..31_000, 1_000, &deviations::fastavro_json);
}

#[test]
fn json_agrees_with_java() {
    agree("json", Library::Java, agreement::json, 30_000..31_000, 1_750, &deviations::java_empty_records);
}

#[test]
fn containers_agree_with_fastavro() {
    agree("containers", Library::Fastavro, agreement::containers, 40_000..40_040, 40 * 6 * 2, &deviations::none);
}

#[test]
fn containers_agree_with_avro() {
    // Without xz, which avro does not have.
    agree("containers", Library::Avro, agreement::containers, 40_000..40_040, 40 * 5 * 2, &deviations::none);
}

#[test]
fn containers_agree_with_java() {
    agree("containers", Library::Java, agreement::containers, 40_000..40_040, 40 * 6 * 2, &deviations::none);
}

fn agree(what: &str, library: Library, comparison: Comparison, seeds: Range<u64>, at_least: usize, exempt: Exempt<'_>) {
    let Some(mut judge) = judge_or_skip(library) else { return };
    let start = Instant::now();
    let compared = comparison(&mut Cognate, &mut judge, seeds, exempt);
    println!("{what}: {compared} compared with {} in {:.1} s", library.name(), start.elapsed().as_secs_f64());
    assert!(compared >= at_least, "only {compared} compared");
}

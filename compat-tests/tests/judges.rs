//! The judges against the golden vectors and against one another: whether harness, vectors and generator are sound.

use std::ops::Range;

use cognate_compat_tests::agreement::{self, Case, Exempt, Implementation};
use cognate_compat_tests::golden::{self, AVRO_SUITES};
use cognate_compat_tests::{AvroImplementation as _, Judge, Library, RefusalKind, deviations, judge_or_skip};
use serde_json::json;

type Comparison = fn(&mut Implementation, &mut Implementation, Range<u64>, Exempt<'_>) -> usize;

#[test]
fn fastavro_answers_as_recorded() {
    // All suites but the single-object encoding and the compatibility check, which it does not have.
    answers_as_recorded(Library::Fastavro, 9);
}

#[test]
fn avro_answers_as_recorded() {
    // Nor the JSON encoding.
    answers_as_recorded(Library::Avro, 7);
}

#[test]
fn java_answers_as_recorded() {
    answers_as_recorded(Library::Java, 11);
}

#[test]
fn fastavro_and_java_agree_on_data() {
    agree(Library::Fastavro, agreement::binary, 0..400, 800, &deviations::none);
}

#[test]
fn avro_and_java_agree_on_data() {
    agree(Library::Avro, agreement::binary, 0..400, 800, &deviations::none);
}

#[test]
fn fastavro_and_java_agree_on_canonical_forms() {
    agree(Library::Fastavro, agreement::canonical, 0..200, 200, &deviations::none);
}

#[test]
fn fastavro_and_java_agree_on_json() {
    agree(Library::Fastavro, agreement::json, 0..400, 200, &deviations::fastavro_json);
}

#[test]
fn fastavro_and_java_agree_on_containers() {
    agree(Library::Fastavro, agreement::containers, 0..20, 20 * 6 * 2, &deviations::none);
}

#[test]
fn avro_and_java_agree_on_containers() {
    // Without xz, which avro does not have.
    agree(Library::Avro, agreement::containers, 0..20, 20 * 5 * 2, &deviations::none);
}

#[test]
fn generated_schemas_are_valid_and_changes_are_mixed() {
    let Some(mut java) = judge_or_skip(Library::Java) else { return };
    let (mut read, mut refused) = (0, 0);
    for case in (0..300).map(|seed| Case::new(seed, 1)) {
        let (schema, evolved) = (case.schema.to_string(), case.evolved.to_string());
        for text in [&schema, &evolved] {
            java.validate(text).unwrap_or_else(|refusal| panic!("{refusal}\n{case}"));
        }
        let data = java.encode(&schema, &case.values[0]).unwrap_or_else(|refusal| panic!("{refusal}\n{case}"));
        match java.decode(&schema, Some(&evolved), &data) {
            Ok(_) => read += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(read > 100 && refused > 50, "{read} read, {refused} refused");
}

#[test]
fn a_refusal_is_an_answer_and_the_judge_lives_on() {
    for library in Library::AVRO {
        let Some(mut judge) = judge_or_skip(library) else { continue };
        let refusal = judge.validate("{").expect_err("that is no schema");
        assert_eq!(refusal.kind(), RefusalKind::Schema, "{library:?}");
        let refusal = judge.encode("\"int\"", &json!("text")).expect_err("that is no int");
        assert_eq!(refusal.kind(), RefusalKind::Value, "{library:?}");
        let refusal = judge.decode("\"long\"", None, &[0x80]).expect_err("that is no long");
        assert_eq!(refusal.kind(), RefusalKind::Data, "{library:?}");
        assert_eq!(judge.encode("\"int\"", &json!(-1)).as_deref(), Ok(&[1][..]), "{library:?}");
    }
}

#[test]
fn the_versions_are_the_pinned_ones() {
    for (library, version) in [(Library::Fastavro, "1.13.1"), (Library::Avro, "1.12.2"), (Library::Java, "1.12.2")] {
        let Some(mut judge) = judge_or_skip(library) else { continue };
        assert_eq!(judge.version(), version, "{library:?}");
    }
}

fn answers_as_recorded(library: Library, at_least: usize) {
    let Some(mut judge) = judge_or_skip(library) else { return };
    let mut suites = 0;
    for name in AVRO_SUITES {
        let suite = golden::avro_suite(name);
        suites += usize::from(golden::check(&mut judge, &suite, &[]) > 0);
    }
    assert_eq!(suites, at_least);
}

fn agree(library: Library, comparison: Comparison, seeds: Range<u64>, at_least: usize, exempt: Exempt<'_>) {
    let judges: (Option<Judge>, Option<Judge>) = (judge_or_skip(library), judge_or_skip(Library::Java));
    let (Some(mut judge), Some(mut java)) = judges else { return };
    let compared = comparison(&mut judge, &mut java, seeds, exempt);
    assert!(compared >= at_least, "only {compared} compared");
}

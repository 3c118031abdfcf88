//! Witnesses of incompatible schemas before outside judges: each is a value of the writer's schema to them, and fails with the
//! reader's.

use cognate_codec::Limits;
use cognate_compat_tests::agreement::Case;
use cognate_compat_tests::{AvroImplementation as _, Judge, Library, judge_or_skip};
use cognate_schema::avro::Schema;
use cognate_schema::avro::resolve::{UnionOrder, resolve};
use cognate_schema::compat::avro::Witnesses;

/// The cases of the compatibility check; their schemas stand before `---`, parted by `>>>`.
const CASES: &str = include_str!("../../schema/tests/compat/avro.suite");

#[test]
fn fastavro_fails_on_witnesses() {
    fails_on_witnesses(Library::Fastavro);
}

#[test]
fn java_fails_on_witnesses() {
    fails_on_witnesses(Library::Java);
}

fn fails_on_witnesses(library: Library) {
    let Some(judge) = &mut judge_or_skip(library) else { return };
    let mut shown = 0;
    for case in CASES.split("\n=== ").skip(1) {
        let (title, schemas) = case.split_once("\n---").unwrap().0.split_once('\n').unwrap();
        let mut versions: Vec<_> = schemas.split("\n>>>\n").collect();
        let new = versions.pop().unwrap();
        for old in versions {
            shown += fails_on_both(judge, old, new, title);
        }
    }
    assert!(shown > 50, "{shown} witnesses of cases shown");
    for seed in 0..1_500 {
        let case = Case::new(seed, 0);
        let (old, new) = (case.schema.to_string(), case.evolved.to_string());
        shown += fails_on_both(judge, &old, &new, &format!("seed {seed}"));
    }
    assert!(shown > 500, "{shown} witnesses shown");
}

/// How many witnesses of two schemas were shown, in both directions.
fn fails_on_both(judge: &mut Judge, old: &str, new: &str, title: &str) -> usize {
    fails(judge, old, new, title) + fails(judge, new, old, title)
}

fn fails(judge: &mut Judge, writer_text: &str, reader_text: &str, title: &str) -> usize {
    let (Ok(writer), Ok(reader)) = (Schema::parse(writer_text), Schema::parse(reader_text)) else { return 0 };
    let resolution = resolve(&writer, &reader, UnionOrder::default());
    let witnesses = Witnesses::new(&writer, &reader, &resolution, Limits::default());
    let mut shown = 0;
    for fault in &resolution.faults {
        let Ok(witness) = witnesses.of(fault) else { continue };
        if judge.library() == Library::Fastavro && reader_text.contains("[]}") {
            // It ends in an error of its own for a union without branches.
            continue;
        }
        let context = || format!("{title}: {fault}\nwriter: {writer_text}\nreader: {reader_text}\n{witness:?}");
        match judge.decode(writer_text, None, &witness.bytes) {
            Ok(decoded) => assert_eq!(decoded.read, witness.bytes.len(), "{}", context()),
            Err(refusal) => panic!("{refusal}\n{}", context()),
        }
        if let Ok(decoded) = judge.decode(writer_text, Some(reader_text), &witness.bytes) {
            assert!(is_lenient(judge.library(), &fault.message), "{} reads {decoded:?}\n{}", judge.name(), context());
            continue;
        }
        shown += 1;
    }
    shown
}

/// What a judge reads in spite of a fault. Neither looks at the precision and scale of decimals when it reads data, nor Java at the
/// names of records outside of unions; Java's own check of compatibility looks at both.
fn is_lenient(library: Library, fault: &str) -> bool {
    fault.contains("two decimals match only") || library == Library::Java && fault.contains("is another type than")
}

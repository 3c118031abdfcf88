//! Compares our verdicts with those of the Apache compiler in `thrift/compiler.cases`, which `thrift/judge.py` writes.
//!
//! A case ends with `---` and `accept` or `reject` with the compiler's reason. A line `but` says why ours is another.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use cognate_schema::Diagnostics;
use cognate_schema::thrift::{InMemory, Loader};

#[test]
fn verdicts_are_those_of_the_compiler() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/thrift/compiler.cases");
    let text = fs::read_to_string(path).unwrap();
    let mut cases = 0;
    let mut failures = String::new();
    for case in text.split("\n=== ").skip(1) {
        let (head, expected) = case.split_once("\n---\n").unwrap_or_else(|| panic!("no --- in {case}"));
        let (title, input) = head.split_once('\n').unwrap_or((head, ""));
        let accepted = expected.starts_with("accept");
        assert!(accepted || expected.starts_with("reject "), "{title}: {expected}");
        let deviates = expected.contains("\nbut ");
        let found = errors(input);
        if found.is_empty() != (accepted != deviates) {
            write!(failures, "\n{title}\nthe compiler: {expected}ours: {found:?}\n").unwrap();
        }
        cases += 1;
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(cases > 100, "only {cases} cases were found");
}

fn errors(input: &str) -> Vec<String> {
    let input = format!("{input}\n");
    let files: Vec<(&str, &str)> = match input.strip_prefix(">>> ") {
        Some(rest) => rest.split("\n>>> ").map(|file| file.split_once('\n').unwrap()).collect(),
        None => vec![("main.thrift", &input)],
    };
    let mut loader = Loader::new().files(files.iter().copied().collect::<InMemory>());
    loader.add(files[0].0, files[0].1);
    let faults = loader.link().into_result().err();
    faults.iter().flat_map(Diagnostics::errors).map(ToString::to_string).collect()
}

//! Runs the cases of `*.suite` in this folder: an old and a new schema, and all that is found about them.
//!
//! A suite has the name of its language. A case starts with `=== title`, goes on with the old schema, a line `>>>` and the new schema (more old versions come first, the
//! oldest on top, each with its `>>>`), and ends with `---` and the expected lines: the levels at which the new schema is
//! compatible, then for each finding `severity rule [directions] old-path line:column new-path line:column`, and indented
//! the message and the fix. With `UPDATE_SUITES` set in the environment the expected lines are rewritten to what was
//! found; review the difference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use cognate_schema::Severity;
use cognate_schema::avro::{self, Schema};
use cognate_schema::compat::thrift::Definitions;
use cognate_schema::compat::{Comparable, Direction, Level, Options, Place, check, check_with};
use cognate_schema::thrift;

#[test]
fn suites() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "suite"));
    let (mut cases, mut failures) = (0, String::new());
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let (preface, rest) = text.split_once("\n=== ").unwrap();
        let mut rewritten = preface.to_owned();
        for case in rest.split("\n=== ") {
            let (head, expected) = case.split_once("\n---").unwrap_or_else(|| panic!("no --- in {case}"));
            let (title, schemas) = head.split_once('\n').unwrap();
            let found = match path.file_stem().unwrap().to_str().unwrap() {
                "avro" => found(title, schemas, schema),
                "thrift" => found(title, schemas, definitions),
                other => panic!("no language {other}"),
            };
            write!(rewritten, "\n=== {title}\n{schemas}\n---\n{found}").unwrap();
            if expected.trim() != found.trim() {
                write!(failures, "\n{title}\nexpected:{expected}\nfound:\n{found}").unwrap();
            }
            cases += 1;
        }
        if env::var_os("UPDATE_SUITES").is_some() {
            fs::write(&path, rewritten).unwrap();
            failures.clear();
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(cases >= 50, "only {cases} cases were found");
}

fn found<S: Comparable>(title: &str, schemas: &str, read: impl Fn(&str, usize, &str) -> S) -> String {
    let versions = schemas.split("\n>>>\n").enumerate();
    let mut versions: Vec<S> = versions.map(|(version, text)| read(title, version, text)).collect();
    let new = versions.pop().unwrap();
    assert!(!versions.is_empty(), "{title}: a case has two schemas");
    let compatible: Vec<_> = Level::ALL
        .iter()
        .filter(|level| check(&new, &versions, **level).is_compatible())
        .map(|level| level.name())
        .collect();
    let mut out =
        format!("compatible: {}\n", if compatible.is_empty() { "never".to_owned() } else { compatible.join(" ") });
    for comparison in check(&new, &versions, Level::FullTransitive).comparisons {
        if versions.len() > 1 {
            writeln!(out, "with version {}:", comparison.old).unwrap();
        }
        for finding in comparison.findings {
            let breaks: Vec<_> = finding.breaks.iter().map(Direction::name).collect();
            let (old, new) = (place(&finding.old), place(&finding.new));
            writeln!(out, "{} {} [{}] {old} → {new}", finding.severity, finding.rule.id(), breaks.join(" ")).unwrap();
            writeln!(out, "  {}", finding.message).unwrap();
            if let Some(fix) = &finding.fix {
                writeln!(out, "  fix: {fix}").unwrap();
            }
        }
    }
    every_fault_has_a_witness(title, &new, &versions);
    out
}

fn place(place: &Place) -> String {
    let position = place.position();
    format!("{} {}:{}", place.path, position.line, position.column)
}

fn schema(title: &str, version: usize, text: &str) -> Schema {
    let mut loader = avro::Loader::new();
    let file = loader.add(format!("{version}.avsc"), text);
    match loader.link().into_result() {
        Ok(set) => set.schema(file),
        Err(problems) => panic!("{title}: {problems}"),
    }
}

/// A case of several files has each behind a line `>>`, with its path; the first one is compared.
fn definitions(title: &str, _version: usize, text: &str) -> Definitions {
    let mut loader = thrift::Loader::new();
    let text = if text.starts_with(">> ") { format!("\n{text}") } else { format!("\n>> t.thrift\n{text}") };
    for file in text.split("\n>> ").skip(1) {
        let (path, text) = file.split_once('\n').unwrap();
        loader.add(path, text);
    }
    match loader.link().into_result() {
        Ok(program) => Definitions::roots(&program).remove(0),
        Err(problems) => panic!("{title}: {problems}"),
    }
}

fn every_fault_has_a_witness<S: Comparable>(title: &str, new: &S, olds: &[S]) {
    let options = Options::at(Level::FullTransitive).with_witnesses(true);
    for finding in check_with(new, olds, options).findings() {
        let directions: Vec<_> = finding.witnesses.iter().map(|witness| witness.direction).collect();
        let unwitnessed = finding.unwitnessed.iter().map(|unwitnessed| unwitnessed.direction);
        // Of a type without values there is none that fails.
        let unshown = title.contains("(no values)") || title.contains("(not shown)");
        assert!(unwitnessed.clone().count() == 0 || unshown, "{title}: {}", finding.message);
        let mut all: Vec<_> = directions.into_iter().chain(unwitnessed).collect();
        all.sort_unstable();
        // A warning may have one too.
        if finding.severity == Severity::Error {
            assert_eq!(all, finding.breaks.iter().collect::<Vec<_>>(), "{title}: {}", finding.message);
        }
    }
}

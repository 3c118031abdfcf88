//! Runs suites of cases: schema texts, and all that is to be said about each.
//!
//! A case starts with `=== title`, goes on with one text, or with several that are each headed by `>>> path`, and ends with
//! `---` and the expected lines: `severity rule line:column message`, then indented the further places, notes and edits.
//! A path leads the place when the case has several texts. With `UPDATE_SUITES` set in the environment, the expected lines
//! are rewritten to what was found; review the difference.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use cognate_schema::Diagnostic;
use cognate_schema::diagnostic::{Label, LabelKind};

/// Runs all suites of a folder, of which there are at least so many cases. `diagnose` links texts with their paths.
pub(crate) fn run(folder: &str, at_least: usize, diagnose: impl Fn(&[(&str, &str)]) -> Vec<Diagnostic>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "suite"));
    files.sort();
    let mut cases = 0;
    let mut failures = String::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let suite = Suite::read(&text);
        cases += suite.cases.len();
        let found: Vec<_> = suite.cases.iter().map(|case| texts(&case.input, &diagnose)).collect();
        if env::var_os("UPDATE_SUITES").is_some() {
            fs::write(&path, suite.write(&found)).unwrap();
            continue;
        }
        for (case, found) in suite.cases.iter().zip(found) {
            if case.expected != found {
                let (name, title) = (path.file_name().unwrap().display(), case.title);
                write!(failures, "\n{name}: {title}\nexpected:\n{}found:\n{found}", case.expected).unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(cases >= at_least, "only {cases} cases were found");
}

struct Suite<'a> {
    preface: &'a str,
    cases: Vec<Case<'a>>,
}

struct Case<'a> {
    title: &'a str,
    input: String,
    expected: String,
}

impl<'a> Suite<'a> {
    fn read(text: &'a str) -> Self {
        let mut parts = text.split("\n=== ");
        let preface = parts.next().unwrap();
        let cases = parts.map(|part| {
            let (title, rest) = part.split_once('\n').unwrap();
            let (input, expected) = rest.split_once("\n---").unwrap_or_else(|| panic!("no --- in {title}"));
            let expected = expected.trim();
            let expected = if expected.is_empty() { String::new() } else { format!("{expected}\n") };
            Case { title, input: input.to_owned(), expected }
        });
        Self { preface, cases: cases.collect() }
    }

    fn write(&self, found: &[String]) -> String {
        let mut out = self.preface.to_owned();
        for (Case { title, input, .. }, found) in self.cases.iter().zip(found) {
            write!(out, "\n=== {title}\n{input}\n---\n{found}").unwrap();
        }
        out
    }
}

fn texts(input: &str, diagnose: &impl Fn(&[(&str, &str)]) -> Vec<Diagnostic>) -> String {
    let found = if input.starts_with(">>> ") {
        let text = format!("\n{input}");
        let files: Vec<_> = text.split("\n>>> ").skip(1).map(|file| file.split_once('\n').unwrap()).collect();
        diagnose(&files)
    } else {
        diagnose(&[("", input)])
    };
    found.iter().map(render).collect()
}

fn render(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place().unwrap();
    let head = format!("{} {} {}", diagnostic.severity, diagnostic.rule.id, at(place));
    let mut out = format!("{head} {}\n", diagnostic.message);
    for label in diagnostic.labels.iter().filter(|label| label.kind == LabelKind::Secondary) {
        writeln!(out, "    {} {}", at(label), label.message).unwrap();
    }
    for note in &diagnostic.notes {
        writeln!(out, "    note: {note}").unwrap();
    }
    for suggestion in &diagnostic.suggestions {
        let edits = suggestion.edits.iter().map(|edit| {
            let old = edit.source.slice(edit.span);
            format!("{old} → {}", edit.replacement)
        });
        let edits: Vec<_> = edits.collect();
        writeln!(out, "    fix: {} ({})", suggestion.message, edits.join("; ")).unwrap();
    }
    out
}

fn at(label: &Label) -> String {
    let start = label.start();
    let path = label.source.path();
    let colon = if path.is_empty() { "" } else { ":" };
    format!("{path}{colon}{}:{}", start.line, start.column)
}

//! The Code Quality report of GitLab.

use std::collections::HashMap;

use cognate_schema::Severity;
use cognate_schema::avro::rabin;
use serde::Serialize;

use super::{Report, full_message, path_of};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn render(report: &Report) -> String {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let issues = report.diagnostics().map(|(file, diagnostic)| {
        let lines = diagnostic
            .place()
            .map_or(Lines { begin: 1, end: 1 }, |place| Lines { begin: place.start().line, end: place.end().line });
        // The line is left out, so that a problem stays the same when text is added before it.
        let path = path_of(file, diagnostic);
        let identity = format!("{path}\0{}\0{}", diagnostic.rule.id, diagnostic.message);
        let number = seen.entry(identity.clone()).and_modify(|number| *number += 1).or_default();
        Issue {
            description: full_message(diagnostic),
            check_name: diagnostic.rule.id,
            fingerprint: format!("{:016x}", rabin(format!("{identity}\0{number}").as_bytes())),
            severity: match diagnostic.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
            },
            location: Location { path: path.strip_prefix("./").unwrap_or(path), lines },
        }
    });
    super::json_text(&issues.collect::<Vec<_>>())
}

//! Verdicts about compatibility.

use cognate_schema::compat::{Finding, Level};
use cognate_schema::{Diagnostic, Severity};
use serde::Serialize;

use super::{FileReport, Format, Report, count, json_text, text};

/// What was found about versions of schemas.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) level: Level,
    pub(crate) files: Vec<FileVerdict>,
}

/// What was found about two versions of a schema.
#[derive(Debug)]
pub(crate) struct FileVerdict {
    pub(crate) language: &'static str,
    pub(crate) old: String,
    pub(crate) new: String,
    pub(crate) compatible: bool,
    pub(crate) findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Output<'a> {
    compatible: bool,
    level: &'static str,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    language: &'static str,
    old: &'a str,
    new: &'a str,
    compatible: bool,
    findings: &'a [Finding],
}

impl Verdict {
    pub(crate) fn is_compatible(&self) -> bool {
        self.files.iter().all(|file| file.compatible)
    }

    /// The verdict as text that ends with a line end, or is empty.
    pub(crate) fn render(&self, format: Format, color: bool) -> String {
        match format {
            Format::Json => self.json(),
            Format::Text => {
                let draw = |file: &FileVerdict| {
                    let diagnostics: Vec<_> = self.diagnostics(file).collect();
                    format!("{}{}\n", text::draw(&diagnostics, 1, color), self.sentence(file))
                };
                self.files.iter().map(draw).collect()
            }
            other => {
                let file = |file| {
                    let diagnostics = self.diagnostics(file).map(fix_as_note).collect();
                    FileReport { path: file.new.clone(), diagnostics }
                };
                other.render(&Report { files: self.files.iter().map(file).collect() }, color)
            }
        }
    }

    /// `2 schemas compared: 1 not compatible (level full)`
    pub(crate) fn summary(&self) -> String {
        let (files, level) = (count(self.files.len(), "schema"), self.level.name());
        match self.files.iter().filter(|file| !file.compatible).count() {
            0 => format!("{files} compared: compatible (level {level})"),
            broken => format!("{files} compared: {broken} not compatible (level {level})"),
        }
    }

    fn sentence(&self, file: &FileVerdict) -> String {
        let (not, level) = (if file.compatible { "" } else { "not " }, self.level.name());
        format!("{}: {not}compatible with {} (level {level})", file.new, file.old)
    }

    fn json(&self) -> String {
        let files = self.files.iter().map(|FileVerdict { language, old, new, compatible, findings }| File {
            language,
            old,
            new,
            compatible: *compatible,
            findings,
        });
        let files = files.collect();
        json_text(&Output { compatible: self.is_compatible(), level: self.level.name(), files })
    }

    /// The findings for people: what the level does not ask for is no error to them.
    fn diagnostics<'a>(&'a self, file: &'a FileVerdict) -> impl Iterator<Item = Diagnostic> + 'a {
        file.findings.iter().map(|finding| {
            let matters = finding.breaks.meet(self.level.directions());
            let severity = if matters { finding.severity } else { Severity::Warning };
            finding.diagnostic().with_severity(severity)
        })
    }
}

fn fix_as_note(mut diagnostic: Diagnostic) -> Diagnostic {
    for suggestion in std::mem::take(&mut diagnostic.suggestions) {
        diagnostic.notes.push(format!("fix: {}", suggestion.message));
    }
    diagnostic
}

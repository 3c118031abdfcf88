//! Diagnostics drawn for people and for tools: one file per format.

use clap::ValueEnum;
use cognate_schema::Diagnostic;

use crate::input;
use crate::schema_files::SchemaFiles;

mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
pub(crate) mod text;
mod verdict;

pub(crate) use verdict::{FileVerdict, Verdict};

/// What was found about files.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The files in the order in which they were given or found, then those that were only needed.
    pub(crate) files: Vec<FileReport>,
}

/// What was found about a file.
#[derive(Debug)]
pub(crate) struct FileReport {
    pub(crate) path: String,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A way to print a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines at fault
    #[default]
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// XML as test runners write it
    Junit,
    /// Workflow commands of GitHub Actions
    Github,
    /// The Code Quality report of GitLab
    Gitlab,
}

impl Format {
    /// The report as text that ends with a line end, or is empty.
    pub(crate) fn render(self, report: &Report, color: bool) -> String {
        match self {
            Self::Text => text::render(report, color),
            Self::Json => json::render(report),
            Self::Sarif => sarif::render(report),
            Self::Junit => junit::render(report),
            Self::Github => github::render(report),
            Self::Gitlab => gitlab::render(report),
        }
    }
}

impl Report {
    /// Adds files and what was found about them. Of files that were only needed, only errors are of interest: they were not
    /// asked for, but without them the others cannot be judged.
    pub(crate) fn add(&mut self, files: &SchemaFiles, diagnostics: Vec<Diagnostic>) {
        let asked = self.files.len();
        self.files.extend(files.asked.iter().map(|path| FileReport::new(input::name(path))));
        for diagnostic in diagnostics {
            let path = diagnostic.place().map_or_else(String::new, |label| label.source.path().to_owned());
            let known = self.files.get_mut(asked..).unwrap_or_default();
            match known.iter().position(|file| file.path == path) {
                Some(at) if at < files.asked.len() || diagnostic.is_error() => known[at].diagnostics.push(diagnostic),
                None if diagnostic.is_error() => {
                    self.files.push(FileReport { diagnostics: vec![diagnostic], ..FileReport::new(path) });
                }
                _ => {}
            }
        }
    }

    /// Whether there are no errors.
    pub(crate) fn is_valid(&self) -> bool {
        self.diagnostics().all(|(_, diagnostic)| !diagnostic.is_error())
    }

    /// `3 files: 1 error, 2 warnings`
    pub(crate) fn summary(&self) -> String {
        let errors = self.diagnostics().filter(|(_, diagnostic)| diagnostic.is_error()).count();
        let warnings = self.diagnostics().count() - errors;
        let files = count(self.files.len(), "file");
        match (errors, warnings) {
            (0, 0) => format!("{files}: no problems"),
            (0, warnings) => format!("{files}: {}", count(warnings, "warning")),
            (errors, 0) => format!("{files}: {}", count(errors, "error")),
            (errors, warnings) => format!("{files}: {}, {}", count(errors, "error"), count(warnings, "warning")),
        }
    }

    /// What to do about a problem that comes from how the command was called.
    pub(crate) fn help(&self) -> Option<&'static str> {
        let across_files = |(file, diagnostic): (&FileReport, &Diagnostic)| {
            diagnostic.rule.id == "avro/duplicate-name"
                && diagnostic.labels.iter().any(|label| label.source.path() != file.path)
        };
        if self.diagnostics().any(across_files) {
            return Some("files that are given together are one set; validate versions of a schema apart");
        }
        help(self.diagnostics().map(|(_, diagnostic)| diagnostic))
    }

    fn diagnostics(&self) -> impl Iterator<Item = (&FileReport, &Diagnostic)> {
        self.files.iter().flat_map(|file| file.diagnostics.iter().map(move |diagnostic| (file, diagnostic)))
    }
}

impl FileReport {
    pub(crate) fn new(path: String) -> Self {
        Self { path, diagnostics: Vec::new() }
    }
}

/// What the command line has to do with problems.
pub(crate) fn help<'a>(mut diagnostics: impl Iterator<Item = &'a Diagnostic>) -> Option<&'static str> {
    let is_lost = |diagnostic: &Diagnostic| {
        diagnostic.is_error() && diagnostic.rule.id == cognate_schema::thrift::rules::UNKNOWN_INCLUDE.id
    };
    diagnostics.any(is_lost).then_some("included files are also looked for in the folders of -I DIR")
}

fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The file that the place of a diagnostic is in: one that is included, where that is at fault.
fn path_of<'a>(file: &'a FileReport, diagnostic: &'a Diagnostic) -> &'a str {
    diagnostic.place().map_or(&file.path, |label| label.source.path())
}

/// The message with the notes, where a format has one text only.
fn full_message(diagnostic: &Diagnostic) -> String {
    let mut out = diagnostic.message.clone();
    for note in &diagnostic.notes {
        out.push_str("; ");
        out.push_str(note);
    }
    out
}

/// JSON over several lines.
fn json_text(value: &impl serde::Serialize) -> String {
    // What is serialized here has only text for keys, and nothing that could fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}

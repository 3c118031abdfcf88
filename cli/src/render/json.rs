//! One JSON object, as the crate's front page says.

use cognate_schema::Diagnostic;
use serde::Serialize;

use super::Report;

#[derive(Serialize)]
struct Output<'a> {
    valid: bool,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    diagnostics: &'a [Diagnostic],
}

pub(super) fn render(report: &Report) -> String {
    let files = report.files.iter().map(|file| File { path: &file.path, diagnostics: &file.diagnostics }).collect();
    super::json_text(&Output { valid: report.is_valid(), files })
}

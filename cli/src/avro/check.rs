//! `validate` for Avro schemas.

use std::sync::Arc;

use cognate_schema::{Diagnostic, SourceFile};

use super::load::{self, Loaded};
use crate::input;
use crate::render::{FileReport, Report};
use crate::schema_files::SchemaFiles;
use crate::stop::Result;

/// Adds the files to a report. Of files in include folders only errors are of interest: they were not asked for, but
/// without them the others cannot be judged.
pub(crate) fn check(files: &SchemaFiles, report: &mut Report) -> Result<()> {
    let Loaded { linked, .. } = load::link(files)?;
    let asked = report.files.len();
    report.files.extend(files.asked.iter().map(|path| FileReport::new(input::name(path))));
    for diagnostic in linked.diagnostics {
        let path = diagnostic.place().map_or_else(String::new, |label| path_of(&label.source));
        let files = report.files.get_mut(asked..).unwrap_or_default();
        if let Some(file) = files.iter_mut().find(|file| file.path == path) {
            file.diagnostics.push(diagnostic);
        } else if diagnostic.is_error() {
            report.files.push(with(path, diagnostic));
        }
    }
    Ok(())
}

fn path_of(source: &Arc<SourceFile>) -> String {
    source.path().to_owned()
}

fn with(path: String, diagnostic: Diagnostic) -> FileReport {
    FileReport { diagnostics: vec![diagnostic], ..FileReport::new(path) }
}

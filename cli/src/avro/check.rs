//! `validate` for Avro schemas.

use super::load::{self, Loaded};
use crate::render::Report;
use crate::schema_files::SchemaFiles;
use crate::stop::Result;

/// Adds the files to a report.
pub(crate) fn check(files: &SchemaFiles, report: &mut Report) -> Result<()> {
    let Loaded { linked, .. } = load::link(files)?;
    report.add(files, linked.diagnostics);
    Ok(())
}

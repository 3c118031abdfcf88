//! `validate` for Thrift files.

use super::load;
use crate::render::Report;
use crate::schema_files::{SchemaFiles, SchemaOptions};
use crate::stop::Result;

/// Adds the files to a report. Of included files only errors are of interest.
pub(crate) fn check(files: &SchemaFiles, options: &SchemaOptions, report: &mut Report) -> Result<()> {
    report.add(files, load::link(files, options)?.diagnostics);
    Ok(())
}

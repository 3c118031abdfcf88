//! `validate` for Thrift files.

use std::path::PathBuf;

use super::load;
use crate::render::Report;
use crate::schema_files::SchemaFiles;
use crate::stop::Result;

/// Adds the files to a report. Of included files only errors are of interest.
pub(crate) fn check(files: &SchemaFiles, include: &[PathBuf], report: &mut Report) -> Result<()> {
    report.add(files, load::link(files, include)?.diagnostics);
    Ok(())
}

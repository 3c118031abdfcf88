//! `compile` for Avro schemas.

use cognate_codegen::{Config, GeneratedFile};
use cognate_schema::avro::{FileId, SchemaSet};

use super::load::{self, Loaded};
use crate::commands::compile::fault;
use crate::schema_files::SchemaFiles;
use crate::stop::Result;

/// The modules.
pub(crate) fn folder(config: &Config, files: &SchemaFiles) -> Result<Vec<GeneratedFile>> {
    let (set, asked) = link(files)?;
    config.generate(&set, &asked).map_err(|error| fault(&error))
}

/// All modules as one text.
pub(crate) fn one_file(config: &Config, files: &SchemaFiles) -> Result<String> {
    let (set, asked) = link(files)?;
    config.generate_one_file(&set, &asked).map_err(|error| fault(&error))
}

fn link(files: &SchemaFiles) -> Result<(SchemaSet, Vec<FileId>)> {
    let Loaded { asked, linked } = load::link(files)?;
    Ok((load::errors_stop(linked)?, asked))
}

//! `compile` for Avro schemas.

use std::path::PathBuf;

use cognate_codegen::{Config, Error, Ownership};
use cognate_schema::avro::{FileId, SchemaSet};

use super::load::{self, Loaded};
use crate::commands::Compile;
use crate::schema_files::SchemaFiles;
use crate::stop::{Result, Stop};

/// The modules, by their path within the folder.
pub(crate) fn folder(command: &Compile, files: &SchemaFiles) -> Result<Vec<(PathBuf, String)>> {
    let (set, asked) = link(files)?;
    let files = config(command).generate(&set, &asked).map_err(|error| fault(&error))?;
    Ok(files.into_iter().map(|file| (file.path.split('/').collect(), file.contents)).collect())
}

/// All modules as one text.
pub(crate) fn one_file(command: &Compile, files: &SchemaFiles) -> Result<String> {
    let (set, asked) = link(files)?;
    config(command).generate_one_file(&set, &asked).map_err(|error| fault(&error))
}

fn link(files: &SchemaFiles) -> Result<(SchemaSet, Vec<FileId>)> {
    let Loaded { asked, linked } = load::link(files)?;
    Ok((load::errors_stop(linked)?, asked))
}

fn config(command: &Compile) -> Config {
    Config::new().ownership(if command.views { Ownership::Both } else { Ownership::Owned })
}

fn fault(error: &Error) -> Stop {
    Stop::Data(error.to_string())
}

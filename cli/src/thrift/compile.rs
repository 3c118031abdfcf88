//! `compile` for Thrift files.

use cognate_codegen::{Config, GeneratedFile};

use super::load;
use crate::commands::compile::fault;
use crate::schema_files::{SchemaFiles, SchemaOptions};
use crate::stop::Result;

/// The modules.
pub(crate) fn folder(config: &Config, files: &SchemaFiles, options: &SchemaOptions) -> Result<Vec<GeneratedFile>> {
    config.generate_thrift(&load::program(files, options)?).map_err(|error| fault(&error))
}

/// All modules as one text.
pub(crate) fn one_file(config: &Config, files: &SchemaFiles, options: &SchemaOptions) -> Result<String> {
    config.generate_thrift_one_file(&load::program(files, options)?).map_err(|error| fault(&error))
}

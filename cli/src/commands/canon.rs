use std::path::PathBuf;

use clap::Args;

use crate::avro;
use crate::language::Language;
use crate::output;
use crate::schema_files::SchemaOptions;
use crate::stop::{Outcome, Result};

/// Print the canonical form of a schema
///
/// For Avro that is the Parsing Canonical Form: what decides how data is laid out, and nothing else. Names may have any
/// letters, as in other implementations; `validate` says what the specification does not allow.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cognate canon user.avsc
  cognate canon -I schemas order.avsc")]
pub(crate) struct Canon {
    /// The schema file, `-` for standard input
    file: PathBuf,
    #[command(flatten)]
    options: SchemaOptions,
}

impl Canon {
    pub(crate) fn run(self) -> Result<Outcome> {
        let text = match Language::of(&self.file, self.options.language)? {
            Language::Avro => avro::load::any_names(&self.file, &self.options)?.canonical_form(),
            other => return Err(other.lacks("canonical form", &self.file)),
        };
        output::print(&format!("{text}\n"))?;
        Ok(Outcome::Clean)
    }
}

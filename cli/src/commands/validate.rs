use std::path::PathBuf;

use clap::Args;

use crate::avro;
use crate::console::{Console, say};
use crate::language::Language;
use crate::output;
use crate::render::{Format, Report};
use crate::schema_files::SchemaOptions;
use crate::stop::{Outcome, Result};
use crate::thrift;

/// Check schemas, and report every problem of every file
///
/// The Avro schemas are one set: they may name each other's types, and a type may have only one definition. Two versions of
/// a schema are therefore validated apart. Thrift files see what they include: from their own folder, then from those of -I.
/// Folders are searched for schema files, hidden entries left out. Warnings do not
/// make a schema invalid.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cognate validate schemas/
  cognate validate -I common order.avsc
  cognate validate -I share/fb303/if hive_metastore.thrift
  cognate validate --format sarif schemas/ > cognate.sarif
  echo '\"long\"' | cognate validate --language avro -")]
pub(crate) struct Validate {
    /// Schema files and folders, `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How the problems are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    options: SchemaOptions,
}

impl Validate {
    pub(crate) fn run(self, console: &Console) -> Result<Outcome> {
        let mut report = Report::default();
        for (language, files) in self.options.find(&self.paths)? {
            match language {
                Language::Avro => avro::check::check(&files, &mut report)?,
                Language::Thrift => thrift::check::check(&files, &self.options, &mut report)?,
                other @ Language::Protobuf => {
                    return Err(other.unsupported(files.asked.first().unwrap_or(&PathBuf::new())));
                }
            }
        }
        output::print(&self.format.render(&report, console.stdout_color()))?;
        say(&report.summary());
        if let Some(help) = report.help() {
            console.help(help);
        }
        Ok(Outcome::clean_if(report.is_valid()))
    }
}

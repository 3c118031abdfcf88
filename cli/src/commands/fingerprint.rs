use std::path::PathBuf;

use clap::{Args, ValueEnum};
use cognate_schema::avro::Algorithm as AvroAlgorithm;

use crate::avro;
use crate::language::Language;
use crate::output;
use crate::schema_files::SchemaOptions;
use crate::stop::{Outcome, Result};

/// Print the fingerprint of a schema's canonical form, in lower-case hexadecimal digits
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cognate fingerprint user.avsc
  cognate fingerprint --algorithm sha256 user.avsc

The Rabin fingerprint is printed with its most significant byte first; the header of a single-object message has its
bytes the other way round.")]
pub(crate) struct Fingerprint {
    /// The schema file, `-` for standard input
    file: PathBuf,
    /// How the fingerprint is computed
    #[arg(long, value_enum, default_value_t)]
    algorithm: Algorithm,
    #[command(flatten)]
    options: SchemaOptions,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Algorithm {
    /// CRC-64-AVRO, 64 bits
    #[default]
    Rabin,
    /// 128 bits
    Md5,
    /// 256 bits
    Sha256,
}

impl Fingerprint {
    pub(crate) fn run(self) -> Result<Outcome> {
        let fingerprint = match Language::of(&self.file, self.options.language)? {
            Language::Avro => {
                let algorithm = match self.algorithm {
                    Algorithm::Rabin => AvroAlgorithm::Rabin,
                    Algorithm::Md5 => AvroAlgorithm::Md5,
                    Algorithm::Sha256 => AvroAlgorithm::Sha256,
                };
                avro::load::any_names(&self.file, &self.options)?.fingerprint(algorithm)
            }
            other => return Err(other.lacks("fingerprint", &self.file)),
        };
        output::print(&format!("{fingerprint}\n"))?;
        Ok(Outcome::Clean)
    }
}

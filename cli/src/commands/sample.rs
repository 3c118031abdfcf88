use std::path::Path;

use clap::Args;

use super::{DataOptions, OutputOptions, SchemaChoice};
use crate::language::Language;
use crate::stop::{Outcome, Result};
use crate::{avro, thrift};

/// Make random values that are valid for a schema
///
/// They are printed as JSON lines. With --out, --framing or --codec they are written as `cognate encode` would write them,
/// unless the file's name ends in .json, .jsonl or .ndjson.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cognate sample --schema user.avsc
  cognate sample --schema user.avsc --count 1000000 --seed 7 --codec zstandard --out users.avro
  cognate sample --schema user.avsc --framing raw --hex")]
pub(crate) struct Sample {
    #[command(flatten)]
    pub(crate) schema: SchemaChoice,
    /// How many values
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) count: u64,
    /// What the values are made from; the same seed makes the same values
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) data: DataOptions,
    #[command(flatten)]
    pub(crate) output: OutputOptions,
}

impl Sample {
    pub(crate) fn run(self) -> Result<Outcome> {
        self.schema.only_one()?;
        match self.schema.language(&self.data)? {
            Language::Avro => avro::sample::sample(&self),
            Language::Thrift => thrift::sample::sample(&self),
            other @ Language::Protobuf => Err(self.schema.unsupported(other)),
        }
    }

    /// Whether nothing asks for bytes.
    pub(crate) fn is_json(&self) -> bool {
        let bytes = self.data.framing.is_some() || self.data.hex || self.output.codec.is_some();
        let is_text = |path: &Path| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            extension.is_some_and(|extension| matches!(extension, "json" | "jsonl" | "ndjson"))
        };
        !bytes && self.output.out.as_deref().is_none_or(is_text)
    }
}

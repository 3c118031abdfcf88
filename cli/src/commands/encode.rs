use std::path::PathBuf;

use clap::Args;

use super::{DataOptions, OutputOptions, ReadOptions, SchemaChoice};
use crate::language::Language;
use crate::stop::{Outcome, Result};
use crate::{avro, thrift};

/// Write JSON lines as binary data
///
/// Each line holds one value; blank lines are skipped. A field that is left out takes its default. The framing is that of a
/// container file when --out ends in .avro or --codec is given, otherwise raw unless --framing says what it is. If a line is
/// at fault no file is written.
///
/// Thrift data is encoded from what `cognate decode` prints, without a schema too, its fields in the order of the JSON; with
/// --message each line is a message.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cognate encode --schema user.avsc --out users.avro --codec zstandard users.jsonl
  cognate encode --append --out users.avro more-users.jsonl
  cognate encode --schema user.avsc --framing single-object users.jsonl > users.bin
  cognate encode --schema shop.thrift --type Order --protocol compact --out orders.bin orders.jsonl
  echo '{\"id\": 1}' | cognate encode --schema id.avsc --hex -")]
pub(crate) struct Encode {
    /// The JSON lines, `-` for standard input
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) schema: SchemaChoice,
    #[command(flatten)]
    pub(crate) data: DataOptions,
    #[command(flatten)]
    pub(crate) read: ReadOptions,
    #[command(flatten)]
    pub(crate) output: OutputOptions,
    /// Go on with the file if it is there; a container file then brings its schema and codec
    #[arg(long, requires = "out", conflicts_with = "hex")]
    pub(crate) append: bool,
}

impl Encode {
    pub(crate) fn run(self) -> Result<Outcome> {
        self.schema.only_one()?;
        match self.schema.language(&self.data)? {
            Language::Avro => avro::encode::encode(&self),
            Language::Thrift => thrift::encode::encode(&self),
            other @ Language::Protobuf => Err(self.schema.unsupported(other)),
        }
    }
}

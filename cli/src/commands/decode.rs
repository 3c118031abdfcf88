use std::path::PathBuf;

use clap::Args;
use cognate_codec::Limits;

use super::{DataOptions, ReadOptions, SchemaChoice};
use crate::console::Console;
use crate::language::Language;
use crate::stop::{Outcome, Result};
use crate::{avro, thrift};

/// Print binary data as JSON, one value a line
///
/// Container files bring their schema; other data needs --schema. The framing is found out for container files and
/// single-object messages of the schema; otherwise it is raw unless --framing says what it is. Blocks and records are
/// counted from 0 in errors.
///
/// Thrift data needs no schema, but a --protocol, and is then printed with all that the wire says of it. Messages of services are
/// recognized, framed or not, and tell their protocol; the schema's method of their name tells the struct in them. A struct of
/// arguments or of an answer alone has the --type `Service.method_args` or `Service.method_result`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cognate decode users.avro
  cognate decode --limit 10 users.avro | jq .username
  cognate decode --header users.avro
  cognate decode --jobs 0 large.avro > large.jsonl
  cognate decode --skip-corrupt damaged.avro > rescued.jsonl
  cognate decode --schema user.avsc --framing delimited users.bin
  cognate decode --reader-schema v2/user.avsc users.avro
  echo '06 66 6f 6f' | cognate decode --hex --schema name.avsc -
  cognate decode --schema shop.thrift --type Order --protocol compact orders.bin
  cognate decode --protocol binary unknown.bin
  cognate decode --schema shop.thrift captured-messages.bin
  cognate decode --schema shop.thrift --type Shop.order_args --dialect fbthrift --protocol compact call.bin

What was decoded before an error is printed. Data that is not what its schema says ends with status 1.")]
pub(crate) struct Decode {
    /// The data, `-` for standard input
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) schema: SchemaChoice,
    /// The schema to read with: the data, which was written with --schema or the schema of the container file, is resolved to it
    #[arg(long, value_name = "FILE")]
    pub(crate) reader_schema: Option<PathBuf>,
    /// The type to read as, by its full name, instead of the one that the reader's schema file is
    #[arg(long, value_name = "NAME", requires = "reader_schema")]
    pub(crate) reader_type: Option<String>,
    #[command(flatten)]
    pub(crate) data: DataOptions,
    #[command(flatten)]
    pub(crate) read: ReadOptions,
    /// Go on behind what is damaged in a container file, telling what is left out; the status is still 1
    #[arg(long)]
    pub(crate) skip_corrupt: bool,
    /// The threads that work on the blocks of a container file; 0 for as many as the machine runs at once
    ///
    /// What is printed is the same for any number, in the same order. Twice as many blocks as there are threads are held in memory.
    /// Where the file comes slowly through a pipe, values are printed once the next block has come. Other data has no blocks, and
    /// is decoded by one thread.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = jobs)]
    pub(crate) jobs: usize,
    /// Print the header of a container file as JSON, and no values
    #[arg(long, conflicts_with_all = ["skip_corrupt", "limit", "reader_schema"])]
    pub(crate) header: bool,
    /// How deep values may be nested: 100 by default, 64 in Thrift's protocols
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MAX_DEPTH))]
    max_depth: Option<u32>,
}

/// What the stack is known to be enough for.
const MAX_DEPTH: i64 = 10_000;

/// Reads a number of threads.
fn jobs(text: &str) -> Result<usize, String> {
    const MOST: usize = 256;
    text.parse().ok().filter(|&jobs| jobs <= MOST).ok_or_else(|| format!("not a number from 0 to {MOST}"))
}

impl Decode {
    /// The limits of a language with the depth that is asked for, and the memory that values of the largest size take.
    pub(crate) fn limits(&self, of_language: Limits) -> Limits {
        /// What a byte can well become, such as a number of one byte in a list.
        const MEMORY_PER_BYTE: usize = 32;
        let memory = self.read.max_size.saturating_mul(MEMORY_PER_BYTE).max(of_language.memory());
        let limits = of_language.with_memory(memory);
        self.max_depth.map_or(limits, |depth| limits.with_depth(depth))
    }

    pub(crate) fn run(self, console: &Console) -> Result<Outcome> {
        match self.schema.language(&self.data)? {
            Language::Avro => avro::decode::decode(&self, console),
            Language::Thrift => thrift::decode::decode(&self),
            other @ Language::Protobuf => Err(self.schema.unsupported(other)),
        }
    }
}

//! What the commands that read or write data have in common.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::language::Language;
use crate::schema_files::{Dialect, SchemaOptions, is_dir};
use crate::size;
use crate::stop::{Result, Stop};

/// Which schema the data has.
#[derive(Debug, Clone, Args)]
pub(crate) struct SchemaChoice {
    /// The schema of the data: a file, or a folder together with --type; repeatable where `decode` reads single-object messages, each
    /// of which tells its schema
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Vec<PathBuf>,
    /// The type of the values, by its full name, instead of the one that the schema file is
    #[arg(long = "type", value_name = "NAME", requires = "schema")]
    pub(crate) type_name: Option<String>,
    #[command(flatten)]
    pub(crate) options: SchemaOptions,
}

/// How values are read from bytes and JSON, or written to them.
#[derive(Debug, Clone, Args)]
pub(crate) struct DataOptions {
    /// What stands around the values
    #[arg(long, value_enum)]
    pub(crate) framing: Option<Framing>,
    /// Thrift's protocol; binary unless it is said or a message begins in another
    #[arg(long, value_enum)]
    pub(crate) protocol: Option<Protocol>,
    /// Thrift: whether the data is messages, each of a method's name, its kind, a sequence number and a struct. By itself
    /// `decode` takes for messages what begins like one, unless --type names a struct
    #[arg(long, value_name = "WHEN", value_enum, default_value_t, num_args = 0..=1, require_equals = true,
        default_missing_value = "always")]
    pub(crate) message: When,
    /// The form of the JSON
    #[arg(long, value_enum, default_value_t)]
    pub(crate) json: Json,
    /// The bytes are hexadecimal text
    #[arg(long)]
    pub(crate) hex: bool,
    /// The id of the schema in a registry, which stands in messages of the confluent framing
    #[arg(long, value_name = "ID")]
    pub(crate) schema_id: Option<u32>,
}

/// How much is read.
#[derive(Debug, Clone, Args)]
pub(crate) struct ReadOptions {
    /// Stop after so many values
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// The largest block, value or line that is held in memory, such as 16M; a decoded value may
    /// take 32 times as much
    #[arg(long, value_name = "SIZE", value_parser = size::parse, default_value = "16M")]
    pub(crate) max_size: usize,
}

/// Where bytes are written, and how a container file is.
#[derive(Debug, Clone, Args)]
pub(crate) struct OutputOptions {
    /// The file to write, which appears only when it is whole
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How the blocks of a container file are compressed
    #[arg(long, value_enum)]
    pub(crate) codec: Option<Codec>,
}

/// What stands around values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Framing {
    /// Nothing: values one after another
    Raw,
    /// An Avro object container file
    Ocf,
    /// Avro's single-object encoding: before each value the fingerprint of its schema
    SingleObject,
    /// Before each value a zero byte and the schema's id in a registry, four bytes
    Confluent,
    /// Before each value its length as a varint
    Delimited,
    /// Before each value its length in four bytes, the highest first, as Thrift's framed transport has it
    Framed,
}

/// Thrift's protocols.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Protocol {
    /// Numbers of fixed size
    #[default]
    Binary,
    /// Varints and short headers
    Compact,
    /// Binary as fbthrift writes it, with single precision
    FbBinary,
    /// Compact as fbthrift writes it: doubles are big-endian
    FbCompact,
}

/// Whether something is so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// When the data looks like it
    #[default]
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
}

/// The JSON form of values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Json {
    /// The same for all languages, made to be read
    #[default]
    Plain,
    /// The JSON encoding of the Avro specification
    Avro,
    /// The JSON mapping of Protobuf
    Proto,
    /// Thrift's JSON protocol
    Thrift,
}

/// How blocks are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Codec {
    /// Not at all
    Null,
    /// Raw deflate
    Deflate,
    /// Snappy with a checksum
    Snappy,
    /// Zstandard
    Zstandard,
    /// bzip2
    Bzip2,
    /// xz
    Xz,
}

impl SchemaChoice {
    /// The language of the data. Without a schema, what only Thrift has tells it; otherwise the data must bring its own schema,
    /// which only Avro's container files do.
    pub(crate) fn language(&self, data: &DataOptions) -> Result<Language> {
        let flag = self.thrift_flag(data);
        let language = match (self.path(), self.options.language) {
            (path, Some(asked)) if path.is_none_or(is_dir) => asked,
            (Some(path), None) if is_dir(path) => self.options.only_language(path)?,
            (Some(path), asked) => Language::of(path, asked)?,
            (None, _) if flag.is_some() => Language::Thrift,
            (None, _) => Language::Avro,
        };
        match flag {
            Some(flag) if language != Language::Thrift => Err(Stop::Usage(format!("{flag} is for Thrift data"))),
            _ if language != Language::Avro => self.only_one().map(|()| language),
            _ => Ok(language),
        }
    }

    /// The file or folder of the schema.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.schema.first().map(PathBuf::as_path)
    }

    /// Refuses several schemas where nothing tells which one is meant.
    pub(crate) fn only_one(&self) -> Result<()> {
        if self.schema.len() > 1 {
            return Err(Stop::usage(
                "several --schema are for decoding single-object messages (--framing single-object), which tell theirs",
            ));
        }
        Ok(())
    }

    /// The first flag that only Thrift data has.
    fn thrift_flag(&self, data: &DataOptions) -> Option<&'static str> {
        let given = [
            (data.protocol.is_some(), "--protocol"),
            (data.message != When::Auto, "--message"),
            (self.options.thrift.dialect != Dialect::Detect, "--dialect"),
        ];
        given.into_iter().find_map(|(is_given, flag)| is_given.then_some(flag))
    }

    /// The error for a language that the command does not know yet.
    pub(crate) fn unsupported(&self, language: Language) -> Stop {
        language.unsupported(self.path().unwrap_or(Path::new("--language")))
    }
}

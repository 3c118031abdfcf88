use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::avro;
use crate::input;
use crate::language::Language;
use crate::readers::ThriftReaders;
use crate::schema_files::{SchemaOptions, is_dir};
use crate::stop::{Outcome, Result, Stop};
use crate::thrift;

/// Show how a reader takes a writer's data, field by field
///
/// What becomes of a field is one of: copy (the bytes are taken as they are), promote (a number or text becomes a wider one), convert
/// (what is inside changes), alias (the field has another name at the writer's), default (the writer has no such field), absent (nor
/// has it a default), skip (the reader has no such field), drop (the reader's field of that id is of another kind, so that it is
/// skipped), fault (it cannot be read). What two types hold is shown where they meet first.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cognate resolve --writer v1/user.avsc --reader v2/user.avsc
  cognate resolve --writer v1/ --writer-type example.User --reader v2/user.avsc --format json
  cognate resolve --writer v1/user.thrift --reader v2/user.thrift --type User

Exit status: 0 when all of the writer's data can be read, 1 when there is a fault.")]
pub(crate) struct Resolve {
    /// The schema that the data was written with: a file, or a folder together with --writer-type
    #[arg(long, value_name = "FILE")]
    pub(crate) writer: PathBuf,
    /// The schema that the data is read with
    #[arg(long, value_name = "FILE")]
    pub(crate) reader: PathBuf,
    /// The writer's type, by its full name, instead of the one that the file is
    #[arg(long, value_name = "NAME")]
    writer_type: Option<String>,
    /// The reader's type, by its full name, instead of the one that the file is
    #[arg(long, value_name = "NAME")]
    reader_type: Option<String>,
    /// The type of both, by its name
    #[arg(long = "type", value_name = "NAME", conflicts_with_all = ["writer_type", "reader_type"])]
    type_name: Option<String>,
    /// How the table is printed
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) readers: ThriftReaders,
    #[command(flatten)]
    pub(crate) options: SchemaOptions,
}

/// How the table is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON object
    Json,
}

impl Resolve {
    pub(crate) fn run(self) -> Result<Outcome> {
        if input::is_stdin(&self.writer) && input::is_stdin(&self.reader) {
            return Err(Stop::usage("standard input can be only one of the schemas"));
        }
        let mut languages = Vec::new();
        for path in [&self.writer, &self.reader].into_iter().filter(|path| !is_dir(path)) {
            languages.push((path, Language::of(path, self.options.language)?));
        }
        // Of two folders nothing is known but what was asked for.
        match languages.as_slice() {
            [(_, Language::Thrift), rest @ ..] if rest.iter().all(|(_, other)| *other == Language::Thrift) => {
                thrift::resolve::resolve(&self)
            }
            [] if self.options.language == Some(Language::Thrift) => thrift::resolve::resolve(&self),
            languages => match languages.iter().find(|(_, language)| *language != Language::Avro) {
                Some((path, other)) => Err(other.unsupported(path)),
                None => avro::resolve::resolve(&self),
            },
        }
    }

    pub(crate) fn writer_type(&self) -> Option<&str> {
        self.writer_type.as_ref().or(self.type_name.as_ref()).map(String::as_str)
    }

    pub(crate) fn reader_type(&self) -> Option<&str> {
        self.reader_type.as_ref().or(self.type_name.as_ref()).map(String::as_str)
    }
}

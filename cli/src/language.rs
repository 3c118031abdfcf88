//! The schema languages.

use std::fmt;
use std::path::Path;

use clap::ValueEnum;

use crate::input;
use crate::stop::{Result, Stop};

/// A schema language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Language {
    /// Apache Avro.
    Avro,
    /// Protocol Buffers.
    #[value(alias = "proto")]
    Protobuf,
    /// Apache Thrift.
    Thrift,
}

impl Language {
    /// The language of a schema file: the one asked for, or that of the file's extension.
    pub(crate) fn of(path: &Path, asked: Option<Self>) -> Result<Self> {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let name = input::name(path);
        match (asked, extension) {
            (None | Some(Self::Avro), "avdl") => Err(unsupported(&name, "Avro IDL")),
            (None | Some(Self::Avro), "avpr") => Err(unsupported(&name, "an Avro protocol")),
            (Some(language), _) => Ok(language),
            (None, "avsc") => Ok(Self::Avro),
            (None, "proto") => Ok(Self::Protobuf),
            (None, "thrift") => Ok(Self::Thrift),
            (None, _) if !input::is_stdin(path) && !path.exists() => {
                Err(Stop::Io(format!("{name}: there is no such file or folder")))
            }
            (None, _) => Err(Stop::Usage(format!(
                "{name}: the schema language is not told by an extension (.avsc, .proto, .thrift); say --language avro \
                 or thrift"
            ))),
        }
    }

    /// The extension of the language's schema files in folders.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Avro => "avsc",
            Self::Protobuf => "proto",
            Self::Thrift => "thrift",
        }
    }

    /// The extensions of the schema files in folders, of one language or of all.
    pub(crate) fn extensions(asked: Option<Self>) -> Vec<&'static str> {
        match asked {
            Some(language) => vec![language.extension()],
            None => [Self::Avro, Self::Protobuf, Self::Thrift].map(Self::extension).to_vec(),
        }
    }

    /// Whether files of the language name the files that they need.
    pub(crate) fn has_includes(self) -> bool {
        match self {
            Self::Avro => false,
            Self::Protobuf | Self::Thrift => true,
        }
    }

    /// The error of a command that does not know the language yet.
    pub(crate) fn unsupported(self, path: &Path) -> Stop {
        unsupported(&input::name(path), &format!("{self}"))
    }

    /// The error of a command about something that schemas of Avro have.
    pub(crate) fn lacks(self, what: &str, path: &Path) -> Stop {
        match self {
            Self::Thrift => {
                let name = input::name(path);
                Stop::Usage(format!("{name}: Thrift definitions have no {what}; Avro schemas have one"))
            }
            Self::Avro | Self::Protobuf => self.unsupported(path),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Avro => "Avro",
            Self::Protobuf => "Protobuf",
            Self::Thrift => "Thrift",
        })
    }
}

fn unsupported(name: &str, what: &str) -> Stop {
    Stop::Usage(format!(
        "{name}: {what} is not supported yet; Avro schemas (.avsc) are, and by most commands Thrift files (.thrift)"
    ))
}

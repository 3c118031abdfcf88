//! What readers are taken for.

use clap::{Args, ValueEnum};
use cognate_schema::thrift::resolve::{self, Settings};

/// What readers of Thrift data are taken for.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct ThriftReaders {
    /// Thrift: whether readers fail without a field that is required
    #[arg(long, value_enum, default_value_t)]
    required: Required,
    /// Thrift: whether readers take numbers that an enum has no value for
    #[arg(long, value_enum, default_value_t)]
    enums: Enums,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Required {
    /// They do, as generated code does
    #[default]
    Enforced,
    /// They do not look, so that a change of requiredness breaks nothing
    Ignored,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Enums {
    /// They do; a value that one version lacks is worth a warning
    #[default]
    Open,
    /// They do not; a value that the reader lacks is an error
    Closed,
}

impl ThriftReaders {
    pub(crate) fn settings(self) -> Settings {
        let mut settings = Settings::default();
        settings.required = match self.required {
            Required::Enforced => resolve::Required::Enforced,
            Required::Ignored => resolve::Required::Ignored,
        };
        settings.enums = match self.enums {
            Enums::Open => resolve::Enums::Open,
            Enums::Closed => resolve::Enums::Closed,
        };
        settings
    }
}

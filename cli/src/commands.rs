//! The commands, one file each.

use clap::Subcommand;

use crate::console::Console;
use crate::stop::{Outcome, Result};

mod canon;
mod compile;
mod completions;
mod data_options;
mod decode;
mod encode;
mod fingerprint;
mod sample;
mod validate;

pub(crate) use compile::Compile;
pub(crate) use data_options::{Codec, DataOptions, Framing, Json, OutputOptions, ReadOptions, SchemaChoice};
pub(crate) use decode::Decode;
pub(crate) use encode::Encode;
pub(crate) use sample::Sample;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Validate(validate::Validate),
    Compile(compile::Compile),
    Decode(decode::Decode),
    Encode(encode::Encode),
    Canon(canon::Canon),
    Fingerprint(fingerprint::Fingerprint),
    Sample(sample::Sample),
    Completions(completions::Completions),
}

impl Command {
    pub(crate) fn run(self, console: &Console) -> Result<Outcome> {
        match self {
            Self::Validate(command) => command.run(console),
            Self::Compile(command) => command.run(console),
            Self::Decode(command) => command.run(console),
            Self::Encode(command) => command.run(),
            Self::Canon(command) => command.run(),
            Self::Fingerprint(command) => command.run(),
            Self::Sample(command) => command.run(),
            Self::Completions(command) => command.run(),
        }
    }
}

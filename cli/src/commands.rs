//! The commands, one file each.

use clap::Subcommand;

use crate::console::Console;
use crate::stop::{Outcome, Result};

mod canon;
mod compat;
mod compile;
mod completions;
mod data_options;
mod decode;
mod encode;
mod fingerprint;
mod resolve;
mod rules;
mod sample;
mod validate;

pub(crate) use compat::Compat;
pub(crate) use data_options::{
    Codec, DataOptions, Framing, Json, OutputOptions, Protocol, ReadOptions, SchemaChoice, When,
};
pub(crate) use decode::Decode;
pub(crate) use encode::Encode;
pub(crate) use resolve::{Format as ResolveFormat, Resolve};
pub(crate) use sample::Sample;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Validate(validate::Validate),
    Compat(compat::Compat),
    Compile(compile::Compile),
    Resolve(resolve::Resolve),
    Decode(decode::Decode),
    Encode(encode::Encode),
    Canon(canon::Canon),
    Fingerprint(fingerprint::Fingerprint),
    Sample(sample::Sample),
    Explain(rules::Explain),
    Rules(rules::Rules),
    Completions(completions::Completions),
}

impl Command {
    pub(crate) fn run(self, console: &Console) -> Result<Outcome> {
        match self {
            Self::Validate(command) => command.run(console),
            Self::Compat(command) => command.run(console),
            Self::Compile(command) => command.run(console),
            Self::Resolve(command) => command.run(),
            Self::Decode(command) => command.run(console),
            Self::Encode(command) => command.run(),
            Self::Canon(command) => command.run(),
            Self::Fingerprint(command) => command.run(),
            Self::Sample(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Rules(command) => command.run(),
            Self::Completions(command) => command.run(),
        }
    }
}

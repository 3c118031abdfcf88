//! `encode` for Thrift data, and what else writes it.

use std::path::Path;

use super::data::{self, Content, Item};
use crate::commands::{DataOptions, Encode, Framing, OutputOptions, Protocol};
use crate::frames::{self, Frames, Length};
use crate::input::{self, Input};
use crate::json_lines::JsonLines;
use crate::output::{self, Target};
use crate::schema_files::Dialect;
use crate::stop::{Outcome, Result, Stop};

/// Writes the values of JSON lines.
pub(crate) fn encode(command: &Encode) -> Result<Outcome> {
    if input::is_stdin(&command.file) && command.schema.path().is_some_and(input::is_stdin) {
        return Err(Stop::usage("the schema and the values cannot both come from standard input"));
    }
    data::check(&command.data, command.schema.path().is_some())?;
    let content = Content::chosen(&command.schema, command.data.message, || false)?;
    let options = Options::new(&command.data, &command.output, command.schema.options.thrift.dialect)?;
    let out = command.output.out.as_deref();
    let input = Input::open(&command.file, !output::is_terminal(out))?;
    let limit = command.read.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let form = command.data.json;
    let values = JsonLines::new(input, command.read.max_size, |source| content.read(form, source));
    let target = match out {
        Some(path) if command.append => Target::append(path)?,
        _ => None,
    };
    options.write_to(out, target, &content, values.take(limit))?;
    Ok(Outcome::Clean)
}

/// How values are written.
pub(super) struct Options {
    protocol: Protocol,
    frames: Frames,
}

impl Options {
    pub(super) fn new(data: &DataOptions, output: &OutputOptions, dialect: Dialect) -> Result<Self> {
        if output.codec.is_some() {
            return Err(Stop::usage("--codec is for Avro container files"));
        }
        let length = Length::of(data.framing.unwrap_or(Framing::Raw));
        let frames = Frames { header: Vec::new(), length, hex: data.hex };
        Ok(Self { protocol: data::protocol(data, dialect, None), frames })
    }

    /// Writes values to where `out` says, or behind what is in a target. Unless all can be written, nothing stays.
    pub(super) fn write_to<'a>(
        &self,
        out: Option<&Path>,
        target: Option<Target>,
        content: &Content,
        values: impl Iterator<Item = Result<Item<'a>>>,
    ) -> Result<()> {
        let target = match target {
            Some(target) => target,
            None => Target::create(out, !self.frames.hex)?,
        };
        let name = out.map_or_else(|| "<stdout>".to_owned(), input::name);
        frames::write(&name, target, self.frames.hex, |output| {
            self.frames.write(&name, output, values, |value, bytes| content.encode(self.protocol, value, bytes))
        })
    }
}

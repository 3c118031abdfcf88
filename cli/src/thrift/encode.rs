//! `encode` for Thrift data, and what else writes it.

use std::io::Write;
use std::path::Path;

use cognate_codec::raw::Buffer;
use cognate_schema::Value;

use super::data::{self, Data};
use crate::commands::{DataOptions, Encode, OutputOptions, Protocol};
use crate::hex::HexWriter;
use crate::input::{self, Input};
use crate::json_lines::JsonLines;
use crate::output::{self, Target};
use crate::stop::{Outcome, Result, Stop};

/// Writes the values of JSON lines.
pub(crate) fn encode(command: &Encode) -> Result<Outcome> {
    if input::is_stdin(&command.file) && command.schema.schema.as_deref().is_some_and(input::is_stdin) {
        return Err(Stop::usage("the schema and the values cannot both come from standard input"));
    }
    let data = Data::required(&command.schema, "to encode values")?;
    let options = Options::new(&command.data, &command.output)?;
    let out = command.output.out.as_deref();
    let input = Input::open(&command.file, !output::is_terminal(out))?;
    let limit = command.read.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let form = command.data.json;
    let values = JsonLines::new(input, command.read.max_size, |source| data.read(form, source));
    let target = match out {
        Some(path) if command.append => Target::append(path)?,
        _ => None,
    };
    options.write_to(out, target, &data, values.take(limit))?;
    Ok(Outcome::Clean)
}

/// How values are written.
pub(super) struct Options {
    protocol: Protocol,
    is_delimited: bool,
    hex: bool,
}

/// Bytes that are collected before they are written.
const CHUNK: usize = 64 << 10;

impl Options {
    pub(super) fn new(data: &DataOptions, output: &OutputOptions) -> Result<Self> {
        if output.codec.is_some() {
            return Err(Stop::usage("--codec is for Avro container files"));
        }
        let is_delimited = data::is_delimited(data)?;
        Ok(Self { protocol: data.protocol.unwrap_or_default(), is_delimited, hex: data.hex })
    }

    /// Writes values to where `out` says, or behind what is in a target. Unless all can be written, nothing stays.
    pub(super) fn write_to(
        &self,
        out: Option<&Path>,
        target: Option<Target>,
        data: &Data,
        values: impl Iterator<Item = Result<Value<'static>>>,
    ) -> Result<()> {
        let mut target = match target {
            Some(target) => target,
            None => Target::create(out, !self.hex)?,
        };
        let name = out.map_or_else(|| "<stdout>".to_owned(), input::name);
        let io = |error: std::io::Error| Stop::io_named(&name, &error);
        let mut hex;
        let output: &mut dyn Write = if self.hex {
            hex = HexWriter::new(&mut target);
            &mut hex
        } else {
            &mut target
        };
        match self.write(&name, output, data, values) {
            Ok(()) => target.finish().map_err(io),
            Err(stop) => {
                target.abandon().map_err(io)?;
                Err(stop)
            }
        }
    }

    fn write(
        &self,
        name: &str,
        output: &mut dyn Write,
        data: &Data,
        values: impl Iterator<Item = Result<Value<'static>>>,
    ) -> Result<()> {
        let io = |error: std::io::Error| Stop::io_named(name, &error);
        let (mut bytes, mut body) = (Vec::new(), Vec::new());
        for (index, value) in values.enumerate() {
            let value = value?;
            let fault = |error| Stop::Data(format!("value {index}: {error}"));
            if self.is_delimited {
                body.clear();
                data.encode(self.protocol, &value, &mut body).map_err(fault)?;
                let mut buffer = Buffer::after(std::mem::take(&mut bytes));
                buffer.varint_prefixed(&body);
                bytes = buffer.into_bytes();
            } else {
                data.encode(self.protocol, &value, &mut bytes).map_err(fault)?;
            }
            // As text, each value is a line.
            if self.hex || bytes.len() >= CHUNK {
                output.write_all(&bytes).map_err(io)?;
                bytes.clear();
            }
        }
        if !bytes.is_empty() {
            output.write_all(&bytes).map_err(io)?;
        }
        Ok(())
    }
}

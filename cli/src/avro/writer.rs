//! Values to bytes, in a framing.

use std::io::{self, Write};
use std::path::Path;

use cognate_codec::EncodeError;
use cognate_codec::avro::container::{self, ContainerError, SyncMarker, WriterOptions};
use cognate_codec::avro::single_object;
use cognate_codec::raw::Buffer;
use cognate_schema::Value;
use cognate_schema::avro::Program;

use crate::commands::{Codec, DataOptions, Framing, OutputOptions};
use crate::hex::HexWriter;
use crate::input;
use crate::output::Target;
use crate::stop::{Result, Stop};

/// How values are written.
pub(super) struct Options {
    pub(super) framing: Framing,
    pub(super) codec: Option<Codec>,
    pub(super) hex: bool,
    pub(super) schema_id: Option<u32>,
    pub(super) sync_marker: Option<SyncMarker>,
}

/// Bytes that are collected before they are written.
const CHUNK: usize = 64 << 10;

impl Options {
    /// What the flags stand for: a container file if the name or the codec says so, otherwise raw data.
    pub(super) fn new(data: &DataOptions, output: &OutputOptions) -> Result<Self> {
        let container =
            output.codec.is_some() || output.out.as_deref().is_some_and(|path| has_extension(path, &["avro"]));
        let framing = data.framing.unwrap_or(if container { Framing::Ocf } else { Framing::Raw });
        if framing != Framing::Ocf && output.codec.is_some() {
            return Err(Stop::usage("--codec is for container files (--framing ocf)"));
        }
        match (framing, data.schema_id) {
            (Framing::Confluent, None) => Err(Stop::usage("--framing confluent needs --schema-id")),
            (Framing::Confluent, Some(_)) | (_, None) => {
                Ok(Self { framing, codec: output.codec, hex: data.hex, schema_id: data.schema_id, sync_marker: None })
            }
            (_, Some(_)) => Err(Stop::usage("--schema-id is for --framing confluent")),
        }
    }

    /// Writes values to where `out` says.
    pub(super) fn write_to(
        &self,
        out: Option<&Path>,
        program: &Program,
        values: impl Iterator<Item = Result<Value<'static>>>,
    ) -> Result<()> {
        let mut target = Target::create(out, !self.hex)?;
        let name = out.map_or_else(|| "<stdout>".to_owned(), input::name);
        let mut hex;
        let output: &mut dyn Write = if self.hex {
            hex = HexWriter::new(&mut target);
            &mut hex
        } else {
            &mut target
        };
        let written = match self.framing {
            Framing::Ocf => self.create_container(&name, output, program, values),
            _ => self.write_frames(&name, output, program, values),
        };
        written.and_then(|()| target.finish().map_err(|error| Stop::io_named(&name, &error)))
    }

    /// Goes on with a file. Unless all values can be written, it is left as it was.
    pub(super) fn append_to(
        &self,
        path: &Path,
        mut target: Target,
        program: &Program,
        values: impl Iterator<Item = Result<Value<'static>>>,
    ) -> Result<()> {
        let name = input::name(path);
        let written = match (self.framing, &mut target) {
            (Framing::Ocf, Target::Old { file, .. }) => {
                let writer = self.container_options().append_to(file);
                writer.map_err(|error| container_fault(&name, &error)).and_then(|mut writer| {
                    write_records(&name, &mut writer, program, values)?;
                    writer.finish().map_err(|error| container_fault(&name, &error))?;
                    Ok(())
                })
            }
            (_, target) => self.write_frames(&name, target, program, values),
        };
        let io = |error: io::Error| Stop::io_named(&name, &error);
        match written {
            Ok(()) => target.finish().map_err(io),
            Err(stop) => {
                target.abandon().map_err(io)?;
                Err(stop)
            }
        }
    }

    fn container_options(&self) -> WriterOptions {
        let mut options = WriterOptions::new();
        if let Some(codec) = self.codec {
            options = options.codec(codec.into());
        }
        match self.sync_marker {
            Some(marker) => options.sync_marker(marker),
            None => options,
        }
    }

    fn create_container(
        &self,
        name: &str,
        output: &mut dyn Write,
        program: &Program,
        values: impl Iterator<Item = Result<Value<'static>>>,
    ) -> Result<()> {
        let writer = self.container_options().create(output, program.schema().to_json());
        let mut writer = writer.map_err(|error| container_fault(name, &error))?;
        write_records(name, &mut writer, program, values)?;
        writer.finish().map_err(|error| container_fault(name, &error))?;
        Ok(())
    }

    fn write_frames(
        &self,
        name: &str,
        output: &mut dyn Write,
        program: &Program,
        values: impl Iterator<Item = Result<Value<'static>>>,
    ) -> Result<()> {
        let io = |error: io::Error| Stop::io_named(name, &error);
        let header = self.header(program);
        let (mut bytes, mut body) = (Vec::new(), Vec::new());
        for (index, value) in values.enumerate() {
            bytes.extend_from_slice(&header);
            if self.framing == Framing::Delimited {
                body.clear();
                program.encode_into(&value?, &mut body).map_err(|error| value_fault(index, &error))?;
                let mut buffer = Buffer::after(std::mem::take(&mut bytes));
                buffer.varint_prefixed(&body);
                bytes = buffer.into_bytes();
            } else {
                program.encode_into(&value?, &mut bytes).map_err(|error| value_fault(index, &error))?;
            }
            // As text, each value is a line.
            if self.hex || bytes.len() >= CHUNK {
                output.write_all(&bytes).map_err(io)?;
                bytes.clear();
            }
        }
        output.write_all(&bytes).and_then(|()| output.flush()).map_err(io)
    }

    /// What stands before every value.
    fn header(&self, program: &Program) -> Vec<u8> {
        match self.framing {
            Framing::SingleObject => [&single_object::MARKER[..], &program.schema().rabin().to_le_bytes()].concat(),
            Framing::Confluent => [&[0], &self.schema_id.unwrap_or_default().to_be_bytes()[..]].concat(),
            Framing::Raw | Framing::Ocf | Framing::Delimited => Vec::new(),
        }
    }
}

/// Whether a file's name ends in one of the extensions.
pub(super) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|have| extensions.iter().any(|want| have.eq_ignore_ascii_case(want)))
}

/// The end of a command for an error of a container file that is written.
pub(super) fn container_fault(name: &str, error: &ContainerError) -> Stop {
    match error.io_error() {
        Some(error) => Stop::io_named(name, error),
        None if error.is_corrupt() || error.is_truncated() || error.is_not_container() || error.is_limit() => {
            Stop::data(name, error)
        }
        None => Stop::Usage(format!("{name}: {error}")),
    }
}

fn write_records<W: Write>(
    name: &str,
    writer: &mut container::Writer<W>,
    program: &Program,
    values: impl Iterator<Item = Result<Value<'static>>>,
) -> Result<()> {
    for (index, value) in values.enumerate() {
        let value = value?;
        writer.append_record(|bytes| program.encode_into(&value, bytes).map_err(Fault::Value)).map_err(|fault| {
            match fault {
                Fault::Value(error) => value_fault(index, &error),
                Fault::Container(error) => container_fault(name, &error),
            }
        })?;
    }
    Ok(())
}

enum Fault {
    Value(EncodeError),
    Container(ContainerError),
}

impl From<ContainerError> for Fault {
    fn from(error: ContainerError) -> Self {
        Self::Container(error)
    }
}

fn value_fault(index: usize, error: &EncodeError) -> Stop {
    Stop::Data(format!("value {index}: {error}"))
}

impl From<Codec> for container::Codec {
    fn from(codec: Codec) -> Self {
        match codec {
            Codec::Null => Self::Null,
            Codec::Deflate => Self::Deflate,
            Codec::Snappy => Self::Snappy,
            Codec::Zstandard => Self::Zstandard,
            Codec::Bzip2 => Self::Bzip2,
            Codec::Xz => Self::Xz,
        }
    }
}

//! Values to bytes, in a framing.

use std::io::Write;
use std::path::Path;

use cognate_codec::EncodeError;
use cognate_codec::avro::container::{self, ContainerError, SyncMarker, WriterOptions};
use cognate_codec::avro::single_object;
use cognate_schema::Value;
use cognate_schema::avro::Program;

use crate::commands::{Codec, DataOptions, Framing, OutputOptions};
use crate::frames::{self, Frames, Length};
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
        let name = out.map_or_else(|| "<stdout>".to_owned(), input::name);
        frames::write(&name, Target::create(out, !self.hex)?, self.hex, |output| match self.framing {
            Framing::Ocf => self.create_container(&name, output, program, values),
            _ => self.frames(program).write(&name, output, values, |value, bytes| program.encode_into(value, bytes)),
        })
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
        if self.framing != Framing::Ocf {
            let frames = self.frames(program);
            return frames::write(&name, target, self.hex, |output| {
                frames.write(&name, output, values, |value, bytes| program.encode_into(value, bytes))
            });
        }
        let written = match &mut target {
            Target::Old { file, .. } => {
                let writer = self.container_options().append_to(file);
                writer.map_err(|error| container_fault(&name, &error)).and_then(|mut writer| {
                    write_records(&name, &mut writer, program, values)?;
                    writer.finish().map_err(|error| container_fault(&name, &error))?;
                    Ok(())
                })
            }
            target => self.create_container(&name, target, program, values),
        };
        target.end(written, &name)
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

    /// What stands around every value.
    fn frames(&self, program: &Program) -> Frames {
        let header = match self.framing {
            Framing::SingleObject => [&single_object::MARKER[..], &program.schema().rabin().to_le_bytes()].concat(),
            Framing::Confluent => [&[0], &self.schema_id.unwrap_or_default().to_be_bytes()[..]].concat(),
            Framing::Raw | Framing::Ocf | Framing::Delimited | Framing::Framed => Vec::new(),
        };
        Frames { header, length: Length::of(self.framing), hex: self.hex }
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
                Fault::Value(error) => frames::value_fault(index, &error),
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

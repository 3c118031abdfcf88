//! `decode` for Thrift data.

use cognate_codec::{DecodeError, Limits};
use cognate_schema::Value;
use cognate_schema::thrift::RawStruct;

use super::data::{self, Data};
use super::load;
use crate::commands::{Decode, Json, Protocol};
use crate::delimited;
use crate::faults;
use crate::hex::HexReader;
use crate::input::{self, Input};
use crate::output::{self, Lines};
use crate::stop::{Outcome, Result, Stop};
use crate::window::Window;

/// Prints the structs of a file.
pub(crate) fn decode(command: &Decode) -> Result<Outcome> {
    let inputs = [Some(command.file.as_path()), command.schema.schema.as_deref(), command.reader_schema.as_deref()];
    if inputs.into_iter().flatten().filter(|path| input::is_stdin(path)).count() > 1 {
        return Err(Stop::usage("the schema and the data cannot both come from standard input"));
    }
    if command.skip_corrupt || command.header {
        return Err(Stop::usage("--header and --skip-corrupt are for Avro container files"));
    }
    let is_delimited = data::is_delimited(&command.data)?;
    // Thrift data tells its fields, so that a reader needs nothing of the writer's schema.
    let data = match &command.reader_schema {
        Some(path) => Some(load::choose(path, command.reader_type.as_deref(), &command.schema.options)?),
        None => Data::chosen(&command.schema)?,
    };
    if data.is_none() && command.data.json == Json::Thrift {
        return Err(Stop::usage("--json thrift needs --schema, which tells text from bytes"));
    }
    let mut input = Input::open(&command.file, !output::is_terminal(None))?;
    if command.data.hex {
        input = input.map(|text| Box::new(HexReader::new(text)));
    }
    let (name, live) = (input.name().to_owned(), input.is_live());
    let mut stream = Stream {
        name,
        live,
        window: Window::new(input),
        data,
        protocol: command.data.protocol.unwrap_or_default(),
        form: command.data.json,
        limits: Limits::default().with_depth(command.max_depth),
        max_size: command.read.max_size,
        index: 0,
    };
    let mut lines = Lines::new();
    while command.read.limit.is_none_or(|limit| stream.index < limit) && stream.print_next(is_delimited, &mut lines)? {}
    lines.flush()?;
    Ok(Outcome::Clean)
}

struct Stream {
    name: String,
    live: bool,
    window: Window<Input>,
    /// Without it, values are printed with all that the wire says of them.
    data: Option<Data>,
    protocol: Protocol,
    form: Json,
    limits: Limits,
    max_size: usize,
    /// The number of the next value, counted from 0.
    index: u64,
}

enum Read<'a> {
    Typed(Value<'a>),
    Raw(RawStruct<'a>),
}

impl Stream {
    /// Prints a value; says whether there was one.
    fn print_next(&mut self, is_delimited: bool, lines: &mut Lines) -> Result<bool> {
        loop {
            if self.window.bytes().is_empty() && self.window.ended() {
                return Ok(false);
            }
            let used = if is_delimited { self.print_delimited(lines)? } else { self.print_open(lines)? };
            if let Some(used) = used {
                self.window.consume(used);
                self.index += 1;
                return Ok(true);
            }
            if self.live {
                lines.flush()?;
            }
            let have = self.window.bytes().len();
            if have >= self.max_size {
                return Err(self.too_large(have));
            }
            self.window.extend().map_err(|error| faults::reading(&self.name, &error))?;
        }
    }

    /// The bytes that were used; `None` when there are too few.
    fn print_open(&self, lines: &mut Lines) -> Result<Option<usize>> {
        let bytes = self.window.bytes();
        if bytes.is_empty() {
            return Ok(None);
        }
        match self.read(bytes) {
            Ok((read, used)) => {
                self.print(&read, lines)?;
                Ok(Some(used))
            }
            // A claim of more items than there are bytes for is one of the cases.
            Err(error) if !self.window.ended() && error.is_truncated() => Ok(None),
            Err(error) => Err(self.value_fault(0, &error)),
        }
    }

    fn print_delimited(&self, lines: &mut Lines) -> Result<Option<usize>> {
        let bytes = self.window.bytes();
        let Some((size, before)) = delimited::length(bytes).map_err(|problem| self.fault(problem))? else {
            return if self.window.ended() {
                Err(self.fault("the input ends within the length before a value"))
            } else {
                Ok(None)
            };
        };
        if size > self.max_size {
            return Err(self.too_large(size));
        }
        let Some(value) = bytes.get(before..before + size) else {
            let left = bytes.len().saturating_sub(before);
            let problem = format!("the input ends within the value ({size} bytes needed, {left} left)");
            return if self.window.ended() { Err(self.fault(&problem)) } else { Ok(None) };
        };
        match self.read(value) {
            Ok((read, used)) if used == size => self.print(&read, lines)?,
            Ok((_, used)) => {
                return Err(self.fault(&format!("the value takes {used} of the {size} bytes before the next")));
            }
            Err(error) => return Err(self.value_fault(before, &error)),
        }
        Ok(Some(before + size))
    }

    fn read<'a>(&self, bytes: &'a [u8]) -> Result<(Read<'a>, usize), DecodeError> {
        match &self.data {
            Some(data) => {
                data.decode(self.protocol, bytes, self.limits).map(|(value, used)| (Read::Typed(value), used))
            }
            None => data::decode_raw(self.protocol, bytes, self.limits).map(|(raw, used)| (Read::Raw(raw), used)),
        }
    }

    #[cold]
    fn value_fault(&self, before: usize, error: &DecodeError) -> Stop {
        let at = |inside: usize| self.window.offset() + u64::try_from(inside).unwrap_or_default();
        let (start, place, index) = (at(0), at(before + error.offset()), self.index);
        let reason = faults::reason(error);
        Stop::data(&self.name, format_args!("value {index} at byte {start}: {reason} (byte {place} of the input)"))
    }

    #[cold]
    fn fault(&self, problem: &str) -> Stop {
        Stop::data(&self.name, format_args!("value {} at byte {}: {problem}", self.index, self.window.offset()))
    }

    #[cold]
    fn too_large(&self, size: usize) -> Stop {
        let limit = self.max_size;
        self.fault(&format!("the value takes {size} bytes or more, over the limit of {limit}, which --max-size raises"))
    }

    fn print(&self, read: &Read<'_>, lines: &mut Lines) -> Result<()> {
        lines.line(|text| match (read, &self.data) {
            (Read::Typed(value), Some(data)) => data.print(value, self.form, text),
            (Read::Typed(_), None) => {}
            (Read::Raw(raw), _) => raw.write_json(text),
        })
    }
}

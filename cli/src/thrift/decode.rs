//! `decode` for Thrift data.

use cognate_codec::{DecodeErrorKind, Limits};

use super::data::{self, Content, Item};
use super::load;
use super::start::{self, Start};
use crate::commands::{Decode, Framing, Json, Protocol, SchemaChoice};
use crate::frames::{self, Extent, Fault, Length, Printed, Values};
use crate::hex::HexReader;
use crate::input::{self, Input};
use crate::output::{self, Lines};
use crate::stop::{Outcome, Result, Stop};

/// Prints the values of a file.
pub(crate) fn decode(command: &Decode) -> Result<Outcome> {
    let inputs = [Some(command.file.as_path()), command.schema.path(), command.reader_schema.as_deref()];
    if inputs.into_iter().flatten().filter(|path| input::is_stdin(path)).count() > 1 {
        return Err(Stop::usage("the schema and the data cannot both come from standard input"));
    }
    if command.skip_corrupt || command.header {
        return Err(Stop::usage("--header and --skip-corrupt are for Avro container files"));
    }
    check_writer(command)?;
    let choice = choice(command);
    data::check(&command.data, choice.path().is_some())?;
    let mut input = Input::open(&command.file, !output::is_terminal(None))?;
    if command.data.hex {
        input = input.map(|text| Box::new(HexReader::new(text)));
    }
    let (message, framing) = (command.data.message, command.data.framing);
    // Input that comes slowly is only waited for where something depends on how it begins.
    let content = Content::chosen(&choice, message, || Start::of(&input.peek(start::HEAD), framing).is_some())?;
    let told = content.is_messages().then(|| Start::of(&input.peek(start::HEAD), framing)).flatten();
    let framing = framing.or(told.map(|start| start.framing)).unwrap_or(Framing::Raw);
    let mut stream = Stream {
        protocol: data::protocol(&command.data, choice.options.thrift.dialect, told.map(|start| start.protocol)),
        is_protocol_given: command.data.protocol.is_some(),
        form: command.data.json,
        limits: command.limits(Limits::THRIFT),
        left: command.read.limit,
        lines: Lines::new(),
        is_first: true,
        content,
    };
    frames::print(input, Length::of(framing), command.read.max_size, &mut stream)?;
    Ok(Outcome::Clean)
}

/// Looks for the writer's type where the reader's is what data is read with, so that a name which is wrong is told.
fn check_writer(command: &Decode) -> Result<()> {
    if command.reader_schema.is_some()
        && let Some(path) = command.schema.path()
    {
        let program = load::at(path, &command.schema.options)?;
        command.schema.type_name.as_deref().map(|name| load::named(&program, name)).transpose()?;
    }
    Ok(())
}

/// The schema that is read with. Thrift data tells its fields, so that a reader needs nothing of the writer's.
fn choice(command: &Decode) -> SchemaChoice {
    match &command.reader_schema {
        Some(path) => SchemaChoice {
            schema: vec![path.clone()],
            type_name: command.reader_type.clone().or_else(|| command.schema.type_name.clone()),
            options: command.schema.options.clone(),
        },
        None => command.schema.clone(),
    }
}

struct Stream {
    content: Content,
    protocol: Protocol,
    /// Whether nobody has to ask whether it is another one.
    is_protocol_given: bool,
    form: Json,
    limits: Limits,
    /// How many values are still wanted, where that is bounded.
    left: Option<u64>,
    lines: Lines,
    /// Whether nothing was printed yet.
    is_first: bool,
}

impl Values for Stream {
    fn prefix(&mut self, _: &[u8]) -> Result<Option<usize>, String> {
        Ok(Some(0))
    }

    fn print(&mut self, bytes: &[u8], extent: Extent) -> Result<Printed> {
        let mut printed = Printed::default();
        loop {
            let rest = bytes.get(printed.bytes..).unwrap_or_default();
            match self.one(rest, extent) {
                Ok((item, used)) => {
                    self.lines.line(|text| self.content.print(&item, self.form, text))?;
                    self.left = self.left.map(|left| left.saturating_sub(1));
                    self.is_first = false;
                    printed.bytes += used;
                    printed.values += 1;
                }
                Err(fault) => {
                    printed.fault = Some(fault.behind(printed.bytes));
                    return Ok(printed);
                }
            }
            if extent != Extent::Run || printed.bytes >= bytes.len() || self.is_done() {
                return Ok(printed);
            }
        }
    }

    fn is_done(&self) -> bool {
        self.left == Some(0)
    }

    fn flush(&mut self) -> Result<()> {
        self.lines.flush()
    }

    fn takes_no_bytes(&self) -> bool {
        false
    }
}

impl Stream {
    fn one<'a>(&self, bytes: &'a [u8], extent: Extent) -> Result<(Item<'a>, usize), Fault> {
        let (item, used) =
            self.content.decode(self.protocol, bytes, self.limits).map_err(|fault| self.helped(fault, bytes))?;
        match bytes.len() - used {
            left if left > 0 && extent == Extent::Whole => {
                Err(Fault::Other(format!("the value takes {used} of its {} bytes, and {left} are left", bytes.len())))
            }
            _ if self.form == Json::Thrift && item.has_unknown_body() => {
                Err(Fault::Other("--json thrift is for methods that the schema has".to_owned()))
            }
            _ => Ok((item, used)),
        }
    }

    /// Adds what the first bytes of data may be, when they are not what is asked for.
    #[cold]
    fn helped(&self, mut fault: Fault, bytes: &[u8]) -> Fault {
        if let Fault::Decode { error, help, .. } = &mut fault
            && self.is_first
            && matches!(error.kind(), DecodeErrorKind::InvalidTypeCode(_))
        {
            match Start::of(bytes, None) {
                Some(_) if !self.content.is_messages() => {
                    "the data begins like a message, which is read where --type names no struct".clone_into(help);
                }
                _ if !self.is_protocol_given => {
                    "it is read in the Binary protocol, and --protocol names others".clone_into(help);
                }
                _ => {}
            }
        }
        fault
    }
}

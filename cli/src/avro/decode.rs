//! `decode` for Avro data.

use std::num::NonZeroUsize;

use cognate_codec::avro::container::{MAGIC, ParallelOptions};
use cognate_codec::avro::single_object;
use cognate_schema::avro::Schema;

use super::printer::Printer;
use super::writer::has_extension;
use super::{container, frames, header, load, read_plan};
use crate::commands::{Decode, Framing};
use crate::console::Console;
use crate::frames::{Length, print};
use crate::hex::HexReader;
use crate::input::{self, Input};
use crate::output;
use crate::stop::{Outcome, Result, Stop};

/// Prints the values of a file.
pub(crate) fn decode(command: &Decode, console: &Console) -> Result<Outcome> {
    let inputs = [Some(command.file.as_path()), command.schema.schema.as_deref(), command.reader_schema.as_deref()];
    if inputs.into_iter().flatten().filter(|path| input::is_stdin(path)).count() > 1 {
        return Err(Stop::usage("the schema and the data cannot both come from standard input"));
    }
    let schema = load::chosen(&command.schema)?;
    let reader = load::reader(command)?;
    let mut printer = Printer::new(command)?;
    let mut input = Input::open(&command.file, !output::is_terminal(None))?;
    if command.data.hex {
        input = input.map(|text| Box::new(HexReader::new(text)));
    }
    let framing = match command.data.framing {
        Some(framing) => framing,
        None => guess(command, &mut input, schema.as_ref()),
    };
    check_flags(command, framing)?;
    match (framing, schema) {
        (Framing::Ocf, schema) if command.header => header::print(input, schema.as_ref(), command.read.max_size),
        (Framing::Ocf, schema) => {
            let options = container::Options {
                expected: schema.as_ref(),
                reader: reader.as_ref(),
                max_size: command.read.max_size,
                skip_corrupt: command.skip_corrupt,
                jobs: jobs(command),
            };
            container::decode(input, &options, &mut printer, console)
        }
        (_, None) => Err(Stop::Usage(format!(
            "{}: --schema is needed: the data is no Avro container file, which would bring its own",
            input.name()
        ))),
        (framing, Some(schema)) => {
            let mut stream = frames::Stream {
                framing,
                fingerprint: schema.rabin(),
                schema_id: command.data.schema_id,
                empty: read_plan(&schema, None).decode(&[], printer.limits).is_ok(),
                plan: &read_plan(&schema, reader.as_ref()),
                printer: &mut printer,
            };
            print(input, Length::of(framing), command.read.max_size, &mut stream)?;
            Ok(Outcome::Clean)
        }
    }
}

/// The threads that are asked for, where it is not one. Their stacks are as deep as values may be.
fn jobs(command: &Decode) -> Option<ParallelOptions> {
    let options = match NonZeroUsize::new(command.jobs) {
        None => ParallelOptions::available(),
        Some(jobs) => ParallelOptions::new(jobs),
    };
    let depth = usize::try_from(command.max_depth).unwrap_or(usize::MAX);
    (options.jobs() > NonZeroUsize::MIN).then(|| options.stack_size(stack(depth)))
}

/// The stack that values of a depth are decoded and printed in, in bytes.
fn stack(depth: usize) -> usize {
    const LEAST: usize = 4 << 20;
    const OF_LEVEL: usize = 24 << 10;
    LEAST + OF_LEVEL.saturating_mul(depth)
}

fn guess(command: &Decode, input: &mut Input, schema: Option<&Schema>) -> Framing {
    let head = input.peek(single_object::HEADER_LEN);
    let message = schema.map(|schema| [&single_object::MARKER[..], &schema.rabin().to_le_bytes()].concat());
    // A file of that name without the magic is a container file at fault, which its reader explains.
    let named = schema.is_none() && has_extension(&command.file, &["avro"]);
    if named || head.starts_with(&MAGIC) {
        Framing::Ocf
    } else if message.is_some_and(|message| head == message) {
        Framing::SingleObject
    } else {
        Framing::Raw
    }
}

fn check_flags(command: &Decode, framing: Framing) -> Result<()> {
    if framing != Framing::Ocf && command.header {
        return Err(Stop::usage("--header is for Avro container files, and the data is none"));
    }
    if framing != Framing::Ocf && command.skip_corrupt {
        return Err(Stop::usage("--skip-corrupt is for Avro container files; other data has no marks to go on at"));
    }
    if framing != Framing::Confluent && command.data.schema_id.is_some() {
        return Err(Stop::usage("--schema-id is for --framing confluent"));
    }
    Ok(())
}

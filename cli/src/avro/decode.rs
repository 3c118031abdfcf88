//! `decode` for Avro data.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use cognate_codec::Limits;
use cognate_codec::avro::container::{MAGIC, ParallelOptions};
use cognate_codec::avro::single_object;
use cognate_schema::avro::{ReadPlan, Schema, SchemaMap};

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
    let schemas = command.schema.schema.iter().chain(&command.reader_schema).map(PathBuf::as_path);
    if schemas.chain([command.file.as_path()]).filter(|path| input::is_stdin(path)).count() > 1 {
        return Err(Stop::usage("the schema and the data cannot both come from standard input"));
    }
    let schemas = load::all(&command.schema)?;
    let reader = load::reader(command)?;
    let mut printer = Printer::new(command)?;
    let mut input = Input::open(&command.file, !output::is_terminal(None))?;
    if command.data.hex {
        input = input.map(|text| Box::new(HexReader::new(text)));
    }
    let framing = match command.data.framing {
        Some(framing) => framing,
        None => guess(command, &mut input, &schemas),
    };
    check_flags(command, framing)?;
    if framing != Framing::SingleObject {
        command.schema.only_one()?;
    }
    match (framing, schemas.first()) {
        (Framing::Ocf, schema) if command.header => header::print(input, schema, command.read.max_size),
        (Framing::Ocf, schema) => {
            let options = container::Options {
                expected: schema,
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
                schema_id: command.data.schema_id,
                empty: read_plan(schema, None).decode(&[], printer.limits).is_ok(),
                plans: plans(&schemas, reader.as_ref())?,
                current: 0,
                printer: &mut printer,
            };
            print(input, Length::of(framing), command.read.max_size, &mut stream)?;
            Ok(Outcome::Clean)
        }
    }
}

/// How the data of each schema is read, by its fingerprint. What several schemas of one fingerprint may differ in must not matter.
fn plans(schemas: &[Schema], reader: Option<&Schema>) -> Result<Vec<(u64, ReadPlan)>> {
    let known = SchemaMap::new();
    let plan = |schema: &Schema| {
        let fingerprint = known.add(schema).map_err(|clash| Stop::Usage(format!("several --schema: {clash}")))?;
        Ok((fingerprint, read_plan(schema, reader)))
    };
    schemas.iter().map(plan).collect()
}

/// The threads that are asked for, where it is not one. Their stacks are as deep as values may be.
fn jobs(command: &Decode) -> Option<ParallelOptions> {
    let options = match NonZeroUsize::new(command.jobs) {
        None => ParallelOptions::available(),
        Some(jobs) => ParallelOptions::new(jobs),
    };
    let depth = usize::try_from(command.limits(Limits::DEFAULT).depth()).unwrap_or(usize::MAX);
    (options.jobs() > NonZeroUsize::MIN).then(|| options.stack_size(stack(depth)))
}

/// The stack that values of a depth are decoded and printed in, in bytes.
fn stack(depth: usize) -> usize {
    const LEAST: usize = 4 << 20;
    const OF_LEVEL: usize = 24 << 10;
    LEAST + OF_LEVEL.saturating_mul(depth)
}

fn guess(command: &Decode, input: &mut Input, schemas: &[Schema]) -> Framing {
    let head = input.peek(single_object::HEADER_LEN);
    let is_of = |schema: &Schema| head == [&single_object::MARKER[..], &schema.rabin().to_le_bytes()].concat();
    // A file of that name without the magic is a container file at fault, which its reader explains.
    let named = schemas.is_empty() && has_extension(&command.file, &["avro"]);
    if named || head.starts_with(&MAGIC) {
        Framing::Ocf
    } else if schemas.iter().any(is_of) {
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

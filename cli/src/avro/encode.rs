//! `encode` for Avro data.

use std::io::Seek;
use std::path::Path;

use cognate_codec::avro::container::Header;
use cognate_schema::avro::{Program, Schema};

use super::printer::json_form;
use super::writer::{self, Options};
use super::{container, load};
use crate::commands::{Encode, Framing};
use crate::input::{self, Input};
use crate::json_lines::JsonLines;
use crate::output::{self, Target};
use crate::stop::{Outcome, Result, Stop};

/// Writes the values of JSON lines.
pub(crate) fn encode(command: &Encode) -> Result<Outcome> {
    if input::is_stdin(&command.file) && command.schema.path().is_some_and(input::is_stdin) {
        return Err(Stop::usage("the schema and the values cannot both come from standard input"));
    }
    let options = Options::new(&command.data, &command.output)?;
    let form = json_form(command.data.json)?;
    let out = command.output.out.as_deref();
    let old = match out {
        Some(path) if command.append => Target::append(path)?.map(|target| (path, target)),
        _ => None,
    };
    let mut schema = load::chosen(&command.schema)?;
    if let Some((path, target)) = &old
        && options.framing == Framing::Ocf
    {
        schema = Some(schema_of(path, target, schema.as_ref())?);
    }
    let Some(schema) = schema else { return Err(Stop::usage("--schema is needed to encode values")) };
    let program = Program::new(&schema);
    let input = Input::open(&command.file, !output::is_terminal(out))?;
    let limit = command.read.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let values = JsonLines::new(input, command.read.max_size, |source| program.read_json(source, form)).take(limit);
    match old {
        Some((path, target)) => options.append_to(path, target, &program, values)?,
        None => options.write_to(out, &program, values)?,
    }
    Ok(Outcome::Clean)
}

/// The schema of a container file that is gone on with.
fn schema_of(path: &Path, target: &Target, expected: Option<&Schema>) -> Result<Schema> {
    let name = input::name(path);
    let Target::Old { file, .. } = target else { return Err(Stop::usage("only files can be gone on with")) };
    let mut file = file;
    file.rewind().map_err(|error| Stop::io(path, &error))?;
    let header = Header::read(file).map_err(|error| writer::container_fault(&name, &error))?;
    container::schema(&name, &header, expected)
}

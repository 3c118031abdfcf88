//! Random values as JSON lines.

use std::io::Write;
use std::path::Path;

use cognate_schema::Value;

use crate::input;
use crate::output::Target;
use crate::stop::{Result, Stop};

/// Bytes that are collected before they are written.
const CHUNK: usize = 64 << 10;

/// Writes each value as a line to where `out` says.
pub(crate) fn print(
    out: Option<&Path>,
    values: impl Iterator<Item = Result<Value<'static>>>,
    write: impl Fn(&Value<'_>, &mut String),
) -> Result<()> {
    let mut target = Target::create(out, false)?;
    let name = out.map_or_else(|| "<stdout>".to_owned(), input::name);
    let mut text = String::new();
    for value in values {
        write(&value?, &mut text);
        text.push('\n');
        if text.len() >= CHUNK {
            target.write_all(text.as_bytes()).map_err(|error| Stop::io_named(&name, &error))?;
            text.clear();
        }
    }
    let written = target.write_all(text.as_bytes()).and_then(|()| target.finish());
    written.map_err(|error| Stop::io_named(&name, &error))
}

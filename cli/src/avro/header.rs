//! The header of a container file as JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cognate_codec::avro::container::Header;
use cognate_schema::SourceFile;
use cognate_schema::avro::Schema;
use cognate_schema::json::{self, write_compact, write_string};

use super::{container, faults};
use crate::hex;
use crate::input::Input;
use crate::output;
use crate::stop::{Outcome, Result};

/// What is in the metadata and printed apart from it.
const APART: [&str; 2] = ["avro.schema", "avro.codec"];

/// Prints the header, reading no block. That the schema is one is not asked for, unless it should be an expected one.
pub(super) fn print(input: Input, expected: Option<&Schema>, max_size: usize) -> Result<Outcome> {
    let name = input.name().to_owned();
    let header = Header::read_with_limits(input, &container::limits(max_size));
    let header = header.map_err(|error| faults::container(&name, &error))?;
    if expected.is_some() {
        container::schema(&name, &header, expected)?;
    }
    output::print(&format!("{}\n", json::pretty(&text(&header))))?;
    Ok(Outcome::Clean)
}

fn text(header: &Header) -> String {
    let mut out = String::from("{\"schema\":");
    let mut problems = Vec::new();
    match json::parse(&SourceFile::new("", header.schema()), &mut problems) {
        Some(schema) => write_compact(&schema, &mut out),
        None => write_string(header.schema(), &mut out),
    }
    out.push_str(",\"codec\":");
    write_string(header.codec_name(), &mut out);
    out.push_str(",\"sync_marker\":");
    write_string(&hex::text(&header.sync_marker()), &mut out);
    out.push_str(",\"metadata\":{");
    let entries = header.metadata().iter().filter(|(key, _)| !APART.contains(&key.as_str()));
    for (index, (key, value)) in entries.enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(key, &mut out);
        out.push(':');
        if let Ok(text) = str::from_utf8(value) {
            write_string(text, &mut out);
        } else {
            out.push_str("{\"base64\":");
            write_string(&STANDARD.encode(value), &mut out);
            out.push('}');
        }
    }
    out.push_str("}}");
    out
}

//! `resolve` for Avro schemas.

use cognate_schema::avro::resolve::{UnionOrder, resolve as plan};
use serde::Serialize;

use super::fates::{Fate, Row, Side, rows};
use super::load;
use crate::commands::{Resolve, ResolveFormat};
use crate::output;
use crate::stop::{Outcome, Result};

#[derive(Serialize)]
struct Output<'a> {
    compatible: bool,
    fields: &'a [Row],
}

/// Prints what becomes of the writer's values.
pub(crate) fn resolve(command: &Resolve) -> Result<Outcome> {
    let writer = load::choose(&command.writer, ("--writer-type", command.writer_type.as_deref()), &command.options)?;
    let reader = load::choose(&command.reader, ("--reader-type", command.reader_type.as_deref()), &command.options)?;
    let resolution = plan(&writer, &reader, UnionOrder::default());
    let rows = rows(&writer, &reader, &resolution);
    let compatible = resolution.is_compatible();
    output::print(&match command.format {
        ResolveFormat::Text => table(&rows),
        // Nothing that is serialized here can fail.
        ResolveFormat::Json => {
            serde_json::to_string_pretty(&Output { compatible, fields: &rows }).unwrap_or_default() + "\n"
        }
    })?;
    Ok(Outcome::clean_if(compatible))
}

fn table(rows: &[Row]) -> String {
    let head = ["field", "writer", "reader", "fate", "why"].map(str::to_owned);
    let side = |side: &Option<Side>| side.as_ref().map_or_else(|| "-".to_owned(), |side| side.ty.clone());
    let cells = rows.iter().map(|row| {
        let path = if row.path.is_empty() { "(value)" } else { &row.path };
        [path.to_owned(), side(&row.writer), side(&row.reader), row.fate.word().to_owned(), row.why.clone()]
    });
    let lines: Vec<_> = std::iter::once(head).chain(cells).collect();
    let mut widths = [0; 5];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &[String; 5]| {
        let padded: Vec<_> = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    lines.iter().map(line).collect()
}

impl Fate {
    fn word(self) -> &'static str {
        match self {
            Self::Copy => "copy",
            Self::Promote => "promote",
            Self::Convert => "convert",
            Self::Alias => "alias",
            Self::Default => "default",
            Self::Skip => "skip",
            Self::Fault => "fault",
        }
    }
}

//! What becomes of each field of a writer's data: a table.

use cognate_schema::source::Position;
use serde::Serialize;

use crate::commands::ResolveFormat;
use crate::output;
use crate::stop::{Outcome, Result};

/// What becomes of a place.
#[derive(Serialize)]
pub(crate) struct Row {
    /// The way, by the reader's names; for what is skipped by the writer's.
    pub(crate) path: String,
    pub(crate) writer: Option<Side>,
    pub(crate) reader: Option<Side>,
    pub(crate) fate: Fate,
    pub(crate) why: String,
}

/// A place in one of the schemas.
#[derive(Serialize)]
pub(crate) struct Side {
    #[serde(rename = "type")]
    ty: String,
    path: String,
    line: usize,
    column: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Fate {
    /// The bytes are taken as they are.
    Copy,
    /// A number or text becomes a wider one.
    Promote,
    /// What is inside changes.
    Convert,
    /// The writer's field has another name.
    Alias,
    /// The writer has no such field.
    Default,
    /// The writer has no such field, and there is no default.
    Absent,
    /// The reader has no such field.
    Skip,
    /// The reader's field is of another kind, so that the writer's is skipped.
    Drop,
    /// It cannot be read.
    Fault,
}

#[derive(Serialize)]
struct Output<'a> {
    compatible: bool,
    fields: &'a [Row],
}

impl Side {
    pub(crate) fn new(ty: String, path: String, at: Position) -> Self {
        Self { ty, path, line: at.line, column: at.column }
    }
}

/// Prints what becomes of the writer's values.
pub(crate) fn print(rows: &[Row], compatible: bool, format: ResolveFormat) -> Result<Outcome> {
    output::print(&match format {
        ResolveFormat::Text => table(rows),
        // Nothing that is serialized here can fail.
        ResolveFormat::Json => {
            serde_json::to_string_pretty(&Output { compatible, fields: rows }).unwrap_or_default() + "\n"
        }
    })?;
    Ok(Outcome::clean_if(compatible))
}

/// The widest column of a table, in characters.
const WIDEST: usize = 200;

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
            // What is longer stands out of its column.
            *width = (*width).max(cell.chars().count()).min(WIDEST);
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
            Self::Absent => "absent",
            Self::Skip => "skip",
            Self::Drop => "drop",
            Self::Fault => "fault",
        }
    }
}

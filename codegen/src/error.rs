//! What goes wrong when source is generated.

use std::{
    fmt::{self, Write as _},
    io,
    path::{Path, PathBuf},
};

use cognate_schema::{Diagnostic, Diagnostics};

/// Why no source was generated. Printed, it says what and where, for a person who reads the output of a build.
pub struct Error(Box<Kind>);

enum Kind {
    Schemas(Diagnostics),
    Io { path: PathBuf, error: io::Error },
    NoOutDir,
    NoSchemas(PathBuf),
    Facade(String),
}

impl Error {
    /// What is wrong with the schemas, when they are at fault.
    pub fn diagnostics(&self) -> Option<&Diagnostics> {
        match &*self.0 {
            Kind::Schemas(diagnostics) => Some(diagnostics),
            _ => None,
        }
    }

    /// Whether a file could not be read or written.
    pub fn is_io(&self) -> bool {
        matches!(*self.0, Kind::Io { .. })
    }

    pub(crate) fn schemas(diagnostics: Diagnostics) -> Self {
        Self(Box::new(Kind::Schemas(diagnostics)))
    }

    pub(crate) fn io(path: &Path, error: io::Error) -> Self {
        Self(Box::new(Kind::Io { path: path.to_owned(), error }))
    }

    pub(crate) fn no_out_dir() -> Self {
        Self(Box::new(Kind::NoOutDir))
    }

    pub(crate) fn no_schemas(path: &Path) -> Self {
        Self(Box::new(Kind::NoSchemas(path.to_owned())))
    }

    pub(crate) fn facade(path: &str) -> Self {
        Self(Box::new(Kind::Facade(path.to_owned())))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Kind::Io { error, .. } => Some(error),
            Kind::Schemas(diagnostics) => Some(diagnostics),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Kind::Schemas(diagnostics) => {
                let texts: Vec<String> = diagnostics.as_slice().iter().map(with_source).collect();
                f.write_str(&texts.join("\n"))
            }
            Kind::Io { path, error } => write!(f, "{}: {error}", path.display()),
            Kind::NoOutDir => {
                f.write_str("OUT_DIR is not set: call this from a build.rs, or say where to with `Config::out_dir`")
            }
            Kind::NoSchemas(path) => {
                write!(f, "{}: no schema files (.avsc, .thrift) are in this folder", path.display())
            }
            Kind::Facade(path) => write!(f, "`{path}` is no path of a crate or module"),
        }
    }
}

/// A build script that returns the error has it printed in this form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('\n')?;
        fmt::Display::fmt(self, f)
    }
}

/// A problem with the line where it is.
fn with_source(diagnostic: &Diagnostic) -> String {
    let Diagnostic { severity, rule, message, .. } = diagnostic;
    let mut text = format!("{severity}[{}]: {message}\n", rule.id);
    if let Some(label) = diagnostic.place() {
        let (start, end) = (label.start(), label.end());
        let _ = writeln!(text, "  --> {}:{}:{}", label.source.path(), start.line, start.column);
        if let Some(line) = label.source.text().lines().nth(start.line.saturating_sub(1)) {
            let before = start.column.saturating_sub(1);
            let length = line.chars().count().saturating_sub(before);
            let width = if end.line == start.line { end.column - start.column } else { length };
            // A minified schema is one line of any length.
            let (skipped, shown) = window(line, before);
            let marks = "^".repeat(width.clamp(1, shown.chars().count().saturating_sub(before - skipped).max(1)));
            let _ = writeln!(text, "   | {shown}\n   | {}{marks}", " ".repeat(before - skipped));
        }
    }
    for note in &diagnostic.notes {
        let _ = writeln!(text, "   = {note}");
    }
    text
}

/// The part of a line around a place: how many characters are left out before it, and the part.
fn window(line: &str, place: usize) -> (usize, String) {
    const MOST: usize = 100;
    let skipped = place.saturating_sub(MOST / 2);
    let printable = |(position, each): (usize, char)| match each {
        _ if position == 0 && skipped > 0 => '…',
        each if each.is_control() => ' ',
        each => each,
    };
    (skipped, line.chars().skip(skipped).take(MOST).enumerate().map(printable).collect())
}

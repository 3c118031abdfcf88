//! How commands end.

use std::fmt;
use std::io;
use std::path::Path;

use cognate_schema::Diagnostic;

use crate::console::Console;

/// How a command ended that did its work to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub(crate) enum Outcome {
    /// All is well.
    Clean,
    /// There are findings, and they are printed.
    Findings,
}

/// Why a command stopped before the end of its work.
#[derive(Debug)]
pub(crate) enum Stop {
    /// It was called in a way that makes no sense.
    Usage(String),
    /// Input or output failed.
    Io(String),
    /// The data is not what it should be.
    Data(String),
    /// Texts that stand for something have problems, drawn from `first_line` on.
    Diagnostics { diagnostics: Vec<Diagnostic>, first_line: usize },
    /// Schemas that something was to be said about have problems themselves, so that nothing can be said.
    Unusable { what: String, diagnostics: Vec<Diagnostic> },
    /// The reader of the output went away.
    ClosedPipe,
}

pub(crate) type Result<T, E = Stop> = std::result::Result<T, E>;

const CLEAN: u8 = 0;
const FINDINGS: u8 = 1;
const FAILURE: u8 = 2;

impl Outcome {
    pub(crate) fn exit_code(self) -> u8 {
        match self {
            Self::Clean => CLEAN,
            Self::Findings => FINDINGS,
        }
    }

    pub(crate) fn clean_if(clean: bool) -> Self {
        if clean { Self::Clean } else { Self::Findings }
    }
}

impl Stop {
    pub(crate) fn usage(text: impl Into<String>) -> Self {
        Self::Usage(text.into())
    }

    pub(crate) fn data(name: &str, problem: impl fmt::Display) -> Self {
        Self::Data(format!("{name}: {problem}"))
    }

    pub(crate) fn io(path: &Path, error: &io::Error) -> Self {
        Self::io_named(&path.display().to_string(), error)
    }

    pub(crate) fn io_named(name: &str, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::ClosedPipe;
        }
        Self::Io(format!("{name}: {error}"))
    }

    pub(crate) fn diagnostics(diagnostics: impl Into<Vec<Diagnostic>>) -> Self {
        Self::Diagnostics { diagnostics: diagnostics.into(), first_line: 1 }
    }

    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Io(_) | Self::Unusable { .. } => FAILURE,
            Self::Data(_) | Self::Diagnostics { .. } => FINDINGS,
            Self::ClosedPipe => CLEAN,
        }
    }

    pub(crate) fn report(&self, console: &Console) {
        match self {
            Self::Usage(text) | Self::Io(text) | Self::Data(text) => console.error(text),
            Self::Diagnostics { diagnostics, first_line } => console.diagnostics(diagnostics, *first_line),
            Self::Unusable { what, diagnostics } => {
                console.diagnostics(diagnostics, 1);
                console.error(what);
            }
            Self::ClosedPipe => {}
        }
    }
}

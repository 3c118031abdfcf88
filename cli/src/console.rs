//! What people read: colours, and messages on standard error.

use std::env;
use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use cognate_schema::Diagnostic;

use crate::render::{self, text};

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// What people read.
#[derive(Debug)]
pub(crate) struct Console {
    stdout_color: bool,
    stderr_color: bool,
}

impl Console {
    pub(crate) fn new(choice: ColorChoice) -> Self {
        // https://no-color.org: set, and not empty.
        let forbidden = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || env::var_os("TERM").is_some_and(|term| term == "dumb");
        let color = |terminal: bool| match choice {
            ColorChoice::Auto => terminal && !forbidden,
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        };
        Self { stdout_color: color(io::stdout().is_terminal()), stderr_color: color(io::stderr().is_terminal()) }
    }

    /// Whether results for people on standard output are coloured.
    pub(crate) fn stdout_color(&self) -> bool {
        self.stdout_color
    }

    pub(crate) fn error(&self, text: &str) {
        self.line("error", "1;31", text);
    }

    pub(crate) fn warning(&self, text: &str) {
        self.line("warning", "1;33", text);
    }

    pub(crate) fn help(&self, text: &str) {
        self.line("help", "1;36", text);
    }

    /// Draws problems of texts, the first line of which has a number.
    pub(crate) fn diagnostics(&self, diagnostics: &[Diagnostic], first_line: usize) {
        print(&text::draw(diagnostics, first_line, self.stderr_color));
        if let Some(help) = render::help(diagnostics.iter()) {
            self.help(help);
        }
    }

    fn line(&self, mark: &str, style: &str, text: &str) {
        let text = visible(text);
        if self.stderr_color {
            print(&format!("\u{1b}[{style}m{mark}\u{1b}[0m: {text}\n"));
        } else {
            print(&format!("{mark}: {text}\n"));
        }
    }
}

/// A line without a mark, such as a summary.
pub(crate) fn say(text: &str) {
    print(&format!("{}\n", visible(text)));
}

/// When nobody reads standard error there is nothing to be done about it.
fn print(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Messages quote paths and data, which must not be able to steer a terminal.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() && c != '\n' { out.extend(c.escape_debug()) } else { out.push(c) }
    }
    out
}

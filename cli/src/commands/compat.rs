use std::path::PathBuf;

use clap::{Args, ValueEnum};
use cognate_schema::compat;

use crate::avro;
use crate::console::{Console, say};
use crate::input;
use crate::output;
use crate::render::{Format, Verdict};
use crate::schema_files::SchemaOptions;
use crate::stop::{Outcome, Result, Stop};

/// Tell whether a schema is compatible with older versions of it
///
/// Backward means that the new schema reads data of the old one, forward that the old one reads data of the new one, full both.
/// Every change that breaks either direction is reported; the level decides what the verdict and the exit status are about.
///
/// Two files are compared as they are. When one of the sides is a folder, types are matched by their full names. The files of
/// a side may name each other's types, and those of -I.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  cognate compat v2/user.avsc --against v1/user.avsc
  cognate compat v2/ --against v1/ --level full --witness
  cognate compat v3/ --against v1/ --against v2/ --level backward-transitive --format github

Exit status: 0 compatible at the level, 1 not, 2 when a schema cannot be read or is not valid. `cognate explain RULE` says what
a rule means.")]
pub(crate) struct Compat {
    /// The new schema: a file or a folder, `-` for standard input
    pub(crate) new: PathBuf,
    /// An old version: a file or a folder; repeatable, the oldest first
    #[arg(long, required = true, value_name = "OLD")]
    pub(crate) against: Vec<PathBuf>,
    /// What compatible means; the transitive levels look at all old versions, the others at the last
    #[arg(long, value_enum, default_value_t)]
    pub(crate) level: Level,
    /// For each fault show a smallest value that fails, its bytes, and what the reader says
    #[arg(long)]
    pub(crate) witness: bool,
    /// How the findings are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    pub(crate) options: SchemaOptions,
}

/// What compatible means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    /// The new schema reads data of the old one
    #[default]
    Backward,
    /// The old schema reads data of the new one
    Forward,
    /// Both
    Full,
    /// The new schema reads data of all old ones
    BackwardTransitive,
    /// All old schemas read data of the new one
    ForwardTransitive,
    /// Both, for all old schemas
    FullTransitive,
}

impl From<Level> for compat::Level {
    fn from(level: Level) -> Self {
        match level {
            Level::Backward => Self::Backward,
            Level::Forward => Self::Forward,
            Level::Full => Self::Full,
            Level::BackwardTransitive => Self::BackwardTransitive,
            Level::ForwardTransitive => Self::ForwardTransitive,
            Level::FullTransitive => Self::FullTransitive,
        }
    }
}

impl Compat {
    pub(crate) fn run(self, console: &Console) -> Result<Outcome> {
        self.check()?;
        let level = compat::Level::from(self.level);
        if self.against.len() > 1 && !level.is_transitive() {
            let last = self.against.last().map_or_else(String::new, |path| input::name(path));
            console.warning(&format!(
                "--level {name} looks at the last --against only, {last}; {name}-transitive looks at all of them",
                name = level.name()
            ));
        }
        let files = avro::compat::compare(&self, console)?;
        let verdict = Verdict { level, files };
        output::print(&verdict.render(self.format, console.stdout_color()))?;
        say(&verdict.summary());
        Ok(Outcome::clean_if(verdict.is_compatible()))
    }

    fn check(&self) -> Result<()> {
        let paths = || self.against.iter().chain([&self.new]);
        if paths().filter(|path| input::is_stdin(path)).count() > 1 {
            return Err(Stop::usage("standard input can be only one of the schemas"));
        }
        for path in paths().filter_map(|path| path.to_str()) {
            if path.starts_with("git:") || path.starts_with("registry:") {
                return Err(Stop::Usage(format!("{path}: schemas in git and in registries are not supported yet")));
            }
        }
        Ok(())
    }
}

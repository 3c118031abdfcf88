use std::path::PathBuf;

use clap::{Args, ValueEnum};
use cognate_schema::compat;

use crate::avro::compat::AvroVersion;
use crate::console::{Console, say};
use crate::input;
use crate::language::Language;
use crate::origin::Origin;
use crate::output;
use crate::readers::ThriftReaders;
use crate::render::{Format, Verdict};
use crate::schema_files::{SchemaOptions, is_dir};
use crate::stop::{Outcome, Result, Stop};
use crate::thrift::compat::ThriftVersion;
use crate::versions;

/// Tell whether a schema is compatible with older versions of it
///
/// Backward means that the new schema reads data of the old one, forward that the old one reads data of the new one, full both.
/// Every change that breaks either direction is reported; the level decides what the verdict and the exit status are about.
///
/// A version is a file or a folder. Two files are compared as they are, whatever their types are called. When one of the sides is a
/// folder, the type of each file of the new version is compared with the old type of the same full name, or of one that it
/// has for an alias; a type without a name with that of the file of the same path. Types that are new have nothing to be
/// compared with, types that are gone are told and break nothing. The files of a version may name each other's types, and
/// those of -I; a version cannot have two types of one name, so each version is an --against of its own.
///
/// Thrift files are compared file by file: those of one path in their folders, or else of one name. In them structs, unions,
/// exceptions, enums and services are compared that have the same name, and what they refer to in included files; backward
/// is also what new servers make of old calls and new clients of old answers.
#[derive(Debug, Args)]
#[command(after_help = "Old versions:
  PATH              a file or folder
  git:REV[:PATH]    a file or folder in a commit, tag or branch of git. PATH starts at the top of the repository, or with ./ at
                    the current folder; without it, it is that of the new schema. Folders of -I that are in the repository are
                    taken from there, too. A path that begins like this is written ./git:…
  With several --against the oldest comes first. As in a registry, backward, forward and full are about the last of them; their
  transitive forms about each.

Examples:
  cognate compat v2/user.avsc --against v1/user.avsc
  cognate compat schemas/ --against git:HEAD
  cognate compat api.thrift --against git:v1.4 --against git:v1.5 --level full-transitive
  cognate compat v2/ --against v1/ --level full --surface wire --surface json --witness
  cognate compat v3/ --against v1/ --against v2/ --level backward-transitive --format github

Exit status: 0 compatible at the level, 1 not, 2 when a schema cannot be read or is not valid. `cognate explain RULE` says what
a rule means.")]
pub(crate) struct Compat {
    /// The new schema: a file or a folder, `-` for standard input
    pub(crate) new: PathBuf,
    /// An old version: a file, a folder or git:REV[:PATH]; repeatable, the oldest first
    #[arg(long, required = true, value_name = "OLD")]
    pub(crate) against: Vec<PathBuf>,
    /// What compatible means; the transitive levels look at all old versions, the others at the last
    #[arg(long, value_enum, default_value_t)]
    pub(crate) level: Level,
    /// What must not break; repeatable
    #[arg(long = "surface", value_enum, default_values_t = [Surface::Wire], hide_possible_values = false)]
    surfaces: Vec<Surface>,
    /// Whose rules decide
    #[arg(long, value_enum, default_value_t)]
    rules: RuleSet,
    /// For each fault show a smallest value that fails, its bytes, and what the reader says
    #[arg(long)]
    witness: bool,
    /// How the findings are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    pub(crate) readers: ThriftReaders,
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

/// What a change can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Surface {
    /// Binary data, read with both schemas
    Wire,
    /// JSON data, read with the reader's schema alone: values are found by their keys
    Json,
    /// Generated Rust code: whether code that uses the old types compiles with the new ones (backward), and the other way round
    Source,
}

/// Whose rules decide.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum RuleSet {
    /// Schema resolution, as data is really decoded
    #[default]
    Cognate,
}

impl From<Surface> for compat::Surface {
    fn from(surface: Surface) -> Self {
        match surface {
            Surface::Wire => Self::Wire,
            Surface::Json => Self::Json,
            Surface::Source => Self::Source,
        }
    }
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
        let RuleSet::Cognate = self.rules;
        let olds = self.olds()?;
        let level = compat::Level::from(self.level);
        if self.against.len() > 1 && !level.is_transitive() {
            let last = olds.last().map_or_else(String::new, ToString::to_string);
            console.warning(&format!(
                "--level {name} looks at the last --against only, {last}; {name}-transitive looks at all of them",
                name = level.name()
            ));
        }
        let mut files = Vec::new();
        for (language, options) in self.languages()? {
            files.extend(match language {
                Language::Avro => versions::compare::<AvroVersion>(&self, &options, &olds, console)?,
                Language::Thrift => versions::compare::<ThriftVersion>(&self, &options, &olds, console)?,
                Language::Protobuf => return Err(language.unsupported(&self.new)),
            });
        }
        let verdict = Verdict { level, files };
        output::print(&verdict.render(self.format, console.stdout_color()))?;
        say(&verdict.summary());
        Ok(Outcome::clean_if(verdict.is_compatible()))
    }

    /// The languages of the new schemas, and how the files of each are found.
    fn languages(&self) -> Result<Vec<(Language, SchemaOptions)>> {
        if !is_dir(&self.new) {
            return Ok(vec![(Language::of(&self.new, self.options.language)?, self.options.clone())]);
        }
        let found = self.options.find(std::slice::from_ref(&self.new))?;
        let alone = found.len() == 1;
        let options = |language| {
            let language = if alone { self.options.language } else { Some(language) };
            SchemaOptions { language, ..self.options.clone() }
        };
        Ok(found.into_iter().map(|(language, _)| (language, options(language))).collect())
    }

    /// What is looked for.
    pub(crate) fn checks(&self) -> compat::Options {
        let surfaces = self.surfaces.iter().map(|surface| compat::Surface::from(*surface)).collect();
        let options = compat::Options::at(self.level.into()).on(surfaces).with_witnesses(self.witness);
        options.with_thrift(self.readers.settings())
    }

    /// Where the old versions are.
    fn olds(&self) -> Result<Vec<Origin>> {
        let paths = self.against.iter().chain([&self.new]);
        if paths.filter(|path| input::is_stdin(path)).count() > 1 {
            return Err(Stop::usage("standard input can be only one of the schemas"));
        }
        self.against.iter().map(|old| Origin::of(old, &self.new)).collect()
    }
}

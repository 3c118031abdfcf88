//! Schema files to linked schemas.

use std::path::{Path, PathBuf};

use cognate_schema::avro::{FileId, Linked, Loader, NameRule, Options, Schema, SchemaSet};
use cognate_schema::{Diagnostic, SourceFile};

use crate::commands::{Decode, SchemaChoice};
use crate::input;
use crate::schema_files::{SchemaFiles, SchemaOptions};
use crate::stop::{Result, Stop};

/// The texts of schema files, with the names that messages have for them.
pub(crate) struct Texts {
    pub(crate) asked: Vec<(String, Vec<u8>)>,
    pub(crate) included: Vec<(String, Vec<u8>)>,
}

/// Schema files that were linked together.
pub(crate) struct Loaded {
    /// The files that were asked for. Those of include folders come behind them in the loader.
    pub(crate) asked: Vec<FileId>,
    pub(crate) linked: Linked,
}

/// Names of types that are listed when one is not found.
const LISTED: usize = 20;

/// Reads and links schema files.
pub(crate) fn link(files: &SchemaFiles) -> Result<Loaded> {
    link_with(files, Options::default())
}

/// The schemas of files, and which of them were asked for. Errors stop the command.
pub(crate) fn set(files: &SchemaFiles) -> Result<(SchemaSet, Vec<FileId>)> {
    let Loaded { asked, linked } = link(files)?;
    Ok((errors_stop(linked)?, asked))
}

fn link_with(files: &SchemaFiles, options: Options) -> Result<Loaded> {
    Ok(link_texts(texts(files)?, options))
}

/// Links texts.
pub(crate) fn link_texts(texts: Texts, options: Options) -> Loaded {
    let mut loader = Loader::with_options(options);
    let asked = texts.asked.into_iter().map(|(name, text)| loader.add_bytes(name, text)).collect();
    for (name, text) in texts.included {
        loader.add_bytes(name, text);
    }
    Loaded { asked, linked: loader.link() }
}

/// Reads schema files.
pub(crate) fn texts(files: &SchemaFiles) -> Result<Texts> {
    let read = |paths: &[PathBuf]| {
        paths.iter().map(|path| Ok((input::name(path), input::read_all(path)?))).collect::<Result<Vec<_>>>()
    };
    Ok(Texts { asked: read(&files.asked)?, included: read(&files.included)? })
}

/// The schema of one file, for its canonical form: names may have any letters, as they may in other implementations, whose
/// fingerprints are to be had for such schemas too.
pub(crate) fn any_names(path: &Path, options: &SchemaOptions) -> Result<Schema> {
    let mut lenient = Options::default();
    lenient.names = NameRule::Lenient;
    choose_with(path, ("--type", None), options, lenient)
}

/// The schema that `--schema` and `--type` stand for, if they are given.
pub(crate) fn chosen(choice: &SchemaChoice) -> Result<Option<Schema>> {
    let Some(path) = choice.path() else { return Ok(None) };
    choose(path, ("--type", choice.type_name.as_deref()), &choice.options).map(Some)
}

/// The schemas that several `--schema` stand for.
pub(crate) fn all(choice: &SchemaChoice) -> Result<Vec<Schema>> {
    let type_name = ("--type", choice.type_name.as_deref());
    choice.schema.iter().map(|path| choose(path, type_name, &choice.options)).collect()
}

/// The schema that `--schema` and `--type` stand for. `why` says what it is needed for.
pub(crate) fn required(choice: &SchemaChoice, why: &str) -> Result<Schema> {
    chosen(choice)?.ok_or_else(|| Stop::Usage(format!("--schema is needed {why}")))
}

/// The schema that `--reader-schema` and `--reader-type` stand for, if they are given.
pub(crate) fn reader(command: &Decode) -> Result<Option<Schema>> {
    let Some(path) = &command.reader_schema else { return Ok(None) };
    choose(path, ("--reader-type", command.reader_type.as_deref()), &command.schema.options).map(Some)
}

/// The schema that came with data. Only errors keep it from being used.
pub(crate) fn embedded(name: &str, text: &str) -> Result<Schema> {
    let mut loader = Loader::with_options(Options::embedded());
    let id = loader.add_source(SourceFile::new(format!("{name} (avro.schema)"), text));
    Ok(errors_stop(loader.link())?.schema(id))
}

/// The schema of a file, or a type of a file or folder, which a flag names.
pub(super) fn choose(path: &Path, type_name: (&str, Option<&str>), options: &SchemaOptions) -> Result<Schema> {
    choose_with(path, type_name, options, Options::default())
}

fn choose_with(
    path: &Path,
    (flag, type_name): (&str, Option<&str>),
    options: &SchemaOptions,
    rules: Options,
) -> Result<Schema> {
    let mut found = options.find(&[path.to_owned()])?;
    let (Some((language, files)), None) = (found.pop(), found.pop()) else {
        return Err(Stop::Usage(format!("{}: schemas of several languages; say --language", path.display())));
    };
    if language != crate::language::Language::Avro {
        return Err(language.unsupported(path));
    }
    let loaded = link_with(&files, rules)?;
    let set = errors_stop(loaded.linked)?;
    match (type_name, loaded.asked.as_slice()) {
        (Some(name), _) => set.get(name).ok_or_else(|| no_such_type(&set, name)),
        (None, [only]) => Ok(set.schema(*only)),
        (None, several) => Err(Stop::Usage(format!(
            "{}: {flag} is needed to choose among the types of {} files",
            path.display(),
            several.len()
        ))),
    }
}

/// The schemas, unless there are errors.
pub(super) fn errors_stop(linked: Linked) -> Result<SchemaSet> {
    let Linked { set, mut diagnostics } = linked;
    set.ok_or_else(|| {
        diagnostics.retain(Diagnostic::is_error);
        Stop::diagnostics(diagnostics)
    })
}

fn no_such_type(set: &SchemaSet, name: &str) -> Stop {
    let mut known: Vec<&str> = set.named().map(|(name, _)| name.full()).collect();
    let left_out = known.len().saturating_sub(LISTED);
    known.truncate(LISTED);
    let and_more = if left_out > 0 { format!(" and {left_out} more") } else { String::new() };
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") + &and_more };
    Stop::Usage(format!("the schemas have no type `{name}`; they have {known}"))
}

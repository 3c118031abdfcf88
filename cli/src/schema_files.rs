//! Which schema files the command line names.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::input;
use crate::language::Language;
use crate::stop::{Result, Stop};

/// How schema files are found and read.
#[derive(Debug, Clone, Args)]
pub(crate) struct SchemaOptions {
    /// A folder with further schemas, whose types may be named, or in which included files are found; repeatable
    #[arg(short = 'I', long = "include", value_name = "DIR")]
    pub(crate) include: Vec<PathBuf>,
    /// The schema language, instead of the one that the extension tells
    #[arg(long, value_name = "LANGUAGE", value_enum)]
    pub(crate) language: Option<Language>,
    #[command(flatten)]
    pub(crate) thrift: ThriftOptions,
}

/// How Thrift files are read.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct ThriftOptions {
    /// Thrift: whose dialect the files are in, and with fbthrift the data too
    #[arg(long, value_name = "WHOSE", value_enum, default_value_t)]
    pub(crate) dialect: Dialect,
    /// Thrift: field ids below 1 count; otherwise such fields are numbered by their places
    #[arg(long, visible_alias = "allow-neg-keys")]
    pub(crate) negative_ids: bool,
}

/// Whose dialect of Thrift something is in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dialect {
    /// A file with forms that only fbthrift has is in its dialect; data is in Apache's
    #[default]
    Detect,
    /// What the Apache compiler reads
    Apache,
    /// What fbthrift reads; --protocol binary and compact are fb-binary and fb-compact
    Fbthrift,
}

/// Schema files of one language.
#[derive(Debug, Default)]
pub(crate) struct SchemaFiles {
    /// The files that were asked for, in the order in which they were given, those of a folder by name.
    pub(crate) asked: Vec<PathBuf>,
    /// Further files of include folders.
    pub(crate) included: Vec<PathBuf>,
}

impl SchemaOptions {
    /// The files that paths stand for, folders searched, by language.
    pub(crate) fn find(&self, paths: &[PathBuf]) -> Result<Vec<(Language, SchemaFiles)>> {
        let mut found: Vec<(Language, SchemaFiles)> = Vec::new();
        let mut seen = HashSet::new();
        let mut stdin = false;
        for path in paths {
            if input::is_stdin(path) && std::mem::replace(&mut stdin, true) {
                return Err(Stop::usage("standard input can be read only once"));
            }
            let files = if is_dir(path) { self.in_folder(path)? } else { vec![path.clone()] };
            for file in files {
                if seen.insert(identity(&file)) {
                    let language = Language::of(&file, self.language)?;
                    group(&mut found, language).asked.push(file);
                }
            }
        }
        for (language, files) in &mut found {
            for folder in &self.include {
                for file in including(*language, folder)? {
                    if seen.insert(identity(&file)) {
                        files.included.push(file);
                    }
                }
            }
        }
        Ok(found)
    }

    /// The language of the schema files in a folder, which has to be one.
    pub(crate) fn only_language(&self, folder: &Path) -> Result<Language> {
        match self.find(&[folder.to_owned()])?.as_slice() {
            [(language, _)] => Ok(*language),
            _ => Err(Stop::Usage(format!("{}: schemas of several languages; say --language", folder.display()))),
        }
    }

    /// The schema files of an include folder.
    pub(crate) fn find_in(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        including(self.language.unwrap_or(Language::Avro), folder)
    }

    /// The schema files of a folder, of which there must be some.
    fn in_folder(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        let extensions = Language::extensions(self.language);
        let files = walk(folder, &extensions)?;
        if files.is_empty() {
            let extensions: Vec<_> = extensions.iter().map(|extension| format!(".{extension}")).collect();
            return Err(Stop::Usage(format!(
                "{}: no schema files ({}) are in this folder",
                folder.display(),
                extensions.join(", ")
            )));
        }
        Ok(files)
    }
}

/// Whether a path is a folder to be searched.
pub(crate) fn is_dir(path: &Path) -> bool {
    !input::is_stdin(path) && path.is_dir()
}

/// The schema files of an include folder.
fn including(language: Language, folder: &Path) -> Result<Vec<PathBuf>> {
    if !is_dir(folder) {
        return Err(Stop::Usage(format!("{}: -I takes a folder, and this is none", folder.display())));
    }
    // Files that name what they include are looked for when they are asked for.
    if language.has_includes() { Ok(Vec::new()) } else { walk(folder, &[language.extension()]) }
}

fn group(found: &mut Vec<(Language, SchemaFiles)>, language: Language) -> &mut SchemaFiles {
    let at = found.iter().position(|(known, _)| *known == language).unwrap_or_else(|| {
        found.push((language, SchemaFiles::default()));
        found.len() - 1
    });
    &mut found[at].1
}

/// The same for two ways to name one file.
fn identity(path: &Path) -> PathBuf {
    if input::is_stdin(path) { path.to_owned() } else { path.canonicalize().unwrap_or_else(|_| path.to_owned()) }
}

/// The files below a folder with one of the extensions, by name. Hidden entries and links to folders are left out: the
/// former are not meant, the latter could lead round in a circle.
fn walk(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(|error| Stop::io(&folder, &error))? {
            let entry = entry.map_err(|error| Stop::io(&folder, &error))?;
            let path = entry.path();
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let kind = entry.file_type().map_err(|error| Stop::io(&path, &error))?;
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|have| extensions.iter().any(|want| have == *want)) && path.is_file()
            {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

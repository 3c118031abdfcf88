//! Thrift files to linked programs.

use std::path::{Path, PathBuf};

use cognate_schema::Diagnostic;
use cognate_schema::thrift::{FileId, FileSystem, Item, Layout, Linked, Loader, Program, Struct, StructId};

use super::data::Data;
use crate::input;
use crate::language::Language;
use crate::schema_files::{SchemaFiles, SchemaOptions};
use crate::stop::{Result, Stop};

/// Reads and links files, with what they include.
pub(super) fn link(files: &SchemaFiles, include: &[PathBuf]) -> Result<Linked> {
    let mut loader = Loader::new().files(FileSystem);
    for folder in include {
        loader.include_folder(folder.display().to_string());
    }
    for path in &files.asked {
        loader.add_bytes(input::name(path), input::read_all(path)?);
    }
    Ok(loader.link())
}

/// Reads and links files, whose errors stop the command.
pub(super) fn program(files: &SchemaFiles, include: &[PathBuf]) -> Result<Program> {
    let Linked { program, mut diagnostics } = link(files, include)?;
    program.ok_or_else(|| {
        diagnostics.retain(Diagnostic::is_error);
        Stop::diagnostics(diagnostics)
    })
}

/// Names of structs that are listed when one is to be chosen.
const LISTED: usize = 20;

/// The struct of a file or folder with a name, or the only one.
pub(super) fn choose(path: &Path, type_name: Option<&str>, options: &SchemaOptions) -> Result<Data> {
    let mut found = options.find(&[path.to_owned()])?;
    let (Some((Language::Thrift, files)), None) = (found.pop(), found.pop()) else {
        return Err(Stop::Usage(format!("{}: schemas of several languages; say --language", path.display())));
    };
    let program = program(&files, &options.include)?;
    let id = match type_name {
        Some(name) => named(&program, name)?,
        None => only(&program, path)?,
    };
    Ok(Data { layout: Layout::new(&program), id })
}

fn named(program: &Program, name: &str) -> Result<StructId> {
    match program.find(name) {
        Some(Item::Struct(id)) => Ok(id),
        Some(_) => Err(Stop::Usage(format!("`{name}` is no struct, union or exception, which data is made of"))),
        None => Err(Stop::Usage(format!("the schema has no struct `{name}`; it has {}", known(program)))),
    }
}

/// The struct of a program whose files have only one.
fn only(program: &Program, path: &Path) -> Result<StructId> {
    match own(program).as_slice() {
        [only] => named(program, &only.head.name),
        _ => Err(Stop::Usage(format!(
            "{}: --type is needed to choose a struct; it has {}",
            path.display(),
            known(program)
        ))),
    }
}

/// The structs of the files that were asked for.
fn own(program: &Program) -> Vec<&Struct> {
    let is_root = |file: FileId| file.index() < program.roots().len();
    program.structs().iter().filter(|item| is_root(item.head.location.file)).collect()
}

fn known(program: &Program) -> String {
    let structs = own(program);
    let names: Vec<&str> = structs.iter().take(LISTED).map(|item| &*item.head.name).collect();
    match structs.len().saturating_sub(LISTED) {
        _ if names.is_empty() => "none".to_owned(),
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

//! Thrift files to linked programs.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use cognate_schema::Diagnostic;
use cognate_schema::thrift::{
    Dialect, FileId, FileSystem, Item, Layout, Linked, Loader, Messages, Options, Program, ServiceId, Struct, StructId,
    Type, TypeId,
};

use super::data::Data;
use crate::input;
use crate::language::Language;
use crate::schema_files::{self, SchemaFiles, SchemaOptions};
use crate::stop::{Result, Stop};

/// A loader as the options say, which has no files yet.
pub(super) fn loader(options: &SchemaOptions) -> Loader {
    let mut rules = Options::default();
    rules.dialect = match options.thrift.dialect {
        schema_files::Dialect::Detect => Dialect::Detect,
        schema_files::Dialect::Apache => Dialect::Apache,
        schema_files::Dialect::Fbthrift => Dialect::Fbthrift,
    };
    rules.negative_ids = options.thrift.negative_ids;
    Loader::with_options(rules)
}

/// Reads and links files, with what they include.
pub(super) fn link(files: &SchemaFiles, options: &SchemaOptions) -> Result<Linked> {
    let mut loader = loader(options).files(FileSystem);
    for folder in &options.include {
        loader.include_folder(folder.display().to_string());
    }
    for path in &files.asked {
        loader.add_bytes(input::name(path), input::read_all(path)?);
    }
    Ok(loader.link())
}

/// Reads and links files, whose errors stop the command.
pub(crate) fn program(files: &SchemaFiles, options: &SchemaOptions) -> Result<Program> {
    let Linked { program, mut diagnostics } = link(files, options)?;
    program.ok_or_else(|| {
        diagnostics.retain(Diagnostic::is_error);
        Stop::diagnostics(diagnostics)
    })
}

/// What a name stands for.
pub(super) enum Named {
    Struct(Data),
    Service(ServiceId),
}

/// Names of structs that are listed when one is to be chosen.
const LISTED: usize = 20;

/// The program of a file or folder.
pub(super) fn at(path: &Path, options: &SchemaOptions) -> Result<Program> {
    let mut found = options.find(&[PathBuf::from(path)])?;
    match (found.pop(), found.pop()) {
        (Some((Language::Thrift, files)), None) => program(&files, options),
        (Some((other, _)), None) => Err(Stop::Usage(format!("{}: this is {other}, not Thrift", input::name(path)))),
        _ => Err(Stop::Usage(format!("{}: schemas of several languages; say --language", path.display()))),
    }
}

/// The struct of a file or folder with a name, or the only one. A method's arguments are the struct `Service.method_args`, and
/// what comes of it is `Service.method_result`.
pub(super) fn choose(path: &Path, type_name: Option<&str>, options: &SchemaOptions) -> Result<Data> {
    let program = at(path, options)?;
    match type_name {
        Some(name) => match named(&program, name)? {
            Named::Struct(data) => Ok(data),
            Named::Service(_) => Err(no_struct(name)),
        },
        None => only(&program, path),
    }
}

/// What a name stands for: a struct, a method's message or a service.
pub(super) fn named(program: &Program, name: &str) -> Result<Named> {
    let files: Vec<FileId> = program.find_all(name).map(|(file, _)| file).collect();
    if let [first, _, ..] = *files {
        let simple = name.rsplit_once('.').map_or(name, |(_, simple)| simple);
        let paths: Vec<_> = files.iter().take(LISTED).map(|file| program.source(*file).path()).collect();
        return Err(Stop::Usage(format!(
            "`{name}` is in several files ({}): call it by its file too, as `{}.{simple}`, or give that file as --schema",
            paths.join(", "),
            program[first].name
        )));
    }
    match program.find(name) {
        Some(Item::Struct(id)) => Ok(Named::Struct(Data { layout: Layout::new(program), id })),
        Some(Item::Service(id)) => Ok(Named::Service(id)),
        Some(_) => Err(no_struct(name)),
        None => match message(program, name) {
            Some(data) => Ok(Named::Struct(data)),
            None => Err(Stop::Usage(format!("the schema has no struct `{name}`; it has {}", known(program)))),
        },
    }
}

/// The struct of a program whose files have only one.
pub(super) fn only(program: &Program, path: &Path) -> Result<Data> {
    let mut own = own(program).into_iter();
    match (own.next(), own.next()) {
        (Some((id, _)), None) => Ok(Data { layout: Layout::new(program), id }),
        _ => Err(Stop::Usage(format!(
            "{}: --type is needed to choose a struct; it has {}",
            input::name(path),
            known(program)
        ))),
    }
}

/// The services that a service extends, itself the first.
pub(super) fn ancestry(program: &Program, service: ServiceId) -> impl Iterator<Item = ServiceId> {
    std::iter::successors(Some(service), |id| program[*id].extends)
}

/// The struct of a method's arguments or of its result.
fn message(program: &Program, name: &str) -> Option<Data> {
    let (service, message) = name.rsplit_once('.')?;
    let Some(Item::Service(service)) = program.find(service) else { return None };
    let (method, is_answer) = match message.strip_suffix("_args") {
        Some(method) => (method, false),
        None => (message.strip_suffix("_result")?, true),
    };
    let messages = Messages::of(program);
    let call = ancestry(program, service).find_map(|id| {
        let position = program[id].functions.iter().position(|function| *function.head.name == *method)?;
        messages.call(id, position)
    })?;
    let id = if is_answer { call.answer } else { call.arguments };
    Some(Data { layout: Layout::new(messages.program()), id })
}

fn no_struct(name: &str) -> Stop {
    Stop::Usage(format!("`{name}` is no struct, union or exception, which data is made of"))
}

/// The structs of the files that were asked for.
fn own(program: &Program) -> Vec<(StructId, &Struct)> {
    let is_root = |file: FileId| file.index() < program.roots().len();
    let structs = program.struct_ids().zip(program.structs());
    structs.filter(|(_, item)| is_root(item.head.location.file)).collect()
}

/// The names of the structs, first of those that are in no other, which are most often meant; and how methods' messages are named.
fn known(program: &Program) -> String {
    let (mut inner, mut structs) = (HashSet::new(), own(program));
    for (id, item) in &structs {
        for field in &item.fields {
            within(program, field.ty.id, &mut |held| {
                if held != *id {
                    inner.insert(held);
                }
            });
        }
    }
    structs.sort_by_key(|(id, _)| inner.contains(id));
    let mut names: Vec<String> = structs.iter().take(LISTED).map(|(_, item)| item.head.name.to_string()).collect();
    match structs.len().saturating_sub(LISTED) {
        _ if names.is_empty() => names.push("none".to_owned()),
        0 => {}
        more => names.push(format!("and {more} more")),
    }
    let with_methods = program.services().iter().find_map(|service| Some((service, service.functions.first()?)));
    if let Some((service, function)) = with_methods {
        let (service, method) = (&service.head.name, &function.head.name);
        names.push(format!("the messages of methods, such as {service}.{method}_args and {service}.{method}_result"));
    }
    names.join(", ")
}

/// The structs that a type is or holds.
fn within(program: &Program, ty: TypeId, found: &mut impl FnMut(StructId)) {
    match program[program.true_type(ty)] {
        Type::Struct(id) => found(id),
        Type::List(item) | Type::Set(item) => within(program, item, found),
        Type::Map(key, value) => {
            within(program, key, found);
            within(program, value, found);
        }
        _ => {}
    }
}

//! Names to what they stand for.

mod constants;
mod convert;
mod fields;
mod lookup;
mod names;
mod near;
mod services;
mod typedefs;
mod values;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::{SourceFile, Span};
use crate::thrift::document::{Base, Definition, DefinitionKind, Document, TypeKind};
use crate::thrift::loader::{Dialect, Loaded, Options, unknown_include};
use crate::thrift::program::{
    Constant, ConstantId, Enum, File, FileId, Graph, Head, Include, Item, Location, Namespace, Service, Struct,
    StructId, Typedef,
};
use crate::thrift::types::{Type, TypeId, TypeRef, Types};
use crate::thrift::{document, files, rules};

/// Links files. `order` has every file behind those that it includes.
pub(super) fn link(
    loaded: Vec<Loaded>,
    roots: usize,
    order: &[FileId],
    options: Options,
    diagnostics: &mut Vec<Diagnostic>,
) -> Graph {
    let mut linker = Linker::new(&loaded, options, diagnostics);
    linker.dialects();
    linker.name_definitions();
    linker.check_collisions();
    linker.typedefs();
    for file in order {
        linker.file(*file);
    }
    linker.report_includes();
    let names: Vec<Names> = linker.scopes.iter().map(Names::of).collect();
    let Linker { types, structs, enums, typedefs, constants, services, .. } = linker;
    let files = loaded.into_iter().zip(names).map(|(file, names)| finish(file, names)).collect();
    Graph { files, roots, structs, enums, typedefs, constants, services, types: types.all }
}

/// The names of a file, apart from its text.
struct Names {
    items: HashMap<Box<str>, Item>,
    constants: HashMap<Box<str>, ConstantId>,
}

impl Names {
    fn of(scope: &Scope<'_>) -> Self {
        let items = scope.names.iter().map(|(name, named)| ((*name).into(), named.item)).collect();
        let constants = scope.constants.iter().map(|(name, id)| ((*name).into(), *id)).collect();
        Self { items, constants }
    }
}

fn finish(file: Loaded, names: Names) -> File {
    let name = files::stem(file.document.source.path()).into();
    let includes = file.includes.into_iter();
    let includes = includes.map(|include| Include { prefix: include.prefix, file: include.file, span: include.span });
    let namespaces = namespaces(&file.document);
    let namespaces = namespaces.map(|(scope, name)| Namespace { scope: scope.text.clone(), name: name.text.clone() });
    let (includes, namespaces) = (includes.collect(), namespaces.collect());
    File { name, document: file.document, includes, namespaces, names: names.items, constants: names.constants }
}

/// The scopes and names of namespaces.
fn namespaces(document: &Document) -> impl Iterator<Item = (&document::Name, &document::Name)> {
    document.headers.iter().filter_map(|header| match &header.kind {
        document::HeaderKind::Namespace { scope, name, .. } => Some((scope, name)),
        _ => None,
    })
}

struct Linker<'a> {
    loaded: &'a [Loaded],
    options: Options,
    diagnostics: &'a mut Vec<Diagnostic>,
    scopes: Vec<Scope<'a>>,
    types: Types,
    structs: Vec<Struct>,
    enums: Vec<Enum>,
    typedefs: Vec<Typedef>,
    constants: Vec<Constant>,
    services: Vec<Service>,
    /// For each typedef the furthest definition in its file on the way to its true type.
    furthest: Vec<Furthest>,
    /// The constants whose values are known.
    evaluated: HashSet<ConstantId>,
    /// The structs whose fields are known, and all of them.
    complete: HashSet<StructId>,
    /// Includes that lead nowhere although something of theirs is used.
    missed: HashSet<(FileId, usize)>,
    /// The parts of values that were taken from constants.
    expanded: usize,
    /// The comparisons of names that were made in search of near misses.
    comparisons: usize,
}

/// The names of a file.
#[derive(Default)]
struct Scope<'a> {
    names: HashMap<&'a str, Named<'a>>,
    constants: HashMap<&'a str, ConstantId>,
    /// Numbers of includes by their prefixes.
    prefixes: HashMap<&'a str, Vec<usize>>,
    /// Namespaces by their languages.
    namespaces: HashMap<&'a str, &'a document::Name>,
    fbthrift: bool,
    /// For each definition in the order of the text.
    ids: Vec<Id>,
}

#[derive(Clone, Copy)]
struct Named<'a> {
    item: Item,
    file: FileId,
    definition: &'a Definition,
}

/// A definition with its end, which is where the compiler knows it from.
#[derive(Clone, Copy)]
struct Furthest {
    location: Location,
    end: u32,
}

/// Which entry a definition has.
#[derive(Clone, Copy)]
enum Id {
    Item(Item),
    Constant(ConstantId),
}

impl<'a> Linker<'a> {
    fn new(loaded: &'a [Loaded], options: Options, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            loaded,
            options,
            diagnostics,
            scopes: loaded.iter().map(|_| Scope::default()).collect(),
            types: Types::new(),
            structs: Vec::new(),
            enums: Vec::new(),
            typedefs: Vec::new(),
            constants: Vec::new(),
            services: Vec::new(),
            furthest: Vec::new(),
            evaluated: HashSet::new(),
            complete: HashSet::new(),
            missed: HashSet::new(),
            expanded: 0,
            comparisons: 0,
        }
    }

    fn document(&self, file: FileId) -> &'a Document {
        &self.loaded[file.index()].document
    }

    fn source(&self, file: FileId) -> &'a Arc<SourceFile> {
        &self.document(file).source
    }

    /// Reports a problem at a place.
    fn report(&mut self, rule: &'static Rule, at: Location, message: String) {
        let fault = Diagnostic::new(rule, message).primary(self.source(at.file), at.span, "");
        self.diagnostics.push(fault);
    }

    /// Reports a problem that another place explains.
    fn report_with(&mut self, rule: &'static Rule, at: Location, message: String, other: Location, explanation: &str) {
        let fault = Diagnostic::new(rule, message).primary(self.source(at.file), at.span, "");
        self.diagnostics.push(fault.secondary(self.source(other.file), other.span, explanation));
    }

    /// Settles which files are in fbthrift's dialect.
    fn dialects(&mut self) {
        for (index, loaded) in self.loaded.iter().enumerate() {
            let forms = &loaded.document.fbthrift_forms;
            let fbthrift = match self.options.dialect {
                Dialect::Detect => forms.iter().any(|form| form.is_telling),
                Dialect::Apache => false,
                Dialect::Fbthrift => true,
            };
            self.scopes[index].fbthrift = fbthrift;
            if self.options.dialect == Dialect::Fbthrift {
                continue;
            }
            let severity = if fbthrift { Severity::Warning } else { Severity::Error };
            for form in forms {
                let fault = Diagnostic::new(&rules::FBTHRIFT_FORM, format!("only fbthrift has {}", form.name));
                let fault = fault.primary(&loaded.document.source, form.span, "").with_severity(severity);
                self.diagnostics.push(fault.note("the Apache compiler refuses the file"));
            }
        }
    }

    /// Checks all definitions of a file, whose includes are checked.
    fn file(&mut self, file: FileId) {
        let definitions = self.document(file).definitions.iter();
        let ids = std::mem::take(&mut self.scopes[file.index()].ids);
        for (definition, id) in definitions.zip(ids) {
            match (id, &definition.kind) {
                (Id::Item(Item::Struct(id)), DefinitionKind::Struct { kind, fields, .. }) => {
                    self.structure(file, id, *kind, fields);
                    if definition.complete {
                        self.complete.insert(id);
                    }
                }
                (Id::Item(Item::Service(id)), DefinitionKind::Service { .. }) => self.service(file, id, definition),
                (Id::Constant(id), DefinitionKind::Const { ty, value }) => {
                    self.constant(file, id, ty, value, definition.complete);
                }
                _ => {}
            }
        }
    }

    /// The type that a use of a type means.
    fn ty(&mut self, file: FileId, ty: &'a document::Type) -> TypeRef {
        let mut inner = Vec::new();
        let id = match &ty.kind {
            TypeKind::Base(base) => word(*base),
            TypeKind::Named(name) => self.named_type(file, name),
            TypeKind::List(element) => {
                inner.push(self.ty(file, element));
                self.container(&inner, |types| Type::List(types[0]))
            }
            TypeKind::Set(element) => {
                inner.push(self.ty(file, element));
                self.container(&inner, |types| Type::Set(types[0]))
            }
            TypeKind::Map(both) => {
                inner.push(self.ty(file, &both.0));
                inner.push(self.ty(file, &both.1));
                self.container(&inner, |types| Type::Map(types[0], types[1]))
            }
        };
        let cpp_type = ty.cpp_type.as_ref().map(|literal| literal.text.clone());
        TypeRef { id, span: ty.span, cpp_type, annotations: ty.annotations.clone(), inner }
    }

    fn container(&mut self, inner: &[TypeRef], make: impl FnOnce(&[TypeId]) -> Type) -> TypeId {
        let ids: Vec<TypeId> = inner.iter().map(|inner| inner.id).collect();
        if ids.contains(&TypeId::FAULTY) { TypeId::FAULTY } else { self.types.id(make(&ids)) }
    }

    fn report_includes(&mut self) {
        for (index, loaded) in self.loaded.iter().enumerate() {
            for (number, include) in loaded.includes.iter().enumerate() {
                let used = self.missed.contains(&(FileId::at(index), number));
                self.diagnostics.extend(unknown_include(&loaded.document.source, include, used));
            }
        }
    }
}

/// What a head is made of.
#[derive(Clone, Copy)]
struct HeadParts<'a> {
    name: &'a document::Name,
    span: Span,
    doc: &'a Option<document::Doc>,
    annotations: &'a [document::Annotation],
    structured: &'a [document::StructuredAnnotation],
}

impl HeadParts<'_> {
    fn head(self, file: FileId) -> Head {
        Head {
            name: self.name.text.clone(),
            location: Location { file, span: self.name.span },
            span: self.span,
            doc: self.doc.as_ref().map(|doc| doc.text.clone()),
            annotations: self.annotations.to_vec(),
            structured: self.structured.to_vec(),
        }
    }
}

/// The head of what is written in a file.
macro_rules! head {
    ($file:expr, $item:expr, $span:expr) => {
        $crate::thrift::link::HeadParts {
            name: &$item.name,
            span: $span,
            doc: &$item.doc,
            annotations: &$item.annotations,
            structured: &$item.structured,
        }
        .head($file)
    };
}
use head;

fn word(base: Base) -> TypeId {
    match base {
        Base::Bool => TypeId::BOOL,
        Base::I8 => TypeId::I8,
        Base::I16 => TypeId::I16,
        Base::I32 => TypeId::I32,
        Base::I64 => TypeId::I64,
        Base::Double => TypeId::DOUBLE,
        Base::String => TypeId::STRING,
        Base::Binary => TypeId::BINARY,
    }
}

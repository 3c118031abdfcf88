//! The linked program.

mod definitions;

pub use definitions::{
    Constant, Enum, EnumValue, Field, Function, Head, Requiredness, Service, Streaming, Struct, StructKind, Typedef,
};

use std::collections::HashMap;
use std::fmt;
use std::ops::Index;
use std::sync::Arc;

use crate::diagnostic::{Label, LabelKind};
use crate::source::{Position, SourceFile, Span};
use crate::thrift::document::Document;
use crate::thrift::types::{Type, TypeId};

/// Thrift files that were linked together and checked. Cheap to clone.
///
/// Definitions are reached by ids, so recursion needs no boxes, and an id is an index for tables of one's own.
#[derive(Clone)]
pub struct Program {
    pub(super) graph: Arc<Graph>,
}

/// All that was linked together.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    pub(super) files: Arc<[File]>,
    pub(super) roots: usize,
    pub(super) structs: Vec<Struct>,
    pub(super) enums: Vec<Enum>,
    pub(super) typedefs: Vec<Typedef>,
    pub(super) constants: Vec<Constant>,
    pub(super) services: Vec<Service>,
    pub(super) types: Vec<Type>,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident => $item:ident in $table:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(super) u32);

        impl $name {
            /// The index for tables over all of them.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            pub(super) fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }

        impl Index<$name> for Program {
            type Output = $item;

            /// Panics when the id comes from another program.
            fn index(&self, id: $name) -> &$item {
                &self.graph.$table[id.index()]
            }
        }
    )*};
}

ids! {
    /// A file of a program. Those that were added to the loader come first, in that order.
    FileId => File in files;
    /// A struct, union or exception of a program.
    StructId => Struct in structs;
    /// An enum of a program.
    EnumId => Enum in enums;
    /// A typedef of a program.
    TypedefId => Typedef in typedefs;
    /// A constant of a program.
    ConstantId => Constant in constants;
    /// A service of a program.
    ServiceId => Service in services;
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    /// A struct, union or exception.
    Struct(StructId),
    /// An enum.
    Enum(EnumId),
    /// A typedef.
    Typedef(TypedefId),
    /// A service or interaction.
    Service(ServiceId),
}

/// A place in one of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
}

/// A file.
#[derive(Debug)]
#[non_exhaustive]
pub struct File {
    /// The name by which other files call its definitions: that of the file, without folders and extension.
    pub name: Box<str>,
    /// The text as it was written.
    pub document: Document,
    /// The files that it includes, in the order of the text.
    pub includes: Vec<Include>,
    /// The namespaces in the order of the text.
    pub namespaces: Vec<Namespace>,
    pub(super) names: HashMap<Box<str>, Item>,
    pub(super) constants: HashMap<Box<str>, ConstantId>,
}

/// An included file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Include {
    /// What stands before the dot in the names of its definitions.
    pub prefix: Box<str>,
    /// The file; nothing when it was not found and nothing of it is used.
    pub file: Option<FileId>,
    /// The path as it is written, quotes included.
    pub span: Span,
}

/// A namespace.
#[derive(Debug)]
#[non_exhaustive]
pub struct Namespace {
    /// The language, or `*` for all.
    pub scope: Box<str>,
    /// The namespace.
    pub name: Box<str>,
}

impl Program {
    /// The files: those that were added to the loader, then those that they include.
    pub fn files(&self) -> &[File] {
        &self.graph.files
    }

    /// The files that were added to the loader.
    pub fn roots(&self) -> &[File] {
        &self.graph.files[..self.graph.roots]
    }

    /// The ids of the files that were added to the loader.
    pub fn root_ids(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.graph.roots).map(FileId::at)
    }

    /// The structs, unions and exceptions of all files.
    pub fn structs(&self) -> &[Struct] {
        &self.graph.structs
    }

    /// The ids of the structs, unions and exceptions of all files.
    pub fn struct_ids(&self) -> impl Iterator<Item = StructId> + use<> {
        (0..self.graph.structs.len()).map(StructId::at)
    }

    /// The enums of all files.
    pub fn enums(&self) -> &[Enum] {
        &self.graph.enums
    }

    /// The typedefs of all files.
    pub fn typedefs(&self) -> &[Typedef] {
        &self.graph.typedefs
    }

    /// The constants of all files.
    pub fn constants(&self) -> &[Constant] {
        &self.graph.constants
    }

    /// The services of all files.
    pub fn services(&self) -> &[Service] {
        &self.graph.services
    }

    /// The size of a table over all types.
    pub fn type_count(&self) -> usize {
        self.graph.types.len()
    }

    /// The type behind all typedefs. What lists, sets and maps hold may still be typedefs.
    ///
    /// # Panics
    ///
    /// When the id comes from another program.
    pub fn true_type(&self, id: TypeId) -> TypeId {
        match self[id] {
            Type::Typedef(typedef) => self[typedef].true_type,
            _ => id,
        }
    }

    /// What a name stands for: `Name` of a file that was added to the loader, or `file.Name` of any. Where several fit, the
    /// first one is meant.
    pub fn find(&self, name: &str) -> Option<Item> {
        self.find_all(name).next().map(|(_, item)| item)
    }

    /// All that [`find`](Self::find) could mean by a name, with the files, in their order.
    pub fn find_all(&self, name: &str) -> impl Iterator<Item = (FileId, Item)> {
        let (prefix, name) = name.rsplit_once('.').map_or((None, name), |(prefix, name)| (Some(prefix), name));
        let files = if prefix.is_some() { self.files() } else { self.roots() };
        let fitting =
            files.iter().enumerate().filter(move |(_, file)| prefix.is_none_or(|prefix| *file.name == *prefix));
        fitting.filter_map(move |(index, file)| Some((FileId::at(index), file.item(name)?)))
    }

    /// The name of a type as it is written in a text that includes all files: `map<i32, file.Name>`.
    ///
    /// # Panics
    ///
    /// When the id comes from another program.
    pub fn type_name(&self, id: TypeId) -> String {
        let head = |head: &Head| format!("{}.{}", self[head.location.file].name, head.name);
        match self[id] {
            Type::List(element) => format!("list<{}>", self.type_name(element)),
            Type::Set(element) => format!("set<{}>", self.type_name(element)),
            Type::Map(key, value) => format!("map<{}, {}>", self.type_name(key), self.type_name(value)),
            Type::Struct(id) => head(&self[id].head),
            Type::Enum(id) => head(&self[id].head),
            Type::Typedef(id) => head(&self[id].head),
            base => base.word().to_owned(),
        }
    }

    /// All functions of a service: its own, then those of the services that it extends.
    ///
    /// # Panics
    ///
    /// When the id comes from another program.
    pub fn functions(&self, service: ServiceId) -> impl Iterator<Item = &Function> {
        let services = std::iter::successors(Some(service), |service| self[*service].extends);
        services.flat_map(|service| &self[service].functions)
    }

    /// The text that a place is in.
    ///
    /// # Panics
    ///
    /// When the id comes from another program.
    pub fn source(&self, file: FileId) -> &Arc<SourceFile> {
        &self[file].document.source
    }

    /// The line and column where a place starts.
    pub fn position(&self, location: Location) -> Position {
        self.source(location.file).position(location.span.start as usize)
    }

    /// A label of a diagnostic at a place.
    pub fn label(&self, location: Location, kind: LabelKind, message: impl Into<String>) -> Label {
        let source = Arc::clone(self.source(location.file));
        Label { source, span: location.span, kind, message: message.into() }
    }
}

impl Index<TypeId> for Program {
    type Output = Type;

    /// Panics when the id comes from another program.
    fn index(&self, id: TypeId) -> &Type {
        &self.graph.types[id.index()]
    }
}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Program").field(&self.graph).finish()
    }
}

impl File {
    /// All that names of this file stand for, in no order.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        self.names.values().copied()
    }

    /// What a name of this file stands for.
    pub fn item(&self, name: &str) -> Option<Item> {
        self.names.get(name).copied()
    }

    /// The constant of this file with a name.
    pub fn constant(&self, name: &str) -> Option<ConstantId> {
        self.constants.get(name).copied()
    }

    /// The namespace for a language: its own, or the one of `*`.
    pub fn namespace(&self, language: &str) -> Option<&str> {
        let of = |scope: &str| self.namespaces.iter().rev().find(|namespace| *namespace.scope == *scope);
        of(language).or_else(|| of("*")).map(|namespace| &*namespace.name)
    }
}

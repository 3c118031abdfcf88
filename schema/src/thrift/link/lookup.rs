//! What names stand for.

use crate::diagnostic::Diagnostic;
use crate::thrift::document::Name;
use crate::thrift::link::{Furthest, Linker, Named};
use crate::thrift::program::{ConstantId, EnumId, FileId, Item, Location};
use crate::thrift::rules;
use crate::thrift::types::{Type, TypeId};

/// What a name was found to be.
pub(super) enum Found<T> {
    It(T),
    /// It would be in a file that is not there.
    Missing,
    Nothing,
}

/// What a value may name.
#[derive(Clone, Copy)]
pub(super) enum NamedValue {
    Constant(ConstantId),
    /// A value of an enum, with its number.
    OfEnum(EnumId, i32),
}

impl<T> Found<T> {
    pub(super) fn found(self) -> Option<T> {
        match self {
            Self::It(found) => Some(found),
            _ => None,
        }
    }
}

impl<'a> Linker<'a> {
    /// The definition of a name that is written in a file.
    pub(super) fn lookup(&mut self, file: FileId, name: &str) -> Found<Named<'a>> {
        self.search(file, name, |linker, file, name| linker.scopes[file.index()].names.get(name).copied())
    }

    /// Searches a file for a name, or the included file that its prefix means. The last include of a prefix comes first.
    fn search<T>(&mut self, file: FileId, name: &str, of: impl Fn(&Self, FileId, &str) -> Option<T>) -> Found<T> {
        let Some((prefix, simple)) = name.rsplit_once('.') else {
            return of(self, file, name).map_or(Found::Nothing, Found::It);
        };
        self.included(file, prefix, |linker, file| of(linker, file, simple))
    }

    fn included<T>(&mut self, file: FileId, prefix: &str, of: impl Fn(&Self, FileId) -> Option<T>) -> Found<T> {
        let mut missing = Vec::new();
        let numbers = self.scopes[file.index()].prefixes.get(prefix).map_or(&[][..], Vec::as_slice);
        for number in numbers.iter().rev() {
            match self.loaded[file.index()].includes[*number].file {
                None => missing.push((file, *number)),
                Some(target) => {
                    if let Some(found) = of(self, target) {
                        return Found::It(found);
                    }
                }
            }
        }
        if missing.is_empty() {
            return Found::Nothing;
        }
        self.missed.extend(missing);
        Found::Missing
    }

    /// What a name in a value stands for: `CONSTANT`, `Enum.VALUE`, and both with a prefix.
    pub(super) fn named_value(&mut self, file: FileId, name: &str) -> Found<NamedValue> {
        let constant = |linker: &Self, file: FileId, name: &str| {
            linker.scopes[file.index()].constants.get(name).copied().map(NamedValue::Constant)
        };
        let found = self.search(file, name, constant);
        if matches!(found, Found::It(_)) {
            return found;
        }
        let Some((enumeration, value)) = name.rsplit_once('.') else { return found };
        let value = |linker: &Self, file: FileId, enumeration: &str| {
            let Item::Enum(id) = linker.scopes[file.index()].names.get(enumeration)?.item else { return None };
            Some(NamedValue::OfEnum(id, linker.enums[id.index()].value(value)?.number))
        };
        match (self.search(file, enumeration, value), found) {
            (Found::Nothing, Found::Missing) => Found::Missing,
            (second, _) => second,
        }
    }

    /// The type of a name.
    pub(super) fn named_type(&mut self, file: FileId, name: &Name) -> TypeId {
        let service = match self.lookup(file, &name.text) {
            Found::It(named) => match named.item {
                Item::Struct(id) => return self.types.id(Type::Struct(id)),
                Item::Enum(id) => return self.types.id(Type::Enum(id)),
                Item::Typedef(id) => return self.types.id(Type::Typedef(id)),
                // Interactions are created by functions; no data is of such a type.
                Item::Service(id) if self.services[id.index()].is_interaction => return TypeId::VOID,
                Item::Service(_) => Some(named),
            },
            Found::Missing => return TypeId::FAULTY,
            Found::Nothing if &*name.text == "uuid" => return TypeId::UUID,
            Found::Nothing if &*name.text == "float" && self.scopes[file.index()].fbthrift => return TypeId::FLOAT,
            Found::Nothing => None,
        };
        let message = match service {
            Some(_) => format!("`{}` is a service, not a type", name.text),
            None => format!("the type `{}` is not defined", name.text),
        };
        let mut fault = Diagnostic::new(&rules::UNKNOWN_TYPE, message).primary(self.source(file), name.span, "");
        if let Some(service) = service {
            fault = fault.secondary(self.source(service.file), service.definition.name.span, "the service");
        } else {
            fault = self.suggest_type(fault, file, name);
        }
        self.diagnostics.push(fault);
        TypeId::FAULTY
    }

    /// The type behind all typedefs, unless it is faulty.
    pub(super) fn true_type(&self, id: TypeId) -> Option<(TypeId, Type)> {
        match self.types.get(id)? {
            Type::Typedef(typedef) => {
                let id = self.typedefs[typedef.index()].true_type;
                Some((id, self.types.get(id)?))
            }
            ty => Some((id, ty)),
        }
    }

    /// The definition on the way through typedefs to a type that comes only behind a place in the same file. The compiler
    /// reads a file in one go, and knows at that place nothing of it.
    pub(super) fn later_definition(&self, id: TypeId, at: Location) -> Option<Location> {
        let Furthest { location, end } = self.furthest(id)?;
        (location.file == at.file && end > at.span.start).then_some(location)
    }

    /// The furthest definition in its own file on the way to a true type.
    pub(super) fn furthest(&self, id: TypeId) -> Option<Furthest> {
        let head = match self.types.get(id)? {
            Type::Struct(id) => &self.structs[id.index()].head,
            Type::Enum(id) => &self.enums[id.index()].head,
            Type::Typedef(id) => return self.furthest.get(id.index()).copied(),
            _ => return None,
        };
        Some(Furthest { location: head.location, end: head.span.end })
    }
}

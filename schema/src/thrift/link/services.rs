//! Services.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::thrift::document::{Definition, DefinitionKind, Field as WrittenField, Function as Written, Name};
use crate::thrift::link::fields::Within;
use crate::thrift::link::lookup::Found;
use crate::thrift::link::{Linker, head};
use crate::thrift::program::{Field, FileId, Function, Item, Location, ServiceId, Streaming, StructKind};
use crate::thrift::rules;
use crate::thrift::types::{Type, TypeId, TypeRef};

/// How long a chain of services that extend each other may be.
const MOST_LEVELS: usize = 100;

impl<'a> Linker<'a> {
    pub(super) fn service(&mut self, file: FileId, id: ServiceId, definition: &'a Definition) {
        let DefinitionKind::Service { extends, functions, performs, .. } = &definition.kind else { return };
        let extends = extends.as_ref().and_then(|name| self.extended(file, name));
        self.services[id.index()].extends = extends;
        for interaction in performs {
            self.extended(file, interaction);
        }
        let mut names: HashMap<Box<str>, Location> = HashMap::new();
        let mut parent = extends;
        let mut levels = 0;
        while let Some(service) = parent {
            levels += 1;
            if levels > MOST_LEVELS {
                let at = Location { file, span: definition.name.span };
                let message =
                    format!("the service is more than {MOST_LEVELS} levels above the first one that it extends");
                self.report(&rules::TOO_DEEP, at, message);
                break;
            }
            let service = &self.services[service.index()];
            for function in &service.functions {
                names.entry(function.head.name.clone()).or_insert(function.head.location);
            }
            parent = service.extends;
        }
        let mut linked = Vec::with_capacity(functions.len());
        for function in functions {
            let at = Location { file, span: function.name.span };
            if let Some(first) = names.get(&function.name.text).copied() {
                let message = format!("the service has a function `{}` already", function.name.text);
                self.report_with(&rules::DUPLICATE_FUNCTION, at, message, first, "first defined here");
            }
            names.entry(function.name.text.clone()).or_insert(at);
            linked.push(self.function(file, function));
        }
        self.services[id.index()].functions = linked;
    }

    /// The service that a name means. It has to be defined before, so that services cannot extend each other in a circle.
    fn extended(&mut self, file: FileId, name: &Name) -> Option<ServiceId> {
        let (problem, other) = match self.lookup(file, &name.text) {
            Found::Missing => return None,
            Found::Nothing => ("is not defined", None),
            Found::It(named) => {
                let other = Location { file: named.file, span: named.definition.name.span };
                match named.item {
                    Item::Service(_) if named.file == file && named.definition.span.end > name.span.start => {
                        ("is defined only later", Some((other, "defined here")))
                    }
                    Item::Service(id) => return Some(id),
                    _ => ("is no service", Some((other, "what it is"))),
                }
            }
        };
        let (at, message) = (Location { file, span: name.span }, format!("the service `{}` {problem}", name.text));
        match other {
            Some((other, explanation)) => self.report_with(&rules::UNKNOWN_SERVICE, at, message, other, explanation),
            None => self.report(&rules::UNKNOWN_SERVICE, at, message),
        }
        None
    }

    fn function(&mut self, file: FileId, written: &'a Written) -> Function {
        let result = match &written.result {
            Some(ty) => self.ty(file, ty),
            None => TypeRef { id: TypeId::VOID, ..TypeRef::faulty(written.result_span) },
        };
        let arguments = self.fields(file, &written.arguments, Within::Arguments);
        let throws = self.throws(file, &written.throws);
        if let Some(oneway) = written.oneway {
            self.check_oneway(file, written, oneway);
        }
        let streaming = written.streaming.as_ref().map(|streaming| Streaming {
            payload: self.ty(file, &streaming.payload),
            throws: self.throws(file, &streaming.throws),
            response: streaming.response.as_ref().map(|(ty, throws)| (self.ty(file, ty), self.throws(file, throws))),
        });
        let head = head!(file, written, written.span);
        Function { head, is_oneway: written.oneway.is_some(), result, arguments, throws, streaming }
    }

    fn check_oneway(&mut self, file: FileId, written: &Written, oneway: Span) {
        let other = Location { file, span: oneway };
        if written.result.is_some() || written.streaming.is_some() {
            let at = Location { file, span: written.result_span };
            let message = format!("`{}` is oneway, so nobody gets its result", written.name.text);
            self.report_with(&rules::ONEWAY_RESULT, at, message, other, "oneway");
        }
        if let Some(first) = written.throws.first() {
            let at = Location { file, span: first.span };
            let message = format!("`{}` is oneway, so it cannot throw", written.name.text);
            self.report_with(&rules::ONEWAY_THROWS, at, message, other, "oneway");
        }
    }

    fn throws(&mut self, file: FileId, written: &'a [WrittenField]) -> Vec<Field> {
        let fields = self.fields(file, written, Within::Throws);
        for field in &fields {
            let at = Location { file, span: field.ty.span };
            let Some((_, ty)) = self.true_type(field.ty.id) else { continue };
            let what = match ty {
                Type::Struct(id) if self.structs[id.index()].kind == StructKind::Exception => {
                    if let Some(other) = self.later_definition(field.ty.id, at) {
                        let message = format!("the exception of `{}` is defined only later", field.head.name);
                        let fault = Diagnostic::new(&rules::USED_BEFORE_DEFINITION, message);
                        let fault = fault.primary(self.source(file), at.span, "");
                        let fault = fault.secondary(self.source(other.file), other.span, "defined here");
                        self.diagnostics.push(fault.note("exceptions have to be defined before they are thrown"));
                    }
                    continue;
                }
                Type::Struct(id) => self.structs[id.index()].kind.word(),
                ty => ty.word(),
            };
            let message = format!("`{}` is thrown, but its type is no exception ({what})", field.head.name);
            self.report(&rules::THROWS_OTHER, at, message);
        }
        fields
    }
}

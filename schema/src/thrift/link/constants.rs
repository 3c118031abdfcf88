//! Constants, and what values that name them stand for.

use crate::diagnostic::Diagnostic;
use crate::thrift::document::{self, Name};
use crate::thrift::link::Linker;
use crate::thrift::link::lookup::{Found, NamedValue};
use crate::thrift::program::{ConstantId, FileId, Location};
use crate::thrift::rules;
use crate::thrift::types::{Type, TypeId};
use crate::thrift::value::Value;

/// How many parts values may have that are taken from constants.
const MOST_PARTS: usize = 1_000_000;

impl<'a> Linker<'a> {
    pub(super) fn constant(
        &mut self,
        file: FileId,
        id: ConstantId,
        ty: &'a document::Type,
        value: &document::Value,
        complete: bool,
    ) {
        let ty = self.ty(file, ty);
        if complete && let Some(value) = self.value(file, ty.id, value) {
            self.constants[id.index()].value = value;
            self.evaluated.insert(id);
        }
        self.constants[id.index()].ty = ty;
    }

    /// The value that a name stands for, as one of a type that is no enum.
    pub(super) fn constant_value(&mut self, at: Location, ty: TypeId, name: &str) -> Option<Value> {
        let named = match self.named_value(at.file, name) {
            Found::It(named) => named,
            Found::Missing => return None,
            Found::Nothing => {
                self.unknown_constant(at, name);
                return None;
            }
        };
        let head = match named {
            NamedValue::Constant(id) => &self.constants[id.index()].head,
            NamedValue::OfEnum(id, _) => &self.enums[id.index()].head,
        };
        if head.location.file == at.file && head.span.end > at.span.start {
            let (message, other) = (format!("`{name}` is defined only later"), head.location);
            self.report_with(&rules::UNKNOWN_CONSTANT, at, message, other, "defined here");
            return None;
        }
        let id = match named {
            NamedValue::OfEnum(_, number) => return self.integer(at, ty, number.into(), None),
            NamedValue::Constant(id) => id,
        };
        if !self.evaluated.contains(&id) {
            return None;
        }
        let constant = &self.constants[id.index()];
        self.expanded = self.expanded.saturating_add(constant.value.parts());
        if self.expanded > MOST_PARTS {
            let message =
                format!("the value of `{name}` is too much, with those of all other constants that are named");
            self.report(&rules::VALUES_TOO_LARGE, at, message);
            return None;
        }
        let (from, value) = (constant.ty.id, constant.value.clone());
        self.converted(at, (from, value), ty, id)
    }

    /// The value of a constant as one of the type where its name stands.
    fn converted(&mut self, at: Location, (from, value): (TypeId, Value), ty: TypeId, id: ConstantId) -> Option<Value> {
        let (from, from_type) = self.true_type(from)?;
        let (ty, to_type) = self.true_type(ty)?;
        let fits = match (from_type, to_type) {
            // The compiler does not look through the names of constants of these types.
            (Type::Struct(_), _) | (_, Type::Struct(_)) => from == ty && self.scopes[at.file.index()].fbthrift,
            (Type::Enum(_), _) => self.scopes[at.file.index()].fbthrift,
            _ => true,
        };
        let converted = if fits { self.convert(value, ty) } else { None };
        if converted.is_none() {
            let head = &self.constants[id.index()].head;
            let (name, other) = (head.name.clone(), head.location);
            let message = format!("`{name}` is no value of {}", self.type_word(ty));
            self.report_with(&rules::BAD_VALUE, at, message, other, "the constant");
        }
        converted
    }

    fn unknown_constant(&mut self, at: Location, name: &str) {
        let message = format!("no constant and no value of an enum is named `{name}`");
        let mut fault = Diagnostic::new(&rules::UNKNOWN_CONSTANT, message).primary(self.source(at.file), at.span, "");
        if let Some((enumeration, _)) = name.rsplit_once('.')
            && let Some(named) = self.lookup(at.file, enumeration).found()
        {
            fault = fault.secondary(self.source(named.file), named.definition.name.span, "this has no such value");
        }
        self.diagnostics.push(fault);
    }

    /// Checks the name before a struct's value in fbthrift.
    pub(super) fn check_struct_name(&mut self, file: FileId, ty: TypeId, name: &Name) -> Option<()> {
        let named = self.named_type(file, name);
        if self.true_type(named)?.0 == ty {
            return Some(());
        }
        let message = format!("a value of `{}` is no value of {}", name.text, self.type_word(ty));
        self.report(&rules::BAD_VALUE, Location { file, span: name.span }, message);
        None
    }
}

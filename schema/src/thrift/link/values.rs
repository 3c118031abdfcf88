//! Values against their types.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::thrift::document::{self, ValueKind};
use crate::thrift::link::Linker;
use crate::thrift::link::convert::uuid;
use crate::thrift::program::{EnumId, Field, FileId, Item, Location, Requiredness, StructId, StructKind};
use crate::thrift::rules;
use crate::thrift::types::{Type, TypeId};
use crate::thrift::value::Value;

impl Linker<'_> {
    /// The value of a constant or a default of a type, or of a part of it.
    pub(super) fn value(&mut self, file: FileId, ty: TypeId, value: &document::Value) -> Option<Value> {
        let at = Location { file, span: value.span };
        let (true_id, true_type) = self.true_type(ty)?;
        if let Some(other) = self.later_definition(ty, at)
            && !self.scopes[file.index()].fbthrift
        {
            let message = format!("the type of this value, {}, is defined only later", self.type_word(ty));
            let fault =
                Diagnostic::new(&rules::USED_BEFORE_DEFINITION, message).primary(self.source(file), value.span, "");
            let fault = fault.secondary(self.source(other.file), other.span, "defined here");
            self.diagnostics.push(fault.note("the compiler reads values when it knows only what stands before them"));
            return None;
        }
        match (true_type, &value.kind) {
            (Type::Enum(id), kind) => self.enum_value(at, id, kind),
            (Type::Struct(id), ValueKind::Map(entries)) => self.struct_by_names(file, at, id, entries),
            (Type::Struct(id), ValueKind::Struct(name, fields)) => {
                self.check_struct_name(file, true_id, name)?;
                self.struct_value(file, at, id, fields.iter().map(|(name, value)| (&*name.text, name.span, value)))
            }
            (_, ValueKind::Name(name)) => self.constant_value(at, true_id, name),
            (Type::String | Type::Binary, ValueKind::Text(text)) => Some(Value::Text(text.clone())),
            (Type::Uuid, ValueKind::Text(text)) => {
                let bytes = uuid(text);
                if bytes.is_none() {
                    self.report(
                        &rules::BAD_VALUE,
                        at,
                        format!("`{text}` is no UUID (32 hexadecimal digits in five groups)"),
                    );
                }
                bytes.map(Value::Uuid)
            }
            (Type::Double | Type::Float, ValueKind::Double(number)) => Some(Value::Double(*number)),
            (Type::List(element) | Type::Set(element), ValueKind::List(items)) => {
                let items: Vec<_> = items.iter().map(|item| self.value(file, element, item)).collect();
                items.into_iter().collect::<Option<_>>().map(Value::List)
            }
            (Type::Map(key, item), ValueKind::Map(entries)) => self.map(file, (key, item), entries),
            (Type::List(_) | Type::Set(_), ValueKind::Map(entries)) if entries.is_empty() => {
                self.loose(at, format!("an empty map stands for an empty {}", true_type.word()));
                Some(Value::List(Vec::new()))
            }
            (Type::Map(..), ValueKind::List(items)) if items.is_empty() => {
                self.loose(at, "an empty list stands for an empty map".to_owned());
                Some(Value::Map(Vec::new()))
            }
            (_, ValueKind::Integer(number)) => self.integer(at, true_id, *number, Some(value.span)),
            (_, ValueKind::Bool(value)) => self.integer(at, true_id, (*value).into(), None),
            (_, kind) => self.mismatch(at, true_id, kind),
        }
    }

    /// An integer, or what the compiler takes as one, as a value of a type. `written` is the place of its digits.
    pub(super) fn integer(&mut self, at: Location, ty: TypeId, number: i64, written: Option<Span>) -> Option<Value> {
        match self.true_type(ty)?.1 {
            Type::Bool => {
                if number != 0 && number != 1 {
                    self.loose(at, format!("{number} stands for true"));
                }
                Some(Value::Bool(number != 0))
            }
            ty @ (Type::I8 | Type::I16 | Type::I32 | Type::I64) => {
                if range(ty).contains(&number) {
                    return Some(Value::Integer(number));
                }
                let bits = 64 - range(ty).end().leading_zeros() + 1;
                let digits = written.map_or("", |span| self.source(at.file).slice(span));
                if digits.starts_with("0x") && number < 1 << bits {
                    let signed = number - (1 << bits);
                    self.loose(at, format!("{digits} does not fit into an {}; {signed} has the same bits", ty.word()));
                    return Some(Value::Integer(signed));
                }
                self.report(&rules::BAD_VALUE, at, format!("{number} does not fit into an {}", ty.word()));
                None
            }
            #[expect(clippy::cast_precision_loss, reason = "the compiler rounds too")]
            Type::Double | Type::Float => Some(Value::Double(number as f64)),
            _ => self.mismatch(at, ty, &ValueKind::Integer(number)),
        }
    }

    fn mismatch(&mut self, at: Location, ty: TypeId, kind: &ValueKind) -> Option<Value> {
        let what = match kind {
            ValueKind::Bool(_) => "a boolean",
            ValueKind::Integer(_) => "an integer",
            ValueKind::Double(_) => "a number with a fraction or exponent",
            ValueKind::Text(_) => "a text",
            ValueKind::Name(_) => "a name",
            ValueKind::List(_) => "a list",
            ValueKind::Map(_) => "a map",
            ValueKind::Struct(..) => "a struct",
        };
        let message = format!("{what} is no value of {}", self.type_word(ty));
        self.report(&rules::BAD_VALUE, at, message);
        None
    }

    fn loose(&mut self, at: Location, message: String) {
        self.report(&rules::LOOSE_VALUE, at, message);
    }

    fn map(
        &mut self,
        file: FileId,
        (key, item): (TypeId, TypeId),
        entries: &[(document::Value, document::Value)],
    ) -> Option<Value> {
        let mut first: HashMap<&str, Span> = HashMap::new();
        let mut values = Vec::with_capacity(entries.len());
        for (written, value) in entries {
            let text = self.source(file).slice(written.span);
            if let Some(other) = first.insert(text, written.span) {
                let (at, other) = (Location { file, span: written.span }, Location { file, span: other });
                self.report_with(
                    &rules::LOOSE_VALUE,
                    at,
                    format!("the key {text} is there twice"),
                    other,
                    "the other one",
                );
            }
            let both = (self.value(file, key, written), self.value(file, item, value));
            values.push(if let (Some(key), Some(value)) = both { Some((key, value)) } else { None });
        }
        values.into_iter().collect::<Option<_>>().map(Value::Map)
    }

    fn struct_by_names(
        &mut self,
        file: FileId,
        at: Location,
        id: StructId,
        entries: &[(document::Value, document::Value)],
    ) -> Option<Value> {
        let mut fields = Vec::with_capacity(entries.len());
        let mut faulty = false;
        for (key, value) in entries {
            if let ValueKind::Text(name) = &key.kind {
                fields.push((&**name, key.span, value));
            } else {
                faulty = true;
                let message = "the name of a field has to be a text in quotes".to_owned();
                self.report(&rules::BAD_VALUE, Location { file, span: key.span }, message);
            }
        }
        let value = self.struct_value(file, at, id, fields.into_iter());
        if faulty { None } else { value }
    }

    fn struct_value<'v>(
        &mut self,
        file: FileId,
        at: Location,
        id: StructId,
        entries: impl Iterator<Item = (&'v str, Span, &'v document::Value)>,
    ) -> Option<Value> {
        if !self.complete.contains(&id) {
            return None;
        }
        let mut fields: Vec<(usize, Value)> = Vec::new();
        let mut first: HashMap<usize, Span> = HashMap::new();
        let mut faulty = false;
        for (name, span, value) in entries {
            let place = Location { file, span };
            let structure = &self.structs[id.index()];
            let Some(index) = structure.field_index(name) else {
                let message = format!("the {} `{}` has no field `{name}`", structure.kind.word(), structure.head.name);
                let other = structure.head.location;
                self.report_with(&rules::BAD_VALUE, place, message, other, "defined here");
                faulty = true;
                continue;
            };
            let ty = structure.fields[index].ty.id;
            if let Some(other) = first.insert(index, span) {
                let other = Location { file, span: other };
                self.report_with(
                    &rules::LOOSE_VALUE,
                    place,
                    format!("`{name}` is there twice"),
                    other,
                    "the other one",
                );
                fields.retain(|(known, _)| *known != index);
            }
            match self.value(file, ty, value) {
                Some(value) => fields.push((index, value)),
                None => faulty = true,
            }
        }
        if !faulty && let Some(message) = self.incomplete(id, &fields) {
            self.loose(at, message);
        }
        (!faulty).then_some(Value::Struct(id, fields))
    }

    /// What is wrong with the number of a struct's fields in a value.
    fn incomplete(&self, id: StructId, given: &[(usize, Value)]) -> Option<String> {
        let structure = &self.structs[id.index()];
        if structure.kind == StructKind::Union {
            return match given.len() {
                0 => Some("a value of a union has no field".to_owned()),
                1 => None,
                _ => Some("a value of a union has more than one field".to_owned()),
            };
        }
        let is_missing = |(index, field): &(usize, &Field)| {
            field.requiredness == Requiredness::Required
                && field.default.is_none()
                && !given.iter().any(|(known, _)| known == index)
        };
        let (_, field) = structure.fields.iter().enumerate().find(is_missing)?;
        let (kind, name) = (structure.kind.word(), &structure.head.name);
        Some(format!("the value lacks the required field `{}` of the {kind} `{name}`", field.head.name))
    }

    fn enum_value(&mut self, at: Location, id: EnumId, kind: &ValueKind) -> Option<Value> {
        let name = match kind {
            ValueKind::Name(name) => name,
            ValueKind::Integer(number) => return self.enum_by_number(at, id, *number),
            ValueKind::Bool(value) => return self.enum_by_number(at, id, (*value).into()),
            other => {
                let ty = self.types.id(Type::Enum(id));
                return self.mismatch(at, ty, other);
            }
        };
        let (prefix, simple) = match name.rsplit_once('.') {
            Some((prefix, simple)) => (Some(prefix), simple),
            None => (None, &**name),
        };
        let enumeration = &self.enums[id.index()];
        let number = enumeration.value(simple).map(|value| value.number);
        let (enum_name, other) = (enumeration.head.name.clone(), enumeration.head.location);
        let fbthrift = self.scopes[at.file.index()].fbthrift;
        let Some(number) = number else {
            if fbthrift {
                let ty = self.types.id(Type::Enum(id));
                return self.constant_value(at, ty, name);
            }
            let message = format!("`{name}` is no value of the enum `{enum_name}`");
            self.report_with(&rules::BAD_VALUE, at, message, other, "defined here");
            return None;
        };
        match prefix {
            None if !fbthrift => {
                let message = format!("`{name}` lacks the name of its enum");
                let better = format!("{}.{name}", self.written_name(at.file, other.file, &enum_name));
                let fault = Diagnostic::new(&rules::BAD_VALUE, message).primary(self.source(at.file), at.span, "");
                let fault = fault.suggest(self.source(at.file), at.span, format!("write `{better}`"), better);
                self.diagnostics.push(fault);
                return None;
            }
            // The compiler leaves out one prefix or two.
            Some(prefix) if !self.names_enum(at.file, prefix, id) && prefix.matches('.').count() > 1 => {
                let message = format!("`{name}` is no value of the enum `{enum_name}`");
                self.report_with(&rules::BAD_VALUE, at, message, other, "defined here");
                return None;
            }
            Some(prefix) if !self.names_enum(at.file, prefix, id) => {
                let message =
                    format!("`{name}` is taken as a value of `{enum_name}`, although its prefix is another one");
                let fault = Diagnostic::new(&rules::LOOSE_VALUE, message);
                let fault = fault.primary(self.source(at.file), at.span, "");
                self.diagnostics.push(fault.secondary(self.source(other.file), other.span, "the enum"));
            }
            _ => {}
        }
        Some(Value::Enum(id, number))
    }

    fn enum_by_number(&mut self, at: Location, id: EnumId, number: i64) -> Option<Value> {
        let enumeration = &self.enums[id.index()];
        let value = i32::try_from(number).ok().and_then(|number| enumeration.value_by_number(number));
        if value.is_none() {
            let message = format!("no value of the enum `{}` has the number {number}", enumeration.head.name);
            let other = enumeration.head.location;
            self.report_with(&rules::BAD_VALUE, at, message, other, "defined here");
            return None;
        }
        value.map(|value| Value::Enum(id, value.number))
    }

    fn names_enum(&mut self, file: FileId, name: &str, id: EnumId) -> bool {
        let Some(named) = self.lookup(file, name).found() else { return false };
        let ty = match named.item {
            Item::Enum(found) => return found == id,
            Item::Typedef(typedef) => self.typedefs[typedef.index()].true_type,
            _ => return false,
        };
        self.types.get(ty) == Some(Type::Enum(id))
    }

    /// The name of a definition as it is to be written in a file.
    fn written_name(&self, file: FileId, of: FileId, name: &str) -> String {
        let mut includes = self.loaded[file.index()].includes.iter();
        match includes.find(|include| include.file == Some(of)) {
            Some(include) if file != of => format!("{}.{name}", include.prefix),
            _ => name.to_owned(),
        }
    }

    /// A type in a message.
    pub(super) fn type_word(&self, ty: TypeId) -> String {
        match self.types.get(ty) {
            Some(Type::Struct(id)) => {
                let structure = &self.structs[id.index()];
                format!("the {} `{}`", structure.kind.word(), structure.head.name)
            }
            Some(Type::Enum(id)) => format!("the enum `{}`", self.enums[id.index()].head.name),
            Some(Type::Typedef(id)) => format!("`{}`", self.typedefs[id.index()].head.name),
            Some(ty) => format!("`{}`", ty.word()),
            None => "its type".to_owned(),
        }
    }
}

/// The values of an integer type.
pub(super) fn range(ty: Type) -> RangeInclusive<i64> {
    match ty {
        Type::I8 => i8::MIN.into()..=i8::MAX.into(),
        Type::I16 => i16::MIN.into()..=i16::MAX.into(),
        Type::I32 => i32::MIN.into()..=i32::MAX.into(),
        _ => i64::MIN..=i64::MAX,
    }
}

//! What breaks readers of JSON in which fields and enum values stand by name.

use super::{Sides, rules};
use crate::compat::{Directions, Finding};
use crate::thrift::resolve::{Resolution, Step, StructPlan};
use crate::thrift::{StructId, Type, TypeId};

/// How values stand in JSON.
#[derive(Debug, PartialEq, Eq)]
enum Form {
    Bool,
    /// With so many bits.
    Integer(u8),
    Number,
    Text,
    Base64,
    Uuid,
    /// A name, or a number that has none.
    Enum,
    Array(Box<Form>),
    Object(Box<Form>),
    /// Pairs of keys and values.
    Entries(Box<(Form, Form)>),
    Struct,
}

impl Form {
    /// Whether a reader of this form takes what another writes.
    fn takes(&self, written: &Self) -> bool {
        match (self, written) {
            (Self::Integer(to), Self::Integer(from)) => to >= from,
            (Self::Number | Self::Enum, Self::Integer(_)) => true,
            (Self::Array(to), Self::Array(from)) | (Self::Object(to), Self::Object(from)) => to.takes(from),
            (Self::Entries(to), Self::Entries(from)) => to.0.takes(&from.0) && to.1.takes(&from.1),
            (to, from) => to == from,
        }
    }
}

impl Sides<'_> {
    /// Finds what is written differently in JSON.
    pub(super) fn json(&self, resolution: &Resolution, add: &mut dyn FnMut(Finding)) {
        for plan in &resolution.plans {
            // Messages are made of what the protocol makes of them.
            if self.writer.messages.message(plan.writer).is_some() {
                continue;
            }
            for step in &plan.steps {
                if let Step::Read { writer, reader, .. } | Step::Drop { writer, reader } = *step {
                    self.key(plan, (writer, reader), add);
                }
            }
            self.types((plan.writer, plan.reader), add);
        }
        for (from, to) in &resolution.enums {
            let (writer, reader) = (&self.writer.program[*from], &self.reader.program[*to]);
            for (position, value) in writer.values.iter().enumerate() {
                let name = &value.head.name;
                let Some(other) = reader.value_by_number(value.number).filter(|_| reader.value(name).is_none()) else {
                    continue;
                };
                let message = format!(
                    "a reader of JSON with the {} schema does not know `{name}` of the enum `{}`, which is `{}` there",
                    self.direction.reader_and_writer().0,
                    self.writer.name(&writer.head),
                    other.head.name
                );
                let same = reader.values.iter().position(|value| value.head.name == other.head.name);
                let places = (self.writer.value(*from, position), self.reader.value(*to, same.unwrap_or_default()));
                self.add(self.found(&rules::JSON_RENAMED_VALUE, message, places), add);
            }
        }
    }

    fn key(&self, plan: &StructPlan, (writer, reader): (usize, usize), add: &mut dyn FnMut(Finding)) {
        let (from, to) =
            (&self.writer.program[plan.writer].fields[writer], &self.reader.program[plan.reader].fields[reader]);
        if from.head.name == to.head.name {
            return;
        }
        let (reader_word, writer_word) = self.direction.reader_and_writer();
        let message = format!(
            "a reader of JSON with the {reader_word} schema does not find {}: {writer_word} data has it as `{}`",
            self.reader.spelled(plan.reader, reader),
            from.head.name
        );
        let places = (self.writer.field(plan.writer, writer), self.reader.field(plan.reader, reader));
        self.add(self.found(&rules::JSON_RENAMED_FIELD, message, places), add);
    }

    fn types(&self, (from, to): (StructId, StructId), add: &mut dyn FnMut(Finding)) {
        let (writer, reader) = (&self.writer.program[from], &self.reader.program[to]);
        for (position, field) in writer.fields.iter().enumerate() {
            let Some(other) = reader.field_index(&field.head.name) else { continue };
            let wanted = &reader.fields[other];
            let forms = (form(self.writer.program, field.ty.id), form(self.reader.program, wanted.ty.id));
            if forms.1.takes(&forms.0) {
                continue;
            }
            let (reader_word, writer_word) = self.direction.reader_and_writer();
            let message = format!(
                "a reader of JSON with the {reader_word} schema does not take {} of {writer_word} data: {} stands there, and {} is \
                 expected",
                self.reader.spelled(to, other),
                self.writer.described(field.ty.id),
                self.reader.described(wanted.ty.id)
            );
            let places = (self.writer.field(from, position), self.reader.field(to, other));
            self.add(self.found(&rules::JSON_TYPE_MISMATCH, message, places), add);
        }
    }

    fn add(&self, mut finding: Finding, add: &mut dyn FnMut(Finding)) {
        finding.breaks = Directions::from(self.direction);
        add(finding);
    }
}

fn form(program: &crate::thrift::Program, id: TypeId) -> Form {
    match program[program.true_type(id)] {
        Type::Bool => Form::Bool,
        Type::I8 => Form::Integer(8),
        Type::I16 => Form::Integer(16),
        Type::I32 => Form::Integer(32),
        Type::I64 => Form::Integer(64),
        Type::Float | Type::Double => Form::Number,
        Type::String => Form::Text,
        Type::Binary => Form::Base64,
        Type::Uuid => Form::Uuid,
        Type::Enum(_) => Form::Enum,
        Type::List(element) | Type::Set(element) => Form::Array(Box::new(form(program, element))),
        Type::Map(key, value) if matches!(program[program.true_type(key)], Type::String) => {
            Form::Object(Box::new(form(program, value)))
        }
        Type::Map(key, value) => Form::Entries(Box::new((form(program, key), form(program, value)))),
        Type::Struct(_) | Type::Void | Type::Typedef(_) => Form::Struct,
    }
}

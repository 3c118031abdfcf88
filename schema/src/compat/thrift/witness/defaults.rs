//! Data that lacks a field, which each side understands with its own default.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::thrift::Binary;
use cognate_codec::{Limits, UnknownFields};

use super::{MOST, Witnesses};
use crate::compat::finding::hex;
use crate::compat::{Outcome, Witness};
use crate::thrift::{self, Layout, StructId, StructKind, Type, TypeId};
use crate::value::{JsonForm, StructValue, Value};

impl Witnesses<'_> {
    /// A value of the writer's without a field, as each side understands it; nothing when the field is always there, or both
    /// understand the same.
    pub(in crate::compat::thrift) fn default(
        &self,
        (from, writer): (StructId, usize),
        (to, reader): (StructId, usize),
    ) -> Option<Witness> {
        if self.writer.program[from].kind == StructKind::Union {
            return None;
        }
        self.left.set(MOST);
        let value = self.structure(from, 0, &mut |_, _, _| None)?;
        let mut bytes = Vec::new();
        self.writing.encode_into::<Binary>(from, &value, &mut bytes).ok()?;
        let read = self.reading.decode::<Binary>(to, &bytes, Limits::THRIFT).ok()?;
        let meant = self.filled(&self.writing, (from, writer), value)?.to_json(JsonForm::Plain);
        let read = self.filled(&self.reading, (to, reader), read)?.to_json(JsonForm::Plain);
        (meant != read).then(|| Witness {
            direction: self.direction,
            ty: Some(self.writer.name(&self.writer.program[from].head)),
            read_as: self.read_as(from, to),
            value: meant,
            protocol: Some("binary"),
            message: None,
            hex: hex(&bytes),
            outcome: Outcome::Reads(read),
            behind: None,
        })
    }

    /// A value with the default of a field that it lacks.
    fn filled<'a>(&self, layout: &Layout, (id, position): (StructId, usize), value: Value<'a>) -> Option<Value<'a>> {
        let Value::Struct(mut value) = value else { return None };
        let fields = &layout.program()[id].fields;
        let field = fields.get(position)?;
        if value.fields.iter().any(|(at, _)| *at == position) {
            return None;
        }
        if let Some(default) = &field.default {
            value.fields.push((position, self.constant(layout, field.ty.id, default)?));
            value.fields.sort_by_key(|(at, _)| fields[*at].id);
        }
        Some(Value::Struct(value))
    }

    /// The value that a constant stands for.
    fn constant(&self, layout: &Layout, ty: TypeId, constant: &thrift::Value) -> Option<Value<'static>> {
        use thrift::Value as Constant;
        self.left.set(self.left.get().checked_sub(1)?);
        let program = layout.program();
        Some(match (program[program.true_type(ty)], constant) {
            (Type::Bool, Constant::Bool(value)) => Value::Bool(*value),
            (Type::I8 | Type::I16 | Type::I32, Constant::Integer(value)) => Value::Int(i32::try_from(*value).ok()?),
            (Type::I64, Constant::Integer(value)) => Value::Long(*value),
            (Type::Float | Type::Double, Constant::Double(value)) => Value::Double(*value),
            (Type::String, Constant::Text(text)) => Value::String(Cow::Owned(text.to_string())),
            (Type::Binary, Constant::Text(text)) => Value::Bytes(Cow::Owned(text.as_bytes().to_vec())),
            (Type::Uuid, Constant::Uuid(bytes)) => Value::Uuid(*bytes),
            (Type::Enum(id), Constant::Enum(_, number)) => layout.symbol(id, *number),
            (Type::List(element) | Type::Set(element), Constant::List(items)) => {
                let items = items.iter().map(|item| self.constant(layout, element, item));
                Value::List(items.collect::<Option<_>>()?)
            }
            (Type::Map(key_type, value_type), Constant::Map(entries)) => {
                let entry = |(key, value): &(Constant, Constant)| {
                    Some((self.constant(layout, key_type, key)?, self.constant(layout, value_type, value)?))
                };
                let entries = entries.iter().map(entry).collect::<Option<_>>()?;
                match program[program.true_type(key_type)] {
                    Type::String => Value::Map(entries),
                    _ => Value::Entries(entries),
                }
            }
            (Type::Struct(id), Constant::Struct(_, fields)) => {
                let all = &program[id].fields;
                let field = |(position, value): &(usize, Constant)| {
                    Some((*position, self.constant(layout, all.get(*position)?.ty.id, value)?))
                };
                let mut fields = fields.iter().map(field).collect::<Option<Vec<_>>>()?;
                fields.sort_by_key(|(position, _)| all[*position].id);
                let shape = Arc::clone(layout.shape(id));
                Value::Struct(Box::new(StructValue { shape, fields, unknown: UnknownFields::new() }))
            }
            _ => return None,
        })
    }
}

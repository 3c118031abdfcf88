//! Values as plain JSON.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::UnknownFields;

use super::{Layout, StructLayout};
use crate::data_json::{Fault, FaultParts, JsonForm, Read, base64, float, integer, write_json};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{self, Member, Node};
use crate::source::SourceFile;
use crate::thrift::raw::{UNKNOWN, fields_from_json};
use crate::thrift::{EnumId, StructId, Type, TypeId, rules};
use crate::uuid;
use crate::value::{EnumValue, StructValue, Value};

impl Layout {
    /// A value as plain JSON on one line: fields that are there by name, enums by name or else number, bytes as base64, maps whose
    /// keys are no strings as arrays of `[key, value]`, and what the schema does not know under `@unknown`.
    pub fn to_json(&self, value: &Value<'_>) -> String {
        let mut out = String::new();
        write_json(value, JsonForm::Plain, &mut out);
        out
    }

    /// Reads a struct from plain JSON.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or not a value of the struct; with the place and the way to it.
    pub fn read_json(&self, id: StructId, source: &Arc<SourceFile>) -> Result<Value<'static>, Diagnostics> {
        Self::read_with(source, |node| self.structure_from(id, node))
    }

    /// Reads a value from JSON text by what makes a value of a node.
    pub(super) fn read_with(
        source: &Arc<SourceFile>,
        read: impl FnOnce(&Node) -> Read<Value<'static>>,
    ) -> Result<Value<'static>, Diagnostics> {
        let mut diagnostics = Vec::new();
        if let Some(node) = json::parse(source, &mut diagnostics)
            && diagnostics.is_empty()
        {
            match read(&node) {
                Ok(value) => return Ok(value),
                Err(fault) => {
                    let path = fault.path();
                    let FaultParts { span, message, .. } = *fault.0;
                    let message = if path.is_empty() { message } else { format!("{path}: {message}") };
                    diagnostics.push(Diagnostic::new(&rules::DATA_MISMATCH, message).primary(source, span, ""));
                }
            }
        }
        Err(diagnostics.into())
    }

    fn structure_from(&self, id: StructId, node: &Node) -> Read<Value<'static>> {
        let layout = self.structure(id);
        let Some(members) = node.as_object() else { return Err(self.mismatch_at(node, &layout.shape.name)) };
        let mut value =
            StructValue { shape: Arc::clone(&layout.shape), fields: Vec::new(), unknown: UnknownFields::new() };
        let names = &layout.shape.fields;
        for Member { key, key_span, value: given } in members {
            if &**key == UNKNOWN {
                value.unknown = fields_from_json(given).map_err(|fault| fault.inside(&format!(".{UNKNOWN}")))?;
                continue;
            }
            if !names.iter().any(|(_, name)| name == key) {
                let message = format!("the {} `{}` has no field `{key}`", layout.word(), layout.shape.name);
                return Err(Fault::new(*key_span, message));
            }
            if layout.is_union && !value.fields.is_empty() {
                let message = format!("the union `{}` has one value", layout.shape.name);
                return Err(Fault::new(*key_span, message));
            }
            // Not yet in their order: see below.
            let position = names.iter().position(|(_, name)| name == key).unwrap_or_default();
            let Some(field) = layout.fields.get(position) else { continue };
            let read = self.value_from(field.ty, given).map_err(|fault| fault.inside(&format!(".{key}")))?;
            value.fields.push((position, read));
        }
        layout.check_required(&value, node)?;
        // Writers send fields by id.
        value.fields.sort_by_key(|(position, _)| layout.fields.get(*position).map_or(0, |field| field.id));
        Ok(Value::Struct(Box::new(value)))
    }

    fn value_from(&self, ty: TypeId, node: &Node) -> Read<Value<'static>> {
        Ok(match self.ty(ty) {
            Type::Bool => match node.value {
                json::Value::Bool(value) => Value::Bool(value),
                _ => return Err(self.mismatch_at(node, "bool")),
            },
            Type::I8 => Value::Int(i32::from(integer::<i8>(node, "i8")?)),
            Type::I16 => Value::Int(i32::from(integer::<i16>(node, "i16")?)),
            Type::I32 => Value::Int(integer(node, "i32")?),
            Type::I64 => Value::Long(integer(node, "i64")?),
            Type::Float => Value::Float(float(node, "float", f32::is_finite)?),
            Type::Double => Value::Double(float(node, "double", f64::is_finite)?),
            Type::String => match node.as_str() {
                Some(text) => Value::String(Cow::Owned(text.to_owned())),
                None => return Err(self.mismatch_at(node, "string")),
            },
            Type::Binary => Value::Bytes(Cow::Owned(base64(node)?)),
            Type::Uuid => match node.as_str().and_then(uuid::parse) {
                Some(bytes) => Value::Uuid(bytes),
                None => return Err(self.mismatch_at(node, "uuid")),
            },
            Type::Enum(id) => self.symbol_from(id, node)?,
            Type::Struct(id) => self.structure_from(id, node)?,
            Type::List(element) | Type::Set(element) => {
                let Some(nodes) = node.as_array() else { return Err(self.mismatch_at(node, "list")) };
                let item =
                    |(index, node)| self.value_from(element, node).map_err(|fault| fault.inside(&format!("[{index}]")));
                Value::List(nodes.iter().enumerate().map(item).collect::<Read<_>>()?)
            }
            Type::Map(key, value) => self.map_from(key, value, node)?,
            Type::Void | Type::Typedef(_) => return Err(self.mismatch_at(node, "no value")),
        })
    }

    fn symbol_from(&self, id: EnumId, node: &Node) -> Read<Value<'static>> {
        let layout = self.enumeration(id);
        let Some(text) = node.as_str() else { return integer(node, &layout.shape.name).map(Value::Int) };
        match layout.shape.symbols.iter().position(|symbol| &**symbol == text) {
            Some(index) => Ok(Value::Enum(EnumValue { shape: Arc::clone(&layout.shape), index })),
            None => Err(Fault::at(node, format!("`{text}` is no value of the enum `{}`", layout.shape.name))),
        }
    }

    fn map_from(&self, key: TypeId, value: TypeId, node: &Node) -> Read<Value<'static>> {
        if let (Type::String, Some(members)) = (self.ty(key), node.as_object()) {
            let entry = |member: &Member| {
                let read = self.value_from(value, &member.value);
                let read = read.map_err(|fault| fault.inside(&format!("[{:?}]", member.key)))?;
                Ok((Value::String(Cow::Owned(member.key.to_string())), read))
            };
            return Ok(Value::Map(members.iter().map(entry).collect::<Read<_>>()?));
        }
        let Some(nodes) = node.as_array().filter(|_| self.ty(key) != Type::String) else {
            return Err(self.mismatch_at(node, "map"));
        };
        let entry = |(index, node): (usize, &Node)| {
            let Some([key_node, value_node]) = node.as_array() else {
                return Err(Fault::at(node, "an entry is an array of a key and a value".to_owned()));
            };
            let read = self.value_from(key, key_node).and_then(|key| Ok((key, self.value_from(value, value_node)?)));
            read.map_err(|fault| fault.inside(&format!("[{index}]")))
        };
        Ok(Value::Entries(nodes.iter().enumerate().map(entry).collect::<Read<_>>()?))
    }

    #[expect(clippy::unused_self, reason = "beside its callers")]
    fn mismatch_at(&self, node: &Node, expected: &str) -> Fault {
        Fault::at(node, format!("{expected} is expected here, not {}", node.kind_name()))
    }
}

impl StructLayout {
    /// Refuses a value that lacks a required field.
    pub(super) fn check_required(&self, value: &StructValue<'_>, node: &Node) -> Read<()> {
        let is_there = |position: usize| value.fields.iter().any(|(at, _)| *at == position);
        let mut required = self.fields.iter().zip(&self.shape.fields).enumerate();
        match required.find(|(position, (field, _))| field.is_required && !is_there(*position)) {
            Some((_, (_, (_, name)))) => {
                Err(Fault::at(node, format!("the required field `{name}` of `{}` is missing", self.shape.name)))
            }
            None => Ok(()),
        }
    }
}

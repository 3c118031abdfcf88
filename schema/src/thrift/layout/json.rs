//! Plain JSON to values.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::{UnknownFields, uuid_text};

use super::{Layout, StructLayout};
use crate::data_json::{Fault, Read, base64, float, integer, read_text, told};
use crate::diagnostic::Diagnostics;
use crate::json::{self, Member, Node};
use crate::source::SourceFile;
use crate::thrift::raw::{UNKNOWN, fields_from_json};
use crate::thrift::{EnumId, StructId, Type, TypeId, rules};
use crate::value::{EnumValue, StructValue, Value};

impl Layout {
    /// Reads a struct from plain JSON.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or not a value of the struct; with the place and the way to it.
    pub fn read_json(&self, id: StructId, source: &Arc<SourceFile>) -> Result<Value<'static>, Diagnostics> {
        read_text(source, &rules::DATA_MISMATCH, |node| self.structure_from(id, node))
    }

    /// Reads a struct from a part of plain JSON.
    ///
    /// # Errors
    ///
    /// When it is not a value of the struct; with the place in the text and the way to it.
    pub fn read_json_node(
        &self,
        id: StructId,
        node: &Node,
        source: &Arc<SourceFile>,
    ) -> Result<Value<'static>, Diagnostics> {
        told(source, &rules::DATA_MISMATCH, self.structure_from(id, node))
    }

    fn structure_from(&self, id: StructId, node: &Node) -> Read<Value<'static>> {
        let layout = self.structure(id);
        let Some(members) = node.as_object() else { return Err(Fault::expected(&layout.shape.name, node)) };
        let mut value =
            StructValue { shape: Arc::clone(&layout.shape), fields: Vec::new(), unknown: UnknownFields::new() };
        for Member { key, key_span, value: given } in members {
            if &**key == UNKNOWN {
                value.unknown = fields_from_json(given).map_err(|fault| fault.inside(&format!(".{UNKNOWN}")))?;
                continue;
            }
            let Some((position, field)) = layout.field_named(key) else {
                let message = format!("the {} `{}` has no field `{key}`", layout.word(), layout.shape.name);
                return Err(Fault::new(*key_span, message));
            };
            if layout.is_union && !value.fields.is_empty() {
                let message = format!("the union `{}` has one value", layout.shape.name);
                return Err(Fault::new(*key_span, message));
            }
            let read = self.value_from(field.ty, given).map_err(|fault| fault.inside(&format!(".{key}")))?;
            value.fields.push((position, read));
        }
        layout.check_required(&value, node)?;
        Ok(Value::Struct(Box::new(value)))
    }

    fn value_from(&self, ty: TypeId, node: &Node) -> Read<Value<'static>> {
        Ok(match self.ty(ty) {
            Type::Bool => match node.value {
                json::Value::Bool(value) => Value::Bool(value),
                _ => return Err(Fault::expected("bool", node)),
            },
            Type::I8 => Value::Int(i32::from(integer::<i8>(node, "i8")?)),
            Type::I16 => Value::Int(i32::from(integer::<i16>(node, "i16")?)),
            Type::I32 => Value::Int(integer(node, "i32")?),
            Type::I64 => Value::Long(integer(node, "i64")?),
            Type::Float => Value::Float(float(node, "float", f32::is_finite)?),
            Type::Double => Value::Double(float(node, "double", f64::is_finite)?),
            Type::String => match node.as_str() {
                Some(text) => Value::String(Cow::Owned(text.to_owned())),
                None => return Err(Fault::expected("string", node)),
            },
            Type::Binary => Value::Bytes(Cow::Owned(base64(node)?)),
            Type::Uuid => match node.as_str().and_then(uuid_text::parse) {
                Some(bytes) => Value::Uuid(bytes),
                None => return Err(Fault::expected("uuid", node)),
            },
            Type::Enum(id) => self.symbol_from(id, node)?,
            Type::Struct(id) => self.structure_from(id, node)?,
            Type::List(element) | Type::Set(element) => {
                let Some(nodes) = node.as_array() else { return Err(Fault::expected("list", node)) };
                let item =
                    |(index, node)| self.value_from(element, node).map_err(|fault| fault.inside(&format!("[{index}]")));
                Value::List(nodes.iter().enumerate().map(item).collect::<Read<_>>()?)
            }
            Type::Map(key, value) => self.map_from(key, value, node)?,
            Type::Void | Type::Typedef(_) => return Err(Fault::expected("no value", node)),
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
            return Err(Fault::expected("map", node));
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
}

impl StructLayout {
    /// Refuses a value that lacks a required field.
    pub(super) fn check_required(&self, value: &StructValue<'_>, node: &Node) -> Read<()> {
        match self.missing(value) {
            Some(name) => {
                Err(Fault::at(node, format!("the required field `{name}` of `{}` is missing", self.shape.name)))
            }
            None => Ok(()),
        }
    }
}

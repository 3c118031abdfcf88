//! Thrift's JSON protocol to values.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::Arc;

use cognate_codec::thrift::{Kind, json};
use cognate_codec::{UnknownFields, uuid_text};

use super::kind_of;
use crate::data_json::{self, Fault, Read};
use crate::diagnostic::Diagnostics;
use crate::json::{Keys, Member, Node};
use crate::source::SourceFile;
use crate::thrift::raw::{Raw, RawList, RawMap, RawStruct, unknown_of};
use crate::thrift::{Layout, StructId, Type, TypeId, rules};
use crate::value::{StructValue, Value};

impl Layout {
    /// Reads a struct from Thrift's JSON protocol.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or not a struct in that protocol; with the place and the way to it.
    pub fn read_thrift_json(&self, id: StructId, source: &Arc<SourceFile>) -> Result<Value<'static>, Diagnostics> {
        data_json::read_text_with(source, Keys::Any, &rules::DATA_MISMATCH, |node| self.struct_of(id, node))
    }

    /// Reads a struct from a part of a text in Thrift's JSON protocol, such as a message, that was read with [`Keys::Any`].
    ///
    /// # Errors
    ///
    /// When it is not a struct in that protocol; with the place in the text and the way to it.
    pub fn read_thrift_json_node(
        &self,
        id: StructId,
        node: &Node,
        source: &Arc<SourceFile>,
    ) -> Result<Value<'static>, Diagnostics> {
        data_json::told(source, &rules::DATA_MISMATCH, self.struct_of(id, node))
    }

    fn struct_of(&self, id: StructId, node: &Node) -> Read<Value<'static>> {
        let layout = self.structure(id);
        let mut value =
            StructValue { shape: Arc::clone(&layout.shape), fields: Vec::new(), unknown: UnknownFields::new() };
        let (mut unknown, mut rank) = (RawStruct::default(), 0);
        for Member { key, key_span, value: tagged } in members(node)? {
            let Ok(id) = key.parse::<i16>() else {
                return Err(Fault::new(*key_span, format!("`{key}` is no field id")));
            };
            let (kind, inner) = tag(tagged)?;
            let position = layout.position(i32::from(id), &mut rank);
            let field = position.and_then(|position| Some((position, layout.fields.get(position)?)));
            if let Some((position, field)) = field.filter(|(_, field)| kind_of(self.ty(field.ty)) == kind) {
                let name = layout.shape.fields.get(position).map_or("", |(_, name)| name);
                let read = self.value_of(field.ty, inner).map_err(|fault| fault.inside(&format!(".{name}")))?;
                value.fields.push((position, read));
            } else {
                let read = raw(kind, inner).map_err(|fault| fault.inside(&format!(".{id}")))?;
                unknown.fields.push((i32::from(id), read));
            }
        }
        value.unknown = unknown_of(unknown).map_err(|error| Fault::at(node, error.to_string()))?;
        if layout.has_several_arms(&value) {
            return Err(Fault::at(node, format!("the union {} has several values", layout.shape.name)));
        }
        layout.check_required(&value, node)?;
        Ok(Value::Struct(Box::new(value)))
    }

    fn value_of(&self, ty: TypeId, node: &Node) -> Read<Value<'static>> {
        Ok(match self.ty(ty) {
            Type::Bool => Value::Bool(number::<i64>(node, "0 or 1")? != 0),
            Type::I8 => Value::Int(i32::from(number::<i8>(node, "i8")?)),
            Type::I16 => Value::Int(i32::from(number::<i16>(node, "i16")?)),
            Type::I32 => Value::Int(number(node, "i32")?),
            Type::I64 => Value::Long(number(node, "i64")?),
            Type::Float | Type::Double => Value::Double(double(node)?),
            Type::String => Value::String(Cow::Owned(text(node)?.to_owned())),
            Type::Binary => match json::decode_base64(text(node)?) {
                Ok(bytes) => Value::Bytes(Cow::Owned(bytes)),
                Err(reason) => return Err(Fault::at(node, reason)),
            },
            Type::Uuid => Value::Uuid(uuid_of(node)?),
            Type::Enum(id) => self.symbol(id, number(node, "i32")?),
            Type::Struct(id) => self.struct_of(id, node)?,
            Type::List(element) | Type::Set(element) => {
                let (_, items) = list(Some(kind_of(self.ty(element))), node)?;
                let item =
                    |(index, node)| self.value_of(element, node).map_err(|fault| fault.inside(&format!("[{index}]")));
                Value::List(items.iter().enumerate().map(item).collect::<Read<_>>()?)
            }
            Type::Map(key, value) => {
                let kinds = (kind_of(self.ty(key)), kind_of(self.ty(value)));
                let (_, entries) = map(Some(kinds), node)?;
                let entry = |(index, (entry_key, entry_value)): (usize, (Cow<'_, Node>, &Node))| {
                    let read =
                        self.value_of(key, &entry_key).and_then(|key| Ok((key, self.value_of(value, entry_value)?)));
                    read.map_err(|fault| fault.inside(&entries.step(index)))
                };
                let entries = entries.iter().enumerate().map(entry).collect::<Read<_>>()?;
                if self.ty(key) == Type::String { Value::Map(entries) } else { Value::Entries(entries) }
            }
            Type::Void | Type::Typedef(_) => return Err(Fault::at(node, "no value belongs here".to_owned())),
        })
    }
}

/// A value of which no schema is known.
fn raw(kind: Kind, node: &Node) -> Read<Raw<'static>> {
    Ok(match kind {
        Kind::Bool => Raw::Bool(number::<i64>(node, "0 or 1")? != 0),
        Kind::I8 => Raw::I8(number(node, "i8")?),
        Kind::I16 => Raw::I16(number(node, "i16")?),
        Kind::I32 => Raw::I32(number(node, "i32")?),
        Kind::I64 => Raw::I64(number(node, "i64")?),
        Kind::Double => Raw::Double(double(node)?),
        #[expect(clippy::cast_possible_truncation, reason = "the kind has single precision")]
        Kind::Float => Raw::Float(double(node)? as f32),
        Kind::String => Raw::String(Cow::Owned(text(node)?.as_bytes().to_vec())),
        Kind::Uuid => Raw::Uuid(uuid_of(node)?),
        Kind::Struct => {
            let field = |member: &Member| {
                let Ok(id) = member.key.parse::<i16>() else {
                    return Err(Fault::new(member.key_span, format!("`{}` is no field id", member.key)));
                };
                let (kind, inner) = tag(&member.value)?;
                Ok((i32::from(id), raw(kind, inner)?))
            };
            Raw::Struct(RawStruct { fields: members(node)?.iter().map(field).collect::<Read<_>>()? })
        }
        Kind::List | Kind::Set => {
            let (element, items) = list(None, node)?;
            let items = items.iter().map(|item| raw(element, item)).collect::<Read<_>>()?;
            Raw::List(RawList { is_set: kind == Kind::Set, element: Some(element), items })
        }
        Kind::Map => {
            let (kinds, entries) = map(None, node)?;
            let entry = |(key, value): (Cow<'_, Node>, &Node)| Ok((raw(kinds.0, &key)?, raw(kinds.1, value)?));
            Raw::Map(RawMap { kinds: Some(kinds), entries: entries.iter().map(entry).collect::<Read<_>>()? })
        }
    })
}

fn members(node: &Node) -> Read<&[Member]> {
    node.as_object().ok_or_else(|| Fault::expected("an object", node))
}

/// The kind of a field's value, and the value.
fn tag(node: &Node) -> Read<(Kind, &Node)> {
    let Some([member]) = node.as_object() else {
        return Err(Fault::expected("an object of one kind and its value, such as {\"i32\":5},", node));
    };
    match json::kind(&member.key) {
        Some(kind) => Ok((kind, &member.value)),
        None => Err(Fault::new(member.key_span, format!("`{}` is no kind of value", member.key))),
    }
}

/// The kind of a list's items, and the items. They are of the kind that is asked for, or there are none.
fn list(asked: Option<Kind>, node: &Node) -> Read<(Kind, &[Node])> {
    let Some([element, count, items @ ..]) = node.as_array() else {
        return Err(Fault::expected("an array of a kind, a count and the items", node));
    };
    let kind = kind_named(element)?;
    check_count(count, items.len())?;
    if asked.is_some_and(|asked| asked != kind) && !items.is_empty() {
        return Err(Fault::at(element, "the items are of another type than the collection has".to_owned()));
    }
    Ok((kind, items))
}

fn map(asked: Option<(Kind, Kind)>, node: &Node) -> Read<((Kind, Kind), Entries<'_>)> {
    let Some([key, value, count, entries]) = node.as_array() else {
        return Err(Fault::expected("an array of two kinds, a count and the entries", node));
    };
    let kinds = (kind_named(key)?, kind_named(value)?);
    let is_compound = matches!(kinds.0, Kind::Struct | Kind::List | Kind::Set | Kind::Map);
    let entries = match entries.as_array() {
        Some(pairs) if is_compound && pairs.len().is_multiple_of(2) => Entries::Pairs(pairs),
        _ => Entries::Members(members(entries)?),
    };
    check_count(count, entries.len())?;
    if asked.is_some_and(|asked| asked != kinds) && entries.len() > 0 {
        return Err(Fault::at(key, "the entries are of another type than the map has".to_owned()));
    }
    Ok((kinds, entries))
}

/// The entries of a map.
enum Entries<'n> {
    /// Those whose keys are strings, whatever they stand for.
    Members(&'n [Member]),
    /// Those whose keys are structs and collections: keys and values in turn.
    Pairs(&'n [Node]),
}

impl<'n> Entries<'n> {
    fn len(&self) -> usize {
        match self {
            Self::Members(members) => members.len(),
            Self::Pairs(nodes) => nodes.len() / 2,
        }
    }

    fn iter(&self) -> impl Iterator<Item = (Cow<'n, Node>, &'n Node)> {
        let (members, nodes): (&[Member], &[Node]) = match self {
            Self::Members(members) => (members, &[]),
            Self::Pairs(nodes) => (&[], nodes),
        };
        let member = |member: &'n Member| {
            let value = crate::json::Value::String(member.key.clone());
            (Cow::Owned(Node { value, span: member.key_span }), &member.value)
        };
        let pairs = nodes.as_chunks().0.iter().map(|[key, value]| (Cow::Borrowed(key), value));
        members.iter().map(member).chain(pairs)
    }

    /// The step to an entry.
    fn step(&self, index: usize) -> String {
        match self {
            Self::Members(members) => format!("[{:?}]", members.get(index).map_or("", |member| &member.key)),
            Self::Pairs(_) => format!("[{index}]"),
        }
    }
}

fn check_count(node: &Node, found: usize) -> Read<()> {
    let count: usize = number(node, "i32")?;
    if count == found { Ok(()) } else { Err(Fault::at(node, format!("{found} items follow, not {count}"))) }
}

fn kind_named(node: &Node) -> Read<Kind> {
    node.as_str().and_then(json::kind).ok_or_else(|| Fault::expected("a kind of value", node))
}

/// A number, in quotes or not.
fn number<T: FromStr>(node: &Node, name: &str) -> Read<T> {
    match node.as_str() {
        // Rust takes a leading plus, which JSON does not have.
        Some(text) => match text.parse() {
            Ok(number) if !text.starts_with('+') => Ok(number),
            _ => Err(Fault::at(node, format!("{text} is no {name}"))),
        },
        None => data_json::integer(node, name),
    }
}

fn double(node: &Node) -> Read<f64> {
    match node.as_str().and_then(|text| text.parse::<f64>().ok()).filter(|number| number.is_finite()) {
        Some(number) => Ok(number),
        None => data_json::float(node, "double", f64::is_finite),
    }
}

fn text(node: &Node) -> Read<&str> {
    node.as_str().ok_or_else(|| Fault::expected("a string", node))
}

fn uuid_of(node: &Node) -> Read<[u8; 16]> {
    node.as_str().and_then(uuid_text::parse).ok_or_else(|| Fault::expected("a UUID", node))
}

//! Values without a schema as JSON that says the kind of everything.
//!
//! A struct is an object of its field ids; each value is an object of its kind and itself: `{"1": {"i32": 5}, "2": {"list":
//! ["string", ["a"]]}, "3": {"map": ["i32", "bool", [[1, true]]]}}`. An empty collection that does not say its kinds is `[]`. Text
//! that is not UTF-8 is a `binary` in base64; a list of texts of which one is not is a list of `binary`.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cognate_codec::thrift::Kind;
use cognate_codec::{UnknownFields, uuid_text};

use super::{Raw, RawList, RawMap, RawStruct, unknown_of};
use crate::data_json::{Fault, Read, base64, float, integer, read_text, separate, told, write_float};
use crate::diagnostic::Diagnostics;
use crate::json::{Member, Node, write_string};
use crate::source::SourceFile;
use crate::thrift::rules;

impl RawStruct<'_> {
    /// Appends the struct as JSON on one line: `{"1":{"i32":5}}`.
    pub fn write_json(&self, out: &mut String) {
        out.push('{');
        for (index, (id, value)) in self.fields.iter().enumerate() {
            separate(index, out);
            // Writing to a string does not fail; so for all below.
            let _ = write!(out, "\"{id}\":{{\"{}\":", word(value.kind(), is_text(value)));
            write(value, is_text(value), out);
            out.push('}');
        }
        out.push('}');
    }

    /// Reads a struct from JSON as [`RawStruct::write_json`] writes it.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or no such struct; with the place and the way to it.
    pub fn read_json(source: &Arc<SourceFile>) -> Result<RawStruct<'static>, Diagnostics> {
        read_text(source, &rules::DATA_MISMATCH, fields)
    }

    /// Reads a struct from a part of JSON.
    ///
    /// # Errors
    ///
    /// When it is no such struct; with the place in the text and the way to it.
    pub fn read_json_node(node: &Node, source: &Arc<SourceFile>) -> Result<RawStruct<'static>, Diagnostics> {
        told(source, &rules::DATA_MISMATCH, fields(node))
    }
}

/// The key of the fields that a schema does not know.
pub(crate) const UNKNOWN: &str = "@unknown";

/// Appends fields that a schema does not know.
pub(crate) fn write_unknown(unknown: &UnknownFields<'_>, out: &mut String) {
    RawStruct::of_unknown(unknown).write_json(out);
}

/// What a schema does not know, from JSON.
pub(in crate::thrift) fn fields_from_json(node: &Node) -> Read<UnknownFields<'static>> {
    unknown_of(fields(node)?).map_err(|error| Fault::at(node, error.to_string()))
}

/// Whether all text in a value or in a collection of values is UTF-8.
fn is_text(value: &Raw<'_>) -> bool {
    match value {
        Raw::String(bytes) => std::str::from_utf8(bytes).is_ok(),
        _ => true,
    }
}

fn write(value: &Raw<'_>, as_text: bool, out: &mut String) {
    match value {
        Raw::Bool(value) => out.push_str(&value.to_string()),
        Raw::I8(value) => out.push_str(&value.to_string()),
        Raw::I16(value) => out.push_str(&value.to_string()),
        Raw::I32(value) => out.push_str(&value.to_string()),
        Raw::I64(value) => out.push_str(&value.to_string()),
        Raw::Double(value) => write_float(*value, out),
        Raw::Float(value) => write_float(*value, out),
        Raw::String(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) if as_text => write_string(text, out),
            _ => write_string(&STANDARD.encode(bytes), out),
        },
        Raw::Uuid(bytes) => write_string(&uuid_text::format(*bytes), out),
        Raw::Struct(fields) => fields.write_json(out),
        Raw::List(RawList { element: None, .. }) | Raw::Map(RawMap { kinds: None, .. }) => out.push_str("[]"),
        Raw::List(RawList { element: Some(kind), items, .. }) => {
            let as_text = items.iter().all(is_text);
            let _ = write!(out, "[\"{}\",[", word(*kind, as_text));
            for (index, item) in items.iter().enumerate() {
                separate(index, out);
                write(item, as_text, out);
            }
            out.push_str("]]");
        }
        Raw::Map(RawMap { kinds: Some((key_kind, value_kind)), entries }) => {
            let keys = entries.iter().all(|(key, _)| is_text(key));
            let values = entries.iter().all(|(_, value)| is_text(value));
            let _ = write!(out, "[\"{}\",\"{}\",[", word(*key_kind, keys), word(*value_kind, values));
            for (index, (key, value)) in entries.iter().enumerate() {
                separate(index, out);
                out.push('[');
                write(key, keys, out);
                out.push(',');
                write(value, values, out);
                out.push(']');
            }
            out.push_str("]]");
        }
    }
}

const WORDS: [(&str, Kind); 14] = [
    ("bool", Kind::Bool),
    ("i8", Kind::I8),
    ("i16", Kind::I16),
    ("i32", Kind::I32),
    ("i64", Kind::I64),
    ("double", Kind::Double),
    ("float", Kind::Float),
    ("string", Kind::String),
    ("binary", Kind::String),
    ("uuid", Kind::Uuid),
    ("struct", Kind::Struct),
    ("list", Kind::List),
    ("set", Kind::Set),
    ("map", Kind::Map),
];

fn word(kind: Kind, as_text: bool) -> &'static str {
    let mut words = WORDS.iter().filter(|(_, of)| *of == kind).map(|(word, _)| *word);
    let first = words.next().unwrap_or_default();
    if as_text { first } else { words.next().unwrap_or(first) }
}

fn fields(node: &Node) -> Read<RawStruct<'static>> {
    let Some(members) = node.as_object() else { return Err(Fault::expected("an object of field ids", node)) };
    let field = |member: &Member| {
        let Ok(id) = member.key.parse::<i16>() else {
            return Err(Fault::new(member.key_span, format!("`{}` is no field id", member.key)));
        };
        let value = tagged(&member.value).map_err(|fault| fault.inside(&format!(".{id}")))?;
        Ok((i32::from(id), value))
    };
    Ok(RawStruct { fields: members.iter().map(field).collect::<Read<_>>()? })
}

/// A value within an object that says its kind.
fn tagged(node: &Node) -> Read<Raw<'static>> {
    let Some([member]) = node.as_object() else {
        return Err(Fault::expected("an object of one kind and its value, such as {\"i32\": 5},", node));
    };
    let Some((word, kind)) = WORDS.iter().find(|(word, _)| *word == &*member.key) else {
        return Err(Fault::new(member.key_span, format!("`{}` is no kind of value", member.key)));
    };
    value(*kind, *word == "binary", &member.value)
}

fn value(kind: Kind, is_binary: bool, node: &Node) -> Read<Raw<'static>> {
    Ok(match kind {
        Kind::Bool => match node.value {
            crate::json::Value::Bool(value) => Raw::Bool(value),
            _ => return Err(Fault::expected("true or false", node)),
        },
        Kind::I8 => Raw::I8(integer(node, "i8")?),
        Kind::I16 => Raw::I16(integer(node, "i16")?),
        Kind::I32 => Raw::I32(integer(node, "i32")?),
        Kind::I64 => Raw::I64(integer(node, "i64")?),
        Kind::Double => Raw::Double(float(node, "double", f64::is_finite)?),
        Kind::Float => Raw::Float(float(node, "float", f32::is_finite)?),
        Kind::String if is_binary => Raw::String(Cow::Owned(base64(node)?)),
        Kind::String => match node.as_str() {
            Some(text) => Raw::String(Cow::Owned(text.as_bytes().to_vec())),
            None => return Err(Fault::expected("a string", node)),
        },
        Kind::Uuid => match node.as_str().and_then(uuid_text::parse) {
            Some(bytes) => Raw::Uuid(bytes),
            None => return Err(Fault::expected("a UUID", node)),
        },
        Kind::Struct => Raw::Struct(fields(node)?),
        Kind::List | Kind::Set => Raw::List(list(kind == Kind::Set, node)?),
        Kind::Map => Raw::Map(map(node)?),
    })
}

fn list(is_set: bool, node: &Node) -> Read<RawList<'static>> {
    match node.as_array() {
        Some([]) => Ok(RawList { is_set, element: None, items: Vec::new() }),
        Some([kind, items]) => {
            let (element, is_binary) = kind_of(kind)?;
            let Some(items) = items.as_array() else { return Err(Fault::expected("an array of items", items)) };
            let item =
                |(index, item)| value(element, is_binary, item).map_err(|fault| fault.inside(&format!("[{index}]")));
            let items = items.iter().enumerate().map(item).collect::<Read<_>>()?;
            Ok(RawList { is_set, element: Some(element), items })
        }
        _ => Err(Fault::expected("an array of a kind and an array of items", node)),
    }
}

fn map(node: &Node) -> Read<RawMap<'static>> {
    match node.as_array() {
        Some([]) => Ok(RawMap { kinds: None, entries: Vec::new() }),
        Some([key, value_kind, entries]) => {
            let ((key_kind, key_binary), (value_kind, value_binary)) = (kind_of(key)?, kind_of(value_kind)?);
            let Some(entries) = entries.as_array() else { return Err(Fault::expected("an array of entries", entries)) };
            let entry = |entry: &Node| match entry.as_array() {
                Some([key, entry]) => Ok((value(key_kind, key_binary, key)?, value(value_kind, value_binary, entry)?)),
                _ => Err(Fault::expected("an array of a key and a value", entry)),
            };
            let entries = entries.iter().map(entry).collect::<Read<_>>()?;
            Ok(RawMap { kinds: Some((key_kind, value_kind)), entries })
        }
        _ => Err(Fault::expected("an array of two kinds and an array of entries", node)),
    }
}

fn kind_of(node: &Node) -> Read<(Kind, bool)> {
    let found = node.as_str().and_then(|text| WORDS.iter().find(|(word, _)| *word == text));
    match found {
        Some((word, kind)) => Ok((*kind, *word == "binary")),
        None => Err(Fault::expected("a kind of value", node)),
    }
}

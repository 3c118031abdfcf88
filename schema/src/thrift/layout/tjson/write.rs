//! Values to Thrift's JSON protocol.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cognate_codec::thrift::json::word;
use cognate_codec::uuid_text;

use super::kind_of;
use crate::data_json::{separate, write_float};
use crate::json::write_string;
use crate::thrift::raw::{Raw, RawStruct};
use crate::thrift::{Layout, StructId, Type, TypeId};
use crate::value::{StructValue, Value};

impl Layout {
    /// A struct in Thrift's JSON protocol on one line. That is JSON but for structs and collections as keys of maps, which have no
    /// quotes (`{["i32",1,5]:"a"}`) and so are for readers of this protocol alone. Of what the schema does not know, text that is not UTF-8 becomes base64.
    ///
    /// A value that is not of the struct gives text that is not either; check it by encoding it.
    pub fn to_thrift_json(&self, id: StructId, value: &Value<'_>) -> String {
        let mut out = String::new();
        if let Value::Struct(value) = value {
            self.write_struct(id, value, &mut out);
        }
        out
    }

    fn write_struct(&self, id: StructId, value: &StructValue<'_>, out: &mut String) {
        let layout = self.structure(id);
        out.push('{');
        for (index, (position, value)) in value.fields.iter().enumerate() {
            let Some(field) = layout.fields.get(*position) else { continue };
            separate(index, out);
            // Writing to a string does not fail; so for all below.
            let _ = write!(out, "\"{}\":{{\"{}\":", field.id(), word(kind_of(self.ty(field.ty))));
            self.write_value(field.ty, value, out);
            out.push('}');
        }
        let unknown = RawStruct::of_unknown(&value.unknown);
        write_raw_fields(&unknown, value.fields.len(), out);
        out.push('}');
    }

    fn write_value(&self, ty: TypeId, value: &Value<'_>, out: &mut String) {
        match (self.ty(ty), value) {
            (_, Value::Bool(value)) => out.push(if *value { '1' } else { '0' }),
            (_, Value::Int(value)) => push(out, value),
            (_, Value::Long(value)) => push(out, value),
            (_, Value::Float(value)) => write_float(f64::from(*value), out),
            (_, Value::Double(value)) => write_float(*value, out),
            (_, Value::String(text)) => write_string(text, out),
            (_, Value::Bytes(bytes)) => write_string(&STANDARD.encode(bytes), out),
            (_, Value::Uuid(bytes)) => write_string(&uuid_text::format(*bytes), out),
            (Type::Enum(id), Value::Enum(symbol)) => {
                push(out, self.enumeration(id).numbers.get(symbol.index).copied().unwrap_or_default());
            }
            (Type::Struct(id), Value::Struct(value)) => self.write_struct(id, value, out),
            (Type::List(element) | Type::Set(element), Value::List(items)) => {
                let _ = write!(out, "[\"{}\",{}", word(kind_of(self.ty(element))), items.len());
                for item in items {
                    out.push(',');
                    self.write_value(element, item, out);
                }
                out.push(']');
            }
            (Type::Map(key, value), Value::Map(entries) | Value::Entries(entries)) => {
                let (key_word, value_word) = (word(kind_of(self.ty(key))), word(kind_of(self.ty(value))));
                let _ = write!(out, "[\"{key_word}\",\"{value_word}\",{},{{", entries.len());
                for (index, (entry_key, entry_value)) in entries.iter().enumerate() {
                    separate(index, out);
                    let mut text = String::new();
                    self.write_value(key, entry_key, &mut text);
                    write_key(&text, out);
                    out.push(':');
                    self.write_value(value, entry_value, out);
                }
                out.push_str("}]");
            }
            _ => {}
        }
    }
}

/// A map's key: in quotes where it is a number, and otherwise as it is.
fn write_key(text: &str, out: &mut String) {
    if text.starts_with(['"', '[', '{']) { out.push_str(text) } else { write_string(text, out) }
}

fn write_raw_fields(fields: &RawStruct<'_>, before: usize, out: &mut String) {
    for (index, (id, value)) in fields.fields.iter().enumerate() {
        separate(before + index, out);
        let _ = write!(out, "\"{id}\":{{\"{}\":", word(value.kind()));
        write_raw(value, out);
        out.push('}');
    }
}

fn write_raw(value: &Raw<'_>, out: &mut String) {
    match value {
        Raw::Bool(value) => out.push(if *value { '1' } else { '0' }),
        Raw::I8(value) => push(out, value),
        Raw::I16(value) => push(out, value),
        Raw::I32(value) => push(out, value),
        Raw::I64(value) => push(out, value),
        Raw::Double(value) => write_float(*value, out),
        Raw::Float(value) => write_float(f64::from(*value), out),
        Raw::String(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => write_string(text, out),
            Err(_) => write_string(&STANDARD.encode(bytes), out),
        },
        Raw::Uuid(bytes) => write_string(&uuid_text::format(*bytes), out),
        Raw::Struct(fields) => {
            out.push('{');
            write_raw_fields(fields, 0, out);
            out.push('}');
        }
        Raw::List(list) => {
            let _ = write!(out, "[\"{}\",{}", list.element.map_or("tf", word), list.items.len());
            for item in &list.items {
                out.push(',');
                write_raw(item, out);
            }
            out.push(']');
        }
        Raw::Map(map) => {
            let (key, value) = map.kinds.map_or(("tf", "tf"), |(key, value)| (word(key), word(value)));
            let _ = write!(out, "[\"{key}\",\"{value}\",{},{{", map.entries.len());
            for (index, (key, value)) in map.entries.iter().enumerate() {
                separate(index, out);
                let mut text = String::new();
                write_raw(key, &mut text);
                write_key(&text, out);
                out.push(':');
                write_raw(value, out);
            }
            out.push_str("}]");
        }
    }
}

fn push(out: &mut String, number: impl std::fmt::Display) {
    let _ = write!(out, "{number}");
}

//! Values to JSON.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cognate_codec::uuid_text;

use super::{INFINITY, JsonForm, JsonType, NAN, NEGATIVE_INFINITY, told_branch};
use crate::json::write_string;
use crate::thrift::{UNKNOWN, write_unknown};
use crate::value::{StructValue, UnionValue, Value};

impl Value<'_> {
    /// The value as JSON on one line.
    pub fn to_json(&self, form: JsonForm) -> String {
        let mut text = String::new();
        write_json(self, form, &mut text);
        text
    }
}

/// Appends a value as JSON on one line.
pub fn write_json(value: &Value<'_>, form: JsonForm, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Int(value) => push(out, format_args!("{value}")),
        Value::Long(value) => push(out, format_args!("{value}")),
        Value::Float(value) => write_float(*value, out),
        Value::Double(value) => write_float(*value, out),
        Value::String(text) => write_string(text, out),
        Value::Bytes(bytes) | Value::Fixed(bytes) => write_bytes(bytes, form, out),
        Value::Enum(symbol) => write_string(symbol.symbol().unwrap_or_default(), out),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                separate(index, out);
                write_json(item, form, out);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (index, (key, value)) in entries.iter().enumerate() {
                separate(index, out);
                if let Value::String(key) = key {
                    write_string(key, out);
                }
                out.push(':');
                write_json(value, form, out);
            }
            out.push('}');
        }
        Value::Record(record) => {
            out.push('{');
            for (index, (name, value)) in record.entries().enumerate() {
                separate(index, out);
                write_string(name, out);
                out.push(':');
                write_json(value, form, out);
            }
            out.push('}');
        }
        Value::Union(union) => write_union(union, form, out),
        Value::Entries(entries) => {
            out.push('[');
            for (index, (key, value)) in entries.iter().enumerate() {
                separate(index, out);
                out.push('[');
                write_json(key, form, out);
                out.push(',');
                write_json(value, form, out);
                out.push(']');
            }
            out.push(']');
        }
        Value::Uuid(bytes) => write_string(&uuid_text::format(*bytes), out),
        Value::Struct(value) => write_struct(value, form, out),
    }
}

fn write_struct(value: &StructValue<'_>, form: JsonForm, out: &mut String) {
    out.push('{');
    for (index, (name, value)) in value.entries().enumerate() {
        separate(index, out);
        write_string(name, out);
        out.push(':');
        write_json(value, form, out);
    }
    if !value.unknown.is_empty() {
        separate(value.fields.len(), out);
        write_string(UNKNOWN, out);
        out.push(':');
        write_unknown(&value.unknown, out);
    }
    out.push('}');
}

fn write_union(union: &UnionValue<'_>, form: JsonForm, out: &mut String) {
    let bare = match form {
        JsonForm::Avro => *union.value == Value::Null,
        JsonForm::Plain => tells_its_branch(union),
    };
    if bare {
        return write_json(&union.value, form, out);
    }
    out.push('{');
    write_string(union.branch_name().unwrap_or_default(), out);
    out.push(':');
    write_json(&union.value, form, out);
    out.push('}');
}

/// Whether a reader of the bare value would find the branch: its JSON type must belong to this branch alone, and an object
/// must not look like the explicit form.
fn tells_its_branch(union: &UnionValue<'_>) -> bool {
    let branches = &union.shape.branches;
    let looks_explicit = |key: &str| branches.iter().any(|branch| &*branch.name == key);
    let (json, special) = match &*union.value {
        Value::Null => (JsonType::Null, false),
        Value::Bool(_) => (JsonType::Bool, false),
        Value::Float(value) if !value.is_finite() => (JsonType::String, true),
        Value::Double(value) if !value.is_finite() => (JsonType::String, true),
        Value::Int(_) | Value::Long(_) | Value::Float(_) | Value::Double(_) => (JsonType::Number, false),
        Value::String(text) => (JsonType::String, super::is_special_float(text)),
        // Six bytes can have the name of a float for their base64: "Infinity".
        Value::Bytes(bytes) | Value::Fixed(bytes) => {
            (JsonType::String, bytes.len() == 6 && super::is_special_float(&STANDARD.encode(bytes)))
        }
        Value::Enum(symbol) => (JsonType::String, symbol.symbol().is_some_and(super::is_special_float)),
        Value::List(_) | Value::Entries(_) => (JsonType::Array, false),
        Value::Map(entries) => match entries.as_slice() {
            [(Value::String(key), _)] if looks_explicit(key) => return false,
            _ => (JsonType::Object, false),
        },
        Value::Record(record) => match record.shape.fields.as_slice() {
            [key] if looks_explicit(key) => return false,
            _ => (JsonType::Object, false),
        },
        Value::Union(_) => return false,
        Value::Uuid(_) => (JsonType::String, false),
        Value::Struct(_) => (JsonType::Object, false),
    };
    told_branch(branches, json, special) == Some(union.branch)
}

fn write_bytes(bytes: &[u8], form: JsonForm, out: &mut String) {
    match form {
        JsonForm::Plain => {
            out.push('"');
            STANDARD.encode_string(bytes, out);
            out.push('"');
        }
        JsonForm::Avro => write_string(&bytes.iter().copied().map(char::from).collect::<String>(), out),
    }
}

/// A number of a floating-point type.
pub(crate) fn write_float<T: Into<f64> + Copy + std::fmt::Debug>(value: T, out: &mut String) {
    let wide: f64 = value.into();
    if wide.is_finite() {
        push(out, format_args!("{value:?}"));
    } else if wide.is_nan() {
        write_string(NAN, out);
    } else {
        write_string(if wide > 0.0 { INFINITY } else { NEGATIVE_INFINITY }, out);
    }
}

pub(crate) fn separate(index: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = out.write_fmt(text);
}

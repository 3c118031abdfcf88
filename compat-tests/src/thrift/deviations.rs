//! What the Apache packages are known to do otherwise than each other: for each deviation what comes of it, so that all else has to
//! agree and a deviation that is mended is seen.

use serde_json::{Value, json};

use super::asked::{Order, WireProtocol};
use super::model::{Model, Type};
use crate::judge::Library;

/// What a package makes of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Writing {
    /// The bytes of this value.
    Bytes(Value),
    /// Other bytes of the same value, longer by so many.
    Longer(usize),
    /// Nothing, for the reason given.
    Refused(&'static str),
}

/// What a package makes of a value of the model's first struct.
pub fn writing(library: Library, model: &Model, protocol: WireProtocol, order: Order, value: &Value) -> Writing {
    match library {
        Library::ThriftNode if has_unknown_uuid(model, value) => Writing::Refused(NODE_UUID),
        Library::ThriftNode => Writing::Bytes(node_doubles(model, value)),
        Library::ThriftRust if protocol == WireProtocol::Compact => rust_steps(model, order, value),
        _ => Writing::Bytes(value.clone()),
    }
}

/// What a package makes of the bytes of a value of the model's first struct.
///
/// # Errors
///
/// Where it refuses them; the text is the reason.
pub fn reading(library: Library, model: &Model, protocol: WireProtocol, value: &Value) -> Result<Value, &'static str> {
    match library {
        Library::ThriftNode if has_unknown_uuid(model, value) => Err(NODE_UUID),
        Library::ThriftNode if protocol == WireProtocol::Compact => Ok(node_booleans(model, value)),
        _ => Ok(value.clone()),
    }
}

/// What a package makes of the bytes when it knows less of the struct than the writer did, and so skips some.
///
/// `value` is what was written, and `narrow_value` what is left of it in the model that knows less.
///
/// # Errors
///
/// As [`reading`].
pub fn skipping(
    library: Library,
    protocol: WireProtocol,
    (model, value): (&Model, &Value),
    (narrow, narrow_value): (&Model, &Value),
) -> Result<Value, &'static str> {
    reading(library, model, protocol, value)?;
    // The package for Python reads bytes that it skips as text.
    if library == Library::Thrift && not_text(model, value) > not_text(narrow, narrow_value) {
        return Err("bytes that are no text are skipped");
    }
    reading(library, narrow, protocol, narrow_value)
}

/// How many times there are bytes that are no text.
fn not_text(model: &Model, value: &Value) -> usize {
    let mut found = 0;
    mapped(model, &Model::ROOT_TYPE, false, value, &mut |ty, _, value| {
        if *ty == Type::Binary {
            let bytes = hex::decode(value["$bytes"].as_str().expect("bytes are hex")).expect("bytes are hex");
            found += usize::from(String::from_utf8(bytes).is_err());
        }
        None
    });
    found
}

/// The sequence number of a message as a package reads it: for Node those of Compact are never negative.
pub fn sequence(library: Library, protocol: WireProtocol, sequence: i32) -> i64 {
    if library == Library::ThriftNode && protocol == WireProtocol::Compact {
        i64::from(sequence.cast_unsigned())
    } else {
        i64::from(sequence)
    }
}

/// The package for Node has UUIDs checked by a library that knows some versions and variants only, even those that it skips.
const NODE_UUID: &str = "a UUID of no known version";

fn has_unknown_uuid(model: &Model, value: &Value) -> bool {
    let mut found = false;
    mapped(model, &Model::ROOT_TYPE, false, value, &mut |ty, _, value| {
        if *ty == Type::Uuid {
            let text = value["$uuid"].as_str().expect("a UUID is text");
            let is_version = "12345678".contains(&text[14..15]) && "89ab".contains(&text[19..20]);
            let is_only = |digit: char| text.chars().all(|found| found == digit || found == '-');
            found |= !is_version && !is_only('0') && !is_only('f');
        }
        None
    });
    found
}

/// The package for Node tells the sign of a double by comparing it with 0.
fn node_doubles(model: &Model, value: &Value) -> Value {
    mapped(model, &Model::ROOT_TYPE, false, value, &mut |ty, _, value| {
        let is_negative_zero = *ty == Type::Double && value["$f64"] == "8000000000000000";
        is_negative_zero.then(|| json!({"$f64": "0000000000000000"}))
    })
}

/// The package for Node asks a byte for a field that only objects have, and so reads `false`.
fn node_booleans(model: &Model, value: &Value) -> Value {
    mapped(model, &Model::ROOT_TYPE, false, value, &mut |ty, is_item, _| {
        (*ty == Type::Bool && is_item).then(|| false.into())
    })
}

/// The crate writes a step of 15 in the long form, and computes steps in 16 bits.
fn rust_steps(model: &Model, order: Order, value: &Value) -> Writing {
    let (mut longer, mut overflows) = (0, false);
    mapped(model, &Model::ROOT_TYPE, false, value, &mut |ty, _, value| {
        let Type::Struct(position) = ty else { return None };
        let fields = model.structs[*position].fields.iter();
        let mut ids: Vec<i16> =
            fields.filter(|field| value.get(field.name()).is_some()).map(|field| field.id).collect();
        ids.sort_unstable();
        if order == Order::Falling {
            ids.reverse();
        }
        let mut last = 0_i16;
        for id in ids {
            match id.checked_sub(last) {
                Some(15) => longer += varint_length(id),
                Some(_) => {}
                None => overflows = true,
            }
            last = id;
        }
        None
    });
    match (overflows, longer) {
        (true, _) => Writing::Refused("a step past 16 bits"),
        (false, 0) => Writing::Bytes(value.clone()),
        (false, longer) => Writing::Longer(longer),
    }
}

/// The bytes of an id behind a header.
fn varint_length(id: i16) -> usize {
    match ((id << 1) ^ (id >> 15)).cast_unsigned() {
        0..0x80 => 1,
        0x80..0x4000 => 2,
        _ => 3,
    }
}

/// The value with parts replaced: of each, `replace` is told the type and whether it is an item of a collection.
fn mapped(
    model: &Model,
    ty: &Type,
    is_item: bool,
    value: &Value,
    replace: &mut dyn FnMut(&Type, bool, &Value) -> Option<Value>,
) -> Value {
    if let Some(other) = replace(ty, is_item, value) {
        return other;
    }
    let mut item = |ty: &Type, value: &Value| mapped(model, ty, true, value, replace);
    match ty {
        Type::List(element) | Type::Set(element) => {
            let items = value.as_array().expect("a list is an array");
            items.iter().map(|value| item(element, value)).collect()
        }
        Type::Map(key, part) => {
            let entries = value["$map"].as_array().expect("a map has entries").iter();
            let entries: Vec<Value> =
                entries.map(|entry| json!([item(key, &entry[0]), item(part, &entry[1])])).collect();
            json!({"$map": entries})
        }
        Type::Struct(position) => {
            let mut fields = value.as_object().expect("a struct is an object").clone();
            for field in &model.structs[*position].fields {
                if let Some(value) = fields.get_mut(&field.name()) {
                    *value = mapped(model, &field.ty, false, value, replace);
                }
            }
            fields.into()
        }
        _ => value.clone(),
    }
}

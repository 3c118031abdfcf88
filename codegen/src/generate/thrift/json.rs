//! Defaults of Thrift fields in Avro's notation, as descriptors have them.

use std::fmt::Write;

use cognate_schema::{json::write_string, thrift::Value};

use crate::generate::model::{Default, Field, ItemId, ItemKind, Model, Type};

/// The longest text of a default, in bytes: with the zeros of structs in structs it can be far longer than the schema.
const LONGEST: usize = 1 << 16;
/// How deep values go: as deep as the parser lets them, and some structs more.
const DEEPEST: usize = 200;

impl Model {
    /// The default of a field as JSON in Avro's notation; nothing where there is none, or Avro has no such value: not a number,
    /// a value of a union, a map whose keys are no text.
    pub(in crate::generate) fn default_text(&self, field: &Field) -> Option<String> {
        let mut text = String::new();
        match field.default.as_ref()? {
            Default::Avro(node) => return Some(node.to_json()),
            Default::Thrift(value) => self.write(&field.ty, Some(value), DEEPEST, &mut text)?,
        }
        Some(text)
    }

    /// Appends a value of a type, no deeper than so many levels; the zero of the type where none is given.
    fn write(&self, ty: &Type, value: Option<&Value>, depth: usize, out: &mut String) -> Option<()> {
        let depth = depth.checked_sub(1).filter(|_| out.len() <= LONGEST)?;
        match (ty, value) {
            (Type::Alias { of, .. }, _) | (Type::Optional { of, .. }, Some(_)) => self.write(of, value, depth, out)?,
            (Type::Optional { .. }, None) => out.push_str("null"),
            (Type::Bool, None) => out.push_str("false"),
            (Type::Bool, Some(Value::Bool(value))) => push(out, value),
            (Type::Byte | Type::Short | Type::Int(_) | Type::Long(_), None) => out.push('0'),
            (Type::Byte | Type::Short | Type::Int(_) | Type::Long(_), Some(Value::Integer(value))) => push(out, value),
            (Type::Float | Type::Double, None) => out.push_str("0.0"),
            (Type::Float | Type::Double, Some(Value::Double(value))) if value.is_finite() => {
                push(out, format_args!("{value:?}"));
            }
            (Type::String(_) | Type::Bytes(_), None) => out.push_str("\"\""),
            (Type::String(_), Some(Value::Text(text))) => write_string(text, out),
            (Type::Bytes(_), Some(Value::Text(text))) => write_bytes(text.as_bytes(), out),
            (Type::Uuid { .. }, None) => write_bytes(&[0; 16], out),
            (Type::Uuid { .. }, Some(Value::Uuid(bytes))) => write_bytes(bytes, out),
            (Type::Array(_) | Type::Set(_), None) => out.push_str("[]"),
            (Type::Array(of) | Type::Set(of), Some(Value::List(items))) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    separate(index, out);
                    self.write(of, Some(item), depth, out)?;
                }
                out.push(']');
            }
            (Type::Map(key, of), value) if matches!(key.unnamed(), Type::String(_)) => {
                let entries = match value {
                    Some(Value::Map(entries)) => &entries[..],
                    Some(_) => return None,
                    None => &[],
                };
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    let Value::Text(key) = key else { return None };
                    separate(index, out);
                    write_string(key, out);
                    out.push(':');
                    self.write(of, Some(value), depth, out)?;
                }
                out.push('}');
            }
            (Type::Item { id, .. }, value) => self.write_item(*id, value, depth, out)?,
            _ => return None,
        }
        Some(())
    }

    fn write_item(&self, id: ItemId, value: Option<&Value>, depth: usize, out: &mut String) -> Option<()> {
        match (&self.item(id).kind, value) {
            (ItemKind::Enum { symbols, .. }, value) => {
                let number = match value {
                    Some(Value::Enum(_, number)) => *number,
                    Some(_) => return None,
                    None => 0,
                };
                let symbol = symbols.iter().find(|symbol| symbol.number == number)?;
                write_string(&symbol.schema_name, out);
            }
            (ItemKind::Record { fields, .. }, value) => {
                let given = match value {
                    Some(Value::Struct(_, given)) => &given[..],
                    Some(_) => return None,
                    None => &[],
                };
                out.push('{');
                for (index, field) in fields.iter().enumerate() {
                    separate(index, out);
                    write_string(&field.schema_name, out);
                    out.push(':');
                    let declared = match &field.default {
                        Some(Default::Thrift(value)) => Some(value),
                        _ => None,
                    };
                    let given = given.iter().find(|(known, _)| *known == index).map(|(_, value)| value);
                    self.write(&field.ty, given.or(declared), depth, out)?;
                }
                out.push('}');
            }
            _ => return None,
        }
        Some(())
    }
}

/// Bytes as text whose code points they are (Avro 1.12, "Complex Types").
fn write_bytes(bytes: &[u8], out: &mut String) {
    let text: String = bytes.iter().copied().map(char::from).collect();
    write_string(&text, out);
}

fn separate(index: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
}

fn push(out: &mut String, value: impl std::fmt::Display) {
    // Writing to a string does not fail.
    let _ = write!(out, "{value}");
}

//! Values of constants as values of other types.

use cognate_codec::uuid_text;

use crate::thrift::link::Linker;
use crate::thrift::link::values::range;
use crate::thrift::types::{Type, TypeId};
use crate::thrift::value::Value;

impl Linker<'_> {
    /// A value that fits one type as a value of another, if it is one.
    pub(super) fn convert(&self, value: Value, ty: TypeId) -> Option<Value> {
        let (_, ty) = self.true_type(ty)?;
        Some(match (ty, value) {
            (Type::Bool, Value::Integer(number)) => Value::Bool(number != 0),
            (Type::I8 | Type::I16 | Type::I32 | Type::I64, value) => {
                let number = integer(&value)?;
                if !range(ty).contains(&number) {
                    return None;
                }
                Value::Integer(number)
            }
            (Type::Double | Type::Float, value) => match value {
                Value::Double(_) => value,
                #[expect(clippy::cast_precision_loss, reason = "the compiler rounds too")]
                other => Value::Double(integer(&other)? as f64),
            },
            (Type::Bool, value @ Value::Bool(_))
            | (Type::String | Type::Binary, value @ Value::Text(_))
            | (Type::Uuid, value @ Value::Uuid(_)) => value,
            (Type::Uuid, Value::Text(text)) => Value::Uuid(uuid(&text)?),
            (Type::Enum(id), value) => {
                let number = match value {
                    Value::Enum(of, number) if of == id => number,
                    other => i32::try_from(integer(&other)?).ok()?,
                };
                self.enums[id.index()].value_by_number(number)?;
                Value::Enum(id, number)
            }
            (Type::List(element) | Type::Set(element), Value::List(items)) => {
                Value::List(items.into_iter().map(|item| self.convert(item, element)).collect::<Option<_>>()?)
            }
            (Type::Map(key, item), Value::Map(entries)) => {
                let entry = |(k, v)| Some((self.convert(k, key)?, self.convert(v, item)?));
                Value::Map(entries.into_iter().map(entry).collect::<Option<_>>()?)
            }
            (Type::Struct(id), Value::Struct(of, fields)) if of == id => Value::Struct(of, fields),
            _ => return None,
        })
    }
}

/// What the compiler takes as an integer.
fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Bool(value) => Some((*value).into()),
        Value::Enum(_, number) => Some((*number).into()),
        _ => None,
    }
}

/// The bytes of a UUID as the compiler takes it: with hyphens, with or without braces.
pub(super) fn uuid(text: &str) -> Option<[u8; 16]> {
    uuid_text::parse(text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::uuid;

    #[test]
    fn uuids_are_read_in_their_usual_forms() {
        let bytes = *b"\x01\x23\x45\x67\x89\xab\xcd\xef\x01\x23\x45\x67\x89\xab\xcd\xef";
        for text in ["01234567-89ab-cdef-0123-456789abcdef", "{01234567-89AB-CDEF-0123-456789abcdef}"] {
            assert_eq!(uuid(text), Some(bytes), "{text}");
        }
        for text in [
            "",
            "0123456789abcdef0123456789abcdef",
            "{01234567-89ab-cdef-0123-456789abcdef",
            "01234567-89abcdef-0123-4567-89abcdef",
        ] {
            assert_eq!(uuid(text), None, "{text}");
        }
    }
}

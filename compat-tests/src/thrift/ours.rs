//! Cognate's values of Thrift types to and from the neutral form.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::thrift::Protocol;
use cognate_codec::{Limits, UnknownFields};
use cognate_schema::thrift::{
    Dialect, EnumId, Item, Layout, Loader, Options, Program, Requiredness, StructId, Type, TypeId,
};
use cognate_schema::value::{EnumShape, EnumValue, StructShape, StructValue, Value};
use serde_json::{Map, Value as Json, json};

use super::random::uuid_text;
use crate::implementation::{Answer, Decoded, Refusal, RefusalKind};

/// Cognate with a file: dynamic values of one of its structs.
#[derive(Debug)]
pub struct Ours {
    layout: Layout,
    root: StructId,
}

impl Ours {
    /// Loads a file, in which ids below 1 count.
    ///
    /// # Panics
    ///
    /// When the file has a fault, or no struct of the name.
    pub fn new(idl: &str, root: &str) -> Self {
        Self::in_dialect(Dialect::Apache, idl, root)
    }

    /// As [`Ours::new`], in a dialect.
    ///
    /// # Panics
    ///
    /// As [`Ours::new`].
    pub fn in_dialect(dialect: Dialect, idl: &str, root: &str) -> Self {
        let mut options = Options::default();
        options.dialect = dialect;
        options.negative_ids = true;
        let mut loader = Loader::with_options(options);
        loader.add("schema.thrift", idl);
        let program = loader.link().into_result().unwrap_or_else(|faults| panic!("{faults}\n{idl}"));
        let Some(Item::Struct(root)) = program.find(root) else { panic!("there is no struct {root}\n{idl}") };
        Self { layout: Layout::new(&program), root }
    }

    /// The file as values run through it.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The struct.
    pub fn root(&self) -> StructId {
        self.root
    }

    /// Writes a neutral value.
    ///
    /// # Errors
    ///
    /// When it is none of the struct's, or refused.
    pub fn encode<P: Protocol>(&self, value: &Json) -> Answer<Vec<u8>> {
        let value = from_neutral(self.layout.program(), self.root, value);
        let value = value.map_err(|fault| Refusal::new(RefusalKind::Value, fault))?;
        let mut bytes = Vec::new();
        let written = self.layout.encode_into::<P>(self.root, &value, &mut bytes);
        written.map_err(|error| Refusal::new(RefusalKind::Value, error.to_string()))?;
        Ok(bytes)
    }

    /// Reads a value at the front of the data.
    ///
    /// # Errors
    ///
    /// When it is refused.
    pub fn decode<P: Protocol>(&self, data: &[u8]) -> Answer<Decoded> {
        let (value, read) = self.decode_dynamic::<P>(data)?;
        Ok(Decoded { value: to_neutral(self.layout.program(), self.root, &value), read })
    }

    /// Reads a value at the front of the data, without making it neutral.
    ///
    /// # Errors
    ///
    /// When it is refused.
    pub fn decode_dynamic<'a, P: Protocol>(&self, data: &'a [u8]) -> Answer<(Value<'a>, usize)> {
        let decoded = self.layout.decode_prefix::<P>(self.root, data, Limits::default());
        decoded.map_err(|error| Refusal::new(RefusalKind::Data, error.to_string()))
    }
}

/// A struct in the neutral form, without what its type does not know.
///
/// # Panics
///
/// When the value is not one of the struct's.
pub fn to_neutral(program: &Program, id: StructId, value: &Value<'_>) -> Json {
    let Value::Struct(value) = value else { panic!("no struct: {value:?}") };
    let item = &program[id];
    let field = |(position, value): &(usize, Value<'_>)| {
        let field = &item.fields[*position];
        (field.head.name.to_string(), neutral(program, field.ty.id, value))
    };
    value.fields.iter().map(field).collect::<Map<_, _>>().into()
}

fn neutral(program: &Program, ty: TypeId, value: &Value<'_>) -> Json {
    match (program[program.true_type(ty)], value) {
        (Type::Bool, Value::Bool(value)) => (*value).into(),
        (Type::I8 | Type::I16 | Type::I32 | Type::Enum(_), Value::Int(value)) => (*value).into(),
        (Type::I64, Value::Long(value)) => (*value).into(),
        (Type::Double, Value::Double(value)) => json!({"$f64": hex::encode(value.to_be_bytes())}),
        (Type::Float, Value::Float(value)) => json!({"$f32": hex::encode(value.to_be_bytes())}),
        (Type::String, Value::String(text)) => text.as_ref().into(),
        (Type::Binary, Value::Bytes(bytes)) => json!({"$bytes": hex::encode(bytes)}),
        (Type::Uuid, Value::Uuid(bytes)) => json!({"$uuid": uuid_text(*bytes)}),
        (Type::Enum(id), Value::Enum(symbol)) => program[id].values[symbol.index].number.into(),
        (Type::Struct(id), value @ Value::Struct(_)) => to_neutral(program, id, value),
        (Type::List(element) | Type::Set(element), Value::List(items)) => {
            items.iter().map(|item| neutral(program, element, item)).collect()
        }
        (Type::Map(key_type, value_type), Value::Map(entries) | Value::Entries(entries)) => {
            let entry = |(key, value): &(Value<'_>, Value<'_>)| {
                json!([neutral(program, key_type, key), neutral(program, value_type, value)])
            };
            json!({"$map": entries.iter().map(entry).collect::<Vec<_>>()})
        }
        (ty, value) => panic!("{ty:?} cannot be {value:?}"),
    }
}

/// The value of a struct that a neutral one stands for; fields by id.
///
/// # Errors
///
/// When it is not one of the struct's values.
pub fn from_neutral(program: &Program, id: StructId, neutral: &Json) -> Result<Value<'static>, String> {
    let item = &program[id];
    let given = neutral.as_object().ok_or_else(|| format!("{} cannot be {neutral}", item.head.name))?;
    let mut fields = Vec::new();
    for (name, part) in given {
        let position = item.fields.iter().position(|field| *field.head.name == **name);
        let position = position.ok_or_else(|| format!("{} has no field {name}", item.head.name))?;
        fields.push((position, valued(program, item.fields[position].ty.id, part)?));
    }
    fields.sort_by_key(|(position, _)| item.fields[*position].id);
    let missing = item
        .fields
        .iter()
        .find(|field| field.requiredness == Requiredness::Required && !given.contains_key(&*field.head.name));
    if let Some(missing) = missing {
        return Err(format!("{} lacks {}", item.head.name, missing.head.name));
    }
    let names = item.fields.iter().map(|field| (i32::from(field.id), field.head.name.clone())).collect();
    let name = format!("{}.{}", program[item.head.location.file].name, item.head.name).into();
    let shape = Arc::new(StructShape { name, fields: names });
    Ok(Value::Struct(Box::new(StructValue { shape, fields, unknown: UnknownFields::new() })))
}

fn valued(program: &Program, ty: TypeId, neutral: &Json) -> Result<Value<'static>, String> {
    let ty = program[program.true_type(ty)];
    let int = || neutral.as_i64().and_then(|value| i32::try_from(value).ok());
    let made = match ty {
        Type::Bool => neutral.as_bool().map(Value::Bool),
        Type::I8 | Type::I16 | Type::I32 => int().map(Value::Int),
        Type::Enum(id) => int().map(|number| enumerated(program, id, number)),
        Type::I64 => neutral.as_i64().map(Value::Long),
        Type::Float => array(neutral, "$f32").map(f32::from_be_bytes).map(Value::Float),
        Type::Double => array(neutral, "$f64").map(f64::from_be_bytes).map(Value::Double),
        Type::String => neutral.as_str().map(|text| Value::String(Cow::Owned(text.to_owned()))),
        Type::Binary => bytes(neutral, "$bytes").map(|bytes| Value::Bytes(Cow::Owned(bytes))),
        Type::Uuid => array(neutral, "$uuid").map(Value::Uuid),
        Type::Struct(id) => return from_neutral(program, id, neutral),
        Type::List(element) | Type::Set(element) => match neutral.as_array() {
            Some(items) => {
                Some(Value::List(items.iter().map(|item| valued(program, element, item)).collect::<Result<_, _>>()?))
            }
            None => None,
        },
        Type::Map(key, value) => match neutral["$map"].as_array() {
            Some(entries) => {
                let entry = |entry: &Json| Ok((valued(program, key, &entry[0])?, valued(program, value, &entry[1])?));
                let entries = entries.iter().map(entry).collect::<Result<_, String>>()?;
                Some(if program[program.true_type(key)] == Type::String {
                    Value::Map(entries)
                } else {
                    Value::Entries(entries)
                })
            }
            None => None,
        },
        Type::Void | Type::Typedef(_) => None,
    };
    made.ok_or_else(|| format!("{} cannot be {neutral}", ty.word()))
}

/// The value of an enum with a number: by its name where it has one.
fn enumerated(program: &Program, id: EnumId, number: i32) -> Value<'static> {
    let item = &program[id];
    let Some(index) = item.values.iter().position(|value| value.number == number) else { return Value::Int(number) };
    let name = format!("{}.{}", program[item.head.location.file].name, item.head.name).into();
    let symbols = item.values.iter().map(|value| value.head.name.clone()).collect();
    Value::Enum(EnumValue { shape: Arc::new(EnumShape { name, symbols }), index })
}

fn bytes(neutral: &Json, key: &str) -> Option<Vec<u8>> {
    hex::decode(neutral[key].as_str()?.replace('-', "")).ok()
}

fn array<const N: usize>(neutral: &Json, key: &str) -> Option<[u8; N]> {
    bytes(neutral, key)?.try_into().ok()
}

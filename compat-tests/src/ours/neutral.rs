//! Values to and from the neutral form of `judges/PROTOCOL.md`.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_schema::avro::{Enum, Record, Schema, TypeId, TypeKind, TypeRef};
use cognate_schema::value::{
    Branch, EnumShape, EnumValue, Kind, RecordShape, RecordValue, UnionShape, UnionValue, Value,
};
use serde_json::{Map, Value as Json, json};

/// A value in the neutral form.
///
/// # Panics
///
/// When a map's key is no text, which Avro does not have.
pub fn to_neutral(value: &Value<'_>) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        Value::Long(value) => (*value).into(),
        Value::Float(value) => json!({"$f32": hex::encode(value.to_be_bytes())}),
        Value::Double(value) => json!({"$f64": hex::encode(value.to_be_bytes())}),
        Value::String(text) => text.as_ref().into(),
        Value::Bytes(bytes) | Value::Fixed(bytes) => json!({"$bytes": hex::encode(bytes)}),
        Value::Enum(symbol) => symbol.symbol().into(),
        Value::List(items) => items.iter().map(to_neutral).collect(),
        Value::Map(entries) => {
            let mut object = Map::new();
            for (key, value) in entries {
                let Value::String(key) = key else { panic!("a key of a map is no text: {key:?}") };
                // Of two entries with one key, the last one counts, as with the judges.
                object.insert(key.to_string(), to_neutral(value));
            }
            object.into()
        }
        Value::Record(record) => {
            record.entries().map(|(name, value)| (name.to_owned(), to_neutral(value))).collect::<Map<_, _>>().into()
        }
        Value::Union(union) => json!({"$branch": union.branch, "value": to_neutral(&union.value)}),
        other => panic!("the neutral form has nothing for {other:?}"),
    }
}

/// The value of a schema that a neutral one stands for.
///
/// # Errors
///
/// When it is not one of the schema's values.
pub fn from_neutral(schema: &Schema, neutral: &Json) -> Result<Value<'static>, String> {
    Making { schema }.value(schema.root(), neutral)
}

struct Making<'a> {
    schema: &'a Schema,
}

impl Making<'_> {
    fn value(&self, id: TypeId, neutral: &Json) -> Result<Value<'static>, String> {
        let kind = self.schema.kind(id);
        let made = match kind {
            TypeKind::Null => neutral.is_null().then_some(Value::Null),
            TypeKind::Boolean => neutral.as_bool().map(Value::Bool),
            TypeKind::Int => neutral.as_i64().and_then(|value| i32::try_from(value).ok()).map(Value::Int),
            TypeKind::Long => neutral.as_i64().map(Value::Long),
            TypeKind::Float => array(neutral, "$f32").map(f32::from_be_bytes).map(Value::Float),
            TypeKind::Double => array(neutral, "$f64").map(f64::from_be_bytes).map(Value::Double),
            TypeKind::Bytes => bytes(neutral, "$bytes").map(|bytes| Value::Bytes(Cow::Owned(bytes))),
            TypeKind::Fixed(_) => bytes(neutral, "$bytes").map(|bytes| Value::Fixed(Cow::Owned(bytes))),
            TypeKind::String => neutral.as_str().map(|text| Value::String(Cow::Owned(text.to_owned()))),
            TypeKind::Enum(definition) => neutral.as_str().and_then(|symbol| symbol_of(definition, symbol)),
            TypeKind::Array(items) => match neutral.as_array() {
                Some(values) => Some(Value::List(self.all(*items, values)?)),
                None => None,
            },
            TypeKind::Map(values) => match neutral.as_object() {
                Some(entries) => {
                    let entry = |(key, value): (&String, &Json)| {
                        Ok((Value::String(Cow::Owned(key.clone())), self.value(values.id, value)?))
                    };
                    Some(Value::Map(entries.iter().map(entry).collect::<Result<_, String>>()?))
                }
                None => None,
            },
            TypeKind::Record(record) => match neutral.as_object() {
                Some(fields) => Some(self.record(record, fields)?),
                None => None,
            },
            TypeKind::Union(branches) => self.union(branches, neutral)?,
        };
        made.ok_or_else(|| format!("{} cannot be {neutral}", kind.branch_name()))
    }

    fn all(&self, items: TypeRef, values: &[Json]) -> Result<Vec<Value<'static>>, String> {
        values.iter().map(|value| self.value(items.id, value)).collect()
    }

    fn record(&self, record: &Record, given: &Map<String, Json>) -> Result<Value<'static>, String> {
        let mut fields = Vec::with_capacity(record.fields.len());
        for field in &record.fields {
            let value = given.get(&*field.name).ok_or_else(|| format!("no value for the field {}", field.name))?;
            fields.push(self.value(field.ty.id, value)?);
        }
        let names = record.fields.iter().map(|field| field.name.clone()).collect();
        let shape = Arc::new(RecordShape { name: record.name.full().into(), fields: names });
        Ok(Value::Record(RecordValue { shape, fields }))
    }

    fn union(&self, branches: &[TypeRef], neutral: &Json) -> Result<Option<Value<'static>>, String> {
        let index = neutral["$branch"].as_u64().and_then(|index| usize::try_from(index).ok());
        let Some((index, branch)) = index.and_then(|index| Some((index, branches.get(index)?))) else {
            return Ok(None);
        };
        let value = Box::new(self.value(branch.id, &neutral["value"])?);
        let shape = |branch: &TypeRef| {
            let kind = self.schema.kind(branch.id);
            Branch { name: kind.branch_name().into(), kind: kind_of(kind) }
        };
        let shape = Arc::new(UnionShape { branches: branches.iter().map(shape).collect() });
        Ok(Some(Value::Union(UnionValue { shape, branch: index, value })))
    }
}

fn symbol_of(definition: &Enum, symbol: &str) -> Option<Value<'static>> {
    let index = definition.symbols.iter().position(|known| &*known.name == symbol)?;
    let symbols = definition.symbols.iter().map(|symbol| symbol.name.clone()).collect();
    let shape = Arc::new(EnumShape { name: definition.name.full().into(), symbols });
    Some(Value::Enum(EnumValue { shape, index }))
}

fn kind_of(kind: &TypeKind) -> Kind {
    match kind {
        TypeKind::Null => Kind::Null,
        TypeKind::Boolean => Kind::Bool,
        TypeKind::Int => Kind::Int,
        TypeKind::Long => Kind::Long,
        TypeKind::Float => Kind::Float,
        TypeKind::Double => Kind::Double,
        TypeKind::Bytes => Kind::Bytes,
        TypeKind::String => Kind::String,
        TypeKind::Record(_) => Kind::Record,
        TypeKind::Enum(_) => Kind::Enum,
        TypeKind::Fixed(_) => Kind::Fixed,
        TypeKind::Array(_) => Kind::List,
        TypeKind::Map(_) => Kind::Map,
        TypeKind::Union(_) => Kind::Union,
    }
}

fn bytes(neutral: &Json, key: &str) -> Option<Vec<u8>> {
    hex::decode(neutral[key].as_str()?).ok()
}

fn array<const N: usize>(neutral: &Json, key: &str) -> Option<[u8; N]> {
    bytes(neutral, key)?.try_into().ok()
}

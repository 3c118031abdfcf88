//! The description of structs that tests pass; see ../../PROTOCOL.md.

use std::collections::HashMap;

use serde_json::Value;
use thrift::protocol::TType;

/// Structs by name, their fields by id.
pub(crate) struct Schema {
    structs: HashMap<String, Vec<Field>>,
}

pub(crate) struct Field {
    pub(crate) id: i16,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

/// A type.
pub(crate) enum Kind {
    Bool,
    I8,
    I16,
    I32,
    I64,
    Double,
    String,
    Binary,
    Uuid,
    List(Box<Kind>),
    Set(Box<Kind>),
    Map(Box<(Kind, Kind)>),
    Struct(String),
}

impl Schema {
    pub(crate) fn new(description: &Value) -> Result<Self, String> {
        let description = description.as_object().ok_or("no schema")?;
        let mut structs = HashMap::new();
        for (name, fields) in description {
            let fields = fields.as_array().ok_or("no fields")?;
            let mut made = fields.iter().map(Field::new).collect::<Result<Vec<_>, _>>()?;
            made.sort_by_key(|field| field.id);
            structs.insert(name.clone(), made);
        }
        Ok(Self { structs })
    }

    pub(crate) fn fields(&self, name: &str) -> &[Field] {
        &self.structs[name]
    }
}

impl Field {
    fn new(described: &Value) -> Result<Self, String> {
        let id = described["id"].as_i64().and_then(|id| i16::try_from(id).ok()).ok_or("no id")?;
        let name = described["name"].as_str().ok_or("no name")?.to_owned();
        Ok(Self { id, name, kind: Kind::new(&described["type"])?, required: described["required"] == true })
    }
}

impl Kind {
    fn new(described: &Value) -> Result<Self, String> {
        let part = |described: &Value| Self::new(described).map(Box::new);
        if let Some(parts) = described.as_object() {
            let (word, inner) = parts.iter().next().ok_or("a type without a word")?;
            return match word.as_str() {
                "list" => Ok(Self::List(part(inner)?)),
                "set" => Ok(Self::Set(part(inner)?)),
                "map" => Ok(Self::Map(Box::new((Self::new(&inner[0])?, Self::new(&inner[1])?)))),
                "struct" => Ok(Self::Struct(inner.as_str().ok_or("a struct without a name")?.to_owned())),
                other => Err(format!("there is no type {other}")),
            };
        }
        match described.as_str() {
            Some("bool") => Ok(Self::Bool),
            Some("i8") => Ok(Self::I8),
            Some("i16") => Ok(Self::I16),
            Some("i32") => Ok(Self::I32),
            Some("i64") => Ok(Self::I64),
            Some("double") => Ok(Self::Double),
            Some("string") => Ok(Self::String),
            Some("binary") => Ok(Self::Binary),
            Some("uuid") => Ok(Self::Uuid),
            _ => Err(format!("there is no type {described}")),
        }
    }

    pub(crate) fn code(&self) -> TType {
        match self {
            Self::Bool => TType::Bool,
            Self::I8 => TType::I08,
            Self::I16 => TType::I16,
            Self::I32 => TType::I32,
            Self::I64 => TType::I64,
            Self::Double => TType::Double,
            Self::String | Self::Binary => TType::String,
            Self::Uuid => TType::Uuid,
            Self::List(_) => TType::List,
            Self::Set(_) => TType::Set,
            Self::Map(_) => TType::Map,
            Self::Struct(_) => TType::Struct,
        }
    }
}

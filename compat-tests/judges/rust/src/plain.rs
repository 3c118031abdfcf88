//! What the compiler's code for Rust does with a protocol's methods; values in the neutral form.

use serde_json::{Map, Value, json};
use thrift::protocol::{
    TFieldIdentifier, TInputProtocol, TListIdentifier, TMapIdentifier, TOutputProtocol, TSetIdentifier,
    TStructIdentifier, TType,
};
use thrift::{ProtocolError, ProtocolErrorKind};

use crate::schema::{Field, Kind, Schema};

/// The order of fields.
#[derive(Clone, Copy)]
pub(crate) enum Order {
    Rising,
    Falling,
    Given,
}

pub(crate) struct Writing<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) order: Order,
    pub(crate) to: &'a mut dyn TOutputProtocol,
}

impl Writing<'_> {
    pub(crate) fn structure(&mut self, name: &str, value: &Value) -> thrift::Result<()> {
        let given = value.as_object().ok_or_else(|| unfit(name, value))?;
        self.to.write_struct_begin(&TStructIdentifier::new(name))?;
        let schema = self.schema;
        let mut fields: Vec<&Field> = schema.fields(name).iter().collect();
        match self.order {
            Order::Rising => {}
            Order::Falling => fields.reverse(),
            Order::Given => fields.sort_by_key(|field| given.keys().position(|name| *name == field.name)),
        }
        for field in fields {
            if let Some(value) = given.get(&field.name) {
                self.to.write_field_begin(&TFieldIdentifier::new(field.name.clone(), field.kind.code(), field.id))?;
                self.value(&field.kind, value)?;
                self.to.write_field_end()?;
            } else if field.required {
                return Err(missing(field));
            }
        }
        self.to.write_field_stop()?;
        self.to.write_struct_end()
    }

    fn value(&mut self, kind: &Kind, value: &Value) -> thrift::Result<()> {
        let unfit = || unfit(&format!("{:?}", kind.code()), value);
        let int = || value.as_i64().ok_or_else(unfit);
        match kind {
            Kind::Bool => self.to.write_bool(value.as_bool().ok_or_else(unfit)?),
            Kind::I8 => self.to.write_i8(int()?.try_into().map_err(|_| unfit())?),
            Kind::I16 => self.to.write_i16(int()?.try_into().map_err(|_| unfit())?),
            Kind::I32 => self.to.write_i32(int()?.try_into().map_err(|_| unfit())?),
            Kind::I64 => self.to.write_i64(int()?),
            Kind::Double => {
                let bits = hex::decode(value["$f64"].as_str().ok_or_else(unfit)?).map_err(|_| unfit())?;
                self.to.write_double(f64::from_be_bytes(bits.try_into().map_err(|_| unfit())?))
            }
            Kind::String => self.to.write_string(value.as_str().ok_or_else(unfit)?),
            Kind::Binary => {
                let bytes = hex::decode(value["$bytes"].as_str().ok_or_else(unfit)?).map_err(|_| unfit())?;
                self.to.write_bytes(&bytes)
            }
            Kind::Uuid => self.to.write_uuid(&value["$uuid"].as_str().ok_or_else(unfit)?.parse().map_err(|_| unfit())?),
            Kind::List(item) => {
                let items = value.as_array().ok_or_else(unfit)?;
                self.to.write_list_begin(&TListIdentifier::new(item.code(), count(items)))?;
                items.iter().try_for_each(|value| self.value(item, value))?;
                self.to.write_list_end()
            }
            Kind::Set(item) => {
                let items = value.as_array().ok_or_else(unfit)?;
                self.to.write_set_begin(&TSetIdentifier::new(item.code(), count(items)))?;
                items.iter().try_for_each(|value| self.value(item, value))?;
                self.to.write_set_end()
            }
            Kind::Map(parts) => {
                let (key, item) = &**parts;
                let entries = value["$map"].as_array().ok_or_else(unfit)?;
                self.to.write_map_begin(&TMapIdentifier::new(key.code(), item.code(), count(entries)))?;
                for entry in entries {
                    self.value(key, &entry[0])?;
                    self.value(item, &entry[1])?;
                }
                self.to.write_map_end()
            }
            Kind::Struct(name) => self.structure(name, value),
        }
    }
}

pub(crate) struct Reading<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) from: &'a mut dyn TInputProtocol,
}

impl Reading<'_> {
    pub(crate) fn structure(&mut self, name: &str) -> thrift::Result<Value> {
        let schema = self.schema;
        let fields = schema.fields(name);
        let mut value = Map::new();
        self.from.read_struct_begin()?;
        loop {
            let found = self.from.read_field_begin()?;
            if found.field_type == TType::Stop {
                break;
            }
            match fields.iter().find(|field| Some(field.id) == found.id) {
                Some(field) if field.kind.code() == found.field_type => {
                    value.insert(field.name.clone(), self.value(&field.kind)?);
                }
                _ => self.from.skip(found.field_type)?,
            }
            self.from.read_field_end()?;
        }
        self.from.read_struct_end()?;
        match fields.iter().find(|field| field.required && !value.contains_key(&field.name)) {
            Some(field) => Err(missing(field)),
            None => Ok(value.into()),
        }
    }

    fn value(&mut self, kind: &Kind) -> thrift::Result<Value> {
        Ok(match kind {
            Kind::Bool => self.from.read_bool()?.into(),
            Kind::I8 => self.from.read_i8()?.into(),
            Kind::I16 => self.from.read_i16()?.into(),
            Kind::I32 => self.from.read_i32()?.into(),
            Kind::I64 => self.from.read_i64()?.into(),
            Kind::Double => json!({"$f64": hex::encode(self.from.read_double()?.to_be_bytes())}),
            Kind::String => self.from.read_string()?.into(),
            Kind::Binary => json!({"$bytes": hex::encode(self.from.read_bytes()?)}),
            Kind::Uuid => json!({"$uuid": self.from.read_uuid()?.to_string()}),
            Kind::List(item) => {
                let found = self.from.read_list_begin()?;
                let items = self.items(item, found.size)?;
                self.from.read_list_end()?;
                items
            }
            Kind::Set(item) => {
                let found = self.from.read_set_begin()?;
                let items = self.items(item, found.size)?;
                self.from.read_set_end()?;
                items
            }
            Kind::Map(parts) => {
                let found = self.from.read_map_begin()?;
                let entry = |_| Ok(json!([self.value(&parts.0)?, self.value(&parts.1)?]));
                let entries = (0..found.size).map(entry).collect::<thrift::Result<Vec<_>>>()?;
                self.from.read_map_end()?;
                json!({"$map": entries})
            }
            Kind::Struct(name) => self.structure(name)?,
        })
    }

    fn items(&mut self, kind: &Kind, count: i32) -> thrift::Result<Value> {
        (0..count).map(|_| self.value(kind)).collect()
    }
}

fn count(items: &[Value]) -> i32 {
    i32::try_from(items.len()).expect("requests are shorter")
}

fn unfit(what: &str, value: &Value) -> thrift::Error {
    fault(format!("{what} cannot be {value}"))
}

fn missing(field: &Field) -> thrift::Error {
    fault(format!("the required field {} is unset", field.name))
}

fn fault(message: String) -> thrift::Error {
    thrift::Error::Protocol(ProtocolError::new(ProtocolErrorKind::InvalidData, message))
}

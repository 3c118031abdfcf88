//! Values to Thrift's protocols.

use cognate_codec::raw::Buffer;
use cognate_codec::thrift::{Protocol, wire};
use cognate_codec::{EncodeError, EncodeErrorKind, Format, PathSegment, UnknownField, UnknownFields};

use super::Layout;
use super::decode::kind;
use crate::thrift::raw::{no_uuids, put_unknown};
use crate::thrift::{StructId, Type, TypeId};
use crate::value::{StructValue, Value};

impl Layout {
    /// Encodes a struct behind the bytes that are there already. After an error the bytes are as they were.
    ///
    /// Fields are written in the order in which the value has them, and what the schema does not know among them by its id; what
    /// came from another protocol is written in this one.
    ///
    /// # Errors
    ///
    /// When the value is not one of the struct's, or lacks a required field.
    pub fn encode_into<P: Protocol>(
        &self,
        id: StructId,
        value: &Value<'_>,
        bytes: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let start = bytes.len();
        let mut buffer = Buffer::after(std::mem::take(bytes));
        let result = self.structure_of::<P>(id, value, &mut buffer);
        *bytes = buffer.into_bytes();
        if result.is_err() {
            bytes.truncate(start);
        }
        result
    }

    fn structure_of<P: Protocol>(&self, id: StructId, value: &Value<'_>, out: &mut Buffer) -> Result<(), EncodeError> {
        let Value::Struct(value) = value else {
            return Err(not_expected(&self.structure(id).shape.name, value));
        };
        self.put_struct::<P>(id, value, out)
    }

    fn put_struct<P: Protocol>(
        &self,
        id: StructId,
        value: &StructValue<'_>,
        out: &mut Buffer,
    ) -> Result<(), EncodeError> {
        let layout = self.structure(id);
        if layout.has_several_arms(value) {
            return Err(mismatch(format!("the union `{}` has several values", layout.shape.name)));
        }
        let mut state = P::State::default();
        let (format, unknown) = fields_of(&value.unknown);
        let mut unknown = unknown.iter().peekable();
        for (position, field_value) in &value.fields {
            let Some(field) = layout.fields.get(*position).filter(|_| value.shape == layout.shape) else {
                return Err(mismatch(format!("a value of `{}` is no `{}`", value.shape.name, layout.shape.name)));
            };
            while let Some(kept) = unknown.next_if(|kept| kept.number() < field.id) {
                put_unknown::<P>(&mut state, format, kept, out)?;
            }
            if let (Type::Bool, Value::Bool(value)) = (self.ty(field.ty), field_value) {
                P::put_bool_field(out, &mut state, field.id, *value);
                continue;
            }
            P::put_field(out, &mut state, field.id, kind::<P>(self.ty(field.ty)));
            self.put::<P>(field.ty, field_value, out).map_err(|error| {
                let name = layout.shape.fields.get(*position).map(|(_, name)| name.to_string());
                error.inside(PathSegment::NamedField(name.unwrap_or_default()))
            })?;
        }
        if let Some(name) = layout.missing(value) {
            return Err(mismatch(format!("the struct `{}` lacks its required field `{name}`", layout.shape.name)));
        }
        for kept in unknown {
            put_unknown::<P>(&mut state, format, kept, out)?;
        }
        out.byte(wire::STOP);
        Ok(())
    }

    fn put<P: Protocol>(&self, ty: TypeId, value: &Value<'_>, out: &mut Buffer) -> Result<(), EncodeError> {
        match (self.ty(ty), value) {
            (Type::Bool, Value::Bool(value)) => P::put_bool(out, *value),
            (Type::I8, Value::Int(value)) => out.byte(fits::<i8>(*value)?.cast_unsigned()),
            (Type::I16, Value::Int(value)) => P::put_i16(out, fits(*value)?),
            (Type::I32 | Type::Enum(_), Value::Int(value)) => P::put_i32(out, *value),
            (Type::I64, Value::Int(value)) => P::put_i64(out, i64::from(*value)),
            (Type::I64, Value::Long(value)) => P::put_i64(out, *value),
            (Type::Float, Value::Float(value)) if P::FLOATS => P::put_float(out, *value),
            #[expect(clippy::cast_possible_truncation, reason = "the type has single precision")]
            (Type::Float, Value::Double(value)) if P::FLOATS => P::put_float(out, *value as f32),
            (Type::Float | Type::Double, Value::Float(value)) => P::put_double(out, f64::from(*value)),
            (Type::Float | Type::Double, Value::Double(value)) => P::put_double(out, *value),
            (Type::String, Value::String(text)) => put_bytes::<P>(text.as_bytes(), out)?,
            (Type::Binary, Value::Bytes(bytes)) => put_bytes::<P>(bytes, out)?,
            (Type::Uuid, Value::Uuid(_)) if !P::UUIDS => return Err(no_uuids::<P>()),
            (Type::Uuid, Value::Uuid(bytes)) => out.bytes(bytes),
            (Type::Enum(id), Value::Enum(symbol)) => {
                let layout = self.enumeration(id);
                match layout.numbers.get(symbol.index).filter(|_| symbol.shape == layout.shape) {
                    Some(number) => P::put_i32(out, *number),
                    None => return Err(not_expected(&layout.shape.name, value)),
                }
            }
            (Type::Struct(id), Value::Struct(value)) => self.put_struct::<P>(id, value, out)?,
            (Type::List(element) | Type::Set(element), Value::List(items)) => {
                P::put_list(out, kind::<P>(self.ty(element)), wire::count(items.len())?);
                for (index, item) in items.iter().enumerate() {
                    let result = self.put::<P>(element, item, out);
                    result.map_err(|error| error.inside(PathSegment::Index(index)))?;
                }
            }
            (Type::Map(key_type, value_type), Value::Map(entries) | Value::Entries(entries)) => {
                let (key_kind, value_kind) = (kind::<P>(self.ty(key_type)), kind::<P>(self.ty(value_type)));
                P::put_map(out, key_kind, value_kind, wire::count(entries.len())?);
                for (index, (key, value)) in entries.iter().enumerate() {
                    let result = self.put::<P>(key_type, key, out).and_then(|()| self.put::<P>(value_type, value, out));
                    result.map_err(|error| error.inside(PathSegment::Index(index)))?;
                }
            }
            _ => return Err(not_expected(&self.program().type_name(ty), value)),
        }
        Ok(())
    }
}

#[cold]
fn not_expected(expected: &str, value: &Value<'_>) -> EncodeError {
    mismatch(format!("{expected} is expected here, not {}", value.kind().word()))
}

fn fits<T: TryFrom<i32>>(value: i32) -> Result<T, EncodeError> {
    T::try_from(value).map_err(|_| EncodeError::new(EncodeErrorKind::OutOfRange(format!("{value} is past the range"))))
}

fn put_bytes<P: Protocol>(bytes: &[u8], out: &mut Buffer) -> Result<(), EncodeError> {
    wire::count(bytes.len())?;
    P::put_bytes(out, bytes);
    Ok(())
}

/// The unknown fields, and the format that they came from.
fn fields_of<'f, 'a>(unknown: &'f UnknownFields<'a>) -> (Format, &'f [UnknownField<'a>]) {
    let format = unknown.format().unwrap_or(Format::ThriftBinary);
    (format, unknown.of(format))
}

#[cold]
fn mismatch(reason: String) -> EncodeError {
    EncodeError::new(EncodeErrorKind::SchemaMismatch(reason))
}

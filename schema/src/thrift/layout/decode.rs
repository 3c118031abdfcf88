//! Thrift's protocols to values.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::raw::Mark;
use cognate_codec::thrift::{Kind, Protocol, wire};
use cognate_codec::{DecodeError, DecodeErrorKind, Limits, PathSegment, UnknownFields};

use super::{Layout, StructLayout};
use crate::thrift::input::{Input, Reader};
use crate::thrift::raw::RawReader;
use crate::thrift::{StructId, Type, TypeId};
use crate::value::{StructValue, Value};

impl Layout {
    /// Decodes a struct that fills the whole input.
    ///
    /// # Errors
    ///
    /// When the bytes are not such a struct, or go on after it.
    pub fn decode<'a, P: Protocol>(
        &self,
        id: StructId,
        bytes: &'a [u8],
        limits: Limits,
    ) -> Result<Value<'a>, DecodeError> {
        let (value, taken) = self.decode_prefix::<P>(id, bytes, limits)?;
        match bytes.len() - taken {
            0 => Ok(value),
            trailing => Err(DecodeError::new(DecodeErrorKind::TrailingBytes(trailing), taken)),
        }
    }

    /// Decodes a struct at the start of the input: the struct, and how many bytes it takes.
    ///
    /// # Errors
    ///
    /// When the bytes do not start with such a struct.
    pub fn decode_prefix<'a, P: Protocol>(
        &self,
        id: StructId,
        bytes: &'a [u8],
        limits: Limits,
    ) -> Result<(Value<'a>, usize), DecodeError> {
        let mut decoder = Decoder { layout: self, input: Input::new(bytes, limits) };
        let value = decoder.structure::<P>(id)?;
        Ok((value, decoder.input.offset()))
    }
}

struct Decoder<'l, 'a> {
    layout: &'l Layout,
    input: Input<'a>,
}

impl<'a> Reader<'a> for Decoder<'_, 'a> {
    fn input(&mut self) -> &mut Input<'a> {
        &mut self.input
    }
}

impl<'a> Decoder<'_, 'a> {
    fn structure<P: Protocol>(&mut self, id: StructId) -> Result<Value<'a>, DecodeError> {
        let layout = self.layout.structure(id);
        let start = self.input.offset();
        let mut value =
            StructValue { shape: Arc::clone(&layout.shape), fields: Vec::new(), unknown: UnknownFields::new() };
        self.input.costs.memory(size_of::<StructValue<'_>>(), start)?;
        self.deeper(|decoder| decoder.fields::<P>(layout, &mut value))?;
        if layout.has_several_arms(&value) {
            let name = layout.shape.name.to_string().into();
            return Err(DecodeError::new(DecodeErrorKind::SeveralArms { name }, start));
        }
        match layout.missing(&value) {
            None => Ok(Value::Struct(Box::new(value))),
            Some(name) => Err(DecodeError::new(DecodeErrorKind::MissingNamedField(name.to_owned()), start)),
        }
    }

    fn fields<P: Protocol>(&mut self, layout: &StructLayout, value: &mut StructValue<'a>) -> Result<(), DecodeError> {
        let (mut state, mut rank) = (P::State::default(), 0);
        let mut last_id = i32::MIN;
        while let Some(header) = P::field(&mut self.input.cursor, &mut state)? {
            let start = self.input.cursor.mark();
            if let Some(position) = layout.position(header.id, &mut rank)
                && let Some(field) = layout.fields.get(position)
                && kind::<P>(self.layout.ty(field.ty)) == header.kind
            {
                let taken = if header.kind == Kind::Bool {
                    P::bool(&mut self.input.cursor, &state, true).map(Value::Bool)
                } else {
                    self.value::<P>(field.ty)
                };
                match taken {
                    Ok(taken) => {
                        // Of a field that comes twice the last counts. As long as the ids rise, none does.
                        if header.id <= last_id {
                            value.fields.retain(|(at, _)| *at != position);
                        }
                        last_id = last_id.max(header.id);
                        self.input.room(&mut value.fields)?;
                        value.fields.push((position, taken));
                        continue;
                    }
                    Err(error) if error.is_refusal() => self.input.cursor.rewind(start),
                    Err(error) => {
                        let name = layout.shape.fields.get(position).map(|(_, name)| name.to_string());
                        return Err(error.inside(PathSegment::NamedField(name.unwrap_or_default())));
                    }
                }
            }
            self.keep::<P>(header, &state, start, &mut value.unknown)?;
        }
        Ok(())
    }

    fn keep<P: Protocol>(
        &mut self,
        header: wire::FieldHeader,
        state: &P::State,
        start: Mark,
        unknown: &mut UnknownFields<'a>,
    ) -> Result<(), DecodeError> {
        // What its value costs counts now, since whoever prints it will have it.
        RawReader(&mut self.input)
            .field::<P>(header.kind, state)
            .map_err(|error| error.inside(PathSegment::NamedField(header.id.to_string())))?;
        self.input.costs.memory(64, self.input.offset())?;
        unknown.push(P::FORMAT, header.id, P::field_code(header.kind, state), self.input.cursor.since(start));
        Ok(())
    }

    fn value<P: Protocol>(&mut self, ty: TypeId) -> Result<Value<'a>, DecodeError> {
        self.input.costs.value(self.input.offset())?;
        let cursor = &mut self.input.cursor;
        Ok(match self.layout.ty(ty) {
            Type::Bool => Value::Bool(P::bool(cursor, &P::State::default(), false)?),
            Type::I8 => Value::Int(i32::from(cursor.byte()?.cast_signed())),
            Type::I16 => Value::Int(i32::from(P::i16(cursor)?)),
            Type::I32 => Value::Int(P::i32(cursor)?),
            Type::I64 => Value::Long(P::i64(cursor)?),
            Type::Float if P::FLOATS => Value::Float(P::float(cursor)?),
            Type::Float | Type::Double => Value::Double(P::double(cursor)?),
            Type::String => {
                let len = P::len(cursor)?;
                Value::String(Cow::Borrowed(cursor.text(len)?))
            }
            Type::Binary => {
                let len = P::len(cursor)?;
                Value::Bytes(Cow::Borrowed(cursor.bytes(len)?))
            }
            Type::Uuid => Value::Uuid(*cursor.array()?),
            Type::Enum(id) => {
                let number = P::i32(cursor)?;
                self.layout.symbol(id, number)
            }
            Type::Struct(id) => self.structure::<P>(id)?,
            Type::List(element) | Type::Set(element) => self.list::<P>(element)?,
            Type::Map(key, value) => self.map::<P>(key, value)?,
            Type::Void | Type::Typedef(_) => Value::Null,
        })
    }

    fn list<P: Protocol>(&mut self, element: TypeId) -> Result<Value<'a>, DecodeError> {
        let offset = self.input.offset();
        let header = P::list(&mut self.input.cursor)?;
        if header.count == 0 {
            return Ok(Value::List(Vec::new()));
        }
        let kind = kind::<P>(self.layout.ty(element));
        if header.element != Some(kind) {
            return Err(DecodeError::new(DecodeErrorKind::OtherItems, offset));
        }
        wire::check_count::<P>(&self.input.cursor, header.count, &[kind])?;
        let items = self.deeper(|decoder| decoder.items(header.count, |decoder| decoder.value::<P>(element)))?;
        Ok(Value::List(items))
    }

    fn map<P: Protocol>(&mut self, key: TypeId, value: TypeId) -> Result<Value<'a>, DecodeError> {
        let offset = self.input.offset();
        let header = P::map(&mut self.input.cursor)?;
        let mut entries = Vec::new();
        if header.count > 0 {
            let kinds = (kind::<P>(self.layout.ty(key)), kind::<P>(self.layout.ty(value)));
            if header.kinds != Some(kinds) {
                return Err(DecodeError::new(DecodeErrorKind::OtherItems, offset));
            }
            wire::check_count::<P>(&self.input.cursor, header.count, &[kinds.0, kinds.1])?;
            entries = self.deeper(|decoder| {
                decoder.items(header.count, |decoder| Ok((decoder.value::<P>(key)?, decoder.value::<P>(value)?)))
            })?;
        }
        Ok(match self.layout.ty(key) {
            Type::String => Value::Map(entries),
            _ => Value::Entries(entries),
        })
    }
}

/// The kind of a type's values on the wire.
pub(in crate::thrift) fn kind<P: Protocol>(ty: Type) -> Kind {
    match ty {
        Type::Bool => Kind::Bool,
        Type::I8 => Kind::I8,
        Type::I16 => Kind::I16,
        Type::I32 | Type::Enum(_) => Kind::I32,
        Type::I64 => Kind::I64,
        Type::Float if P::FLOATS => Kind::Float,
        Type::Float | Type::Double => Kind::Double,
        Type::String | Type::Binary => Kind::String,
        Type::Uuid => Kind::Uuid,
        Type::List(_) => Kind::List,
        Type::Set(_) => Kind::Set,
        Type::Map(..) => Kind::Map,
        // No field is of the other two: a typedef is resolved, and void is a result.
        Type::Struct(_) | Type::Void | Type::Typedef(_) => Kind::Struct,
    }
}

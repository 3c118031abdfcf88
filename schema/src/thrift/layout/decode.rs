//! Thrift's protocols to values.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::raw::{Cursor, Mark};
use cognate_codec::thrift::{Kind, Protocol, wire};
use cognate_codec::{DecodeError, DecodeErrorKind, Depth, Limits, PathSegment, UnknownFields};

use super::{Layout, StructLayout};
use crate::costs::Costs;
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
        let mut decoder = Decoder {
            layout: self,
            cursor: Cursor::new(bytes),
            costs: Costs::new(bytes.len(), limits),
            depth: Depth::new(limits),
        };
        let value = decoder.structure::<P>(id)?;
        Ok((value, decoder.cursor.offset()))
    }
}

struct Decoder<'l, 'a> {
    layout: &'l Layout,
    cursor: Cursor<'a>,
    costs: Costs,
    depth: Depth,
}

impl<'a> Decoder<'_, 'a> {
    fn structure<P: Protocol>(&mut self, id: StructId) -> Result<Value<'a>, DecodeError> {
        let layout = self.layout.structure(id);
        let start = self.cursor.offset();
        let mut value =
            StructValue { shape: Arc::clone(&layout.shape), fields: Vec::new(), unknown: UnknownFields::new() };
        self.costs.memory(size_of::<StructValue<'_>>(), start)?;
        self.deeper(|decoder| decoder.fields::<P>(layout, &mut value))?;
        match layout.missing(&value) {
            None => Ok(Value::Struct(Box::new(value))),
            Some(name) => Err(DecodeError::new(DecodeErrorKind::MissingNamedField(name.to_owned()), start)),
        }
    }

    fn fields<P: Protocol>(&mut self, layout: &StructLayout, value: &mut StructValue<'a>) -> Result<(), DecodeError> {
        let (mut state, mut rank) = (P::State::default(), 0);
        let mut last_id = i32::MIN;
        while let Some(header) = P::field(&mut self.cursor, &mut state)? {
            let start = self.cursor.mark();
            if let Some(position) = layout.position(header.id, &mut rank)
                && let Some(field) = layout.fields.get(position)
                && kind::<P>(self.layout.ty(field.ty)) == header.kind
            {
                let taken = if header.kind == Kind::Bool {
                    P::bool(&mut self.cursor, &state, true).map(Value::Bool)
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
                        self.costs.room(&mut value.fields, 1, self.cursor.offset())?;
                        value.fields.push((position, taken));
                        continue;
                    }
                    Err(error) if error.is_refusal() => self.cursor.rewind(start),
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
        wire::skip::<P>(&mut self.cursor, header.kind, self.depth)
            .map_err(|error| error.inside(PathSegment::NamedField(header.id.to_string())))?;
        self.costs.memory(64, self.cursor.offset())?;
        unknown.push(P::FORMAT, header.id, P::field_code(header.kind, state), self.cursor.since(start));
        Ok(())
    }

    fn value<P: Protocol>(&mut self, ty: TypeId) -> Result<Value<'a>, DecodeError> {
        self.costs.value(self.cursor.offset())?;
        let cursor = &mut self.cursor;
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
        let offset = self.cursor.offset();
        let header = P::list(&mut self.cursor)?;
        let mut items = Vec::new();
        if header.count == 0 {
            return Ok(Value::List(items));
        }
        let kind = kind::<P>(self.layout.ty(element));
        if header.element != Some(kind) {
            return Err(DecodeError::new(DecodeErrorKind::OtherItems, offset));
        }
        wire::check_count::<P>(&self.cursor, header.count, &[kind])?;
        self.deeper(|decoder| {
            for index in 0..usize::try_from(header.count).unwrap_or(usize::MAX) {
                decoder.costs.room(&mut items, 1, decoder.cursor.offset())?;
                items.push(decoder.value::<P>(element).map_err(|error| error.inside(PathSegment::Index(index)))?);
            }
            Ok(())
        })?;
        Ok(Value::List(items))
    }

    fn map<P: Protocol>(&mut self, key: TypeId, value: TypeId) -> Result<Value<'a>, DecodeError> {
        let offset = self.cursor.offset();
        let header = P::map(&mut self.cursor)?;
        let mut entries = Vec::new();
        if header.count > 0 {
            let kinds = (kind::<P>(self.layout.ty(key)), kind::<P>(self.layout.ty(value)));
            if header.kinds != Some(kinds) {
                return Err(DecodeError::new(DecodeErrorKind::OtherItems, offset));
            }
            wire::check_count::<P>(&self.cursor, header.count, &[kinds.0, kinds.1])?;
            self.deeper(|decoder| {
                for index in 0..usize::try_from(header.count).unwrap_or(usize::MAX) {
                    decoder.costs.room(&mut entries, 1, decoder.cursor.offset())?;
                    let entry = decoder.value::<P>(key).and_then(|key| Ok((key, decoder.value::<P>(value)?)));
                    entries.push(entry.map_err(|error| error.inside(PathSegment::Index(index)))?);
                }
                Ok(())
            })?;
        }
        Ok(match self.layout.ty(key) {
            Type::String => Value::Map(entries),
            _ => Value::Entries(entries),
        })
    }

    fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        self.depth.enter(self.cursor.offset())?;
        let result = step(self);
        self.depth.leave();
        result
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

//! Values to Thrift's protocols.

use alloc::vec::Vec;

use super::{
    Kind,
    wire::{STOP, Wire, count},
};
use crate::{
    Encode, EncodeError, EncodeErrorKind, EncodeRecord, EncodeUnion, Enumeration, FieldDesc, PathSegment, Shape, Sink,
    TypeDesc, UnknownFields, encode::in_field, raw::Buffer,
};

/// Writes values in one of Thrift's protocols.
#[derive(Debug)]
pub struct ThriftSink<P: Wire> {
    buffer: Buffer,
    state: P::State,
}

impl<P: Wire> ThriftSink<P> {
    /// A sink that writes behind the bytes.
    #[inline(always)]
    pub fn after(bytes: Vec<u8>) -> Self {
        Self { buffer: Buffer::after(bytes), state: P::State::default() }
    }

    /// All bytes, those that were there before included.
    #[inline(always)]
    pub fn into_bytes(self) -> Vec<u8> {
        self.buffer.into_bytes()
    }

    /// The bytes below.
    #[inline(always)]
    pub(super) fn buffer_mut(&mut self) -> &mut Buffer {
        &mut self.buffer
    }

    /// Writes what fields a struct has, and its end.
    #[inline(always)]
    pub(super) fn fields(
        &mut self,
        fields: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let outer = core::mem::take(&mut self.state);
        fields(self)?;
        self.state = outer;
        self.buffer.byte(STOP);
        Ok(())
    }

    /// Writes the header of a value at a place, unless the value writes it itself.
    #[inline(always)]
    fn header(&mut self, ty: &'static TypeDesc) -> Result<(), EncodeError> {
        let kind = kind::<P>(ty)?;
        if !ty.wire.is_numbered() {
            return Err(no::<P>("field without an id"));
        }
        if i16::try_from(ty.wire.number).is_err() {
            return Err(no::<P>("field id of more than 16 bits"));
        }
        if !matches!(kind, Kind::Bool) {
            P::put_field(&mut self.buffer, &mut self.state, ty.wire.number, kind);
        }
        Ok(())
    }
}

impl<P: Wire> Sink for ThriftSink<P> {
    #[inline(always)]
    fn field<T: Encode>(&mut self, field: &'static FieldDesc, value: &T) -> Result<(), EncodeError> {
        match field.ty.shape {
            Shape::Null => return Ok(()),
            Shape::Optional { .. } => {}
            _ => in_field(self.header(&field.ty), field)?,
        }
        in_field(value.encode(&field.ty, self), field)
    }

    fn unknown_fields(&mut self, fields: &UnknownFields<'_>) -> Result<(), EncodeError> {
        for field in fields.of(P::FORMAT) {
            P::put_raw_field(&mut self.buffer, &mut self.state, field.number(), field.wire_type());
            self.buffer.bytes(field.value());
        }
        Ok(())
    }

    #[inline(always)]
    fn null(&mut self) -> Result<(), EncodeError> {
        Err(no::<P>("null"))
    }

    #[inline(always)]
    fn bool(&mut self, ty: &'static TypeDesc, value: bool) -> Result<(), EncodeError> {
        if ty.wire.is_numbered() {
            P::put_bool_field(&mut self.buffer, &mut self.state, ty.wire.number, value);
        } else {
            P::put_bool(&mut self.buffer, value);
        }
        Ok(())
    }

    #[inline(always)]
    fn i32(&mut self, ty: &'static TypeDesc, value: i32) -> Result<(), EncodeError> {
        match ty.value_shape() {
            // The types of these shapes hold no more than their bits.
            Shape::Int8 => self.buffer.byte((value as i8).cast_unsigned()),
            Shape::Int16 => P::put_i16(&mut self.buffer, value as i16),
            _ => P::put_i32(&mut self.buffer, value),
        }
        Ok(())
    }

    #[inline(always)]
    fn i64(&mut self, _: &'static TypeDesc, value: i64) -> Result<(), EncodeError> {
        P::put_i64(&mut self.buffer, value);
        Ok(())
    }

    #[inline(always)]
    fn f32(&mut self, _: &'static TypeDesc, value: f32) -> Result<(), EncodeError> {
        if P::FLOATS {
            P::put_float(&mut self.buffer, value);
        } else {
            P::put_double(&mut self.buffer, f64::from(value));
        }
        Ok(())
    }

    #[inline(always)]
    fn f64(&mut self, _: &'static TypeDesc, value: f64) -> Result<(), EncodeError> {
        P::put_double(&mut self.buffer, value);
        Ok(())
    }

    #[inline(always)]
    fn str(&mut self, ty: &'static TypeDesc, value: &str) -> Result<(), EncodeError> {
        self.bytes(ty, value.as_bytes())
    }

    #[inline(always)]
    fn bytes(&mut self, _: &'static TypeDesc, value: &[u8]) -> Result<(), EncodeError> {
        count(value.len())?;
        P::put_bytes(&mut self.buffer, value);
        Ok(())
    }

    #[inline(always)]
    fn fixed(&mut self, ty: &'static TypeDesc, value: &[u8]) -> Result<(), EncodeError> {
        if matches!(Kind::of(ty, P::FLOATS), Some(Kind::Uuid)) {
            self.buffer.bytes(value);
            Ok(())
        } else {
            self.bytes(ty, value)
        }
    }

    #[inline(always)]
    fn enumeration<E: Enumeration>(&mut self, _: &'static TypeDesc, value: E) -> Result<(), EncodeError> {
        P::put_i32(&mut self.buffer, value.number());
        Ok(())
    }

    #[inline(always)]
    fn optional<T: Encode>(&mut self, ty: &'static TypeDesc, value: Option<&T>) -> Result<(), EncodeError> {
        match value {
            Some(value) => {
                self.header(ty)?;
                value.encode(ty, self)
            }
            None if ty.wire.is_numbered() => Ok(()),
            None => Err(no::<P>("missing value in a collection")),
        }
    }

    #[inline(always)]
    fn union<U: EncodeUnion>(&mut self, _: &'static TypeDesc, value: &U) -> Result<(), EncodeError> {
        self.fields(|sink| match value.arm().and_then(|arm| U::UNION.arms.get(arm)) {
            Some(arm) if matches!(arm.ty.shape, Shape::Null) => Ok(()),
            Some(arm) => {
                if !matches!(arm.ty.shape, Shape::Optional { .. }) {
                    in_field(sink.header(&arm.ty), arm)?;
                }
                in_field(value.encode_arm(sink), arm)
            }
            None => value.encode_arm(sink),
        })
    }

    #[inline(always)]
    fn record<R: EncodeRecord>(&mut self, _: &'static TypeDesc, value: &R) -> Result<(), EncodeError> {
        self.fields(|sink| value.encode_fields(sink))
    }

    #[inline]
    fn list<'v, T, I>(&mut self, ty: &'static TypeDesc, items: I) -> Result<(), EncodeError>
    where
        T: Encode + 'v,
        I: ExactSizeIterator<Item = &'v T> + Clone,
    {
        let element = ty.element().unwrap_or(const { &T::TYPE });
        let kind = item_kind::<P>(element)?;
        P::put_list(&mut self.buffer, kind, count(items.len())?);
        for (index, item) in items.enumerate() {
            if let Err(error) = item.encode(element, self) {
                return Err(error.inside(PathSegment::Index(index)));
            }
        }
        Ok(())
    }

    #[inline]
    fn map<'v, K, V, I>(&mut self, ty: &'static TypeDesc, entries: I) -> Result<(), EncodeError>
    where
        K: Encode + 'v,
        V: Encode + 'v,
        I: ExactSizeIterator<Item = (&'v K, &'v V)> + Clone,
    {
        let (key_type, value_type) = ty.entry().unwrap_or(const { (&K::TYPE, &V::TYPE) });
        let (key_kind, value_kind) = (item_kind::<P>(key_type)?, item_kind::<P>(value_type)?);
        P::put_map(&mut self.buffer, key_kind, value_kind, count(entries.len())?);
        for (index, (key, value)) in entries.enumerate() {
            if let Err(error) = key.encode(key_type, self).and_then(|()| value.encode(value_type, self)) {
                return Err(error.inside(PathSegment::Index(index)));
            }
        }
        Ok(())
    }
}

/// The kind of a type at a place.
#[inline(always)]
fn kind<P: Wire>(ty: &'static TypeDesc) -> Result<Kind, EncodeError> {
    match Kind::of(ty, P::FLOATS) {
        Some(Kind::Uuid) if !P::UUIDS => Err(no::<P>("UUIDs")),
        Some(kind) => Ok(kind),
        None => Err(no::<P>("null")),
    }
}

/// The kind of the items of a collection, which cannot be missing.
#[inline(always)]
fn item_kind<P: Wire>(ty: &'static TypeDesc) -> Result<Kind, EncodeError> {
    if matches!(ty.shape, Shape::Optional { .. }) {
        return Err(no::<P>("missing value in a collection"));
    }
    kind::<P>(ty)
}

#[cold]
#[inline(never)]
fn no<P: Wire>(what: &'static str) -> EncodeError {
    EncodeError::new(EncodeErrorKind::NotInFormat { format: P::NAME, what })
}

//! Values to Protobuf binary, in one pass: a sub-message's length takes one byte at first, which is widened when the
//! sub-message turns out longer than 127 bytes.

use alloc::vec::Vec;

use super::tag::{Tag, is_packable, wire_type};
use crate::{
    Encode, EncodeError, EncodeErrorKind, EncodeRecord, EncodeUnion, Enumeration, FieldDesc, Format, IntegerEncoding,
    PathSegment, Presence, Shape, Sink, TypeDesc, UnknownFields, encode::in_field, raw::Buffer, varint,
};

/// Writes values as Protobuf binary.
#[derive(Debug, Default)]
pub struct ProtobufSink {
    buffer: Buffer,
}

impl ProtobufSink {
    /// A sink that writes behind the bytes.
    #[inline(always)]
    pub fn after(bytes: Vec<u8>) -> Self {
        Self { buffer: Buffer::after(bytes) }
    }

    /// All bytes, those that were there before included.
    #[inline(always)]
    pub fn into_bytes(self) -> Vec<u8> {
        self.buffer.into_bytes()
    }

    #[inline(always)]
    fn tag(&mut self, tag: Tag) {
        match tag.len {
            1 => self.buffer.array(tag.first::<1>()),
            2 => self.buffer.array(tag.first::<2>()),
            3 => self.buffer.array(tag.first::<3>()),
            4 => self.buffer.array(tag.first::<4>()),
            _ => self.buffer.array(tag.bytes),
        }
    }

    /// Writes what `body` writes behind its length.
    #[inline(always)]
    fn delimited(&mut self, body: impl FnOnce(&mut Self) -> Result<(), EncodeError>) -> Result<(), EncodeError> {
        let at = self.buffer.len();
        self.buffer.byte(0);
        body(self)?;
        let len = self.buffer.len() - at - 1;
        if len < 0x80 {
            self.buffer.patch(at, len as u8);
        } else {
            widen_length(&mut self.buffer, at, len);
        }
        Ok(())
    }

    #[inline(always)]
    fn integer(&mut self, ty: &'static TypeDesc, value: i64, wide: bool) {
        match ty.wire.integers {
            IntegerEncoding::Varint => self.buffer.varint(value.cast_unsigned()),
            IntegerEncoding::ZigZag => self.buffer.zigzag_64(value),
            IntegerEncoding::Fixed if wide => self.buffer.array(value.to_le_bytes()),
            IntegerEncoding::Fixed => self.buffer.array((value as i32).to_le_bytes()),
        }
    }
}

impl Sink for ProtobufSink {
    #[inline(always)]
    fn field<T: Encode>(&mut self, field: &'static FieldDesc, value: &T) -> Result<(), EncodeError> {
        if field.ty.wire.number < 1 && !matches!(field.ty.value_shape(), Shape::Union(_) | Shape::Null) {
            return in_field(Err(no("field without a number")), field);
        }
        let tags_itself = match field.ty.shape {
            Shape::Optional { .. } | Shape::List(_) | Shape::Set(_) | Shape::Map { .. } | Shape::Union(_) => true,
            Shape::Null => return Ok(()),
            _ => false,
        };
        if !tags_itself {
            if matches!(field.ty.wire.presence, Presence::Implicit) && value.is_absent() {
                return Ok(());
            }
            self.tag(Tag::of(&field.ty));
        }
        in_field(value.encode(&field.ty, self), field)
    }

    fn unknown_fields(&mut self, fields: &UnknownFields<'_>) -> Result<(), EncodeError> {
        for field in fields.of(Format::Protobuf) {
            self.tag(Tag::new(field.number(), field.wire_type()));
            self.buffer.bytes(field.value());
        }
        Ok(())
    }

    #[inline(always)]
    fn null(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }

    #[inline(always)]
    fn bool(&mut self, _: &'static TypeDesc, value: bool) -> Result<(), EncodeError> {
        self.buffer.byte(u8::from(value));
        Ok(())
    }

    #[inline(always)]
    fn i32(&mut self, ty: &'static TypeDesc, value: i32) -> Result<(), EncodeError> {
        self.integer(ty, i64::from(value), false);
        Ok(())
    }

    #[inline(always)]
    fn i64(&mut self, ty: &'static TypeDesc, value: i64) -> Result<(), EncodeError> {
        self.integer(ty, value, true);
        Ok(())
    }

    #[inline(always)]
    fn u32(&mut self, ty: &'static TypeDesc, value: u32) -> Result<(), EncodeError> {
        self.integer(ty, i64::from(value), false);
        Ok(())
    }

    #[inline(always)]
    fn u64(&mut self, ty: &'static TypeDesc, value: u64) -> Result<(), EncodeError> {
        self.integer(ty, value.cast_signed(), true);
        Ok(())
    }

    #[inline(always)]
    fn f32(&mut self, _: &'static TypeDesc, value: f32) -> Result<(), EncodeError> {
        self.buffer.array(value.to_le_bytes());
        Ok(())
    }

    #[inline(always)]
    fn f64(&mut self, _: &'static TypeDesc, value: f64) -> Result<(), EncodeError> {
        self.buffer.array(value.to_le_bytes());
        Ok(())
    }

    #[inline(always)]
    fn str(&mut self, _: &'static TypeDesc, value: &str) -> Result<(), EncodeError> {
        self.buffer.varint_prefixed(value.as_bytes());
        Ok(())
    }

    #[inline(always)]
    fn bytes(&mut self, _: &'static TypeDesc, value: &[u8]) -> Result<(), EncodeError> {
        self.buffer.varint_prefixed(value);
        Ok(())
    }

    #[inline(always)]
    fn fixed(&mut self, _: &'static TypeDesc, value: &[u8]) -> Result<(), EncodeError> {
        self.buffer.varint_prefixed(value);
        Ok(())
    }

    #[inline(always)]
    fn enumeration<E: Enumeration>(&mut self, _: &'static TypeDesc, value: E) -> Result<(), EncodeError> {
        self.buffer.varint(i64::from(value.number()).cast_unsigned());
        Ok(())
    }

    #[inline(always)]
    fn optional<T: Encode>(&mut self, ty: &'static TypeDesc, value: Option<&T>) -> Result<(), EncodeError> {
        let Some(value) = value else { return Ok(()) };
        match ty.value_shape() {
            Shape::List(_) | Shape::Set(_) | Shape::Map { .. } | Shape::Null => return Err(no("optional collection")),
            Shape::Union(_) => {}
            _ => self.tag(Tag::of(ty)),
        }
        value.encode(ty, self)
    }

    #[inline(always)]
    fn union<U: EncodeUnion>(&mut self, _: &'static TypeDesc, value: &U) -> Result<(), EncodeError> {
        match value.arm().and_then(|arm| U::UNION.arms.get(arm)) {
            // No field of a `oneof` is how null is written.
            Some(arm) if matches!(arm.ty.shape, Shape::Null) => {}
            Some(arm) if arm.ty.wire.number < 1 => return Err(no("union arm without a number")),
            Some(arm) => self.tag(Tag::of(&arm.ty)),
            None => {}
        }
        value.encode_arm(self)
    }

    #[inline(always)]
    fn record<R: EncodeRecord>(&mut self, _: &'static TypeDesc, value: &R) -> Result<(), EncodeError> {
        self.delimited(|sink| value.encode_fields(sink))
    }

    #[inline]
    fn list<'v, T, I>(&mut self, ty: &'static TypeDesc, mut items: I) -> Result<(), EncodeError>
    where
        T: Encode + 'v,
        I: ExactSizeIterator<Item = &'v T> + Clone,
    {
        let element = ty.element().unwrap_or(const { &T::TYPE });
        if matches!(
            element.shape,
            Shape::List(_) | Shape::Set(_) | Shape::Map { .. } | Shape::Optional { .. } | Shape::Union(_) | Shape::Null
        ) || ty.wire.number < 1
        {
            return Err(no("list of lists, maps, unions or missing values"));
        }
        if items.len() == 0 {
            return Ok(());
        }
        if ty.wire.packed && is_packable(element) {
            self.tag(Tag::of(ty));
            return self.delimited(|sink| items.try_for_each(|item| item.encode(element, sink)));
        }
        let tag = Tag::new(ty.wire.number, wire_type(element));
        for (index, item) in items.enumerate() {
            self.tag(tag);
            item.encode(element, self).map_err(|error| error.inside(PathSegment::Index(index)))?;
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
        if matches!(
            value_type.shape,
            Shape::List(_) | Shape::Set(_) | Shape::Map { .. } | Shape::Optional { .. } | Shape::Union(_) | Shape::Null
        ) || ty.wire.number < 1
        {
            return Err(no("map of lists, maps, unions or missing values"));
        }
        for (key, value) in entries {
            self.tag(Tag::of(ty));
            self.delimited(|sink| {
                // A map entry is a message of a key, field 1, and a value, field 2 (Protobuf encoding guide, "Maps").
                sink.tag(Tag::new(1, wire_type(key_type)));
                key.encode(key_type, sink)?;
                sink.tag(Tag::new(2, wire_type(value_type)));
                value.encode(value_type, sink)
            })?;
        }
        Ok(())
    }
}

#[cold]
#[inline(never)]
fn no(what: &'static str) -> EncodeError {
    EncodeError::new(EncodeErrorKind::NotInFormat { format: "Protobuf", what })
}

/// Makes room for a length of more than one byte and writes it.
#[inline(never)]
fn widen_length(buffer: &mut Buffer, at: usize, len: usize) {
    let width = varint::len_64(len as u64);
    buffer.open_gap(at + 1, width - 1);
    let mut rest = len;
    for place in buffer.tail_mut(at).iter_mut().take(width - 1) {
        *place = (rest & 0x7f) as u8 | 0x80;
        rest >>= 7;
    }
    buffer.patch(at + width - 1, rest as u8);
}

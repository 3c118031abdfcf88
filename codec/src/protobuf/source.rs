//! Protobuf binary to values.

use alloc::borrow::Cow;

use super::tag::{
    FIXED_32, FIXED_64, GROUP_END, GROUP_START, LENGTH_DELIMITED, MAX_NUMBER, Tag, VARINT, field_wire_type,
    is_packable, wire_type,
};
use crate::{
    Decode, DecodeError, DecodeErrorKind, DecodeRecord, DecodeUnion, Depth, Enumeration, FieldDesc, Format,
    IntegerEncoding, Limits, PathSegment, RecordDesc, Shape, Source, TypeDesc, UnknownFields,
    decode::{ListBuilder, MapBuilder},
    raw::{Cursor, Mark},
    varint,
};

/// Reads values from Protobuf binary.
#[derive(Clone, Debug)]
pub struct ProtobufSource<'de> {
    cursor: Cursor<'de>,
    depth: Depth,
    /// Wire type of the field that was announced last.
    wire_type: u8,
    /// Position of the arm, when that field is one of a union's.
    arm: usize,
    /// Where the next field out of order is looked for first.
    guess: usize,
}

impl<'de> ProtobufSource<'de> {
    /// A source at the start of a message.
    #[inline(always)]
    pub fn new(bytes: &'de [u8], limits: Limits) -> Self {
        Self { cursor: Cursor::new(bytes), depth: Depth::new(limits), wire_type: 0, arm: 0, guess: 0 }
    }

    #[inline(always)]
    fn take_tag(&mut self, ty: &'static TypeDesc) -> bool {
        if ty.wire.number < 1 {
            return false;
        }
        let tag = Tag::of(ty);
        let found = match tag.len {
            1 => self.cursor.take_if(tag.first::<1>()),
            2 => self.cursor.take_if(tag.first::<2>()),
            3 => self.cursor.take_if(tag.first::<3>()),
            4 => self.cursor.take_if(tag.first::<4>()),
            _ => self.cursor.take_if(tag.bytes),
        };
        if found {
            self.wire_type = field_wire_type(ty);
        }
        found
    }

    #[inline(always)]
    fn delimited<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        let len = self.cursor.varint()?;
        let outer = self.cursor.narrow(len)?;
        let value = body(self)?;
        self.cursor.widen(outer);
        Ok(value)
    }

    #[inline(always)]
    fn integer(&mut self, ty: &'static TypeDesc, wide: bool) -> Result<i64, DecodeError> {
        match ty.wire.integers {
            IntegerEncoding::Varint => Ok(self.cursor.varint()?.cast_signed()),
            IntegerEncoding::ZigZag => self.cursor.zigzag_64(),
            IntegerEncoding::Fixed if wide => Ok(i64::from_le_bytes(*self.cursor.array()?)),
            IntegerEncoding::Fixed => Ok(i64::from(i32::from_le_bytes(*self.cursor.array()?))),
        }
    }

    /// Reads a field's tag: its number and wire type.
    fn tag(&mut self) -> Result<(i32, u8), DecodeError> {
        let offset = self.cursor.offset();
        let tag = self.cursor.varint()?;
        let (number, wire_type) = (tag >> 3, (tag & 7) as u8);
        if number == 0 || number > MAX_NUMBER || wire_type > FIXED_32 {
            return Err(DecodeError::new(DecodeErrorKind::InvalidTag(tag), offset));
        }
        Ok((number as i32, wire_type))
    }

    /// Goes past a value whose tag has just been read.
    fn skip(&mut self, number: i32, wire_type: u8) -> Result<(), DecodeError> {
        match wire_type {
            VARINT => self.cursor.varint().map(|_| ()),
            FIXED_64 => self.cursor.bytes(8).map(|_| ()),
            FIXED_32 => self.cursor.bytes(4).map(|_| ()),
            LENGTH_DELIMITED => {
                let len = self.cursor.varint()?;
                self.cursor.bytes(len).map(|_| ())
            }
            GROUP_START => self.deeper(|source| {
                loop {
                    let (inner, wire_type) = source.tag()?;
                    if wire_type == GROUP_END {
                        return if inner == number { Ok(()) } else { Err(source.unbalanced()) };
                    }
                    source.skip(inner, wire_type)?;
                }
            }),
            _ => Err(self.unbalanced()),
        }
    }

    #[cold]
    fn unbalanced(&self) -> DecodeError {
        DecodeError::new(DecodeErrorKind::UnbalancedGroup, self.cursor.offset())
    }

    #[inline(never)]
    fn field_out_of_order(
        &mut self,
        record: &'static RecordDesc,
        mut unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<Option<usize>, DecodeError> {
        while !self.cursor.is_empty() {
            let (number, found) = self.tag()?;
            let value = self.cursor.mark();
            if let Some(position) = record.position_of(number, self.guess)
                && let Some(field) = record.fields.get(position)
                && self.announce(&field.ty, number, found)
            {
                self.guess = position + 1;
                return Ok(Some(position));
            }
            self.skip(number, found)?;
            if let Some(unknown) = unknown.as_deref_mut() {
                unknown.push(Format::Protobuf, number, found, self.cursor.since(value));
            }
        }
        Ok(None)
    }

    /// Goes past a value that its field has no place for: a field of a number that its enum lacks counts as absent (Protobuf
    /// language guide, "Enum Behavior"). Other errors stay errors.
    #[cold]
    #[inline(never)]
    fn end_field(
        &mut self,
        error: DecodeError,
        field: &'static FieldDesc,
        value: Mark,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<(), DecodeError> {
        let ty = &field.ty;
        if !(error.is_refusal() && matches!(ty.value_shape(), Shape::Enum(_) | Shape::Union(_))) {
            return Err(error.in_field(field));
        }
        let number = match ty.union().and_then(|union| union.arms.get(self.arm)) {
            Some(arm) => arm.ty.wire.number,
            None => ty.wire.number,
        };
        self.cursor.rewind(value);
        self.skip(number, self.wire_type)?;
        if let Some(unknown) = unknown {
            unknown.push(Format::Protobuf, number, self.wire_type, self.cursor.since(value));
        }
        Ok(())
    }

    /// Notes what is known of a field whose tag has been read; says whether its wire type is one that the field can have.
    fn announce(&mut self, ty: &'static TypeDesc, number: i32, found: u8) -> bool {
        let ty = match ty.union() {
            Some(union) => {
                let of_number = |(_, arm): &(usize, &FieldDesc)| arm.ty.wire.number == number;
                let Some((position, arm)) = union.arms.iter().enumerate().find(of_number) else { return false };
                self.arm = position;
                &arm.ty
            }
            None if matches!(ty.shape, Shape::Null) => return false,
            None => ty,
        };
        self.wire_type = found;
        found == field_wire_type(ty)
            || match ty.value_shape() {
                // Both forms of a list of numbers are accepted, whichever is declared.
                Shape::List(of) | Shape::Set(of) => {
                    found == wire_type(of) || (found == LENGTH_DELIMITED && is_packable(of))
                }
                _ => false,
            }
    }
}

impl<'de> Source<'de> for ProtobufSource<'de> {
    const TAGGED: bool = true;
    const NULL_ON_WIRE: bool = false;

    #[inline(always)]
    fn expect(
        &mut self,
        field: &'static FieldDesc,
        _: &'static RecordDesc,
        _: Option<&mut UnknownFields<'de>>,
    ) -> Result<bool, DecodeError> {
        match field.ty.union() {
            Some(union) => {
                for (arm, desc) in union.arms.iter().enumerate() {
                    if self.take_tag(&desc.ty) {
                        self.arm = arm;
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            // A null is never written, so that its number belongs to no field.
            None => Ok(!matches!(field.ty.shape, Shape::Null) && self.take_tag(&field.ty)),
        }
    }

    #[inline(always)]
    fn next_field(
        &mut self,
        record: &'static RecordDesc,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<Option<usize>, DecodeError> {
        if self.cursor.is_empty() { Ok(None) } else { self.field_out_of_order(record, unknown) }
    }

    #[inline(always)]
    fn field<T: Decode<'de>>(
        &mut self,
        field: &'static FieldDesc,
        slot: &mut Option<T>,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<(), DecodeError> {
        let value = self.cursor.mark();
        match T::decode_field(slot, &field.ty, self) {
            Ok(()) => Ok(()),
            Err(error) => self.end_field(error, field, value, unknown),
        }
    }

    #[inline(always)]
    fn offset(&self) -> usize {
        self.cursor.offset()
    }

    #[inline(always)]
    fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        self.depth.enter(self.cursor.offset())?;
        let result = step(self);
        self.depth.leave();
        result
    }

    #[inline(always)]
    fn bool(&mut self, _: &'static TypeDesc) -> Result<bool, DecodeError> {
        Ok(self.cursor.varint()? != 0)
    }

    #[inline(always)]
    fn i32(&mut self, ty: &'static TypeDesc) -> Result<i32, DecodeError> {
        // Wider integers are cut, as a C++ cast would (Protobuf language guide, "Updating A Message Type").
        match ty.wire.integers {
            IntegerEncoding::ZigZag => Ok(varint::unzigzag_32(self.cursor.varint()? as u32)),
            _ => Ok(self.integer(ty, false)? as i32),
        }
    }

    #[inline(always)]
    fn i64(&mut self, ty: &'static TypeDesc) -> Result<i64, DecodeError> {
        self.integer(ty, true)
    }

    #[inline(always)]
    fn u32(&mut self, ty: &'static TypeDesc) -> Result<u32, DecodeError> {
        Ok(self.integer(ty, false)?.cast_unsigned() as u32)
    }

    #[inline(always)]
    fn u64(&mut self, ty: &'static TypeDesc) -> Result<u64, DecodeError> {
        Ok(self.integer(ty, true)?.cast_unsigned())
    }

    #[inline(always)]
    fn f32(&mut self, _: &'static TypeDesc) -> Result<f32, DecodeError> {
        Ok(f32::from_le_bytes(*self.cursor.array()?))
    }

    #[inline(always)]
    fn f64(&mut self, _: &'static TypeDesc) -> Result<f64, DecodeError> {
        Ok(f64::from_le_bytes(*self.cursor.array()?))
    }

    #[inline(always)]
    fn str(&mut self, _: &'static TypeDesc) -> Result<&'de str, DecodeError> {
        let len = self.cursor.varint()?;
        self.cursor.text(len)
    }

    #[inline(always)]
    fn bytes(&mut self, _: &'static TypeDesc) -> Result<&'de [u8], DecodeError> {
        let len = self.cursor.varint()?;
        self.cursor.bytes(len)
    }

    #[inline(always)]
    fn fixed_blob(&mut self, ty: &'static TypeDesc, size: usize) -> Result<Cow<'de, [u8]>, DecodeError> {
        let offset = self.cursor.offset();
        let bytes = self.bytes(ty)?;
        if bytes.len() == size {
            return Ok(Cow::Borrowed(bytes));
        }
        let kind = DecodeErrorKind::FixedLength { expected: size, found: bytes.len() };
        Err(DecodeError::new(kind, offset))
    }

    #[inline(always)]
    fn enumeration<E: Enumeration>(&mut self, _: &'static TypeDesc) -> Result<E, DecodeError> {
        let offset = self.cursor.offset();
        let number = self.cursor.varint()? as i32;
        E::from_number(number).ok_or_else(|| unknown_number(E::ENUM.name.name, number, offset))
    }

    #[inline(always)]
    fn union<U: DecodeUnion<'de>>(&mut self, _: &'static TypeDesc) -> Result<U, DecodeError> {
        U::decode_arm(self.arm, self)
    }

    #[inline(always)]
    fn record<R: DecodeRecord<'de>>(&mut self, _: &'static TypeDesc, slot: &mut Option<R>) -> Result<(), DecodeError> {
        self.delimited(|source| R::decode_fields(slot, source))
    }

    #[inline]
    fn list<T: Decode<'de>, B: ListBuilder<T>>(
        &mut self,
        ty: &'static TypeDesc,
        items: &mut B,
    ) -> Result<(), DecodeError> {
        let element = ty.element().unwrap_or(const { &T::TYPE });
        self.deeper(|source| {
            loop {
                if is_packable(element) && source.wire_type == LENGTH_DELIMITED {
                    source.delimited(|source| {
                        while !source.cursor.is_empty() {
                            source.item(element, items)?;
                        }
                        Ok(())
                    })?;
                } else {
                    source.item(element, items)?;
                }
                if !source.take_tag(ty) {
                    return Ok(());
                }
            }
        })
    }

    #[inline]
    fn map<K: Decode<'de>, V: Decode<'de>, B: MapBuilder<K, V>>(
        &mut self,
        ty: &'static TypeDesc,
        entries: &mut B,
    ) -> Result<(), DecodeError> {
        let (key_type, value_type) = ty.entry().unwrap_or(const { (&K::TYPE, &V::TYPE) });
        self.deeper(|source| {
            let (key, value) = source.delimited(|source| source.entry::<K, V>(key_type, value_type))?;
            let value = match value.or_else(|| V::absent(value_type)) {
                None if matches!(value_type.value_shape(), Shape::Record(_)) => Some(source.empty_message(value_type)?),
                value => value,
            };
            match (key.or_else(|| K::absent(key_type)), value) {
                (Some(key), Some(value)) => entries.insert(key, value),
                _ => return Err(DecodeError::new(DecodeErrorKind::MissingField("value"), source.offset())),
            }
            Ok(())
        })
    }
}

impl<'de> ProtobufSource<'de> {
    #[inline(always)]
    fn item<T: Decode<'de>, B: ListBuilder<T>>(
        &mut self,
        element: &'static TypeDesc,
        items: &mut B,
    ) -> Result<(), DecodeError> {
        match T::decode(element, self) {
            Ok(item) => items.push(item),
            Err(error) => return Err(error.inside(PathSegment::Index(items.len()))),
        }
        Ok(())
    }

    /// The value of a message without bytes, which is what a map's entry without a value means.
    #[cold]
    fn empty_message<V: Decode<'de>>(&mut self, ty: &'static TypeDesc) -> Result<V, DecodeError> {
        let here = core::mem::replace(&mut self.cursor, Cursor::new(&[0]));
        let value = V::decode(ty, self);
        self.cursor = here;
        value
    }

    /// A map's entry: a message of a key, field 1, and a value, field 2 (Protobuf encoding guide, "Maps").
    fn entry<K: Decode<'de>, V: Decode<'de>>(
        &mut self,
        key_type: &'static TypeDesc,
        value_type: &'static TypeDesc,
    ) -> Result<(Option<K>, Option<V>), DecodeError> {
        let (mut key, mut value) = (None, None);
        while !self.cursor.is_empty() {
            match self.tag()? {
                (1, found) if found == wire_type(key_type) => K::decode_field(&mut key, key_type, self)?,
                (2, found) if found == wire_type(value_type) => V::decode_field(&mut value, value_type, self)?,
                (number, found) => self.skip(number, found)?,
            }
        }
        Ok((key, value))
    }
}

#[cold]
#[inline(never)]
fn unknown_number(name: &'static str, number: i32, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::UnknownNumber { name, number }, offset)
}

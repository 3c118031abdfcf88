//! Thrift's protocols to values.

mod fields;

use alloc::borrow::Cow;
use core::marker::PhantomData;

use super::{
    Kind,
    wire::{STOP, Wire, check_count},
};
use crate::{
    Decode, DecodeError, DecodeErrorKind, DecodeRecord, DecodeUnion, Depth, Enumeration, FieldDesc, Limits,
    PathSegment, RecordDesc, Shape, Source, TypeDesc, UnknownFields,
    decode::{ListBuilder, MapBuilder, left_empty},
    raw::Cursor,
    reserve::worth_reserving,
};

/// Reads values from one of Thrift's protocols.
#[derive(Clone, Debug)]
pub struct ThriftSource<'de, P: Wire> {
    cursor: Cursor<'de>,
    state: P::State,
    depth: Depth,
    /// Where the next field out of order is looked for first.
    guess: usize,
    protocol: PhantomData<P>,
}

impl<'de, P: Wire> ThriftSource<'de, P> {
    /// A source at the start of a struct's fields.
    #[inline(always)]
    pub fn new(bytes: &'de [u8], limits: Limits) -> Self {
        Self::at(Cursor::new(bytes), limits)
    }

    /// A source that goes on from a cursor.
    #[inline(always)]
    pub(super) fn at(cursor: Cursor<'de>, limits: Limits) -> Self {
        let state = P::State::default();
        Self { cursor, state, depth: Depth::new(limits), guess: 0, protocol: PhantomData }
    }

    /// Bytes that are left.
    #[inline(always)]
    pub fn remaining(&self) -> usize {
        self.cursor.remaining()
    }

    /// The kind of the values of a type at a place.
    #[inline(always)]
    fn kind(&self, ty: &'static TypeDesc) -> Result<Kind, DecodeError> {
        match Kind::of(ty, P::FLOATS) {
            Some(kind) => Ok(kind),
            None => Err(not_in_format(P::NAME, "null", self.cursor.offset())),
        }
    }

    /// Reads the fields of a struct, which count their ids from the start again.
    #[inline(always)]
    fn nested<T>(&mut self, fields: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        let outer = core::mem::take(&mut self.state);
        let result = fields(self);
        self.state = outer;
        result
    }

    #[inline(always)]
    fn worth_reserving<T>(&self, count: u64) -> usize {
        worth_reserving(count, size_of::<T>(), self.cursor.remaining(), self.depth)
    }
}

impl<'de, P: Wire> Source<'de> for ThriftSource<'de, P> {
    const TAGGED: bool = true;
    const NULL_ON_WIRE: bool = false;

    #[inline(always)]
    fn expect(
        &mut self,
        field: &'static FieldDesc,
        record: &'static RecordDesc,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<bool, DecodeError> {
        let id = field.ty.wire.number;
        match Kind::of(&field.ty, P::FLOATS) {
            // Its code is that of another kind.
            Some(Kind::Uuid) if !P::UUIDS => Ok(false),
            // A larger number is a Protobuf field's, and no id.
            Some(kind) if i16::try_from(id).is_ok() => {
                if P::take_field(&mut self.cursor, &mut self.state, id, kind) {
                    return Ok(true);
                }
                if P::is_before(&self.cursor, &self.state, id) {
                    return Ok(self.field_behind_others(field, record, unknown));
                }
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    #[inline(always)]
    fn next_field(
        &mut self,
        record: &'static RecordDesc,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<Option<usize>, DecodeError> {
        if self.cursor.take_if([STOP]) { Ok(None) } else { self.field_out_of_order(record, unknown) }
    }

    #[inline(always)]
    fn field<T: Decode<'de>>(
        &mut self,
        field: &'static FieldDesc,
        slot: &mut Option<T>,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<(), DecodeError> {
        // Of a field that comes twice the last counts; nothing merges.
        *slot = None;
        if !can_be_refused(&field.ty) {
            return match T::decode_field(slot, &field.ty, self) {
                Ok(()) => Ok(()),
                Err(error) => Err(error.in_field(field)),
            };
        }
        let (start, state) = (self.cursor.mark(), self.state);
        match T::decode_field(slot, &field.ty, self) {
            Ok(()) => Ok(()),
            Err(error) => {
                *slot = None;
                self.end_field(error, field, start, state, unknown)
            }
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
    fn bool(&mut self, ty: &'static TypeDesc) -> Result<bool, DecodeError> {
        P::bool(&mut self.cursor, &self.state, ty.wire.is_numbered())
    }

    #[inline(always)]
    fn i32(&mut self, ty: &'static TypeDesc) -> Result<i32, DecodeError> {
        match ty.value_shape() {
            Shape::Int8 => Ok(i32::from(self.cursor.byte()?.cast_signed())),
            Shape::Int16 => P::i16(&mut self.cursor).map(i32::from),
            _ => P::i32(&mut self.cursor),
        }
    }

    #[inline(always)]
    fn i64(&mut self, _: &'static TypeDesc) -> Result<i64, DecodeError> {
        P::i64(&mut self.cursor)
    }

    #[inline(always)]
    fn f32(&mut self, _: &'static TypeDesc) -> Result<f32, DecodeError> {
        if P::FLOATS {
            return P::float(&mut self.cursor);
        }
        #[expect(clippy::cast_possible_truncation, reason = "the type asks for single precision")]
        Ok(P::double(&mut self.cursor)? as f32)
    }

    #[inline(always)]
    fn f64(&mut self, _: &'static TypeDesc) -> Result<f64, DecodeError> {
        P::double(&mut self.cursor)
    }

    #[inline(always)]
    fn str(&mut self, _: &'static TypeDesc) -> Result<&'de str, DecodeError> {
        let len = P::len(&mut self.cursor)?;
        self.cursor.text(len)
    }

    #[inline(always)]
    fn bytes(&mut self, _: &'static TypeDesc) -> Result<&'de [u8], DecodeError> {
        let len = P::len(&mut self.cursor)?;
        self.cursor.bytes(len)
    }

    #[inline(always)]
    fn fixed<const N: usize>(&mut self, ty: &'static TypeDesc) -> Result<[u8; N], DecodeError> {
        if matches!(Kind::of(ty, P::FLOATS), Some(Kind::Uuid)) {
            return Ok(*self.cursor.array::<N>()?);
        }
        let mut array = [0; N];
        array.copy_from_slice(&self.fixed_blob(ty, N)?);
        Ok(array)
    }

    #[inline(always)]
    fn fixed_blob(&mut self, ty: &'static TypeDesc, size: usize) -> Result<Cow<'de, [u8]>, DecodeError> {
        if matches!(Kind::of(ty, P::FLOATS), Some(Kind::Uuid)) {
            return Ok(Cow::Borrowed(self.cursor.bytes(size as u64)?));
        }
        let offset = self.cursor.offset();
        let bytes = self.bytes(ty)?;
        if bytes.len() == size { Ok(Cow::Borrowed(bytes)) } else { Err(fixed_length(size, bytes.len(), offset)) }
    }

    #[inline(always)]
    fn enumeration<E: Enumeration>(&mut self, _: &'static TypeDesc) -> Result<E, DecodeError> {
        let offset = self.cursor.offset();
        let number = P::i32(&mut self.cursor)?;
        match E::from_number(number) {
            Some(value) => Ok(value),
            None => Err(unknown_number(E::ENUM.name.name, number, offset)),
        }
    }

    #[inline(always)]
    fn union<U: DecodeUnion<'de>>(&mut self, _: &'static TypeDesc) -> Result<U, DecodeError> {
        self.nested(Self::arms)
    }

    #[inline(always)]
    fn record<R: DecodeRecord<'de>>(&mut self, _: &'static TypeDesc, slot: &mut Option<R>) -> Result<(), DecodeError> {
        self.nested(|source| R::decode_fields(slot, source))
    }

    #[inline]
    fn list<T: Decode<'de>, B: ListBuilder<T>>(
        &mut self,
        ty: &'static TypeDesc,
        items: &mut B,
    ) -> Result<(), DecodeError> {
        let element = ty.element().unwrap_or(const { &T::TYPE });
        let kind = self.kind(element)?;
        let offset = self.cursor.offset();
        let header = P::list(&mut self.cursor)?;
        if header.element != Some(kind) {
            return if header.count == 0 { Ok(()) } else { Err(other_items(offset)) };
        }
        check_count::<P>(&self.cursor, header.count, &[kind])?;
        self.deeper(|source| {
            items.reserve(source.worth_reserving::<T>(header.count));
            for index in 0..header.count as usize {
                // Through a slot a large item is moved once less.
                let mut slot = None;
                if let Err(error) = T::decode_field(&mut slot, element, source) {
                    return Err(error.inside(PathSegment::Index(index)));
                }
                let Some(item) = slot else {
                    return Err(left_empty("item", source.offset()).inside(PathSegment::Index(index)));
                };
                items.push(item);
            }
            Ok(())
        })
    }

    #[inline]
    fn map<K: Decode<'de>, V: Decode<'de>, B: MapBuilder<K, V>>(
        &mut self,
        ty: &'static TypeDesc,
        entries: &mut B,
    ) -> Result<(), DecodeError> {
        let (key_type, value_type) = ty.entry().unwrap_or(const { (&K::TYPE, &V::TYPE) });
        let (key_kind, value_kind) = (self.kind(key_type)?, self.kind(value_type)?);
        let offset = self.cursor.offset();
        let header = P::map(&mut self.cursor)?;
        if header.kinds != Some((key_kind, value_kind)) {
            return if header.count == 0 { Ok(()) } else { Err(other_items(offset)) };
        }
        check_count::<P>(&self.cursor, header.count, &[key_kind, value_kind])?;
        self.deeper(|source| {
            entries.reserve(source.worth_reserving::<(K, V)>(header.count));
            for index in 0..header.count as usize {
                let entry = K::decode(key_type, source).and_then(|key| Ok((key, V::decode(value_type, source)?)));
                match entry {
                    Ok((key, value)) => entries.insert(key, value),
                    Err(error) => return Err(error.inside(PathSegment::Index(index))),
                }
            }
            Ok(())
        })
    }
}

/// Whether the bytes of a value can be well formed, and yet no value of the type.
#[inline(always)]
const fn can_be_refused(ty: &TypeDesc) -> bool {
    matches!(ty.value_shape(), Shape::Enum(_) | Shape::Union(_) | Shape::List(_) | Shape::Set(_) | Shape::Map { .. })
}

// The builders of errors take values, not the source, so that the source can stay in registers.

#[cold]
#[inline(never)]
fn not_in_format(format: &'static str, what: &'static str, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::NotInFormat { format, what }, offset)
}

#[cold]
#[inline(never)]
fn fixed_length(expected: usize, found: usize, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::FixedLength { expected, found }, offset)
}

#[cold]
#[inline(never)]
fn unknown_number(name: &'static str, number: i32, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::UnknownNumber { name, number }, offset)
}

#[cold]
#[inline(never)]
fn other_items(offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::OtherItems, offset)
}

//! Thrift's protocols to values.

use alloc::borrow::Cow;
use core::marker::PhantomData;

use super::{
    Kind, skip,
    wire::{FieldHeader, STOP, Wire, check_count},
};
use crate::{
    Decode, DecodeError, DecodeErrorKind, DecodeRecord, DecodeUnion, Depth, Enumeration, FieldDesc, Limits,
    PathSegment, RecordDesc, Shape, Source, TypeDesc, UnknownFields,
    decode::{ListBuilder, MapBuilder},
    raw::{Cursor, Mark},
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

    /// Goes past a value whose header has been read, and gives its bytes.
    fn skip(&mut self, kind: Kind) -> Result<&'de [u8], DecodeError> {
        let start = self.cursor.mark();
        skip::skip::<P>(&mut self.cursor, kind, self.depth)?;
        Ok(self.cursor.since(start))
    }

    /// Goes past fields with lower ids that the record does not know, and then past the header of one that is asked for, when it is
    /// the next one. The fields behind it are in order again.
    ///
    /// What is wrong with a field is left for [`Source::next_field`] to find, since each way for an error out of the straight line
    /// makes it slower.
    #[cold]
    #[inline(never)]
    fn field_behind_others(
        &mut self,
        field: &'static FieldDesc,
        record: &'static RecordDesc,
        mut unknown: Option<&mut UnknownFields<'de>>,
    ) -> bool {
        let (id, Some(kind)) = (field.ty.wire.number, Kind::of(&field.ty, P::FLOATS)) else { return false };
        loop {
            let (start, state) = (self.cursor.mark(), self.state);
            let is_past = match P::field(&mut self.cursor, &mut self.state) {
                Ok(Some(header)) if header.id < id && self.position(record, header).is_none() => {
                    self.keep(header, unknown.as_deref_mut()).is_ok()
                }
                _ => false,
            };
            if !is_past {
                self.cursor.rewind(start);
                self.state = state;
                return P::take_field(&mut self.cursor, &mut self.state, id, kind);
            }
        }
    }

    /// The position of the record's field that a header announces.
    #[inline(always)]
    fn position(&self, record: &'static RecordDesc, header: FieldHeader) -> Option<usize> {
        let position = record.position_of(header.id, self.guess)?;
        let field = record.fields.get(position)?;
        (Kind::of(&field.ty, P::FLOATS) == Some(header.kind)).then_some(position)
    }

    /// Goes past the value of a field whose header has been read, and keeps it where that is wanted.
    #[inline(always)]
    fn keep(&mut self, header: FieldHeader, unknown: Option<&mut UnknownFields<'de>>) -> Result<(), DecodeError> {
        let code = P::field_code(header.kind, &self.state);
        let value = self.skip(header.kind)?;
        if let Some(unknown) = unknown {
            unknown.push(P::FORMAT, header.id, code, value);
        }
        Ok(())
    }

    #[inline(never)]
    fn field_out_of_order(
        &mut self,
        record: &'static RecordDesc,
        mut unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<Option<usize>, DecodeError> {
        while let Some(header) = P::field(&mut self.cursor, &mut self.state)? {
            if let Some(position) = self.position(record, header) {
                self.guess = position + 1;
                return Ok(Some(position));
            }
            self.keep(header, unknown.as_deref_mut())?;
        }
        Ok(None)
    }

    /// Goes past a value that its field has no place for. Other errors stay errors.
    #[cold]
    #[inline(never)]
    fn end_field(
        &mut self,
        error: DecodeError,
        field: &'static FieldDesc,
        start: Mark,
        state: P::State,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<(), DecodeError> {
        if !error.is_refusal() {
            return Err(error.in_field(field));
        }
        let ty = &field.ty;
        self.state = state;
        let kind = self.kind(ty)?;
        self.cursor.rewind(start);
        let value = self.skip(kind)?;
        if let Some(unknown) = unknown {
            unknown.push(P::FORMAT, ty.wire.number, P::field_code(kind, &self.state), value);
        }
        Ok(())
    }

    #[inline(always)]
    fn worth_reserving<T>(&self, count: u64) -> usize {
        worth_reserving(count, size_of::<T>(), self.cursor.remaining(), self.depth)
    }

    /// The arm of a union. Arms that the type does not know are kept; beside one that it knows, any other is an error.
    #[inline(always)]
    fn arms<U: DecodeUnion<'de>>(&mut self) -> Result<U, DecodeError> {
        let offset = self.cursor.offset();
        let mut value = None;
        let mut unknown = UnknownFields::new();
        let (mut known, mut several) = (None, false);
        while let Some(header) = P::field(&mut self.cursor, &mut self.state)? {
            let is_it =
                |arm: &FieldDesc| arm.ty.wire.number == header.id && Kind::of(&arm.ty, P::FLOATS) == Some(header.kind);
            if let Some(position) = U::UNION.arms.iter().position(is_it) {
                let start = self.cursor.mark();
                let state = self.state;
                match U::decode_arm(position, self) {
                    Ok(arm) => {
                        value = Some(arm);
                        several |= known.replace(position).is_some_and(|other| other != position);
                        continue;
                    }
                    Err(error) if error.is_refusal() => {
                        self.cursor.rewind(start);
                        self.state = state;
                    }
                    Err(error) => return Err(error),
                }
            }
            let code = P::field_code(header.kind, &self.state);
            unknown.push(P::FORMAT, header.id, code, self.skip(header.kind)?);
        }
        if several || (value.is_some() && !unknown.is_empty()) {
            return Err(several_arms(U::UNION.name.name, offset));
        }
        match value.or_else(|| U::from_unknown(unknown)) {
            Some(value) => Ok(value),
            None => Err(unknown_arm(U::UNION.name.name, offset)),
        }
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
    fn record<R: DecodeRecord<'de>>(&mut self, _: &'static TypeDesc, _: Option<R>) -> Result<R, DecodeError> {
        self.nested(|source| R::decode_fields(None, source))
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
                match T::decode(element, source) {
                    Ok(item) => items.push(item),
                    Err(error) => return Err(error.inside(PathSegment::Index(index))),
                }
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
fn unknown_arm(name: &'static str, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::UnknownArm { name }, offset)
}

#[cold]
#[inline(never)]
fn several_arms(name: &'static str, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::SeveralArms { name: Cow::Borrowed(name) }, offset)
}

#[cold]
#[inline(never)]
fn other_items(offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::OtherItems, offset)
}

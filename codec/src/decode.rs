//! From bytes to values: what a type asks for, and what a wire format gives it.

use alloc::borrow::Cow;

use crate::{
    DecodeError, DecodeErrorKind, Enumeration, FieldDesc, Record, RecordDesc, TypeDesc, Typed, Union, desc::Presence,
    unknown::UnknownFields,
};

/// A value that any wire format can read. `'de` is the lifetime of the input, for values that borrow from it.
pub trait Decode<'de>: Typed + Sized {
    /// Takes the value from a source. `ty` describes the place at which it stands.
    ///
    /// # Errors
    /// When the bytes are not such a value.
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError>;

    /// Takes the value of a field from a source that stands at it, and leaves it in the slot. A tagged format may send a field
    /// several times: later scalars replace earlier ones, records merge, collections go on (Protobuf encoding guide, "Last One
    /// Wins").
    ///
    /// # Errors
    /// As [`Decode::decode`].
    #[inline(always)]
    fn decode_field<S: Source<'de>>(
        slot: &mut Option<Self>,
        ty: &'static TypeDesc,
        source: &mut S,
    ) -> Result<(), DecodeError> {
        *slot = Some(Self::decode(ty, source)?);
        Ok(())
    }

    /// The value of a field that the data lacks, where its type has one: none, empty, or zero with implicit presence.
    #[inline(always)]
    fn absent(ty: &'static TypeDesc) -> Option<Self> {
        let _ = ty;
        None
    }

    /// Takes a list from a source, behind the items that are there already.
    ///
    /// # Errors
    /// As [`Decode::decode`].
    #[inline(always)]
    fn decode_list<S: Source<'de>>(
        items: &mut alloc::vec::Vec<Self>,
        ty: &'static TypeDesc,
        source: &mut S,
    ) -> Result<(), DecodeError> {
        source.list(ty, items)
    }
}

/// A value that can be decoded from input of any lifetime, since it borrows none of it.
pub trait DecodeOwned: for<'de> Decode<'de> {}

impl<T: for<'de> Decode<'de>> DecodeOwned for T {}

/// A struct that can take its fields from a source.
pub trait DecodeRecord<'de>: Record + Sized {
    /// Takes each field, first in the order of the descriptor, then whatever comes in another order, and leaves the record
    /// in the slot. What comes is merged into a record that the slot holds already. After an error the slot may be empty.
    ///
    /// # Errors
    /// When the bytes are not such a record, or lack a field that has no value without them.
    fn decode_fields<S: Source<'de>>(slot: &mut Option<Self>, source: &mut S) -> Result<(), DecodeError>;

    /// Takes the fields of a record that nothing is there of yet.
    ///
    /// # Errors
    /// As [`DecodeRecord::decode_fields`].
    #[inline(always)]
    fn decode_new<S: Source<'de>>(source: &mut S) -> Result<Self, DecodeError> {
        let mut slot = None;
        Self::decode_fields(&mut slot, source)?;
        match slot {
            Some(record) => Ok(record),
            None => Err(left_empty(Self::DESC.name.name, source.offset())),
        }
    }
}

/// That an implementation by hand has left a slot empty, and so lost a value.
#[cold]
pub(crate) fn left_empty(name: &'static str, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::MissingField(name), offset)
}

/// A union that can take an arm's value from a source.
pub trait DecodeUnion<'de>: Union + Sized {
    /// Takes the value of the arm at a position below the number of arms.
    ///
    /// # Errors
    /// When the bytes are not such a value.
    fn decode_arm<S: Source<'de>>(arm: usize, source: &mut S) -> Result<Self, DecodeError>;

    /// The union that keeps an arm which the type does not know, or that has no arm at all; `None` when the type has no
    /// variant for it.
    #[inline(always)]
    fn from_unknown(unknown: UnknownFields<'de>) -> Option<Self> {
        let _ = unknown;
        None
    }
}

/// What takes the items of a list: a `Vec`, a set.
pub trait ListBuilder<T> {
    /// Makes room for so many items more, when that is worth while.
    fn reserve(&mut self, additional: usize);
    /// Takes the next item.
    fn push(&mut self, item: T);
    /// How many items there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What takes the entries of a map. A later entry replaces an earlier one with the same key.
pub trait MapBuilder<K, V> {
    /// Makes room for so many entries more, when that is worth while.
    fn reserve(&mut self, additional: usize);
    /// Takes the next entry.
    fn insert(&mut self, key: K, value: V);
}

/// A wire format, or anything else that gives values.
///
/// Each method reads one value. `ty` is the descriptor of the place and always a constant; an implementation marks its
/// methods `#[inline(always)]` where they only choose, so that the choice is made at compile time.
#[expect(missing_docs, reason = "the scalar methods say what they read")]
pub trait Source<'de>: Sized {
    /// Whether fields can come in any order, or be missing. When they cannot, the loop over fields out of order is not
    /// compiled at all.
    const TAGGED: bool;

    /// Whether a missing value stands on the wire, as a branch or a JSON null, rather than being told by the field's absence.
    const NULL_ON_WIRE: bool;

    /// Whether the next value is this field's. Called once for each field, in the order of the descriptor. An ordered
    /// format always says yes. Fields that come before this one and that the record does not know may go to `unknown`, or be
    /// skipped.
    fn expect(
        &mut self,
        field: &'static FieldDesc,
        record: &'static RecordDesc,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<bool, DecodeError>;

    /// The position of the field that comes next, after the straight line; `None` at the record's end. Fields that the
    /// record does not know go to `unknown`, or are skipped.
    fn next_field(
        &mut self,
        record: &'static RecordDesc,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<Option<usize>, DecodeError>;

    /// Takes the value of a field that [`Source::expect`] or [`Source::next_field`] has just announced. A value that the type
    /// has no place for ([`DecodeError::is_refusal`]) goes to `unknown` in a tagged format, and the field counts as absent.
    #[inline(always)]
    fn field<T: Decode<'de>>(
        &mut self,
        field: &'static FieldDesc,
        slot: &mut Option<T>,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<(), DecodeError> {
        let _ = unknown;
        match T::decode_field(slot, &field.ty, self) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.in_field(field)),
        }
    }

    /// Puts into the slot of a field that the data lacks what its type says then, at the record's end.
    #[inline(always)]
    fn finish<T: Decode<'de>>(&self, field: &'static FieldDesc, slot: &mut Option<T>) -> Result<(), DecodeError> {
        if slot.is_none() {
            match T::absent(&field.ty) {
                Some(value) if !matches!(field.ty.wire.presence, Presence::Required) => *slot = Some(value),
                _ => return Err(self.missing(field)),
            }
        }
        Ok(())
    }

    /// That the data lacks a field.
    #[cold]
    fn missing(&self, field: &'static FieldDesc) -> DecodeError {
        DecodeError::new(DecodeErrorKind::MissingField(field.name), self.offset())
    }

    /// Bytes between the start of the input and the position, for errors.
    fn offset(&self) -> usize;

    /// Runs a step one level deeper, within [`Limits::depth`](crate::Limits::depth). Boxes, lists and maps call it, since a
    /// type can contain itself only through one of them.
    fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError>;

    #[inline(always)]
    fn null(&mut self) -> Result<(), DecodeError> {
        Ok(())
    }

    fn bool(&mut self, ty: &'static TypeDesc) -> Result<bool, DecodeError>;
    fn i32(&mut self, ty: &'static TypeDesc) -> Result<i32, DecodeError>;
    fn i64(&mut self, ty: &'static TypeDesc) -> Result<i64, DecodeError>;

    /// Without integers of its own that are unsigned, as in Avro and Thrift, a format has them as signed ones of 64 bits.
    #[inline(always)]
    fn u32(&mut self, ty: &'static TypeDesc) -> Result<u32, DecodeError> {
        let offset = self.offset();
        let value = self.i64(ty)?;
        u32::try_from(value).map_err(|_| DecodeError::new(DecodeErrorKind::IntegerOutOfRange(value), offset))
    }

    /// As [`Source::u32`].
    #[inline(always)]
    fn u64(&mut self, ty: &'static TypeDesc) -> Result<u64, DecodeError> {
        let offset = self.offset();
        let value = self.i64(ty)?;
        u64::try_from(value).map_err(|_| DecodeError::new(DecodeErrorKind::IntegerOutOfRange(value), offset))
    }

    fn f32(&mut self, ty: &'static TypeDesc) -> Result<f32, DecodeError>;
    fn f64(&mut self, ty: &'static TypeDesc) -> Result<f64, DecodeError>;

    /// Text that borrows from the input.
    fn str(&mut self, ty: &'static TypeDesc) -> Result<&'de str, DecodeError>;

    /// Text that borrows from the input where the format allows it.
    #[inline(always)]
    fn text(&mut self, ty: &'static TypeDesc) -> Result<Cow<'de, str>, DecodeError> {
        Ok(Cow::Borrowed(self.str(ty)?))
    }

    /// Bytes that borrow from the input.
    fn bytes(&mut self, ty: &'static TypeDesc) -> Result<&'de [u8], DecodeError>;

    /// Bytes that borrow from the input where the format allows it.
    #[inline(always)]
    fn blob(&mut self, ty: &'static TypeDesc) -> Result<Cow<'de, [u8]>, DecodeError> {
        Ok(Cow::Borrowed(self.bytes(ty)?))
    }

    /// Bytes whose number the type knows.
    #[inline(always)]
    fn fixed<const N: usize>(&mut self, ty: &'static TypeDesc) -> Result<[u8; N], DecodeError> {
        let mut array = [0; N];
        array.copy_from_slice(&self.fixed_blob(ty, N)?);
        Ok(array)
    }

    /// Bytes whose number only the descriptor knows: `size` of them, or an error.
    fn fixed_blob(&mut self, ty: &'static TypeDesc, size: usize) -> Result<Cow<'de, [u8]>, DecodeError>;

    /// An enum's value. A number of no symbol of a closed enum is a refusal ([`DecodeError::is_refusal`]).
    fn enumeration<E: Enumeration>(&mut self, ty: &'static TypeDesc) -> Result<E, DecodeError>;

    /// A value or none; always a value where the absence of the field says that there is none ([`Source::NULL_ON_WIRE`]).
    #[inline(always)]
    fn optional<T: Decode<'de>>(&mut self, ty: &'static TypeDesc) -> Result<Option<T>, DecodeError> {
        T::decode(ty, self).map(Some)
    }

    fn union<U: DecodeUnion<'de>>(&mut self, ty: &'static TypeDesc) -> Result<U, DecodeError>;

    /// Takes a record into a slot, see [`DecodeRecord::decode_fields`].
    fn record<R: DecodeRecord<'de>>(&mut self, ty: &'static TypeDesc, slot: &mut Option<R>) -> Result<(), DecodeError>;

    /// A record that nothing is there of yet.
    #[inline(always)]
    fn new_record<R: DecodeRecord<'de>>(&mut self, ty: &'static TypeDesc) -> Result<R, DecodeError> {
        let mut slot = None;
        self.record(ty, &mut slot)?;
        match slot {
            Some(record) => Ok(record),
            None => Err(left_empty(R::DESC.name.name, self.offset())),
        }
    }

    /// A list or a set, or the next run of its items.
    fn list<T: Decode<'de>, B: ListBuilder<T>>(
        &mut self,
        ty: &'static TypeDesc,
        items: &mut B,
    ) -> Result<(), DecodeError>;

    /// A map, or the next run of its entries.
    fn map<K: Decode<'de>, V: Decode<'de>, B: MapBuilder<K, V>>(
        &mut self,
        ty: &'static TypeDesc,
        entries: &mut B,
    ) -> Result<(), DecodeError>;
}

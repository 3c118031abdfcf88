//! From values to bytes: what a type says of itself, and what a wire format does with it.

use crate::{
    EncodeError, EncodeErrorKind, EnumDesc, FieldDesc, PathSegment, RecordDesc, TypeDesc, UnionDesc, desc::Shape,
    unknown::UnknownFields,
};

/// A type with a descriptor.
///
/// Derive and code generation implement it; the crate does for scalars, text, collections and logical types.
pub trait Typed {
    /// The type's descriptor, before a field adds the facts of its place.
    const TYPE: TypeDesc;

    /// The descriptor of a `Vec` of the type. It is `List` of [`Typed::TYPE`] for all types but `u8`, a `Vec` of which is
    /// bytes.
    const LIST: TypeDesc = TypeDesc { shape: Shape::List(&Self::TYPE), ..TypeDesc::new(Shape::Null) };

    /// Fingerprints of writers' types that the type was found to read when it was compiled; derive fills it for
    /// `compatible_with`.
    #[doc(hidden)]
    const READS: &'static [u64] = &[];
}

/// A value that any wire format can write.
pub trait Encode: Typed {
    /// Hands the value to a sink. `ty` describes the place at which it stands.
    ///
    /// # Errors
    /// When the format has no way to write the value.
    fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError>;

    /// Whether a format that does not write zero values of fields with implicit presence may leave this one out: zero,
    /// false, empty, none.
    #[inline(always)]
    fn is_absent(&self) -> bool {
        false
    }

    /// Hands a run of values to a sink, as a list.
    ///
    /// # Errors
    /// As [`Encode::encode`].
    #[inline]
    fn encode_list<S: Sink>(items: &[Self], ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError>
    where
        Self: Sized,
    {
        sink.list(ty, items.iter())
    }
}

/// A struct that knows its fields.
pub trait Record: Typed {
    /// The record's descriptor.
    const DESC: &'static RecordDesc;
}

/// A struct that can hand over its fields in order.
pub trait EncodeRecord: Record {
    /// Hands each field to the sink, in the order of the descriptor.
    ///
    /// # Errors
    /// When the format has no way to write a value.
    fn encode_fields<S: Sink>(&self, sink: &mut S) -> Result<(), EncodeError>;
}

/// A Rust enum that stands for a schema's enum.
pub trait Enumeration: Typed + Copy {
    /// The enum's descriptor.
    const ENUM: &'static EnumDesc;

    /// The position of the value among the symbols; `None` for a number that an open enum keeps without a symbol.
    fn index(self) -> Option<usize>;

    /// The value at a position.
    fn from_index(index: usize) -> Option<Self>;

    /// The value's number.
    fn number(self) -> i32;

    /// The value of a number: always one for an open enum.
    fn from_number(number: i32) -> Option<Self>;
}

/// A Rust enum whose variants are the arms of a union.
pub trait Union: Typed {
    /// The union's descriptor.
    const UNION: &'static UnionDesc;
}

/// A union that can hand over its present arm.
pub trait EncodeUnion: Union {
    /// The position of the present arm; `None` for an arm that a newer writer knew and this type keeps without knowing.
    fn arm(&self) -> Option<usize>;

    /// Hands the present arm's value to the sink.
    ///
    /// # Errors
    /// When the format has no way to write the value.
    fn encode_arm<S: Sink>(&self, sink: &mut S) -> Result<(), EncodeError>;
}

/// A wire format, or anything else that takes values.
///
/// Each method writes one value. `ty` is the descriptor of the place and always a constant; an implementation marks its
/// methods `#[inline(always)]` where they only choose, so that the choice is made at compile time.
#[expect(missing_docs, reason = "the scalar methods say what they write")]
pub trait Sink: Sized {
    /// Writes a field of the record that is being written, or leaves it out where presence says so.
    fn field<T: Encode>(&mut self, field: &'static FieldDesc, value: &T) -> Result<(), EncodeError>;

    /// Writes the fields that the record keeps without knowing them.
    fn unknown_fields(&mut self, fields: &UnknownFields<'_>) -> Result<(), EncodeError>;

    fn null(&mut self) -> Result<(), EncodeError>;
    fn bool(&mut self, ty: &'static TypeDesc, value: bool) -> Result<(), EncodeError>;
    fn i32(&mut self, ty: &'static TypeDesc, value: i32) -> Result<(), EncodeError>;
    fn i64(&mut self, ty: &'static TypeDesc, value: i64) -> Result<(), EncodeError>;

    /// Without integers of its own that are unsigned, as in Avro and Thrift, a format has them as signed ones of 64 bits.
    #[inline(always)]
    fn u32(&mut self, ty: &'static TypeDesc, value: u32) -> Result<(), EncodeError> {
        self.i64(ty, i64::from(value))
    }

    /// As [`Sink::u32`]; what has no place there is an error.
    #[inline(always)]
    fn u64(&mut self, ty: &'static TypeDesc, value: u64) -> Result<(), EncodeError> {
        match i64::try_from(value) {
            Ok(value) => self.i64(ty, value),
            Err(_) => Err(EncodeError::new(EncodeErrorKind::LongOverflow(value))),
        }
    }

    fn f32(&mut self, ty: &'static TypeDesc, value: f32) -> Result<(), EncodeError>;
    fn f64(&mut self, ty: &'static TypeDesc, value: f64) -> Result<(), EncodeError>;
    fn str(&mut self, ty: &'static TypeDesc, value: &str) -> Result<(), EncodeError>;
    fn bytes(&mut self, ty: &'static TypeDesc, value: &[u8]) -> Result<(), EncodeError>;

    /// Writes bytes whose number the descriptor knows.
    fn fixed(&mut self, ty: &'static TypeDesc, value: &[u8]) -> Result<(), EncodeError>;

    fn enumeration<E: Enumeration>(&mut self, ty: &'static TypeDesc, value: E) -> Result<(), EncodeError>;
    fn optional<T: Encode>(&mut self, ty: &'static TypeDesc, value: Option<&T>) -> Result<(), EncodeError>;
    fn union<U: EncodeUnion>(&mut self, ty: &'static TypeDesc, value: &U) -> Result<(), EncodeError>;
    fn record<R: EncodeRecord>(&mut self, ty: &'static TypeDesc, value: &R) -> Result<(), EncodeError>;

    /// Writes a list or a set.
    fn list<'v, T, I>(&mut self, ty: &'static TypeDesc, items: I) -> Result<(), EncodeError>
    where
        T: Encode + 'v,
        I: ExactSizeIterator<Item = &'v T> + Clone;

    /// Writes a map, in the iterator's order.
    fn map<'v, K, V, I>(&mut self, ty: &'static TypeDesc, entries: I) -> Result<(), EncodeError>
    where
        K: Encode + 'v,
        V: Encode + 'v,
        I: ExactSizeIterator<Item = (&'v K, &'v V)> + Clone;
}

/// Names the field in an error that comes out of it. Generated code calls it.
#[doc(hidden)]
#[inline(always)]
pub fn in_field(result: Result<(), EncodeError>, field: &'static FieldDesc) -> Result<(), EncodeError> {
    match result {
        Ok(()) => Ok(()),
        Err(error) => Err(error.inside(PathSegment::Field(field.name))),
    }
}

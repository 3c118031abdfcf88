//! Avro's `duration`.

use crate::{
    Decode, DecodeError, Encode, EncodeError, FixedDesc, Logical, Name, Shape, Sink, Source, TypeDesc, Typed,
    raw::Cursor,
};

/// An amount of time in three units that do not convert into each other (Avro 1.12, "Duration").
///
/// On the wire: a fixed of 12 bytes, three unsigned 32-bit little-endian numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CalendarDuration {
    /// Months, whose lengths differ.
    pub months: u32,
    /// Days, whose lengths differ where clocks change.
    pub days: u32,
    /// Milliseconds.
    pub millis: u32,
}

impl Typed for CalendarDuration {
    const TYPE: TypeDesc =
        TypeDesc::new(Shape::Fixed(&FixedDesc { name: Name::new("", ""), aliases: &[], doc: "", size: 12 }))
            .with_logical(Logical::Duration);
}

impl Encode for CalendarDuration {
    #[inline]
    fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
        let words = [self.months, self.days, self.millis].map(u32::to_le_bytes);
        sink.fixed(ty, words.as_flattened())
    }
}

impl<'de> Decode<'de> for CalendarDuration {
    #[inline]
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        let bytes = source.fixed::<12>(ty)?;
        let mut words = Cursor::new(&bytes);
        let mut next = || Ok(u32::from_le_bytes(*words.array()?));
        Ok(Self { months: next()?, days: next()?, millis: next()? })
    }
}

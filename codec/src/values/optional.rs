//! `Option` and `Box`.

use alloc::boxed::Box;

use crate::{Decode, DecodeError, Encode, EncodeError, Shape, Sink, Source, TypeDesc, Typed};

impl<T: Typed> Typed for Option<T> {
    // The meaning and the place of the value inside are those of the whole: formats ask the outer descriptor.
    const TYPE: TypeDesc = TypeDesc { shape: Shape::Optional { null_at: 0, of: &T::TYPE }, ..T::TYPE };
}

impl<T: Encode> Encode for Option<T> {
    #[inline(always)]
    fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
        sink.optional(ty, self.as_ref())
    }

    #[inline(always)]
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Option<T> {
    #[inline(always)]
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        source.optional(ty)
    }

    #[inline(always)]
    fn decode_field<S: Source<'de>>(
        slot: &mut Option<Self>,
        ty: &'static TypeDesc,
        source: &mut S,
    ) -> Result<(), DecodeError> {
        if S::NULL_ON_WIRE {
            *slot = Some(source.optional(ty)?);
            Ok(())
        } else {
            T::decode_field(slot.get_or_insert(None), ty, source)
        }
    }

    #[inline(always)]
    fn absent(_: &'static TypeDesc) -> Option<Self> {
        Some(None)
    }
}

impl<T: Typed> Typed for Box<T> {
    const TYPE: TypeDesc = T::TYPE;
    const LIST: TypeDesc = TypeDesc { shape: Shape::List(&T::TYPE), ..TypeDesc::new(Shape::Null) };
}

impl<T: Encode> Encode for Box<T> {
    #[inline(always)]
    fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
        T::encode(self, ty, sink)
    }

    #[inline(always)]
    fn is_absent(&self) -> bool {
        T::is_absent(self)
    }
}

impl<'de, T: Decode<'de>> Decode<'de> for Box<T> {
    #[inline(always)]
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        source.deeper(|source| T::decode(ty, source)).map(Box::new)
    }

    #[inline(always)]
    fn decode_field<S: Source<'de>>(
        slot: &mut Option<Self>,
        ty: &'static TypeDesc,
        source: &mut S,
    ) -> Result<(), DecodeError> {
        let mut inner = slot.take().map(|boxed| *boxed);
        let result = source.deeper(|source| T::decode_field(&mut inner, ty, source));
        *slot = inner.map(Box::new);
        result
    }

    #[inline(always)]
    fn absent(ty: &'static TypeDesc) -> Option<Self> {
        T::absent(ty).map(Box::new)
    }
}

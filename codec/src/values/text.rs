//! Text and bytes, owned and borrowed, and fixed-size bytes.

use alloc::{borrow::Cow, boxed::Box, string::String};

use crate::{
    Decode, DecodeError, Encode, EncodeError, FixedDesc, Name, Presence, Shape, Sink, Source, TypeDesc, Typed,
};

/// A type that is text or bytes: how to view it, and how to make it.
macro_rules! text {
    ($($type:ty, $shape:ident, $write:ident, |$source:ident, $ty:ident| $read:expr, $empty:expr;)*) => {$(
        impl<'de> Typed for $type {
            const TYPE: TypeDesc = TypeDesc::new(Shape::$shape);
        }

        impl<'de> Encode for $type {
            #[inline(always)]
            fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
                sink.$write(ty, self)
            }

            #[inline(always)]
            fn is_absent(&self) -> bool {
                self.is_empty()
            }
        }

        impl<'de> Decode<'de> for $type {
            #[inline(always)]
            fn decode<S: Source<'de>>($ty: &'static TypeDesc, $source: &mut S) -> Result<Self, DecodeError> {
                $read
            }

            #[inline(always)]
            fn absent(ty: &'static TypeDesc) -> Option<Self> {
                if matches!(ty.wire.presence, Presence::Implicit) { Some($empty) } else { None }
            }
        }
    )*};
}

text! {
    String, String, str, |source, ty| Ok(source.text(ty)?.into_owned()), Self::new();
    Box<str>, String, str, |source, ty| Ok(source.text(ty)?.into()), Self::default();
    &'de str, String, str, |source, ty| source.str(ty), "";
    Cow<'de, str>, String, str, |source, ty| source.text(ty), Cow::Borrowed("");
    &'de [u8], Bytes, bytes, |source, ty| source.bytes(ty), &[];
    Cow<'de, [u8]>, Bytes, bytes, |source, ty| source.blob(ty), Cow::Borrowed(&[]);
    Box<[u8]>, Bytes, bytes, |source, ty| Ok(source.blob(ty)?.into_owned().into_boxed_slice()), Self::default();
}

impl<const N: usize> Typed for [u8; N] {
    const TYPE: TypeDesc =
        TypeDesc::new(Shape::Fixed(&FixedDesc { name: Name::new("", ""), aliases: &[], doc: "", size: N }));
}

impl<const N: usize> Encode for [u8; N] {
    #[inline(always)]
    fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
        sink.fixed(ty, self)
    }
}

impl<'de, const N: usize> Decode<'de> for [u8; N] {
    #[inline(always)]
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        source.fixed::<N>(ty)
    }
}

//! Booleans, integers, floats, null.

use alloc::vec::Vec;

use crate::{
    Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Presence, Shape, Sink, Source, TypeDesc, Typed,
};

/// A scalar that sinks and sources know by the method of its name.
macro_rules! scalar {
    ($($type:ident $shape:ident $zero:expr;)*) => {$(
        impl Typed for $type {
            const TYPE: TypeDesc = TypeDesc::new(Shape::$shape);
        }

        impl Encode for $type {
            #[inline(always)]
            fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
                sink.$type(ty, *self)
            }

            #[inline(always)]
            fn is_absent(&self) -> bool {
                $zero(*self)
            }
        }

        impl<'de> Decode<'de> for $type {
            #[inline(always)]
            fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
                source.$type(ty)
            }

            #[inline(always)]
            fn absent(ty: &'static TypeDesc) -> Option<Self> {
                matches!(ty.wire.presence, Presence::Implicit).then(Self::default)
            }
        }
    )*};
}

scalar! {
    bool Bool |value: bool| !value;
    i32 Int32 |value| value == 0;
    i64 Int64 |value| value == 0;
    u32 UInt32 |value| value == 0;
    u64 UInt64 |value| value == 0;
    // Negative zero is not the zero value (Protobuf encoding guide, "Optional Elements").
    f32 Float32 |value: f32| value.to_bits() == 0;
    f64 Float64 |value: f64| value.to_bits() == 0;
}

/// An integer that travels as an `i32`.
macro_rules! narrow_integer {
    ($($type:ident $shape:ident { $($list:tt)* })*) => {$(
        impl Typed for $type {
            const TYPE: TypeDesc = TypeDesc::new(Shape::$shape);
            $($list)*
        }

        impl<'de> Decode<'de> for $type {
            #[inline(always)]
            fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
                let offset = source.offset();
                let value = source.i32(ty)?;
                match Self::try_from(value) {
                    Ok(value) => Ok(value),
                    Err(_) => Err(out_of_range(value, offset)),
                }
            }

            #[inline(always)]
            fn absent(ty: &'static TypeDesc) -> Option<Self> {
                matches!(ty.wire.presence, Presence::Implicit).then_some(0)
            }

            narrow_integer!(@decode_list $type $shape);
        }

        impl Encode for $type {
            #[inline(always)]
            fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
                sink.i32(ty, i32::from(*self))
            }

            #[inline(always)]
            fn is_absent(&self) -> bool {
                *self == 0
            }

            narrow_integer!(@encode_list $type $shape);
        }
    )*};
    (@decode_list u8 $shape:ident) => {
        #[inline(always)]
        fn decode_list<S: Source<'de>>(
            items: &mut Vec<Self>,
            ty: &'static TypeDesc,
            source: &mut S,
        ) -> Result<(), DecodeError> {
            // Made anew: to grow the empty one that is mostly there takes longer.
            *items = source.blob(ty)?.into_owned();
            Ok(())
        }
    };
    (@encode_list u8 $shape:ident) => {
        #[inline(always)]
        fn encode_list<S: Sink>(items: &[Self], ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
            sink.bytes(ty, items)
        }
    };
    (@decode_list $type:ident $shape:ident) => {};
    (@encode_list $type:ident $shape:ident) => {};
}

narrow_integer! {
    i8 Int8 {}
    i16 Int16 {}
    u16 UInt16 {}
    u8 UInt16 { const LIST: TypeDesc = TypeDesc::new(Shape::Bytes); }
}

impl Typed for () {
    const TYPE: TypeDesc = TypeDesc::new(Shape::Null);
}

impl Encode for () {
    #[inline(always)]
    fn encode<S: Sink>(&self, _: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
        sink.null()
    }

    #[inline(always)]
    fn is_absent(&self) -> bool {
        true
    }
}

impl<'de> Decode<'de> for () {
    #[inline(always)]
    fn decode<S: Source<'de>>(_: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        source.null()
    }

    #[inline(always)]
    fn absent(_: &'static TypeDesc) -> Option<Self> {
        Some(())
    }
}

#[cold]
#[inline(never)]
fn out_of_range(value: i32, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::IntegerOutOfRange(i64::from(value)), offset)
}

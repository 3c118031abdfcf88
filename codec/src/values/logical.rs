//! Logical types as real types (Avro 1.12, "Logical Types"), each behind the feature of the crate that has the type.

mod duration;
pub use duration::CalendarDuration;

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "uuid")]
mod uuid;

/// A type that travels as an integer whose unit its logical type names.
#[cfg(any(feature = "chrono", feature = "jiff"))]
macro_rules! integer_unit {
    ($type:ty, $logical:ident, $shape:ident, |$value:ident, $to:ident| $encode:expr, |$number:ident, $from:ident| $decode:expr) => {
        impl crate::Typed for $type {
            const TYPE: crate::TypeDesc =
                crate::TypeDesc::new(crate::Shape::$shape).with_logical(crate::Logical::$logical);
        }

        impl crate::Encode for $type {
            #[inline]
            fn encode<S: crate::Sink>(
                &self,
                ty: &'static crate::TypeDesc,
                sink: &mut S,
            ) -> Result<(), crate::EncodeError> {
                let ($value, $to) = (self, ty.logical);
                match $encode {
                    Some(number) => super::encode_unit(number, ty, sink),
                    None => Err(super::past_range(&alloc::format!("{self} is past the range of {:?}", ty.logical))),
                }
            }
        }

        impl<'de> crate::Decode<'de> for $type {
            #[inline]
            fn decode<S: crate::Source<'de>>(
                ty: &'static crate::TypeDesc,
                source: &mut S,
            ) -> Result<Self, crate::DecodeError> {
                let offset = source.offset();
                let ($number, $from) = (super::decode_unit(ty, source)?, ty.logical);
                match $decode {
                    Some(value) => Ok(value),
                    None => Err(super::invalid(alloc::format!("{} is no valid {:?}", $number, ty.logical), offset)),
                }
            }
        }
    };
}
#[cfg(any(feature = "chrono", feature = "jiff"))]
use integer_unit;

/// Writes a number of units as the integer type of the place.
#[cfg(any(feature = "chrono", feature = "jiff"))]
#[inline(always)]
fn encode_unit<S: crate::Sink>(
    number: i64,
    ty: &'static crate::TypeDesc,
    sink: &mut S,
) -> Result<(), crate::EncodeError> {
    if travels_as_int(ty) {
        match i32::try_from(number) {
            Ok(number) => sink.i32(ty, number),
            Err(_) => Err(past_range(&alloc::format!("{number} is past the range of int"))),
        }
    } else {
        sink.i64(ty, number)
    }
}

/// Reads a number of units as the integer type of the place.
#[cfg(any(feature = "chrono", feature = "jiff"))]
#[inline(always)]
fn decode_unit<'de, S: crate::Source<'de>>(
    ty: &'static crate::TypeDesc,
    source: &mut S,
) -> Result<i64, crate::DecodeError> {
    if travels_as_int(ty) { source.i32(ty).map(i64::from) } else { source.i64(ty) }
}

/// Dates and milliseconds of a day are `int`, all else `long`, whatever shape the Rust type has by default.
#[cfg(any(feature = "chrono", feature = "jiff"))]
#[inline(always)]
fn travels_as_int(ty: &crate::TypeDesc) -> bool {
    matches!(ty.logical, crate::Logical::Date | crate::Logical::TimeMillis)
}

#[cfg(any(feature = "chrono", feature = "jiff", feature = "rust_decimal"))]
#[cold]
#[inline(never)]
fn past_range(reason: &str) -> crate::EncodeError {
    crate::EncodeError::new(crate::EncodeErrorKind::OutOfRange(reason.into()))
}

#[cfg(any(feature = "chrono", feature = "jiff", feature = "rust_decimal", feature = "uuid"))]
#[cold]
#[inline(never)]
fn invalid(reason: alloc::string::String, offset: usize) -> crate::DecodeError {
    crate::DecodeError::new(crate::DecodeErrorKind::InvalidLogical(reason), offset)
}

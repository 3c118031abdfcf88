//! `rust_decimal::Decimal`: a two's complement in bytes or a fixed, with the scale in the schema (Avro 1.12, "Decimal") or
//! beside it ("Alternative Decimal Representation").

use alloc::{format, vec, vec::Vec};

use rust_decimal::Decimal;

use super::{invalid, past_range};
use crate::{
    Decode, DecodeError, Encode, EncodeError, Logical, Shape, Sink, Source, TypeDesc, Typed,
    raw::{Buffer, Cursor},
};

impl Typed for Decimal {
    // The one form that holds every `Decimal`; a field says precision and scale with an attribute.
    const TYPE: TypeDesc = TypeDesc::new(Shape::Bytes).with_logical(Logical::BigDecimal);
}

impl Encode for Decimal {
    fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
        let Logical::Decimal { precision, scale } = ty.logical else {
            let mut buffer = Buffer::new();
            buffer.zigzag_prefixed(shortest(&self.mantissa().to_be_bytes()));
            buffer.zigzag_32(self.scale().cast_signed());
            return sink.bytes(ty, buffer.as_bytes());
        };
        let mantissa = rescale(self.mantissa(), self.scale(), scale)
            .ok_or_else(|| past_range(&format!("{self} does not fit a scale of {scale} without rounding")))?;
        if mantissa.unsigned_abs() >= 10u128.checked_pow(precision).unwrap_or(u128::MAX) {
            return Err(past_range(&format!("{self} has more than {precision} digits at scale {scale}")));
        }
        let bytes = mantissa.to_be_bytes();
        let short = shortest(&bytes);
        match ty.value_shape() {
            Shape::Fixed(fixed) => match fixed.size.checked_sub(short.len()) {
                Some(padding) => {
                    let mut padded: Vec<u8> = vec![if mantissa < 0 { 0xff } else { 0 }; padding];
                    padded.extend_from_slice(short);
                    sink.fixed(ty, &padded)
                }
                None => Err(past_range(&format!("{self} does not fit {} bytes", fixed.size))),
            },
            _ => sink.bytes(ty, short),
        }
    }
}

impl<'de> Decode<'de> for Decimal {
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        let offset = source.offset();
        let bytes = match ty.value_shape() {
            Shape::Fixed(fixed) => source.fixed_blob(ty, fixed.size)?,
            _ => source.blob(ty)?,
        };
        let (unscaled, scale) = if let Logical::Decimal { scale, .. } = ty.logical {
            (&*bytes, scale)
        } else {
            let mut inner = Cursor::new(&bytes);
            let len = inner.zigzag_len().map_err(|error| error.shifted(offset))?;
            let unscaled = inner.bytes(len).map_err(|error| error.shifted(offset))?;
            let scale = inner.zigzag_32().map_err(|error| error.shifted(offset))?;
            let scale = u32::try_from(scale).map_err(|_| invalid(format!("the scale {scale} is negative"), offset))?;
            (unscaled, scale)
        };
        mantissa(unscaled)
            .and_then(|mantissa| Self::try_from_i128_with_scale(mantissa, scale).ok())
            .ok_or_else(|| invalid(format!("a decimal of {} bytes does not fit 96 bits", unscaled.len()), offset))
    }
}

/// The mantissa at another scale, when no digit is lost.
fn rescale(mantissa: i128, from: u32, to: u32) -> Option<i128> {
    if to >= from {
        return mantissa.checked_mul(10i128.checked_pow(to - from)?);
    }
    let divisor = 10i128.checked_pow(from - to)?;
    (mantissa % divisor == 0).then_some(mantissa / divisor)
}

/// The fewest bytes that keep the sign of a big-endian two's complement; at least one.
fn shortest(bytes: &[u8]) -> &[u8] {
    let mut short = bytes;
    while let [first, rest @ ..] = short
        && let [next, ..] = rest
        && ((*first == 0 && *next < 0x80) || (*first == 0xff && *next >= 0x80))
    {
        short = rest;
    }
    short
}

/// The number of a big-endian two's complement, when it fits 128 bits. No bytes are zero.
fn mantissa(bytes: &[u8]) -> Option<i128> {
    let short = shortest(bytes);
    let (&first, _) = short.split_first().unwrap_or((&0, &[]));
    if short.len() > 16 {
        return None;
    }
    let start = if first >= 0x80 { -1i128 } else { 0 };
    Some(short.iter().fold(start, |number, byte| (number << 8) | i128::from(*byte)))
}

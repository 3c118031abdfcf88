//! `uuid::Uuid`: text in a string, or 16 bytes in a fixed (Avro 1.12, "UUID").

use alloc::format;

use uuid::Uuid;

use super::invalid;
use crate::{Decode, DecodeError, Encode, EncodeError, Logical, Shape, Sink, Source, TypeDesc, Typed};

impl Typed for Uuid {
    const TYPE: TypeDesc = TypeDesc::new(Shape::String).with_logical(Logical::Uuid);
}

impl Encode for Uuid {
    #[inline]
    fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
        match ty.value_shape() {
            Shape::Fixed(_) => sink.fixed(ty, self.as_bytes()),
            Shape::Bytes => sink.bytes(ty, self.as_bytes()),
            _ => sink.str(ty, self.hyphenated().encode_lower(&mut Uuid::encode_buffer())),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_nil()
    }
}

impl<'de> Decode<'de> for Uuid {
    #[inline]
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        let offset = source.offset();
        match ty.value_shape() {
            Shape::Fixed(_) => source.fixed::<16>(ty).map(Self::from_bytes),
            Shape::Bytes => {
                let bytes = source.blob(ty)?;
                Self::from_slice(&bytes).map_err(|error| invalid(format!("no valid UUID: {error}"), offset))
            }
            _ => {
                let text = source.text(ty)?;
                Self::try_parse(&text).map_err(|error| invalid(format!("{text:?} is no valid UUID: {error}"), offset))
            }
        }
    }
}

//! Values to Avro binary.

use alloc::vec::Vec;

use crate::{
    Encode, EncodeError, EncodeErrorKind, EncodeRecord, EncodeUnion, Enumeration, FieldDesc, PathSegment, Shape, Sink,
    TypeDesc, UnknownFields, encode::in_field, raw::Buffer,
};

/// Writes values as Avro binary.
#[derive(Debug, Default)]
pub struct AvroSink {
    buffer: Buffer,
}

impl AvroSink {
    /// A sink that writes behind the bytes.
    #[inline(always)]
    pub fn after(bytes: Vec<u8>) -> Self {
        Self { buffer: Buffer::after(bytes) }
    }

    /// All bytes, those that were there before included.
    #[inline(always)]
    pub fn into_bytes(self) -> Vec<u8> {
        self.buffer.into_bytes()
    }
}

impl Sink for AvroSink {
    #[inline(always)]
    fn field<T: Encode>(&mut self, field: &'static FieldDesc, value: &T) -> Result<(), EncodeError> {
        in_field(value.encode(&field.ty, self), field)
    }

    #[inline(always)]
    fn unknown_fields(&mut self, _: &UnknownFields<'_>) -> Result<(), EncodeError> {
        Ok(())
    }

    #[inline(always)]
    fn null(&mut self) -> Result<(), EncodeError> {
        Ok(())
    }

    #[inline(always)]
    fn bool(&mut self, _: &'static TypeDesc, value: bool) -> Result<(), EncodeError> {
        self.buffer.byte(u8::from(value));
        Ok(())
    }

    #[inline(always)]
    fn i32(&mut self, _: &'static TypeDesc, value: i32) -> Result<(), EncodeError> {
        self.buffer.zigzag_32(value);
        Ok(())
    }

    #[inline(always)]
    fn i64(&mut self, _: &'static TypeDesc, value: i64) -> Result<(), EncodeError> {
        self.buffer.zigzag_64(value);
        Ok(())
    }

    #[inline(always)]
    fn f32(&mut self, _: &'static TypeDesc, value: f32) -> Result<(), EncodeError> {
        self.buffer.array(value.to_le_bytes());
        Ok(())
    }

    #[inline(always)]
    fn f64(&mut self, _: &'static TypeDesc, value: f64) -> Result<(), EncodeError> {
        self.buffer.array(value.to_le_bytes());
        Ok(())
    }

    #[inline(always)]
    fn str(&mut self, _: &'static TypeDesc, value: &str) -> Result<(), EncodeError> {
        self.buffer.zigzag_prefixed(value.as_bytes());
        Ok(())
    }

    #[inline(always)]
    fn bytes(&mut self, _: &'static TypeDesc, value: &[u8]) -> Result<(), EncodeError> {
        self.buffer.zigzag_prefixed(value);
        Ok(())
    }

    #[inline(always)]
    fn fixed(&mut self, _: &'static TypeDesc, value: &[u8]) -> Result<(), EncodeError> {
        self.buffer.bytes(value);
        Ok(())
    }

    #[inline(always)]
    fn enumeration<E: Enumeration>(&mut self, _: &'static TypeDesc, value: E) -> Result<(), EncodeError> {
        match value.index() {
            Some(index) => {
                self.buffer.varint((index as u64) << 1);
                Ok(())
            }
            None => Err(EncodeError::new(EncodeErrorKind::UnknownSymbol {
                name: E::ENUM.name.name,
                number: value.number(),
            })),
        }
    }

    #[inline(always)]
    fn optional<T: Encode>(&mut self, ty: &'static TypeDesc, value: Option<&T>) -> Result<(), EncodeError> {
        let null_at = ty.null_at().unwrap_or(0);
        match value {
            None => {
                self.buffer.varint(u64::from(null_at) << 1);
                Ok(())
            }
            Some(value) => {
                // A union writes its own index, which counts null in, see `union`.
                if ty.union().is_none() {
                    self.buffer.byte(u8::from(null_at == 0) << 1);
                }
                value.encode(ty, self)
            }
        }
    }

    #[inline(always)]
    fn union<U: EncodeUnion>(&mut self, ty: &'static TypeDesc, value: &U) -> Result<(), EncodeError> {
        let Some(arm) = value.arm() else {
            return Err(EncodeError::new(EncodeErrorKind::NotInFormat { format: "Avro", what: "unknown union arm" }));
        };
        let index = match ty.null_at() {
            Some(null_at) if arm >= usize::from(null_at) => arm + 1,
            _ => arm,
        };
        self.buffer.varint((index as u64) << 1);
        value.encode_arm(self)
    }

    #[inline(always)]
    fn record<R: EncodeRecord>(&mut self, _: &'static TypeDesc, value: &R) -> Result<(), EncodeError> {
        value.encode_fields(self)
    }

    #[inline]
    fn list<'v, T, I>(&mut self, ty: &'static TypeDesc, items: I) -> Result<(), EncodeError>
    where
        T: Encode + 'v,
        I: ExactSizeIterator<Item = &'v T> + Clone,
    {
        let element = ty.element().unwrap_or(const { &T::TYPE });
        if items.len() > 0 {
            self.buffer.varint((items.len() as u64) << 1);
            for (index, item) in items.enumerate() {
                item.encode(element, self).map_err(|error| error.inside(PathSegment::Index(index)))?;
            }
        }
        self.buffer.byte(0);
        Ok(())
    }

    #[inline]
    fn map<'v, K, V, I>(&mut self, ty: &'static TypeDesc, entries: I) -> Result<(), EncodeError>
    where
        K: Encode + 'v,
        V: Encode + 'v,
        I: ExactSizeIterator<Item = (&'v K, &'v V)> + Clone,
    {
        let (key_type, value_type) = ty.entry().unwrap_or(const { (&K::TYPE, &V::TYPE) });
        if !matches!(key_type.shape, Shape::String) {
            return Err(EncodeError::new(EncodeErrorKind::NotInFormat {
                format: "Avro",
                what: "map with keys other than strings",
            }));
        }
        if entries.len() > 0 {
            self.buffer.varint((entries.len() as u64) << 1);
            for (key, value) in entries {
                key.encode(key_type, self)?;
                value.encode(value_type, self)?;
            }
        }
        self.buffer.byte(0);
        Ok(())
    }
}

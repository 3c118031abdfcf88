//! Values to Thrift's JSON protocol.

use alloc::string::String;
use core::fmt::{Display, Write};

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{VERSION, word};
use crate::{
    Encode, EncodeError, EncodeErrorKind, EncodeRecord, EncodeUnion, Enumeration, FieldDesc, Format, PathSegment,
    Shape, Sink, TypeDesc, UnknownFields,
    encode::in_field,
    thrift::{Envelope, Kind},
    uuid_text,
};

/// Writes values in Thrift's JSON protocol.
#[derive(Debug, Default)]
pub struct JsonSink {
    text: String,
    /// Whether the struct under way has a field already.
    has_fields: bool,
    /// Whether what comes next is a map's key, for which numbers stand in quotes.
    is_key: bool,
}

impl JsonSink {
    /// The text written.
    pub fn into_text(self) -> String {
        self.text
    }

    pub(super) fn open_envelope(&mut self, envelope: &Envelope<'_>) {
        self.push(format_args!("[{VERSION},"));
        self.quoted(envelope.name);
        self.push(format_args!(",{},{},", envelope.kind.number(), envelope.sequence));
    }

    pub(super) fn close_envelope(&mut self) {
        self.text.push(']');
    }

    /// Writes a struct of the fields that the step writes.
    pub(super) fn structure(
        &mut self,
        fields: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let outer = core::mem::replace(&mut self.has_fields, false);
        self.is_key = false;
        self.text.push('{');
        fields(self)?;
        self.text.push('}');
        self.has_fields = outer;
        Ok(())
    }

    /// Writes the id and kind of a field, its value, and what closes it.
    fn tagged(
        &mut self,
        ty: &'static TypeDesc,
        value: impl FnOnce(&mut Self) -> Result<(), EncodeError>,
    ) -> Result<(), EncodeError> {
        let kind = kind(ty)?;
        let Ok(id) = i16::try_from(ty.wire.number) else { return Err(no("field without an id of 16 bits")) };
        self.separate();
        self.push(format_args!("\"{id}\":{{\"{}\":", word(kind)));
        value(self)?;
        self.text.push('}');
        Ok(())
    }

    fn separate(&mut self) {
        if core::mem::replace(&mut self.has_fields, true) {
            self.text.push(',');
        }
    }

    fn push(&mut self, text: core::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(text);
    }

    fn number(&mut self, number: impl Display) {
        if self.is_key {
            self.push(format_args!("\"{number}\""));
        } else {
            self.push(format_args!("{number}"));
        }
    }

    fn float(&mut self, number: f64) {
        if number.is_nan() {
            self.text.push_str("\"NaN\"");
        } else if number.is_infinite() {
            self.text.push_str(if number > 0.0 { "\"Infinity\"" } else { "\"-Infinity\"" });
        } else {
            self.number(format_args!("{number:?}"));
        }
    }

    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                c if c < ' ' => self.push(format_args!("\\u{:04x}", u32::from(c))),
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }
}

impl Sink for JsonSink {
    fn field<T: Encode>(&mut self, field: &'static FieldDesc, value: &T) -> Result<(), EncodeError> {
        let written = match field.ty.shape {
            Shape::Null => return Ok(()),
            Shape::Optional { .. } => value.encode(&field.ty, self),
            _ => self.tagged(&field.ty, |sink| value.encode(&field.ty, sink)),
        };
        in_field(written, field)
    }

    fn unknown_fields(&mut self, fields: &UnknownFields<'_>) -> Result<(), EncodeError> {
        for field in fields.of(Format::ThriftJson) {
            let Ok(value) = core::str::from_utf8(field.value()) else { continue };
            self.separate();
            self.push(format_args!("\"{}\":{value}", field.number()));
        }
        Ok(())
    }

    fn null(&mut self) -> Result<(), EncodeError> {
        Err(no("null"))
    }

    fn bool(&mut self, _: &'static TypeDesc, value: bool) -> Result<(), EncodeError> {
        self.number(u8::from(value));
        Ok(())
    }

    fn i32(&mut self, _: &'static TypeDesc, value: i32) -> Result<(), EncodeError> {
        self.number(value);
        Ok(())
    }

    fn i64(&mut self, _: &'static TypeDesc, value: i64) -> Result<(), EncodeError> {
        self.number(value);
        Ok(())
    }

    fn f32(&mut self, _: &'static TypeDesc, value: f32) -> Result<(), EncodeError> {
        self.float(f64::from(value));
        Ok(())
    }

    fn f64(&mut self, _: &'static TypeDesc, value: f64) -> Result<(), EncodeError> {
        self.float(value);
        Ok(())
    }

    fn str(&mut self, _: &'static TypeDesc, value: &str) -> Result<(), EncodeError> {
        self.quoted(value);
        Ok(())
    }

    fn bytes(&mut self, _: &'static TypeDesc, value: &[u8]) -> Result<(), EncodeError> {
        self.text.push('"');
        STANDARD.encode_string(value, &mut self.text);
        self.text.push('"');
        Ok(())
    }

    fn fixed(&mut self, ty: &'static TypeDesc, value: &[u8]) -> Result<(), EncodeError> {
        match (kind(ty)?, <[u8; 16]>::try_from(value)) {
            (Kind::Uuid, Ok(bytes)) => {
                self.quoted(&uuid_text::format(bytes));
                Ok(())
            }
            _ => self.bytes(ty, value),
        }
    }

    fn enumeration<E: Enumeration>(&mut self, _: &'static TypeDesc, value: E) -> Result<(), EncodeError> {
        self.number(value.number());
        Ok(())
    }

    fn optional<T: Encode>(&mut self, ty: &'static TypeDesc, value: Option<&T>) -> Result<(), EncodeError> {
        match value {
            Some(value) => self.tagged(ty, |sink| value.encode(ty, sink)),
            None if ty.wire.is_numbered() => Ok(()),
            None => Err(no("missing value in a collection")),
        }
    }

    fn union<U: EncodeUnion>(&mut self, _: &'static TypeDesc, value: &U) -> Result<(), EncodeError> {
        self.structure(|sink| match value.arm().and_then(|arm| U::UNION.arms.get(arm)) {
            Some(arm) if matches!(arm.ty.shape, Shape::Null) => Ok(()),
            Some(arm) if matches!(arm.ty.shape, Shape::Optional { .. }) => in_field(value.encode_arm(sink), arm),
            Some(arm) => in_field(sink.tagged(&arm.ty, |sink| value.encode_arm(sink)), arm),
            None => value.encode_arm(sink),
        })
    }

    fn record<R: EncodeRecord>(&mut self, _: &'static TypeDesc, value: &R) -> Result<(), EncodeError> {
        self.structure(|sink| value.encode_fields(sink))
    }

    fn list<'v, T, I>(&mut self, ty: &'static TypeDesc, items: I) -> Result<(), EncodeError>
    where
        T: Encode + 'v,
        I: ExactSizeIterator<Item = &'v T> + Clone,
    {
        let element = ty.element().unwrap_or(const { &T::TYPE });
        let word = word(item_kind(element)?);
        self.is_key = false;
        self.push(format_args!("[\"{word}\",{}", items.len()));
        for (index, item) in items.enumerate() {
            self.text.push(',');
            item.encode(element, self).map_err(|error| error.inside(PathSegment::Index(index)))?;
        }
        self.text.push(']');
        Ok(())
    }

    fn map<'v, K, V, I>(&mut self, ty: &'static TypeDesc, entries: I) -> Result<(), EncodeError>
    where
        K: Encode + 'v,
        V: Encode + 'v,
        I: ExactSizeIterator<Item = (&'v K, &'v V)> + Clone,
    {
        let (key_type, value_type) = ty.entry().unwrap_or(const { (&K::TYPE, &V::TYPE) });
        let (key_word, value_word) = (word(item_kind(key_type)?), word(item_kind(value_type)?));
        self.push(format_args!("[\"{key_word}\",\"{value_word}\",{},{{", entries.len()));
        for (index, (key, value)) in entries.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.is_key = true;
            let written = key.encode(key_type, self);
            self.is_key = false;
            self.text.push(':');
            let written = written.and_then(|()| value.encode(value_type, self));
            written.map_err(|error| error.inside(PathSegment::Index(index)))?;
        }
        self.text.push_str("}]");
        Ok(())
    }
}

/// The kind of a type at a place. Single precision has a word of its own only in fbthrift, whose JSON is not written.
fn kind(ty: &TypeDesc) -> Result<Kind, EncodeError> {
    Kind::of(ty, false).ok_or_else(|| no("null"))
}

fn item_kind(ty: &TypeDesc) -> Result<Kind, EncodeError> {
    if matches!(ty.shape, Shape::Optional { .. }) { Err(no("missing value in a collection")) } else { kind(ty) }
}

#[cold]
fn no(what: &'static str) -> EncodeError {
    EncodeError::new(EncodeErrorKind::NotInFormat { format: "Thrift JSON", what })
}

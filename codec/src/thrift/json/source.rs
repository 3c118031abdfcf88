//! Thrift's JSON protocol to values.

use alloc::{borrow::Cow, string::String, vec::Vec};

use super::{VERSION, decode_base64, message_kind, scan::Scanner, word};
use crate::{
    Decode, DecodeError, DecodeErrorKind, DecodeRecord, DecodeUnion, Depth, Enumeration, FieldDesc, Format, Limits,
    PathSegment, RecordDesc, Shape, Source, TypeDesc, UnknownFields,
    decode::{ListBuilder, MapBuilder},
    reserve::worth_reserving,
    thrift::{Envelope, Kind},
    uuid_text,
};

/// Reads values from Thrift's JSON protocol.
#[derive(Clone, Debug)]
pub struct JsonSource<'de> {
    scanner: Scanner<'de>,
    depth: Depth,
    /// Whether the struct under way has had a field.
    has_fields: bool,
    /// Where the next field is looked for first.
    guess: usize,
}

impl<'de> JsonSource<'de> {
    /// A source at the start of the text.
    pub fn new(text: &'de str, limits: Limits) -> Self {
        Self { scanner: Scanner::new(text), depth: Depth::new(limits), has_fields: false, guess: 0 }
    }

    /// Checks that nothing but white space is left.
    pub(super) fn end(&mut self) -> Result<(), DecodeError> {
        if self.scanner.peek().is_none() {
            return Ok(());
        }
        let kind = DecodeErrorKind::TrailingBytes(self.scanner.remaining());
        Err(DecodeError::new(kind, self.scanner.offset()))
    }

    pub(super) fn envelope(&mut self) -> Result<Envelope<'de>, DecodeError> {
        self.scanner.take(b'[')?;
        let offset = self.scanner.offset();
        let version: i32 = self.scanner.number()?;
        if version != VERSION {
            let reason = alloc::format!("version {version} of the JSON protocol, where {VERSION} is read");
            return Err(DecodeError::new(DecodeErrorKind::InvalidHeader(reason), offset));
        }
        self.scanner.take(b',')?;
        let offset = self.scanner.offset();
        let Cow::Borrowed(name) = self.scanner.string()? else {
            let reason = String::from("a method's name with escapes");
            return Err(DecodeError::new(DecodeErrorKind::InvalidHeader(reason), offset));
        };
        self.scanner.take(b',')?;
        let offset = self.scanner.offset();
        let kind = message_kind(self.scanner.number()?, offset)?;
        self.scanner.take(b',')?;
        let sequence = self.scanner.number()?;
        self.scanner.take(b',')?;
        Ok(Envelope { name, kind, sequence })
    }

    pub(super) fn close_envelope(&mut self) -> Result<(), DecodeError> {
        self.scanner.take(b']')?;
        self.end()
    }

    /// Reads a struct by a step that takes its fields to the end.
    pub(super) fn structure<T>(
        &mut self,
        fields: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let outer = core::mem::replace(&mut self.has_fields, false);
        self.scanner.take(b'{')?;
        let result = fields(self);
        self.has_fields = outer;
        result
    }

    /// The id of the next field; `None` behind the last.
    fn next_id(&mut self) -> Result<Option<i32>, DecodeError> {
        if self.scanner.take_if(b'}') {
            return Ok(None);
        }
        if core::mem::replace(&mut self.has_fields, true) {
            self.scanner.take(b',')?;
        }
        self.scanner.peek();
        let offset = self.scanner.offset();
        let key = self.scanner.string()?;
        self.scanner.take(b':')?;
        match key.parse::<i16>() {
            Ok(id) => Ok(Some(i32::from(id))),
            Err(_) => Err(invalid(alloc::format!("{key} is no field id"), offset)),
        }
    }

    /// Goes past the value of a field of a kind, and says whether it is of that kind: the source then stands before the value
    /// itself, otherwise where it was.
    fn opens(&mut self, kind: Option<Kind>) -> Result<bool, DecodeError> {
        let start = self.scanner.offset();
        self.scanner.take(b'{')?;
        let found = self.scanner.string()?;
        let is_it = kind.is_some_and(|kind| *found == *word(kind));
        if is_it {
            self.scanner.take(b':')?;
        } else {
            self.scanner.rewind(start);
        }
        Ok(is_it)
    }

    /// Goes past a field's value, kind and all, and keeps it.
    fn keep(&mut self, id: i32, unknown: Option<&mut UnknownFields<'de>>) -> Result<(), DecodeError> {
        self.scanner.peek();
        let start = self.scanner.offset();
        self.scanner.skip(self.depth)?;
        if let Some(unknown) = unknown {
            unknown.push(Format::ThriftJson, id, 0, self.scanner.since(start).as_bytes());
        }
        Ok(())
    }

    fn arms<U: DecodeUnion<'de>>(&mut self) -> Result<U, DecodeError> {
        let offset = self.scanner.offset();
        let (mut value, mut unknown) = (None, UnknownFields::new());
        let (mut known, mut several) = (None, false);
        while let Some(id) = self.next_id()? {
            self.scanner.peek();
            let start = self.scanner.offset();
            let arm = U::UNION.arms.iter().position(|arm| arm.ty.wire.number == id);
            if let Some(position) = arm
                && self.opens(U::UNION.arms.get(position).and_then(|arm| Kind::of(&arm.ty, false)))?
            {
                match U::decode_arm(position, self) {
                    Ok(arm) => {
                        self.scanner.take(b'}')?;
                        value = Some(arm);
                        several |= known.replace(position).is_some_and(|other| other != position);
                        continue;
                    }
                    Err(error) if error.is_refusal() => self.scanner.rewind(start),
                    Err(error) => return Err(error),
                }
            }
            self.keep(id, Some(&mut unknown))?;
        }
        if several || (value.is_some() && !unknown.is_empty()) {
            return Err(DecodeError::new(
                DecodeErrorKind::SeveralArms { name: Cow::Borrowed(U::UNION.name.name) },
                offset,
            ));
        }
        match value.or_else(|| U::from_unknown(unknown)) {
            Some(value) => Ok(value),
            None => Err(DecodeError::new(DecodeErrorKind::UnknownArm { name: U::UNION.name.name }, offset)),
        }
    }

    /// Whether the next string is the word of a type.
    fn has_word(&mut self, ty: &TypeDesc) -> Result<bool, DecodeError> {
        let found = self.scanner.string()?;
        Ok(Kind::of(ty, false).is_some_and(|kind| *found == *word(kind)))
    }

    fn count(&mut self) -> Result<usize, DecodeError> {
        self.scanner.take(b',')?;
        self.scanner.peek();
        let offset = self.scanner.offset();
        let count: i32 = self.scanner.number()?;
        match usize::try_from(count) {
            // Each item takes a byte and a comma.
            Ok(count) if count <= self.scanner.remaining() => Ok(count),
            Ok(count) => {
                let kind = DecodeErrorKind::Truncated { needed: count as u64, remaining: self.scanner.remaining() };
                Err(DecodeError::new(kind, offset))
            }
            Err(_) => Err(DecodeError::new(DecodeErrorKind::NegativeLength(i64::from(count)), offset)),
        }
    }

    fn worth_reserving<T>(&self, count: usize) -> usize {
        worth_reserving(count as u64, size_of::<T>(), self.scanner.remaining(), self.depth)
    }

    fn base64(&mut self) -> Result<Vec<u8>, DecodeError> {
        self.scanner.peek();
        let offset = self.scanner.offset();
        let text = self.scanner.string()?;
        decode_base64(&text).map_err(|reason| invalid(reason, offset))
    }

    fn float(&mut self) -> Result<f64, DecodeError> {
        self.scanner.peek();
        let mut ahead = self.scanner;
        if let Ok(text) = ahead.string() {
            let special = match &*text {
                "NaN" => Some(f64::NAN),
                "Infinity" => Some(f64::INFINITY),
                "-Infinity" => Some(f64::NEG_INFINITY),
                _ => None,
            };
            if let Some(special) = special {
                self.scanner = ahead;
                return Ok(special);
            }
        }
        let offset = self.scanner.offset();
        let value: f64 = self.scanner.number()?;
        if value.is_finite() { Ok(value) } else { Err(invalid("a number past the range of its type".into(), offset)) }
    }

    #[cold]
    fn not_borrowed(&self, what: &'static str) -> DecodeError {
        DecodeError::new(DecodeErrorKind::NotInFormat { format: "Thrift JSON", what }, self.scanner.offset())
    }
}

#[cold]
fn invalid(what: String, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::InvalidJson(what), offset)
}

impl<'de> Source<'de> for JsonSource<'de> {
    const TAGGED: bool = true;
    const NULL_ON_WIRE: bool = false;

    fn expect(
        &mut self,
        _: &'static FieldDesc,
        _: &'static RecordDesc,
        _: Option<&mut UnknownFields<'de>>,
    ) -> Result<bool, DecodeError> {
        Ok(false)
    }

    fn next_field(
        &mut self,
        record: &'static RecordDesc,
        mut unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<Option<usize>, DecodeError> {
        while let Some(id) = self.next_id()? {
            if let Some(position) = record.position_of(id, self.guess)
                && let Some(field) = record.fields.get(position)
                && self.opens(Kind::of(&field.ty, false))?
            {
                self.guess = position + 1;
                return Ok(Some(position));
            }
            self.keep(id, unknown.as_deref_mut())?;
        }
        Ok(None)
    }

    fn field<T: Decode<'de>>(
        &mut self,
        field: &'static FieldDesc,
        slot: &mut Option<T>,
        unknown: Option<&mut UnknownFields<'de>>,
    ) -> Result<(), DecodeError> {
        // Of a field that comes twice the last counts; nothing merges.
        *slot = None;
        let start = self.scanner;
        match T::decode_field(slot, &field.ty, self) {
            Ok(()) => self.scanner.take(b'}'),
            Err(error) if error.is_refusal() => {
                *slot = None;
                self.scanner = start;
                self.scanner.skip(self.depth)?;
                let value = self.scanner.since(start.offset());
                self.scanner.take(b'}')?;
                if let (Some(unknown), Some(kind)) = (unknown, Kind::of(&field.ty, false)) {
                    let kept = alloc::format!("{{\"{}\":{value}}}", word(kind));
                    unknown.push(Format::ThriftJson, field.ty.wire.number, 0, kept.into_bytes());
                }
                Ok(())
            }
            Err(error) => Err(error.in_field(field)),
        }
    }

    fn offset(&self) -> usize {
        self.scanner.offset()
    }

    fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        self.depth.enter(self.scanner.offset())?;
        let result = step(self);
        self.depth.leave();
        result
    }

    fn bool(&mut self, _: &'static TypeDesc) -> Result<bool, DecodeError> {
        Ok(self.scanner.number::<i64>()? != 0)
    }

    fn i32(&mut self, ty: &'static TypeDesc) -> Result<i32, DecodeError> {
        match ty.value_shape() {
            Shape::Int8 => self.scanner.number::<i8>().map(i32::from),
            Shape::Int16 => self.scanner.number::<i16>().map(i32::from),
            _ => self.scanner.number(),
        }
    }

    fn i64(&mut self, _: &'static TypeDesc) -> Result<i64, DecodeError> {
        self.scanner.number()
    }

    fn f32(&mut self, _: &'static TypeDesc) -> Result<f32, DecodeError> {
        #[expect(clippy::cast_possible_truncation, reason = "the type asks for single precision")]
        Ok(self.float()? as f32)
    }

    fn f64(&mut self, _: &'static TypeDesc) -> Result<f64, DecodeError> {
        self.float()
    }

    fn str(&mut self, _: &'static TypeDesc) -> Result<&'de str, DecodeError> {
        match self.scanner.string()? {
            Cow::Borrowed(text) => Ok(text),
            Cow::Owned(_) => Err(self.not_borrowed("borrowed text where there are escapes")),
        }
    }

    fn text(&mut self, _: &'static TypeDesc) -> Result<Cow<'de, str>, DecodeError> {
        self.scanner.string()
    }

    fn bytes(&mut self, _: &'static TypeDesc) -> Result<&'de [u8], DecodeError> {
        Err(self.not_borrowed("borrowed bytes"))
    }

    fn blob(&mut self, _: &'static TypeDesc) -> Result<Cow<'de, [u8]>, DecodeError> {
        self.base64().map(Cow::Owned)
    }

    fn fixed_blob(&mut self, ty: &'static TypeDesc, size: usize) -> Result<Cow<'de, [u8]>, DecodeError> {
        self.scanner.peek();
        let offset = self.scanner.offset();
        let bytes = if matches!(Kind::of(ty, false), Some(Kind::Uuid)) {
            let text = self.scanner.string()?;
            match uuid_text::parse(&text) {
                Some(bytes) => bytes.to_vec(),
                None => return Err(invalid(alloc::format!("{text} is no UUID"), offset)),
            }
        } else {
            self.base64()?
        };
        if bytes.len() == size {
            return Ok(Cow::Owned(bytes));
        }
        Err(DecodeError::new(DecodeErrorKind::FixedLength { expected: size, found: bytes.len() }, offset))
    }

    fn enumeration<E: Enumeration>(&mut self, _: &'static TypeDesc) -> Result<E, DecodeError> {
        let offset = self.scanner.offset();
        let number = self.scanner.number()?;
        let kind = DecodeErrorKind::UnknownNumber { name: E::ENUM.name.name, number };
        E::from_number(number).ok_or_else(|| DecodeError::new(kind, offset))
    }

    fn union<U: DecodeUnion<'de>>(&mut self, _: &'static TypeDesc) -> Result<U, DecodeError> {
        self.structure(Self::arms)
    }

    fn record<R: DecodeRecord<'de>>(&mut self, _: &'static TypeDesc, slot: &mut Option<R>) -> Result<(), DecodeError> {
        self.structure(|source| R::decode_fields(slot, source))
    }

    fn list<T: Decode<'de>, B: ListBuilder<T>>(
        &mut self,
        ty: &'static TypeDesc,
        items: &mut B,
    ) -> Result<(), DecodeError> {
        let element = ty.element().unwrap_or(const { &T::TYPE });
        self.scanner.take(b'[')?;
        let offset = self.scanner.offset();
        let has_word = self.has_word(element)?;
        let count = self.count()?;
        if !has_word && count > 0 {
            return Err(DecodeError::new(DecodeErrorKind::OtherItems, offset));
        }
        self.deeper(|source| {
            items.reserve(source.worth_reserving::<T>(count));
            for index in 0..count {
                source.scanner.take(b',')?;
                match T::decode(element, source) {
                    Ok(item) => items.push(item),
                    Err(error) => return Err(error.inside(PathSegment::Index(index))),
                }
            }
            source.scanner.take(b']')
        })
    }

    fn map<K: Decode<'de>, V: Decode<'de>, B: MapBuilder<K, V>>(
        &mut self,
        ty: &'static TypeDesc,
        entries: &mut B,
    ) -> Result<(), DecodeError> {
        let (key_type, value_type) = ty.entry().unwrap_or(const { (&K::TYPE, &V::TYPE) });
        self.scanner.take(b'[')?;
        let offset = self.scanner.offset();
        let has_key = self.has_word(key_type)?;
        self.scanner.take(b',')?;
        let has_value = self.has_word(value_type)?;
        let count = self.count()?;
        if !(has_key && has_value) && count > 0 {
            return Err(DecodeError::new(DecodeErrorKind::OtherItems, offset));
        }
        self.deeper(|source| {
            source.scanner.take(b',')?;
            source.scanner.take(b'{')?;
            entries.reserve(source.worth_reserving::<(K, V)>(count));
            for index in 0..count {
                if index > 0 {
                    source.scanner.take(b',')?;
                }
                let key = K::decode(key_type, source).and_then(|key| {
                    source.scanner.take(b':')?;
                    Ok(key)
                });
                match key.and_then(|key| Ok((key, V::decode(value_type, source)?))) {
                    Ok((key, value)) => entries.insert(key, value),
                    Err(error) => return Err(error.inside(PathSegment::Index(index))),
                }
            }
            source.scanner.take(b'}')?;
            source.scanner.take(b']')
        })
    }
}

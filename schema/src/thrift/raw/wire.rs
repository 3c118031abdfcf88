//! Values without a schema from and to the protocols.

use std::borrow::Cow;

use cognate_codec::raw::Buffer;
use cognate_codec::thrift::{Binary, Compact, FbBinary, FbCompact, Kind, Protocol, wire};
use cognate_codec::{
    DecodeError, EncodeError, EncodeErrorKind, Format, Limits, PathSegment, UnknownField, UnknownFields,
};

use super::{Raw, RawList, RawMap, RawStruct};
use crate::thrift::input::{Input, Reader};

impl<'a> RawStruct<'a> {
    /// Decodes a struct at the start of the input: the struct, and how many bytes it takes.
    ///
    /// # Errors
    ///
    /// When the bytes do not start with a struct.
    pub fn decode<P: Protocol>(bytes: &'a [u8], limits: Limits) -> Result<(Self, usize), DecodeError> {
        let mut input = Input::new(bytes, limits);
        let mut reader = RawReader(&mut input);
        let fields = reader.deeper(RawReader::fields::<P>)?;
        Ok((fields, input.offset()))
    }

    /// Encodes the struct behind the bytes that are there already. After an error the bytes are as they were.
    ///
    /// # Errors
    ///
    /// When a collection or a string is longer than the wire can say, or holds items of another kind than it says.
    pub fn encode_into<P: Protocol>(&self, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        let start = bytes.len();
        let mut buffer = Buffer::after(std::mem::take(bytes));
        let result = put_fields::<P>(self, &mut buffer);
        *bytes = buffer.into_bytes();
        if result.is_err() {
            bytes.truncate(start);
        }
        result
    }

    /// The fields that a schema did not know, when they came from one of Thrift's protocols. They were checked when they came.
    pub(in crate::thrift) fn of_unknown(unknown: &'a UnknownFields<'_>) -> Self {
        let fields = match unknown.format() {
            Some(Format::ThriftBinary) => unknown_fields::<Binary>(unknown),
            Some(Format::FbThriftBinary) => unknown_fields::<FbBinary>(unknown),
            Some(Format::ThriftCompact) => unknown_fields::<Compact>(unknown),
            Some(Format::FbThriftCompact) => unknown_fields::<FbCompact>(unknown),
            _ => Vec::new(),
        };
        Self { fields }
    }
}

fn unknown_fields<'a, P: Protocol>(unknown: &'a UnknownFields<'_>) -> Vec<(i32, Raw<'a>)> {
    let value = |field: &'a UnknownField<'_>| Some((field.number(), unknown_field::<P>(field)?));
    unknown.of(P::FORMAT).iter().filter_map(value).collect()
}

fn unknown_field<'a, P: Protocol>(field: &'a UnknownField<'_>) -> Option<Raw<'a>> {
    let mut state = P::State::default();
    let kind = P::field_kind(field.wire_type(), &mut state)?;
    // It was skipped within the limits of its input, which are not known here.
    let limits = Limits::default().with_depth(u32::MAX).with_memory(usize::MAX);
    RawReader(&mut Input::new(field.value(), limits)).field::<P>(kind, &state).ok()
}

/// Fields that a schema does not know, as the Binary protocol has them: that of fbthrift where there are numbers of single precision.
pub(in crate::thrift) fn unknown_of(fields: RawStruct<'_>) -> Result<UnknownFields<'static>, EncodeError> {
    if fields.has_floats() { unknown_in::<FbBinary>(fields) } else { unknown_in::<Binary>(fields) }
}

fn unknown_in<P: Protocol>(fields: RawStruct<'_>) -> Result<UnknownFields<'static>, EncodeError> {
    let mut unknown = UnknownFields::new();
    for (id, value) in fields.fields {
        let mut bytes = Vec::new();
        RawStruct { fields: vec![(id, value)] }.encode_into::<P>(&mut bytes)?;
        // Three bytes of header before the value, and the struct's end behind it.
        if let [code, _, _, value @ .., _] = bytes.as_slice() {
            unknown.push(P::FORMAT, id, *code, value.to_vec());
        }
    }
    Ok(unknown)
}

/// What is said of a UUID in a protocol that has none.
#[cold]
pub(in crate::thrift) fn no_uuids<P: Protocol>() -> EncodeError {
    EncodeError::new(EncodeErrorKind::NotInFormat { format: P::NAME, what: "UUIDs" })
}

/// Writes a field that a schema did not know, from any of Thrift's protocols.
pub(in crate::thrift) fn put_unknown<P: Protocol>(
    state: &mut P::State,
    format: Format,
    field: &UnknownField<'_>,
    out: &mut Buffer,
) -> Result<(), EncodeError> {
    let value = match format {
        format if format == P::FORMAT => {
            P::put_raw_field(out, state, field.number(), field.wire_type());
            out.bytes(field.value());
            return Ok(());
        }
        Format::ThriftBinary => unknown_field::<Binary>(field),
        Format::FbThriftBinary => unknown_field::<FbBinary>(field),
        Format::ThriftCompact => unknown_field::<Compact>(field),
        Format::FbThriftCompact => unknown_field::<FbCompact>(field),
        _ => None,
    };
    value.map_or(Ok(()), |value| put_field::<P>(state, field.number(), &value, out))
}

/// Reads values of which no schema is known.
pub(in crate::thrift) struct RawReader<'i, 'a>(pub(in crate::thrift) &'i mut Input<'a>);

impl<'a> Reader<'a> for RawReader<'_, 'a> {
    fn input(&mut self) -> &mut Input<'a> {
        self.0
    }
}

impl<'a> RawReader<'_, 'a> {
    fn fields<P: Protocol>(&mut self) -> Result<RawStruct<'a>, DecodeError> {
        let mut fields = Vec::new();
        let mut state = P::State::default();
        while let Some(header) = P::field(&mut self.0.cursor, &mut state)? {
            self.0.room(&mut fields)?;
            let value = self.field::<P>(header.kind, &state);
            let in_field = |error: DecodeError| error.inside(PathSegment::NamedField(header.id.to_string()));
            fields.push((header.id, value.map_err(in_field)?));
        }
        Ok(RawStruct { fields })
    }

    /// The value of a field whose header has been read.
    pub(in crate::thrift) fn field<P: Protocol>(
        &mut self,
        kind: Kind,
        state: &P::State,
    ) -> Result<Raw<'a>, DecodeError> {
        match kind {
            Kind::Bool => P::bool(&mut self.0.cursor, state, true).map(Raw::Bool),
            kind => self.value::<P>(kind),
        }
    }

    fn value<P: Protocol>(&mut self, kind: Kind) -> Result<Raw<'a>, DecodeError> {
        let cursor = &mut self.0.cursor;
        Ok(match kind {
            Kind::Bool => Raw::Bool(P::bool(cursor, &P::State::default(), false)?),
            Kind::I8 => Raw::I8(cursor.byte()?.cast_signed()),
            Kind::I16 => Raw::I16(P::i16(cursor)?),
            Kind::I32 => Raw::I32(P::i32(cursor)?),
            Kind::I64 => Raw::I64(P::i64(cursor)?),
            Kind::Double => Raw::Double(P::double(cursor)?),
            Kind::Float => Raw::Float(P::float(cursor)?),
            Kind::String => {
                let len = P::len(cursor)?;
                Raw::String(Cow::Borrowed(cursor.bytes(len)?))
            }
            Kind::Uuid => Raw::Uuid(*cursor.array()?),
            Kind::Struct => Raw::Struct(self.deeper(Self::fields::<P>)?),
            Kind::List => Raw::List(self.deeper(|reader| reader.list::<P>(false))?),
            Kind::Set => Raw::List(self.deeper(|reader| reader.list::<P>(true))?),
            Kind::Map => Raw::Map(self.deeper(Self::map::<P>)?),
        })
    }

    fn list<P: Protocol>(&mut self, is_set: bool) -> Result<RawList<'a>, DecodeError> {
        let header = P::list(&mut self.0.cursor)?;
        let mut list = RawList { is_set, element: header.element, items: Vec::new() };
        if let Some(kind) = header.element {
            wire::check_count::<P>(&self.0.cursor, header.count, &[kind])?;
            list.items = self.items(header.count, |reader| reader.value::<P>(kind))?;
        }
        Ok(list)
    }

    fn map<P: Protocol>(&mut self) -> Result<RawMap<'a>, DecodeError> {
        let header = P::map(&mut self.0.cursor)?;
        let mut map = RawMap { kinds: header.kinds, entries: Vec::new() };
        if let Some((key, value)) = header.kinds {
            wire::check_count::<P>(&self.0.cursor, header.count, &[key, value])?;
            map.entries =
                self.items(header.count, |reader| Ok((reader.value::<P>(key)?, reader.value::<P>(value)?)))?;
        }
        Ok(map)
    }
}

fn put_fields<P: Protocol>(value: &RawStruct<'_>, out: &mut Buffer) -> Result<(), EncodeError> {
    let mut state = P::State::default();
    for (id, value) in &value.fields {
        put_field::<P>(&mut state, *id, value, out)?;
    }
    out.byte(wire::STOP);
    Ok(())
}

fn put_field<P: Protocol>(state: &mut P::State, id: i32, value: &Raw<'_>, out: &mut Buffer) -> Result<(), EncodeError> {
    if let Raw::Bool(value) = value {
        P::put_bool_field(out, state, id, *value);
        return Ok(());
    }
    P::put_field(out, state, id, written_as::<P>(value.kind()));
    put::<P>(value, out)
}

/// The kind that a protocol has for a kind: without single precision, double.
fn written_as<P: Protocol>(kind: Kind) -> Kind {
    match kind {
        Kind::Float if !P::FLOATS => Kind::Double,
        kind => kind,
    }
}

fn put<P: Protocol>(value: &Raw<'_>, out: &mut Buffer) -> Result<(), EncodeError> {
    match value {
        Raw::Bool(value) => P::put_bool(out, *value),
        Raw::I8(value) => out.byte(value.cast_unsigned()),
        Raw::I16(value) => P::put_i16(out, *value),
        Raw::I32(value) => P::put_i32(out, *value),
        Raw::I64(value) => P::put_i64(out, *value),
        Raw::Double(value) => P::put_double(out, *value),
        Raw::Float(value) if P::FLOATS => P::put_float(out, *value),
        Raw::Float(value) => P::put_double(out, f64::from(*value)),
        Raw::String(bytes) => {
            wire::count(bytes.len())?;
            P::put_bytes(out, bytes);
        }
        Raw::Uuid(_) if !P::UUIDS => return Err(no_uuids::<P>()),
        Raw::Uuid(bytes) => out.bytes(bytes),
        Raw::Struct(fields) => put_fields::<P>(fields, out)?,
        Raw::List(list) => {
            let kind = list.element.or(list.items.first().map(Raw::kind)).unwrap_or(Kind::I8);
            P::put_list(out, written_as::<P>(kind), wire::count(list.items.len())?);
            for (index, item) in list.items.iter().enumerate() {
                put_item::<P>(item, kind, out).map_err(|error| error.inside(PathSegment::Index(index)))?;
            }
        }
        Raw::Map(map) => {
            let found = map.entries.first().map(|(key, value)| (key.kind(), value.kind()));
            let (key_kind, value_kind) = map.kinds.or(found).unwrap_or((Kind::I8, Kind::I8));
            let count = wire::count(map.entries.len())?;
            P::put_map(out, written_as::<P>(key_kind), written_as::<P>(value_kind), count);
            for (index, (key, value)) in map.entries.iter().enumerate() {
                let result = put_item::<P>(key, key_kind, out).and_then(|()| put_item::<P>(value, value_kind, out));
                result.map_err(|error| error.inside(PathSegment::Index(index)))?;
            }
        }
    }
    Ok(())
}

fn put_item<P: Protocol>(item: &Raw<'_>, kind: Kind, out: &mut Buffer) -> Result<(), EncodeError> {
    if item.kind() != kind {
        let reason = format!("an item of the kind {:?} in a collection of {kind:?}", item.kind());
        return Err(EncodeError::new(EncodeErrorKind::SchemaMismatch(reason)));
    }
    put::<P>(item, out)
}

//! Avro binary to values.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::avro::AvroSource;
use cognate_codec::{DecodeError, DecodeErrorKind, Limits, PathSegment, Source, Typed};

use super::{Program, Step, StepId};
use crate::costs::Costs;
use crate::value::{EnumValue, RecordValue, UnionValue, Value};

impl Program {
    /// Decodes one value that fills the whole input.
    ///
    /// # Errors
    ///
    /// When the bytes are not such a value, or go on after it.
    pub fn decode<'a>(&self, bytes: &'a [u8], limits: Limits) -> Result<Value<'a>, DecodeError> {
        let mut decoder = self.decoder(bytes, limits);
        let value = decoder.value()?;
        match decoder.remaining() {
            0 => Ok(value),
            trailing => Err(DecodeError::new(DecodeErrorKind::TrailingBytes(trailing), decoder.offset())),
        }
    }

    /// A decoder of values that follow one another in the bytes.
    pub fn decoder<'p, 'a>(&'p self, bytes: &'a [u8], limits: Limits) -> Decoder<'p, 'a> {
        Decoder { program: self, source: AvroSource::new(bytes, limits), costs: Costs::new(bytes.len(), limits) }
    }
}

/// Decodes values that follow one another.
#[derive(Debug)]
pub struct Decoder<'p, 'a> {
    program: &'p Program,
    pub(super) source: AvroSource<'a>,
    pub(super) costs: Costs,
}

impl<'a> Decoder<'_, 'a> {
    /// The next value.
    ///
    /// # Errors
    ///
    /// When the bytes are not such a value.
    pub fn value(&mut self) -> Result<Value<'a>, DecodeError> {
        self.costs.next_value();
        self.run(Program::ROOT)
    }

    /// Bytes that are left.
    pub fn remaining(&self) -> usize {
        self.source.remaining()
    }

    /// Bytes between the start of the input and the position.
    pub fn offset(&self) -> usize {
        self.source.offset()
    }

    pub(super) fn run(&mut self, step: StepId) -> Result<Value<'a>, DecodeError> {
        self.costs.value(self.source.offset())?;
        let source = &mut self.source;
        Ok(match self.program.step(step) {
            Step::Null => Value::Null,
            Step::Boolean => Value::Bool(source.bool(const { &bool::TYPE })?),
            Step::Int => Value::Int(source.i32(const { &i32::TYPE })?),
            Step::Long => Value::Long(source.i64(const { &i64::TYPE })?),
            Step::Float => Value::Float(source.f32(const { &f32::TYPE })?),
            Step::Double => Value::Double(source.f64(const { &f64::TYPE })?),
            Step::Bytes => Value::Bytes(Cow::Borrowed(source.bytes(const { &<&[u8]>::TYPE })?)),
            Step::String => Value::String(Cow::Borrowed(source.str(const { &<&str>::TYPE })?)),
            Step::Fixed(size) => Value::Fixed(source.fixed_blob(const { &<&[u8]>::TYPE }, *size)?),
            Step::Enum(shape) => {
                let index = self.symbol(&shape.name, shape.symbols.len())?;
                Value::Enum(EnumValue { shape: Arc::clone(shape), index })
            }
            Step::Array(items) => self.array(*items)?,
            Step::Map(values) => self.map(*values)?,
            Step::Record(shape, fields) => {
                let mut values = Vec::new();
                self.costs.room(&mut values, fields.len(), source.offset())?;
                self.deeper(|decoder| {
                    for (field, name) in fields.iter().zip(&shape.fields) {
                        let value = decoder.run(*field);
                        values.push(value.map_err(|error| error.inside(PathSegment::NamedField(name.to_string())))?);
                    }
                    Ok(())
                })?;
                Value::Record(RecordValue { shape: Arc::clone(shape), fields: values })
            }
            Step::Union(shape, branches) => {
                let branch = source.branch(branches.len())?;
                let step = branches.get(branch).copied().unwrap_or_default();
                self.costs.memory(size_of::<Value<'_>>(), source.offset())?;
                let value = Box::new(self.run(step)?);
                Value::Union(UnionValue { shape: Arc::clone(shape), branch, value })
            }
        })
    }

    /// The position of an enum's symbol.
    pub(super) fn symbol(&mut self, name: &str, symbols: usize) -> Result<usize, DecodeError> {
        let (offset, index) = (self.source.offset(), self.source.i64(const { &i64::TYPE })?);
        match usize::try_from(index) {
            Ok(position) if position < symbols => Ok(position),
            _ => {
                let name = name.to_owned();
                Err(DecodeError::new(DecodeErrorKind::UnknownSymbol { name, index, symbols }, offset))
            }
        }
    }

    fn array(&mut self, items: StepId) -> Result<Value<'a>, DecodeError> {
        let mut values = Vec::new();
        self.deeper(|decoder| {
            while let Some(block) = decoder.source.next_block()? {
                let likely = decoder.source.worth_reserving::<Value<'_>>(block.count());
                decoder.costs.room(&mut values, likely, decoder.source.offset())?;
                for _ in 0..block.count() {
                    decoder.costs.room(&mut values, 1, decoder.source.offset())?;
                    let value = decoder.run(items).map_err(|error| error.inside(PathSegment::Index(values.len())))?;
                    values.push(value);
                }
                decoder.source.end_block(&block)?;
            }
            Ok(())
        })?;
        Ok(Value::List(values))
    }

    fn map(&mut self, values: StepId) -> Result<Value<'a>, DecodeError> {
        let mut entries = Vec::new();
        self.deeper(|decoder| {
            while let Some(block) = decoder.source.next_block()? {
                let likely = decoder.source.worth_reserving::<(Value<'_>, Value<'_>)>(block.count());
                decoder.costs.room(&mut entries, likely, decoder.source.offset())?;
                for _ in 0..block.count() {
                    decoder.costs.room(&mut entries, 1, decoder.source.offset())?;
                    let key = decoder.source.str(const { &<&str>::TYPE })?;
                    let value = decoder.run(values).map_err(|error| error.inside(PathSegment::Key(key.to_owned())))?;
                    entries.push((Value::String(Cow::Borrowed(key)), value));
                }
                decoder.source.end_block(&block)?;
            }
            Ok(())
        })?;
        Ok(Value::Map(entries))
    }

    fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        self.source.enter()?;
        let result = step(self)?;
        self.source.leave();
        Ok(result)
    }
}

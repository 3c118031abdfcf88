//! Data of one schema read as it is, or with another.

use cognate_codec::{DecodeError, DecodeErrorKind, Limits};
use cognate_schema::Value;
use cognate_schema::avro::resolve::{Resolution, UnionOrder, resolve};
use cognate_schema::avro::{self, Program, ResolvingDecoder, Schema};

/// How data is read.
pub(super) struct Reading {
    /// Of the schema whose values come out.
    program: Program,
    /// Nothing where the data is of that schema itself.
    resolution: Option<Resolution>,
}

/// Decodes values that follow one another.
pub(super) enum Decoder<'p, 'a> {
    Plain(avro::Decoder<'p, 'a>),
    Resolving(ResolvingDecoder<'p, 'a>),
}

impl Reading {
    /// Reads a writer's data with the reader's schema, if there is one. Where the two do not fit, only data that comes there fails.
    pub(super) fn new(writer: &Schema, reader: Option<&Schema>) -> Self {
        let resolution = reader.map(|reader| resolve(writer, reader, UnionOrder::default()));
        Self { program: Program::new(reader.unwrap_or(writer)), resolution }
    }

    pub(super) fn decoder<'p, 'a>(&'p self, bytes: &'a [u8], limits: Limits) -> Decoder<'p, 'a> {
        match &self.resolution {
            None => Decoder::Plain(self.program.decoder(bytes, limits)),
            Some(resolution) => Decoder::Resolving(self.program.resolving_decoder(&resolution.plan, bytes, limits)),
        }
    }

    /// One value that fills the whole input.
    pub(super) fn decode<'a>(&self, bytes: &'a [u8], limits: Limits) -> Result<Value<'a>, DecodeError> {
        let mut decoder = self.decoder(bytes, limits);
        let value = decoder.value()?;
        match decoder.remaining() {
            0 => Ok(value),
            trailing => Err(DecodeError::new(DecodeErrorKind::TrailingBytes(trailing), decoder.offset())),
        }
    }
}

impl<'a> Decoder<'_, 'a> {
    pub(super) fn value(&mut self) -> Result<Value<'a>, DecodeError> {
        match self {
            Self::Plain(decoder) => decoder.value(),
            Self::Resolving(decoder) => decoder.value(),
        }
    }

    pub(super) fn remaining(&self) -> usize {
        match self {
            Self::Plain(decoder) => decoder.remaining(),
            Self::Resolving(decoder) => decoder.remaining(),
        }
    }

    pub(super) fn offset(&self) -> usize {
        match self {
            Self::Plain(decoder) => decoder.offset(),
            Self::Resolving(decoder) => decoder.offset(),
        }
    }
}

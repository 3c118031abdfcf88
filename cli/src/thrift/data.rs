//! Which struct the data is of, in which protocol, and how it is framed.

use std::sync::Arc;

use cognate_codec::thrift::{Binary, Compact, FbBinary, FbCompact};
use cognate_codec::{DecodeError, EncodeError, Limits};
use cognate_schema::thrift::{Layout, RawStruct, StructId};
use cognate_schema::value::{JsonForm, Value, write_json};
use cognate_schema::{Diagnostics, SourceFile};

use super::load;
use crate::commands::{DataOptions, Framing, Json, Protocol, SchemaChoice};
use crate::stop::{Result, Stop};

/// A struct of a program.
pub(super) struct Data {
    pub(super) layout: Layout,
    pub(super) id: StructId,
}

/// Calls a generic function with the protocol that is asked for.
macro_rules! with_protocol {
    ($protocol:expr, $($call:ident).+ ( $($argument:expr),* )) => {
        match $protocol {
            Protocol::Binary => $($call).+::<Binary>($($argument),*),
            Protocol::Compact => $($call).+::<Compact>($($argument),*),
            Protocol::FbBinary => $($call).+::<FbBinary>($($argument),*),
            Protocol::FbCompact => $($call).+::<FbCompact>($($argument),*),
        }
    };
}

impl Data {
    /// The struct that `--schema` and `--type` stand for, if they are given.
    pub(super) fn chosen(choice: &SchemaChoice) -> Result<Option<Self>> {
        let Some(path) = &choice.schema else { return Ok(None) };
        load::choose(path, choice.type_name.as_deref(), &choice.options).map(Some)
    }

    /// The struct that `--schema` and `--type` stand for. `why` says what it is needed for.
    pub(super) fn required(choice: &SchemaChoice, why: &str) -> Result<Self> {
        Self::chosen(choice)?.ok_or_else(|| Stop::Usage(format!("--schema is needed {why}")))
    }

    /// The struct at the start of the bytes, and how many of them it takes.
    pub(super) fn decode<'a>(
        &self,
        protocol: Protocol,
        bytes: &'a [u8],
        limits: Limits,
    ) -> Result<(Value<'a>, usize), DecodeError> {
        with_protocol!(protocol, self.layout.decode_prefix(self.id, bytes, limits))
    }

    /// Appends a value as JSON.
    pub(super) fn print(&self, value: &Value<'_>, form: Json, text: &mut String) {
        match form {
            Json::Thrift => text.push_str(&self.layout.to_thrift_json(self.id, value)),
            _ => write_json(value, JsonForm::Plain, text),
        }
    }

    /// Reads a value from JSON.
    pub(super) fn read(&self, form: Json, source: &Arc<SourceFile>) -> Result<Value<'static>, Diagnostics> {
        match form {
            Json::Thrift => self.layout.read_thrift_json(self.id, source),
            _ => self.layout.read_json(self.id, source),
        }
    }

    /// Encodes a struct behind the bytes that are there already.
    pub(super) fn encode(&self, protocol: Protocol, value: &Value<'_>, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        with_protocol!(protocol, self.layout.encode_into(self.id, value, bytes))
    }
}

/// The struct at the start of the bytes, of which no schema is known, and how many of them it takes.
pub(super) fn decode_raw(
    protocol: Protocol,
    bytes: &[u8],
    limits: Limits,
) -> Result<(RawStruct<'_>, usize), DecodeError> {
    match protocol {
        Protocol::Binary => RawStruct::decode::<Binary>(bytes, limits),
        Protocol::Compact => RawStruct::decode::<Compact>(bytes, limits),
        Protocol::FbBinary => RawStruct::decode::<FbBinary>(bytes, limits),
        Protocol::FbCompact => RawStruct::decode::<FbCompact>(bytes, limits),
    }
}

/// Refuses what Thrift data does not have; says whether each value stands behind its length.
pub(super) fn is_delimited(data: &DataOptions) -> Result<bool> {
    if !matches!(data.json, Json::Plain | Json::Thrift) {
        return Err(Stop::usage("Thrift data has --json plain and thrift"));
    }
    if data.schema_id.is_some() {
        return Err(Stop::usage(
            "--schema-id is for --framing confluent, and Thrift data has --framing raw and delimited",
        ));
    }
    match data.framing {
        None | Some(Framing::Raw) => Ok(false),
        Some(Framing::Delimited) => Ok(true),
        Some(_) => Err(Stop::usage("Thrift data has --framing raw and delimited")),
    }
}

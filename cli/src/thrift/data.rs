//! What the data's values are, in which protocol, and how they are framed.

use std::sync::Arc;

use cognate_codec::thrift::{Binary, Compact, FbBinary, FbCompact};
use cognate_codec::{DecodeError, EncodeError, EncodeErrorKind, Limits};
use cognate_schema::thrift::{Layout, RawStruct, StructId};
use cognate_schema::value::{JsonForm, Value, write_json};
use cognate_schema::{Diagnostics, SourceFile};

use super::load::{self, Named};
use super::messages::{Body, Message, Services};
use crate::commands::{DataOptions, Framing, Json, Protocol, SchemaChoice, When};
use crate::frames::Fault;
use crate::schema_files::Dialect;
use crate::stop::{Result, Stop};

/// A struct of a program.
#[derive(Clone)]
pub(super) struct Data {
    pub(super) layout: Layout,
    pub(super) id: StructId,
}

/// What values are.
pub(super) enum Content {
    /// Values of a struct.
    Struct(Data),
    /// Structs of which only the wire is known.
    Raw,
    /// Messages of services.
    Messages(Services),
}

/// A value.
pub(super) enum Item<'a> {
    Struct(Value<'a>),
    Raw(RawStruct<'a>),
    Message(Message<'a>),
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
pub(super) use with_protocol;

impl Item<'_> {
    /// Whether it is a message of a method of which nothing is known.
    pub(super) fn has_unknown_body(&self) -> bool {
        matches!(self, Self::Message(Message { body: Body::Unknown(_), .. }))
    }
}

impl Data {
    /// The struct that `--schema` and `--type` stand for. `why` says what it is needed for.
    pub(super) fn required(choice: &SchemaChoice, why: &str) -> Result<Self> {
        let Some(path) = choice.path() else { return Err(Stop::Usage(format!("--schema is needed {why}"))) };
        load::choose(path, choice.type_name.as_deref(), &choice.options)
    }

    /// The struct's name.
    pub(super) fn name(&self) -> &str {
        &self.layout.program()[self.id].head.name
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

    /// Encodes a struct behind the bytes that are there already.
    pub(super) fn encode(&self, protocol: Protocol, value: &Value<'_>, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        with_protocol!(protocol, self.layout.encode_into(self.id, value, bytes))
    }
}

impl Content {
    /// What `--schema` and `--type` stand for. `looks_like_messages` is asked where neither they nor `--message` tell.
    pub(super) fn chosen(
        choice: &SchemaChoice,
        message: When,
        looks_like_messages: impl FnOnce() -> bool,
    ) -> Result<Self> {
        let is_message = || match message {
            When::Auto => looks_like_messages(),
            When::Always => true,
            When::Never => false,
        };
        let Some(path) = choice.path() else {
            return Ok(if is_message() { Self::Messages(Services::unknown()?) } else { Self::Raw });
        };
        let program = load::at(path, &choice.options)?;
        let name = choice.type_name.as_deref();
        match name.map(|name| load::named(&program, name)).transpose()? {
            Some(Named::Struct(_)) if message == When::Always => Err(Stop::usage(
                "--type names a service where the data is messages, which choose their structs by the method",
            )),
            Some(Named::Struct(data)) => Ok(Self::Struct(data)),
            Some(Named::Service(_)) if message == When::Never => {
                Err(Stop::usage("--type names a service, whose data is messages, which --message=never rules out"))
            }
            Some(Named::Service(service)) => Services::of(&program, Some(service)).map(Self::Messages),
            None if message == When::Always || !program.services().is_empty() && is_message() => {
                Services::of(&program, None).map(Self::Messages)
            }
            None => load::only(&program, path).map(Self::Struct),
        }
    }

    pub(super) fn is_messages(&self) -> bool {
        matches!(self, Self::Messages(_))
    }

    /// The value at the start of the bytes, and how many of them it takes.
    pub(super) fn decode<'a>(
        &self,
        protocol: Protocol,
        bytes: &'a [u8],
        limits: Limits,
    ) -> Result<(Item<'a>, usize), Fault> {
        match self {
            Self::Struct(data) => {
                let (value, used) = data.decode(protocol, bytes, limits)?;
                Ok((Item::Struct(value), used))
            }
            Self::Raw => {
                let (value, used) = decode_raw(protocol, bytes, limits)?;
                Ok((Item::Raw(value), used))
            }
            Self::Messages(services) => {
                let (message, used) = services.decode(protocol, bytes, limits)?;
                Ok((Item::Message(message), used))
            }
        }
    }

    /// Appends a value as JSON.
    pub(super) fn print(&self, item: &Item<'_>, form: Json, text: &mut String) {
        match (self, item) {
            (Self::Struct(data), Item::Struct(value)) => data.print(value, form, text),
            (Self::Messages(services), Item::Message(message)) => services.print(message, form, text),
            (_, Item::Raw(value)) => value.write_json(text),
            // Values come from the content that prints them.
            (_, Item::Struct(_) | Item::Message(_)) => {}
        }
    }

    /// Reads a value from JSON.
    pub(super) fn read(&self, form: Json, source: &Arc<SourceFile>) -> Result<Item<'static>, Diagnostics> {
        match self {
            Self::Struct(data) => match form {
                Json::Thrift => data.layout.read_thrift_json(data.id, source).map(Item::Struct),
                _ => data.layout.read_json(data.id, source).map(Item::Struct),
            },
            Self::Raw => RawStruct::read_json(source).map(Item::Raw),
            Self::Messages(services) => services.read(form, source).map(Item::Message),
        }
    }

    /// Encodes a value behind the bytes that are there already.
    pub(super) fn encode(&self, protocol: Protocol, item: &Item<'_>, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        match (self, item) {
            (Self::Struct(data), Item::Struct(value)) => data.encode(protocol, value, bytes),
            (_, Item::Message(message)) => message.encode(protocol, bytes),
            (_, Item::Raw(value)) => encode_raw(protocol, value, bytes),
            (_, Item::Struct(_)) => {
                Err(EncodeError::new(EncodeErrorKind::SchemaMismatch("a struct of another schema".to_owned())))
            }
        }
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

/// Encodes a struct of which no schema is known.
pub(super) fn encode_raw(protocol: Protocol, value: &RawStruct<'_>, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    with_protocol!(protocol, value.encode_into(bytes))
}

/// The protocol that is asked for, or else that a message tells.
pub(super) fn protocol(data: &DataOptions, dialect: Dialect, told: Option<Protocol>) -> Protocol {
    match (data.protocol.or(told).unwrap_or_default(), dialect) {
        (Protocol::Binary, Dialect::Fbthrift) => Protocol::FbBinary,
        (Protocol::Compact, Dialect::Fbthrift) => Protocol::FbCompact,
        (protocol, _) => protocol,
    }
}

/// Refuses what Thrift data does not have.
pub(super) fn check(data: &DataOptions, has_schema: bool) -> Result<()> {
    if !matches!(data.json, Json::Plain | Json::Thrift) {
        return Err(Stop::usage("Thrift data has --json plain and thrift"));
    }
    if !has_schema && data.json == Json::Thrift {
        return Err(Stop::usage("--json thrift needs --schema, which tells text from bytes"));
    }
    if !matches!(data.framing, None | Some(Framing::Raw | Framing::Delimited | Framing::Framed)) {
        return Err(Stop::usage("Thrift data has --framing raw, framed and delimited"));
    }
    if data.schema_id.is_some() {
        return Err(Stop::usage("--schema-id is for --framing confluent, which Thrift data does not have"));
    }
    Ok(())
}

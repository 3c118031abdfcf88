//! Messages of services: the method's name, the kind of message and a sequence number, and a struct of the method's arguments or
//! of what came of it.

mod json;

use std::borrow::Cow;
use std::collections::HashMap;

use cognate_codec::thrift::{Binary, Compact, Envelope, FbBinary, FbCompact, MessageKind, Protocol as Wire};
use cognate_codec::{DecodeError, EncodeError, Limits};
use cognate_schema::Value;
use cognate_schema::thrift::{Call, File, Item, Layout, Messages, Program, RawStruct, ServiceId};

use super::data::{self, Data, with_protocol};
use super::load::{self, Named};
use crate::commands::Protocol;
use crate::frames::Fault;
use crate::stop::{Result, Stop};

/// The methods of services.
pub(super) struct Services {
    /// The structs of the methods; nothing without a schema.
    layout: Option<Layout>,
    /// The methods by their names, with the names of their services.
    methods: HashMap<Box<str>, Vec<(Box<str>, Call)>>,
    /// What a message says whose call has failed.
    failure: Data,
}

/// A message.
pub(super) struct Message<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) kind: MessageKind,
    pub(super) sequence: i32,
    pub(super) body: Body<'a>,
}

/// The struct of a message.
pub(super) enum Body<'a> {
    /// The arguments of a method, its answer, or the failure of the call.
    Known(Data, Value<'a>),
    /// That of a method of which nothing is known.
    Unknown(RawStruct<'a>),
}

/// `TApplicationException`, as all implementations of Thrift have it.
const FAILURE: &str = "
enum Type {
  UNKNOWN = 0, UNKNOWN_METHOD = 1, INVALID_MESSAGE_TYPE = 2, WRONG_METHOD_NAME = 3, BAD_SEQUENCE_ID = 4,
  MISSING_RESULT = 5, INTERNAL_ERROR = 6, PROTOCOL_ERROR = 7, INVALID_TRANSFORM = 8, INVALID_PROTOCOL = 9,
  UNSUPPORTED_CLIENT_TYPE = 10
}
exception TApplicationException { 1: string message, 2: Type type }";

impl Services {
    /// Methods of which nothing is known.
    pub(super) fn unknown() -> Result<Self> {
        let program = Program::parse(FAILURE).map_err(Stop::diagnostics)?;
        match load::named(&program, "TApplicationException")? {
            Named::Struct(failure) => Ok(Self { layout: None, methods: HashMap::new(), failure }),
            Named::Service(_) => Err(Stop::usage("TApplicationException is a service")),
        }
    }

    /// The methods of a service and of those that it extends, or of all services.
    pub(super) fn of(program: &Program, only: Option<ServiceId>) -> Result<Self> {
        let mut services = Self::unknown()?;
        let messages = Messages::of(program);
        let wanted = only.map_or_else(|| all(program), |service| load::ancestry(program, service).collect());
        for id in wanted {
            let service = &program[id];
            for (position, function) in service.functions.iter().enumerate() {
                if let Some(call) = messages.call(id, position) {
                    let named = services.methods.entry(function.head.name.clone()).or_default();
                    named.push((service.head.name.clone(), call));
                }
            }
        }
        services.layout = Some(Layout::new(messages.program()));
        Ok(services)
    }

    /// Whether there is a schema.
    pub(super) fn has_schema(&self) -> bool {
        self.layout.is_some()
    }

    /// The struct in a message of a name and a kind, as far as it is known. The names of a multiplexed processor have that of a
    /// service before them.
    pub(super) fn body(&self, name: &str, kind: MessageKind) -> Result<Option<Data>, String> {
        if kind == MessageKind::Exception {
            return Ok(Some(self.failure.clone()));
        }
        let (service, method) = name.rsplit_once(':').map_or((None, name), |(service, name)| (Some(service), name));
        let all = self.methods.get(method).map(Vec::as_slice).unwrap_or_default();
        let is_named = |(of, _): &&(Box<str>, Call)| service.is_some_and(|service| **of == *service);
        let call = match (all, all.iter().find(is_named)) {
            (_, Some((_, call))) | ([(_, call)], None) => call,
            ([], None) => return Ok(None),
            (several, None) => {
                let names: Vec<&str> = several.iter().map(|(service, _)| &**service).collect();
                let names = names.join(", ");
                return Err(format!("the services {names} have a method `{method}`; --type says which one is meant"));
            }
        };
        let id = if kind == MessageKind::Reply { call.answer } else { call.arguments };
        Ok(self.layout.clone().map(|layout| Data { layout, id }))
    }

    /// The message at the start of the bytes, and how many of them it takes.
    pub(super) fn decode<'a>(
        &self,
        protocol: Protocol,
        bytes: &'a [u8],
        limits: Limits,
    ) -> Result<(Message<'a>, usize), Fault> {
        let (Envelope { name, kind, sequence }, rest) = with_protocol!(protocol, envelope(bytes))?;
        let start = bytes.len() - rest.len();
        let fault = |error| Fault::at(start, format!("{} `{name}`", word(kind)), error);
        let (body, used) = if let Some(data) = self.body(name, kind).map_err(Fault::Other)? {
            let (value, used) = data.decode(protocol, rest, limits).map_err(fault)?;
            (Body::Known(data, value), used)
        } else {
            let (value, used) = data::decode_raw(protocol, rest, limits).map_err(fault)?;
            (Body::Unknown(value), used)
        };
        Ok((Message { name: Cow::Borrowed(name), kind, sequence, body }, start + used))
    }
}

/// The services of a program, in their order.
fn all(program: &Program) -> Vec<ServiceId> {
    let items = program.files().iter().flat_map(File::items);
    let mut ids: Vec<_> = items.filter_map(|item| if let Item::Service(id) = item { Some(id) } else { None }).collect();
    ids.sort_unstable_by_key(|id| id.index());
    ids
}

impl Message<'_> {
    /// Encodes the message behind the bytes that are there already.
    pub(super) fn encode(&self, protocol: Protocol, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        let envelope = Envelope { name: &self.name, kind: self.kind, sequence: self.sequence };
        with_protocol!(protocol, put_envelope(&envelope, bytes));
        match &self.body {
            Body::Known(data, value) => data.encode(protocol, value, bytes),
            Body::Unknown(value) => data::encode_raw(protocol, value, bytes),
        }
    }
}

fn envelope<P: Wire>(bytes: &[u8]) -> Result<(Envelope<'_>, &[u8]), DecodeError> {
    P::envelope_from_slice(bytes)
}

fn put_envelope<P: Wire>(envelope: &Envelope<'_>, bytes: &mut Vec<u8>) {
    P::envelope_into(envelope, bytes);
}

/// The word for a kind of message.
pub(super) fn word(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Call => "call",
        MessageKind::Reply => "reply",
        MessageKind::Exception => "exception",
        MessageKind::Oneway => "oneway",
    }
}

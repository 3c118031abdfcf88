//! Calls that really fail: their messages, and what becomes of them.

use std::collections::HashMap;
use std::sync::Arc;

use cognate_codec::raw::Buffer;
use cognate_codec::thrift::{self, ApplicationError, Binary, Envelope, MessageKind, Processor, Protocol};
use cognate_codec::{Limits, UnknownFields};

use super::{MOST, NoWitness, Witnesses};
use crate::compat::finding::hex;
use crate::compat::thrift::pairs::{Call, calls};
use crate::compat::{Direction, Outcome, Witness};
use crate::json::write_string;
use crate::thrift::resolve::FaultKind;
use crate::thrift::{Requiredness, ServiceId, StructId};
use crate::value::{JsonForm, StructValue, Value};

/// A call of a writer's, and the answer of a server with the reader's schema.
struct Exchange {
    arguments: StructId,
    value: String,
    call: Vec<u8>,
    answer: Option<Vec<u8>>,
}

/// The functions that a server knows. It runs none.
struct Server<'p>(HashMap<&'p str, Call<'p>>);

impl Processor for Server<'_> {
    fn call<'a, P: Protocol>(&'a self, call: thrift::Call<'a, P>) -> Option<Vec<u8>> {
        if self.0.contains_key(call.name()) { None } else { call.unknown() }
    }
}

impl Witnesses<'_> {
    /// A call of the writer's that a server with the reader's schema does not know.
    pub(in crate::compat::thrift) fn unknown(
        &self,
        call: &Call<'_>,
        server: Option<ServiceId>,
    ) -> Result<Witness, NoWitness> {
        let exchange = self.ask(call, server)?;
        let error = refusal(exchange.answer.as_deref().ok_or(NoWitness::Unchanged)?)?;
        Ok(self.call(exchange, "call", error.to_string()))
    }

    /// The answer to such a call, as the client gets it: data of the reader's version for one of the writer's.
    pub(in crate::compat::thrift) fn refusal(
        &self,
        call: &Call<'_>,
        server: Option<ServiceId>,
    ) -> Result<Witness, NoWitness> {
        let answer = self.ask(call, server)?.answer.ok_or(NoWitness::Unchanged)?;
        let error = refusal(&answer)?;
        let mut message = String::new();
        write_string(&error.message, &mut message);
        Ok(Witness {
            direction: match self.direction {
                Direction::Backward => Direction::Forward,
                Direction::Forward => Direction::Backward,
            },
            ty: Some("TApplicationException".to_owned()),
            read_as: None,
            value: format!(r#"{{"message":{message},"type":{}}}"#, error.kind.number()),
            protocol: Some("binary"),
            message: Some("exception"),
            hex: hex(&answer),
            outcome: Outcome::Error(error.to_string()),
            behind: None,
        })
    }

    /// A call of the writer's that waits for an answer, which a function that is oneway for the server has not.
    pub(in crate::compat::thrift) fn unanswered(
        &self,
        call: &Call<'_>,
        server: ServiceId,
    ) -> Result<Witness, NoWitness> {
        let exchange = self.ask(call, Some(server))?;
        if exchange.answer.is_some() {
            return Err(NoWitness::Unchanged);
        }
        Ok(self.call(exchange, "call", "no answer comes, since the function is oneway there".to_owned()))
    }

    /// An answer of the writer's where one side expects a result and the other expects none.
    pub(in crate::compat::thrift) fn answer(&self, from: &Call<'_>, to: &Call<'_>) -> Result<Witness, NoWitness> {
        let messages = |side: super::Side<'_>, call: &Call<'_>| side.messages.call(call.service, call.position);
        let (from, to) = (messages(self.writer, from), messages(self.reader, to));
        let (from, to) = (from.ok_or(NoWitness::NotHeld)?.answer, to.ok_or(NoWitness::NotHeld)?.answer);
        let structure = &self.writer.program[from];
        self.left.set(MOST);
        let mut fields = Vec::new();
        if let Some(position) = structure.index_by_id(0) {
            let (ty, parts) = (structure.fields[position].ty.id, &[]);
            let value = self.telling(ty, parts, (None, FaultKind::MissingArm), 1).ok_or(NoWitness::NoValue)?;
            fields.push((position, value));
        }
        let shape = Arc::clone(self.writing.shape(from));
        let value = Value::Struct(Box::new(StructValue { shape, fields, unknown: UnknownFields::new() }));
        let mut bytes = Vec::new();
        self.writing.encode_into::<Binary>(from, &value, &mut bytes).map_err(|_| NoWitness::NoValue)?;
        let read = self.reading.decode::<Binary>(to, &bytes, Limits::THRIFT).map_err(|_| NoWitness::Unchanged)?;
        let is_missing = self.reader.program[to].index_by_id(0).is_some();
        Ok(Witness {
            direction: self.direction,
            ty: Some(self.writer.name(&structure.head)),
            read_as: self.read_as(from, to),
            value: value.to_json(JsonForm::Plain),
            protocol: Some("binary"),
            message: None,
            hex: hex(&bytes),
            outcome: if is_missing {
                Outcome::Error("the answer has neither a result nor an exception".to_owned())
            } else {
                Outcome::Reads(read.to_json(JsonForm::Plain))
            },
            behind: None,
        })
    }

    /// Has a server answer a call whose arguments are the least that clients write.
    fn ask(&self, call: &Call<'_>, server: Option<ServiceId>) -> Result<Exchange, NoWitness> {
        let messages = self.writer.messages.call(call.service, call.position).ok_or(NoWitness::NotHeld)?;
        self.left.set(MOST);
        let value = self.structure(messages.arguments, 0, &mut |_, field, depth| {
            (field.requiredness != Requiredness::Optional).then(|| self.least(field.ty.id, depth))
        });
        let value = value.ok_or(NoWitness::NoValue)?;
        let envelope = Envelope { name: call.name(), kind: MessageKind::Call, sequence: 1 };
        let mut bytes = enveloped::<Binary>(&envelope);
        self.writing.encode_into::<Binary>(messages.arguments, &value, &mut bytes).map_err(|_| NoWitness::NoValue)?;
        let server = Server(server.map_or_else(HashMap::new, |server| calls(self.reader.program, server)));
        let answer = server.process::<Binary>(&bytes).map_err(|_| NoWitness::NoValue)?;
        Ok(Exchange { arguments: messages.arguments, value: value.to_json(JsonForm::Plain), call: bytes, answer })
    }

    fn call(&self, exchange: Exchange, message: &'static str, error: String) -> Witness {
        Witness {
            direction: self.direction,
            ty: Some(self.writer.name(&self.writer.program[exchange.arguments].head)),
            read_as: None,
            value: exchange.value,
            protocol: Some("binary"),
            message: Some(message),
            hex: hex(&exchange.call),
            outcome: Outcome::Error(error),
            behind: None,
        }
    }
}

fn enveloped<P: Protocol>(envelope: &Envelope<'_>) -> Vec<u8> {
    let mut buffer = Buffer::new();
    P::put_envelope(&mut buffer, envelope);
    buffer.into_bytes()
}

/// What a client makes of the answer to a call that failed.
fn refusal(answer: &[u8]) -> Result<ApplicationError, NoWitness> {
    let read = Binary::envelope_from_slice(answer).and_then(|(_, body)| Binary::from_slice(body));
    read.map_err(|_| NoWitness::NoValue)
}

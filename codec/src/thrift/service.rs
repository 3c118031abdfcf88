//! Calls of services: from the bytes of a call to those of its answer, and what a client does with both.
//!
//! Generated code has a trait for each service, and a [`Processor`] over any implementation of it. How messages travel is not
//! its business: in the framed transport each stands behind its length, in the unframed one [`message_len`] says where it ends.

use alloc::{format, vec::Vec};
use core::{fmt, marker::PhantomData};

use super::{ApplicationError, ApplicationErrorKind, Envelope, Kind, MessageKind, Protocol, skip};
use crate::{DecodeError, DecodeRecord, Depth, EncodeError, EncodeRecord, Limits, raw::Cursor};

/// A service that answers calls.
pub trait Processor {
    /// Answers a call; `None` when there is nothing to answer, since the function is `oneway`.
    fn call<'a, P: Protocol>(&'a self, call: Call<'a, P>) -> Option<Vec<u8>>;

    /// Answers the call that a message is: the bytes of the reply, or `None` when there is none. Whatever is wrong with the call
    /// is answered by an [`ApplicationError`].
    ///
    /// # Errors
    /// When the bytes do not start as a message, so that there is nobody to answer.
    fn process<P: Protocol>(&self, message: &[u8]) -> Result<Option<Vec<u8>>, DecodeError> {
        self.process_with::<P>(message, Limits::THRIFT)
    }

    /// [`Processor::process`] within given limits on the arguments.
    ///
    /// # Errors
    /// As [`Processor::process`].
    fn process_with<P: Protocol>(&self, message: &[u8], limits: Limits) -> Result<Option<Vec<u8>>, DecodeError> {
        let (envelope, arguments) = P::envelope_from_slice(message)?;
        let call = Call::<P> { envelope, arguments, limits, protocol: PhantomData };
        Ok(match envelope.kind {
            MessageKind::Call | MessageKind::Oneway => self.call(call),
            MessageKind::Reply | MessageKind::Exception => {
                call.fail(&ApplicationError::new(ApplicationErrorKind::InvalidMessageType, "the message is no call"))
            }
        })
    }
}

/// A call whose envelope has been read.
#[derive(Debug)]
pub struct Call<'a, P> {
    envelope: Envelope<'a>,
    arguments: &'a [u8],
    limits: Limits,
    protocol: PhantomData<P>,
}

impl<'a, P: Protocol> Call<'a, P> {
    /// The name of the function.
    pub fn name(&self) -> &'a str {
        self.envelope.name
    }

    /// Hands the arguments to a function, and answers with its result or failure.
    pub fn answer<A, R>(self, function: impl FnOnce(A) -> Result<R, ApplicationError>) -> Option<Vec<u8>>
    where
        A: DecodeRecord<'a>,
        R: EncodeRecord,
    {
        match self.arguments().and_then(function) {
            Ok(result) => {
                let mut bytes = Vec::new();
                match P::message_into(&self.reply(MessageKind::Reply), &result, &mut bytes) {
                    Ok(()) => self.unless_oneway(bytes),
                    Err(error) => {
                        self.fail(&ApplicationError::internal(format!("the result cannot be written: {error}")))
                    }
                }
            }
            Err(error) => self.fail(&error),
        }
    }

    /// Hands the arguments to a function that has no answer. Arguments that cannot be read are dropped, since nobody waits
    /// to be told.
    pub fn oneway<A: DecodeRecord<'a>>(self, function: impl FnOnce(A)) -> Option<Vec<u8>> {
        if let Ok(arguments) = self.arguments() {
            function(arguments);
        }
        None
    }

    /// Answers that there is no such function.
    pub fn unknown(self) -> Option<Vec<u8>> {
        let message = format!("the service has no function `{}`", self.envelope.name);
        self.fail(&ApplicationError::new(ApplicationErrorKind::UnknownMethod, message))
    }

    fn arguments<A: DecodeRecord<'a>>(&self) -> Result<A, ApplicationError> {
        P::from_slice_with(self.arguments, self.limits).map_err(|error| {
            let message = format!("the arguments of `{}` cannot be read: {error}", self.envelope.name);
            ApplicationError::new(ApplicationErrorKind::ProtocolError, message)
        })
    }

    fn fail(&self, error: &ApplicationError) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        // Text and a number can be written, unless the text is past 2^31 bytes.
        P::message_into(&self.reply(MessageKind::Exception), error, &mut bytes).ok()?;
        self.unless_oneway(bytes)
    }

    fn reply(&self, kind: MessageKind) -> Envelope<'a> {
        Envelope { kind, ..self.envelope }
    }

    fn unless_oneway(&self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        (self.envelope.kind != MessageKind::Oneway).then_some(bytes)
    }
}

/// Encodes the call of a function.
///
/// # Errors
/// When the protocol has no way to write an argument.
pub fn encode_call<P: Protocol>(
    name: &str,
    kind: MessageKind,
    sequence: i32,
    arguments: &impl EncodeRecord,
) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    P::message_into(&Envelope { name, kind, sequence }, arguments, &mut bytes)?;
    Ok(bytes)
}

/// Decodes the reply to a call: the struct of the function's result.
///
/// # Errors
/// When the bytes are no reply, or not that to this call, or the server says that the call failed.
pub fn decode_reply<'de, P: Protocol, R: DecodeRecord<'de>>(
    name: &str,
    sequence: i32,
    bytes: &'de [u8],
    limits: Limits,
) -> Result<R, ReplyError> {
    let (envelope, body) = P::envelope_from_slice(bytes)?;
    let wrong = |kind, message| Err(ReplyError::Application(ApplicationError::new(kind, message)));
    if envelope.kind == MessageKind::Exception {
        return Err(ReplyError::Application(P::from_slice_with(body, limits)?));
    }
    if envelope.kind != MessageKind::Reply {
        return wrong(ApplicationErrorKind::InvalidMessageType, format!("the reply to `{name}` is a call"));
    }
    if envelope.name != name {
        let message = format!("the reply to `{name}` is that of `{}`", envelope.name);
        return wrong(ApplicationErrorKind::WrongMethodName, message);
    }
    if envelope.sequence != sequence {
        let message = format!("the reply to call {sequence} is that of {}", envelope.sequence);
        return wrong(ApplicationErrorKind::BadSequenceId, message);
    }
    Ok(P::from_slice_with(body, limits)?)
}

/// Why a client has no result.
#[derive(Clone, Debug, PartialEq)]
pub enum ReplyError {
    /// The bytes are no reply with such a result.
    Decode(DecodeError),
    /// The call failed, or the reply is not that to the call.
    Application(ApplicationError),
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(f),
            Self::Application(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for ReplyError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Decode(error) => Some(error),
            Self::Application(error) => Some(error),
        }
    }
}

impl From<DecodeError> for ReplyError {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<ApplicationError> for ReplyError {
    fn from(error: ApplicationError) -> Self {
        Self::Application(error)
    }
}

/// How many bytes the message at the start of the input takes; `None` when more bytes are needed to tell. For transports
/// without frames, which have to bound how many bytes they wait for.
///
/// # Errors
/// When the bytes do not start as a message, or its struct is malformed or nested too deep.
pub fn message_len<P: Protocol>(bytes: &[u8], limits: Limits) -> Result<Option<usize>, DecodeError> {
    let mut cursor = Cursor::new(bytes);
    let skipped = P::envelope(&mut cursor).and_then(|_| skip::skip::<P>(&mut cursor, Kind::Struct, Depth::new(limits)));
    match skipped {
        Ok(()) => Ok(Some(bytes.len() - cursor.remaining())),
        Err(error) if error.is_truncated() => Ok(None),
        Err(error) => Err(error),
    }
}

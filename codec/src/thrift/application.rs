//! `TApplicationException`: what a server answers when the call itself fails, as all implementations of Thrift have it.

use alloc::string::String;
use core::fmt;

use crate::{
    Decode, DecodeError, DecodeRecord, Encode, EncodeError, EncodeRecord, FieldDesc, Name, Presence, Record,
    RecordDesc, Shape, Sink, Source, TypeDesc, Typed, desc::RecordKind,
};

/// The failure of a call, as opposed to an exception that the function declares: the function is not known, its arguments
/// cannot be read, or the server cannot say more than that it failed.
///
/// On the wire it is a struct of a message (field 1) and a kind (field 2, [`ApplicationErrorKind::number`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplicationError {
    /// What is the matter, for a person.
    pub message: String,
    /// What is the matter, for a program.
    pub kind: ApplicationErrorKind,
}

impl ApplicationError {
    /// A failure of a kind.
    pub fn new(kind: ApplicationErrorKind, message: impl Into<String>) -> Self {
        Self { message: message.into(), kind }
    }

    /// A failure within the server, [`ApplicationErrorKind::InternalError`].
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(ApplicationErrorKind::InternalError, message)
    }
}

impl fmt::Display for ApplicationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message.is_empty() { fmt::Display::fmt(&self.kind, f) } else { f.write_str(&self.message) }
    }
}

impl core::error::Error for ApplicationError {}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $number:literal, $text:literal;)*) => {
        /// The kinds of failures of calls.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum ApplicationErrorKind {
            $($(#[$doc])* $kind,)*
            /// A kind that only another implementation knows.
            Other(i32),
        }

        impl ApplicationErrorKind {
            /// The number on the wire.
            pub const fn number(self) -> i32 {
                match self {
                    $(Self::$kind => $number,)*
                    Self::Other(number) => number,
                }
            }

            /// The kind of a number.
            pub const fn from_number(number: i32) -> Self {
                match number {
                    $($number => Self::$kind,)*
                    number => Self::Other(number),
                }
            }
        }

        impl fmt::Display for ApplicationErrorKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$kind => f.write_str($text),)*
                    Self::Other(number) => write!(f, "failure of the kind {number}"),
                }
            }
        }
    };
}

kinds! {
    /// None of the others.
    Unknown = 0, "unknown failure";
    /// The service has no such function.
    UnknownMethod = 1, "unknown method";
    /// The message is no call, or no reply.
    InvalidMessageType = 2, "invalid message type";
    /// The reply is that of another function.
    WrongMethodName = 3, "wrong method name";
    /// The reply is that of another call.
    BadSequenceId = 4, "bad sequence id";
    /// The reply has neither a result nor an exception.
    MissingResult = 5, "missing result";
    /// The function failed for a reason that it does not declare.
    InternalError = 6, "internal error";
    /// The arguments cannot be read.
    ProtocolError = 7, "protocol error";
    /// A header asks for a transform that there is not.
    InvalidTransform = 8, "invalid transform";
    /// A header asks for a protocol that there is not.
    InvalidProtocol = 9, "invalid protocol";
    /// A client of this type is not served.
    UnsupportedClientType = 10, "unsupported client type";
}

const MESSAGE: FieldDesc = FieldDesc::new("message", String::TYPE.with_number(1, Presence::Implicit));
const KIND: FieldDesc = FieldDesc::new("type", i32::TYPE.with_number(2, Presence::Implicit));

impl Typed for ApplicationError {
    const TYPE: TypeDesc = TypeDesc::new(Shape::Record(|| Self::DESC));
}

impl Record for ApplicationError {
    const DESC: &'static RecordDesc = &RecordDesc {
        name: Name::new("TApplicationException", ""),
        kind: RecordKind::Error,
        aliases: &[],
        doc: "",
        fields: &[MESSAGE, KIND],
    };
}

impl Encode for ApplicationError {
    fn encode<S: Sink>(&self, ty: &'static TypeDesc, sink: &mut S) -> Result<(), EncodeError> {
        sink.record(ty, self)
    }
}

impl EncodeRecord for ApplicationError {
    fn encode_fields<S: Sink>(&self, sink: &mut S) -> Result<(), EncodeError> {
        sink.field(const { &MESSAGE }, &self.message)?;
        sink.field(const { &KIND }, &self.kind.number())
    }
}

impl<'de> Decode<'de> for ApplicationError {
    fn decode<S: Source<'de>>(ty: &'static TypeDesc, source: &mut S) -> Result<Self, DecodeError> {
        source.new_record(ty)
    }
}

impl<'de> DecodeRecord<'de> for ApplicationError {
    fn decode_fields<S: Source<'de>>(slot: &mut Option<Self>, source: &mut S) -> Result<(), DecodeError> {
        let (mut message, mut number) = (None, None);
        if source.expect(const { &MESSAGE }, Self::DESC, None)? {
            source.field(const { &MESSAGE }, &mut message, None)?;
        }
        if source.expect(const { &KIND }, Self::DESC, None)? {
            source.field(const { &KIND }, &mut number, None)?;
        }
        if S::TAGGED {
            while let Some(position) = source.next_field(Self::DESC, None)? {
                match position {
                    0 => source.field(const { &MESSAGE }, &mut message, None)?,
                    _ => source.field(const { &KIND }, &mut number, None)?,
                }
            }
        }
        source.finish(const { &MESSAGE }, &mut message)?;
        source.finish(const { &KIND }, &mut number)?;
        let Some(message) = message else { return Err(source.missing(const { &MESSAGE })) };
        let Some(number) = number else { return Err(source.missing(const { &KIND })) };
        let kind = ApplicationErrorKind::from_number(number);
        *slot = Some(Self { message, kind });
        Ok(())
    }
}

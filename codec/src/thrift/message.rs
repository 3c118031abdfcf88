//! The envelope of calls and replies (Thrift Binary protocol, "Message"; Compact protocol, "Message").

use super::wire::Wire;
use crate::{
    DecodeError, DecodeErrorKind,
    raw::{Buffer, Cursor},
};

/// What a message is about: a call of a method or what came of it. A struct follows, the arguments or the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope<'de> {
    /// The method's name.
    pub name: &'de str,
    /// Call or reply.
    pub kind: MessageKind,
    /// The number by which a client knows the reply to its call.
    pub sequence: i32,
}

/// Call or reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// A call that waits for a reply.
    Call,
    /// What the method returned or threw.
    Reply,
    /// A failure of the call itself: a `TApplicationException`.
    Exception,
    /// A call without a reply.
    Oneway,
}

impl MessageKind {
    /// The number on the wire: 1 to 4.
    pub const fn number(self) -> u8 {
        match self {
            Self::Call => 1,
            Self::Reply => 2,
            Self::Exception => 3,
            Self::Oneway => 4,
        }
    }

    /// The kind of a number.
    pub const fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::Call,
            2 => Self::Reply,
            3 => Self::Exception,
            4 => Self::Oneway,
            _ => return None,
        })
    }
}

/// The part of a protocol that frames messages.
pub trait Messages: Wire {
    /// Reads an envelope.
    fn envelope<'de>(cursor: &mut Cursor<'de>) -> Result<Envelope<'de>, DecodeError>;
    /// Writes an envelope.
    fn put_envelope(buffer: &mut Buffer, envelope: &Envelope<'_>);
}

/// The top half of a strict Binary message's first number.
const STRICT_VERSION: u32 = 0x8001_0000;

impl<const FB: bool> Messages for super::BinaryProtocol<FB> {
    fn envelope<'de>(cursor: &mut Cursor<'de>) -> Result<Envelope<'de>, DecodeError> {
        let offset = cursor.offset();
        let first = Self::i32(cursor)?;
        if first >= 0 {
            // The old form starts with the name's length.
            let name = cursor.text(u64::from(first.cast_unsigned()))?;
            let at_kind = cursor.offset();
            let kind = message_kind(cursor.byte()?, at_kind)?;
            return Ok(Envelope { name, kind, sequence: Self::i32(cursor)? });
        }
        let word = first.cast_unsigned();
        if word & 0xffff_0000 != STRICT_VERSION {
            return Err(invalid(alloc::format!("{:#06x} is no version of the Binary protocol", word >> 16), offset));
        }
        let kind = message_kind((word & 0xff) as u8, offset + 3)?;
        let len = Self::len(cursor)?;
        let name = cursor.text(len)?;
        Ok(Envelope { name, kind, sequence: Self::i32(cursor)? })
    }

    fn put_envelope(buffer: &mut Buffer, envelope: &Envelope<'_>) {
        buffer.array((STRICT_VERSION | u32::from(envelope.kind.number())).to_be_bytes());
        Self::put_bytes(buffer, envelope.name.as_bytes());
        Self::put_i32(buffer, envelope.sequence);
    }
}

/// The first byte of a Compact message.
const COMPACT_ID: u8 = 0x82;

impl<const FB: bool> Messages for super::CompactProtocol<FB> {
    fn envelope<'de>(cursor: &mut Cursor<'de>) -> Result<Envelope<'de>, DecodeError> {
        let offset = cursor.offset();
        let [id, header] = *cursor.array()?;
        if id != COMPACT_ID {
            return Err(invalid(alloc::format!("{id:#04x} does not start a message of the Compact protocol"), offset));
        }
        let version = if FB { 2 } else { 1 };
        if header & 0x1f != version {
            let reason = alloc::format!("version {} of the Compact protocol, where {version} is read", header & 0x1f);
            return Err(invalid(reason, offset + 1));
        }
        let kind = message_kind(header >> 5, offset + 1)?;
        let at_sequence = cursor.offset();
        let sequence = cursor.varint()?;
        let Ok(sequence) = u32::try_from(sequence) else {
            let kind = DecodeErrorKind::VarintTooLong;
            return Err(DecodeError::new(kind, at_sequence));
        };
        let len = Self::len(cursor)?;
        Ok(Envelope { name: cursor.text(len)?, kind, sequence: sequence.cast_signed() })
    }

    fn put_envelope(buffer: &mut Buffer, envelope: &Envelope<'_>) {
        let version = if FB { 2 } else { 1 };
        buffer.array([COMPACT_ID, envelope.kind.number() << 5 | version]);
        buffer.varint(u64::from(envelope.sequence.cast_unsigned()));
        buffer.varint_prefixed(envelope.name.as_bytes());
    }
}

fn message_kind(number: u8, offset: usize) -> Result<MessageKind, DecodeError> {
    MessageKind::from_number(number)
        .ok_or_else(|| invalid(alloc::format!("{number} is no kind of message: 1 to 4 are"), offset))
}

#[cold]
fn invalid(reason: alloc::string::String, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::InvalidHeader(reason), offset)
}

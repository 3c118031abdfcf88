//! What the first bytes of data tell of messages.

use cognate_codec::thrift::MessageKind;

use crate::commands::{Framing, Protocol};
use crate::frames::Length;

/// The bytes that are looked at: a length, and the start of an envelope.
pub(super) const HEAD: usize = 8;

/// How data begins that is messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) framing: Framing,
    pub(super) protocol: Protocol,
}

impl Start {
    /// Looks for the start of an envelope, at the front or behind the length of a framing. In the Binary protocol no struct begins
    /// like a message; in Compact only one whose first fields are two Booleans with certain ids from 8 on. Messages of the
    /// Binary protocol's old form begin with no mark, and are not recognized.
    pub(super) fn of(head: &[u8], framing: Option<Framing>) -> Option<Self> {
        let framings = framing.map_or_else(|| vec![Framing::Raw, Framing::Framed], |framing| vec![framing]);
        framings.into_iter().find_map(|framing| {
            let before = match Length::of(framing) {
                Some(length) => length.read(head).ok().flatten()?.1,
                None => 0,
            };
            Some(Self { framing, protocol: envelope(head.get(before..)?)? })
        })
    }
}

/// The protocol of a message that begins so.
fn envelope(head: &[u8]) -> Option<Protocol> {
    let (protocol, kind) = match *head {
        [0x80, 0x01, _, kind, ..] => (Protocol::Binary, kind),
        [0x82, header, ..] => match header & 0x1f {
            1 => (Protocol::Compact, header >> 5),
            2 => (Protocol::FbCompact, header >> 5),
            _ => return None,
        },
        _ => return None,
    };
    MessageKind::from_number(kind).map(|_| protocol)
}

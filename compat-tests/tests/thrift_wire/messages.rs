//! Messages: an envelope and a struct, which here is a derived type.

use cognate::thrift::{Binary, Compact, Envelope, FbBinary, FbCompact, MessageKind, Protocol, json};
use cognate::{Cognate, Limits};
use cognate_compat_tests::thrift::{
    Field, Message, Model, Need, Struct, StructKind, ThriftJudge, Type, WireProtocol, deviations,
};
use cognate_compat_tests::{Decoded, Library};
use serde_json::{Value, json as neutral_json};

#[derive(Cognate, Debug, PartialEq)]
struct Arguments<'a> {
    #[cognate(id = 1)]
    number: i32,
    #[cognate(id = 2)]
    text: &'a str,
    #[cognate(id = 3)]
    flags: Vec<bool>,
}

fn arguments() -> Model {
    let field = |id, ty| Field { id, need: Need::Unsaid, ty };
    let fields = vec![field(1, Type::I32), field(2, Type::String), field(3, Type::List(Box::new(Type::Bool)))];
    Model { structs: vec![Struct { kind: StructKind::Struct, fields }], enums: Vec::new() }
}

const KINDS: [MessageKind; 4] = [MessageKind::Call, MessageKind::Reply, MessageKind::Exception, MessageKind::Oneway];
const SEQUENCES: [i32; 8] = [0, 1, -1, 127, 128, 300, i32::MAX, i32::MIN];
const NAMES: [&str; 4] = [
    "go",
    "",
    "größe",
    "a_name_that_is_so_long_that_its_length_takes_a_second_byte_in_the_compact_\
     protocol_which_it_does_from_a_hundred_and_twenty_eight_bytes_on",
];

#[test]
fn strict_binary_messages() {
    for library in Library::THRIFT {
        assert_eq!(travel::<Binary>(library, WireProtocol::Binary), 128);
    }
}

#[test]
fn compact_messages() {
    for library in Library::THRIFT {
        assert_eq!(travel::<Compact>(library, WireProtocol::Compact), 128);
    }
}

#[test]
fn fbthrift_messages() {
    assert_eq!(travel::<FbBinary>(Library::Drift, WireProtocol::FbBinary), 128);
    assert_eq!(travel::<FbCompact>(Library::Drift, WireProtocol::FbCompact), 128);
}

#[test]
fn json_messages() {
    let Some(mut judge) = ThriftJudge::or_skip(Library::Thrift) else { return };
    for (envelope, message) in messages() {
        let theirs = judge.encode_message(&arguments(), WireProtocol::Json, &message, &neutral()).unwrap();
        let theirs = String::from_utf8(theirs).unwrap();
        let ours = json::message_to_string(&envelope, &typed()).unwrap();
        assert_eq!(ours, theirs, "{message:?}");
        let (found, decoded) = judge.decode_message(&arguments(), WireProtocol::Json, ours.as_bytes()).unwrap();
        assert_eq!((found, decoded.value), (message, neutral()));
        let read = json::message_from_str::<Arguments<'_>>(&theirs, Limits::default()).unwrap();
        assert_eq!(read, (envelope, typed()));
    }
}

#[test]
fn old_binary_messages_are_read() {
    for library in Library::THRIFT {
        let Some(mut judge) = ThriftJudge::or_skip(library) else { continue };
        for (envelope, message) in messages() {
            let written = judge.encode_message(&arguments(), WireProtocol::BinaryOld, &message, &neutral()).unwrap();
            reads::<Binary>(&written, &envelope);
        }
    }
}

#[test]
fn envelopes_of_other_versions_are_refused_by_all() {
    for library in Library::THRIFT {
        let Some(mut judge) = ThriftJudge::or_skip(library) else { continue };
        for bytes in [&b"\x80\x02\0\x01\0\0\0\x02go\0\0\0\x01\0"[..], b"\x81\x01\0\x01\0\0\0\x02go\0\0\0\x01\0"] {
            assert!(Binary::envelope_from_slice(bytes).is_err(), "{bytes:x?}");
            assert!(judge.decode_message(&arguments(), WireProtocol::Binary, bytes).is_err(), "{bytes:x?}");
        }
        // Another protocol, another version, and a message that ends in its name.
        for bytes in [&b"\x80\x21\x01\x02go\0"[..], b"\x82\x22\x01\x02go\0", b"\x82\x21\x01\x05go"] {
            assert!(Compact::envelope_from_slice(bytes).is_err(), "{bytes:x?}");
            assert!(judge.decode_message(&arguments(), WireProtocol::Compact, bytes).is_err(), "{bytes:x?}");
        }
    }
}

/// Both write the same bytes, and each reads them; how many there were.
fn travel<P: Protocol>(library: Library, protocol: WireProtocol) -> usize {
    let Some(mut judge) = ThriftJudge::or_skip(library) else { return 128 };
    let messages = messages();
    for (envelope, message) in &messages {
        let theirs = judge.encode_message(&arguments(), protocol, message, &neutral()).unwrap();
        let mut ours = Vec::new();
        P::message_into(envelope, &typed(), &mut ours).unwrap();
        assert_eq!(hex::encode(&ours), hex::encode(&theirs), "{message:?}");
        let read = deviations::reading(library, &arguments(), protocol, &neutral()).expect("there is no UUID");
        let sequence = deviations::sequence(library, protocol, envelope.sequence);
        let expected = (Message { sequence, ..message.clone() }, Decoded { value: read, read: ours.len() });
        assert_eq!(judge.decode_message(&arguments(), protocol, &ours), Ok(expected), "{message:?}");
        reads::<P>(&theirs, envelope);
    }
    messages.len()
}

fn reads<P: Protocol>(bytes: &[u8], envelope: &Envelope<'_>) {
    let (found, rest) = P::envelope_from_slice(bytes).unwrap();
    assert_eq!(found, *envelope);
    assert_eq!(P::from_slice::<Arguments<'_>>(rest).unwrap(), typed());
}

fn messages() -> Vec<(Envelope<'static>, Message)> {
    let mut messages = Vec::new();
    for kind in KINDS {
        for sequence in SEQUENCES {
            for name in NAMES {
                let message = Message { name: name.to_owned(), kind: kind.number(), sequence: sequence.into() };
                messages.push((Envelope { name, kind, sequence }, message));
            }
        }
    }
    messages
}

fn typed() -> Arguments<'static> {
    Arguments { number: -7, text: "größe", flags: vec![true, false] }
}

fn neutral() -> Value {
    neutral_json!({"f1": -7, "f2": "größe", "f3": [true, false]})
}

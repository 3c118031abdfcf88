//! pilota, with the types that it generates.
//!
//! Its values share the input, to which they count references, and it takes text without a check of its UTF-8. In Compact it
//! has faults (version 0.13.1) around which the tasks find their way: it reads messages of another spelling (`respell`), what it
//! writes comes from values that it has read in Binary, and it writes doubles with the most significant byte first, so that its
//! bytes are compared with messages whose doubles are turned around.

use bytes::{Bytes, BytesMut};
use pilota::thrift::binary::TBinaryProtocol;
use pilota::thrift::compact::{TCompactInputProtocol, TCompactOutputProtocol};
use pilota::thrift::{Message, ThriftException};

use super::{Codec, respell::for_pilota, thrift_crate::Value, to_binary};

mod generated {
    #![allow(warnings, unsafe_code, clippy::all, clippy::pedantic, reason = "generated code")]
    include!(concat!(env!("OUT_DIR"), "/pilota.rs"));
}

pub(super) use generated::pilota::{footer, log, mixed};

type Contender<T> = Codec<Bytes, T, BytesMut, ThriftException, ThriftException>;

/// The contender in Binary.
pub(super) fn binary<T: Message>() -> Contender<T> {
    Codec {
        name: "pilota",
        input: Bytes::copy_from_slice,
        decode: |bytes| T::decode(&mut TBinaryProtocol::new(&mut bytes.clone(), true)),
        encode: |value, out| value.encode(&mut TBinaryProtocol::new(out, false)),
    }
}

/// The contender that reads Compact, and writes Binary to show what it has read.
pub(super) fn compact_reader<T: Message>() -> Contender<T> {
    Codec {
        name: "pilota",
        input: |message| Bytes::from(for_pilota(message)),
        decode: |bytes| T::decode(&mut TCompactInputProtocol::new(&mut bytes.clone())),
        encode: binary().encode,
    }
}

/// The contender that writes Compact what it has read in Binary. `V` is the other peer's type, which turns a message into Binary.
pub(super) fn compact_writer<T: Message, V: Value>() -> Contender<T> {
    Codec {
        name: "pilota",
        input: |message| Bytes::from(to_binary::<V>(message)),
        decode: binary().decode,
        encode: |value, out| value.encode(&mut TCompactOutputProtocol::new(out, false)),
    }
}

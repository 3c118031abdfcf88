//! The Thrift tasks: Binary and Compact, against the crate `thrift`.

mod thrift_peer;

use thrift::protocol::{TBinaryInputProtocol, TBinaryOutputProtocol, TCompactInputProtocol, TCompactOutputProtocol};

use crate::Task;
use crate::messages::Suite;

/// All tasks.
pub fn tasks() -> Vec<Task> {
    let binary = thrift_peer::Codec {
        decode: |bytes| thrift_peer::read(&mut TBinaryInputProtocol::new(bytes, true)),
        encode: |value, out| thrift_peer::write(value, &mut TBinaryOutputProtocol::new(out, true)),
    };
    let compact = thrift_peer::Codec {
        decode: |bytes| thrift_peer::read(&mut TCompactInputProtocol::new(bytes)),
        encode: |value, out| thrift_peer::write(value, &mut TCompactOutputProtocol::new(out)),
    };
    let mut of_binary = Suite::new("log (thrift binary)", |logs, out| binary.encode(&logs.into(), out));
    let mut of_compact = Suite::new("log (thrift compact)", |logs, out| compact.encode(&logs.into(), out));
    #[cfg(feature = "cognate")]
    {
        crate::cognate::thrift::add::<cognate::thrift::Binary>(&mut of_binary);
        crate::cognate::thrift::add::<cognate::thrift::Compact>(&mut of_compact);
    }
    binary.add(&mut of_binary);
    compact.add(&mut of_compact);
    of_binary.into_tasks().into_iter().chain(of_compact.into_tasks()).collect()
}

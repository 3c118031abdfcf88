//! The Protobuf tasks, against the peers and the hand-written bound.

mod buffa_peer;
mod prost_peer;

use crate::data::{Dataset, log::LogList};
use crate::hand::protobuf as by_hand;
use crate::messages::Suite;
use crate::task::{Operation, Role};

/// All tasks.
pub fn suite() -> Suite {
    let mut suite = Suite::new("log (protobuf)", by_hand::encode);
    #[cfg(feature = "cognate")]
    crate::cognate::protobuf::add(&mut suite);
    prost_peer::add(&mut suite);
    buffa_peer::add(&mut suite);
    let hand = ("hand-written", Role::HandWritten);
    suite
        .decode(Operation::DecodeBorrowed, hand, by_hand::decode::<&str>, |value, logs| value == LogList::borrow(logs));
    suite.decode(Operation::DecodeOwned, hand, by_hand::decode::<String>, |value, logs| value == *logs);
    suite.encode(hand, suite.logs, |value, out| by_hand::encode(value, out));
    suite
}

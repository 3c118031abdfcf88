//! The Protobuf column: the same types over the tagged wire.

use ::cognate::protobuf;

use super::log::{LogsOwn, LogsView};
use super::{Counterpart, NAME};
use crate::data::log::LogList;
use crate::messages::Suite;
use crate::task::{Operation, Role};

/// Adds the tasks.
pub(crate) fn add(suite: &mut Suite) {
    let name = (NAME, Role::Cognate);
    suite.decode(Operation::DecodeBorrowed, name, protobuf::from_slice::<LogsView<'static>>, |value, logs| {
        value == LogList::view(logs)
    });
    suite.decode(Operation::DecodeOwned, name, protobuf::from_slice::<LogsOwn>, |value, logs| {
        value == LogList::own(logs)
    });
    suite.encode(name, LogList::own(suite.logs), |value, out| {
        protobuf::encode_into(value, out).expect("lengths below 2^31");
    });
}

//! The Thrift column: the same types over Thrift's protocols.

use ::cognate::thrift::Protocol;

use super::log::{LogsOwn, LogsView};
use super::{Counterpart, NAME};
use crate::data::log::LogList;
use crate::messages::Suite;
use crate::task::{Operation, Role};

/// Adds the tasks of a protocol.
pub(crate) fn add<P: Protocol + 'static>(suite: &mut Suite) {
    let name = (NAME, Role::Cognate);
    suite.decode(Operation::DecodeBorrowed, name, P::from_slice::<LogsView<'static>>, |value, logs| {
        value == LogList::view(logs)
    });
    suite.decode(Operation::DecodeOwned, name, P::from_slice::<LogsOwn>, |value, logs| value == LogList::own(logs));
    suite.encode(name, LogList::own(suite.logs), |value, out| {
        P::encode_into(value, out).expect("lengths below 2^31");
    });
}

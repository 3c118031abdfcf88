//! The hand-written column.

use std::convert::Infallible;

use super::{HandWritten, decode_borrowed, decode_owned};
use crate::suite::Suite;
use crate::task::{Operation, Role};

/// Adds the tasks.
pub fn add<D: HandWritten>(suite: &mut Suite<D>) {
    let name = ("hand-written", Role::HandWritten);
    suite.decode(Operation::DecodeBorrowed, name, decode_borrowed::<D>, |value, record| value == D::borrow(record));
    suite.decode(Operation::DecodeOwned, name, decode_owned::<D>, |value, record| value == *record);
    suite.encode(
        name,
        |record| record,
        |value, out| {
            D::write(value, out);
            Ok::<(), Infallible>(())
        },
    );
}

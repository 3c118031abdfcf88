//! Cognate's own column: one file per dataset, with the types as a user writes them.

mod big;
pub mod container;
mod log;
mod num;
pub mod planning;
pub(crate) mod protobuf;
pub mod resolve;
mod small;
pub(crate) mod thrift;

use std::fmt::Debug;

use ::cognate::{Decode, Encode, avro};

use crate::hand::avro::HandWritten;
use crate::suite::Suite;
use crate::task::{Operation, Role};

/// The name in tables.
pub const NAME: &str = "cognate";

/// A dataset with types of Cognate's.
pub trait Counterpart: HandWritten {
    /// The record that owns its text.
    type Own: Debug + PartialEq + Encode + for<'de> Decode<'de>;
    /// The record that borrows its text from the input.
    type View<'a>: Debug + PartialEq + Decode<'a>;

    /// The owning form of a record.
    fn own(record: &Self::Owned) -> Self::Own;

    /// The borrowing form of a record.
    fn view(record: &Self::Owned) -> Self::View<'_>;
}

/// Adds the tasks.
pub fn add<D: Counterpart>(suite: &mut Suite<D>) {
    let name = (NAME, Role::Cognate);
    add_decoders(suite, (Operation::DecodeBorrowed, Operation::DecodeOwned), name);
    suite.encode(name, D::own, avro::encode_into::<D::Own>);
}

/// Adds the plain decoders, borrowed and owned.
fn add_decoders<D: Counterpart>(
    suite: &mut Suite<D>,
    (borrowed, owned): (Operation, Operation),
    name: (&'static str, Role),
) {
    suite.decode(borrowed, name, avro::from_slice::<D::View<'static>>, |value, record| value == D::view(record));
    suite.decode(owned, name, avro::from_slice::<D::Own>, |value, record| value == D::own(record));
}

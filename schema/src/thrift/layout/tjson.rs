//! Values in Thrift's JSON protocol, see `cognate_codec::thrift::json`.

mod read;
mod write;

use cognate_codec::thrift::{Binary, Kind};

use super::decode::kind;
use crate::thrift::Type;

/// The kind of a type; single precision is written as double.
fn kind_of(ty: Type) -> Kind {
    kind::<Binary>(ty)
}

//! Thrift's protocols: random structs and values, a judge to ask about them, and Cognate beside it.

mod asked;
pub mod deviations;
mod model;
mod narrow;
mod ours;
mod random;
pub mod versions;

pub use self::asked::{Message, Order, ThriftJudge, WireProtocol};
pub use self::model::{Enum, Field, Model, Need, Struct, StructKind, Type};
pub use self::narrow::narrowed;
pub use self::ours::{Ours, from_neutral, to_neutral};
pub use self::random::{model, value};

//! Golden vectors and tests against the reference implementations.
//!
//! Every implementation of Avro, the outside judges as well as our own, stands behind one trait,
//! [`AvroImplementation`], and speaks of values in one neutral JSON form (`judges/PROTOCOL.md`). The golden vectors
//! ([`golden`]), the random schemas and values ([`generate`]) and the comparisons ([`agreement`]) know nothing else.
//!
//! Of two schemas, one reading what the other wrote, [`verdicts`] compares what is said beforehand, and [`readings`] what comes
//! out, each with a list of the known differences.
//!
//! [`thrift`] has the same for Thrift's protocols: random structs and values, a judge, and our own side of it.

pub mod agreement;
pub mod deviations;
pub mod generate;
pub mod golden;
mod implementation;
mod judge;
mod ours;
pub mod readings;
mod shape;
pub mod thrift;
pub mod verdicts;

pub use crate::implementation::{
    Algorithm, Answer, AvroImplementation, Container, ContainerContents, Decoded, Refusal, RefusalKind, serve,
};
pub use crate::judge::{Judge, Library, judge_or_skip, node_or_skip, python_or_skip, skip, skip_optional};
pub use crate::ours::{Cognate, from_neutral, to_neutral};
pub use crate::shape::{Node, NodeId, Shape};

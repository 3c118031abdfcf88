//! Cognate beside its peers and beside code written by hand, measured in one run.
//!
//! [`data`] holds the datasets, [`hand`] the bounds, [`peers`] the other libraries and `cognate` (a feature) the project's
//! own side. Each yields [`Task`]s; [`measure`] times them through criterion in interleaved rounds, and [`table`] prints
//! the ratios with the targets. What every contender produces is compared before any of it is timed.

pub mod avro;
#[cfg(feature = "cognate")]
pub mod cognate;
pub mod container;
pub mod data;
pub mod hand;
pub mod measure;
pub mod messages;
pub mod peers;
pub mod protobuf;
pub mod rng;
pub mod suite;
pub mod table;
pub mod task;
pub mod thrift;

pub use task::{Operation, Role, Task};

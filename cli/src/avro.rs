//! What the commands do for Avro.

mod blocks;
pub(crate) mod check;
pub(crate) mod compat;
mod container;
pub(crate) mod decode;
pub(crate) mod encode;
mod fates;
mod faults;
mod frames;
mod header;
pub(crate) mod load;
mod printer;
pub(crate) mod resolve;
pub(crate) mod sample;
mod writer;

use cognate_schema::avro::resolve::UnionOrder;
use cognate_schema::avro::{ReadPlan, Schema};

/// How a writer's data is read with the reader's schema, if there is one. Where the two do not fit, only data that comes there
/// fails.
fn read_plan(writer: &Schema, reader: Option<&Schema>) -> ReadPlan {
    ReadPlan::new(writer, reader.unwrap_or(writer), UnionOrder::default())
}

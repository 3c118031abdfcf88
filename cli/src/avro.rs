//! What the commands do for Avro.

pub(crate) mod check;
pub(crate) mod compat;
pub(crate) mod compile;
mod container;
pub(crate) mod decode;
pub(crate) mod encode;
mod fates;
mod faults;
mod frames;
mod header;
mod json_lines;
pub(crate) mod load;
mod printer;
mod reading;
pub(crate) mod resolve;
pub(crate) mod sample;
mod writer;

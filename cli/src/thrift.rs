//! What the commands do for Thrift.

pub(crate) mod check;
mod data;
pub(crate) mod decode;
pub(crate) mod encode;
mod load;
pub(crate) mod sample;

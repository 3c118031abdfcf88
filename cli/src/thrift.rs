//! What the commands do for Thrift.

pub(crate) mod check;
pub(crate) mod compat;
mod data;
pub(crate) mod decode;
pub(crate) mod encode;
pub(crate) mod load;
mod messages;
pub(crate) mod resolve;
pub(crate) mod sample;
mod start;

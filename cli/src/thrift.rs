//! What the commands do for Thrift.

pub(crate) mod check;
mod load;

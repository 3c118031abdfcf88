//! Values one after another in a stream, with or without something before each.

mod length;
mod read;
mod write;

pub(crate) use length::Length;
pub(crate) use read::{Extent, Fault, Printed, Values, print};
pub(crate) use write::{Frames, value_fault, write};

//! The two ends of every wire: a bounded [`Cursor`] over input bytes and a [`Buffer`] for output bytes.
//!
//! This is the one module of the project that holds `unsafe` code. What it gains, each measured in `bench/`: the cursor
//! keeps one moving pointer instead of a pointer and a length, and reads words without a second bounds check; the buffer
//! writes varints and short strings without a capacity check per byte.

#![allow(unsafe_code, reason = "the one module that may; each use carries its proof")]

mod buffer;
mod cursor;
mod text;

pub use buffer::Buffer;
pub use cursor::{Cursor, End, Mark};

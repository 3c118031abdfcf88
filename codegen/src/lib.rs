//! Rust source from schemas, and the emitter that derive shares.

pub mod emit;

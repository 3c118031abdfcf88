//! How Rust's own types stand in the descriptors and the formats.

mod collections;
mod optional;
mod scalars;
mod text;

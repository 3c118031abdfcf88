//! How Rust's own types stand in the descriptors and the formats.

mod collections;
mod entries;
mod logical;
mod optional;
mod scalars;
mod text;

pub use entries::Entries;
pub use logical::CalendarDuration;

//! Compatibility: cases as data files, the rules' examples, and random pairs of schemas.

mod cases;
mod examples;
mod fixes;
mod pairs;
mod properties;
mod surfaces;
mod warnings;
mod witnesses;

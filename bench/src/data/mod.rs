//! The datasets: their Avro schemas, their Rust types, and their records.
//!
//! A record type is generic over its text (`String` or `&str`), so that the owned and the borrowed form have one definition.

pub mod big;
pub mod log;
pub mod num;
pub mod small;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::{Deserialize, DeserializeOwned};

/// How many records each dataset has: more than a branch predictor can learn by heart.
pub const RECORDS: usize = 10_000;

/// One dataset.
pub trait Dataset: 'static {
    /// The name in tables and bench ids.
    const NAME: &'static str;
    /// The Avro schema of [`Self::Owned`], as JSON.
    const SCHEMA: &'static str;
    /// The record that owns its text.
    type Owned: Debug + PartialEq + Serialize + DeserializeOwned;
    /// The record that borrows its text from the input.
    type Borrowed<'a>: Debug + PartialEq + Deserialize<'a>;

    /// The records that every contender encodes and decodes. The same at every call.
    fn records() -> Vec<Self::Owned>;

    /// The borrowed form of a record.
    fn borrow(record: &Self::Owned) -> Self::Borrowed<'_>;

    /// How many records a value counts for: more than 1 where the dataset is one long list.
    fn units(_record: &Self::Owned) -> usize {
        1
    }
}

/// A record's text: `String` or `&'a str`.
pub trait Text<'a>: From<&'a str> + AsRef<str> {}

impl<'a, S: From<&'a str> + AsRef<str>> Text<'a> for S {}

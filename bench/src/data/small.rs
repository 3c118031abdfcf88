//! `small`: a record of one string.

use serde::{Deserialize, Serialize};

use super::Dataset;
use crate::rng::Rng;

/// The dataset.
#[derive(Debug)]
pub enum Small {}

/// Its record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Test")]
pub struct SmallRecord<S> {
    /// Three to twelve letters.
    pub field: S,
}

impl Dataset for Small {
    const NAME: &'static str = "small";
    const SCHEMA: &'static str =
        r#"{"type": "record", "name": "Test", "fields": [{"name": "field", "type": "string"}]}"#;
    type Owned = SmallRecord<String>;
    type Borrowed<'a> = SmallRecord<&'a str>;

    fn records() -> Vec<Self::Owned> {
        let mut rng = Rng::new(1);
        (0..super::RECORDS).map(|_| SmallRecord { field: rng.word(3, 12) }).collect()
    }

    fn borrow(record: &Self::Owned) -> Self::Borrowed<'_> {
        SmallRecord { field: &record.field }
    }
}

//! The types of `thrift/mixed.thrift`.

use std::collections::{BTreeMap, BTreeSet};

use thrift::OrderedFloat;
use uuid::Uuid;

use super::{enums, structs};

enums! {
    enum Level;
}

structs! {
    struct Place {
        1: required latitude: OrderedFloat<f64>,
        2: required longitude: OrderedFloat<f64>,
        3: optional label: String,
    }

    struct Mixed {
        1: optional active: bool,
        2: required channel: i8,
        3: required port: i16,
        4: required attempts: i32,
        5: required created_at: i64,
        6: required ratio: OrderedFloat<f64>,
        7: required name: String,
        8: required note: String,
        9: required payload: Vec<u8>,
        10: required id: Uuid,
        11: required level: Level,
        12: required origin: Place,
        13: required counts: Vec<i32>,
        14: required tags: Vec<String>,
        15: required peers: BTreeSet<i64>,
        16: required weights: BTreeMap<String, i32>,
        17: optional expires_at: i64,
        18: optional pinned: bool,
        19: optional comment: String,
        20: optional stops: Vec<Place>,
    }
}

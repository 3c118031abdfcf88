use std::collections::{BTreeMap, HashSet};

use cognate::Cognate;

#[derive(Cognate)]
struct Types<'a> {
    #[cognate(logical = "date")]
    date: String,
    #[cognate(logical = "timestamp-millis")]
    time: Vec<Option<i32>>,
    #[cognate(logical = "duration")]
    duration: Vec<u8>,
    #[cognate(logical = "big-decimal", fixed = "Amount")]
    amount: [u8; 8],
    #[cognate(null = "last")]
    null: i32,
    #[cognate(integers = "zigzag")]
    unsigned: Vec<u32>,
    #[cognate(integers = "fixed")]
    text: &'a str,
    #[cognate(key_integers = "fixed")]
    set: HashSet<i32>,
    #[cognate(packed = false)]
    map: BTreeMap<i32, i32>,
    #[cognate(fixed = "Digest")]
    bytes: Vec<u8>,
    #[cognate(fixed = "Digest")]
    unknown_size: Id,
    #[cognate(fixed("Digest", 4))]
    known_size: [u8; 4],
    #[cognate(number = 1, required)]
    required: Option<i32>,
    #[cognate(number = 2, presence = "implicit")]
    implicit: Option<i32>,
}

#[derive(Cognate)]
struct Id(#[cognate(logical = "uuid")] i64);

fn main() {}

//! A derived type with a field of every shape that both Avro and Protobuf have.

use std::{borrow::Cow, collections::BTreeMap};

use cognate::Cognate;

#[derive(Cognate, Clone, Debug, PartialEq)]
pub struct Shapes<'a> {
    #[cognate(number = 1)]
    flag: bool,
    #[cognate(number = 2)]
    small: i8,
    #[cognate(number = 3, integers = "zigzag")]
    int: i32,
    #[cognate(number = 4, integers = "fixed")]
    long: i64,
    #[cognate(number = 5)]
    unsigned: u32,
    #[cognate(number = 6, required)]
    huge: u64,
    #[cognate(number = 7)]
    single: f32,
    #[cognate(number = 8, presence = "implicit")]
    double: f64,
    #[cognate(number = 9)]
    text: &'a str,
    #[cognate(number = 10)]
    data: Cow<'a, [u8]>,
    #[cognate(number = 11, optional, default = "\"abcd\"")]
    fixed: [u8; 4],
    #[cognate(number = 12)]
    maybe: Option<i64>,
    #[cognate(number = 13)]
    open: Open,
    #[cognate(number = 14)]
    closed: Option<Closed>,
    #[cognate(number = 15)]
    packed: Vec<i64>,
    #[cognate(number = 16, packed = false, integers = "fixed")]
    loose: Vec<u32>,
    #[cognate(number = 17)]
    words: Vec<String>,
    #[cognate(number = 18)]
    symbols: Vec<Open>,
    #[cognate(number = 19)]
    counts: BTreeMap<String, f32>,
    choice: Choice<'a>,
    #[cognate(number = 2047)]
    items: Vec<Shapes<'a>>,
    #[cognate(number = 2048)]
    next: Option<Box<Shapes<'a>>>,
    #[cognate(number = 536_870_911)]
    entries: BTreeMap<&'a str, Shapes<'a>>,
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq)]
pub enum Open {
    Zero,
    #[cognate(number = 7)]
    Seven,
    #[cognate(unknown)]
    Unknown(i32),
}

#[derive(Cognate, Clone, Copy, Debug, PartialEq)]
pub enum Closed {
    Negative = -1,
    Zero,
}

#[derive(Cognate, Clone, Debug, PartialEq)]
pub enum Choice<'a> {
    Unset,
    #[cognate(number = 20)]
    Text(&'a str),
    #[cognate(number = 21, integers = "zigzag")]
    Number(i32),
    #[cognate(number = 22)]
    Shapes(Box<Shapes<'a>>),
}

use std::collections::BTreeMap;

use cognate::Cognate;

#[derive(Cognate)]
struct Defaults {
    #[cognate(default = "{")]
    not_json: i32,
    #[cognate(default = 'c')]
    no_literal: String,
    #[cognate(default = 300)]
    too_large: u8,
    #[cognate(default = -1)]
    negative: u64,
    #[cognate(default = 1.5)]
    fraction: i32,
    #[cognate(default = "1e400")]
    infinite: f64,
    #[cognate(default = true)]
    flag: String,
    #[cognate(default = "[1, \"a\"]")]
    list: Vec<i32>,
    #[cognate(default = "{\"a\": null}")]
    map: BTreeMap<String, bool>,
    #[cognate(default = "\"\\u0100\"")]
    bytes: Vec<u8>,
    #[cognate(default = "1")]
    option: Option<String>,
    #[cognate(default)]
    unknown_zero: Inner,
    #[cognate(default)]
    fixed: [u8; 4],
}

#[derive(Cognate)]
struct Inner {}

fn main() {}

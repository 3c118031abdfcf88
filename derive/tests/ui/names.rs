use cognate::{Cognate, UnknownFields};

#[derive(Cognate)]
struct Fields<'a> {
    #[cognate(number = 1)]
    first: i32,
    #[cognate(number = 1, name = "first")]
    second: i32,
    größe: i32,
    #[cognate(unknown)]
    rest: UnknownFields<'a>,
    #[cognate(unknown, skip)]
    again: UnknownFields<'a>,
}

#[derive(Cognate, Clone, Copy)]
#[cognate(rename_all = "UPPERCASE", transparent)]
enum Symbols {
    #[cognate(default, number = 1 << 3)]
    A,
    #[cognate(default = 1, name = "A")]
    Again,
    #[cognate(name = "A-B")]
    B,
    #[cognate(unknown)]
    Unknown(i64),
    #[cognate(unknown)]
    Other(i32),
}

#[derive(Cognate, Clone, Copy)]
enum Numbers {
    A = 1 + 1,
    B = 2147483647,
    C,
}

#[derive(Cognate)]
enum Arms {
    #[cognate(number = 3)]
    One(i32),
    #[cognate(number = 3, name = "one")]
    Two(i64),
}

fn main() {}

use cognate::Cognate;

#[derive(Cognate)]
#[cognate(nmae = "User", rename_all = "kebab-case", namespace = "a..b", order = "ignore")]
#[cognate(name = "1st", name = "Second")]
struct Container {
    #[cognate(number = 536870912, logical = "dat", order = "down")]
    values: i32,
    #[cognate(number = 600_000_000, presence = "always", null = "middle")]
    other: i32,
    #[cognate(decimal(0, 2))]
    no_digits: Vec<u8>,
    #[cognate(decimal(2, 3))]
    few_digits: Vec<u8>,
    #[cognate(decimal(4), fixed("1a", 3))]
    fixed: Vec<u8>,
    #[cognate(required, optional)]
    twice: i32,
    #[cognate(number = "one")]
    text: i32,
    #[cognate]
    nothing: i32,
    #[cognate(name = "a.b", alias = "anything goes", aliases("x", "y"))]
    dotted: i32,
}

fn main() {}

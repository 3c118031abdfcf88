use cognate::Cognate;

#[derive(Cognate)]
struct Pair(i32, i32);

#[derive(Cognate)]
#[cognate(transparent)]
struct Both {
    a: i32,
    b: i32,
}

#[derive(Cognate)]
#[cognate(name = "UserId", alias = "Id")]
struct Named(#[cognate(number = 1)] i64);

#[derive(Cognate)]
enum Never {}

#[derive(Cognate)]
enum Arms {
    Null,
    Nil,
    Two(i32, i32),
    Fields { a: i32 },
    #[cognate(packed = false)]
    Attribute(i32),
    #[cognate(null = "first")]
    NoOption(i32),
}

#[derive(Cognate)]
union Untagged {
    a: i32,
    b: f32,
}

fn main() {}

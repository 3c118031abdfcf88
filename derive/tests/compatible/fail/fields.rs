use cognate::Cognate;

#[derive(Cognate)]
#[cognate(namespace = "example", compatible_with = "schemas/user.avsc")]
struct User {
    name: String,
    age: i64,
    /// No default.
    country: String,
    /// Null is there no more.
    mail: String,
    id: Vec<String>,
    joined: bool,
    #[cognate(decimal(10, 4))]
    balance: Vec<u8>,
    #[cognate(fixed = "Key")]
    key: [u8; 8],
    count: i32,
}

#[derive(Cognate)]
#[cognate(name = "example.User", compatible_with = "schemas/user.avsc")]
struct Renamed {
    /// It was `mail`, and has no alias.
    email: Option<String>,
}

fn main() {}

use cognate::Cognate;

#[derive(Cognate)]
struct Address {
    street: String,
}

#[derive(Cognate)]
struct Kind(bool);

#[derive(Cognate)]
enum Payment {
    None,
    Address(Address),
    Number(i64),
}

#[derive(Cognate)]
#[cognate(namespace = "example", compatible_with = "schemas/user.avsc")]
struct User {
    name: Kind,
    home: Option<Box<Address>>,
    payment: Payment,
}

#[derive(Cognate)]
#[cognate(name = "example.Address", compatible_with = "schemas/user.avsc")]
struct Generic<T> {
    street: T,
}

fn main() {}

use cognate::Cognate;

#[derive(Cognate)]
#[cognate(compatible_with = "schemas/none.avsc")]
struct Missing {}

#[derive(Cognate)]
#[cognate(compatible_with = "schemas/invalid.avsc")]
struct Invalid {}

#[derive(Cognate)]
#[cognate(compatible_with = "schemas/user.avsc#/fields/99/type")]
struct Nowhere {}

#[derive(Cognate)]
#[cognate(compatible_with = "schemas/user.avsc")]
struct Unknown {}

fn main() {}

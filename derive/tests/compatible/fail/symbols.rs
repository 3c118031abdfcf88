use cognate::Cognate;

#[derive(Cognate, Clone, Copy)]
#[cognate(compatible_with = "schemas/user.avsc")]
enum Level {
    #[cognate(name = "LOW")]
    Low,
}

fn main() {}

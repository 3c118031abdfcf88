//! Names in schemas.

use heck::{ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::Ident;
use syn::ext::IdentExt;

/// A way to write names that `rename_all` asks for.
#[derive(Clone, Copy)]
pub(crate) enum Case {
    Lower,
    Upper,
    Pascal,
    Camel,
    Snake,
    ScreamingSnake,
}

impl Case {
    /// The words that stand for the cases, each written in its own way.
    pub(crate) const WORDS: &[(&str, Self)] = &[
        ("lowercase", Self::Lower),
        ("UPPERCASE", Self::Upper),
        ("PascalCase", Self::Pascal),
        ("camelCase", Self::Camel),
        ("snake_case", Self::Snake),
        ("SCREAMING_SNAKE_CASE", Self::ScreamingSnake),
    ];

    pub(crate) fn apply(self, name: &str) -> String {
        match self {
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
            Self::Pascal => name.to_pascal_case(),
            Self::Camel => name.to_lower_camel_case(),
            Self::Snake => name.to_snake_case(),
            Self::ScreamingSnake => name.to_shouty_snake_case(),
        }
    }
}

/// The name that an identifier gives, without `r#`.
pub(crate) fn of(ident: &Ident, case: Option<Case>) -> String {
    let name = ident.unraw().to_string();
    case.map_or(name.clone(), |case| case.apply(&name))
}

/// Whether Avro, Protobuf and Thrift all allow the simple name (Avro 1.12, "Names").
pub(crate) fn is_simple(name: &str) -> bool {
    name.starts_with(|first: char| first == '_' || first.is_ascii_alphabetic())
        && name.chars().all(|each| each == '_' || each.is_ascii_alphanumeric())
}

/// Whether the name is one or more simple names with dots between them.
pub(crate) fn is_dotted(name: &str) -> bool {
    name.split('.').all(is_simple)
}

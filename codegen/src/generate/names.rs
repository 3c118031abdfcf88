//! From the names of schemas to identifiers of Rust.

use std::collections::HashSet;

use heck::{ToPascalCase, ToSnakeCase};
use proc_macro2::{Ident, Span};

/// Words that are no identifiers (Rust reference, "Keywords"), up to edition 2024.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that stay keywords behind `r#`.
const NEVER_RAW: &[&str] = &["self", "super", "crate", "Self"];

/// Types that generated code means when it writes their names.
const TAKEN_TYPES: &[&str] = &["Box", "Default", "Option", "String", "Vec", "Self"];

/// Names that share a scope: types of a module, fields of a record, arms of a union.
#[derive(Debug, Default)]
pub(super) struct Scope(HashSet<String>);

impl Scope {
    /// A scope of types, in which the names that generated code relies on are taken.
    pub(super) fn of_types() -> Self {
        Self(TAKEN_TYPES.iter().map(|&name| name.to_owned()).collect())
    }

    /// The name itself, or with the lowest number behind it that makes it unique.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        let mut number = 2;
        while !self.0.insert(unique.clone()) {
            // A digit before the number would run together with it.
            let separator = if name.ends_with(|last: char| last.is_ascii_digit()) { "_" } else { "" };
            unique = format!("{name}{separator}{number}");
            number += 1;
        }
        unique
    }
}

/// `userProfile` to `UserProfile`. A name that is in this case already stays as it is: `HTTPServer`.
pub(super) fn pascal(name: &str) -> String {
    let name = allowed(name);
    let in_case = name.starts_with(char::is_uppercase)
        && name.contains(char::is_lowercase)
        && name.chars().all(char::is_alphanumeric);
    fallback(if in_case { name } else { name.to_pascal_case() }, "Unnamed")
}

/// `userName` to `user_name`.
pub(super) fn snake(name: &str) -> String {
    fallback(allowed(name).to_snake_case(), "unnamed")
}

/// The name of a module and of its file: in snake case, and neither a word that is no identifier at all nor that of the file
/// around (`mod.rs`).
pub(super) fn module(name: &str) -> String {
    let name = snake(name);
    if NEVER_RAW.contains(&name.as_str()) || name == "mod" { format!("{name}_") } else { name }
}

/// An identifier, raw where it has to be.
pub(super) fn ident(name: &str) -> Ident {
    if NEVER_RAW.contains(&name) {
        Ident::new(&format!("{name}_"), Span::call_site())
    } else if KEYWORDS.contains(&name) {
        Ident::new_raw(name, Span::call_site())
    } else {
        Ident::new(name, Span::call_site())
    }
}

/// The name with what no identifier has replaced by underscores; lenient schemas have such names.
fn allowed(name: &str) -> String {
    name.chars().map(|each| if each.is_alphanumeric() && is_in_identifiers(each) { each } else { '_' }).collect()
}

/// Whether the letter or digit may stand in an identifier: some of Unicode's numbers may not.
fn is_in_identifiers(each: char) -> bool {
    each.is_ascii() || syn::parse_str::<Ident>(&format!("a{each}")).is_ok()
}

fn fallback(name: String, otherwise: &str) -> String {
    match name.chars().next() {
        None => otherwise.to_owned(),
        Some(first) if first.is_ascii_digit() || syn::parse_str::<Ident>(&format!("{first}a")).is_err() => {
            format!("_{name}")
        }
        Some(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        let cases = [
            ("user", "User", "user"),
            ("userName", "UserName", "user_name"),
            ("HTTPServer", "HTTPServer", "http_server"),
            ("VISA", "Visa", "visa"),
            ("NOT_FOUND", "NotFound", "not_found"),
            ("last4", "Last4", "last4"),
            ("_id", "Id", "id"),
            ("_1", "_1", "_1"),
            ("__", "Unnamed", "unnamed"),
            ("größe", "Größe", "größe"),
            ("a-b.c", "ABC", "a_b_c"),
            ("½", "Unnamed", "unnamed"),
            ("名前", "名前", "名前"),
        ];
        for (name, types, fields) in cases {
            assert_eq!((pascal(name).as_str(), snake(name).as_str()), (types, fields), "{name}");
            let _ = (ident(&pascal(name)), ident(&snake(name)));
        }
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(["self", "Mod", "type", "aB"].map(module), ["self_", "mod_", "type", "a_b"]);
        let mut scope = Scope::of_types();
        let unique: Vec<String> = ["A", "A", "A", "A2", "Option", "B1", "B1"].map(|name| scope.unique(name)).into();
        assert_eq!(unique, ["A", "A2", "A3", "A2_2", "Option2", "B1", "B1_2"]);
    }
}

//! Full names, specification section "Names".

use std::fmt;
use std::sync::Arc;

/// The full name of a record, enum or fixed: a name in a namespace. Cheap to clone.
///
/// Names are equal, hash and sort as the text of the full name.
#[derive(Clone)]
pub struct Name {
    full: Arc<str>,
    /// Where the simple name starts in `full`.
    simple: usize,
}

impl Name {
    /// A name from the text of a full name: what stands before the last dot is the namespace. A leading dot stands for
    /// the null namespace.
    pub fn new(full: &str) -> Self {
        match full.rfind('.') {
            Some(0) => Self { full: full.trim_start_matches('.').into(), simple: 0 },
            Some(dot) => Self { full: full.into(), simple: dot + 1 },
            None => Self { full: full.into(), simple: 0 },
        }
    }

    /// A name as it is written in a place whose namespace is given: a text with a dot is a full name, any other belongs
    /// to that namespace.
    pub fn resolve(text: &str, namespace: Option<&str>) -> Self {
        match namespace {
            Some(namespace) if !text.contains('.') && !namespace.is_empty() => {
                Self { full: format!("{namespace}.{text}").into(), simple: namespace.len() + 1 }
            }
            _ => Self::new(text),
        }
    }

    /// The full name: namespace, dot and simple name, or only the simple name in the null namespace.
    pub fn full(&self) -> &str {
        &self.full
    }

    /// The name without its namespace.
    pub fn simple(&self) -> &str {
        self.full.get(self.simple..).unwrap_or_default()
    }

    /// The namespace, `None` for the null namespace.
    pub fn namespace(&self) -> Option<&str> {
        self.full.get(..self.simple.checked_sub(1)?)
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.full == other.full
    }
}

impl Eq for Name {}

impl std::hash::Hash for Name {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.full.hash(state);
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.full.cmp(&other.full)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.full)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.full, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_resolve_as_the_specification_says() {
        let cases = [
            ("X", None, "X", None),
            ("X", Some("a.b"), "a.b.X", Some("a.b")),
            ("X", Some(""), "X", None),
            ("c.X", Some("a.b"), "c.X", Some("c")),
            (".X", Some("a.b"), "X", None),
        ];
        for (text, namespace, full, expected) in cases {
            let name = Name::resolve(text, namespace);
            assert_eq!(
                (name.full(), name.simple(), name.namespace()),
                (full, "X", expected),
                "{text} in {namespace:?}"
            );
        }
    }
}

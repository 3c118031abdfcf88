//! Rules as data.

use crate::compat::{Directions, Surface, avro, thrift};
use crate::diagnostic::{self, Severity};

/// A kind of change that breaks readers or alters what they understand.
#[derive(Debug)]
#[non_exhaustive]
pub struct Rule {
    /// The identifier, the severity, the title and the reference.
    pub kind: diagnostic::Rule,
    /// The directions that such a change can break; none for a warning.
    pub can_break: Directions,
    /// What such a change breaks, or alters the meaning of.
    pub surfaces: &'static [Surface],
    /// What happens and why, in a few sentences.
    pub explanation: &'static str,
    /// A change that the rule is about.
    pub example: Example,
}

/// A change of a schema.
#[derive(Debug)]
#[non_exhaustive]
pub struct Example {
    /// The schema before.
    pub old: &'static str,
    /// The schema after.
    pub new: &'static str,
    /// The directions that the change breaks.
    pub breaks: Directions,
}

impl Rule {
    /// The stable identifier, such as `avro/type-mismatch`.
    pub fn id(&self) -> &'static str {
        self.kind.id
    }

    /// What the change is, without a capital and a full stop.
    pub fn title(&self) -> &'static str {
        self.kind.title
    }

    /// Where the rule comes from.
    pub fn reference(&self) -> &'static str {
        self.kind.reference
    }

    /// Whether the change breaks readers (an error), or alters what they understand (a warning).
    pub fn severity(&self) -> Severity {
        self.kind.severity
    }
}

pub(super) const WIRE: &[Surface] = &[Surface::Wire];
pub(super) const DATA: &[Surface] = &[Surface::Wire, Surface::Json];
pub(super) const JSON: &[Surface] = &[Surface::Json];
pub(super) const SOURCE: &[Surface] = &[Surface::Source];

/// The rules of a language, and the table of them.
macro_rules! table {
    ($language:literal, $of:literal; $($(#[$doc:meta])* $name:ident = $severity:ident $id:literal, $title:literal,
        $reference:literal, $can_break:ident, $surfaces:expr, $explanation:literal,
        $old:literal => $new:literal $breaks:ident;)*) => {
        $($(#[$doc])* pub static $name: $crate::compat::Rule = $crate::compat::Rule {
            kind: $crate::diagnostic::Rule {
                id: concat!($language, "/", $id),
                severity: $crate::diagnostic::Severity::$severity,
                title: $title,
                reference: $reference,
            },
            can_break: $crate::compat::Directions::$can_break,
            surfaces: $surfaces,
            explanation: $explanation,
            example: $crate::compat::Example {
                old: $old,
                new: $new,
                breaks: $crate::compat::Directions::$breaks,
            },
        };)*

        #[doc = concat!("The rules of ", $of, ".")]
        pub static RULES: &[&$crate::compat::Rule] = &[$(&$name),*];
    };
}
pub(super) use table;

/// The rules of all languages.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    avro::RULES.iter().chain(thrift::RULES).copied()
}

/// The rule with an identifier.
pub fn rule(id: &str) -> Option<&'static Rule> {
    rules().find(|rule| rule.id() == id)
}

//! What is wrong with a text, as data.
//!
//! A [`Diagnostic`] names its [`Rule`], says what is wrong in one sentence and points at the places with [`Label`]s. Each
//! label carries its own source file, so that one diagnostic can point into two schemas that were loaded apart.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::source::{Position, SourceFile, Span};

/// A kind of problem. Rules are statics; each language lists its own.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    /// The stable identifier, such as `avro/unknown-type`.
    pub id: &'static str,
    /// How bad it is unless options say otherwise.
    pub severity: Severity,
    /// What the rule forbids, without a capital and a full stop.
    pub title: &'static str,
    /// Where the rule comes from: the section of a specification, or "a limit of Cognate".
    pub reference: &'static str,
}

/// Defines the rules of a language as statics, and the list of them all.
macro_rules! rules {
    ($(#[$all:meta])* $language:literal: $($(#[$doc:meta])* $name:ident = $severity:ident $id:literal, $title:literal, $reference:literal;)*) => {
        $($(#[$doc])* pub static $name: $crate::diagnostic::Rule = $crate::diagnostic::Rule {
            id: concat!($language, "/", $id),
            severity: $crate::diagnostic::Severity::$severity,
            title: $title,
            reference: $reference,
        };)*

        $(#[$all])*
        pub static ALL: &[&$crate::diagnostic::Rule] = &[$(&$name),*];
    };
}
pub(crate) use rules;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The schema is valid, but hardly what was meant, or refused by other implementations.
    Warning,
    /// The schema is invalid.
    Error,
}

/// One problem.
#[derive(Debug, Clone)]
#[must_use]
pub struct Diagnostic {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// The severity in this case.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// The places; the first primary one is where the problem is.
    pub labels: Vec<Label>,
    /// Further facts: why it is wrong, what is allowed.
    pub notes: Vec<String>,
    /// Changes of the text that would put it right.
    pub suggestions: Vec<Suggestion>,
}

/// A place in a source text, with what there is to say about it.
#[derive(Debug, Clone)]
pub struct Label {
    /// The text.
    pub source: Arc<SourceFile>,
    /// The bytes in it.
    pub span: Span,
    /// Whether the place is where the problem is or only explains it.
    pub kind: LabelKind,
    /// What is there; may be empty on a primary label, for which the diagnostic's message speaks.
    pub message: String,
}

/// The part that a label plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelKind {
    /// Where the problem is.
    Primary,
    /// What explains the problem, such as "first defined here".
    Secondary,
}

/// A change that would solve the problem.
#[derive(Debug, Clone, Serialize)]
pub struct Suggestion {
    /// What the change does, as an imperative sentence without a full stop.
    pub message: String,
    /// The edits, which are made together.
    pub edits: Vec<Edit>,
}

/// The replacement of a range of bytes by a text.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The text to change.
    pub source: Arc<SourceFile>,
    /// The bytes to replace; an empty span inserts.
    pub span: Span,
    /// What takes their place.
    pub replacement: String,
}

/// The problems of a text, at least one of them an error. What the functions that parse return as their error.
#[derive(Clone, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostic {
    /// A problem with the severity of its rule and nothing to point at yet.
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            message: printable(message.into()),
            labels: Vec::new(),
            notes: Vec::new(),
            suggestions: Vec::new(),
        }
    }

    /// Adds the place where the problem is.
    pub fn primary(self, source: &Arc<SourceFile>, span: Span, message: impl Into<String>) -> Self {
        self.label(source, span, LabelKind::Primary, message.into())
    }

    /// Adds a place that explains the problem.
    pub fn secondary(self, source: &Arc<SourceFile>, span: Span, message: impl Into<String>) -> Self {
        self.label(source, span, LabelKind::Secondary, message.into())
    }

    /// Adds a further fact.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(printable(note.into()));
        self
    }

    /// Adds a change of one place that would solve the problem.
    pub fn suggest(
        mut self,
        source: &Arc<SourceFile>,
        span: Span,
        message: impl Into<String>,
        replacement: impl Into<String>,
    ) -> Self {
        let edits = vec![Edit { source: Arc::clone(source), span, replacement: replacement.into() }];
        self.suggestions.push(Suggestion { message: printable(message.into()), edits });
        self
    }

    /// The same problem with another severity.
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// Whether the problem makes the schema invalid.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Where the problem is: the first primary label, or the first label, or nothing for a problem without a place.
    pub fn place(&self) -> Option<&Label> {
        self.labels.iter().find(|label| label.kind == LabelKind::Primary).or(self.labels.first())
    }

    fn label(mut self, source: &Arc<SourceFile>, span: Span, kind: LabelKind, message: String) -> Self {
        self.labels.push(Label { source: Arc::clone(source), span, kind, message: printable(message) });
        self
    }
}

impl Label {
    /// Where the label starts.
    pub fn start(&self) -> Position {
        self.source.position(self.span.start as usize)
    }

    /// Where the label ends: the place after its last character.
    pub fn end(&self) -> Position {
        self.source.position(self.span.end as usize)
    }
}

impl Diagnostics {
    /// The problems in the order of the files and the places in them.
    pub fn as_slice(&self) -> &[Diagnostic] {
        &self.0
    }

    /// The problems that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter().filter(|diagnostic| diagnostic.is_error())
    }
}

impl From<Vec<Diagnostic>> for Diagnostics {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self(diagnostics)
    }
}

impl From<Diagnostics> for Vec<Diagnostic> {
    fn from(diagnostics: Diagnostics) -> Self {
        diagnostics.0
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl std::error::Error for Diagnostics {}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(label) = self.place() {
            let Position { line, column } = label.start();
            write!(f, "{}:{line}:{column}: ", label.source.path())?;
        }
        write!(f, "{}[{}]: {}", self.severity, self.rule.id, self.message)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Diagnostic", 10)?;
        out.serialize_field("rule", self.rule.id)?;
        out.serialize_field("severity", &self.severity)?;
        out.serialize_field("message", &self.message)?;
        if let Some(label) = self.place() {
            let (start, end) = (label.start(), label.end());
            out.serialize_field("line", &start.line)?;
            out.serialize_field("column", &start.column)?;
            out.serialize_field("end_line", &end.line)?;
            out.serialize_field("end_column", &end.column)?;
        }
        out.serialize_field("labels", &self.labels)?;
        out.serialize_field("notes", &self.notes)?;
        out.serialize_field("suggestions", &self.suggestions)?;
        out.end()
    }
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Label", 7)?;
        out.serialize_field("kind", &self.kind)?;
        out.serialize_field("message", &self.message)?;
        serialize_place(&mut out, &self.source, self.span)?;
        out.end()
    }
}

impl Serialize for Edit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Edit", 6)?;
        serialize_place(&mut out, &self.source, self.span)?;
        out.serialize_field("replacement", &self.replacement)?;
        out.end()
    }
}

/// Messages quote the text at fault, which must not be able to steer a terminal.
fn printable(message: String) -> String {
    if !message.contains(char::is_control) {
        return message;
    }
    let mut out = String::with_capacity(message.len() + 8);
    for c in message.chars() {
        if c.is_control() { out.extend(c.escape_debug()) } else { out.push(c) }
    }
    out
}

/// Orders by file and place, keeping the order of finding where places are equal.
pub(crate) fn sort(diagnostics: &mut [Diagnostic], sources: &[Arc<SourceFile>]) {
    let by_text: HashMap<_, _> =
        sources.iter().enumerate().rev().map(|(at, source)| (Arc::as_ptr(source), at)).collect();
    let by_path: HashMap<_, _> = sources.iter().enumerate().rev().map(|(at, source)| (source.path(), at)).collect();
    let file = |diagnostic: &Diagnostic| {
        let label = diagnostic.place()?;
        // A file that is not text was replaced; its path still tells where it belongs.
        by_text.get(&Arc::as_ptr(&label.source)).or_else(|| by_path.get(label.source.path())).copied()
    };
    diagnostics.sort_by_cached_key(|diagnostic| (file(diagnostic), diagnostic.place().map(|label| label.span)));
}

fn serialize_place<S: SerializeStruct>(out: &mut S, source: &SourceFile, span: Span) -> Result<(), S::Error> {
    let (start, end) = (source.position(span.start as usize), source.position(span.end as usize));
    out.serialize_field("path", source.path())?;
    out.serialize_field("line", &start.line)?;
    out.serialize_field("column", &start.column)?;
    out.serialize_field("end_line", &end.line)?;
    out.serialize_field("end_column", &end.column)
}

#[cfg(test)]
mod tests {
    use super::*;

    static RULE: Rule = Rule { id: "t/rule", severity: Severity::Error, title: "", reference: "" };

    #[test]
    fn control_characters_are_shown_and_not_sent() {
        let source = SourceFile::new("a", "");
        let diagnostic = Diagnostic::new(&RULE, "x\u{1b}[2J").note("\r").primary(&source, Span::default(), "\u{9b}");
        assert_eq!(diagnostic.message, "x\\u{1b}[2J");
        assert_eq!((&*diagnostic.notes[0], &*diagnostic.labels[0].message), ("\\r", "\\u{9b}"));
    }

    #[test]
    fn serializes_with_places_as_people_count_them() {
        let source = SourceFile::new("a.avsc", "é\n\"x\"");
        let diagnostic = Diagnostic::new(&RULE, "wrong")
            .secondary(&source, Span::new(0, 2), "first")
            .primary(&source, Span::new(3, 6), "")
            .suggest(&source, Span::new(3, 6), "say y", "\"y\"");
        let json = serde_json::to_value(&diagnostic).unwrap();
        assert_eq!(json["rule"], "t/rule");
        assert_eq!((&json["line"], &json["column"]), (&2.into(), &1.into()), "the primary label leads");
        assert_eq!(json["end_column"], 4);
        assert_eq!(json["labels"][0]["end_column"], 2);
        assert_eq!(json["suggestions"][0]["edits"][0]["replacement"], "\"y\"");
    }
}

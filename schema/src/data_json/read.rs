//! What reading JSON as values shares between the languages.

use std::str::FromStr;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{INFINITY, NAN, NEGATIVE_INFINITY};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::json::{self, Keys, Node};
use crate::source::{SourceFile, Span};

/// Reads a value from JSON text by what makes a value of a node; what does not fit is a finding of the rule.
pub(crate) fn read_text<T>(
    source: &Arc<SourceFile>,
    rule: &'static Rule,
    read: impl FnOnce(&Node) -> Read<T>,
) -> Result<T, Diagnostics> {
    read_text_with(source, Keys::Strings, rule, read)
}

/// Reads a value like [`read_text`], and says what keys may be.
pub(crate) fn read_text_with<T>(
    source: &Arc<SourceFile>,
    keys: Keys,
    rule: &'static Rule,
    read: impl FnOnce(&Node) -> Read<T>,
) -> Result<T, Diagnostics> {
    let mut diagnostics = Vec::new();
    match json::parse_with(source, keys, &mut diagnostics) {
        Some(node) if diagnostics.is_empty() => told(source, rule, read(&node)),
        _ => Err(diagnostics.into()),
    }
}

/// What was read of a part of a text, or what is to be said about it.
pub(crate) fn told<T>(source: &Arc<SourceFile>, rule: &'static Rule, read: Read<T>) -> Result<T, Diagnostics> {
    read.map_err(|fault| vec![fault.diagnostic(rule, source)].into())
}

/// What does not fit, where, and the way to it from the inside out.
pub(crate) struct Fault(Box<FaultParts>);

struct FaultParts {
    span: Span,
    message: String,
    steps: Vec<String>,
}

pub(crate) type Read<T> = Result<T, Fault>;

impl Fault {
    pub(crate) fn new(span: Span, message: String) -> Self {
        Self(Box::new(FaultParts { span, message, steps: Vec::new() }))
    }

    pub(crate) fn at(node: &Node, message: String) -> Self {
        Self::new(node.span, message)
    }

    /// The same fault seen from one level further out.
    pub(crate) fn inside(mut self, step: &str) -> Self {
        self.0.steps.push(step.to_owned());
        self
    }

    /// A node of another JSON type, or another form, than what belongs there.
    pub(crate) fn expected(what: &str, node: &Node) -> Self {
        Self::at(node, format!("{what} is expected here, not {}", node.kind_name()))
    }

    fn diagnostic(self, rule: &'static Rule, source: &Arc<SourceFile>) -> Diagnostic {
        let FaultParts { span, message, steps } = *self.0;
        let path: String = steps.iter().rev().map(String::as_str).collect();
        let message = match path.trim_start_matches('.') {
            "" => message,
            path => format!("{path}: {message}"),
        };
        Diagnostic::new(rule, message).primary(source, span, "")
    }
}

/// An integer; `name` is what its type is called.
pub(crate) fn integer<T: FromStr>(node: &Node, name: &str) -> Read<T> {
    let Some(text) = node.as_number() else { return Err(Fault::expected(name, node)) };
    text.parse().map_err(|_| Fault::at(node, format!("{text} is no integer of the type {name}")))
}

/// A number of a floating-point type, or one of the strings that stand for those without a number.
pub(crate) fn float<T: FromStr + Copy>(node: &Node, name: &str, is_finite: impl Fn(T) -> bool) -> Read<T> {
    let parsed = match &node.value {
        json::Value::Number(text) => text.parse().ok().filter(|value| is_finite(*value)),
        json::Value::String(text) => match &**text {
            NAN => "NaN".parse().ok(),
            INFINITY => "inf".parse().ok(),
            NEGATIVE_INFINITY => "-inf".parse().ok(),
            _ => return Err(Fault::expected(name, node)),
        },
        _ => return Err(Fault::expected(name, node)),
    };
    parsed.ok_or_else(|| Fault::at(node, format!("the number is past the range of {name}")))
}

/// Bytes as base64.
pub(crate) fn base64(node: &Node) -> Read<Vec<u8>> {
    let Some(text) = node.as_str() else { return Err(Fault::expected("bytes", node)) };
    STANDARD.decode(text).map_err(|error| Fault::at(node, format!("the text is not base64: {error}")))
}

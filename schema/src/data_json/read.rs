//! What reading JSON as values shares between the languages.

use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{INFINITY, NAN, NEGATIVE_INFINITY};
use crate::json::{self, Node};
use crate::source::Span;

/// What does not fit, where, and the way to it from the inside out.
pub(crate) struct Fault(pub(crate) Box<FaultParts>);

pub(crate) struct FaultParts {
    pub(crate) span: Span,
    pub(crate) message: String,
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

    pub(crate) fn path(&self) -> String {
        let path: String = self.0.steps.iter().rev().map(String::as_str).collect();
        path.trim_start_matches('.').to_owned()
    }
}

/// An integer; `name` is what its type is called.
pub(crate) fn integer<T: FromStr>(node: &Node, name: &str) -> Read<T> {
    let Some(text) = node.as_number() else { return Err(mismatch(node, name)) };
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
            _ => return Err(mismatch(node, name)),
        },
        _ => return Err(mismatch(node, name)),
    };
    parsed.ok_or_else(|| Fault::at(node, format!("the number is past the range of {name}")))
}

/// Bytes as base64.
pub(crate) fn base64(node: &Node) -> Read<Vec<u8>> {
    let Some(text) = node.as_str() else { return Err(mismatch(node, "bytes")) };
    STANDARD.decode(text).map_err(|error| Fault::at(node, format!("the text is not base64: {error}")))
}

fn mismatch(node: &Node, name: &str) -> Fault {
    Fault::at(node, format!("{name} is expected here, not {}", node.kind_name()))
}

//! JSON text as a tree in which every value and every key knows where it stands.
//!
//! The text is read by `serde_json` as [`RawValue`]s, whose place in the text is their span. Each level of nesting is
//! scanned once more by that, so nesting is limited to [`MAX_DEPTH`] before anything else is done with a text.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::source::{MAX_LENGTH, Position, SourceFile, Span, TOO_LARGE};

mod keys;
mod scan;
mod write;

#[cfg(test)]
mod tests;

pub use write::{pretty, write_compact, write_string};

/// The deepest nesting of arrays and objects that is read.
pub const MAX_DEPTH: usize = 128;

/// The text is not JSON.
pub static SYNTAX: Rule =
    Rule { id: "json/syntax", severity: Severity::Error, title: "the text is not JSON", reference: "RFC 8259" };

/// Arrays and objects are nested deeper than [`MAX_DEPTH`].
pub static TOO_DEEP: Rule = Rule {
    id: "json/too-deep",
    severity: Severity::Error,
    title: "arrays and objects are nested more than 128 deep",
    reference: "a limit of Cognate",
};

/// An object has the same key twice.
pub static DUPLICATE_KEY: Rule = Rule {
    id: "json/duplicate-key",
    severity: Severity::Error,
    title: "an object has the same key twice",
    reference: "RFC 8259, section 4",
};

/// A value and its place.
///
/// Two nodes are equal when their values are; places, white space and escapes do not matter, the text of a number and the
/// order of members do.
#[derive(Debug, Clone)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place in the text, without surrounding white space.
    pub span: Span,
}

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(Box<str>),
    /// A string without quotes and escapes.
    String(Box<str>),
    /// An array.
    Array(Vec<Node>),
    /// An object with its members in the order of the text.
    Object(Vec<Member>),
}

/// A member of an object.
///
/// Equality leaves the place of the key out.
#[derive(Debug, Clone)]
pub struct Member {
    /// The key without quotes and escapes.
    pub key: Box<str>,
    /// The place of the key, its quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// What the keys of objects may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// Strings, as in JSON.
    Strings,
    /// Arrays and objects too, as in Thrift's JSON protocol. An object whose keys are such is read as an array of its keys and
    /// values in turn.
    Any,
}

/// Reads a text, reporting what is wrong with it.
///
/// A syntax error ends the reading and yields no tree; an object with a duplicate key is reported and read with the first
/// of the two.
pub fn parse(source: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    parse_with(source, Keys::Strings, diagnostics)
}

/// Reads a text like [`parse`], and says what keys may be.
pub fn parse_with(source: &Arc<SourceFile>, keys: Keys, diagnostics: &mut Vec<Diagnostic>) -> Option<Node> {
    let text = source.text();
    if text.len() > MAX_LENGTH {
        let message = format!("the text has {} bytes; at most {MAX_LENGTH} are read", text.len());
        diagnostics.push(Diagnostic::new(&TOO_LARGE, message).primary(source, Span::default(), ""));
        return None;
    }
    if let Err(offset) = scan::check_depth(text) {
        let message = format!("nesting is more than {MAX_DEPTH} deep here");
        diagnostics.push(Diagnostic::new(&TOO_DEEP, message).primary(source, Span::new(offset, offset + 1), ""));
        return None;
    }
    let start = source.byte_order_mark_length();
    let body = text.get(start..).unwrap_or_default();
    let arrays = if keys == Keys::Any { keys::as_arrays(body) } else { None };
    let body = arrays.as_deref().unwrap_or(body);
    match serde_json::from_str::<&RawValue>(body) {
        Ok(raw) => TreeBuilder { source, body, start, diagnostics }.node(raw),
        Err(error) => {
            diagnostics.push(syntax_error(source, &error));
            None
        }
    }
}

impl Node {
    /// The name of the value's kind with its article, for messages: `an object`, `null`, …
    pub fn kind_name(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// Whether the value is `null`.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a number.
    pub fn as_number(&self) -> Option<&str> {
        match &self.value {
            Value::Number(text) => Some(text),
            _ => None,
        }
    }

    /// A number that is written as an integer and fits 64 bits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.parse().ok()
    }

    /// The items of an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    pub fn as_object(&self) -> Option<&[Member]> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The first member of an object that has the key. Takes time in proportion to the number of members.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.as_object()?.iter().find(|member| &*member.key == key)
    }

    /// The value as compact JSON text.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        write_compact(self, &mut out);
        out
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.value == other.value
    }
}

struct TreeBuilder<'a> {
    source: &'a Arc<SourceFile>,
    /// What is read, and where it starts in the source.
    body: &'a str,
    start: usize,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl TreeBuilder<'_> {
    /// Builds the tree of a text that is known to be JSON of bounded depth. Only strings can still be wrong: an escaped
    /// surrogate without its other half is found when the string is decoded.
    fn node(&mut self, raw: &RawValue) -> Option<Node> {
        let text = raw.get();
        let span = self.span(text);
        let value = match text.as_bytes().first()? {
            b'n' => Value::Null,
            b't' => Value::Bool(true),
            b'f' => Value::Bool(false),
            b'"' => Value::String(self.string(text)?),
            b'[' => {
                let Items(items) = self.shallow(text, Shallow::Array)? else { return None };
                Value::Array(items.into_iter().map(|item| self.node(item)).collect::<Option<_>>()?)
            }
            b'{' => {
                let Members(members) = self.shallow(text, Shallow::Object)? else { return None };
                let read = |(key, value): (&RawValue, &RawValue)| self.member(key, value);
                let members = members.into_iter().map(read).collect::<Option<Vec<_>>>()?;
                self.find_duplicates(&members);
                Value::Object(members)
            }
            _ => Value::Number(text.into()),
        };
        Some(Node { value, span })
    }

    fn member(&mut self, key: &RawValue, value: &RawValue) -> Option<Member> {
        let key_span = self.span(key.get());
        Some(Member { key: self.string(key.get())?, key_span, value: self.node(value)? })
    }

    fn shallow<'de>(&mut self, text: &'de str, shallow: Shallow) -> Option<Children<'de>> {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let children = match shallow {
            Shallow::Array => deserializer.deserialize_seq(ChildrenVisitor),
            Shallow::Object => deserializer.deserialize_map(ChildrenVisitor),
        };
        children.map_err(|error| self.fault(text, &error)).ok()
    }

    fn string(&mut self, text: &str) -> Option<Box<str>> {
        match serde_json::from_str::<Box<str>>(text) {
            Ok(string) => Some(string),
            Err(error) => {
                self.fault(text, &error);
                None
            }
        }
    }

    fn fault(&mut self, text: &str, error: &serde_json::Error) {
        let message = without_place(error);
        self.diagnostics.push(Diagnostic::new(&SYNTAX, message).primary(self.source, self.span(text), ""));
    }

    fn find_duplicates(&mut self, members: &[Member]) {
        let mut first = HashMap::with_capacity(members.len());
        for member in members {
            if let Some(earlier) = first.get(&member.key) {
                let message = format!("the key `{}` appears twice in this object", member.key);
                self.diagnostics.push(
                    Diagnostic::new(&DUPLICATE_KEY, message).primary(self.source, member.key_span, "").secondary(
                        self.source,
                        *earlier,
                        "first here",
                    ),
                );
            } else {
                first.insert(&member.key, member.key_span);
            }
        }
    }

    /// The span of a part of the text, from its address.
    fn span(&self, part: &str) -> Span {
        let start = self.start + (part.as_ptr() as usize).saturating_sub(self.body.as_ptr() as usize);
        Span::new(start, start + part.len())
    }
}

#[derive(Clone, Copy)]
enum Shallow {
    Array,
    Object,
}

enum Children<'de> {
    Items(Vec<&'de RawValue>),
    Members(Vec<(&'de RawValue, &'de RawValue)>),
}

use Children::{Items, Members};

struct ChildrenVisitor;

impl<'de> Visitor<'de> for ChildrenVisitor {
    type Value = Children<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Items(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

fn syntax_error(source: &Arc<SourceFile>, error: &serde_json::Error) -> Diagnostic {
    let text = source.text();
    let offset = byte_offset(source, error.line(), error.column());
    let end = text.get(offset..).and_then(|rest| rest.chars().next()).map_or(offset, |c| offset + c.len_utf8());
    let blank = text.get(source.byte_order_mark_length()..).is_some_and(|body| body.trim().is_empty());
    let before = text.get(..offset).unwrap_or_default().trim_end();
    let closes = text.get(offset..end).is_some_and(|at| matches!(at, "}" | "]"));
    let message = if blank {
        Cow::Borrowed("the text is empty")
    } else if closes && before.ends_with(',') {
        Cow::Borrowed("trailing comma")
    } else {
        without_place(error).into()
    };
    Diagnostic::new(&SYNTAX, message).primary(source, Span::new(offset, end), "")
}

/// The offset of the byte that `serde_json` counts as this line and column: columns are bytes from 1, and 0 is the end of
/// the line before.
fn byte_offset(source: &SourceFile, line: usize, column: usize) -> usize {
    let start = source.offset(Position { line, column: 1 });
    (start + column.saturating_sub(1)).min(source.text().len())
}

fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text.get(..end).unwrap_or_default().to_owned()
}

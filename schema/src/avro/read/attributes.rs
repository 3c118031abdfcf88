//! The attributes of objects: required and optional, and of the right JSON type.

use super::Reader;
use crate::avro::rules;
use crate::json::{Member, Node};
use crate::source::Span;

/// A JSON object that declares something.
pub(super) struct Object<'n> {
    /// What it declares, for messages: `record`, `field`, …
    pub(super) what: &'n str,
    pub(super) node: &'n Node,
    pub(super) members: &'n [Member],
}

impl<'n> Object<'n> {
    pub(super) fn member(&self, key: &str) -> Option<&'n Member> {
        self.members.iter().find(|member| &*member.key == key)
    }

    /// The opening brace, where a fault of the whole object is shown.
    pub(super) fn head(&self) -> Span {
        Span { start: self.node.span.start, end: self.node.span.start + 1 }
    }
}

impl<'n> Reader<'_, 'n> {
    pub(super) fn required(&mut self, object: &Object<'n>, key: &str) -> Option<&'n Member> {
        let member = object.member(key);
        if member.is_none() {
            let message = format!("this {} has no `{key}`", object.what);
            self.report(&rules::MISSING_ATTRIBUTE, object.head(), message);
        }
        member
    }

    /// An attribute that may be left out. `null` counts as left out, with a warning.
    pub(super) fn optional(&mut self, object: &Object<'n>, key: &str) -> Option<&'n Node> {
        let member = object.member(key)?;
        if !member.value.is_null() {
            return Some(&member.value);
        }
        let message = format!("`{key}` is null; leave it out instead");
        self.report(&rules::NULL_ATTRIBUTE, member.value.span, message);
        None
    }

    pub(super) fn required_text(&mut self, object: &Object<'n>, key: &str) -> Option<(&'n str, Span)> {
        let member = self.required(object, key)?;
        self.text(&member.value, key)
    }

    pub(super) fn optional_text(&mut self, object: &Object<'n>, key: &str) -> Option<(&'n str, Span)> {
        let node = self.optional(object, key)?;
        self.text(node, key)
    }

    pub(super) fn required_array(&mut self, object: &Object<'n>, key: &str) -> Option<&'n [Node]> {
        let member = self.required(object, key)?;
        self.array(&member.value, key)
    }

    /// The strings of an attribute that is an array of strings; items that are none are reported and left out.
    pub(super) fn texts(&mut self, object: &Object<'n>, key: &str) -> Vec<(&'n str, Span)> {
        let Some(node) = self.optional(object, key) else { return Vec::new() };
        let items = self.array(node, key).unwrap_or_default();
        let what = format!("{key}[]");
        items.iter().filter_map(|item| self.text(item, &what)).collect()
    }

    pub(super) fn doc(&mut self, object: &Object<'n>) -> Option<Box<str>> {
        self.optional_text(object, "doc").map(|(text, _)| text.into())
    }

    pub(super) fn text(&mut self, node: &'n Node, what: &str) -> Option<(&'n str, Span)> {
        if node.as_str().is_none() {
            self.wrong_type(node, what, "a string");
        }
        node.as_str().map(|text| (text, node.span))
    }

    fn array(&mut self, node: &'n Node, what: &str) -> Option<&'n [Node]> {
        if node.as_array().is_none() {
            self.wrong_type(node, what, "an array");
        }
        node.as_array()
    }

    fn wrong_type(&mut self, node: &Node, what: &str, wanted: &str) {
        let message = format!("`{what}` must be {wanted}, not {}", node.kind_name());
        self.report(&rules::WRONG_ATTRIBUTE_TYPE, node.span, message);
    }
}

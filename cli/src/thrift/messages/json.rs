//! Messages as JSON.
//!
//! Plain: `{"name": "add", "type": "call", "seqid": 1, "value": {…}}`. The struct of a method that the schema does not have stands under
//! `@unknown`, as all that a schema does not know. In Thrift's own form a message is an array: `[1, "add", 1, 1, {…}]`, of the
//! version, the name, the number of the kind, the sequence number and the struct.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use cognate_codec::thrift::MessageKind;
use cognate_schema::json::{self, Node, write_string};
use cognate_schema::thrift::{RawStruct, rules};
use cognate_schema::{Diagnostic, Diagnostics, SourceFile};

use super::{Body, Message, Services, word};
use crate::commands::Json;

/// The keys of a message.
const KEYS: [&str; 5] = ["name", "type", "seqid", VALUE, UNKNOWN];
const VALUE: &str = "value";
const UNKNOWN: &str = "@unknown";

/// The version in Thrift's own form.
const VERSION: i64 = 1;

impl Services {
    /// Appends a message.
    pub(in crate::thrift) fn print(&self, message: &Message<'_>, form: Json, text: &mut String) {
        let key = match message.body {
            Body::Unknown(_) if self.has_schema() => UNKNOWN,
            _ => VALUE,
        };
        // Writing to a string does not fail.
        if form == Json::Thrift {
            let _ = write!(text, "[{VERSION},");
            write_string(&message.name, text);
            let _ = write!(text, ",{},{},", message.kind.number(), message.sequence);
        } else {
            text.push_str("{\"name\":");
            write_string(&message.name, text);
            let (kind, sequence) = (word(message.kind), message.sequence);
            let _ = write!(text, ",\"type\":\"{kind}\",\"seqid\":{sequence},\"{key}\":");
        }
        match &message.body {
            Body::Known(data, value) => data.print(value, form, text),
            Body::Unknown(value) => value.write_json(text),
        }
        text.push(if form == Json::Thrift { ']' } else { '}' });
    }

    /// Reads a message.
    pub(in crate::thrift) fn read(
        &self,
        form: Json,
        source: &Arc<SourceFile>,
    ) -> Result<Message<'static>, Diagnostics> {
        let mut diagnostics = Vec::new();
        let keys = if form == Json::Thrift { json::Keys::Any } else { json::Keys::Strings };
        match json::parse_with(source, keys, &mut diagnostics) {
            Some(node) if diagnostics.is_empty() => Reader { services: self, form, source }.message(&node),
            _ => Err(diagnostics.into()),
        }
    }
}

struct Reader<'a> {
    services: &'a Services,
    form: Json,
    source: &'a Arc<SourceFile>,
}

/// The parts of a message.
struct Parts<'n> {
    name: &'n Node,
    kind: &'n Node,
    sequence: &'n Node,
    /// The struct, and whether nothing is to be known of it.
    body: (&'n Node, bool),
}

impl Reader<'_> {
    fn message(&self, node: &Node) -> Result<Message<'static>, Diagnostics> {
        let parts = if self.form == Json::Thrift { self.array(node)? } else { self.object(node)? };
        let Some(name) = parts.name.as_str() else {
            return Err(self.fault(parts.name, "the method's name is a string"));
        };
        let Some(kind) = kind(parts.kind) else {
            return Err(
                self.fault(parts.kind, "the kind of message is one of call (1), reply (2), exception (3), oneway (4)")
            );
        };
        let Some(sequence) = parts.sequence.as_i64().and_then(|number| i32::try_from(number).ok()) else {
            return Err(self.fault(parts.sequence, "the sequence number is one of 32 bits"));
        };
        let (body, is_unknown) = parts.body;
        let known = self.services.body(name, kind).map_err(|problem| self.fault(parts.name, &problem))?;
        let body = match known.filter(|_| !is_unknown) {
            Some(data) => {
                let value = match self.form {
                    Json::Thrift => data.layout.read_thrift_json_node(data.id, body, self.source)?,
                    _ => data.layout.read_json_node(data.id, body, self.source)?,
                };
                Body::Known(data, value)
            }
            None if is_unknown || !self.services.has_schema() => {
                Body::Unknown(RawStruct::read_json_node(body, self.source)?)
            }
            None => return Err(self.fault(parts.name, &format!("no service has a method `{name}`"))),
        };
        Ok(Message { name: Cow::Owned(name.to_owned()), kind, sequence, body })
    }

    fn object<'n>(&self, node: &'n Node) -> Result<Parts<'n>, Diagnostics> {
        let Some(members) = node.as_object() else { return Err(self.fault(node, "a message is an object")) };
        if let Some(other) = members.iter().find(|member| !KEYS.contains(&&*member.key)) {
            let problem = format!("a message has no `{}`, but {}", other.key, KEYS.join(", "));
            let fault = Diagnostic::new(&rules::DATA_MISMATCH, problem).primary(self.source, other.key_span, "");
            return Err(vec![fault].into());
        }
        let find = |key: &str| node.member(key).map(|member| &member.value);
        let part = |key: &str| find(key).ok_or_else(|| self.fault(node, &format!("the message has no `{key}`")));
        let body = match (find(VALUE), find(UNKNOWN)) {
            (Some(_), Some(unknown)) => {
                return Err(self.fault(unknown, "the message has a `value` already"));
            }
            (None, Some(unknown)) => (unknown, true),
            (_, None) => (part(VALUE)?, false),
        };
        Ok(Parts { name: part("name")?, kind: part("type")?, sequence: part("seqid")?, body })
    }

    fn array<'n>(&self, node: &'n Node) -> Result<Parts<'n>, Diagnostics> {
        let Some([version, name, kind, sequence, body]) = node.as_array() else {
            let problem =
                "a message is an array of the version 1, the name, the kind, the sequence number and the struct";
            return Err(self.fault(node, problem));
        };
        if version.as_i64() != Some(VERSION) {
            return Err(self.fault(version, "the version of Thrift's JSON protocol is 1"));
        }
        Ok(Parts { name, kind, sequence, body: (body, false) })
    }

    fn fault(&self, node: &Node, problem: &str) -> Diagnostics {
        vec![Diagnostic::new(&rules::DATA_MISMATCH, problem).primary(self.source, node.span, "")].into()
    }
}

/// A kind of message, by its word or its number.
fn kind(node: &Node) -> Option<MessageKind> {
    match node.as_str() {
        Some(text) => (1..=4).filter_map(MessageKind::from_number).find(|kind| word(*kind) == text),
        None => u8::try_from(node.as_i64()?).ok().and_then(MessageKind::from_number),
    }
}

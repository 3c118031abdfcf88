//! The definitions of named types.

use std::collections::HashMap;

use super::Reader;
use super::attributes::Object;
use super::names::Registered;
use crate::avro::model::{Enum, Fixed, Record, Symbol, Type, TypeId, TypeKind};
use crate::avro::name::Name;
use crate::avro::place::Location;
use crate::avro::rules;
use crate::json::Node;
use crate::source::Span;

/// The name of a definition and the place in the arena that is kept for it.
struct Head {
    id: TypeId,
    name: Name,
    name_span: Span,
    /// Whether the name is there and not taken, so that the definition counts.
    counts: bool,
}

const RECORD_ATTRIBUTES: [&str; 6] = ["type", "name", "namespace", "aliases", "doc", "fields"];
const ENUM_ATTRIBUTES: [&str; 7] = ["type", "name", "namespace", "aliases", "doc", "symbols", "default"];
const FIXED_ATTRIBUTES: [&str; 6] = ["type", "name", "namespace", "aliases", "doc", "size"];

impl<'n> Reader<'_, 'n> {
    pub(super) fn record(
        &mut self,
        object: &Object<'n>,
        namespace: Option<&str>,
        location: Location,
        is_error: bool,
    ) -> TypeId {
        let head = match self.head(object, namespace, location) {
            Ok(head) => head,
            Err(id) => return id,
        };
        let aliases = self.type_aliases(object, &head.name);
        let doc = self.doc(object);
        let (fields, by_name) = self.fields(object, &head.name, location);
        let Head { id, name, name_span, counts } = head;
        let record = Record { name, name_span, aliases, doc, fields, is_error, by_name };
        self.fill(id, TypeKind::Record(record), object, &RECORD_ATTRIBUTES, counts)
    }

    pub(super) fn enumeration(&mut self, object: &Object<'n>, namespace: Option<&str>, location: Location) -> TypeId {
        let head = match self.head(object, namespace, location) {
            Ok(head) => head,
            Err(id) => return id,
        };
        let aliases = self.type_aliases(object, &head.name);
        let doc = self.doc(object);
        let (symbols, by_name) = self.symbols(object);
        let default = self.enum_default(object, &by_name);
        if symbols.is_empty() && object.member("symbols").is_none_or(|member| member.value.as_array().is_none()) {
            return self.forget(&head);
        }
        let Head { id, name, name_span, counts } = head;
        let symbols = Enum { name, name_span, aliases, doc, symbols, default, by_name };
        self.fill(id, TypeKind::Enum(symbols), object, &ENUM_ATTRIBUTES, counts)
    }

    pub(super) fn fixed(&mut self, object: &Object<'n>, namespace: Option<&str>, location: Location) -> TypeId {
        let head = match self.head(object, namespace, location) {
            Ok(head) => head,
            Err(id) => return id,
        };
        let aliases = self.type_aliases(object, &head.name);
        let doc = self.doc(object);
        let size = self.required(object, "size").and_then(|member| self.size(&member.value));
        let Some(size) = size else { return self.forget(&head) };
        let Head { id, name, name_span, counts } = head;
        let fixed = Fixed { name, name_span, aliases, doc, size };
        self.fill(id, TypeKind::Fixed(fixed), object, &FIXED_ATTRIBUTES, counts)
    }

    /// Names the definition before its inside is read, so that "first defined" means what it says. A definition without
    /// a name, or with one that is taken, is still read for its own faults.
    fn head(&mut self, object: &Object<'n>, namespace: Option<&str>, location: Location) -> Result<Head, TypeId> {
        let named = self.full_name(object, namespace);
        let mut counts = named.is_some();
        let (name, name_span) = named.unwrap_or_else(|| (Name::resolve("", namespace), object.head()));
        let kind = TypeKind::Null;
        let id = self.add(Type { kind, logical: None, properties: Vec::new(), location });
        if counts {
            match self.register(&name, id, name_span, object) {
                Registered::New => {}
                Registered::Same(first) => return Err(first),
                Registered::Taken => counts = false,
            }
        }
        Ok(Head { id, name, name_span, counts })
    }

    /// Marks a definition that could not be read, so that its uses are not checked against what is not there.
    fn forget(&mut self, head: &Head) -> TypeId {
        if let Some(definition) = self.draft.definitions.get_mut(&head.name).filter(|it| it.id == head.id) {
            definition.id = TypeId::FAULTY;
        }
        TypeId::FAULTY
    }

    fn fill(&mut self, id: TypeId, kind: TypeKind, object: &Object<'n>, defined: &[&str], counts: bool) -> TypeId {
        let location = self.draft.graph.ty(id).location;
        let ty = self.annotate(kind, object, defined, location);
        if let Some(slot) = self.draft.graph.types.get_mut(id.index()) {
            *slot = ty;
        }
        if counts { id } else { TypeId::FAULTY }
    }

    fn symbols(&mut self, object: &Object<'n>) -> (Vec<Symbol>, HashMap<Box<str>, usize>) {
        let mut symbols: Vec<Symbol> = Vec::new();
        let mut by_name = HashMap::new();
        for node in self.required_array(object, "symbols").unwrap_or_default() {
            let Some((text, span)) = self.text(node, "symbols[]") else { continue };
            self.check_name(text, span, "symbol");
            if let Some(first) = by_name.get(text).and_then(|&index: &usize| symbols.get(index)) {
                let message = format!("the symbol `{text}` appears twice");
                let fault = self.fault(&rules::DUPLICATE_SYMBOL, span, message);
                let fault = fault.secondary(&self.source, first.span, "first here");
                self.draft.diagnostics.push(fault);
                continue;
            }
            by_name.insert(text.into(), symbols.len());
            symbols.push(Symbol { name: text.into(), span });
        }
        (symbols, by_name)
    }

    fn enum_default(&mut self, object: &Object<'n>, symbols: &HashMap<Box<str>, usize>) -> Option<usize> {
        let (text, span) = self.optional_text(object, "default")?;
        let index = symbols.get(text).copied();
        if index.is_none() {
            let message = format!("the default `{text}` is none of the enum's symbols");
            self.report(&rules::ENUM_DEFAULT, span, message);
        }
        index
    }

    fn size(&mut self, node: &'n Node) -> Option<u32> {
        const MOST: u32 = i32::MAX.unsigned_abs();
        let quoted = node.as_str().filter(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()));
        if let Some(digits) = quoted {
            let fault = self.fault(&rules::QUOTED_INTEGER, node.span, "`size` should be a number without quotes");
            let number = digits.trim_start_matches('0');
            let number = if number.is_empty() { "0" } else { number };
            self.draft.diagnostics.push(fault.suggest(&self.source, node.span, "remove the quotes", number));
        }
        let text = quoted.or(node.as_number());
        let size = text.and_then(|text| text.parse().ok()).filter(|&size| size <= MOST);
        if size.is_none() {
            let found = match text {
                Some(text) => format!(": {text}"),
                None => format!(", not {}", node.kind_name()),
            };
            let message = format!("the size of a fixed must be an integer from 0 to {MOST}{found}");
            self.report(&rules::FIXED_SIZE, node.span, message);
        }
        size
    }
}

//! Places in the two texts.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::avro::resolve;
use crate::avro::{Location, LogicalType, Name, Schema, TypeId, TypeKind};
use crate::compat::Place;
use crate::json::{self, Node};
use crate::source::{SourceFile, Span};

/// The texts of schemas as trees, in which the parts are found that a schema keeps no place of.
#[derive(Default)]
pub(super) struct Documents(RefCell<Trees>);

/// By the address of the text, which the schemas hold as long as they are compared.
type Trees = HashMap<*const SourceFile, Option<Node>>;

impl Documents {
    /// The place of a fault.
    pub(super) fn place(&self, schema: &Schema, place: &resolve::Place) -> Place {
        let key = place.pointer.rsplit('/').next().unwrap_or_default();
        let span = match key {
            "fields" | "size" | "symbols" | "default" => self.key(schema, &place.location, key),
            _ => None,
        };
        let source = Arc::clone(schema.source(place.location.file));
        let path = if place.pointer.is_empty() { "/".to_owned() } else { place.pointer.clone() };
        let is_elsewhere = place.location.file != schema.root_ref().location.file;
        Place { path, source, is_elsewhere, span: span.unwrap_or(place.location.span) }
    }

    /// The place of a member's key of the object that stands at a location.
    fn key(&self, schema: &Schema, location: &Location, key: &str) -> Option<Span> {
        let source = schema.source(location.file);
        let mut documents = self.0.borrow_mut();
        let document =
            documents.entry(Arc::as_ptr(source)).or_insert_with(|| json::parse(source, &mut Vec::new())).as_ref()?;
        let pointer = schema.pointer(location);
        let object = pointer.split('/').skip(1).try_fold(document, |node, step| match node.as_array() {
            Some(items) => items.get(step.parse::<usize>().ok()?),
            None => node.member(step).map(|member| &member.value),
        })?;
        object.member(key).map(|member| member.key_span)
    }
}

/// The way of a pointer for people: `lines[].price`, `the value` for the root. Branches are left out.
pub(super) fn spelled(schema: &Schema, pointer: &str) -> String {
    let mut out = String::new();
    let mut id = schema.root();
    let mut steps = pointer.split('/').skip(1);
    while let Some(step) = steps.next() {
        let index = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok());
        id = match (schema.kind(id), step) {
            (TypeKind::Record(record), "fields") => {
                let Some(field) = index(steps.next()).and_then(|index| record.fields.get(index)) else { break };
                steps.next();
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(&field.name);
                field.ty.id
            }
            (TypeKind::Array(inner), "items") => {
                out.push_str("[]");
                inner.id
            }
            (TypeKind::Map(inner), "values") => {
                out.push_str("{}");
                inner.id
            }
            (TypeKind::Union(branches), step) => match index(Some(step)).and_then(|index| branches.get(index)) {
                Some(branch) => branch.id,
                None => break,
            },
            _ => break,
        };
    }
    if out.is_empty() { "the value".to_owned() } else { format!("`{out}`") }
}

/// A type in a few words: `long (timestamp-millis)`, `record shop.Order`, `union of null and string`.
pub(super) fn described(schema: &Schema, id: TypeId) -> String {
    let ty = schema.ty(id);
    match (&ty.kind, ty.logical) {
        (TypeKind::Union(branches), _) => {
            let names: Vec<_> = branches.iter().map(|branch| schema.kind(branch.id).branch_name()).collect();
            format!("[{}]", names.join(", "))
        }
        (kind, Some(LogicalType::Decimal { precision, scale })) => {
            format!("decimal({precision}, {scale}) in {}", kind.name().map_or(kind.word(), Name::full))
        }
        (kind, Some(logical)) => format!("{} ({})", kind.name().map_or(kind.word(), Name::full), logical.name()),
        (kind, None) => match kind.name() {
            Some(name) => format!("{} {name}", kind.word()),
            None => kind.word().to_owned(),
        },
    }
}

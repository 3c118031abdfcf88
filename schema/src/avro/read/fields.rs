//! The fields of a record.

use std::collections::HashMap;

use super::attributes::Object;
use super::{COMPLEX_WORDS, Reader};
use crate::avro::model::{Field, FieldAlias, Order, TypeId, TypeRef};
use crate::avro::name::Name;
use crate::avro::place::{Location, Step};
use crate::avro::rules;
use crate::json::Node;

const DEFINED: [&str; 6] = ["name", "type", "doc", "default", "order", "aliases"];

impl<'n> Reader<'_, 'n> {
    /// The fields of a record, and the index of each by its name.
    pub(super) fn fields(
        &mut self,
        record: &Object<'n>,
        name: &Name,
        location: Location,
    ) -> (Vec<Field>, HashMap<Box<str>, usize>) {
        let mut fields: Vec<Field> = Vec::new();
        let mut by_name = HashMap::new();
        let nodes = self.required_array(record, "fields").unwrap_or_default();
        let path = self.draft.graph.paths.push(location.path, Step::Key("fields"));
        for (index, node) in nodes.iter().enumerate() {
            let path = self.draft.graph.paths.push(path, Step::Index(index));
            let location = self.location(node.span, path);
            let Some(field) = self.field(node, name.namespace(), location) else { continue };
            if let Some(first) = by_name.get(&field.name).and_then(|&index: &usize| fields.get(index)) {
                let message = format!("the field `{}` appears twice in `{name}`", field.name);
                let fault = self.fault(&rules::DUPLICATE_FIELD, field.name_span, message);
                let fault = fault.secondary(&self.source, first.name_span, "first here");
                self.draft.diagnostics.push(fault);
            } else {
                by_name.insert(field.name.clone(), fields.len());
            }
            fields.push(field);
        }
        (fields, by_name)
    }

    fn field(&mut self, node: &'n Node, namespace: Option<&str>, location: Location) -> Option<Field> {
        let Some(members) = node.as_object() else {
            let message = format!("a field must be an object, not {}", node.kind_name());
            self.report(&rules::WRONG_ATTRIBUTE_TYPE, node.span, message);
            return None;
        };
        let object = Object { what: "field", node, members };
        let name = self.required_text(&object, "name");
        if let Some((text, span)) = name {
            self.check_name(text, span, "field name");
        }
        let ty = self.field_type(&object, namespace, location);
        let doc = self.doc(&object);
        let order = self.order(&object);
        let aliases = self.texts(&object, "aliases").into_iter();
        let aliases = aliases.map(|(text, span)| FieldAlias { name: text.into(), span }).collect();
        let default = object.member("default").map(|member| member.value.clone());
        let properties: Vec<_> = members.iter().filter(|member| !DEFINED.contains(&&*member.key)).cloned().collect();
        if let Some(logical) = object.member("logicalType") {
            let message = "`logicalType` on a field has no effect; it belongs to the field's type";
            let fault = self.fault(&rules::MISPLACED_LOGICAL_TYPE, logical.key_span, message);
            let example = "write `\"type\": {\"type\": …, \"logicalType\": …}`";
            self.draft.diagnostics.push(fault.note(example));
        }
        let (name, name_span) = name?;
        Some(Field { name: name.into(), name_span, ty, default, order, aliases, doc, properties, location })
    }

    fn field_type(&mut self, field: &Object<'n>, namespace: Option<&str>, location: Location) -> TypeRef {
        let Some(member) = self.required(field, "type") else {
            return TypeRef { id: TypeId::FAULTY, location };
        };
        let node = &member.value;
        let path = self.draft.graph.paths.push(location.path, Step::Key("type"));
        // The attributes of an array or map beside the field's own are a common slip; the reference `array` alone would
        // only be reported as unknown.
        let slipped = node
            .as_str()
            .filter(|word| COMPLEX_WORDS.contains(word))
            .filter(|_| ["items", "values", "fields", "symbols", "size"].iter().any(|key| field.member(key).is_some()));
        if let Some(word) = slipped {
            let message = format!("the {word} must be an object of its own");
            let fault = self.fault(&rules::UNKNOWN_TYPE, node.span, message);
            let hint =
                format!("write `\"type\": {{\"type\": \"{word}\", …}}` with the attributes of the {word} inside");
            self.draft.diagnostics.push(fault.note(hint));
            return TypeRef { id: TypeId::FAULTY, location: self.location(node.span, path) };
        }
        self.schema(node, namespace, path)
    }

    fn order(&mut self, field: &Object<'n>) -> Order {
        let Some((text, span)) = self.optional_text(field, "order") else { return Order::default() };
        let orders = [Order::Ascending, Order::Descending, Order::Ignore];
        if let Some(order) = orders.into_iter().find(|order| order.word() == text) {
            return order;
        }
        let message = format!("`{text}` is not an order; use `ascending`, `descending` or `ignore`");
        self.report(&rules::BAD_ORDER, span, message);
        Order::default()
    }
}

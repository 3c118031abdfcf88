//! Values of defaults.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Program, Step, StepId};
use crate::avro::{TypeKind, default_bytes};
use crate::json::{self, Member, Node};
use crate::value::{EnumValue, RecordValue, UnionValue, Value};

impl Program {
    /// The value of a field's default, of a record that is known by its step.
    pub(in crate::avro) fn field_default(&self, record: StepId, field: usize) -> Option<Value<'static>> {
        let TypeKind::Record(definition) = self.schema().kind(self.type_of(record)) else { return None };
        let Step::Record(_, steps) = self.step(record) else { return None };
        self.default_value(*steps.get(field)?, definition.fields.get(field)?.default.as_ref()?)
    }

    /// The value of a JSON default that fits the step's type (Avro 1.12, "Complex Types", table of defaults). Linking has
    /// checked that it does.
    fn default_value(&self, step: StepId, node: &Node) -> Option<Value<'static>> {
        Some(match self.step(step) {
            Step::Null => Value::Null,
            Step::Boolean => match node.value {
                json::Value::Bool(value) => Value::Bool(value),
                _ => return None,
            },
            Step::Int => Value::Int(node.as_number()?.parse().ok()?),
            Step::Long => Value::Long(node.as_number()?.parse().ok()?),
            Step::Float => Value::Float(node.as_number()?.parse().ok()?),
            Step::Double => Value::Double(node.as_number()?.parse().ok()?),
            Step::Bytes => Value::Bytes(Cow::Owned(default_bytes(node.as_str()?)?)),
            Step::Fixed(_) => Value::Fixed(Cow::Owned(default_bytes(node.as_str()?)?)),
            Step::String => Value::String(Cow::Owned(node.as_str()?.to_owned())),
            Step::Enum(shape) => {
                let index = shape.symbols.iter().position(|symbol| Some(&**symbol) == node.as_str())?;
                Value::Enum(EnumValue { shape: Arc::clone(shape), index })
            }
            Step::Array(items) => {
                let values = node.as_array()?.iter().map(|item| self.default_value(*items, item));
                Value::List(values.collect::<Option<_>>()?)
            }
            Step::Map(values) => {
                let entry = |member: &Member| {
                    let key = Value::String(Cow::Owned(member.key.to_string()));
                    Some((key, self.default_value(*values, &member.value)?))
                };
                Value::Map(node.as_object()?.iter().map(entry).collect::<Option<_>>()?)
            }
            Step::Record(shape, steps) => {
                let mut fields = Vec::with_capacity(steps.len());
                for (position, (name, inner)) in shape.fields.iter().zip(steps).enumerate() {
                    fields.push(match node.member(name) {
                        Some(member) => self.default_value(*inner, &member.value)?,
                        None => self.field_default(step, position)?,
                    });
                }
                Value::Record(RecordValue { shape: Arc::clone(shape), fields })
            }
            Step::Union(shape, steps) => {
                let branch = self.schema().default_branch(self.type_of(step), node)?;
                let value = Box::new(self.default_value(*steps.get(branch)?, node)?);
                Value::Union(UnionValue { shape: Arc::clone(shape), branch, value })
            }
        })
    }
}

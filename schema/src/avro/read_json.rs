//! JSON to values of Avro's types.

use std::borrow::Cow;
use std::sync::Arc;

use crate::avro::program::{Program, Step, StepId};
use crate::avro::{default_bytes, rules};
use crate::data_json::{
    Fault, JsonForm, JsonType, Read, base64, float, integer, is_special_float, read_text, told_branch,
};
use crate::diagnostic::Diagnostics;
use crate::json::{self, Member, Node};
use crate::source::SourceFile;
use crate::value::{EnumValue, RecordShape, RecordValue, UnionShape, UnionValue, Value};

impl Program {
    /// Reads a value from JSON text.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or not a value of the schema; with the place and the way to it.
    pub fn read_json(&self, source: &Arc<SourceFile>, form: JsonForm) -> Result<Value<'static>, Diagnostics> {
        let reader = Reader { program: self, form };
        read_text(source, &rules::DATA_MISMATCH, |node| reader.value(Self::ROOT, node))
    }
}

struct Reader<'p> {
    program: &'p Program,
    form: JsonForm,
}

impl Reader<'_> {
    fn value(&self, step: StepId, node: &Node) -> Read<Value<'static>> {
        Ok(match self.program.step(step) {
            Step::Null if node.is_null() => Value::Null,
            Step::Boolean => match node.value {
                json::Value::Bool(value) => Value::Bool(value),
                _ => return Err(self.mismatch(step, node)),
            },
            Step::Int => Value::Int(integer(node, self.name(step))?),
            Step::Long => Value::Long(integer(node, self.name(step))?),
            Step::Float => Value::Float(float(node, self.name(step), f32::is_finite)?),
            Step::Double => Value::Double(float(node, self.name(step), f64::is_finite)?),
            Step::Bytes => Value::Bytes(Cow::Owned(self.bytes(step, node)?)),
            Step::String => match node.as_str() {
                Some(text) => Value::String(Cow::Owned(text.to_owned())),
                None => return Err(self.mismatch(step, node)),
            },
            Step::Fixed(size) => {
                let bytes = self.bytes(step, node)?;
                if bytes.len() != *size {
                    return Err(Fault::at(node, format!("{} bytes are given where {size} belong", bytes.len())));
                }
                Value::Fixed(Cow::Owned(bytes))
            }
            Step::Enum(shape) => {
                let Some(text) = node.as_str() else { return Err(self.mismatch(step, node)) };
                match shape.symbols.iter().position(|symbol| &**symbol == text) {
                    Some(index) => Value::Enum(EnumValue { shape: Arc::clone(shape), index }),
                    None => return Err(Fault::at(node, format!("`{text}` is no symbol of the enum `{}`", shape.name))),
                }
            }
            Step::Array(items) => {
                let Some(nodes) = node.as_array() else { return Err(self.mismatch(step, node)) };
                let item =
                    |(index, node)| self.value(*items, node).map_err(|fault| fault.inside(&format!("[{index}]")));
                Value::List(nodes.iter().enumerate().map(item).collect::<Read<_>>()?)
            }
            Step::Map(values) => {
                let Some(members) = node.as_object() else { return Err(self.mismatch(step, node)) };
                let entry = |member: &Member| {
                    let value = self.value(*values, &member.value);
                    let value = value.map_err(|fault| fault.inside(&format!("[{:?}]", member.key)))?;
                    Ok((Value::String(Cow::Owned(member.key.to_string())), value))
                };
                Value::Map(members.iter().map(entry).collect::<Read<_>>()?)
            }
            Step::Record(shape, fields) => {
                let Some(members) = node.as_object() else { return Err(self.mismatch(step, node)) };
                self.record(step, shape, fields, members, node)?
            }
            Step::Union(shape, branches) => self.union(shape, branches, node)?,
            Step::Null => return Err(self.mismatch(step, node)),
        })
    }

    fn record(
        &self,
        step: StepId,
        shape: &Arc<RecordShape>,
        fields: &[StepId],
        members: &[Member],
        node: &Node,
    ) -> Read<Value<'static>> {
        if let Some(unknown) = members.iter().find(|member| !shape.fields.contains(&member.key)) {
            let message = format!("the record `{}` has no field `{}`", shape.name, unknown.key);
            return Err(Fault::new(unknown.key_span, message));
        }
        let mut values = Vec::with_capacity(fields.len());
        for (position, (name, inner)) in shape.fields.iter().zip(fields).enumerate() {
            let given = members.iter().find(|member| member.key == *name);
            let value = match given {
                Some(member) => self.value(*inner, &member.value).map_err(|fault| fault.inside(&format!(".{name}")))?,
                None => match self.missing_field(step, position) {
                    Some(value) => value,
                    None => return Err(Fault::at(node, format!("the field `{name}` of `{}` is missing", shape.name))),
                },
            };
            values.push(value);
        }
        Ok(Value::Record(RecordValue { shape: Arc::clone(shape), fields: values }))
    }

    fn missing_field(&self, record: StepId, position: usize) -> Option<Value<'static>> {
        match self.form {
            JsonForm::Plain => self.program.field_default(record, position),
            JsonForm::Avro => None,
        }
    }

    fn union(&self, shape: &Arc<UnionShape>, branches: &[StepId], node: &Node) -> Read<Value<'static>> {
        let (branch, inner) = self.branch(shape, node)?;
        let step = branches.get(branch).copied().unwrap_or_default();
        let value = Box::new(self.value(step, inner)?);
        Ok(Value::Union(UnionValue { shape: Arc::clone(shape), branch, value }))
    }

    /// The branch that a value stands for, and the value itself.
    fn branch<'n>(&self, shape: &UnionShape, node: &'n Node) -> Read<(usize, &'n Node)> {
        let named = |name: &str| shape.branches.iter().position(|branch| &*branch.name == name);
        if let Some([member]) = node.as_object()
            && let Some(branch) = named(&member.key)
        {
            return Ok((branch, &member.value));
        }
        let (json, special) = match &node.value {
            json::Value::Null => (JsonType::Null, false),
            json::Value::Bool(_) => (JsonType::Bool, false),
            json::Value::Number(_) => (JsonType::Number, false),
            json::Value::String(text) => (JsonType::String, is_special_float(text)),
            json::Value::Array(_) => (JsonType::Array, false),
            json::Value::Object(_) => (JsonType::Object, false),
        };
        let may_be_bare = self.form == JsonForm::Plain || json == JsonType::Null;
        match told_branch(&shape.branches, json, special) {
            Some(branch) if may_be_bare => Ok((branch, node)),
            _ => {
                let all: Vec<_> = shape.branches.iter().map(|branch| &*branch.name).collect();
                let message = format!(
                    "{} does not tell which branch of [{}] it is; write {{\"branch\": value}}",
                    node.kind_name(),
                    all.join(", ")
                );
                Err(Fault::at(node, message))
            }
        }
    }

    fn bytes(&self, step: StepId, node: &Node) -> Read<Vec<u8>> {
        let Some(text) = node.as_str() else { return Err(self.mismatch(step, node)) };
        match self.form {
            JsonForm::Plain => base64(node),
            JsonForm::Avro => default_bytes(text)
                .ok_or_else(|| Fault::at(node, "a character past U+00FF stands for no byte".to_owned())),
        }
    }

    fn name(&self, step: StepId) -> &str {
        self.program.schema().kind(self.program.type_of(step)).branch_name()
    }

    fn mismatch(&self, step: StepId, node: &Node) -> Fault {
        Fault::expected(self.name(step), node)
    }
}

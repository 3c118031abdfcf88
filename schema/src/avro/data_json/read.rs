//! JSON to values.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{INFINITY, JsonForm, JsonType, NAN, NEGATIVE_INFINITY, is_special_float, told_branch};
use crate::avro::program::{Program, Step, StepId};
use crate::avro::{default_bytes, rules};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::json::{self, Member, Node};
use crate::source::{SourceFile, Span};
use crate::value::{EnumValue, RecordShape, RecordValue, UnionShape, UnionValue, Value};

impl Program {
    /// Reads a value from JSON text.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, or not a value of the schema; with the place and the way to it.
    pub fn read_json(&self, source: &Arc<SourceFile>, form: JsonForm) -> Result<Value<'static>, Diagnostics> {
        let mut diagnostics = Vec::new();
        let node = json::parse(source, &mut diagnostics);
        if let Some(node) = node
            && diagnostics.is_empty()
        {
            match (Reader { program: self, form }).value(Self::ROOT, &node) {
                Ok(value) => return Ok(value),
                Err(fault) => {
                    let path = fault.path();
                    let FaultParts { span, message, .. } = *fault.0;
                    let message = if path.is_empty() { message } else { format!("{path}: {message}") };
                    diagnostics.push(Diagnostic::new(&rules::DATA_MISMATCH, message).primary(source, span, ""));
                }
            }
        }
        Err(diagnostics.into())
    }
}

struct Reader<'p> {
    program: &'p Program,
    form: JsonForm,
}

/// What does not fit, where, and the way to it from the inside out.
struct Fault(Box<FaultParts>);

struct FaultParts {
    span: Span,
    message: String,
    steps: Vec<String>,
}

type Read<T> = Result<T, Fault>;

impl Reader<'_> {
    fn value(&self, step: StepId, node: &Node) -> Read<Value<'static>> {
        Ok(match self.program.step(step) {
            Step::Null if node.is_null() => Value::Null,
            Step::Boolean => match node.value {
                json::Value::Bool(value) => Value::Bool(value),
                _ => return Err(self.mismatch(step, node)),
            },
            Step::Int => Value::Int(self.integer(step, node)?),
            Step::Long => Value::Long(self.integer(step, node)?),
            Step::Float => Value::Float(self.float(step, node, f32::is_finite)?),
            Step::Double => Value::Double(self.float(step, node, f64::is_finite)?),
            Step::Bytes => Value::Bytes(Cow::Owned(self.bytes(step, node)?)),
            Step::String => match node.as_str() {
                Some(text) => Value::String(Cow::Owned(text.to_owned())),
                None => return Err(self.mismatch(step, node)),
            },
            Step::Fixed(size) => {
                let bytes = self.bytes(step, node)?;
                if bytes.len() != *size {
                    return Err(fault(node, format!("{} bytes are given where {size} belong", bytes.len())));
                }
                Value::Fixed(Cow::Owned(bytes))
            }
            Step::Enum(shape) => {
                let Some(text) = node.as_str() else { return Err(self.mismatch(step, node)) };
                match shape.symbols.iter().position(|symbol| &**symbol == text) {
                    Some(index) => Value::Enum(EnumValue { shape: Arc::clone(shape), index }),
                    None => return Err(fault(node, format!("`{text}` is no symbol of the enum `{}`", shape.name))),
                }
            }
            Step::Array(items) => {
                let Some(nodes) = node.as_array() else { return Err(self.mismatch(step, node)) };
                let item =
                    |(index, node)| self.value(*items, node).map_err(|fault| inside(fault, &format!("[{index}]")));
                Value::List(nodes.iter().enumerate().map(item).collect::<Read<_>>()?)
            }
            Step::Map(values) => {
                let Some(members) = node.as_object() else { return Err(self.mismatch(step, node)) };
                let entry = |member: &Member| {
                    let value = self.value(*values, &member.value);
                    let value = value.map_err(|fault| inside(fault, &format!("[{:?}]", member.key)))?;
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
                Some(member) => {
                    self.value(*inner, &member.value).map_err(|fault| inside(fault, &format!(".{name}")))?
                }
                None => match self.missing_field(step, position) {
                    Some(value) => value,
                    None => return Err(fault(node, format!("the field `{name}` of `{}` is missing", shape.name))),
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
                Err(fault(node, message))
            }
        }
    }

    fn integer<T: FromStr>(&self, step: StepId, node: &Node) -> Read<T> {
        let Some(text) = node.as_number() else { return Err(self.mismatch(step, node)) };
        text.parse().map_err(|_| fault(node, format!("{text} is no integer of the type {}", self.name(step))))
    }

    fn float<T: FromStr + Copy>(&self, step: StepId, node: &Node, is_finite: impl Fn(T) -> bool) -> Read<T> {
        let parsed = match &node.value {
            json::Value::Number(text) => text.parse().ok().filter(|value| is_finite(*value)),
            json::Value::String(text) if is_special_float(text) => {
                let name = match &**text {
                    NAN => "NaN",
                    INFINITY => "inf",
                    NEGATIVE_INFINITY => "-inf",
                    _ => return Err(self.mismatch(step, node)),
                };
                name.parse().ok()
            }
            _ => return Err(self.mismatch(step, node)),
        };
        parsed.ok_or_else(|| fault(node, format!("the number is past the range of {}", self.name(step))))
    }

    fn bytes(&self, step: StepId, node: &Node) -> Read<Vec<u8>> {
        let Some(text) = node.as_str() else { return Err(self.mismatch(step, node)) };
        match self.form {
            JsonForm::Plain => {
                STANDARD.decode(text).map_err(|error| fault(node, format!("the text is not base64: {error}")))
            }
            JsonForm::Avro => {
                default_bytes(text).ok_or_else(|| fault(node, "a character past U+00FF stands for no byte".to_owned()))
            }
        }
    }

    fn name(&self, step: StepId) -> &str {
        self.program.schema().kind(self.program.type_of(step)).branch_name()
    }

    fn mismatch(&self, step: StepId, node: &Node) -> Fault {
        fault(node, format!("{} is expected here, not {}", self.name(step), node.kind_name()))
    }
}

fn fault(node: &Node, message: String) -> Fault {
    Fault::new(node.span, message)
}

fn inside(mut fault: Fault, step: &str) -> Fault {
    fault.0.steps.push(step.to_owned());
    fault
}

impl Fault {
    fn new(span: Span, message: String) -> Self {
        Self(Box::new(FaultParts { span, message, steps: Vec::new() }))
    }

    fn path(&self) -> String {
        let path: String = self.0.steps.iter().rev().map(String::as_str).collect();
        path.trim_start_matches('.').to_owned()
    }
}

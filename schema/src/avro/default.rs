//! Defaults, specification section "Records", table "field default values".

use std::collections::HashMap;

use crate::avro::model::{Enum, Fixed, Graph, Record, Schema, TypeId, TypeKind};
use crate::avro::read::Draft;
use crate::avro::rules;
use crate::diagnostic::{Diagnostic, Severity};
use crate::json::{Member, Node, Value};
use crate::source::Span;

/// Why a JSON value is not a default of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DefaultFault {
    /// The part of the value that does not fit.
    pub span: Span,
    /// What is wrong with it.
    pub message: String,
}

impl Schema {
    /// Whether a JSON value is a valid default of a type: the value for a union fits one of its branches, a string for
    /// bytes or fixed has only code points up to 255, a record's fields that have defaults may be left out.
    ///
    /// # Errors
    ///
    /// The first part of the value that does not fit.
    ///
    /// # Panics
    ///
    /// When the id comes from a schema that was linked apart from this one.
    pub fn check_default(&self, ty: TypeId, value: &Node) -> Result<(), DefaultFault> {
        Matcher::new(&self.graph).check(ty, value)
    }

    /// The branch of a union that a default stands for: the first that it fits.
    ///
    /// # Panics
    ///
    /// When the id comes from a schema that was linked apart from this one.
    pub fn default_branch(&self, union: TypeId, value: &Node) -> Option<usize> {
        let TypeKind::Union(branches) = self.kind(union) else { return None };
        let mut matcher = Matcher::new(&self.graph);
        branches.iter().position(|branch| matcher.check(branch.id, value).is_ok())
    }
}

/// The bytes that the string of a bytes or fixed default stands for: its code points, which are at most 255.
pub fn default_bytes(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

/// Reports the defaults that do not fit, and drops them.
pub(super) fn check(draft: &mut Draft<'_>) {
    let severity = draft.options.bad_defaults;
    let mut faults = Vec::new();
    let mut dropped = Vec::new();
    for (index, ty) in draft.graph.types.iter().enumerate() {
        let TypeKind::Record(record) = &ty.kind else { continue };
        let source = &draft.graph.sources[ty.location.file.index()];
        for (position, field) in record.fields.iter().enumerate() {
            let Some(default) = &field.default else { continue };
            let mut matcher = Matcher::new(&draft.graph);
            let result = matcher.check(field.ty.id, default);
            for span in matcher.unknown_fields {
                let message = "the record has no field of this name";
                faults.push(Diagnostic::new(&rules::UNKNOWN_DEFAULT_FIELD, message).primary(source, span, ""));
            }
            let Err(DefaultFault { span, message }) = result else { continue };
            dropped.push((index, position));
            let message = format!("the default of `{}` does not fit its type: {message}", field.name);
            let fault = Diagnostic::new(&rules::BAD_DEFAULT, message)
                .with_severity(severity)
                .primary(source, span, "")
                .secondary(source, field.ty.location.span, "the type");
            let fault = if severity == Severity::Warning { fault.note("the default is dropped") } else { fault };
            faults.push(fault);
        }
    }
    for (ty, position) in dropped {
        let Some(TypeKind::Record(record)) = draft.graph.types.get_mut(ty).map(|ty| &mut ty.kind) else { continue };
        if let Some(field) = record.fields.get_mut(position) {
            field.default = None;
        }
    }
    draft.diagnostics.extend(faults);
}

pub(super) type Fit = Result<(), DefaultFault>;

/// Matches values against types.
pub(super) struct Matcher<'g> {
    graph: &'g Graph,
    /// What unions have already said, by the place of the value: without it, unions in recursive records would be tried
    /// over and over.
    unions: HashMap<(u32, TypeId), Fit>,
    unknown_fields: Vec<Span>,
}

impl<'g> Matcher<'g> {
    pub(super) fn new(graph: &'g Graph) -> Self {
        Self { graph, unions: HashMap::new(), unknown_fields: Vec::new() }
    }

    /// A type that is faulty itself accepts everything.
    pub(super) fn check(&mut self, id: TypeId, value: &Node) -> Fit {
        let graph = self.graph;
        let Some(ty) = graph.types.get(id.index()) else { return Ok(()) };
        let fits = match &ty.kind {
            TypeKind::Null => value.is_null(),
            TypeKind::Boolean => matches!(value.value, Value::Bool(_)),
            TypeKind::Int => return integer::<i32>(value, "int"),
            TypeKind::Long => return integer::<i64>(value, "long"),
            TypeKind::Float | TypeKind::Double => matches!(value.value, Value::Number(_)),
            TypeKind::String => matches!(value.value, Value::String(_)),
            TypeKind::Bytes => return bytes(value, "bytes").map(drop),
            TypeKind::Fixed(fixed) => return self::fixed(value, fixed),
            TypeKind::Enum(symbols) => return symbol(value, symbols),
            TypeKind::Array(items) => match value.as_array() {
                Some(values) => return values.iter().try_for_each(|value| self.check(items.id, value)),
                None => false,
            },
            TypeKind::Map(values) => match value.as_object() {
                Some(members) => return members.iter().try_for_each(|member| self.check(values.id, &member.value)),
                None => false,
            },
            TypeKind::Record(record) => match value.as_object() {
                Some(members) => return self.record(record, members, value),
                None => false,
            },
            TypeKind::Union(_) => return self.union(id, value),
        };
        if fits { Ok(()) } else { Err(mismatch(value, &ty.kind)) }
    }

    fn record(&mut self, record: &Record, members: &[Member], value: &Node) -> Fit {
        let mut given = vec![false; record.fields.len()];
        let mut unknown = Vec::new();
        for member in members {
            let Some(index) = record.field_index(&member.key) else {
                unknown.push(member.key_span);
                continue;
            };
            if let (Some(field), Some(given)) = (record.fields.get(index), given.get_mut(index)) {
                *given = true;
                self.check(field.ty.id, &member.value)?;
            }
        }
        let mut fields = record.fields.iter().zip(given);
        if let Some((field, _)) = fields.find(|(field, given)| !given && field.default.is_none()) {
            let message = format!("`{}` has no value here and no default in `{}`", field.name, record.name);
            return Err(DefaultFault { span: value.span, message });
        }
        self.unknown_fields.append(&mut unknown);
        Ok(())
    }

    fn union(&mut self, id: TypeId, value: &Node) -> Fit {
        let key = (value.span.start, id);
        if let Some(known) = self.unions.get(&key) {
            return known.clone();
        }
        let fit = self.first_branch(id, value);
        self.unions.insert(key, fit.clone());
        fit
    }

    fn first_branch(&mut self, id: TypeId, value: &Node) -> Fit {
        let TypeKind::Union(branches) = &self.graph.ty(id).kind else { return Ok(()) };
        let mut inner_fault = None;
        for branch in branches {
            match self.check(branch.id, value) {
                Ok(()) => return Ok(()),
                Err(fault) => {
                    let names_a_part = fault.span != value.span;
                    inner_fault = inner_fault.or(names_a_part.then_some(fault));
                }
            }
        }
        // A branch that only a part of the value keeps from matching is the one that was meant.
        Err(inner_fault.unwrap_or_else(|| {
            let kind = |branch: TypeId| self.graph.types.get(branch.index()).map(|ty| ty.kind.branch_name());
            let names: Vec<_> = branches.iter().filter_map(|branch| kind(branch.id)).take(MOST_BRANCHES).collect();
            let rest = if branches.len() > MOST_BRANCHES { ", …" } else { "" };
            let message = format!("{} fits no branch of [{}{rest}]", described(value), names.join(", "));
            DefaultFault { span: value.span, message }
        }))
    }
}

const MOST_BRANCHES: usize = 8;

fn integer<T: std::str::FromStr>(value: &Node, word: &str) -> Fit {
    let Some(text) = value.as_number() else {
        let message = format!("{} is not an integer", described(value));
        return Err(DefaultFault { span: value.span, message });
    };
    if text.parse::<T>().is_ok() {
        return Ok(());
    }
    let message = if text.contains(['.', 'e', 'E']) {
        format!("{text} is not written as an integer")
    } else {
        format!("{} is out of the range of {word}", described(value))
    };
    Err(DefaultFault { span: value.span, message })
}

fn bytes(value: &Node, word: &str) -> Result<usize, DefaultFault> {
    let fault = |message| Err(DefaultFault { span: value.span, message });
    let Some(text) = value.as_str() else {
        return fault(format!("{} is not a string, as the default of {word} must be", described(value)));
    };
    match text.chars().find(|&c| u32::from(c) > 255) {
        None => Ok(text.chars().count()),
        Some(c) => fault(format!("the character U+{:04X} stands for no byte, which is 0 to 255", u32::from(c))),
    }
}

fn fixed(value: &Node, fixed: &Fixed) -> Fit {
    let length = bytes(value, "a fixed")?;
    if length == fixed.size as usize {
        return Ok(());
    }
    let message = format!("the length in bytes is {length}, that of `{}` is {}", fixed.name, fixed.size);
    Err(DefaultFault { span: value.span, message })
}

fn symbol(value: &Node, symbols: &Enum) -> Fit {
    let known = value.as_str().is_some_and(|text| symbols.symbol_index(text).is_some());
    let message = || format!("{} is not a symbol of `{}`", described(value), symbols.name);
    if known { Ok(()) } else { Err(DefaultFault { span: value.span, message: message() }) }
}

fn mismatch(value: &Node, kind: &TypeKind) -> DefaultFault {
    DefaultFault { span: value.span, message: format!("{} is not a value of {}", described(value), kind.branch_name()) }
}

/// A short value as it is, a long one by its kind.
fn described(value: &Node) -> String {
    match &value.value {
        Value::Array(_) | Value::Object(_) => value.kind_name().to_owned(),
        Value::String(text) if text.chars().count() > 40 => "this string".to_owned(),
        Value::Number(text) if text.len() > 40 => "this number".to_owned(),
        _ => value.to_json(),
    }
}

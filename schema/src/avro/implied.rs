//! What defaults leave to other defaults.
//!
//! The default of a record may leave out fields that have defaults of their own, whose defaults may do the same. So a short
//! schema can imply a value without end, or one that is larger than any memory.

use std::collections::HashMap;

use crate::avro::default::Matcher;
use crate::avro::model::{Field, Graph, TypeId, TypeKind};
use crate::avro::read::Draft;
use crate::avro::rules;
use crate::diagnostic::Diagnostic;
use crate::json::Node;

/// Reports the defaults that imply too much, and drops them.
pub(super) fn check(draft: &mut Draft<'_>) {
    let severity = draft.options.bad_defaults;
    let graph = &draft.graph;
    let mut faults = Vec::new();
    let mut dropped = Vec::new();
    for (place, verdict) in sizes(graph) {
        let Some(field) = field(graph, place) else { continue };
        let what = match verdict {
            Some(size) if size <= MOST_SIZE => continue,
            Some(_) => format!("stand for more than {MOST_SIZE} characters of text"),
            None => format!("lead back to it, or on to more than {MOST_LEVELS} others one after the other"),
        };
        let span = field.default.as_ref().map_or(field.name_span, |default| default.span);
        let source = &graph.sources[field.location.file.index()];
        let message = format!("the default of `{}` leaves out fields whose defaults {what}", field.name);
        let fault = Diagnostic::new(&rules::BAD_DEFAULT, message).with_severity(severity).primary(source, span, "");
        faults.push(fault.note("writing the value in full says what is meant"));
        dropped.push(place);
    }
    for (ty, position) in dropped {
        let ty = draft.graph.types.get_mut(ty.index()).map(|ty| &mut ty.kind);
        if let Some(TypeKind::Record(record)) = ty
            && let Some(field) = record.fields.get_mut(position)
        {
            field.default = None;
        }
    }
    draft.diagnostics.extend(faults);
}

/// Characters of text that one default may imply.
const MOST_SIZE: u64 = 1 << 16;

/// How often a default may lead to another one.
const MOST_LEVELS: usize = 32;

/// A field, by its record and position.
type Place = (TypeId, usize);

/// The text that each default stands for, its own and that of the defaults that it implies; nothing for those that have no
/// end within the levels allowed. In the order of the schema, and only where a default implies others.
fn sizes(graph: &Graph) -> Vec<(Place, Option<u64>)> {
    let mut known = HashMap::new();
    let mut waiting: Vec<Place> = Vec::new();
    let mut implying = Vec::new();
    for place in places(graph) {
        let Some((field, default)) = field(graph, place).and_then(|field| Some((field, field.default.as_ref()?)))
        else {
            continue;
        };
        match size(graph, field.ty.id, default, &known) {
            // A default that needs no others; one that needs what happens to be known already is looked at again.
            Some(own) if own == text_size(default) => {
                known.insert(place, own);
            }
            _ => {
                waiting.push(place);
                implying.push(place);
            }
        }
    }
    for _ in 0..MOST_LEVELS {
        let (mut found, mut still_waiting) = (Vec::new(), Vec::new());
        for place in waiting {
            let size = field(graph, place).and_then(|it| size(graph, it.ty.id, it.default.as_ref()?, &known));
            match size {
                Some(size) => found.push((place, size)),
                None => still_waiting.push(place),
            }
        }
        if found.is_empty() {
            break;
        }
        known.extend(found);
        waiting = still_waiting;
    }
    implying.into_iter().map(|place| (place, known.get(&place).copied())).collect()
}

fn places(graph: &Graph) -> impl Iterator<Item = Place> {
    graph.types.iter().zip(0u32..).flat_map(|(ty, index)| {
        let fields = match &ty.kind {
            TypeKind::Record(record) => record.fields.len(),
            _ => 0,
        };
        (0..fields).map(move |position| (TypeId(index), position))
    })
}

fn field(graph: &Graph, (ty, position): Place) -> Option<&Field> {
    match &graph.types.get(ty.index())?.kind {
        TypeKind::Record(record) => record.fields.get(position),
        _ => None,
    }
}

/// The text of a value and of the defaults that it implies; nothing when one of these is not known.
fn size(graph: &Graph, ty: TypeId, value: &Node, known: &HashMap<Place, u64>) -> Option<u64> {
    let implied = Implied { graph, known, matcher: Matcher::new(graph) }.by(ty, value)?;
    Some(text_size(value).saturating_add(implied))
}

fn text_size(value: &Node) -> u64 {
    u64::from(value.span.end.saturating_sub(value.span.start))
}

struct Implied<'g, 'k> {
    graph: &'g Graph,
    known: &'k HashMap<Place, u64>,
    matcher: Matcher<'g>,
}

impl Implied<'_, '_> {
    fn by(&mut self, id: TypeId, value: &Node) -> Option<u64> {
        let graph = self.graph;
        let Some(ty) = graph.types.get(id.index()) else { return Some(0) };
        let mut sum = 0u64;
        match &ty.kind {
            TypeKind::Array(items) => {
                for value in value.as_array().into_iter().flatten() {
                    sum = sum.saturating_add(self.by(items.id, value)?);
                }
            }
            TypeKind::Map(values) => {
                for member in value.as_object().into_iter().flatten() {
                    sum = sum.saturating_add(self.by(values.id, &member.value)?);
                }
            }
            TypeKind::Record(record) => {
                let mut given = vec![false; record.fields.len()];
                for member in value.as_object().into_iter().flatten() {
                    let index = record.field_index(&member.key);
                    let Some((given, field)) = index.and_then(|at| Some((given.get_mut(at)?, record.fields.get(at)?)))
                    else {
                        continue;
                    };
                    *given = true;
                    sum = sum.saturating_add(self.by(field.ty.id, &member.value)?);
                }
                for (position, (field, given)) in record.fields.iter().zip(given).enumerate() {
                    // Without a default the value was not a valid one.
                    if !given && field.default.is_some() {
                        sum = sum.saturating_add(*self.known.get(&(id, position))?);
                    }
                }
            }
            TypeKind::Union(branches) => {
                let branch = branches.iter().find(|branch| self.matcher.check(branch.id, value).is_ok());
                return branch.map_or(Some(0), |branch| self.by(branch.id, value));
            }
            _ => {}
        }
        Some(sum)
    }
}

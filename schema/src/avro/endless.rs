//! Records that contain themselves without end.

use crate::avro::model::{Field, Graph, TypeId, TypeKind};
use crate::avro::read::Draft;
use crate::avro::rules;
use crate::diagnostic::Diagnostic;

/// Reports each circle of records in which every one needs a value of the next: none of them has a finite value.
pub(super) fn check(draft: &mut Draft<'_>) {
    let graph = &draft.graph;
    let finite = finite_types(graph);
    let is_finite = |id: TypeId| finite.get(id.index()).copied().unwrap_or(true);
    // Each endless record has a first field that makes it so; following those from any record ends in a circle.
    let next = |id: TypeId| match &graph.types.get(id.index())?.kind {
        TypeKind::Record(record) => {
            let field = record.fields.iter().find(|field| !is_finite(field.ty.id))?;
            Some((field, record_behind(graph, field.ty.id, is_finite)?))
        }
        _ => None,
    };
    let mut visited = vec![NEW; graph.types.len()];
    let mut faults = Vec::new();
    for (round, start) in (1u32..).zip(0..graph.types.len()) {
        let mut at = TypeId(u32::try_from(start).unwrap_or(u32::MAX));
        if is_finite(at) || !matches!(graph.types[start].kind, TypeKind::Record(_)) {
            continue;
        }
        while let Some(mark @ &mut NEW) = visited.get_mut(at.index()) {
            *mark = round;
            match next(at) {
                Some((_, following)) => at = following,
                None => break,
            }
        }
        if visited.get(at.index()) == Some(&round) && next(at).is_some() {
            faults.extend(circle(graph, at, next));
        }
    }
    draft.diagnostics.extend(faults);
}

/// The mark of a type that no round has visited; rounds count from 1.
const NEW: u32 = 0;

fn circle<'g>(
    graph: &'g Graph,
    start: TypeId,
    next: impl Fn(TypeId) -> Option<(&'g Field, TypeId)>,
) -> Option<Diagnostic> {
    let (first, mut at) = next(start)?;
    let mut way = format!("{}.{}", graph.ty(start).kind.branch_name(), first.name);
    let mut steps = 1;
    while at != start {
        let (field, following) = next(at)?;
        if steps < MOST_STEPS_SHOWN {
            way = format!("{way} → {}.{}", graph.ty(at).kind.branch_name(), field.name);
        }
        steps += 1;
        at = following;
    }
    if steps > MOST_STEPS_SHOWN {
        way = format!("{way} → … ({} more)", steps - MOST_STEPS_SHOWN);
    }
    let name = graph.ty(start).kind.branch_name();
    let source = &graph.sources[first.location.file.index()];
    let fault = Diagnostic::new(&rules::ENDLESS_RECORD, format!("`{name}` contains itself without end"))
        .primary(source, first.ty.location.span, "")
        .note(format!("every value needs another one: {way} → {name}"))
        .note("make a field on the way a union with null, an array or a map");
    Some(fault)
}

const MOST_STEPS_SHOWN: usize = 8;

/// The endless record that a field's type stands for: itself, or a branch of a union.
fn record_behind(graph: &Graph, id: TypeId, is_finite: impl Fn(TypeId) -> bool) -> Option<TypeId> {
    match &graph.types.get(id.index())?.kind {
        TypeKind::Record(_) => Some(id),
        TypeKind::Union(branches) => branches.iter().map(|branch| branch.id).find(|&branch| !is_finite(branch)),
        _ => None,
    }
}

/// Which types have a finite value: all but records with a field that has none, and unions without a branch that has one.
/// Each type is settled once, when the last thing it waits for is.
fn finite_types(graph: &Graph) -> Vec<bool> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); graph.types.len()];
    let mut waiting: Vec<usize> = vec![0; graph.types.len()];
    let mut finite = vec![false; graph.types.len()];
    let mut settled = Vec::new();
    for (index, ty) in graph.types.iter().enumerate() {
        waiting[index] = match &ty.kind {
            TypeKind::Record(record) => record.fields.len(),
            TypeKind::Union(_) => 1,
            _ => 0,
        };
        if waiting[index] == 0 {
            settled.push(index);
            continue;
        }
        for child in ty.kind.children() {
            match users.get_mut(child.id.index()) {
                Some(users) => users.push(index),
                // What is faulty already is no reason to find more.
                None => settled.extend(settle(&mut waiting, index)),
            }
        }
    }
    while let Some(index) = settled.pop() {
        finite[index] = true;
        for user in std::mem::take(&mut users[index]) {
            settled.extend(settle(&mut waiting, user));
        }
    }
    finite
}

/// Counts one thing less to wait for; the type itself when it was the last one.
fn settle(waiting: &mut [usize], index: usize) -> Option<usize> {
    let left = waiting.get_mut(index).filter(|left| **left > 0)?;
    *left -= 1;
    (*left == 0).then_some(index)
}

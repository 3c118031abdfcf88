//! Which definitions of two versions are the same.

use std::collections::{HashMap, HashSet};

use super::Sides;
use crate::thrift::resolve::Side;
use crate::thrift::{EnumId, Function, Head, Item, Program, ServiceId, StructId, TypeId};

/// The definitions that are there in both versions, by their positions in the old program and the new one.
pub(super) struct Pairs {
    pub(super) structs: Vec<(StructId, StructId)>,
    pub(super) enums: Vec<(EnumId, EnumId)>,
    pub(super) services: Vec<(ServiceId, ServiceId)>,
    /// The old version's services that are gone.
    pub(super) lost_services: Vec<ServiceId>,
}

/// A function, with the service that has it in its text, and its position there.
#[derive(Clone, Copy)]
pub(super) struct Call<'p> {
    pub(super) service: ServiceId,
    pub(super) position: usize,
    pub(super) function: &'p Function,
}

impl Pairs {
    pub(super) fn of(old: Side<'_>, new: Side<'_>) -> Self {
        let structs = by_name(&items(old, as_struct), &items(new, as_struct), |old_id, new_id| {
            let (from, to) = (&old.program[old_id], &new.program[new_id]);
            let same = from.fields.iter().filter(|field| {
                let other = to.field_by_id(field.id);
                other.is_some_and(|other| {
                    other.head.name == field.head.name && old.described(field.ty.id) == new.described(other.ty.id)
                })
            });
            // A new name for most of the same fields is a new name, and otherwise it is another struct.
            if from.kind == to.kind { (same.count(), from.fields.len().max(to.fields.len())) } else { (0, 1) }
        });
        let enums = by_name(&items(old, as_enum), &items(new, as_enum), |from, to| {
            let (from, to) = (&old.program[from], &new.program[to]);
            let same = from
                .values
                .iter()
                .filter(|value| to.value(&value.head.name).is_some_and(|other| other.number == value.number));
            (same.count(), from.values.len().max(to.values.len()))
        });
        let (old_services, new_services) = (items(old, as_service), items(new, as_service));
        let services = by_name(&old_services, &new_services, |from, to| {
            let (from, to) = (&old.program[from].functions, &new.program[to].functions);
            let has = |name: &str| to.iter().any(|function| *function.head.name == *name);
            let same = from.iter().filter(|function| has(&function.head.name));
            (same.count(), from.len().max(to.len()))
        });
        let kept: HashSet<ServiceId> = services.iter().map(|(old, _)| *old).collect();
        let lost_services = old_services.into_iter().map(|(_, id)| id).filter(|id| !kept.contains(id)).collect();
        Self { structs, enums, services, lost_services }
    }

    /// The messages of the functions that both versions have, for the old one and the new one.
    pub(super) fn calls(&self, sides: &Sides<'_>) -> Vec<(StructId, StructId)> {
        let (old, new) = sides.old_and_new();
        let mut pairs = Vec::new();
        for &(old_service, new_service) in &self.services {
            let functions = calls(new.program, new_service);
            for call in calls(old.program, old_service).into_values() {
                let Some(other) = functions.get(&*call.function.head.name) else { continue };
                let (Some(from), Some(to)) =
                    (old.messages.call(call.service, call.position), new.messages.call(other.service, other.position))
                else {
                    continue;
                };
                pairs.push((from.arguments, to.arguments));
                // An answer that one side does not wait for, or does not look into, is told as such.
                let is_void = |call: &Call<'_>| call.function.result.id == TypeId::VOID;
                let is_oneway = call.function.is_oneway || other.function.is_oneway;
                if !is_oneway && is_void(&call) == is_void(other) {
                    pairs.push((from.answer, to.answer));
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
}

/// The functions of a service by name, with those that it has from others.
pub(super) fn calls(program: &Program, service: ServiceId) -> HashMap<&str, Call<'_>> {
    let mut calls = HashMap::new();
    let services = std::iter::successors(Some(service), |service| program[*service].extends);
    for service in services {
        for (position, function) in program[service].functions.iter().enumerate() {
            calls.entry(&*function.head.name).or_insert(Call { service, position, function });
        }
    }
    calls
}

/// The definitions of a kind in a side's own file, in the order of the text.
fn items<T>(side: Side<'_>, kind: impl Fn(&Program, Item) -> Option<(&Head, T)>) -> Vec<(String, T)> {
    let file = &side.program[side.home];
    let mut found: Vec<_> = file.items().filter_map(|item| kind(side.program, item)).collect();
    found.sort_by_key(|(head, _)| head.location.span);
    found.into_iter().map(|(head, id)| (head.name.to_string(), id)).collect()
}

fn as_struct(program: &Program, item: Item) -> Option<(&Head, StructId)> {
    if let Item::Struct(id) = item { Some((&program[id].head, id)) } else { None }
}

fn as_enum(program: &Program, item: Item) -> Option<(&Head, EnumId)> {
    if let Item::Enum(id) = item { Some((&program[id].head, id)) } else { None }
}

fn as_service(program: &Program, item: Item) -> Option<(&Head, ServiceId)> {
    if let Item::Service(id) = item { Some((&program[id].head, id)) } else { None }
}

/// Pairs what has the same name, then what has lost its name: of the rest those that have most in common, more than half of what
/// they are made of. `alike` tells how many parts are the same, and of how many.
fn by_name<T: Copy + Eq + std::hash::Hash>(
    old: &[(String, T)],
    new: &[(String, T)],
    alike: impl Fn(T, T) -> (usize, usize),
) -> Vec<(T, T)> {
    let names: HashMap<&str, T> = new.iter().map(|(name, id)| (name.as_str(), *id)).collect();
    let mut pairs: Vec<(T, T)> = Vec::new();
    let mut lost = Vec::new();
    for (name, id) in old {
        match names.get(name.as_str()) {
            Some(other) => pairs.push((*id, *other)),
            None => lost.push(*id),
        }
    }
    let mut taken: HashSet<T> = pairs.iter().map(|(_, new)| *new).collect();
    for id in lost {
        let free = new.iter().map(|(_, other)| *other).filter(|other| !taken.contains(other));
        let likest = free.map(|other| (alike(id, other), other)).max_by_key(|((same, _), _)| *same);
        if let Some(((same, of), other)) = likest
            && 2 * same > of
        {
            taken.insert(other);
            pairs.push((id, other));
        }
    }
    pairs
}

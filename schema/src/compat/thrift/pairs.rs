//! Which definitions of two versions are the same.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::Sides;
use crate::thrift::resolve::Side;
use crate::thrift::{EnumId, Function, Head, Item, Program, ServiceId, StructId, Type, TypeId};

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
        let structs = by_name((old, new), as_struct, |from, to| alike_structs((old, from), (new, to)));
        let enums = by_name((old, new), as_enum, |from, to| {
            let (from, to) = (&old.program[from], &new.program[to]);
            let same = from
                .values
                .iter()
                .filter(|value| to.value(&value.head.name).is_some_and(|other| other.number == value.number));
            (same.count(), from.values.len().max(to.values.len()))
        });
        let services = by_name((old, new), as_service, |from, to| {
            let (from, to) = (&old.program[from].functions, &new.program[to].functions);
            let has = |name: &str| to.iter().any(|function| *function.head.name == *name);
            let same = from.iter().filter(|function| has(&function.head.name));
            (same.count(), from.len().max(to.len()))
        });
        let kept: HashSet<ServiceId> = services.iter().map(|(old, _)| *old).collect();
        let old_services = items(old, as_service).into_iter();
        let lost_services = old_services.map(|(_, id)| id).filter(|id| !kept.contains(id)).collect();
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
                // An answer that one side does not wait for is told as such.
                if !call.function.is_oneway && !other.function.is_oneway {
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

/// The definitions of a kind in a side's own file, by name and in the order of the text.
pub(super) fn items<T>(side: Side<'_>, kind: Kind<T>) -> Vec<(&str, T)> {
    let file = &side.program[side.home];
    let mut found: Vec<_> = file.items().filter_map(|item| kind(side.program, item)).collect();
    found.sort_by_key(|(head, _)| head.location.span);
    found.into_iter().map(|(head, id)| (&*head.name, id)).collect()
}

/// What a name stands for, when it is of some kind, with the name's place.
type Kind<T> = fn(&Program, Item) -> Option<(&Head, T)>;

/// A struct, by its own name or another.
pub(super) fn as_struct(program: &Program, item: Item) -> Option<(&Head, StructId)> {
    match item {
        Item::Struct(id) => Some((&program[id].head, id)),
        Item::Typedef(typedef) => match program[program[typedef].true_type] {
            Type::Struct(id) => Some((&program[typedef].head, id)),
            _ => None,
        },
        _ => None,
    }
}

/// An enum, by its own name or another.
pub(super) fn as_enum(program: &Program, item: Item) -> Option<(&Head, EnumId)> {
    match item {
        Item::Enum(id) => Some((&program[id].head, id)),
        Item::Typedef(typedef) => match program[program[typedef].true_type] {
            Type::Enum(id) => Some((&program[typedef].head, id)),
            _ => None,
        },
        _ => None,
    }
}

fn as_service(program: &Program, item: Item) -> Option<(&Head, ServiceId)> {
    if let Item::Service(id) = item { Some((&program[id].head, id)) } else { None }
}

/// Pairs what has the same name, then what has gone to another file or come from one, and then what has lost its name: of the rest
/// those that have most in common, more than half of what they are made of. `alike` tells how many parts are the same, and of
/// how many.
fn by_name<T: Copy + Eq + Hash>(
    (old, new): (Side<'_>, Side<'_>),
    kind: Kind<T>,
    alike: impl Fn(T, T) -> (usize, usize),
) -> Vec<(T, T)> {
    let (olds, news) = (items(old, kind), items(new, kind));
    let old_names: HashMap<&str, T> = olds.iter().copied().collect();
    let new_names: HashMap<&str, T> = news.iter().copied().collect();
    let mut pairs: Vec<(T, T)> = Vec::new();
    for (name, id) in &olds {
        let other = new_names.get(name).copied().or_else(|| elsewhere((old, new), name, kind));
        pairs.extend(other.map(|other| (*id, other)));
    }
    for (name, id) in news.iter().filter(|(name, _)| !old_names.contains_key(name)) {
        pairs.extend(elsewhere((new, old), name, kind).map(|former| (former, *id)));
    }
    let (kept, mut taken): (HashSet<T>, HashSet<T>) = pairs.iter().copied().unzip();
    for (_, id) in olds.iter().filter(|(_, id)| !kept.contains(id)) {
        let free = news.iter().map(|(_, other)| *other).filter(|other| !taken.contains(other));
        let likest = free.map(|other| (alike(*id, other), other)).max_by_key(|((same, _), _)| *same);
        if let Some(((same, of), other)) = likest
            && 2 * same > of
        {
            taken.insert(other);
            pairs.push((*id, other));
        }
    }
    pairs
}

/// What has a name of one side's in the other files of the other side: the only one, unless its file had it before.
fn elsewhere<T>((from, to): (Side<'_>, Side<'_>), name: &str, kind: Kind<T>) -> Option<T> {
    let was_there = |file: &str| from.program.files().iter().any(|of| *of.name == *file && of.item(name).is_some());
    let files = to.program.files().iter().filter(|file| !was_there(&file.name));
    let mut found = files.filter_map(|file| Some(kind(to.program, file.item(name)?)?.1));
    found.next().filter(|_| found.next().is_none())
}

/// How much of two structs is the same. A field counts by its id and name, and once more by its type, in which a definition that
/// has another name may be the same.
fn alike_structs((old, from): (Side<'_>, StructId), (new, to): (Side<'_>, StructId)) -> (usize, usize) {
    let (from, to) = (&old.program[from], &new.program[to]);
    if from.kind != to.kind {
        return (0, 1);
    }
    let same = from.fields.iter().map(|field| match to.field_by_id(field.id) {
        Some(other) if other.head.name == field.head.name => {
            1 + usize::from(alike_types((old, field.ty.id), (new, other.ty.id)))
        }
        _ => 0,
    });
    (same.sum(), 2 * from.fields.len().max(to.fields.len()))
}

/// Whether two types are the same, but for names that one version alone has.
pub(super) fn alike_types((old, from): (Side<'_>, TypeId), (new, to): (Side<'_>, TypeId)) -> bool {
    let alike = |from, to| alike_types((old, from), (new, to));
    let plain = |side: Side<'_>, id| side.program[side.program.true_type(id)];
    let named = |from: &Head, to: &Head| {
        let is_there = |side: Side<'_>, name: &str| side.program.files().iter().any(|file| file.item(name).is_some());
        from.name == to.name || !is_there(new, &from.name) && !is_there(old, &to.name)
    };
    match (plain(old, from), plain(new, to)) {
        (Type::List(from), Type::List(to)) | (Type::Set(from), Type::Set(to)) => alike(from, to),
        (Type::Map(key, value), Type::Map(other, to)) => alike(key, other) && alike(value, to),
        (Type::Struct(from), Type::Struct(to)) => named(&old.program[from].head, &new.program[to].head),
        (Type::Enum(from), Type::Enum(to)) => named(&old.program[from].head, &new.program[to].head),
        (from, to) => from == to,
    }
}

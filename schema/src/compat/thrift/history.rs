//! Ids and numbers that were used before for something else.

mod lineages;
mod shown;

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

use super::pairs::{Pairs, alike_types};
use super::reserved::Reserved;
use super::{Definitions, Sides, place, rules};
use crate::compat::{Direction, Directions, Finding, Options, Rule, Unwitnessed};
use crate::thrift::resolve::{self, Side};
use crate::thrift::{EnumId, Program, StructId};
use lineages::Lineages;
use shown::Shown;

/// Finds the fields of a new version whose ids other fields had, in a version from before they were gone, and the same of the
/// numbers of enums' values.
pub(super) fn reused(olds: &[Definitions], new: &Definitions, options: Options) -> Vec<(usize, Finding)> {
    if olds.len() < 2 || !options.surfaces.wire {
        return Vec::new();
    }
    let mut walk = Walk {
        new: new.side(),
        structs: Lineages::new(),
        enums: Lineages::new(),
        former_structs: HashMap::new(),
        former_enums: HashMap::new(),
        found: Vec::new(),
    };
    for (version, old) in olds.iter().enumerate().rev() {
        let (structs, enums) = met(old, new, options);
        let beside = olds.get(version + 1).map(|newer| met(old, newer, options)).unwrap_or_default();
        walk.structs.go_back(&beside.0, &structs);
        walk.enums.go_back(&beside.1, &enums);
        walk.fields(version, old.side());
        walk.values(version, old.side());
    }
    // Where several versions had it, the last of them speaks for those that nobody looks at.
    if !options.level.is_transitive() {
        let mut seen = HashSet::new();
        walk.found.retain(|(_, reuse)| seen.insert(reuse.part()));
    }
    let mut findings = Vec::new();
    let mut fixes = HashMap::new();
    for version in walk.found.chunk_by(|(a, _), (b, _)| a == b) {
        let Some((at, old)) = version.first().and_then(|(at, _)| Some((*at, olds.get(*at)?))) else { continue };
        let directions = options.directions.iter().filter(|_| options.witnesses);
        let sides: Vec<_> = directions.map(|direction| Sides::new(old, new, direction, options)).collect();
        let shown: Vec<_> = sides.iter().map(|sides| Shown::of(sides, (old, new))).collect();
        for (_, reuse) in version {
            let mut finding = walk.finding(reuse, old.side(), options);
            let (structure, enumeration, _) = reuse.part();
            finding.fix.clone_from(fixes.entry((structure, enumeration)).or_insert_with(|| walk.fix(reuse, olds)));
            for shown in &shown {
                shown.show(reuse, &mut finding);
            }
            findings.push((at, finding));
        }
    }
    findings
}

/// Something of the new version that has what something else of an old one had; parts are told by their positions.
#[derive(Clone, Copy)]
enum Reuse {
    Id { old: (StructId, usize), new: (StructId, usize) },
    Number { old: (EnumId, usize), new: (EnumId, usize), number: i32 },
}

impl Reuse {
    /// Which struct or enum of the new version, and which part of it.
    fn part(self) -> (Option<StructId>, Option<EnumId>, usize) {
        match self {
            Self::Id { new: (id, position), .. } => (Some(id), None, position),
            Self::Number { new: (id, position), .. } => (None, Some(id), position),
        }
    }
}

/// The way back through the versions.
struct Walk<'p> {
    new: Side<'p>,
    structs: Lineages<StructId>,
    enums: Lineages<EnumId>,
    /// What the definitions of the new version were in which version.
    former_structs: HashMap<StructId, Vec<(usize, StructId)>>,
    former_enums: HashMap<EnumId, Vec<(usize, EnumId)>>,
    /// What was found, the newest versions first.
    found: Vec<(usize, Reuse)>,
}

impl Walk<'_> {
    fn fields(&mut self, version: usize, from: Side<'_>) {
        let (to, found, formers) = (self.new, &mut self.found, &mut self.former_structs);
        self.structs.look(|id, old, gaps| {
            let (structure, former) = (&to.program[id], &from.program[old]);
            formers.entry(id).or_default().push((version, old));
            let is_answer = to.messages.message(id).is_some_and(|message| message.is_answer);
            for (position, field) in structure.fields.iter().enumerate() {
                // Another result is told as such.
                if is_answer && field.id == 0 {
                    continue;
                }
                let Some(at) = former.index_by_id(field.id) else {
                    gaps.insert(position);
                    continue;
                };
                let was = &former.fields[at];
                // What answers call their exceptions does not matter.
                let is_same = || {
                    let is_named = was.head.name == field.head.name;
                    is_named && alike_types((from, was.ty.id), (to, field.ty.id))
                        || is_answer && from.described(was.ty.id) == to.described(field.ty.id)
                };
                // What has come back as what it was is no other, nor is what that was before.
                if gaps.contains(&position) && is_same() {
                    gaps.remove(&position);
                } else if gaps.contains(&position) {
                    found.push((version, Reuse::Id { old: (old, at), new: (id, position) }));
                }
            }
        });
    }

    fn values(&mut self, version: usize, from: Side<'_>) {
        let (to, found, formers) = (self.new, &mut self.found, &mut self.former_enums);
        self.enums.look(|id, old, gaps| {
            let (enumeration, former) = (&to.program[id], &from.program[old]);
            formers.entry(id).or_default().push((version, old));
            for (position, value) in enumeration.values.iter().enumerate() {
                let number = value.number;
                let Some(was) = former.value_by_number(number) else {
                    gaps.insert(position);
                    continue;
                };
                // A number may have several names, of which the first is told.
                let is_first = enumeration.value_by_number(number).is_some_and(|it| it.head.name == value.head.name);
                let is_there = |name: &str| enumeration.value(name).is_some_and(|it| it.number == number);
                let is_same = || former.values.iter().any(|it| it.number == number && is_there(&it.head.name));
                if gaps.contains(&position) && is_same() {
                    gaps.remove(&position);
                } else if gaps.contains(&position) && is_first {
                    let at = former.values.iter().position(|it| it.head.name == was.head.name).unwrap_or_default();
                    found.push((version, Reuse::Number { old: (old, at), new: (id, position), number }));
                }
            }
        });
    }

    /// What to take instead of something that was used before.
    fn fix(&self, reuse: &Reuse, olds: &[Definitions]) -> Option<String> {
        match *reuse {
            Reuse::Id { new: (id, _), .. } => {
                let formers = self.former_structs.get(&id).into_iter().flatten();
                let formers = formers.map(|(version, id)| (olds[*version].program(), *id));
                free_id(formers.chain([(self.new.program, id)]))
            }
            Reuse::Number { new: (id, _), .. } => {
                let formers = self.former_enums.get(&id).into_iter().flatten();
                let formers = formers.map(|(version, id)| (olds[*version].program(), *id));
                free_number(formers.chain([(self.new.program, id)]))
            }
        }
    }

    fn finding(&self, reuse: &Reuse, from: Side<'_>, options: Options) -> Finding {
        let to = self.new;
        let end = "before it was removed: data and readers of that version take one for the other";
        match *reuse {
            Reuse::Id { old: (old, former), new: (id, position) } => {
                let was = &from.program[old].fields[former];
                let message = format!(
                    "{} has the id {}, which was that of `{}` ({}) {end}",
                    to.spelled(id, position),
                    was.id,
                    was.head.name,
                    from.described(was.ty.id)
                );
                let places = (from.field(old, former), to.field(id, position));
                broken(&rules::REUSED_ID, message, (from, to), places, options)
            }
            Reuse::Number { old: (old, former), new: (id, position), number } => {
                let (was, value) = (&from.program[old].values[former], &to.program[id].values[position]);
                let message = format!(
                    "`{}` of the enum `{}` has the number {number}, which was that of `{}` {end}",
                    value.head.name,
                    to.name(&to.program[id].head),
                    was.head.name
                );
                let places = (from.value(old, former), to.value(id, position));
                broken(&rules::REUSED_NUMBER, message, (from, to), places, options)
            }
        }
    }
}

impl Sides<'_> {
    /// Finds fields that have come under an id that the old version reserves.
    pub(super) fn reserved_ids(&self, (old, new): (StructId, StructId), add: &mut dyn FnMut(Finding)) {
        let (from, to) = self.old_and_new();
        let (former, structure) = (&from.program[old], &to.program[new]);
        let reserved = Reserved::in_struct(from.program, former);
        let free = LazyCell::new(|| free_id([(from.program, old), (to.program, new)].into_iter()));
        for (position, field) in structure.fields.iter().enumerate() {
            let Some(span) = reserved.place(field.id.into()).filter(|_| former.field_by_id(field.id).is_none()) else {
                continue;
            };
            let message = format!(
                "{} has the id {}, which the old version reserves: data and readers of a version before may have another field \
                 under it",
                to.spelled(new, position),
                field.id
            );
            let mut place = from.structure(old);
            place.location.span = span;
            let places = (place, to.field(new, position));
            let mut found = broken(&rules::REUSED_ID, message, (from, to), places, self.options);
            found.fix.clone_from(&free);
            self.cannot_show(&mut found, "field");
            add(found);
        }
    }

    /// Finds values that have come under a number that the old version reserves.
    pub(super) fn reserved_numbers(&self, (old, new): (EnumId, EnumId), add: &mut dyn FnMut(Finding)) {
        let (from, to) = self.old_and_new();
        let (former, enumeration) = (&from.program[old], &to.program[new]);
        let reserved = Reserved::in_enum(from.program, former);
        let free = LazyCell::new(|| free_number([(from.program, old), (to.program, new)].into_iter()));
        for (position, value) in enumeration.values.iter().enumerate() {
            let number = value.number;
            let Some(span) = reserved.place(number).filter(|_| former.value_by_number(number).is_none()) else {
                continue;
            };
            let message = format!(
                "`{}` of the enum `{}` has the number {number}, which the old version reserves: data and readers of a version \
                 before may have another value under it",
                value.head.name,
                to.name(&enumeration.head)
            );
            let mut place = from.enumeration(old);
            place.location.span = span;
            let places = (place, to.value(new, position));
            let mut found = broken(&rules::REUSED_NUMBER, message, (from, to), places, self.options);
            found.fix.clone_from(&free);
            self.cannot_show(&mut found, "value");
            add(found);
        }
    }

    fn cannot_show(&self, finding: &mut Finding, what: &str) {
        if self.options.witnesses && self.options.surfaces.wire {
            let reason = format!("it takes data of a version from before the {what} was removed");
            let unwitnessed = |direction| Unwitnessed { direction, reason: reason.clone() };
            finding.unwitnessed.extend(finding.breaks.iter().map(unwitnessed));
        }
    }
}

/// The structs and enums of two versions that are the same, or meet in the data.
type Met = (Vec<(StructId, StructId)>, Vec<(EnumId, EnumId)>);

fn met(old: &Definitions, new: &Definitions, options: Options) -> Met {
    let sides = Sides::new(old, new, Direction::Backward, options);
    let resolution = sides.resolve(&Pairs::of(old.side(), new.side()));
    (resolution.plans.iter().map(|plan| (plan.writer, plan.reader)).collect(), resolution.enums)
}

fn broken(
    rule: &'static Rule,
    message: String,
    (from, to): (Side<'_>, Side<'_>),
    (old, new): (resolve::Place, resolve::Place),
    options: Options,
) -> Finding {
    let mut finding = Finding::new(rule, options.surfaces, message, place(from, old), place(to, new));
    finding.breaks = Directions::BOTH;
    finding
}

/// An id that a struct has in no version, and none reserves.
fn free_id<'p>(versions: impl Iterator<Item = (&'p Program, StructId)>) -> Option<String> {
    let (mut highest, mut reserved) = (0, Reserved::default());
    for (program, id) in versions {
        highest = program[id].fields.iter().map(|field| field.id.into()).fold(highest, i32::max);
        reserved.extend(Reserved::in_struct(program, &program[id]));
    }
    let free = reserved.free_behind(highest).filter(|free| i16::try_from(*free).is_ok())?;
    Some(format!("take an id that no version has had, such as {free}"))
}

/// A number that an enum has in no version, and none reserves.
fn free_number<'p>(versions: impl Iterator<Item = (&'p Program, EnumId)>) -> Option<String> {
    let (mut highest, mut reserved) = (0, Reserved::default());
    for (program, id) in versions {
        highest = program[id].values.iter().map(|value| value.number).fold(highest, i32::max);
        reserved.extend(Reserved::in_enum(program, &program[id]));
    }
    let free = reserved.free_behind(highest)?;
    Some(format!("take a number that no version has had, such as {free}"))
}

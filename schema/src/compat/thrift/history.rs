//! Ids that were used before for something else.

use std::collections::HashSet;

use super::witness::Witnesses;
use super::{Definitions, Sides, place, reserved, rules};
use crate::compat::{Directions, Finding, Options, Unwitnessed};
use crate::thrift::resolve::{Fault, FaultKind, Side, Site};
use crate::thrift::{Item, Program, StructId};

/// Finds the fields of a new version whose ids other fields had, in a version from before they were gone.
pub(super) fn reused(olds: &[Definitions], new: &Definitions, options: Options) -> Vec<(usize, Finding)> {
    let mut findings = Vec::new();
    let to = new.side();
    let file = &new.program()[new.file()];
    let mut structs: Vec<StructId> =
        file.items().filter_map(|item| if let Item::Struct(id) = item { Some(id) } else { None }).collect();
    structs.sort_unstable();
    for id in structs {
        let structure = &new.program()[id];
        let same = |old: &Definitions| named(old, &structure.head.name);
        for (position, field) in structure.fields.iter().enumerate() {
            // The last version that lacks the id; what an older one has under it is something else.
            let lacks =
                |old: &Definitions| same(old).is_some_and(|id| old.program()[id].field_by_id(field.id).is_none());
            let Some(gap) = olds.iter().rposition(lacks) else { continue };
            for (version, old) in olds.iter().enumerate().take(gap) {
                let Some(old_id) = same(old) else { continue };
                let from = old.side();
                let Some(former) = old.program()[old_id].fields.iter().position(|former| former.id == field.id) else {
                    continue;
                };
                let was = &old.program()[old_id].fields[former];
                if was.head.name == field.head.name && from.described(was.ty.id) == to.described(field.ty.id) {
                    continue;
                }
                let message = format!(
                    "{} has the id {}, which was that of `{}` ({}) before it was removed: data and readers of that version take \
                     one for the other",
                    to.spelled(id, position),
                    field.id,
                    was.head.name,
                    from.described(was.ty.id)
                );
                let places = (place(from, from.field(old_id, former)), place(to, to.field(id, position)));
                let versions = olds.iter().filter_map(|old| Some((old.program(), same(old)?)));
                let mut found = finding(message, places, (to.program, id), versions, options);
                show(&mut found, (old, old_id), (new, id), field.id, options);
                findings.push((version, found));
            }
        }
    }
    // Where several versions had it, the last of them speaks for those that nobody looks at.
    if !options.level.is_transitive() {
        findings.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
        let mut seen = HashSet::new();
        findings.retain(|(_, finding)| seen.insert(finding.new.path.clone()));
    }
    findings
}

impl Sides<'_> {
    /// Finds fields that have come under an id that the old version reserves.
    pub(super) fn reserved(&self, (old, new): (StructId, StructId), add: &mut dyn FnMut(Finding)) {
        let (from, to) = self.old_and_new();
        let structure = &from.program[old];
        for (position, field) in to.program[new].fields.iter().enumerate() {
            if structure.field_by_id(field.id).is_some() {
                continue;
            }
            let Some(span) = reserved::place(from.program, structure, field.id) else { continue };
            let message = format!(
                "{} has the id {}, which the old version reserves: data and readers of a version before may have another field \
                 under it",
                to.spelled(new, position),
                field.id
            );
            let mut at = place(from, from.structure(old));
            at.span = span;
            let places = (at, place(to, to.field(new, position)));
            let olds = std::iter::once((from.program, old));
            let mut found = finding(message, places, (to.program, new), olds, self.options);
            if self.options.witnesses {
                for direction in found.breaks.iter() {
                    let reason = "it takes data of a version from before the field was removed".to_owned();
                    found.unwitnessed.push(Unwitnessed { direction, reason });
                }
            }
            add(found);
        }
    }
}

fn finding<'p>(
    message: String,
    (old, new): (crate::compat::Place, crate::compat::Place),
    (program, id): (&'p Program, StructId),
    olds: impl Iterator<Item = (&'p Program, StructId)>,
    options: Options,
) -> Finding {
    let mut finding = Finding::new(&rules::REUSED_ID, options.surfaces, message, old, new);
    finding.breaks = Directions::BOTH;
    let versions = olds.chain(std::iter::once((program, id)));
    let taken: HashSet<i16> = versions.flat_map(|(program, id)| reserved::taken(program, &program[id])).collect();
    let highest = program[id].fields.iter().map(|field| field.id).max().unwrap_or_default();
    let free = (highest.max(0)..i16::MAX).map(|id| id + 1).find(|id| !taken.contains(id));
    finding.fix = free.map(|free| format!("take an id that no version has had, such as {free}"));
    finding
}

/// Adds what becomes of the former field with the new schema, and the other way round.
fn show(
    finding: &mut Finding,
    (old, from): (&Definitions, StructId),
    (new, to): (&Definitions, StructId),
    id: i16,
    options: Options,
) {
    if !(options.witnesses && options.surfaces.wire) {
        return;
    }
    for direction in finding.breaks.iter() {
        let sides = Sides::new(old, new, direction, options);
        let (writer, reader) = sides.turned(from, to);
        let position = |side: Side<'_>, id_of: StructId| {
            side.program[id_of].fields.iter().position(|field| field.id == id).unwrap_or_default()
        };
        let field = position(sides.writer, writer);
        let fault = Fault {
            kind: FaultKind::ChangedId,
            message: finding.message.clone(),
            breaks: true,
            writer: sides.writer.field(writer, field),
            reader: sides.reader.field(reader, position(sides.reader, reader)),
            site: Some(Site { writer, reader, field: Some(field), parts: Vec::new(), number: None }),
        };
        match Witnesses::new(&sides).of(&fault) {
            Ok(witness) => finding.witnesses.push(witness),
            Err(reason) => finding.unwitnessed.push(Unwitnessed { direction, reason: reason.to_string() }),
        }
    }
}

/// The struct of a name in a version's own file.
fn named(version: &Definitions, name: &str) -> Option<StructId> {
    match version.program()[version.file()].item(name)? {
        Item::Struct(id) => Some(id),
        _ => None,
    }
}

//! What becomes of data of an old version's with the new schema, and the other way round.

use std::collections::HashMap;

use super::{Definitions, Reuse};
use crate::compat::thrift::Sides;
use crate::compat::thrift::pairs::Pairs;
use crate::compat::thrift::witness::{NoWitness, Witnesses};
use crate::compat::{Finding, Unwitnessed};
use crate::thrift::EnumId;
use crate::thrift::resolve::{Fault, FaultKind, Part, Resolution, Side, Site, Step, Take};

/// Shows in one direction what is used again.
pub(super) struct Shown<'s, 'p> {
    sides: &'s Sides<'p>,
    witnesses: Witnesses<'p>,
    /// Where enums of the writer's are read as those of the reader's.
    sites: HashMap<(EnumId, EnumId), Site>,
}

impl<'s, 'p> Shown<'s, 'p> {
    pub(super) fn of(sides: &'s Sides<'p>, (old, new): (&Definitions, &Definitions)) -> Self {
        let resolution = sides.resolve(&Pairs::of(old.side(), new.side()));
        Self { sides, witnesses: Witnesses::new(sides), sites: sites(sides.writer, &resolution) }
    }

    /// Adds a value that is taken for another to a finding, or why there is none.
    pub(super) fn show(&self, reuse: &Reuse, finding: &mut Finding) {
        let direction = self.sides.direction;
        let fault = self.fault(reuse, &finding.message);
        match fault.ok_or(NoWitness::NotHeld).and_then(|fault| self.witnesses.of(&fault)) {
            Ok(witness) => finding.witnesses.push(witness),
            Err(reason) => finding.unwitnessed.push(Unwitnessed { direction, reason: reason.to_string() }),
        }
    }

    fn fault(&self, reuse: &Reuse, message: &str) -> Option<Fault> {
        let Sides { writer, reader, .. } = *self.sides;
        let (kind, places, site) = match *reuse {
            Reuse::Id { old, new } => {
                let (from, to) = self.sides.turned(old, new);
                let site = Site { writer: from.0, reader: to.0, field: Some(from.1), parts: Vec::new(), number: None };
                (FaultKind::ChangedId, (writer.field(from.0, from.1), reader.field(to.0, to.1)), site)
            }
            Reuse::Number { old, new, number } => {
                let (from, to) = self.sides.turned(old, new);
                let site = Site { number: Some(number), ..self.sites.get(&(from.0, to.0))?.clone() };
                (FaultKind::RenumberedValue, (writer.value(from.0, from.1), reader.value(to.0, to.1)), site)
            }
        };
        let (writer, reader) = places;
        Some(Fault { kind, message: message.to_owned(), breaks: true, writer, reader, site: Some(site) })
    }
}

/// The first places, those in messages last.
fn sites(writer: Side<'_>, resolution: &Resolution) -> HashMap<(EnumId, EnumId), Site> {
    let mut found = HashMap::new();
    let mut plans: Vec<_> = resolution.plans.iter().collect();
    plans.sort_by_key(|plan| writer.messages.message(plan.writer).is_some());
    for plan in plans {
        for step in &plan.steps {
            if let Step::Read { writer: field, take, .. } = step {
                let (from, to, field) = (plan.writer, plan.reader, Some(*field));
                let mut site = Site { writer: from, reader: to, field, parts: Vec::new(), number: None };
                enums(take, &mut site, &mut found);
            }
        }
    }
    found
}

/// Adds where enums are in a field.
fn enums(take: &Take, site: &mut Site, sites: &mut HashMap<(EnumId, EnumId), Site>) {
    let parts = match take {
        Take::Enum(from, to) => {
            sites.entry((*from, *to)).or_insert_with(|| site.clone());
            return;
        }
        Take::Items(item) => vec![(Part::Element, &**item)],
        Take::Entries(entry) => vec![(Part::Key, &entry.0), (Part::Value, &entry.1)],
        _ => return,
    };
    for (part, take) in parts {
        site.parts.push(part);
        enums(take, site, sites);
        site.parts.pop();
    }
}

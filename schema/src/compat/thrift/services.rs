//! Calls that a server does not know, or that are answered otherwise than a client expects.

use std::cell::OnceCell;

use super::pairs::{Call, Pairs, calls};
use super::witness::Witnesses;
use super::{Sides, rules};
use crate::compat::{Direction, Directions, Finding, Unwitnessed, Witness};
use crate::thrift::resolve::{Place, Side};
use crate::thrift::{Location, ServiceId, TypeId};

impl Sides<'_> {
    /// Finds what changes for callers beside their messages. The old version is the writer's here.
    pub(super) fn services(&self, pairs: &Pairs, add: &mut dyn FnMut(Finding)) {
        let clients = Clients::new(self);
        for &(old, new) in &pairs.services {
            self.functions((old, new), &clients, add);
        }
        for &lost in &pairs.lost_services {
            let name = self.writer.name(&self.writer.program[lost].head);
            let top = Location { file: self.reader.home, span: crate::source::Span::default() };
            for call in sorted(self.writer, lost) {
                let message = format!(
                    "`{name}.{}` is gone with its service: calls of it are answered with an error",
                    call.name()
                );
                let places = (function(self.writer, &call), Place { path: "/services".to_owned(), location: top });
                let mut finding = self.found(&rules::REMOVED_METHOD, message, places);
                clients.show(&mut finding, Directions::BOTH, |direction| clients.removed(direction, &call, None));
                add(finding);
            }
        }
    }

    fn functions(&self, (old, new): (ServiceId, ServiceId), clients: &Clients<'_>, add: &mut dyn FnMut(Finding)) {
        let (from, to) = (self.writer, self.reader);
        let (before, after) = (calls(from.program, old), calls(to.program, new));
        let name = to.name(&to.program[new].head);
        for call in sorted(from, old) {
            let Some(other) = after.get(call.name()) else {
                let message = format!("`{name}.{}` is gone: calls of it are answered with an error", call.name());
                let places = (function(from, &call), service(to, new));
                let mut finding = self.found(&rules::REMOVED_METHOD, message, places);
                clients.show(&mut finding, Directions::BOTH, |direction| clients.removed(direction, &call, Some(new)));
                finding.fix = Some(format!("keep `{}`", call.name()));
                add(finding);
                continue;
            };
            if call.function.is_oneway != other.function.is_oneway {
                let message = format!(
                    "`{name}.{}` was {} and is {}: a client waits for an answer that never comes, or finds one that it did not \
                     wait for",
                    call.name(),
                    if call.function.is_oneway { "oneway" } else { "not oneway" },
                    if other.function.is_oneway { "oneway" } else { "not" }
                );
                let places = (function(from, &call), function(to, other));
                let mut finding = self.found(&rules::CHANGED_ONEWAY, message, places);
                clients.show(&mut finding, Directions::BOTH, |direction| match direction {
                    Direction::Backward => clients.unanswered(direction, &call, new),
                    Direction::Forward => clients.unanswered(direction, other, old),
                });
                add(finding);
            } else if (call.function.result.id == TypeId::VOID) != (other.function.result.id == TypeId::VOID) {
                add(self.result(&name, &call, other, clients));
            }
        }
        for call in sorted(to, new).into_iter().filter(|call| !before.contains_key(call.name())) {
            let message = format!(
                "`{name}.{}` is new: a server with the old schema answers calls of it with an error",
                call.name()
            );
            let places = (service(from, old), function(to, &call));
            let mut finding = self.found(&rules::ADDED_METHOD, message, places);
            clients.show(&mut finding, Directions::FORWARD, |direction| {
                clients.witnesses(direction).unknown(&call, Some(old)).map_err(|reason| reason.to_string())
            });
            finding.fix = Some("bring the new version to all servers before clients call it".to_owned());
            add(finding);
        }
    }

    /// A function that has come to have a result, or has none any more.
    fn result(&self, service: &str, call: &Call<'_>, other: &Call<'_>, clients: &Clients<'_>) -> Finding {
        let (from, to) = (self.writer, self.reader);
        let described = |side: Side<'_>, id| {
            if id == TypeId::VOID { "nothing".to_owned() } else { side.described(id) }
        };
        let message = format!(
            "`{service}.{}` returned {} and returns {}: one side expects a result that the other does not send",
            call.name(),
            described(from, call.function.result.id),
            described(to, other.function.result.id)
        );
        let (mut old, mut new) = (function(from, call), function(to, other));
        old.path.push_str("/result");
        new.path.push_str("/result");
        old.location.span = call.function.result.span;
        new.location.span = other.function.result.span;
        let mut finding = self.found(&rules::CHANGED_RETURN_TYPE, message, (old, new));
        clients.show(&mut finding, Directions::BOTH, |direction| {
            let (writer, reader) = match direction {
                Direction::Backward => (call, other),
                Direction::Forward => (other, call),
            };
            clients.witnesses(direction).answer(writer, reader).map_err(|reason| reason.to_string())
        });
        finding
    }
}

/// The witnesses of what clients of either version come to.
struct Clients<'p> {
    sides: &'p Sides<'p>,
    old: OnceCell<Witnesses<'p>>,
    new: OnceCell<Witnesses<'p>>,
}

impl<'p> Clients<'p> {
    fn new(sides: &'p Sides<'p>) -> Self {
        Self { sides, old: OnceCell::new(), new: OnceCell::new() }
    }

    /// Those of a direction; each is made when it is first asked for.
    fn witnesses(&self, direction: Direction) -> &Witnesses<'p> {
        let sides = self.sides;
        match direction {
            Direction::Backward => self.old.get_or_init(|| Witnesses::new(sides)),
            Direction::Forward => self.new.get_or_init(|| {
                let (writer, reader) = (sides.reader, sides.writer);
                Witnesses::new(&Sides { writer, reader, direction, options: sides.options })
            }),
        }
    }

    /// Lets a finding break directions, and shows how.
    fn show(&self, finding: &mut Finding, breaks: Directions, witness: impl Fn(Direction) -> Result<Witness, String>) {
        finding.breaks = breaks;
        let options = self.sides.options;
        if options.witnesses && options.surfaces.wire {
            let asked = breaks.iter().filter(|direction| options.directions.meet((*direction).into()));
            for direction in asked {
                match witness(direction) {
                    Ok(witness) => finding.witnesses.push(witness),
                    Err(reason) => finding.unwitnessed.push(Unwitnessed { direction, reason }),
                }
            }
        }
    }

    /// The call of a function that is gone, or the new server's answer to it.
    fn removed(&self, direction: Direction, call: &Call<'_>, server: Option<ServiceId>) -> Result<Witness, String> {
        let old = self.witnesses(Direction::Backward);
        let witness = match direction {
            Direction::Backward => old.unknown(call, server),
            Direction::Forward => old.refusal(call, server),
        };
        witness.map_err(|reason| reason.to_string())
    }

    /// A call that waits for an answer, when that is what the client takes it for.
    fn unanswered(&self, direction: Direction, call: &Call<'_>, server: ServiceId) -> Result<Witness, String> {
        if call.function.is_oneway {
            return Err("Cognate's servers leave a oneway call without an answer; those that look at their own schema alone answer \
                        it, and the client takes that for the answer to its next call"
                .to_owned());
        }
        self.witnesses(direction).unanswered(call, server).map_err(|reason| reason.to_string())
    }
}

impl Call<'_> {
    pub(super) fn name(&self) -> &str {
        &self.function.head.name
    }
}

/// The functions of a service in the order of the text, those that it has from others behind its own.
pub(super) fn sorted(side: Side<'_>, service: ServiceId) -> Vec<Call<'_>> {
    let mut all: Vec<_> = calls(side.program, service).into_values().collect();
    all.sort_by_key(|call| (call.service != service, call.service, call.position));
    all
}

pub(super) fn function(side: Side<'_>, call: &Call<'_>) -> Place {
    let service = service(side, call.service);
    Place { path: format!("{}/functions/{}", service.path, call.name()), location: call.function.head.location }
}

pub(super) fn service(side: Side<'_>, id: ServiceId) -> Place {
    let head = &side.program[id].head;
    Place { path: format!("/services/{}", side.name(head)), location: head.location }
}

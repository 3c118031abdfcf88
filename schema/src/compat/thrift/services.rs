//! Calls that a server does not know, or that are answered otherwise than a client expects.

use super::pairs::{Call, Pairs, calls};
use super::{Sides, rules};
use crate::compat::{Directions, Finding, Rule, Unwitnessed};
use crate::thrift::resolve::{Place, Side};
use crate::thrift::{Location, ServiceId, TypeId};

impl Sides<'_> {
    /// Finds what changes for callers beside their messages. The old version is the writer's here.
    pub(super) fn services(&self, pairs: &Pairs, add: &mut dyn FnMut(Finding)) {
        for &(old, new) in &pairs.services {
            self.functions(old, new, add);
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
                add(self.call(&rules::REMOVED_METHOD, message, places, Directions::BOTH));
            }
        }
    }

    fn functions(&self, old: ServiceId, new: ServiceId, add: &mut dyn FnMut(Finding)) {
        let (from, to) = (self.writer, self.reader);
        let (before, after) = (calls(from.program, old), calls(to.program, new));
        let name = to.name(&to.program[new].head);
        for call in sorted(from, old) {
            let Some(other) = after.get(call.name()) else {
                let message = format!("`{name}.{}` is gone: calls of it are answered with an error", call.name());
                let mut finding = self.call(
                    &rules::REMOVED_METHOD,
                    message,
                    (function(from, &call), service(to, new)),
                    Directions::BOTH,
                );
                finding.fix = Some(format!("keep `{}`", call.name()));
                add(finding);
                continue;
            };
            let places = || (function(from, &call), function(to, other));
            let (was, is) = (call.function.is_oneway, other.function.is_oneway);
            if was != is {
                let (was, is) = if was { ("oneway", "not") } else { ("not oneway", "oneway") };
                let message = format!(
                    "`{name}.{}` was {was} and is {is}: a client waits for an answer that never comes, or finds one that it did \
                     not wait for",
                    call.name()
                );
                add(self.call(&rules::CHANGED_ONEWAY, message, places(), Directions::BOTH));
            } else if (call.function.result.id == TypeId::VOID) != (other.function.result.id == TypeId::VOID) {
                let described = |side: Side<'_>, id| {
                    if id == TypeId::VOID { "nothing".to_owned() } else { side.described(id) }
                };
                let message = format!(
                    "`{name}.{}` returned {} and returns {}: one side expects a result that the other does not send",
                    call.name(),
                    described(from, call.function.result.id),
                    described(to, other.function.result.id)
                );
                let (mut old, mut new) = places();
                old.path.push_str("/result");
                new.path.push_str("/result");
                old.location.span = call.function.result.span;
                new.location.span = other.function.result.span;
                add(self.call(&rules::CHANGED_RETURN_TYPE, message, (old, new), Directions::BOTH));
            }
        }
        for call in sorted(to, new).into_iter().filter(|call| !before.contains_key(call.name())) {
            let message = format!(
                "`{name}.{}` is new: a server with the old schema answers calls of it with an error",
                call.name()
            );
            let mut finding = self.call(
                &rules::ADDED_METHOD,
                message,
                (service(from, old), function(to, &call)),
                Directions::FORWARD,
            );
            finding.fix = Some("bring the new version to all servers before clients call it".to_owned());
            add(finding);
        }
    }

    fn call(&self, rule: &'static Rule, message: String, places: (Place, Place), breaks: Directions) -> Finding {
        let mut finding = self.found(rule, message, places);
        finding.breaks = breaks;
        if self.options.witnesses && self.options.surfaces.wire {
            for direction in breaks.iter() {
                let reason = "it is the call that fails, whatever the values in it are".to_owned();
                finding.unwitnessed.push(Unwitnessed { direction, reason });
            }
        }
        finding
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

//! What changes in the code that is generated.

use std::collections::HashSet;

use super::pairs::{Pairs, as_enum, as_struct, calls, items};
use super::services::{function, service, sorted};
use super::{Sides, rules};
use crate::compat::{Directions, Finding, Rule};
use crate::source::Span;
use crate::thrift::resolve::{Place, Resolution, Side};
use crate::thrift::{EnumId, Field, Function, Location, Requiredness, ServiceId, StructId, TypeId};

impl Sides<'_> {
    /// Finds what code that uses the old types does not compile with, and the other way round. The old version is the writer's here.
    pub(super) fn source(&self, pairs: &Pairs, resolution: &Resolution, add: &mut dyn FnMut(Finding)) {
        for plan in &resolution.plans {
            if self.writer.messages.message(plan.writer).is_none() {
                self.struct_source(plan.writer, plan.reader, add);
            }
        }
        for &(old, new) in &resolution.enums {
            self.enum_source(old, new, add);
        }
        for &(old, new) in &pairs.services {
            self.service_source(old, new, add);
        }
        self.removed_types(resolution, add);
    }

    /// Finds what has no successor, not even under another name.
    fn removed_types(&self, resolution: &Resolution, add: &mut dyn FnMut(Finding)) {
        let structs: HashSet<StructId> = resolution.plans.iter().map(|plan| plan.writer).collect();
        let enums: HashSet<EnumId> = resolution.enums.iter().map(|(old, _)| *old).collect();
        let lost_structs = items(self.writer, as_struct).into_iter().filter(|(_, id)| !structs.contains(id));
        let lost_enums = items(self.writer, as_enum).into_iter().filter(|(_, id)| !enums.contains(id));
        let places = lost_structs
            .map(|(name, id)| (name, self.writer.structure(id)))
            .chain(lost_enums.map(|(name, id)| (name, self.writer.enumeration(id))));
        for (name, old) in places {
            let top = Location { file: self.reader.home, span: Span::default() };
            let message = format!("`{name}` is gone: code that uses the generated type does not compile");
            let places = (old, Place { path: "/".to_owned(), location: top });
            let mut finding = self.found(&rules::SOURCE_REMOVED_TYPE, message, places);
            finding.breaks = Directions::BACKWARD;
            add(finding);
        }
    }

    fn struct_source(&self, old: StructId, new: StructId, add: &mut dyn FnMut(Finding)) {
        let (from, to) = (&self.writer.program[old], &self.reader.program[new]);
        let places = || (self.writer.structure(old), self.reader.structure(new));
        let name = &to.head.name;
        // A typedef may keep the former name.
        let is_called = self.reader.program[self.reader.home].item(&from.head.name).and_then(|item| {
            let (_, id) = as_struct(self.reader.program, item)?;
            Some(id)
        });
        if is_called != Some(new) && from.head.name != *name || from.kind != to.kind {
            let message = format!(
                "the generated type of the {} `{}` is that of the {} `{name}`: code that uses it does not compile",
                from.kind.word(),
                from.head.name,
                to.kind.word()
            );
            self.broken(&rules::SOURCE_RENAMED_TYPE, message, places(), add);
        }
        for (position, field) in from.fields.iter().enumerate() {
            let Some(other) = to.field_index(&field.head.name) else {
                let message =
                    format!("`{name}` has lost the field `{}`: code that names it does not compile", field.head.name);
                let places = (self.writer.field(old, position), self.reader.structure(new));
                self.broken(&rules::SOURCE_CHANGED_FIELDS, message, places, add);
                continue;
            };
            let (was, is) = (shape(self.writer, field), shape(self.reader, &to.fields[other]));
            if was != is {
                let message = format!(
                    "{} was generated for {was} and is for {is}: code that uses it does not compile",
                    self.reader.spelled(new, other)
                );
                let places = (self.writer.field(old, position), self.reader.field(new, other));
                self.broken(&rules::SOURCE_CHANGED_TYPE, message, places, add);
            }
        }
        for (position, field) in
            to.fields.iter().enumerate().filter(|(_, field)| from.field(&field.head.name).is_none())
        {
            let message = format!(
                "`{name}` has the new field `{}`: code that builds or takes apart the type and does not name it does not compile",
                field.head.name
            );
            let places = (self.writer.structure(old), self.reader.field(new, position));
            self.broken(&rules::SOURCE_CHANGED_FIELDS, message, places, add);
        }
    }

    fn enum_source(&self, old: EnumId, new: EnumId, add: &mut dyn FnMut(Finding)) {
        let (from, to) = (&self.writer.program[old], &self.reader.program[new]);
        if from.head.name != to.head.name {
            let message = format!(
                "the generated type of the enum `{}` is that of `{}`: code that names it does not compile",
                from.head.name, to.head.name
            );
            let places = (self.writer.enumeration(old), self.reader.enumeration(new));
            self.broken(&rules::SOURCE_RENAMED_TYPE, message, places, add);
        }
        let name = &to.head.name;
        for (position, value) in
            from.values.iter().enumerate().filter(|(_, value)| to.value(&value.head.name).is_none())
        {
            let message =
                format!("the enum `{name}` has lost `{}`: code that names it does not compile", value.head.name);
            let places = (self.writer.value(old, position), self.reader.enumeration(new));
            self.broken(&rules::SOURCE_CHANGED_VALUES, message, places, add);
        }
        for (position, value) in
            to.values.iter().enumerate().filter(|(_, value)| from.value(&value.head.name).is_none())
        {
            let message = format!(
                "the enum `{name}` has gained `{}`: code that names it does not compile with the old version",
                value.head.name
            );
            let places = (self.writer.enumeration(old), self.reader.value(new, position));
            self.broken(&rules::SOURCE_CHANGED_VALUES, message, places, add);
        }
    }

    fn service_source(&self, old: ServiceId, new: ServiceId, add: &mut dyn FnMut(Finding)) {
        let (from, to) = (self.writer, self.reader);
        let (before, after) = (calls(from.program, old), calls(to.program, new));
        let places = || (service(from, old), service(to, new));
        let name = to.name(&to.program[new].head);
        let former = from.name(&from.program[old].head);
        if former != name {
            let message = format!("the service `{former}` is now `{name}`: code that names it does not compile");
            self.broken(&rules::SOURCE_RENAMED_TYPE, message, places(), add);
        }
        let parent = |side: Side<'_>, id: ServiceId| {
            let parent = side.program[id].extends;
            parent.map_or_else(|| "nothing".to_owned(), |id| format!("`{}`", side.program[id].head.name))
        };
        let (was, is) = (parent(from, old), parent(to, new));
        if was != is {
            let message =
                format!("`{name}` extended {was} and extends {is}: code that relies on the former does not compile");
            self.broken(&rules::SOURCE_CHANGED_METHOD, message, places(), add);
        }
        for call in sorted(from, old) {
            let Some(other) = after.get(call.name()) else {
                let message = format!("`{name}` has lost `{}`: code that calls it does not compile", call.name());
                self.broken(&rules::SOURCE_CHANGED_METHOD, message, (function(from, &call), service(to, new)), add);
                continue;
            };
            let (was, is) = (signature(from, call.function), signature(to, other.function));
            if was != is {
                let message = format!(
                    "`{name}.{}` was `{was}` and is `{is}`: code that calls or serves it does not compile",
                    call.name()
                );
                self.broken(&rules::SOURCE_CHANGED_METHOD, message, (function(from, &call), function(to, other)), add);
            }
        }
        for call in sorted(to, new).into_iter().filter(|call| !before.contains_key(call.name())) {
            let message = format!("`{name}` has gained `{}`: servers that lack it do not compile", call.name());
            self.broken(&rules::SOURCE_CHANGED_METHOD, message, (service(from, old), function(to, &call)), add);
        }
    }

    fn broken(&self, rule: &'static Rule, message: String, places: (Place, Place), add: &mut dyn FnMut(Finding)) {
        let mut finding = self.found(rule, message, places);
        finding.breaks = Directions::BOTH;
        add(finding);
    }
}

/// What the type of a field is generated for.
fn shape(side: Side<'_>, field: &Field) -> String {
    let optional = if field.requiredness == Requiredness::Optional { "optional " } else { "" };
    format!("{optional}{}", side.described(field.ty.id))
}

fn signature(side: Side<'_>, function: &Function) -> String {
    let list = |fields: &[Field]| {
        let field = |field: &Field| format!("{} {}", side.described(field.ty.id), field.head.name);
        fields.iter().map(field).collect::<Vec<_>>().join(", ")
    };
    let oneway = if function.is_oneway { "oneway " } else { "" };
    let result =
        if function.result.id == TypeId::VOID { "void".to_owned() } else { side.described(function.result.id) };
    let throws =
        if function.throws.is_empty() { String::new() } else { format!(" throws ({})", list(&function.throws)) };
    format!("{oneway}{result} ({}){throws}", list(&function.arguments))
}

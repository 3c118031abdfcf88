//! What changes in the Rust code that is generated.

use std::collections::HashSet;

use super::places::{described, spelled};
use super::{Sides, rules};
use crate::avro::resolve::Place;
use crate::avro::{Enum, Record, Schema, TypeId, TypeKind, TypeRef};
use crate::compat::{Direction, Directions, Finding, Rule, Surfaces};

/// Finds what code that uses the old types does not compile with, and the other way round.
pub(super) fn compare(old: &Schema, new: &Schema, surfaces: Surfaces, add: &mut dyn FnMut(Finding)) {
    let sides = Sides::new(old, new, Direction::Backward, surfaces);
    let mut comparison = Comparison { sides, seen: HashSet::new(), add };
    comparison.types(&(old.root(), String::new()), &(new.root(), String::new()));
}

/// A type, and the way to it.
type At = (TypeId, String);

struct Comparison<'s, 'a> {
    /// The old schema is the writer's.
    sides: Sides<'s>,
    seen: HashSet<(TypeId, TypeId)>,
    add: &'a mut dyn FnMut(Finding),
}

impl<'s> Comparison<'s, '_> {
    fn types(&mut self, old: &At, new: &At) {
        let (from, to): (&'s TypeKind, &'s TypeKind) = (self.sides.writer.kind(old.0), self.sides.reader.kind(new.0));
        let has_parts = from.children().next().is_some() || from.name().is_some();
        if has_parts && !self.seen.insert((old.0, new.0)) {
            return;
        }
        if std::mem::discriminant(from) != std::mem::discriminant(to) {
            return self.changed_type(old, new);
        }
        if let (Some(before), Some(after)) = (from.name(), to.name())
            && before != after
        {
            let message = format!(
                "the generated type of `{before}` is now that of `{after}`: code that names it does not compile"
            );
            self.find(&rules::SOURCE_RENAMED_TYPE, message, format!("{}/name", old.1), format!("{}/name", new.1));
        }
        match (from, to) {
            (TypeKind::Record(from), TypeKind::Record(to)) => self.records((from, &old.1), (to, &new.1)),
            (TypeKind::Enum(from), TypeKind::Enum(to)) => self.enums((from, &old.1), (to, &new.1)),
            (TypeKind::Fixed(from), TypeKind::Fixed(to)) if from.size != to.size => self.changed_type(old, new),
            (TypeKind::Array(from), TypeKind::Array(to)) => {
                self.types(&(from.id, format!("{}/items", old.1)), &(to.id, format!("{}/items", new.1)));
            }
            (TypeKind::Map(from), TypeKind::Map(to)) => {
                self.types(&(from.id, format!("{}/values", old.1)), &(to.id, format!("{}/values", new.1)));
            }
            (TypeKind::Union(from), TypeKind::Union(to)) => self.unions((old, from), (new, to)),
            _ => {}
        }
    }

    fn changed_type(&mut self, old: &At, new: &At) {
        let message = format!(
            "{} was generated for {} and is for {}: code that uses it does not compile",
            spelled(self.sides.reader, &new.1),
            described(self.sides.writer, old.0),
            described(self.sides.reader, new.0)
        );
        self.find(&rules::SOURCE_CHANGED_TYPE, message, old.1.clone(), new.1.clone());
    }

    fn records(&mut self, (from, old): (&Record, &str), (to, new): (&Record, &str)) {
        for (position, field) in to.fields.iter().enumerate() {
            let at = format!("{new}/fields/{position}");
            let named = from.fields.iter().position(|known| known.name == field.name);
            let free = |alias: &crate::avro::FieldAlias| {
                let found = from.field_index(&alias.name)?;
                to.fields.iter().all(|other| other.name != alias.name).then_some(found)
            };
            let Some(source) = named.or_else(|| field.aliases.iter().find_map(free)) else {
                let message = format!(
                    "`{}` has the new field `{}`: code that builds the struct and does not name it does not compile",
                    to.name, field.name
                );
                self.find(&rules::SOURCE_CHANGED_FIELDS, message, format!("{old}/fields"), at);
                continue;
            };
            let was = format!("{old}/fields/{source}");
            let Some(before) = from.fields.get(source) else { continue };
            if named.is_none() {
                let message = format!(
                    "the field `{}` of `{}` is now `{}`: code that names it does not compile",
                    before.name, to.name, field.name
                );
                self.find(&rules::SOURCE_CHANGED_FIELDS, message, was.clone(), at.clone());
            }
            self.types(&(before.ty.id, format!("{was}/type")), &(field.ty.id, format!("{at}/type")));
        }
        let kept = |name: &str| {
            let takes = |field: &crate::avro::Field| {
                *field.name == *name || field.aliases.iter().any(|alias| &*alias.name == name)
            };
            to.fields.iter().any(takes)
        };
        for (position, lost) in from.fields.iter().enumerate().filter(|(_, field)| !kept(&field.name)) {
            let message =
                format!("`{}` has lost the field `{}`: code that names it does not compile", to.name, lost.name);
            let places = (format!("{old}/fields/{position}"), format!("{new}/fields"));
            self.find(&rules::SOURCE_CHANGED_FIELDS, message, places.0, places.1);
        }
    }

    fn enums(&mut self, (from, old): (&Enum, &str), (to, new): (&Enum, &str)) {
        let only_in = |these: &Enum, those: &Enum| {
            let symbols = these.symbols.iter().filter(|symbol| those.symbol_index(&symbol.name).is_none());
            symbols.map(|symbol| format!("`{}`", symbol.name)).collect::<Vec<_>>().join(", ")
        };
        let (lost, come) = (only_in(from, to), only_in(to, from));
        let what = match (lost.is_empty(), come.is_empty()) {
            (true, true) => return,
            (false, true) => format!("has lost {lost}: code that names it"),
            (true, false) => format!("has gained {come}: a `match` that does not name it"),
            (false, false) => format!("has lost {lost} and gained {come}: code that names the former or matches all"),
        };
        let message = format!("the enum `{}` {what} does not compile", to.name);
        self.find(&rules::SOURCE_CHANGED_SYMBOLS, message, format!("{old}/symbols"), format!("{new}/symbols"));
    }

    fn unions(&mut self, (old, from): (&At, &[TypeRef]), (new, to): (&At, &[TypeRef])) {
        let (writer, reader) = (self.sides.writer, self.sides.reader);
        let simple = |schema: &Schema, branch: &TypeRef| {
            let kind = schema.kind(branch.id);
            kind.name().map_or(kind.word(), |name| name.simple()).to_owned()
        };
        let mut pairs = Vec::new();
        for (position, branch) in to.iter().enumerate() {
            let name = simple(reader, branch);
            let source = from.iter().position(|before| simple(writer, before) == name);
            pairs.extend(source.map(|source| (source, position)));
        }
        if pairs.len() != from.len() || pairs.len() != to.len() {
            self.changed_type(old, new);
        }
        for (source, position) in pairs {
            let (Some(before), Some(after)) = (from.get(source), to.get(position)) else { continue };
            self.types(&(before.id, format!("{}/{source}", old.1)), &(after.id, format!("{}/{position}", new.1)));
        }
    }

    fn find(&mut self, rule: &'static Rule, message: String, old: String, new: String) {
        let sides = &self.sides;
        let places = (Place::find(sides.writer, old), Place::find(sides.reader, new));
        let places = (sides.documents.place(sides.writer, &places.0), sides.documents.place(sides.reader, &places.1));
        let mut finding = sides.found(rule, message, places);
        finding.breaks = Directions::BOTH;
        (self.add)(finding);
    }
}

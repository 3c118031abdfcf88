//! The walk over two programs.

use std::collections::{HashMap, HashSet};

use cognate_codec::thrift::FbCompact;

use super::place::{Side, Use, is_union, places};
use super::{Enums, Fault, FaultKind, Part, Place, Required, Resolution, Settings, Site, Step, StructPlan, Take};
use crate::compat::Direction;
use crate::thrift::layout::decode::kind;
use crate::thrift::{EnumId, Field, Requiredness, StructId, Type};

/// Compares structs and enums, each pair once.
pub(crate) struct Planner<'p> {
    pub(super) writer: Side<'p>,
    pub(super) reader: Side<'p>,
    pub(super) settings: Settings,
    /// `the new reader` and `old data`.
    pub(super) who: String,
    pub(super) data: String,
    pub(super) enums: HashSet<(EnumId, EnumId)>,
    /// The enums that meet in the field that is looked at, and where.
    met: Vec<(EnumId, EnumId, Site)>,
    pub(super) faults: Vec<Fault>,
    plans: Vec<StructPlan>,
    index: HashMap<(StructId, StructId), usize>,
    pending: Vec<(StructId, StructId)>,
}

impl<'p> Planner<'p> {
    /// Nothing is compared yet. The direction says which words messages have for the two.
    pub(crate) fn new(writer: Side<'p>, reader: Side<'p>, direction: Option<Direction>, settings: Settings) -> Self {
        let words = direction.map(Direction::reader_and_writer);
        let who = words.map_or_else(|| "the reader".to_owned(), |(reader, _)| format!("the {reader} reader"));
        let data = words.map_or_else(|| "data".to_owned(), |(_, writer)| format!("{writer} data"));
        let (enums, met, index) = (HashSet::new(), Vec::new(), HashMap::new());
        let (faults, plans, pending) = (Vec::new(), Vec::new(), Vec::new());
        Self { writer, reader, settings, who, data, enums, met, faults, plans, index, pending }
    }

    /// Compares two structs and all that they hold, unless that was done.
    pub(crate) fn structs(&mut self, writer: StructId, reader: StructId) {
        self.meet(writer, reader);
        while let Some((writer, reader)) = self.pending.pop() {
            let steps = self.steps(writer, reader);
            if let Some(plan) = self.index.get(&(writer, reader)).and_then(|at| self.plans.get_mut(*at)) {
                plan.steps = steps;
            }
        }
    }

    pub(crate) fn finish(self) -> Resolution {
        let mut enums: Vec<_> = self.enums.into_iter().collect();
        enums.sort_unstable();
        Resolution { plans: self.plans, enums, faults: self.faults, index: self.index }
    }

    fn meet(&mut self, writer: StructId, reader: StructId) {
        let next = self.plans.len();
        if *self.index.entry((writer, reader)).or_insert(next) == next {
            self.plans.push(StructPlan { writer, reader, steps: Vec::new() });
            self.pending.push((writer, reader));
        }
    }

    fn steps(&mut self, from: StructId, to: StructId) -> Vec<Step> {
        let before = self.faults.len();
        let (writer, reader) = (&self.writer.program[from], &self.reader.program[to]);
        let mut steps = Vec::new();
        for (position, field) in writer.fields.iter().enumerate() {
            let other = reader.index_by_id(field.id);
            steps.push(if let Some(other) = other {
                self.field((from, position), (to, other))
            } else {
                self.missing_arm((from, position), to);
                Step::Skip { writer: position }
            });
        }
        for (position, field) in reader.fields.iter().enumerate() {
            if writer.field_by_id(field.id).is_none() {
                self.missing_required(from, (to, position));
                steps.push(Step::Absent { reader: position });
            }
            self.changed_id(from, (to, position));
        }
        if is_union(self.writer.program, from) != is_union(self.reader.program, to) {
            // What becomes of the fields follows from it, and what becomes of the values of enums does not.
            let of_values = |fault: &Fault| matches!(fault.kind, FaultKind::RenumberedValue | FaultKind::UnknownValue);
            self.faults.extract_if(before.., |fault| !of_values(fault)).for_each(drop);
            self.union_and_struct(from, to);
        }
        steps
    }

    fn field(&mut self, (from, writer): (StructId, usize), (to, reader): (StructId, usize)) -> Step {
        let (Some(used), Some(wanted)) = (self.writer.field_type(from, writer), self.reader.field_type(to, reader))
        else {
            return Step::Skip { writer };
        };
        let mut site = Site { writer: from, reader: to, field: Some(writer), parts: Vec::new(), number: None };
        let before = self.faults.len();
        let Some(take) = self.take(&used, &wanted, &mut site) else {
            // Nothing inside is read.
            self.met.clear();
            let (field, other) = (&self.writer.program[from].fields[writer], &self.reader.program[to].fields[reader]);
            let (is_moved, is_moved_away) = (self.moved(from, other, to), self.moved_away(from, field, to));
            let is_required =
                other.requiredness == Requiredness::Required && self.settings.required == Required::Enforced;
            if is_moved || is_moved_away && !is_required {
                // They are two fields, and those that have another id now are told as such.
                self.faults.truncate(before);
            } else {
                self.faults.extract_if(before.., |fault| fault.kind != FaultKind::TypeMismatch).for_each(drop);
            }
            return Step::Drop { writer, reader };
        };
        let (field, other) = (&self.writer.program[from].fields[writer], &self.reader.program[to].fields[reader]);
        if self.moved(from, other, to) || self.moved_away(from, field, to) {
            // They are two fields, of which one at least is told as one with another id.
            self.met.clear();
            self.faults.truncate(before);
        } else {
            for (from, to, site) in std::mem::take(&mut self.met) {
                self.enums(from, to, Some(&site));
            }
            self.unset_required((from, writer), (to, reader));
        }
        Step::Read { writer, reader, take }
    }

    /// How a value is taken; nothing when it is of another kind.
    fn take(&mut self, used: &Use<'p>, wanted: &Use<'p>, site: &mut Site) -> Option<Take> {
        let plain = |side: Side<'_>, id| side.program[side.program.true_type(id)];
        let (from, to) = (plain(self.writer, used.ty), plain(self.reader, wanted.ty));
        if kind::<FbCompact>(from) != kind::<FbCompact>(to) {
            self.type_mismatch(used, wanted, site);
            return None;
        }
        Some(match (from, to) {
            (Type::Struct(from), Type::Struct(to)) => {
                self.meet(from, to);
                Take::Struct(from, to)
            }
            (Type::Enum(from), Type::Enum(to)) => {
                self.met.push((from, to, site.clone()));
                Take::Enum(from, to)
            }
            (Type::I32, Type::Enum(id)) => {
                self.any_number(used, wanted, id, site);
                Take::Number
            }
            (Type::Enum(_), Type::I32) => Take::Number,
            (Type::Binary, Type::String) => {
                self.bytes_as_text(used, wanted, site);
                Take::Text
            }
            (Type::List(_) | Type::Set(_), _) => {
                let (from, to) = (used.inside(self.writer), wanted.inside(self.reader));
                let (from, to) = (from.first()?, to.first()?);
                Take::Items(Box::new(self.part(Part::Element, from, to, site)?))
            }
            (Type::Map(..), _) => {
                let (from, to) = (used.inside(self.writer), wanted.inside(self.reader));
                let key = self.part(Part::Key, from.first()?, to.first()?, site);
                let value = self.part(Part::Value, from.get(1)?, to.get(1)?, site);
                Take::Entries(Box::new((key?, value?)))
            }
            _ => Take::Copy,
        })
    }

    fn part(&mut self, part: Part, used: &Use<'p>, wanted: &Use<'p>, site: &mut Site) -> Option<Take> {
        site.parts.push(part);
        let take = self.take(used, wanted, site);
        site.parts.pop();
        take
    }

    fn type_mismatch(&mut self, used: &Use<'p>, wanted: &Use<'p>, site: &Site) {
        let (from, to) = (self.writer.described(used.ty), self.reader.described(wanted.ty));
        let field = self.named(site);
        let renamed = self.renamed(site).map_or_else(String::new, |name| format!(" for {name}"));
        let message = if site.parts.is_empty() {
            format!(
                "{} does not find {field} in {}: it is {from} there, and {to} is expected{renamed}, so that the field is skipped",
                self.who, self.data
            )
        } else {
            format!(
                "{} does not take {field} of {}: what it holds is {from} there, and {to} is expected{renamed}",
                self.who, self.data
            )
        };
        let places = places((self.writer, used), (self.reader, wanted));
        self.add(FaultKind::TypeMismatch, true, message, places, Some(site.clone()));
    }

    /// What the reader calls a field, where it has another name for it.
    fn renamed(&self, site: &Site) -> Option<String> {
        let field = &self.writer.program[site.writer].fields.get(site.field?)?;
        let reader = &self.reader.program[site.reader];
        let position = reader.index_by_id(field.id)?;
        let is_renamed = reader.fields.get(position)?.head.name != field.head.name;
        is_renamed.then(|| self.reader.spelled(site.reader, position))
    }

    fn any_number(&mut self, used: &Use<'p>, wanted: &Use<'p>, id: EnumId, site: &Site) {
        let closed = self.settings.enums == Enums::Closed;
        let name = self.reader.name(&self.reader.program[id].head);
        let message = format!(
            "{} takes {} of {} for a value of the enum `{name}`, which need not have one of that number; readers with closed \
             enums fail then",
            self.who,
            self.named(site),
            self.data
        );
        let known = &self.reader.program[id];
        let unknown = (0..=i32::MAX).find(|number| known.value_by_number(*number).is_none());
        let site = Site { number: unknown, ..site.clone() };
        let places = places((self.writer, used), (self.reader, wanted));
        self.add(FaultKind::UnknownValue, closed, message, places, Some(site));
    }

    fn bytes_as_text(&mut self, used: &Use<'p>, wanted: &Use<'p>, site: &Site) {
        let field = self.named(site);
        let message = format!("{} fails on {} whose bytes in {field} are not UTF-8 text", self.who, self.data);
        let places = places((self.writer, used), (self.reader, wanted));
        self.add(FaultKind::BytesAsText, false, message, places, Some(site.clone()));
    }

    fn unset_required(&mut self, (from, writer): (StructId, usize), (to, reader): (StructId, usize)) {
        let (field, other) = (&self.writer.program[from].fields[writer], &self.reader.program[to].fields[reader]);
        if self.settings.required == Required::Ignored
            || other.requiredness != Requiredness::Required
            || field.requiredness == Requiredness::Required
        {
            return;
        }
        let message = format!(
            "{} requires {}, which {} need not have: it is {} there",
            self.who,
            self.reader.spelled(to, reader),
            self.data,
            if field.requiredness == Requiredness::Optional { "optional" } else { "neither required nor optional" }
        );
        let places = (self.writer.field(from, writer), self.reader.field(to, reader));
        let site = Site { writer: from, reader: to, field: None, parts: Vec::new(), number: None };
        self.add(FaultKind::UnsetRequired, true, message, places, Some(site));
    }

    fn missing_required(&mut self, from: StructId, (to, position): (StructId, usize)) {
        let field = &self.reader.program[to].fields[position];
        if self.settings.required == Required::Ignored
            || field.requiredness != Requiredness::Required
            || self.moved(from, field, to)
        {
            return;
        }
        let message = format!(
            "{} cannot read any `{}` of {}: it has no field with the id {}, and {} is required",
            self.who,
            self.reader.name(&self.reader.program[to].head),
            self.data,
            field.id,
            self.reader.spelled(to, position)
        );
        let places = (self.writer.structure(from), self.reader.field(to, position));
        let site = Site { writer: from, reader: to, field: None, parts: Vec::new(), number: None };
        self.add(FaultKind::MissingRequired, true, message, places, Some(site));
    }

    fn missing_arm(&mut self, (from, position): (StructId, usize), to: StructId) {
        let field = &self.writer.program[from].fields[position];
        // A result where none is expected is told with the method.
        let is_result = field.id == 0 && self.writer.messages.message(from).is_some_and(|message| message.is_answer);
        if !is_union(self.writer.program, from) || is_result || self.moved_away(from, field, to) {
            return;
        }
        let message = if self.writer.messages.message(from).is_some() {
            format!(
                "{} gets an answer without anything that it knows where {} has {}",
                self.who,
                self.data,
                self.writer.spelled(from, position)
            )
        } else {
            format!(
                "{} gets a `{}` without a value where {} has {}: it has no field with the id {}",
                self.who,
                self.reader.name(&self.reader.program[to].head),
                self.data,
                self.writer.spelled(from, position),
                field.id
            )
        };
        let places = (self.writer.field(from, position), self.reader.structure(to));
        let site = Site { writer: from, reader: to, field: Some(position), parts: Vec::new(), number: None };
        self.add(FaultKind::MissingArm, true, message, places, Some(site));
    }

    fn changed_id(&mut self, from: StructId, (to, position): (StructId, usize)) {
        let field = &self.reader.program[to].fields[position];
        if !self.moved(from, field, to) {
            return;
        }
        let Some(writer) = self.writer.program[from].field_index(&field.head.name) else { return };
        let was = self.writer.program[from].fields[writer].id;
        let message = format!(
            "{} does not find {} in {}, where it has the id {was} and not {}",
            self.who,
            self.reader.spelled(to, position),
            self.data,
            field.id
        );
        let places = (self.writer.field(from, writer), self.reader.field(to, position));
        let site = Site { writer: from, reader: to, field: Some(writer), parts: Vec::new(), number: None };
        self.add(FaultKind::ChangedId, true, message, places, Some(site));
    }

    fn union_and_struct(&mut self, from: StructId, to: StructId) {
        let (writer, reader) = (&self.writer.program[from], &self.reader.program[to]);
        let message = format!(
            "{} takes the {} `{}` of {} for a {}: fields are there that exclude each other, or none of those that belong together",
            self.who,
            writer.kind.word(),
            self.writer.name(&writer.head),
            self.data,
            reader.kind.word()
        );
        let places = (self.writer.structure(from), self.reader.structure(to));
        let site = Site { writer: from, reader: to, field: None, parts: Vec::new(), number: None };
        self.add(FaultKind::UnionAndStruct, true, message, places, Some(site));
    }

    /// Whether a reader's field has another id than the writer's of the same name.
    fn moved(&self, from: StructId, field: &Field, to: StructId) -> bool {
        let other = self.writer.program[from].field(&field.head.name);
        other.is_some_and(|other| self.is_other_id((from, other), (to, field)))
    }

    /// Whether a writer's field has another id than the reader's of the same name.
    fn moved_away(&self, from: StructId, field: &Field, to: StructId) -> bool {
        let other = self.reader.program[to].field(&field.head.name);
        other.is_some_and(|other| self.is_other_id((from, field), (to, other)))
    }

    /// Whether two fields of one name are one field with two ids. What answers call their exceptions matters only where they
    /// are of one type, and neither side has that type at the other's id.
    fn is_other_id(&self, (from, writer): (StructId, &Field), (to, reader): (StructId, &Field)) -> bool {
        let is_answer = self.reader.messages.message(to).is_some_and(|message| message.is_answer);
        let thrown = self.writer.described(writer.ty.id);
        let has_it = |side: Side<'_>, answer: StructId, id: i16| {
            side.program[answer].field_by_id(id).is_some_and(|field| side.described(field.ty.id) == thrown)
        };
        writer.id != reader.id
            && (!is_answer
                || self.reader.described(reader.ty.id) == thrown
                    && !has_it(self.reader, to, writer.id)
                    && !has_it(self.writer, from, reader.id))
    }

    /// The field of the writer's that a site is in.
    pub(super) fn named(&self, site: &Site) -> String {
        site.field.map_or_else(String::new, |field| self.writer.spelled(site.writer, field))
    }

    pub(super) fn add(
        &mut self,
        kind: FaultKind,
        breaks: bool,
        message: String,
        (writer, reader): (Place, Place),
        site: Option<Site>,
    ) {
        self.faults.push(Fault { kind, message, breaks, writer, reader, site });
    }
}

//! What alters a meaning without breaking a reader.

use std::cell::LazyCell;

use super::reserved::Reserved;
use super::witness::Witnesses;
use super::{Sides, rules};
use crate::compat::{Direction, Finding};
use crate::thrift::resolve::{Resolution, Side, Step, StructPlan};
use crate::thrift::{Field, Program, Requiredness, StructId, StructKind, Type, TypeId, Value};

impl Sides<'_> {
    /// Finds what alters a meaning. The old version is the writer's here.
    pub(super) fn warn(&self, resolution: &Resolution, add: &mut dyn FnMut(Finding)) {
        let shown = LazyCell::new(|| {
            let back = Sides { writer: self.reader, reader: self.writer, direction: Direction::Forward, ..*self };
            (Witnesses::new(self), Witnesses::new(&back))
        });
        for plan in &resolution.plans {
            let message = self.writer.messages.message(plan.writer);
            if message.is_none() {
                self.reserved_ids((plan.writer, plan.reader), add);
            }
            let reserved =
                LazyCell::new(|| Reserved::in_struct(self.reader.program, &self.reader.program[plan.reader]));
            for step in &plan.steps {
                match *step {
                    Step::Read { writer, reader, .. } => {
                        if let Some(mut finding) = self.default(plan, writer, reader) {
                            if self.options.witnesses && self.options.surfaces.wire {
                                let (old, new) = ((plan.writer, writer), (plan.reader, reader));
                                finding.witnesses.extend(shown.0.default(old, new));
                                finding.witnesses.extend(shown.1.default(new, old));
                            }
                            add(finding);
                        }
                        if message.is_none() {
                            self.presence(plan, writer, reader, add);
                        }
                    }
                    Step::Skip { writer } if message.is_none() => self.unreserved(plan, writer, &reserved, add),
                    Step::Skip { .. } | Step::Drop { .. } | Step::Absent { .. } => {}
                }
            }
        }
        for pair in &resolution.enums {
            self.reserved_numbers(*pair, add);
        }
    }

    fn default(&self, plan: &StructPlan, writer: usize, reader: usize) -> Option<Finding> {
        let (old, new) = self.fields(plan, writer, reader);
        let meant = |program: &Program, field: &Field| Some(meaning(program, field.ty.id, field.default.as_ref()?));
        let same = meant(self.writer.program, old) == meant(self.reader.program, new);
        if same {
            return None;
        }
        let told = |program: &Program, default: &Option<Value>| match default {
            None => "none".to_owned(),
            // The name may be the same.
            Some(value @ Value::Enum(_, number)) => format!("`{}` ({number})", shown(program, value)),
            Some(value) => shortened(&shown(program, value)),
        };
        let message = format!(
            "the default of {} was {} and is {}: where data lacks the field, the old readers and the new ones understand it \
             differently",
            self.reader.spelled(plan.reader, reader),
            told(self.writer.program, &old.default),
            told(self.reader.program, &new.default)
        );
        let places = (self.writer.field(plan.writer, writer), self.reader.field(plan.reader, reader));
        Some(self.found(&rules::CHANGED_DEFAULT, message, places))
    }

    fn presence(&self, plan: &StructPlan, writer: usize, reader: usize, add: &mut dyn FnMut(Finding)) {
        let (old, new) = self.fields(plan, writer, reader);
        let word = |requiredness| match requiredness {
            Requiredness::Optional => "optional",
            _ => "neither required nor optional",
        };
        let is_required = |field: &Field| field.requiredness == Requiredness::Required;
        let is_union = |side: Side<'_>, id: StructId| side.program[id].kind == StructKind::Union;
        let differs = is_union(self.writer, plan.writer) != is_union(self.reader, plan.reader);
        if old.requiredness == new.requiredness || is_required(old) || is_required(new) || differs {
            return;
        }
        let message = format!(
            "{} was {} and is {}: whether it is written when it is not set changes, and so does its type in generated code",
            self.reader.spelled(plan.reader, reader),
            word(old.requiredness),
            word(new.requiredness)
        );
        let places = (self.writer.field(plan.writer, writer), self.reader.field(plan.reader, reader));
        add(self.found(&rules::CHANGED_PRESENCE, message, places));
    }

    fn unreserved(&self, plan: &StructPlan, writer: usize, reserved: &Reserved, add: &mut dyn FnMut(Finding)) {
        let (from, to) = (&self.writer.program[plan.writer], &self.reader.program[plan.reader]);
        let Some(field) = from.fields.get(writer) else { return };
        if to.field(&field.head.name).is_some() || reserved.place(field.id.into()).is_some() {
            return;
        }
        let (name, id) = (&field.head.name, field.id);
        let message = format!(
            "`{name}` is gone from `{}`, and nothing there tells that the id {id} must not be used again",
            self.reader.name(&to.head)
        );
        let places = (self.writer.field(plan.writer, writer), self.reader.structure(plan.reader));
        let mut finding = self.found(&rules::UNRESERVED_ID, message, places);
        finding.fix = Some(format!("leave a comment such as `// {id}: reserved, was {name}` in `{}`", to.head.name));
        add(finding);
    }

    fn fields(&self, plan: &StructPlan, writer: usize, reader: usize) -> (&Field, &Field) {
        (&self.writer.program[plan.writer].fields[writer], &self.reader.program[plan.reader].fields[reader])
    }
}

/// What a default stands for, as a text: the same one for the same data, whatever the order of sets and maps and the names of
/// enums' values are.
fn meaning(program: &Program, ty: TypeId, value: &Value) -> String {
    let sorted = |mut parts: Vec<String>| {
        parts.sort_unstable();
        parts.join(",")
    };
    match (program[program.true_type(ty)], value) {
        (_, Value::Enum(_, number)) => number.to_string(),
        (Type::Set(item), Value::List(items)) => {
            format!("[{}]", sorted(items.iter().map(|value| meaning(program, item, value)).collect()))
        }
        (Type::List(item), Value::List(items)) => {
            let items: Vec<_> = items.iter().map(|value| meaning(program, item, value)).collect();
            format!("[{}]", items.join(","))
        }
        (Type::Map(key_type, value_type), Value::Map(entries)) => {
            let entry = |(key, value): &(Value, Value)| {
                format!("{}:{}", meaning(program, key_type, key), meaning(program, value_type, value))
            };
            format!("{{{}}}", sorted(entries.iter().map(entry).collect()))
        }
        (_, Value::Struct(id, fields)) => {
            let field = |(position, value): &(usize, Value)| {
                let field = &program[*id].fields[*position];
                format!("{}:{}", field.id, meaning(program, field.ty.id, value))
            };
            format!("{{{}}}", sorted(fields.iter().map(field).collect()))
        }
        (_, value) => shown(program, value),
    }
}

fn shown(program: &Program, value: &Value) -> String {
    let list = |values: Vec<String>| values.join(", ");
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::Text(text) => format!("{text:?}"),
        Value::Uuid(bytes) => cognate_codec::uuid_text::format(*bytes),
        Value::Enum(id, number) => {
            let value = program[*id].value_by_number(*number);
            value.map_or_else(|| number.to_string(), |value| value.head.name.to_string())
        }
        Value::List(items) => format!("[{}]", list(items.iter().map(|item| shown(program, item)).collect())),
        Value::Map(entries) => {
            let entry = |(key, value): &(Value, Value)| format!("{}: {}", shown(program, key), shown(program, value));
            format!("{{{}}}", list(entries.iter().map(entry).collect()))
        }
        Value::Struct(id, fields) => {
            let field = |(field, value): &(usize, Value)| {
                format!("{}: {}", program[*id].fields[*field].head.name, shown(program, value))
            };
            format!("{{{}}}", list(fields.iter().map(field).collect()))
        }
    }
}

fn shortened(text: &str) -> String {
    const LONG: usize = 60;
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}

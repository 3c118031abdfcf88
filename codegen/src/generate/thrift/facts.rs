//! What has to be known of a program before its types can be written: which definitions are needed, and which structs have
//! values when nothing is said.

use std::collections::HashSet;

use cognate_schema::thrift::{Field, Head, Item, Program, Requiredness, StructId, StructKind, Type, TypeId, Value};

/// The definitions of the files that were asked for and all that they name, in the order of the texts.
pub(super) fn reached(program: &Program) -> Vec<Item> {
    let is_root = |head: &Head| head.location.file.index() < program.roots().len();
    let mut reached = Reached { program, seen: HashSet::new(), left: Vec::new() };
    for file in program.roots() {
        file.items().for_each(|item| reached.add(item));
    }
    for constant in program.constants().iter().filter(|constant| is_root(&constant.head)) {
        reached.ty(constant.ty.id);
    }
    while let Some(item) = reached.left.pop() {
        match item {
            Item::Struct(id) => program[id].fields.iter().for_each(|field| reached.ty(field.ty.id)),
            Item::Typedef(id) => reached.ty(program[id].target.id),
            Item::Service(id) => {
                let service = &program[id];
                if let Some(extended) = service.extends {
                    reached.add(Item::Service(extended));
                }
                for function in &service.functions {
                    reached.ty(function.result.id);
                    for field in function.arguments.iter().chain(&function.throws) {
                        reached.ty(field.ty.id);
                    }
                }
            }
            Item::Enum(_) => {}
        }
    }
    let mut items: Vec<Item> = reached.seen.into_iter().collect();
    items.sort_by_key(|&item| {
        let head = head(program, item);
        (head.location.file, head.location.span.start)
    });
    items
}

struct Reached<'p> {
    program: &'p Program,
    seen: HashSet<Item>,
    left: Vec<Item>,
}

impl Reached<'_> {
    fn add(&mut self, item: Item) {
        if self.seen.insert(item) {
            self.left.push(item);
        }
    }

    fn ty(&mut self, id: TypeId) {
        match self.program[id] {
            Type::List(of) | Type::Set(of) => self.ty(of),
            Type::Map(key, of) => {
                self.ty(key);
                self.ty(of);
            }
            Type::Struct(id) => self.add(Item::Struct(id)),
            Type::Enum(id) => self.add(Item::Enum(id)),
            Type::Typedef(id) => self.add(Item::Typedef(id)),
            _ => {}
        }
    }
}

fn head(program: &Program, item: Item) -> &Head {
    match item {
        Item::Struct(id) => &program[id].head,
        Item::Enum(id) => &program[id].head,
        Item::Typedef(id) => &program[id].head,
        Item::Service(id) => &program[id].head,
    }
}

/// What is known of the structs, by their indexes.
pub(super) struct Facts {
    /// Whether a value, were it made of the values of all its fields, might come round to itself and never end.
    circular: Vec<bool>,
    /// Whether all fields have values without being told.
    has_zero: Vec<bool>,
}

impl Facts {
    pub(super) fn of(program: &Program) -> Self {
        let mut facts = Self { circular: circular(program), has_zero: vec![false; program.structs().len()] };
        loop {
            let mut changed = false;
            for (index, structure) in program.structs().iter().enumerate() {
                let needed = |field: &Field| {
                    field.requiredness != Requiredness::Required
                        || field.default.as_ref().is_some_and(|value| facts.is_complete(program, value))
                        || facts.is_zero(program, field.ty.id)
                };
                if !facts.has_zero[index] && structure.kind != StructKind::Union && structure.fields.iter().all(needed)
                {
                    facts.has_zero[index] = true;
                    changed = true;
                }
            }
            if !changed {
                return facts;
            }
        }
    }

    pub(super) fn has_zero(&self, id: StructId) -> bool {
        self.has_zero[id.index()]
    }

    /// The default of a field of a struct, or of a function's arguments. One that would come round to the same struct counts as none.
    pub(super) fn default<'p>(
        &self,
        program: &Program,
        owner: Option<StructId>,
        field: &'p Field,
    ) -> Option<&'p Value> {
        let value = field.default.as_ref()?;
        (!self.in_circle(program, owner, field) && self.is_complete(program, value)).then_some(value)
    }

    /// Why a field is without the default that the schema has for it, if it is.
    pub(super) fn left_out(&self, program: &Program, owner: Option<StructId>, field: &Field) -> Option<&'static str> {
        match &field.default {
            Some(_) if self.in_circle(program, owner, field) => {
                Some("The default that the schema has is left out, since it would hold itself.")
            }
            Some(value) if !self.is_complete(program, value) => {
                Some("The default that the schema has is left out, since it says nothing for a required union.")
            }
            _ => None,
        }
    }

    /// Whether the value of a field that is not required may be none: as it is said, or since there is no other zero.
    pub(super) fn is_optional(&self, program: &Program, owner: Option<StructId>, field: &Field) -> bool {
        match field.requiredness {
            Requiredness::Required => false,
            Requiredness::Optional => true,
            Requiredness::Default => {
                self.in_circle(program, owner, field)
                    || (self.default(program, owner, field).is_none() && !self.is_zero(program, field.ty.id))
            }
        }
    }

    /// Whether a value says all that its types need to know.
    pub(super) fn is_complete(&self, program: &Program, value: &Value) -> bool {
        match value {
            Value::List(items) => items.iter().all(|item| self.is_complete(program, item)),
            Value::Map(entries) => {
                entries.iter().all(|(key, value)| self.is_complete(program, key) && self.is_complete(program, value))
            }
            Value::Struct(id, given) => {
                let structure = &program[*id];
                let is_there = |index| given.iter().any(|(known, _)| *known == index);
                let has_all = match structure.kind {
                    StructKind::Union => given.len() == 1,
                    _ => structure.fields.iter().enumerate().all(|(index, field)| {
                        field.requiredness != Requiredness::Required
                            || is_there(index)
                            || field.default.is_some()
                            || self.is_zero(program, field.ty.id)
                    }),
                };
                has_all && given.iter().all(|(_, value)| self.is_complete(program, value))
            }
            _ => true,
        }
    }

    fn is_zero(&self, program: &Program, id: TypeId) -> bool {
        match program[program.true_type(id)] {
            Type::Struct(id) => self.has_zero[id.index()],
            _ => true,
        }
    }

    fn in_circle(&self, program: &Program, owner: Option<StructId>, field: &Field) -> bool {
        let (Some(owner), Some(held)) = (owner, held(program, field)) else { return false };
        self.circular[owner.index()] && self.circular[held.index()]
    }
}

/// The struct that a field's own value is of, when there is always one.
fn held(program: &Program, field: &Field) -> Option<StructId> {
    if field.requiredness == Requiredness::Optional && field.default.is_none() {
        return None;
    }
    match program[program.true_type(field.ty.id)] {
        Type::Struct(id) if program[id].kind != StructKind::Union => Some(id),
        _ => None,
    }
}

/// The structs that are left when those are taken away, again and again, that hold none or are held by none.
fn circular(program: &Program) -> Vec<bool> {
    let count = program.structs().len();
    let (mut holds, mut held_by) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for (index, structure) in program.structs().iter().enumerate() {
        if structure.kind != StructKind::Union {
            for held in structure.fields.iter().filter_map(|field| held(program, field)) {
                holds[index].push(held.index());
                held_by[held.index()].push(index);
            }
        }
    }
    let mut circular = vec![true; count];
    for (forward, backward) in [(&holds, &held_by), (&held_by, &holds)] {
        let is_left = |circular: &[bool], edges: &[usize]| edges.iter().filter(|&&at| circular[at]).count();
        let mut degrees: Vec<usize> = forward.iter().map(|edges| is_left(&circular, edges)).collect();
        let mut free: Vec<usize> = (0..count).filter(|&at| circular[at] && degrees[at] == 0).collect();
        while let Some(at) = free.pop() {
            circular[at] = false;
            for &before in backward[at].iter().filter(|&&before| circular[before]) {
                degrees[before] -= 1;
                if degrees[before] == 0 {
                    free.push(before);
                }
            }
        }
    }
    circular
}

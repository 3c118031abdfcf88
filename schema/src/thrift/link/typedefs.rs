//! The targets of typedefs.

use crate::thrift::document::DefinitionKind;
use crate::thrift::link::{Furthest, Id, Linker};
use crate::thrift::program::{FileId, Head, Item, TypedefId};
use crate::thrift::rules;
use crate::thrift::types::{Type, TypeId};

/// How many parts a type may have once its typedefs are put in. Whoever writes types out would grow with each typedef that uses
/// another twice.
const MOST_PARTS: usize = 256;

impl Linker<'_> {
    /// Finds the targets of all typedefs and the types at the ends of their chains.
    pub(super) fn typedefs(&mut self) {
        for index in 0..self.loaded.len() {
            let file = FileId::at(index);
            for (number, definition) in self.document(file).definitions.iter().enumerate() {
                let DefinitionKind::Typedef(ty) = &definition.kind else { continue };
                let Id::Item(Item::Typedef(id)) = self.scopes[index].ids[number] else { continue };
                let target = self.ty(file, ty);
                let typedef = &mut self.typedefs[id.index()];
                // What is no typedef is its own true type.
                typedef.true_type = target.id;
                typedef.target = target;
            }
        }
        self.true_types();
    }

    /// Goes from each typedef to those that its target is made of, the ends of the ways first.
    fn true_types(&mut self) {
        let own = |head: &Head| Furthest { location: head.location, end: head.span.end };
        self.furthest = self.typedefs.iter().map(|typedef| own(&typedef.head)).collect();
        let mut sizes = vec![0; self.typedefs.len()];
        let mut state = vec![State::New; self.typedefs.len()];
        for start in 0..self.typedefs.len() {
            if state[start] != State::New {
                continue;
            }
            state[start] = State::Open;
            let start = TypedefId::at(start);
            let mut way = vec![(start, self.parts(start))];
            while let Some((typedef, parts)) = way.last_mut() {
                let typedef = *typedef;
                let Some(part) = parts.pop() else {
                    self.settle(typedef);
                    sizes[typedef.index()] = self.size(typedef, &sizes);
                    state[typedef.index()] = State::Done;
                    way.pop();
                    continue;
                };
                match state[part.index()] {
                    State::Done => {}
                    State::Open => {
                        let start = way.iter().position(|(typedef, _)| *typedef == part).unwrap_or_default();
                        let circle: Vec<TypedefId> = way[start..].iter().map(|(typedef, _)| *typedef).collect();
                        self.circle(&circle);
                    }
                    State::New => {
                        state[part.index()] = State::Open;
                        way.push((part, self.parts(part)));
                    }
                }
            }
        }
    }

    /// The typedefs that the target of a typedef is made of.
    fn parts(&self, typedef: TypedefId) -> Vec<TypedefId> {
        let mut parts = Vec::new();
        let mut uses = vec![&self.typedefs[typedef.index()].target];
        while let Some(ty) = uses.pop() {
            if let Some(Type::Typedef(part)) = self.types.get(ty.id) {
                parts.push(part);
            }
            uses.extend(&ty.inner);
        }
        parts
    }

    /// How many parts the target of a typedef has, when those of the typedefs in it are known.
    fn size(&mut self, id: TypedefId, sizes: &[usize]) -> usize {
        let mut size = 0usize;
        let mut uses = vec![&self.typedefs[id.index()].target];
        while let Some(ty) = uses.pop() {
            let parts = match self.types.get(ty.id) {
                Some(Type::Typedef(part)) => sizes[part.index()],
                _ => 1,
            };
            size = size.saturating_add(parts);
            uses.extend(&ty.inner);
        }
        if size <= MOST_PARTS {
            return size;
        }
        let head = &self.typedefs[id.index()].head;
        let message = format!(
            "`{}` has {size} parts when the typedefs in it are put in, and at most {MOST_PARTS} are read",
            head.name
        );
        self.report(&rules::TYPE_TOO_LARGE, head.location, message);
        let typedef = &mut self.typedefs[id.index()];
        (typedef.target.id, typedef.true_type) = (TypeId::FAULTY, TypeId::FAULTY);
        1
    }

    /// Notes the true type of a typedef, whose target has one.
    fn settle(&mut self, typedef: TypedefId) {
        let target = self.typedefs[typedef.index()].target.id;
        if let Some(Type::Typedef(next)) = self.types.get(target) {
            self.typedefs[typedef.index()].true_type = self.typedefs[next.index()].true_type;
        }
        let next = self.furthest(target);
        let own = &mut self.furthest[typedef.index()];
        if let Some(next) = next.filter(|next| next.location.file == own.location.file && next.end > own.end) {
            *own = next;
        }
    }

    fn circle(&mut self, circle: &[TypedefId]) {
        let Some(first) = circle.first() else { return };
        let head = &self.typedefs[first.index()].head;
        let (name, at) = (head.name.clone(), head.location);
        match circle.get(1).map(|second| self.typedefs[second.index()].head.location) {
            None => self.report(&rules::TYPEDEF_CYCLE, at, format!("`{name}` is a typedef of itself")),
            Some(second) => {
                let message = format!("`{name}` is a typedef of itself by way of others");
                self.report_with(&rules::TYPEDEF_CYCLE, at, message, second, "by way of this one");
            }
        }
        // What is not known ends all ways that lead here.
        for typedef in circle {
            let typedef = &mut self.typedefs[typedef.index()];
            typedef.target.id = TypeId::FAULTY;
            typedef.true_type = TypeId::FAULTY;
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

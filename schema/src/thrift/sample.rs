//! Random valid values.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::UnknownFields;
use fastrand::Rng;

use super::layout::{Layout, StructLayout};
use crate::random;
use crate::thrift::{StructId, Type, TypeId};
use crate::value::{StructValue, Value};

/// Makes random values of a struct: the same ones for the same seed.
#[derive(Debug)]
pub struct Sampler {
    layout: Layout,
    id: StructId,
    rng: Rng,
    /// How many values may still come into the one that is made.
    left: usize,
}

/// Nesting from which on only what is required is made.
const DEEP: usize = 5;

/// Nesting from which on nothing is made any more: a struct that requires itself has no values.
const TOO_DEEP: usize = 32;

/// Values within one from which on only what is required is made, and no struct: those that require others several times multiply.
const MOST: usize = 1 << 14;

impl Sampler {
    /// A sampler of a struct's values.
    pub fn new(layout: &Layout, id: StructId, seed: u64) -> Self {
        Self { layout: layout.clone(), id, rng: Rng::with_seed(seed), left: MOST }
    }

    /// The next value.
    pub fn value(&mut self) -> Value<'static> {
        let layout = self.layout.clone();
        self.left = MOST;
        self.structure(&layout, self.id, 0)
    }

    fn structure(&mut self, layout: &Layout, id: StructId, depth: usize) -> Value<'static> {
        let of = layout.structure(id);
        let mut fields = Vec::new();
        for position in self.present(layout, of, depth) {
            if let Some(field) = of.fields.get(position) {
                fields.push((position, self.typed(layout, field.ty, depth + 1)));
            }
        }
        Value::Struct(Box::new(StructValue { shape: Arc::clone(&of.shape), fields, unknown: UnknownFields::new() }))
    }

    /// The positions of the fields that are there, by id.
    fn present(&mut self, layout: &Layout, of: &StructLayout, depth: usize) -> Vec<usize> {
        let is_struct = |position: usize| {
            let ty = of.fields.get(position).map(|field| layout.ty(field.ty));
            matches!(ty, Some(Type::Struct(_)))
        };
        let is_full = self.left == 0;
        let may_end = |position: usize| !is_full && depth < DEEP || !is_struct(position);
        let by_id = of.by_id.iter().map(|(_, position)| *position);
        if of.is_union {
            let arms: Vec<usize> = by_id.filter(|position| may_end(*position)).collect();
            let arm = arms.get(self.rng.usize(0..arms.len().max(1)));
            return arm.into_iter().copied().collect();
        }
        let mut present = Vec::new();
        for position in by_id {
            let Some(field) = of.fields.get(position) else { continue };
            let is_there = if field.is_required {
                depth < TOO_DEEP && (!is_full || !is_struct(position))
            } else {
                !is_full && may_end(position) && (!field.is_optional || self.rng.u8(0..3) > 0)
            };
            if is_there {
                present.push(position);
            }
        }
        present
    }

    fn typed(&mut self, layout: &Layout, ty: TypeId, depth: usize) -> Value<'static> {
        self.left = self.left.saturating_sub(1);
        match layout.ty(ty) {
            Type::Bool => Value::Bool(self.rng.bool()),
            Type::I8 => Value::Int(i32::from(self.rng.i8(..))),
            Type::I16 => Value::Int(i32::from(self.rng.i16(..))),
            Type::I32 => Value::Int(self.rng.i32(..) >> self.rng.u32(0..31)),
            Type::I64 => Value::Long(self.rng.i64(..) >> self.rng.u32(0..63)),
            Type::Float => Value::Float(f32::from(self.rng.i16(..)) / 64.0),
            Type::Double => Value::Double(f64::from(self.rng.i32(..)) / 1024.0),
            Type::String => Value::String(Cow::Owned(random::text(&mut self.rng))),
            Type::Binary => Value::Bytes(Cow::Owned((0..self.rng.usize(0..12)).map(|_| self.rng.u8(..)).collect())),
            Type::Uuid => Value::Uuid(random::uuid(&mut self.rng)),
            Type::Enum(id) => {
                let values = &layout.program()[id].values;
                match values.get(self.rng.usize(0..values.len().max(1))) {
                    None => Value::Int(self.rng.i32(..)),
                    // Of several names for a number the first, or a set would have the number twice.
                    Some(value) => layout.symbol(id, value.number),
                }
            }
            Type::Struct(id) => self.structure(layout, id, depth),
            Type::List(element) => {
                Value::List((0..self.count(depth)).map(|_| self.typed(layout, element, depth + 1)).collect())
            }
            Type::Set(element) => {
                let mut items = Vec::new();
                for _ in 0..self.count(depth) {
                    let item = self.typed(layout, element, depth + 1);
                    if !items.contains(&item) {
                        items.push(item);
                    }
                }
                Value::List(items)
            }
            Type::Map(key, value) => {
                let mut entries: Vec<(Value<'static>, Value<'static>)> = Vec::new();
                for _ in 0..self.count(depth) {
                    let key = self.typed(layout, key, depth + 1);
                    if entries.iter().all(|(known, _)| *known != key) {
                        entries.push((key, self.typed(layout, value, depth + 1)));
                    }
                }
                match layout.ty(key) {
                    Type::String => Value::Map(entries),
                    _ => Value::Entries(entries),
                }
            }
            Type::Void | Type::Typedef(_) => Value::Null,
        }
    }

    fn count(&mut self, depth: usize) -> usize {
        if depth < DEEP && self.left > 0 { self.rng.usize(0..4) } else { 0 }
    }
}

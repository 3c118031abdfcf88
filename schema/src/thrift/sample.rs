//! Random valid values.

use std::borrow::Cow;
use std::sync::Arc;

use cognate_codec::UnknownFields;
use fastrand::Rng;

use super::layout::{Layout, StructLayout};
use crate::lightest::{Needs, least_costs};
use crate::random;
use crate::thrift::{StructId, Type, TypeId};
use crate::value::{StructValue, Value};

/// Makes random values of a struct: the same ones for the same seed.
#[derive(Debug)]
pub struct Sampler {
    layout: Layout,
    id: StructId,
    rng: Rng,
    /// The least value of each struct, by its position; nothing for structs without values.
    least: Arc<[Option<Least>]>,
    /// How many values may still come into the one that is made.
    left: usize,
}

/// What a struct's least value takes: the fewest levels, and then the fewest values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Least {
    levels: usize,
    size: usize,
}

/// Nesting from which on only what is required is made.
const DEEP: usize = 5;

/// Levels that a value may have: about as many as a decoder goes down by default.
const MOST_LEVELS: usize = 60;

/// Values within one from which on only what is required is made: those that require others several times multiply. Types whose
/// least values have more are taken for types without values.
const MOST: usize = 1 << 14;

impl Sampler {
    /// A sampler of a struct's values.
    pub fn new(layout: &Layout, id: StructId, seed: u64) -> Self {
        Self { layout: layout.clone(), id, rng: Rng::with_seed(seed), least: least(layout), left: MOST }
    }

    /// Whether the struct has values that are nested no deeper than a decoder goes by default, and of a size that can be made.
    pub fn has_values(&self) -> bool {
        self.fits(self.id, 0)
    }

    /// The next value. For a struct that [has none](Self::has_values) it is null, which is not one of the struct's.
    pub fn value(&mut self) -> Value<'static> {
        let layout = self.layout.clone();
        self.left = MOST;
        if self.has_values() { self.structure(&layout, self.id, 0) } else { Value::Null }
    }

    /// Whether a value of a struct that starts at a depth can end soon enough.
    fn fits(&self, id: StructId, depth: usize) -> bool {
        let least = self.least.get(id.index()).copied().flatten();
        least.is_some_and(|least| depth + least.levels <= MOST_LEVELS && least.size <= self.left)
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
        let by_id = of.by_id.iter().map(|(_, position)| *position);
        if of.is_union {
            let arms: Vec<usize> = by_id.clone().filter(|arm| self.may_end(layout, of, *arm, depth)).collect();
            let any = arms.get(self.rng.usize(0..arms.len().max(1))).copied();
            // The arm that ends soonest, where all of them go on; those without values come last.
            let least = |arm: &usize| {
                let least = self.least_of(layout, of, *arm);
                (least.is_none(), least)
            };
            return any.or_else(|| by_id.min_by_key(least)).into_iter().collect();
        }
        let mut present = Vec::new();
        for position in by_id {
            let Some(field) = of.fields.get(position) else { continue };
            let may_be = field.is_required || self.may_end(layout, of, position, depth);
            if may_be && (!field.is_optional || self.rng.u8(0..3) > 0) {
                present.push(position);
            }
        }
        present
    }

    /// Whether a field that need not be there can end soon enough.
    fn may_end(&self, layout: &Layout, of: &StructLayout, position: usize, depth: usize) -> bool {
        match of.fields.get(position).map(|field| layout.ty(field.ty)) {
            Some(Type::Struct(id)) => depth < DEEP && self.fits(id, depth + 1),
            _ => self.left > 0,
        }
    }

    /// The least value of a field.
    fn least_of(&self, layout: &Layout, of: &StructLayout, position: usize) -> Option<Least> {
        match layout.ty(of.fields.get(position)?.ty) {
            Type::Struct(id) => self.least.get(id.index()).copied().flatten(),
            _ => Some(Least { levels: 0, size: 1 }),
        }
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
            Type::List(element) => Value::List(
                (0..self.count(layout, &[element], depth)).map(|_| self.typed(layout, element, depth + 1)).collect(),
            ),
            Type::Set(element) => {
                let mut items = Vec::new();
                for _ in 0..self.count(layout, &[element], depth) {
                    let item = self.typed(layout, element, depth + 1);
                    if !items.contains(&item) {
                        items.push(item);
                    }
                }
                Value::List(items)
            }
            Type::Map(key, value) => {
                let mut entries: Vec<(Value<'static>, Value<'static>)> = Vec::new();
                for _ in 0..self.count(layout, &[key, value], depth) {
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

    /// How many items of some types a container at a depth has.
    fn count(&mut self, layout: &Layout, items: &[TypeId], depth: usize) -> usize {
        let fits = |item: &TypeId| match layout.ty(*item) {
            Type::Struct(id) => self.fits(id, depth + 1),
            _ => true,
        };
        if depth < DEEP && self.left > 0 && items.iter().all(fits) { self.rng.usize(0..4) } else { 0 }
    }
}

/// The least value of each struct, by its position.
fn least(layout: &Layout) -> Arc<[Option<Least>]> {
    let ids: Vec<StructId> = layout.program().struct_ids().collect();
    let needed = |of: &StructLayout| -> Vec<usize> {
        let needed = of.fields.iter().filter(|field| of.is_union || field.is_required);
        let structs = needed.filter_map(|field| match layout.ty(field.ty) {
            Type::Struct(id) => Some(id.index()),
            _ => None,
        });
        structs.collect()
    };
    let parts: Vec<(Needs, Vec<usize>)> = ids
        .iter()
        .map(|id| {
            let of = layout.structure(*id);
            let parts = needed(of);
            // An arm that is no struct ends at once.
            let ends = of.is_union && parts.len() < of.fields.len();
            (if of.is_union { Needs::Any } else { Needs::All }, if ends { Vec::new() } else { parts })
        })
        .collect();
    let costs = least_costs(&parts, |at, known: &[Option<Least>]| {
        let (needs, of) = parts.get(at)?;
        let parts = of.iter().filter_map(|part| known.get(*part).copied().flatten());
        let inside = match needs {
            Needs::Any => parts.min(),
            Needs::All => parts.reduce(|sum, part| Least {
                levels: sum.levels.max(part.levels),
                size: sum.size.saturating_add(part.size),
            }),
        };
        let fields = layout.structure(*ids.get(at)?).fields.len();
        let Least { levels, size } = inside.unwrap_or(Least { levels: 0, size: 0 });
        Some(Least { levels: levels + 1, size: size.saturating_add(fields + 1) })
    });
    costs.into()
}

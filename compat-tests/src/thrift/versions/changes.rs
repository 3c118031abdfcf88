//! Changes of definitions.

use fastrand::Rng;

use super::random::{NEEDS, SCALARS, field, function, ty};
use super::{Body, Definition, Definitions, Field, Function, Type};
use crate::generate::{once_in, pick};

/// The definitions with one change, or now and then none that shows.
pub fn changed(old: &Definitions, random: &mut Rng) -> Definitions {
    let mut new = old.clone();
    let is_type = |definition: &&Definition| !matches!(definition.body, Body::Service(..));
    let types: Vec<u32> = old.all.iter().filter(is_type).map(|definition| definition.key).collect();
    let next = old.all.iter().map(|definition| definition.key).max().unwrap_or_default() + 1;
    let at = random.usize(..new.all.len());
    match random.u32(..16) {
        0 => new.all[at].name = format!("N{next}"),
        1 => {
            let gone = new.all.remove(at).key;
            let to = *pick(random, &types);
            new.all.iter_mut().for_each(|definition| refer(&mut definition.body, gone, to));
        }
        2 => new.all[at].is_included = !new.all[at].is_included,
        3 => {
            // A new name for what there is: those who had the old name have the new one now.
            let aliased = new.all[at].key;
            new.all.push(Definition {
                key: next,
                name: format!("T{next}"),
                is_included: false,
                body: Body::Typedef(Type::Of(aliased)),
            });
            let other = random.usize(..new.all.len());
            refer(&mut new.all[other].body, aliased, next);
        }
        4 => {
            let body = Body::Struct("struct", vec![field(random, &types, 1, "f0".to_owned())], true);
            new.all.push(Definition { key: next, name: format!("D{next}"), is_included: false, body });
        }
        5 => {
            // A definition becomes another kind of one.
            let body = if random.bool() {
                Body::Typedef(ty(random, &[], 0))
            } else {
                Body::Enum(vec![("V0".to_owned(), 0)], true)
            };
            if !matches!(new.all[at].body, Body::Service(..)) {
                new.all[at].body = body;
            }
        }
        _ => change(&mut new.all[at].body, &types, old, random),
    }
    new
}

fn change(body: &mut Body, types: &[u32], all: &Definitions, random: &mut Rng) {
    match body {
        Body::Struct(word, fields, with_ids) => match random.u32(..12) {
            0 => *word = *pick(random, &["struct", "union", "exception"]),
            1 => *with_ids = !*with_ids,
            _ => change_fields(fields, types, random),
        },
        Body::Enum(values, with_numbers) => change_values(values, with_numbers, random),
        Body::Typedef(target) => *target = other(target, types, random),
        Body::Service(extends, functions) => {
            if once_in(random, 8) {
                let services = all.all.iter().filter(|definition| matches!(definition.body, Body::Service(..)));
                let keys: Vec<u32> = services.map(|definition| definition.key).collect();
                *extends = random.bool().then(|| *pick(random, &keys));
                return;
            }
            let name = format!("g{}", random.u8(..9));
            if functions.is_empty() || once_in(random, 8) {
                functions.push(function(random, types, all, name));
                return;
            }
            let at = random.usize(..functions.len());
            match random.u32(..8) {
                0 => drop(functions.remove(at)),
                1 => functions[at].name = name,
                _ => change_function(&mut functions[at], types, all, random),
            }
        }
    }
}

fn change_function(changed: &mut Function, types: &[u32], all: &Definitions, random: &mut Rng) {
    match random.u32(..6) {
        0 => changed.is_oneway = !changed.is_oneway,
        1 => {
            changed.result = match &changed.result {
                Some(_) if once_in(random, 3) => None,
                Some(result) => Some(other(result, types, random)),
                None => Some(ty(random, types, 0)),
            };
        }
        2 => changed.throws = function(random, types, all, String::new()).throws,
        3 if !changed.throws.is_empty() => change_fields(&mut changed.throws, types, random),
        _ => change_fields(&mut changed.arguments, types, random),
    }
}

fn change_values(values: &mut Vec<(String, i32)>, with_numbers: &mut bool, random: &mut Rng) {
    let (at, to) = (random.usize(..values.len()), random.usize(..values.len()));
    match random.u32(..8) {
        0 => values.push((format!("W{}", random.u8(..9)), random.i32(-3..12))),
        1 => values.insert(at, (format!("W{}", random.u8(..9)), random.i32(-3..12))),
        2 if values.len() > 1 => drop(values.remove(at)),
        3 => values[at].0.push('N'),
        4 => values[at].1 = random.i32(-3..12),
        5 => (values[at].1, values[to].1) = (values[to].1, values[at].1),
        6 => values.swap(at, to),
        _ => *with_numbers = !*with_numbers,
    }
}

fn change_fields(fields: &mut Vec<Field>, types: &[u32], random: &mut Rng) {
    let highest = fields.iter().map(|field| field.id).max().unwrap_or_default();
    let name = format!("g{}", random.u8(..9));
    if fields.is_empty() || once_in(random, 6) {
        let id = if random.bool() { highest + 1 } else { random.i16(1..20) };
        let at = random.usize(..=fields.len());
        fields.insert(at, field(random, types, id, name));
        return;
    }
    let (at, to) = (random.usize(..fields.len()), random.usize(..fields.len()));
    match random.u32(..15) {
        0 | 1 => drop(fields.remove(at)),
        2 => fields[at].name = name,
        3 => fields[at].id = if random.bool() { highest + 1 } else { random.i16(1..20) },
        4 => (fields[at].id, fields[to].id) = (fields[to].id, fields[at].id),
        5 => (fields[at].ty, fields[to].ty) = (fields[to].ty.clone(), fields[at].ty.clone()),
        6 => fields.swap(at, to),
        7 => fields[at].default = random.bool().then(|| random.u8(..4)),
        8 | 9 => fields[at].need = NEEDS[random.usize(..3)],
        10 => {
            // Another field takes the place.
            let id = fields[at].id;
            fields[at] = field(random, types, id, name);
        }
        _ => fields[at].ty = other(&fields[at].ty, types, random),
    }
}

/// A type in the place of another: one that looks like it, or any.
fn other(ty_now: &Type, types: &[u32], random: &mut Rng) -> Type {
    match ty_now {
        Type::List(item) if random.bool() => Type::List(Box::new(other(item, types, random))),
        Type::List(item) | Type::Set(item) if random.bool() => {
            pick(random, &[Type::List(item.clone()), Type::Set(item.clone()), (**item).clone()]).clone()
        }
        Type::Set(item) => Type::Set(Box::new(other(item, types, random))),
        Type::Map(key, value) if random.bool() => Type::Map(Box::new(other(key, types, random)), value.clone()),
        Type::Map(key, value) => Type::Map(key.clone(), Box::new(other(value, types, random))),
        Type::Base("string") if random.bool() => Type::Base("binary"),
        Type::Base("binary") if random.bool() => Type::Base("string"),
        // Perhaps an enum.
        Type::Base("i32") if random.bool() && !types.is_empty() => Type::Of(*pick(random, types)),
        Type::Of(_) if random.bool() => Type::Base("i32"),
        _ if once_in(random, 3) => Type::List(Box::new(ty_now.clone())),
        _ if random.bool() => Type::Base(pick::<&'static str>(random, &SCALARS)),
        _ => ty(random, types, 0),
    }
}

/// Lets types refer to one definition instead of another.
fn refer(body: &mut Body, from: u32, to: u32) {
    fn within(ty: &mut Type, from: u32, to: u32) {
        match ty {
            Type::Of(key) if *key == from => *key = to,
            Type::List(item) | Type::Set(item) => within(item, from, to),
            Type::Map(key, value) => {
                within(key, from, to);
                within(value, from, to);
            }
            Type::Of(_) | Type::Base(_) => {}
        }
    }
    match body {
        Body::Struct(_, fields, _) => fields.iter_mut().for_each(|field| within(&mut field.ty, from, to)),
        Body::Service(_, functions) => {
            for function in functions {
                function.result.iter_mut().for_each(|ty| within(ty, from, to));
                function.arguments.iter_mut().for_each(|field| within(&mut field.ty, from, to));
            }
        }
        Body::Enum(..) | Body::Typedef(_) => {}
    }
}

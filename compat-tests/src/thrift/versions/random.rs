//! Random definitions.

use fastrand::Rng;

use super::{Body, Definition, Definitions, Field, Function, Type};
use crate::generate::{once_in, pick};

pub(super) const SCALARS: [&str; 9] = ["bool", "i8", "i16", "i32", "i64", "double", "string", "binary", "uuid"];
pub(super) const NEEDS: [&str; 3] = ["required ", "optional ", ""];

/// Enums, typedefs, structs of all kinds and services that refer to one another.
///
/// They need not be valid: a struct may hold itself without an end, and what a function throws may be no exception.
pub fn definitions(random: &mut Rng) -> Definitions {
    let counts = [random.usize(1..3), random.usize(1..3), random.usize(2..6), random.usize(0..3)];
    let mut made = Definitions { all: Vec::new() };
    let total: usize = counts.iter().sum();
    // The kinds are known before the definitions, so that these can refer to any.
    let kinds: Vec<usize> = (0..4).flat_map(|kind| std::iter::repeat_n(kind, counts[kind])).collect();
    let types: Vec<u32> = (0..total - counts[3]).filter_map(|key| u32::try_from(key).ok()).collect();
    for (position, kind) in kinds.iter().enumerate() {
        let key = u32::try_from(position).unwrap_or_default();
        let is_included = *kind < 3 && once_in(random, 4);
        // The included file knows nothing of the other.
        let included = made.all.iter().filter(|definition| definition.is_included);
        let types = if is_included { included.map(|definition| definition.key).collect() } else { types.clone() };
        let body = match kind {
            0 => enumeration(random),
            1 => Body::Typedef(ty(random, types.get(..counts[0]).unwrap_or(&types), 0)),
            2 => structure(random, &types),
            _ => service(random, &types, &made),
        };
        made.all.push(Definition { key, name: format!("D{key}"), is_included, body });
    }
    made
}

fn enumeration(random: &mut Rng) -> Body {
    let count = random.i32(1..5);
    let mut number = 0;
    let mut value = |position: i32| {
        number += if position == 0 { random.i32(-1..2) } else { random.i32(1..3) };
        (format!("V{position}"), number)
    };
    let values: Vec<(String, i32)> = (0..count).map(&mut value).collect();
    Body::Enum(values, !once_in(random, 3))
}

fn structure(random: &mut Rng, types: &[u32]) -> Body {
    let word = *pick(random, &["struct", "struct", "union", "exception"]);
    let mut fields = fields(random, types, 1..6);
    if word == "union" {
        for field in &mut fields {
            (field.need, field.default) = ("", None);
        }
    }
    Body::Struct(word, fields, !once_in(random, 5))
}

fn fields(random: &mut Rng, types: &[u32], count: std::ops::Range<usize>) -> Vec<Field> {
    let mut id = 0;
    let count = random.usize(count);
    let mut next = |position: usize| {
        id += if once_in(random, 4) { random.i16(1..20) } else { 1 };
        field(random, types, id, format!("f{position}"))
    };
    (0..count).map(&mut next).collect()
}

pub(super) fn field(random: &mut Rng, types: &[u32], id: i16, name: String) -> Field {
    let ty = ty(random, types, 0);
    let default = once_in(random, 4).then(|| random.u8(..4));
    Field { id, name, need: NEEDS[random.usize(..3)], ty, default }
}

pub(super) fn ty(random: &mut Rng, types: &[u32], depth: u32) -> Type {
    let inner = |random: &mut Rng| Box::new(ty(random, types, depth + 1));
    match random.u32(..12) {
        0 if depth < 3 => Type::List(inner(random)),
        1 if depth < 3 => Type::Set(inner(random)),
        2 | 3 if depth < 3 => Type::Map(inner(random), inner(random)),
        4..7 if !types.is_empty() => Type::Of(*pick(random, types)),
        _ => Type::Base(pick::<&'static str>(random, &SCALARS)),
    }
}

fn service(random: &mut Rng, types: &[u32], before: &Definitions) -> Body {
    let parent = before.all.iter().find(|definition| matches!(definition.body, Body::Service(..)));
    let extends = parent.filter(|_| random.bool()).map(|definition| definition.key);
    let functions = (0..random.usize(1..4)).map(|position| {
        let first = if extends.is_some() { 'm' } else { 'f' };
        function(random, types, before, format!("{first}{position}"))
    });
    Body::Service(extends, functions.collect())
}

pub(super) fn function(random: &mut Rng, types: &[u32], all: &Definitions, name: String) -> Function {
    let is_oneway = once_in(random, 5);
    let result = (!is_oneway && !once_in(random, 4)).then(|| ty(random, types, 0));
    let mut arguments = fields(random, types, 0..3);
    arguments.iter_mut().filter(|field| field.need == "optional ").for_each(|field| field.need = "");
    let mut throws = Vec::new();
    if !is_oneway {
        let exceptions = all.all.iter().filter(|definition| matches!(definition.body, Body::Struct("exception", ..)));
        for (id, exception) in (1..).zip(exceptions.filter(|_| random.bool())) {
            let ty = Type::Of(exception.key);
            throws.push(Field { id, name: format!("x{id}"), need: "", ty, default: None });
        }
    }
    Function { name, is_oneway, result, arguments, throws }
}

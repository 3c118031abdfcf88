//! Random structs, and values of them in the neutral form.

use cognate_schema::thrift::Dialect;
use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::model::{Enum, Field, Model, Need, Struct, StructKind, Type};
use crate::generate::{once_in, pick, scalars};

/// Random structs, leaning towards what the protocols write in several ways.
pub fn model(dialect: Dialect, random: &mut Rng) -> Model {
    let enums = (0..random.usize(1..3)).map(|_| enumeration(random)).collect();
    let count = random.usize(1..5);
    let mut model = Model { structs: Vec::new(), enums };
    for position in 0..count {
        let item = structure(dialect, random, position, count, model.enums.len());
        model.structs.push(item);
    }
    model
}

fn enumeration(random: &mut Rng) -> Enum {
    let mut numbers: Vec<i32> = (0..random.usize(1..6)).map(|_| scalars::int(random)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    random.shuffle(&mut numbers);
    Enum { numbers }
}

fn structure(dialect: Dialect, random: &mut Rng, position: usize, structs: usize, enums: usize) -> Struct {
    let kind = *pick(
        random,
        &[StructKind::Struct, StructKind::Struct, StructKind::Struct, StructKind::Union, StructKind::Exception],
    );
    let mut typing = Typing { dialect, random, position, structs, enums };
    let mut fields = Vec::new();
    for id in ids(typing.random) {
        // The first one of a union ends every recursion.
        let ty = if fields.is_empty() { typing.scalar() } else { typing.ty(0) };
        let need = match (kind, &ty) {
            (StructKind::Union, _) => Need::Unsaid,
            // A struct that requires itself has no values.
            (_, Type::Struct(other)) if *other <= position => Need::Optional,
            _ => *pick(typing.random, &[Need::Required, Need::Optional, Need::Unsaid]),
        };
        fields.push(Field { id, need, ty });
    }
    if random.bool() {
        random.shuffle(&mut fields);
    }
    Struct { kind, fields }
}

/// Rising ids, with steps on either side of those that Compact has a short form for.
fn ids(random: &mut Rng) -> Vec<i16> {
    const STARTS: &[i32] = &[i16::MIN as i32, -300, -16, -5, -1, 0];
    const STEPS: &[i32] = &[1, 1, 1, 1, 2, 14, 15, 16, 17, 100, 3000];
    let count = if once_in(random, 20) { random.usize(20..60) } else { random.usize(1..9) };
    let mut id = if once_in(random, 3) { *pick(random, STARTS) } else { *pick(random, &[1, 1, 1, 15, 16]) };
    let mut ids = Vec::new();
    for _ in 0..count {
        let Ok(fitting) = i16::try_from(id) else { break };
        ids.push(fitting);
        id = match random.u32(..40) {
            0 if id < i32::from(i16::MAX) => i32::from(i16::MAX),
            1 if id < 0 => *pick(random, &[0, 1]),
            _ => id + *pick(random, STEPS),
        };
    }
    ids
}

struct Typing<'a> {
    dialect: Dialect,
    random: &'a mut Rng,
    /// The struct's position.
    position: usize,
    structs: usize,
    enums: usize,
}

impl Typing<'_> {
    fn ty(&mut self, depth: u32) -> Type {
        let part = |typing: &mut Self| Box::new(typing.ty(depth + 1));
        match self.random.u32(..10) {
            _ if depth > 3 => self.scalar(),
            0 | 1 => Type::List(part(self)),
            2 => Type::Set(part(self)),
            3 | 4 => Type::Map(part(self), part(self)),
            // Structs mostly refer to later ones, or values would be too deep.
            5 if depth > 0 && once_in(self.random, 4) => Type::Struct(self.random.usize(..self.structs)),
            5 | 6 if self.position + 1 < self.structs => {
                Type::Struct(self.random.usize(self.position + 1..self.structs))
            }
            6 if depth == 0 => Type::Struct(self.random.usize(..self.structs)),
            _ => self.scalar(),
        }
    }

    fn scalar(&mut self) -> Type {
        match self.random.u32(..10) {
            0 => Type::Bool,
            1 => Type::I8,
            2 => Type::I16,
            3 => Type::I32,
            4 => Type::I64,
            5 => Type::Double,
            6 => Type::String,
            7 => Type::Binary,
            8 if self.dialect == Dialect::Fbthrift => Type::Float,
            8 => Type::Uuid,
            _ => Type::Enum(self.random.usize(..self.enums)),
        }
    }
}

/// A value of the model's first struct.
pub fn value(model: &Model, random: &mut Rng) -> Value {
    Making { model, random, budget: 150 }.structure(0, 0)
}

struct Making<'a> {
    model: &'a Model,
    random: &'a mut Rng,
    /// About how many more parts the value may have.
    budget: i32,
}

impl Making<'_> {
    fn structure(&mut self, position: usize, depth: u32) -> Value {
        let item = &self.model.structs[position];
        let tired = self.is_tired(depth);
        let mut fields = Map::new();
        if item.kind == StructKind::Union {
            let flat: Vec<&Field> =
                item.fields.iter().filter(|field| !tired || !matches!(field.ty, Type::Struct(_))).collect();
            let arm = *pick(self.random, &flat);
            fields.insert(arm.name(), self.value(&arm.ty, depth));
            return fields.into();
        }
        for field in &item.fields {
            let is_there = match field.need {
                Need::Required => true,
                _ if tired => false,
                Need::Optional => self.random.bool(),
                Need::Unsaid => !once_in(self.random, 6),
            };
            if is_there {
                fields.insert(field.name(), self.value(&field.ty, depth));
            }
        }
        fields.into()
    }

    fn value(&mut self, ty: &Type, depth: u32) -> Value {
        self.budget -= 1;
        let tired = self.is_tired(depth);
        match ty {
            Type::Bool => self.random.bool().into(),
            Type::I8 => (*pick(self.random, &[0, 1, -1, i8::MIN, i8::MAX])).into(),
            Type::I16 => {
                let any = self.random.i16(..) >> self.random.u32(..16);
                (*pick(self.random, &[any, any, any, i16::MIN, i16::MAX])).into()
            }
            Type::I32 => scalars::int(self.random).into(),
            Type::I64 => scalars::long(self.random).into(),
            Type::Float => json!({"$f32": hex::encode(scalars::float(self.random).to_be_bytes())}),
            Type::Double => json!({"$f64": hex::encode(scalars::double(self.random).to_be_bytes())}),
            Type::String => {
                let length = scalars::length(self.random, tired);
                scalars::string(self.random, length).into()
            }
            Type::Binary => {
                let length = scalars::length(self.random, tired);
                scalars::bytes(self.random, length)
            }
            Type::Uuid => json!({"$uuid": uuid_text(uuid(self.random))}),
            // A number that the enum does not have is a newer writer's.
            Type::Enum(_) if once_in(self.random, 8) => scalars::int(self.random).into(),
            Type::Enum(position) => (*pick(self.random, &self.model.enums[*position].numbers)).into(),
            Type::Struct(position) => self.structure(*position, depth + 1),
            Type::List(element) => {
                let count = self.count(element, tired);
                (0..count).map(|_| self.value(element, depth + 1)).collect()
            }
            Type::Set(element) => {
                let count = self.count(element, tired);
                self.different(element, count, depth + 1).into()
            }
            Type::Map(key, value) => {
                let count = self.count(key, tired).min(self.count(value, tired));
                let keys = self.different(key, count, depth + 1);
                let entries: Vec<Value> =
                    keys.into_iter().map(|key| json!([key, self.value(value, depth + 1)])).collect();
                json!({"$map": entries})
            }
        }
    }

    fn different(&mut self, ty: &Type, count: usize, depth: u32) -> Vec<Value> {
        let mut values = Vec::new();
        for _ in 0..count {
            let value = self.value(ty, depth);
            if !values.contains(&value) {
                values.push(value);
            }
        }
        values
    }

    /// How many items: also those around where Compact's header, and the count in it, take another byte.
    fn count(&mut self, element: &Type, tired: bool) -> usize {
        let is_small = matches!(element, Type::Bool | Type::I8 | Type::I16 | Type::I32 | Type::Enum(_));
        match self.random.u32(..10) {
            _ if tired => 0,
            0 | 1 => 0,
            2 if is_small => *pick(self.random, &[14, 15, 16, 127, 128, 130]),
            3 => self.random.usize(3..6),
            _ => self.random.usize(1..3),
        }
    }

    fn is_tired(&self, depth: u32) -> bool {
        depth > 6 || self.budget < 0
    }
}

/// Mostly of a version that RFC 9562 defines; one of the Apache packages knows no others.
fn uuid(random: &mut Rng) -> [u8; 16] {
    let any = random.u128(..);
    let version = u128::from(random.u8(1..=8));
    let known = any & !(0xf << 76 | 0b11 << 62) | version << 76 | 0b10 << 62;
    (*pick(random, &[known, known, known, known, known, any, 0, u128::MAX])).to_be_bytes()
}

/// The usual text of a UUID.
pub(super) fn uuid_text(bytes: [u8; 16]) -> String {
    let text = hex::encode(bytes);
    [&text[..8], &text[8..12], &text[12..16], &text[16..20], &text[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use cognate_schema::thrift::Dialect;
    use fastrand::Rng;

    #[test]
    fn every_type_and_every_oddity_occurs() {
        let (mut words, mut steps, mut values) = (String::new(), BTreeSet::new(), String::new());
        for seed in 0..500 {
            let mut random = Rng::with_seed(seed);
            let model = super::model(Dialect::Apache, &mut random);
            for item in &model.structs {
                let mut ids: Vec<i32> = item.fields.iter().map(|field| i32::from(field.id)).collect();
                ids.sort_unstable();
                steps.extend(ids.windows(2).map(|pair| pair[1] - pair[0]));
                steps.extend(ids.first());
            }
            words += &model.idl();
            values += &super::value(&model, &mut random).to_string();
        }
        for word in ["bool", "i8", "i16", "i32", "i64", "double", "string", "binary", "uuid", "E0", "S1"] {
            for place in [format!(" {word} "), format!("list<{word}>"), format!("set<{word}>"), format!("map<{word}, ")]
            {
                assert!(words.contains(&place), "no {place}");
            }
        }
        for word in
            ["struct S0", "union S0", "exception S0", "optional", "required", "list<map<", "map<list<", "set<set<"]
        {
            assert!(words.contains(word), "no {word}");
        }
        for step in [1, 14, 15, 16, 0, -5, i32::from(i16::MIN)] {
            assert!(steps.contains(&step), "no step of {step}");
        }
        assert!(words.contains(&format!("{}: ", i16::MAX)), "no highest id");
        for part in ["7ff8000000000000", "8000000000000000", "-9223372036854775808", "[]", "{}"] {
            assert!(values.contains(part), "no {part}");
        }
    }
}

//! Random values, in the neutral form.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{once_in, pick};
use crate::shape::{Node, NodeId, Shape};

/// A value of a schema, leaning towards boundaries.
pub fn value(shape: &Shape, random: &mut Rng) -> Value {
    let mut making = Making { shape, random, budget: 200 };
    making.value(shape.root(), 0)
}

struct Making<'a> {
    shape: &'a Shape,
    random: &'a mut Rng,
    /// About how many more parts the value may have.
    budget: i32,
}

impl Making<'_> {
    fn value(&mut self, id: NodeId, depth: u32) -> Value {
        self.budget -= 1;
        let tired = depth > 8 || self.budget < 0;
        match self.shape.node(id) {
            Node::Null => Value::Null,
            Node::Boolean => self.random.bool().into(),
            Node::Int => self.int().into(),
            Node::Long => self.long().into(),
            Node::Float => json!({"$f32": hex::encode(self.float().to_be_bytes())}),
            Node::Double => json!({"$f64": hex::encode(self.double().to_be_bytes())}),
            Node::Bytes => {
                let length = self.length(tired);
                self.bytes(length)
            }
            Node::Fixed(size) => self.bytes(*size),
            Node::String => self.string(tired).into(),
            Node::Enum(symbols) => pick(self.random, symbols).as_str().into(),
            Node::Array(items) => (0..self.count(tired)).map(|_| self.value(*items, depth + 1)).collect(),
            Node::Map(values) => {
                let mut entries = Map::new();
                for _ in 0..self.count(tired) {
                    let key = self.string(tired);
                    entries.insert(key, self.value(*values, depth + 1));
                }
                entries.into()
            }
            Node::Record(fields) => {
                fields.iter().map(|(name, part)| (name.clone(), self.value(*part, depth + 1))).collect()
            }
            Node::Union(branches) => {
                let index = if tired { self.flattest(branches) } else { self.random.usize(..branches.len()) };
                json!({"$branch": index, "value": self.value(branches[index], depth + 1)})
            }
        }
    }

    fn flattest(&self, branches: &[NodeId]) -> usize {
        let heights = branches.iter().map(|&branch| self.shape.height(branch));
        heights.enumerate().min_by_key(|&(_, height)| height).map_or(0, |(index, _)| index)
    }

    fn count(&mut self, tired: bool) -> usize {
        match self.random.u32(..8) {
            _ if tired => 0,
            0 | 1 => 0,
            2 => self.random.usize(3..12),
            _ => self.random.usize(1..3),
        }
    }

    fn length(&mut self, tired: bool) -> usize {
        match self.random.u32(..8) {
            _ if tired => 0,
            0 => 0,
            // Around where the length takes a second byte.
            1 => self.random.usize(60..70),
            _ => self.random.usize(1..20),
        }
    }

    fn int(&mut self) -> i32 {
        const EDGES: &[i32] = &[0, -1, 1, 63, 64, -64, -65, 8191, 8192, -8192, -8193, i32::MAX, i32::MIN];
        if self.random.bool() { *pick(self.random, EDGES) } else { self.random.i32(..) >> self.random.u32(..32) }
    }

    fn long(&mut self) -> i64 {
        const EDGES: &[i64] = &[0, -1, 1, i64::MAX, i64::MIN, 1 << 53, (1 << 53) + 1];
        if once_in(self.random, 3) {
            // Where the encoding takes another byte.
            let edge = 1_i64 << (self.random.u32(1..9) * 7 - 1);
            let near = edge - i64::from(self.random.bool());
            return if self.random.bool() { near } else { -near - 1 };
        }
        if self.random.bool() { *pick(self.random, EDGES) } else { self.random.i64(..) >> self.random.u32(..64) }
    }

    fn float(&mut self) -> f32 {
        const EDGES: &[f32] = &[0.0, -0.0, 1.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MIN_POSITIVE, 1e-45];
        let value = if self.random.bool() { *pick(self.random, EDGES) } else { f32::from_bits(self.random.u32(..)) };
        // The other not-a-numbers do not survive every implementation; golden vectors have them.
        if value.is_nan() { f32::from_bits(0x7fc0_0000) } else { value }
    }

    fn double(&mut self) -> f64 {
        const EDGES: &[f64] = &[0.0, -0.0, 1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, 5e-324];
        let value = if self.random.bool() { *pick(self.random, EDGES) } else { f64::from_bits(self.random.u64(..)) };
        if value.is_nan() { f64::from_bits(0x7ff8_0000_0000_0000) } else { value }
    }

    fn bytes(&mut self, length: usize) -> Value {
        let bytes: Vec<u8> = (0..length).map(|_| self.random.u8(..)).collect();
        json!({"$bytes": hex::encode(bytes)})
    }

    fn string(&mut self, tired: bool) -> String {
        let length = self.length(tired);
        let odd = once_in(self.random, 3);
        (0..length)
            .map(|_| {
                if odd && self.random.bool() {
                    *pick(
                        self.random,
                        &['é', 'ß', '中', '🎈', '\u{0}', '"', '\\', '\u{2028}', '\u{10ffff}', '\u{ffff}'],
                    )
                } else {
                    char::from(self.random.u8(b' '..=b'~'))
                }
            })
            .collect()
    }
}

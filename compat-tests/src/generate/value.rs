//! Random values, in the neutral form.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{pick, scalars};
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
            Node::Int => scalars::int(self.random).into(),
            Node::Long => scalars::long(self.random).into(),
            Node::Float => json!({"$f32": hex::encode(scalars::float(self.random).to_be_bytes())}),
            Node::Double => json!({"$f64": hex::encode(scalars::double(self.random).to_be_bytes())}),
            Node::Bytes => {
                let length = scalars::length(self.random, tired);
                scalars::bytes(self.random, length)
            }
            Node::Fixed(size) => scalars::bytes(self.random, *size),
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

    fn string(&mut self, tired: bool) -> String {
        let length = scalars::length(self.random, tired);
        scalars::string(self.random, length)
    }

    fn count(&mut self, tired: bool) -> usize {
        match self.random.u32(..8) {
            _ if tired => 0,
            0 | 1 => 0,
            2 => self.random.usize(3..12),
            _ => self.random.usize(1..3),
        }
    }
}

//! The ways through a plan to its faults.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use cognate_codec::avro::plan::{Node, NodeId, Step};

use super::least::{Cost, Least};
use crate::avro::resolve::Resolution;
use crate::avro::{Schema, TypeId, TypeKind};
use crate::lightest::{Needs, least_costs};

/// All pairs of types that meet in a plan, the root first.
pub(super) struct Ways<'s> {
    least: Least<'s>,
    pairs: Vec<Pair>,
    positions: HashMap<NodeId, usize>,
}

/// A writer's type and what the reader makes of it.
struct Pair {
    writer: TypeId,
    inner: Inner,
    /// No value can be read, whatever is inside.
    is_fault: bool,
    /// The pairs that this one is a part of, and which.
    users: Vec<(usize, usize)>,
    /// What the least value costs on the way past it.
    past: Cost,
}

enum Inner {
    Nothing,
    /// The position of the first symbol that can be read.
    Symbol(Option<usize>),
    /// The writer's fields; those that are copied or skipped have a type only.
    Fields(Vec<Result<usize, TypeId>>),
    Items(usize),
    Values(usize),
    Branches(Vec<usize>),
    /// A branch of the reader's alone, of which nothing is in the data.
    Branch(usize),
}

/// A way from the root to a fault.
pub(super) struct Way {
    pub(super) cost: Cost,
    /// The part to take at each pair.
    parts: HashMap<usize, usize>,
    target: usize,
}

impl<'s> Ways<'s> {
    pub(super) fn new(writer: &'s Schema, resolution: &Resolution) -> Self {
        let mut ways = Self { least: Least::new(writer), pairs: Vec::new(), positions: HashMap::new() };
        let mut pending = Vec::new();
        ways.position(resolution.plan.root(), writer.root(), &mut pending);
        while let Some(node) = pending.pop() {
            ways.look_inside(writer, resolution, node, &mut pending);
        }
        let parts: Vec<(Needs, Vec<usize>)> = ways.pairs.iter().map(Pair::needs).collect();
        let costs = least_costs(&parts, |at, known| ways.cost_past(at, known));
        for (pair, cost) in ways.pairs.iter_mut().zip(costs) {
            pair.past = cost.unwrap_or(Cost::NONE);
        }
        ways
    }

    /// The position of a pair, which is looked into later when it is new.
    fn position(&mut self, node: NodeId, writer: TypeId, pending: &mut Vec<NodeId>) -> usize {
        let pairs = &mut self.pairs;
        *self.positions.entry(node).or_insert_with(|| {
            pending.push(node);
            pairs.push(Pair { writer, inner: Inner::Nothing, is_fault: false, users: Vec::new(), past: Cost::NONE });
            pairs.len() - 1
        })
    }

    fn look_inside(&mut self, schema: &Schema, resolution: &Resolution, node: NodeId, pending: &mut Vec<NodeId>) {
        let Some((at, writer)) = self.positions.get(&node).and_then(|at| Some((*at, self.pairs.get(*at)?.writer)))
        else {
            return;
        };
        let plan = &resolution.plan;
        let fields = match plan.node(node) {
            Node::Record(record) => Some(&**record),
            _ => resolution.behind(node),
        };
        let mut position = |node, writer| self.position(node, writer, pending);
        let inner = match (schema.kind(writer), plan.node(node), fields) {
            (TypeKind::Record(record), _, Some(fields)) => {
                let part = |(step, field): (&Step, &crate::avro::Field)| match step {
                    Step::Read { node, .. } => Ok(position(*node, field.ty.id)),
                    // What is copied has no fault inside.
                    Step::Copy { .. } | Step::Skip(_) => Err(field.ty.id),
                };
                Inner::Fields(fields.steps().iter().zip(&record.fields).map(part).collect())
            }
            (TypeKind::Array(items), Node::Array(item), _) => Inner::Items(position(*item, items.id)),
            (TypeKind::Map(values), Node::Map(value), _) => Inner::Values(position(*value, values.id)),
            (TypeKind::Union(branches), Node::WriterUnion(nodes), _) => {
                Inner::Branches(nodes.iter().zip(branches).map(|(node, branch)| position(*node, branch.id)).collect())
            }
            (_, Node::ReaderUnion { node, .. }, _) => Inner::Branch(position(*node, writer)),
            (_, Node::Enum(symbols), _) => Inner::Symbol(symbols.iter().position(Result::is_ok)),
            _ => Inner::Nothing,
        };
        for (part, user_of) in inner.parts() {
            if let Some(pair) = self.pairs.get_mut(user_of) {
                pair.users.push((at, part));
            }
        }
        if let Some(pair) = self.pairs.get_mut(at) {
            pair.inner = inner;
            pair.is_fault = matches!(plan.node(node), Node::Fault(_));
        }
    }

    /// What the way past a pair costs, when those past its parts are known; nothing where there is none.
    fn cost_past(&self, at: usize, known: &[Option<Cost>]) -> Option<Cost> {
        let pair = self.pairs.get(at)?;
        let past = |at: usize| known.get(at).copied().flatten();
        let least = self.least.cost(pair.writer);
        let fault = Cost { faults: 1, size: 0 };
        let cost = match &pair.inner {
            _ if pair.is_fault => least.and(fault),
            Inner::Symbol(None) => least.and(fault),
            Inner::Nothing | Inner::Symbol(Some(_)) | Inner::Items(_) | Inner::Values(_) => least,
            Inner::Fields(parts) => parts.iter().fold(Cost::of(1), |sum, part| {
                sum.and(match part {
                    Ok(pair) => past(*pair).unwrap_or(Cost::NONE),
                    Err(skipped) => self.least.cost(*skipped),
                })
            }),
            Inner::Branches(branches) => branches.iter().filter_map(|branch| past(*branch)).min()?.and(Cost::of(2)),
            Inner::Branch(inner) => past(*inner)?.and(Cost::of(1)),
        };
        (cost != Cost::NONE).then_some(cost)
    }

    fn past(&self, at: usize) -> Cost {
        self.pairs.get(at).map_or(Cost::NONE, |pair| pair.past)
    }

    fn part_past(&self, part: &Result<usize, TypeId>) -> Cost {
        match part {
            Ok(pair) => self.past(*pair),
            Err(skipped) => self.least.cost(*skipped),
        }
    }

    fn part_least(&self, part: &Result<usize, TypeId>) -> Cost {
        self.least.cost(match part {
            Ok(pair) => self.pairs.get(*pair).map_or(TypeId::NULL, |pair| pair.writer),
            Err(skipped) => *skipped,
        })
    }

    /// The cheapest way to a node of the plan, found from there towards the root.
    pub(super) fn to(&self, node: NodeId) -> Option<Way> {
        let target = *self.positions.get(&node)?;
        let start = self.least.cost(self.pairs.get(target)?.writer);
        let mut parts = HashMap::new();
        let mut costs = HashMap::from([(target, start)]);
        let mut open = BinaryHeap::from([Reverse((start, target))]);
        while let Some(Reverse((cost, at))) = open.pop() {
            if at == 0 {
                return (cost != Cost::NONE).then_some(Way { cost, parts, target });
            }
            if costs.get(&at).is_some_and(|known| *known < cost) {
                continue;
            }
            for &(user, part) in self.pairs.get(at).map_or(&[][..], |pair| &pair.users) {
                let cost = cost.and(self.cost_around(user, part));
                if costs.get(&user).is_none_or(|known| cost < *known) {
                    costs.insert(user, cost);
                    parts.insert(user, part);
                    open.push(Reverse((cost, user)));
                }
            }
        }
        None
    }

    /// What stands around a part: what comes before it must be read, what comes behind it only be there.
    fn cost_around(&self, at: usize, part: usize) -> Cost {
        let Some(pair) = self.pairs.get(at) else { return Cost::NONE };
        match &pair.inner {
            Inner::Fields(parts) => {
                let own = Cost { faults: u32::from(pair.is_fault), size: 1 };
                parts.iter().enumerate().fold(own, |sum, (position, other)| match position.cmp(&part) {
                    std::cmp::Ordering::Less => sum.and(self.part_past(other)),
                    std::cmp::Ordering::Equal => sum,
                    std::cmp::Ordering::Greater => sum.and(self.part_least(other)),
                })
            }
            Inner::Values(_) => Cost::of(4),
            _ => Cost::of(3),
        }
    }

    /// Appends the value that goes a way, when it is nested so many levels deep at most. In an enum at its end it is a symbol.
    pub(super) fn write(&self, way: &Way, symbol: Option<usize>, levels: u32, out: &mut Vec<u8>) -> Option<()> {
        self.write_along(0, way, symbol, levels, out)
    }

    fn write_along(&self, at: usize, way: &Way, symbol: Option<usize>, levels: u32, out: &mut Vec<u8>) -> Option<()> {
        let pair = self.pairs.get(at)?;
        let part = match way.parts.get(&at) {
            Some(part) if at != way.target => *part,
            _ => {
                return match symbol {
                    Some(symbol) => {
                        super::index(symbol, out);
                        Some(())
                    }
                    None => self.least.write(pair.writer, levels, out),
                };
            }
        };
        let inside = pair.inner.levels_inside(levels)?;
        let along = |inner: usize, out: &mut Vec<u8>| self.write_along(inner, way, symbol, inside, out);
        match &pair.inner {
            Inner::Fields(parts) => {
                for (position, other) in parts.iter().enumerate() {
                    match (other, position.cmp(&part)) {
                        (Ok(inner), std::cmp::Ordering::Equal) => along(*inner, out)?,
                        (Ok(inner), std::cmp::Ordering::Less) => self.write_past(*inner, inside, out)?,
                        (Ok(inner), _) => {
                            let writer = self.pairs.get(*inner).map_or(TypeId::NULL, |pair| pair.writer);
                            self.least.write(writer, inside, out)?;
                        }
                        (Err(skipped), _) => self.least.write(*skipped, inside, out)?,
                    }
                }
            }
            Inner::Items(item) => {
                out.push(2);
                along(*item, out)?;
                out.push(0);
            }
            Inner::Values(value) => {
                out.extend([2, 0]);
                along(*value, out)?;
                out.push(0);
            }
            Inner::Branches(branches) => {
                super::index(part, out);
                along(*branches.get(part)?, out)?;
            }
            Inner::Branch(inner) => along(*inner, out)?,
            Inner::Nothing | Inner::Symbol(_) => {}
        }
        Some(())
    }

    /// Appends the least value that can be read, when there is any.
    fn write_past(&self, at: usize, levels: u32, out: &mut Vec<u8>) -> Option<()> {
        let pair = self.pairs.get(at)?;
        let inside = pair.inner.levels_inside(levels)?;
        match &pair.inner {
            _ if pair.is_fault => self.least.write(pair.writer, levels, out)?,
            Inner::Symbol(Some(symbol)) => super::index(*symbol, out),
            Inner::Fields(parts) => {
                for part in parts {
                    match part {
                        Ok(inner) => self.write_past(*inner, inside, out)?,
                        Err(skipped) => self.least.write(*skipped, inside, out)?,
                    }
                }
            }
            Inner::Branches(branches) => {
                let least = branches.iter().enumerate().min_by_key(|(_, branch)| self.past(**branch));
                if let Some((position, branch)) = least {
                    super::index(position, out);
                    self.write_past(*branch, inside, out)?;
                }
            }
            Inner::Branch(inner) => self.write_past(*inner, inside, out)?,
            Inner::Nothing | Inner::Symbol(None) | Inner::Items(_) | Inner::Values(_) => {
                self.least.write(pair.writer, levels, out)?;
            }
        }
        Some(())
    }
}

impl Pair {
    /// What the way past it needs.
    fn needs(&self) -> (Needs, Vec<usize>) {
        let parts = || self.inner.parts().into_iter().map(|(_, inner)| inner).collect();
        match &self.inner {
            _ if self.is_fault => (Needs::All, Vec::new()),
            Inner::Fields(_) | Inner::Branch(_) => (Needs::All, parts()),
            Inner::Branches(_) => (Needs::Any, parts()),
            // An array or a map may be empty.
            Inner::Items(_) | Inner::Values(_) | Inner::Nothing | Inner::Symbol(_) => (Needs::All, Vec::new()),
        }
    }
}

impl Inner {
    /// What is left of the levels that values may be nested, inside of this one; a branch of a union is no deeper than it.
    fn levels_inside(&self, levels: u32) -> Option<u32> {
        match self {
            Self::Fields(_) | Self::Items(_) | Self::Values(_) => levels.checked_sub(1),
            Self::Nothing | Self::Symbol(_) | Self::Branches(_) | Self::Branch(_) => Some(levels),
        }
    }

    /// The pairs inside, each with its position.
    fn parts(&self) -> Vec<(usize, usize)> {
        match self {
            Self::Nothing | Self::Symbol(_) => Vec::new(),
            Self::Fields(parts) => {
                let pair = |(position, part): (usize, &Result<usize, TypeId>)| Some((position, *part.as_ref().ok()?));
                parts.iter().enumerate().filter_map(pair).collect()
            }
            Self::Items(inner) | Self::Values(inner) | Self::Branch(inner) => vec![(0, *inner)],
            Self::Branches(branches) => branches.iter().copied().enumerate().collect(),
        }
    }
}

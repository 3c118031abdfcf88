//! Schema resolution: how a reader takes a writer's data (Avro 1.12, "Schema Resolution").
//!
//! [`resolve`] compares two schemas and yields a [`Resolution`]: the plan that a decoder executes, and the faults, which are the
//! verdict. Both come of one walk, so that they cannot disagree.

mod fault;
mod identity;
mod matching;
mod paths;
mod planner;
mod skip;
#[cfg(test)]
mod tests;
mod union;
mod walk;

use std::collections::HashMap;

use cognate_codec::avro::plan::{FaultId, Node, NodeId, Plan, RecordPlan, SkipId};

pub(crate) use fault::follow;
pub use fault::{Fault, FaultKind, Place};
pub(crate) use matching::{branch_for, promotes};
pub use walk::{Meeting, Pair, walk};

use matching::Matching;
use paths::Paths;
use planner::{Known, Task};

use crate::avro::{Program, Schema, TypeId, TypeKind};

/// How the branch of a reader's union is chosen for a writer's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum UnionOrder {
    /// First a branch of the same type, for named types of the same full name; then a record of the same unqualified name
    /// that resolves; then a promotion. The order of the Java implementation.
    #[default]
    ExactFirst,
    /// The first branch that matches, as the specification says.
    FirstMatch,
}

/// What a reader makes of a writer's data.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// How to decode. Where a fault stands, the plan ends in an error when it is met.
    pub plan: Plan,
    /// Every way in which a value of the writer's can fail to be one of the reader's. They are told until their places fill
    /// 64 MiB, which takes schemas that are made for it: thousands of faults, each behind thousands of types.
    pub faults: Vec<Fault>,
    nodes: HashMap<(TypeId, TypeId), Known>,
    behind: HashMap<NodeId, RecordPlan>,
}

impl Resolution {
    /// How values of one of the writer's types become values of one of the reader's, when the two meet anywhere.
    pub fn node(&self, writer: TypeId, reader: TypeId) -> Option<&Node> {
        self.nodes.get(&(writer, reader)).map(|known| self.plan.node(known.node))
    }

    /// What would become of the fields of a record that cannot be read, were its own faults put right.
    pub(crate) fn behind(&self, record: NodeId) -> Option<&RecordPlan> {
        self.behind.get(&record)
    }

    /// Whether every value of the writer's schema can be read with the reader's.
    pub fn is_compatible(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Compares a writer's schema with a reader's.
pub fn resolve(writer: &Schema, reader: &Schema, order: UnionOrder) -> Resolution {
    let mut planner = Planner::new(writer, reader, order);
    planner.start();
    while planner.step() {}
    let wider = |(from, to): &(TypeId, TypeId)| match (writer.kind(*from), reader.kind(*to)) {
        (TypeKind::Union(from), TypeKind::Union(to)) => from.len() < to.len(),
        // A union without branches has no value that could be read as another type's.
        (TypeKind::Union(from), _) => from.is_empty(),
        _ => false,
    };
    let widened = planner.nodes.iter().filter(|(pair, _)| wider(pair)).map(|(_, known)| known.node).collect();
    identity::simplify(&mut planner.plan, &widened);
    let Planner { plan, faults, nodes, behind, .. } = planner;
    Resolution { plan, faults, nodes, behind }
}

/// The bytes that the places of faults may fill together.
const MOST_WAYS: usize = 64 << 20;

/// The state of a walk over two schemas.
struct Planner<'s> {
    writer: &'s Schema,
    reader: &'s Schema,
    /// Encodes the reader's defaults, once there is one to encode.
    reader_program: Option<Program>,
    matching: Matching<'s>,
    plan: Plan,
    faults: Vec<Fault>,
    /// The bytes that the places of further faults may fill.
    room: usize,
    /// The nodes of pairs of types that have been met.
    nodes: HashMap<(TypeId, TypeId), Known>,
    skips: HashMap<TypeId, SkipId>,
    /// The fields of records that have faults of their own.
    behind: HashMap<NodeId, RecordPlan>,
    here: Here,
    /// The way of both is that of [`Fault::way`].
    path: Paths,
    tasks: Vec<Task>,
}

/// The pair of types that the walk is at, and the faults of its own.
#[derive(Default)]
struct Here {
    node: NodeId,
    faults: Vec<FaultId>,
}

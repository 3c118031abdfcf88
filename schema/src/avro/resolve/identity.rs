//! Which parts of a plan change nothing.

use std::collections::HashSet;

use cognate_codec::avro::plan::{Node, NodeId, Plan, RecordPlan, Step};

/// Replaces every node that leads to the writer's own bytes by [`Node::Same`], so that it costs nothing over plain decoding.
///
/// All nodes that may be the identity are taken for it at first, and lose that when something inside them is not: so a
/// recursive type that never changes is found to be the identity as a whole.
///
/// The `widened` unions have more branches for the reader than for the writer, or none for the writer and are read as another
/// type: an index beyond the writer's is an error there.
pub(super) fn simplify(plan: &mut Plan, widened: &HashSet<NodeId>) {
    let ids: Vec<NodeId> = plan.node_ids().collect();
    let mut users: Vec<Vec<NodeId>> = vec![Vec::new(); ids.len()];
    let mut changed: Vec<NodeId> = Vec::new();
    let mut same: Vec<bool> = vec![false; ids.len()];
    for &id in &ids {
        let candidate = if widened.contains(&id) { None } else { inner_of_identity(plan, plan.node(id)) };
        same[id.index()] = candidate.is_some();
        match candidate {
            Some(inner) => inner.into_iter().for_each(|inner| users[inner.index()].push(id)),
            None => changed.push(id),
        }
    }
    while let Some(id) = changed.pop() {
        for user in std::mem::take(&mut users[id.index()]) {
            if std::mem::replace(&mut same[user.index()], false) {
                changed.push(user);
            }
        }
    }
    for &id in &ids {
        match plan.node(id) {
            _ if same[id.index()] => plan.set(id, Node::Same),
            Node::Record(record) => {
                let record = with_copies(record, |node| same[node.index()]);
                plan.set(id, Node::Record(Box::new(record)));
            }
            _ => {}
        }
    }
}

/// A record of which fields that change in nothing are copied.
fn with_copies(record: &RecordPlan, same: impl Fn(NodeId) -> bool) -> RecordPlan {
    let step = |step: &Step| match step {
        Step::Read { field, node } if same(*node) => Step::Copy { field: *field },
        other => *other,
    };
    RecordPlan::new(record.steps().iter().map(step).collect(), record.defaults().to_vec())
}

/// What has to be the identity for a node to be it; `None` when the node cannot be.
fn inner_of_identity(plan: &Plan, node: &Node) -> Option<Vec<NodeId>> {
    match node {
        Node::Same => Some(Vec::new()),
        Node::Convert(_) | Node::Enum(_) | Node::Fault(_) | Node::ReaderUnion { .. } => None,
        Node::Array(item) | Node::Map(item) => Some(vec![*item]),
        Node::Record(record) => {
            let step = |(position, step): (usize, &Step)| match step {
                Step::Read { field, node } if *field == position => Some(*node),
                _ => None,
            };
            let inner = record.steps().iter().enumerate().map(step).collect::<Option<Vec<_>>>()?;
            (inner.len() == record.defaults().len()).then_some(inner)
        }
        Node::WriterUnion(branches) => {
            let branch = |(position, id): (usize, &NodeId)| match plan.node(*id) {
                Node::ReaderUnion { branch, node } if *branch as usize == position => Some(*node),
                _ => None,
            };
            branches.iter().enumerate().map(branch).collect()
        }
    }
}

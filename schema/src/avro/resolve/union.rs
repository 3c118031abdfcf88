//! Unions on either side.

use cognate_codec::avro::plan::Node;

use super::paths::Inward;
use super::{FaultKind, Planner};
use crate::avro::{TypeId, TypeRef};

impl Planner<'_> {
    /// Each of the writer's branches goes its own way; which one it is stands in the data.
    pub(super) fn writer_union(&mut self, branches: &[TypeRef], reader: TypeId) -> Node {
        let here = self.path.mark();
        // What is met last is compared first.
        let meet =
            |(position, branch): (usize, &TypeRef)| self.meet(here, Inward::WriterBranch(position), branch.id, reader);
        let mut nodes: Box<[_]> = branches.iter().enumerate().rev().map(meet).collect();
        nodes.reverse();
        Node::WriterUnion(nodes)
    }

    pub(super) fn reader_union(&mut self, writer: TypeId, branches: &[TypeRef]) -> Node {
        let chosen = self.matching.branch(writer, branches);
        if let Some((position, branch)) = chosen.and_then(|position| Some((position, branches.get(position)?))) {
            let node = self.meet(self.path.mark(), Inward::ReaderBranch(position), writer, branch.id);
            return Node::ReaderUnion { branch: u32::try_from(position).unwrap_or(u32::MAX), node };
        }
        let names: Vec<_> = branches.iter().map(|branch| self.reader.kind(branch.id).branch_name()).collect();
        let from = self.writer.kind(writer).branch_name();
        let message = format!("the writer's {from} fits no branch of the reader's union [{}]", names.join(", "));
        self.fault(FaultKind::MissingUnionBranch, message, "", "")
    }
}

//! Unions on either side.

use cognate_codec::avro::plan::Node;

use super::{FaultKind, Planner};
use crate::avro::{TypeId, TypeRef};

impl Planner<'_> {
    /// Each of the writer's branches goes its own way; which one it is stands in the data.
    pub(super) fn writer_union(&mut self, branches: &[TypeRef], reader: TypeId) -> Node {
        let nodes = branches.iter().enumerate().map(|(position, branch)| {
            let step = format!("/{position}");
            self.inside_each(&step, "", &step, branch.id, reader)
        });
        Node::WriterUnion(nodes.collect())
    }

    pub(super) fn reader_union(&mut self, writer: TypeId, branches: &[TypeRef]) -> Node {
        let chosen = self.matching.branch(writer, branches);
        if let Some((position, branch)) = chosen.and_then(|position| Some((position, branches.get(position)?))) {
            let step = format!("/{position}");
            let node = self.inside_each("", &step, &step, writer, branch.id);
            return Node::ReaderUnion { branch: u32::try_from(position).unwrap_or(u32::MAX), node };
        }
        let names: Vec<_> = branches.iter().map(|branch| self.reader.kind(branch.id).branch_name()).collect();
        let from = self.writer.kind(writer).branch_name();
        let message = format!("the writer's {from} fits no branch of the reader's union [{}]", names.join(", "));
        self.fault(FaultKind::MissingUnionBranch, message, "", "")
    }
}

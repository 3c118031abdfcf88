//! Unions on either side.

use cognate_codec::avro::plan::Node;

use super::planner::{has_alias, names_match, promotion};
use super::{FaultKind, Planner, UnionOrder};
use crate::avro::{TypeId, TypeKind, TypeRef};

impl Planner<'_> {
    /// Each of the writer's branches goes its own way; which one it is stands in the data.
    pub(super) fn writer_union(&mut self, branches: &[TypeRef], reader: TypeId) -> Node {
        let nodes = branches.iter().enumerate().map(|(position, branch)| {
            let step = format!("/{position}");
            self.inside_each(&step, "", &step, branch.id, reader)
        });
        Node::WriterUnion(nodes.collect())
    }

    pub(super) fn reader_union(&mut self, writer: TypeId, reader: TypeId, branches: &[TypeRef]) -> Node {
        let chosen = match self.order {
            UnionOrder::ExactFirst => self.exact_first(writer, branches),
            UnionOrder::FirstMatch => branches.iter().position(|branch| self.matches(writer, branch.id)),
        };
        if let Some((position, branch)) = chosen.and_then(|position| Some((position, branches.get(position)?))) {
            let step = format!("/{position}");
            let node = self.inside_each("", &step, &step, writer, branch.id);
            return Node::ReaderUnion { branch: u32::try_from(position).unwrap_or(u32::MAX), node };
        }
        let names: Vec<_> = branches.iter().map(|branch| self.reader.kind(branch.id).branch_name()).collect();
        let from = self.writer.kind(writer).branch_name();
        let message = format!("the writer's {from} fits no branch of the reader's union [{}]", names.join(", "));
        self.fault(FaultKind::MissingUnionBranch, message, (writer, ""), (reader, ""))
    }

    fn exact_first(&self, writer: TypeId, branches: &[TypeRef]) -> Option<usize> {
        let from = self.writer.kind(writer);
        let find = |test: &dyn Fn(&TypeKind) -> bool| {
            branches.iter().position(|branch| {
                let to = self.reader.kind(branch.id);
                same_kind(from, to) && test(to)
            })
        };
        match from.name() {
            Some(name) => find(&|to| to.name() == Some(name))
                .or_else(|| find(&|to| has_alias(to, name)))
                .or_else(|| find(&|to| names_match(from, to))),
            None => find(&|_| true)
                .or_else(|| branches.iter().position(|branch| promotion(from, self.reader.kind(branch.id)).is_some())),
        }
    }

    /// Whether a branch is the one for a writer's type, by the specification's rules for two schemas to match.
    fn matches(&self, writer: TypeId, reader: TypeId) -> bool {
        let (from, to) = (self.writer.kind(writer), self.reader.kind(reader));
        match (from, to) {
            (TypeKind::Fixed(a), TypeKind::Fixed(b)) => names_match(from, to) && a.size == b.size,
            _ if same_kind(from, to) => names_match(from, to),
            _ => promotion(from, to).is_some(),
        }
    }
}

fn same_kind(a: &TypeKind, b: &TypeKind) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

//! Ways to go past the writer's values that the reader does not ask for.

use cognate_codec::avro::plan::{Skip, SkipId};

use super::Planner;
use crate::avro::{TypeId, TypeKind};

impl Planner<'_> {
    /// The way to go past a value of a type. Types that lead to one another are taken in turn, not by recursion: a schema that
    /// comes with the data can be as deep as it likes.
    pub(super) fn skip(&mut self, writer: TypeId) -> SkipId {
        let mut pending = Vec::new();
        let root = self.skip_id(writer, &mut pending);
        let schema = self.writer;
        while let Some((id, ty)) = pending.pop() {
            let mut inner = |inner: TypeId| self.skip_id(inner, &mut pending);
            let skip = match schema.kind(ty) {
                TypeKind::Null => Skip::Nothing,
                TypeKind::Boolean => Skip::Bytes(1),
                TypeKind::Int | TypeKind::Long | TypeKind::Enum(_) => Skip::Varint,
                TypeKind::Float => Skip::Bytes(4),
                TypeKind::Double => Skip::Bytes(8),
                TypeKind::Bytes | TypeKind::String => Skip::Prefixed,
                TypeKind::Fixed(fixed) => Skip::Bytes(u64::from(fixed.size)),
                TypeKind::Record(record) => {
                    Skip::Record(record.fields.iter().map(|field| inner(field.ty.id)).collect())
                }
                TypeKind::Array(items) => Skip::Array(inner(items.id)),
                TypeKind::Map(values) => Skip::Map(inner(values.id)),
                TypeKind::Union(branches) => Skip::Union(branches.iter().map(|branch| inner(branch.id)).collect()),
            };
            self.plan.set_skip(id, skip);
        }
        root
    }

    fn skip_id(&mut self, writer: TypeId, pending: &mut Vec<(SkipId, TypeId)>) -> SkipId {
        if let Some(known) = self.skips.get(&writer) {
            return *known;
        }
        let id = self.plan.add_skip(Skip::Nothing);
        self.skips.insert(writer, id);
        pending.push((id, writer));
        id
    }
}

//! Ways to go past the writer's values that the reader does not ask for.

use cognate_codec::avro::plan::{Skip, SkipId};

use super::Planner;
use crate::avro::{TypeId, TypeKind};

impl Planner<'_> {
    pub(super) fn skip(&mut self, writer: TypeId) -> SkipId {
        if let Some(known) = self.skips.get(&writer) {
            return *known;
        }
        let id = self.plan.add_skip(Skip::Nothing);
        self.skips.insert(writer, id);
        let schema = self.writer;
        let skip = match schema.kind(writer) {
            TypeKind::Null => Skip::Nothing,
            TypeKind::Boolean => Skip::Bytes(1),
            TypeKind::Int | TypeKind::Long | TypeKind::Enum(_) => Skip::Varint,
            TypeKind::Float => Skip::Bytes(4),
            TypeKind::Double => Skip::Bytes(8),
            TypeKind::Bytes | TypeKind::String => Skip::Prefixed,
            TypeKind::Fixed(fixed) => Skip::Bytes(u64::from(fixed.size)),
            TypeKind::Record(record) => {
                Skip::Record(record.fields.iter().map(|field| self.skip(field.ty.id)).collect())
            }
            TypeKind::Array(items) => Skip::Array(self.skip(items.id)),
            TypeKind::Map(values) => Skip::Map(self.skip(values.id)),
            TypeKind::Union(branches) => Skip::Union(branches.iter().map(|branch| self.skip(branch.id)).collect()),
        };
        self.plan.set_skip(id, skip);
        id
    }
}

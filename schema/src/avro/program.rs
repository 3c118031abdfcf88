//! Schemas compiled to programs, which decode and encode values of types known only at run time.

mod decode;
mod default;
mod encode;
mod resolve;

use std::collections::HashMap;
use std::sync::Arc;

pub use decode::Decoder;
pub use resolve::ResolvingDecoder;

use crate::avro::{Schema, TypeId, TypeKind};
use crate::value::{Branch, EnumShape, Kind, RecordShape, UnionShape};

/// A schema in the form in which values are decoded and encoded: a table of steps in which every type leads straight to
/// those inside it. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Program {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    schema: Schema,
    steps: Vec<Step>,
    /// The type of each step.
    types: Vec<TypeId>,
    /// The step of each type.
    positions: HashMap<TypeId, StepId>,
}

/// The position of a step in its program.
pub(super) type StepId = usize;

/// How a type's values are read and written.
#[derive(Debug)]
pub(super) enum Step {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Fixed(usize),
    Enum(Arc<EnumShape>),
    Array(StepId),
    Map(StepId),
    Record(Arc<RecordShape>, Vec<StepId>),
    Union(Arc<UnionShape>, Vec<StepId>),
}

impl Program {
    /// Compiles a schema.
    pub fn new(schema: &Schema) -> Self {
        let types = schema.reachable();
        let positions: HashMap<_, _> = types.iter().copied().zip(0..).collect();
        let at = |id: TypeId| positions.get(&id).copied().unwrap_or_default();
        let steps = types.iter().map(|&id| Step::of(schema, schema.kind(id), &at)).collect();
        Self { inner: Arc::new(Inner { schema: schema.clone(), steps, types, positions }) }
    }

    /// The schema that was compiled.
    pub fn schema(&self) -> &Schema {
        &self.inner.schema
    }

    /// The bytes of a field's default, encoded with the schema, of a record that is known by its type.
    pub(super) fn default_bytes(&self, record: TypeId, field: usize) -> Option<Vec<u8>> {
        let step = *self.inner.positions.get(&record)?;
        let Step::Record(_, fields) = self.step(step) else { return None };
        let mut bytes = Vec::new();
        self.encode_at(*fields.get(field)?, &self.field_default(step, field)?, &mut bytes).ok()?;
        Some(bytes)
    }

    /// The first step is the root's: [`Schema::reachable`] starts there.
    pub(super) const ROOT: StepId = 0;

    pub(super) fn step(&self, id: StepId) -> &Step {
        // A step's links are positions in this table, see `new`.
        &self.inner.steps[id]
    }

    pub(super) fn type_of(&self, id: StepId) -> TypeId {
        self.inner.types[id]
    }

    pub(super) fn len(&self) -> usize {
        self.inner.steps.len()
    }
}

impl Step {
    fn of(schema: &Schema, kind: &TypeKind, at: &impl Fn(TypeId) -> StepId) -> Self {
        match kind {
            TypeKind::Null => Self::Null,
            TypeKind::Boolean => Self::Boolean,
            TypeKind::Int => Self::Int,
            TypeKind::Long => Self::Long,
            TypeKind::Float => Self::Float,
            TypeKind::Double => Self::Double,
            TypeKind::Bytes => Self::Bytes,
            TypeKind::String => Self::String,
            TypeKind::Fixed(fixed) => Self::Fixed(fixed.size as usize),
            TypeKind::Enum(definition) => {
                let symbols = definition.symbols.iter().map(|symbol| symbol.name.clone()).collect();
                Self::Enum(Arc::new(EnumShape { name: definition.name.full().into(), symbols }))
            }
            TypeKind::Array(items) => Self::Array(at(items.id)),
            TypeKind::Map(values) => Self::Map(at(values.id)),
            TypeKind::Record(record) => {
                let fields = record.fields.iter().map(|field| field.name.clone()).collect();
                let shape = Arc::new(RecordShape { name: record.name.full().into(), fields });
                Self::Record(shape, record.fields.iter().map(|field| at(field.ty.id)).collect())
            }
            TypeKind::Union(branches) => {
                let shape = branches.iter().map(|branch| schema.kind(branch.id));
                let shape = shape.map(|kind| Branch { name: kind.branch_name().into(), kind: value_kind(kind) });
                let shape = Arc::new(UnionShape { branches: shape.collect() });
                Self::Union(shape, branches.iter().map(|branch| at(branch.id)).collect())
            }
        }
    }
}

fn value_kind(kind: &TypeKind) -> Kind {
    match kind {
        TypeKind::Null => Kind::Null,
        TypeKind::Boolean => Kind::Bool,
        TypeKind::Int => Kind::Int,
        TypeKind::Long => Kind::Long,
        TypeKind::Float => Kind::Float,
        TypeKind::Double => Kind::Double,
        TypeKind::Bytes => Kind::Bytes,
        TypeKind::String => Kind::String,
        TypeKind::Record(_) => Kind::Record,
        TypeKind::Enum(_) => Kind::Enum,
        TypeKind::Fixed(_) => Kind::Fixed,
        TypeKind::Array(_) => Kind::List,
        TypeKind::Map(_) => Kind::Map,
        TypeKind::Union(_) => Kind::Union,
    }
}

//! Faults: what of a writer's data a reader cannot take.

use std::fmt;

use cognate_codec::avro::plan::NodeId;

use crate::avro::{Location, Schema, TypeId, TypeKind, TypeRef};

/// A way in which a value of the writer's can fail to be one of the reader's.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Fault {
    /// What is wrong.
    pub kind: FaultKind,
    /// What is wrong, in a sentence.
    pub message: String,
    /// The way of the comparison from the roots, as the Java implementation writes it: that in the reader's schema, with the
    /// positions of the writer's branches between; `/` for the roots.
    pub way: String,
    /// Where, in the writer's schema.
    pub writer: Place,
    /// Where, in the reader's schema.
    pub reader: Place,
    /// The pair of types that it is a fault of.
    pub(crate) node: NodeId,
}

/// The kinds of faults, as the Java implementation names them (`SchemaIncompatibilityType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultKind {
    /// Two named types have different names, and no alias joins them.
    NameMismatch,
    /// Two fixed types have different sizes.
    FixedSizeMismatch,
    /// The reader's enum lacks symbols of the writer's and has no default.
    MissingEnumSymbols,
    /// The writer lacks a field of the reader's, which has no default.
    ReaderFieldMissingDefaultValue,
    /// A type cannot become another.
    TypeMismatch,
    /// A branch of the writer's union, or its type, fits no branch of the reader's.
    MissingUnionBranch,
}

/// A place in a schema.
#[derive(Debug, Clone)]
pub struct Place {
    /// The way from the root, as a JSON pointer (RFC 6901) over the schema with every name replaced by its definition, such as
    /// `/fields/2/type`.
    pub pointer: String,
    /// The place in the text. For a part that the schema keeps no place of, such as the size of a fixed, that of the whole.
    pub location: Location,
}

impl Place {
    /// The place of a pointer into a schema; a step that leads nowhere stays where it is.
    pub(crate) fn find(schema: &Schema, pointer: String) -> Self {
        let (_, location) = follow(schema, &pointer);
        Self { pointer, location }
    }
}

/// The type that a pointer leads to or into, and the place in the text.
pub(crate) fn follow(schema: &Schema, pointer: &str) -> (TypeId, Location) {
    let mut at: TypeRef = *schema.root_ref();
    let mut location = at.location;
    let mut steps = pointer.split('/').skip(1);
    while let Some(step) = steps.next() {
        let ty = schema.ty(at.id);
        let index = |text: Option<&str>| text.and_then(|text| text.parse::<usize>().ok());
        let inner = match (&ty.kind, step) {
            (TypeKind::Record(record), "fields") => {
                let Some(field) = index(steps.next()).and_then(|index| record.fields.get(index)) else {
                    return (at.id, ty.location);
                };
                if steps.next() != Some("type") {
                    return (at.id, field.location);
                }
                Some(field.ty)
            }
            (TypeKind::Array(inner), "items") | (TypeKind::Map(inner), "values") => Some(*inner),
            (TypeKind::Union(branches), step) => index(Some(step)).and_then(|index| branches.get(index)).copied(),
            (TypeKind::Enum(symbols), "symbols") => {
                let symbol = |index: usize| symbols.symbols.get(index);
                let span =
                    symbol(index(steps.next()).unwrap_or_default()).map_or(ty.location.span, |symbol| symbol.span);
                return (at.id, Location { span, ..ty.location });
            }
            (kind, "name") => {
                let span = match kind {
                    TypeKind::Record(record) => record.name_span,
                    TypeKind::Enum(symbols) => symbols.name_span,
                    TypeKind::Fixed(fixed) => fixed.name_span,
                    _ => ty.location.span,
                };
                return (at.id, Location { span, ..ty.location });
            }
            _ => return (at.id, ty.location),
        };
        let Some(inner) = inner else { return (at.id, location) };
        (at, location) = (inner, inner.location);
    }
    (at.id, location)
}

impl FaultKind {
    /// The name that the Java implementation gives the kind.
    pub fn name(self) -> &'static str {
        match self {
            Self::NameMismatch => "NAME_MISMATCH",
            Self::FixedSizeMismatch => "FIXED_SIZE_MISMATCH",
            Self::MissingEnumSymbols => "MISSING_ENUM_SYMBOLS",
            Self::ReaderFieldMissingDefaultValue => "READER_FIELD_MISSING_DEFAULT_VALUE",
            Self::TypeMismatch => "TYPE_MISMATCH",
            Self::MissingUnionBranch => "MISSING_UNION_BRANCH",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}: {}", self.kind.name(), self.way, self.message)
    }
}

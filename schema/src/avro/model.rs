//! The linked schema.

use std::collections::HashMap;
use std::fmt;
use std::ops::Index;
use std::sync::Arc;

use crate::avro::identity::Identities;
use crate::avro::logical::LogicalType;
use crate::avro::name::Name;
use crate::avro::place::{FileId, Location, Paths};
use crate::diagnostic::{Label, LabelKind};
use crate::json::{Member, Node};
use crate::source::{Position, SourceFile, Span};

/// A linked and checked Avro schema: a type, and all types that it refers to. Cheap to clone.
///
/// Two schemas are equal when they are written as the same text by [`Schema::to_json`]: names, docs, defaults, aliases and
/// unknown attributes count; places in the source, white space and the way a name was shortened do not. For "reads the
/// same bytes" compare [`Schema::canonical_form`].
#[derive(Clone)]
pub struct Schema {
    pub(super) graph: Arc<Graph>,
    pub(super) root: TypeRef,
}

/// All types that were linked together.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) sources: Vec<Arc<SourceFile>>,
    pub(super) types: Vec<Type>,
    pub(super) names: HashMap<Name, TypeId>,
    pub(super) paths: Paths,
    pub(super) identities: Identities,
}

/// A type within the schemas that were linked together.
///
/// The unannotated primitive types have the same ids in every schema: [`TypeId::NULL`] and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(super) u32);

/// A place where a type is used: what it is and where the use stands.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct TypeRef {
    /// The type.
    pub id: TypeId,
    /// The place of the use; for a reference by name, the name.
    pub location: Location,
}

/// A type: what it is, what it stands for and what else was written about it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Type {
    /// What values the type has.
    pub kind: TypeKind,
    /// What the values stand for, when the type has a valid logical type.
    pub logical: Option<LogicalType>,
    /// The attributes that the specification does not define, in the order of the text. A logical type that is unknown
    /// or invalid is among them.
    pub properties: Vec<Member>,
    /// Where the type is defined. Of no use for the ids of the unannotated primitive types, which stand for all their uses.
    pub location: Location,
}

/// The kinds of types.
#[derive(Debug)]
pub enum TypeKind {
    /// No value.
    Null,
    /// True or false.
    Boolean,
    /// A 32-bit signed integer.
    Int,
    /// A 64-bit signed integer.
    Long,
    /// A single-precision IEEE 754 number.
    Float,
    /// A double-precision IEEE 754 number.
    Double,
    /// A sequence of bytes.
    Bytes,
    /// A sequence of Unicode characters.
    String,
    /// Named fields.
    Record(Record),
    /// One of several symbols.
    Enum(Enum),
    /// A number of bytes that is the same for all values.
    Fixed(Fixed),
    /// A list of items.
    Array(TypeRef),
    /// Values by strings.
    Map(TypeRef),
    /// A value of one of several branches, which are never unions and have no type twice.
    Union(Vec<TypeRef>),
}

/// A record or an error.
#[derive(Debug)]
#[non_exhaustive]
pub struct Record {
    /// The full name.
    pub name: Name,
    /// The place of the name.
    pub name_span: Span,
    /// Former names.
    pub aliases: Vec<Alias>,
    /// Documentation.
    pub doc: Option<Box<str>>,
    /// The fields in the order of the schema, which is the order of the data.
    pub fields: Vec<Field>,
    /// Whether the type was declared as `error`, which otherwise is the same as a record.
    pub is_error: bool,
    pub(super) by_name: HashMap<Box<str>, usize>,
}

/// An enum.
#[derive(Debug)]
#[non_exhaustive]
pub struct Enum {
    /// The full name.
    pub name: Name,
    /// The place of the name.
    pub name_span: Span,
    /// Former names.
    pub aliases: Vec<Alias>,
    /// Documentation.
    pub doc: Option<Box<str>>,
    /// The symbols.
    pub symbols: Vec<Symbol>,
    /// The index of the symbol that stands for those that a reader does not know.
    pub default: Option<usize>,
    pub(super) by_name: HashMap<Box<str>, usize>,
}

/// A fixed.
#[derive(Debug)]
#[non_exhaustive]
pub struct Fixed {
    /// The full name.
    pub name: Name,
    /// The place of the name.
    pub name_span: Span,
    /// Former names.
    pub aliases: Vec<Alias>,
    /// Documentation.
    pub doc: Option<Box<str>>,
    /// The number of bytes, at most 2^31 - 1.
    pub size: u32,
}

/// A field of a record.
#[derive(Debug)]
#[non_exhaustive]
pub struct Field {
    /// The name.
    pub name: Box<str>,
    /// The place of the name.
    pub name_span: Span,
    /// The type.
    pub ty: TypeRef,
    /// The value that a reader takes when the writer has no such field. It fits the type.
    pub default: Option<Node>,
    /// The part that the field plays in comparing two records.
    pub order: Order,
    /// Former names.
    pub aliases: Vec<FieldAlias>,
    /// Documentation.
    pub doc: Option<Box<str>>,
    /// The attributes that the specification does not define, in the order of the text.
    pub properties: Vec<Member>,
    /// The place of the whole field.
    pub location: Location,
}

/// A symbol of an enum.
#[derive(Debug)]
#[non_exhaustive]
pub struct Symbol {
    /// The symbol.
    pub name: Box<str>,
    /// Its place.
    pub span: Span,
}

/// A former name of a type. Any text is allowed; the namespace of the type is already put before a text without a dot.
#[derive(Debug)]
#[non_exhaustive]
pub struct Alias {
    /// The full name.
    pub name: Name,
    /// Its place.
    pub span: Span,
}

/// A former name of a field.
#[derive(Debug)]
#[non_exhaustive]
pub struct FieldAlias {
    /// The name; any text is allowed.
    pub name: Box<str>,
    /// Its place.
    pub span: Span,
}

/// How a field takes part in comparing two records, specification section "Sort Order".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// Smaller values first.
    #[default]
    Ascending,
    /// Greater values first.
    Descending,
    /// The field does not take part.
    Ignore,
}

impl Schema {
    /// The type of the schema itself.
    pub fn root(&self) -> TypeId {
        self.root.id
    }

    /// The type of the schema itself with its place.
    pub fn root_ref(&self) -> &TypeRef {
        &self.root
    }

    /// A type by its id.
    ///
    /// # Panics
    ///
    /// When the id comes from a schema that was linked apart from this one.
    pub fn ty(&self, id: TypeId) -> &Type {
        self.graph.ty(id)
    }

    /// What values a type has.
    ///
    /// # Panics
    ///
    /// When the id comes from a schema that was linked apart from this one.
    pub fn kind(&self, id: TypeId) -> &TypeKind {
        &self.ty(id).kind
    }

    /// One more than the greatest index of a [`TypeId`] in this schema: the size of a table over all types. Types that
    /// were linked together share one numbering, so not every one need be reachable from this schema.
    pub fn type_count(&self) -> usize {
        self.graph.types.len()
    }

    /// The schema of a type within this one.
    #[must_use]
    pub fn at(&self, id: TypeId) -> Self {
        let location = self.ty(id).location;
        Self { graph: Arc::clone(&self.graph), root: TypeRef { id, location } }
    }

    /// A named type by its full name, among all that were linked together with this schema.
    pub fn named(&self, full_name: &str) -> Option<TypeId> {
        self.named_type(&Name::new(full_name))
    }

    pub(super) fn named_type(&self, name: &Name) -> Option<TypeId> {
        self.graph.names.get(name).copied()
    }

    /// The types that are reachable from the root, each once, in the order in which the text of [`Schema::to_json`]
    /// mentions them first.
    pub fn reachable(&self) -> Vec<TypeId> {
        let mut seen = vec![false; self.type_count()];
        let mut order = Vec::new();
        let mut stack = vec![self.root()];
        while let Some(id) = stack.pop() {
            let Some(slot @ false) = seen.get_mut(id.index()) else { continue };
            *slot = true;
            order.push(id);
            stack.extend(self.kind(id).children().rev().map(|child| child.id));
        }
        order
    }

    /// The records, enums and fixed that are reachable from the root, in the order of [`Schema::reachable`].
    pub fn named_types(&self) -> Vec<TypeId> {
        self.reachable().into_iter().filter(|&id| self.kind(id).name().is_some()).collect()
    }

    /// The texts that were linked together.
    pub fn sources(&self) -> &[Arc<SourceFile>] {
        &self.graph.sources
    }

    /// The text that a place is in.
    ///
    /// # Panics
    ///
    /// When the id comes from a schema that was linked apart from this one.
    pub fn source(&self, file: FileId) -> &Arc<SourceFile> {
        &self.graph.sources[file.0 as usize]
    }

    /// The JSON pointer (RFC 6901) of a place within its text, such as `/fields/2/type`.
    pub fn pointer(&self, location: &Location) -> String {
        self.graph.paths.pointer(location.path)
    }

    /// The line and column where a place starts.
    pub fn position(&self, location: &Location) -> Position {
        self.source(location.file).position(location.span.start as usize)
    }

    /// A label of a diagnostic at a place.
    pub fn label(&self, location: &Location, kind: LabelKind, message: impl Into<String>) -> Label {
        let source = Arc::clone(self.source(location.file));
        Label { source, span: location.span, kind, message: message.into() }
    }

    /// Whether the two are the very same schema of the same linking, which equality looks at first.
    pub fn same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.graph, &other.graph) && self.root.id == other.root.id
    }
}

impl Index<TypeId> for Schema {
    type Output = Type;

    fn index(&self, id: TypeId) -> &Type {
        self.ty(id)
    }
}

impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        self.same_as(other) || self.to_json() == other.to_json()
    }
}

impl Eq for Schema {}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Schema({})", self.to_json())
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

impl Graph {
    pub(super) fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.index()]
    }
}

impl TypeId {
    /// `"null"` without attributes.
    pub const NULL: Self = Self(0);
    /// `"boolean"` without attributes.
    pub const BOOLEAN: Self = Self(1);
    /// `"int"` without attributes.
    pub const INT: Self = Self(2);
    /// `"long"` without attributes.
    pub const LONG: Self = Self(3);
    /// `"float"` without attributes.
    pub const FLOAT: Self = Self(4);
    /// `"double"` without attributes.
    pub const DOUBLE: Self = Self(5);
    /// `"bytes"` without attributes.
    pub const BYTES: Self = Self(6);
    /// `"string"` without attributes.
    pub const STRING: Self = Self(7);

    /// The index for tables over all types, less than [`Schema::type_count`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl TypeKind {
    /// The word of the specification for the kind: `record`, `union`, `int`, …
    pub fn word(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Int => "int",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::Bytes => "bytes",
            Self::String => "string",
            Self::Record(_) => "record",
            Self::Enum(_) => "enum",
            Self::Fixed(_) => "fixed",
            Self::Array(_) => "array",
            Self::Map(_) => "map",
            Self::Union(_) => "union",
        }
    }

    /// The full name of a record, enum or fixed.
    pub fn name(&self) -> Option<&Name> {
        match self {
            Self::Record(record) => Some(&record.name),
            Self::Enum(symbols) => Some(&symbols.name),
            Self::Fixed(fixed) => Some(&fixed.name),
            _ => None,
        }
    }

    /// The name under which the type is a branch of a union: the full name of a named type, the word of any other.
    pub fn branch_name(&self) -> &str {
        self.name().map_or(self.word(), Name::full)
    }

    /// The former names of a record, enum or fixed; of any other type none.
    pub fn aliases(&self) -> &[Alias] {
        match self {
            Self::Record(record) => &record.aliases,
            Self::Enum(symbols) => &symbols.aliases,
            Self::Fixed(fixed) => &fixed.aliases,
            _ => &[],
        }
    }

    /// The uses of other types in this one: of fields, items, values or branches, in order.
    pub fn children(&self) -> impl DoubleEndedIterator<Item = &TypeRef> {
        let (fields, refs): (&[Field], &[TypeRef]) = match self {
            Self::Record(record) => (&record.fields, &[]),
            Self::Array(inner) | Self::Map(inner) => (&[], std::slice::from_ref(inner)),
            Self::Union(branches) => (&[], branches),
            _ => (&[], &[]),
        };
        fields.iter().map(|field| &field.ty).chain(refs)
    }

    pub(super) fn children_mut(&mut self) -> impl Iterator<Item = &mut TypeRef> {
        let (fields, refs): (&mut [Field], &mut [TypeRef]) = match self {
            Self::Record(record) => (&mut record.fields, &mut []),
            Self::Array(inner) | Self::Map(inner) => (&mut [], std::slice::from_mut(inner)),
            Self::Union(branches) => (&mut [], branches),
            _ => (&mut [], &mut []),
        };
        fields.iter_mut().map(|field| &mut field.ty).chain(refs)
    }
}

impl Record {
    /// The index of the field with a name; aliases do not count.
    pub fn field_index(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The field with a name; aliases do not count.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(self.field_index(name)?)
    }
}

impl Enum {
    /// The index of a symbol, which is what is written for it.
    pub fn symbol_index(&self, symbol: &str) -> Option<usize> {
        self.by_name.get(symbol).copied()
    }
}

impl Order {
    /// The word of the specification.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
            Self::Ignore => "ignore",
        }
    }
}

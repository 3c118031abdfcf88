//! Descriptors of the named things: records, fields, enums, fixed types, unions.

use super::TypeDesc;

/// The name of a type: a simple name and the namespace (Avro), package (Protobuf) or namespace (Thrift) around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// The simple name; empty for an anonymous type, which a schema then names after its place.
    pub name: &'static str,
    /// Dotted namespace; empty for none.
    pub namespace: &'static str,
}

impl Name {
    /// A name in a namespace.
    pub const fn new(name: &'static str, namespace: &'static str) -> Self {
        Self { name, namespace }
    }
}

/// A former name under which data may still be found: relative to the namespace of what it belongs to, or dotted and full.
pub type Alias = &'static str;

/// What a record is called in its own language; the wire does not care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RecordKind {
    /// A record, message or struct.
    #[default]
    Record,
    /// An Avro `error` record or a Thrift exception.
    Error,
}

/// A record: named fields in order.
#[derive(Clone, Copy, Debug)]
pub struct RecordDesc {
    /// The record's name.
    pub name: Name,
    /// Record or error.
    pub kind: RecordKind,
    /// Former names.
    pub aliases: &'static [Alias],
    /// Documentation; empty for none.
    pub doc: &'static str,
    /// The fields, in the order in which ordered formats write them.
    pub fields: &'static [FieldDesc],
}

impl RecordDesc {
    /// The position of the field with a field number, looked for at `guess` first, since fields mostly arrive in order.
    #[inline]
    pub fn position_of(&self, number: i32, guess: usize) -> Option<usize> {
        match self.fields.get(guess) {
            Some(field) if field.ty.holds_number(number) => Some(guess),
            _ => self.fields.iter().position(|field| field.ty.holds_number(number)),
        }
    }
}

/// A field of a record, or an arm of a union.
#[derive(Clone, Copy, Debug)]
pub struct FieldDesc {
    /// The field's name in the schema.
    pub name: &'static str,
    /// Its type, with the facts of this place: field number, presence, integer encoding.
    pub ty: TypeDesc,
    /// Former names.
    pub aliases: &'static [Alias],
    /// Documentation; empty for none.
    pub doc: &'static str,
    /// The default as JSON text in Avro's notation (Avro 1.12, "Complex Types").
    pub default: Option<&'static str>,
    /// How the field counts in Avro's sort order.
    pub order: SortOrder,
}

impl FieldDesc {
    /// A field with a name and a type and nothing else said of it.
    pub const fn new(name: &'static str, ty: TypeDesc) -> Self {
        Self { name, ty, aliases: &[], doc: "", default: None, order: SortOrder::Ascending }
    }

    /// The same field with former names.
    #[must_use]
    pub const fn with_aliases(self, aliases: &'static [Alias]) -> Self {
        Self { aliases, ..self }
    }

    /// The same field with documentation.
    #[must_use]
    pub const fn with_doc(self, doc: &'static str) -> Self {
        Self { doc, ..self }
    }

    /// The same field with a default, as JSON text.
    #[must_use]
    pub const fn with_default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }

    /// The same field with another sort order.
    #[must_use]
    pub const fn with_order(self, order: SortOrder) -> Self {
        Self { order, ..self }
    }
}

/// How a field counts when records are sorted (Avro 1.12, "Sort Order").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SortOrder {
    /// Smaller values first.
    #[default]
    Ascending,
    /// Larger values first.
    Descending,
    /// The field does not count.
    Ignore,
}

/// An enum: symbols, each with a position (Avro) and a number (Protobuf, Thrift).
#[derive(Clone, Copy, Debug)]
pub struct EnumDesc {
    /// The enum's name.
    pub name: Name,
    /// Former names.
    pub aliases: &'static [Alias],
    /// Documentation; empty for none.
    pub doc: &'static str,
    /// The symbols, in the order of their positions.
    pub symbols: &'static [SymbolDesc],
    /// The symbol that a reader takes for one that it does not know (Avro 1.12, "Enums"), by position.
    pub default: Option<usize>,
}

/// A symbol of an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SymbolDesc {
    /// The symbol's name in the schema.
    pub name: &'static str,
    /// Its number in Protobuf and Thrift; in Avro its position counts.
    pub number: i32,
    /// Documentation; empty for none.
    pub doc: &'static str,
}

/// A fixed-size sequence of bytes with a name (Avro 1.12, "Fixed").
#[derive(Clone, Copy, Debug)]
pub struct FixedDesc {
    /// The type's name; empty for an anonymous one.
    pub name: Name,
    /// Former names.
    pub aliases: &'static [Alias],
    /// Documentation; empty for none.
    pub doc: &'static str,
    /// Size in bytes.
    pub size: usize,
}

/// A union: exactly one of several arms is present.
///
/// In Avro an arm is chosen by its position among the branches, in Thrift by its field id within a struct of its own, in
/// Protobuf by its field number within the record around it (`oneof`).
#[derive(Clone, Copy, Debug)]
pub struct UnionDesc {
    /// The union's name in Thrift and Protobuf, and the Rust type's name for Avro, where unions have none.
    pub name: Name,
    /// Documentation; empty for none.
    pub doc: &'static str,
    /// The arms in order. Null is an arm here only when the Rust type has a variant for it.
    pub arms: &'static [FieldDesc],
}

//! What is to be generated: items of Rust, in modules.

use cognate_schema::avro::{LogicalType, Order, Schema, TypeId};
use cognate_schema::{json::Node, thrift};

use super::real::Real;
use crate::emit::Presence;

/// The position of an item in the [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ItemId(pub(super) usize);

/// The position of a module in the [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct ModuleId(pub(super) usize);

/// All that is to be generated. The first module is the root.
#[derive(Debug, Default)]
pub(super) struct Model {
    /// Any of the Avro schemas that were linked together: they share their types.
    pub(super) schema: Option<Schema>,
    pub(super) modules: Vec<Module>,
    pub(super) items: Vec<Item>,
    pub(super) constants: Vec<Constant>,
    pub(super) services: Vec<Service>,
}

/// A module for a namespace.
#[derive(Debug)]
pub(super) struct Module {
    /// The identifiers from the root to the module.
    pub(super) path: Vec<String>,
    pub(super) children: Vec<ModuleId>,
}

/// A struct, an enum or another name for a type.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) module: ModuleId,
    /// The identifier of the type that owns its data, or of the only one.
    pub(super) name: String,
    /// The identifier of the type that borrows, where there are both.
    pub(super) view: Option<String>,
    /// The record in which an anonymous union stands, and the field there.
    pub(super) owner: Option<(ItemId, String)>,
    /// Whether there is text or bytes in the type, which it could borrow.
    pub(super) borrows: bool,
    /// The schema's name; of an anonymous union, the identifier.
    pub(super) schema_name: String,
    pub(super) namespace: String,
    pub(super) aliases: Vec<String>,
    pub(super) doc: String,
    pub(super) kind: ItemKind,
    /// The schema's text and CRC-64-AVRO, of what can be a schema of its own.
    pub(super) schema: Option<(String, u64)>,
}

/// What an item is.
#[derive(Debug)]
pub(super) enum ItemKind {
    Record {
        fields: Vec<Field>,
        /// What makes it an error, if it is one.
        error: Option<ErrorFacts>,
        /// The field that keeps what the schema does not have.
        unknown: Option<String>,
        /// Whether all fields have values without being told, be they zero. Avro's have only the defaults that are written.
        has_zero: bool,
    },
    Enum {
        symbols: Vec<Symbol>,
        default: Option<usize>,
        /// The variant for numbers that the schema does not have.
        unknown: Option<String>,
        /// Further names of symbols, by their positions.
        synonyms: Vec<(String, usize)>,
    },
    Fixed {
        size: u32,
        logical: Option<LogicalType>,
    },
    Union {
        /// The union of Avro.
        union: Option<TypeId>,
        arms: Vec<Arm>,
        /// The variant that keeps an arm which the schema does not have.
        unknown: Option<String>,
    },
    /// A type around one that has no name in its schema, and is the schema of a file.
    Newtype {
        ty: Type,
    },
    /// Another name for a type.
    Alias {
        ty: Type,
    },
}

/// What is said of an error.
#[derive(Debug, Default)]
pub(super) struct ErrorFacts {
    /// The field with its message, where it is to be shown.
    pub(super) message: Option<String>,
}

/// A named value.
#[derive(Debug)]
pub(super) struct Constant {
    pub(super) module: ModuleId,
    /// The name of a `const`, and that of a function if there has to be one.
    pub(super) names: (String, String),
    pub(super) doc: String,
    pub(super) ty: Type,
    /// None where it says nothing for a union that has to be there.
    pub(super) value: Option<thrift::Value>,
}

/// A service.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) module: ModuleId,
    /// The trait.
    pub(super) name: String,
    /// The type that answers calls by an implementation of the trait.
    pub(super) processor: String,
    pub(super) doc: String,
    /// The position of the service that it extends.
    pub(super) extends: Option<usize>,
    pub(super) functions: Vec<Function>,
}

/// A function of a service.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) schema_name: String,
    pub(super) doc: String,
    pub(super) arguments: ItemId,
    /// What it answers; nothing when it is one-way.
    pub(super) answer: Option<Answer>,
}

/// What a function answers.
#[derive(Debug)]
pub(super) struct Answer {
    /// The record that is sent: the result and each exception are optional fields.
    pub(super) record: ItemId,
    /// The name of the type of its failures, when it declares exceptions.
    pub(super) error: Option<String>,
    /// The type of its result, if there is one. The field comes first.
    pub(super) success: Option<Type>,
    /// Its exceptions, as variants of the error, in the order of the fields.
    pub(super) exceptions: Vec<Exception>,
}

/// An exception that a function declares.
#[derive(Debug)]
pub(super) struct Exception {
    pub(super) variant: String,
    /// The field of the record.
    pub(super) field: String,
    pub(super) ty: Type,
}

/// A field of a record.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) schema_name: String,
    pub(super) ty: Type,
    pub(super) aliases: Vec<String>,
    pub(super) doc: String,
    /// What is to be said of the Rust field, beside what the schema says.
    pub(super) note: Option<&'static str>,
    pub(super) default: Option<Default>,
    pub(super) order: Order,
    pub(super) wire: Option<Wire>,
}

/// A default of a field, in the terms of its schema language.
#[derive(Debug)]
pub(super) enum Default {
    Avro(Node),
    Thrift(thrift::Value),
}

/// How a field travels in a tagged format.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wire {
    pub(super) number: i32,
    pub(super) presence: Presence,
}

/// A symbol of an enum.
#[derive(Debug)]
pub(super) struct Symbol {
    pub(super) variant: String,
    pub(super) schema_name: String,
    pub(super) number: i32,
    pub(super) doc: String,
}

/// An arm of a union; without a type it is null.
#[derive(Debug)]
pub(super) struct Arm {
    pub(super) variant: String,
    pub(super) schema_name: String,
    pub(super) ty: Option<Type>,
    pub(super) doc: String,
    pub(super) number: Option<i32>,
}

/// A type where it is used.
#[derive(Clone, Debug)]
pub(super) enum Type {
    Null,
    Bool,
    Byte,
    Short,
    Int(Option<LogicalType>),
    Long(Option<LogicalType>),
    Float,
    Double,
    String(Option<LogicalType>),
    Bytes(Option<LogicalType>),
    /// A UUID as 16 bytes.
    Uuid {
        /// Whether it is a type of the crate `uuid`.
        real: bool,
    },
    Item {
        id: ItemId,
        /// Whether it is behind a `Box`, since it would contain itself otherwise.
        boxed: bool,
    },
    /// A logical type as a type of its own.
    Real {
        real: Real,
        logical: LogicalType,
        /// The fixed that it is in the schema, rather than what the Rust type says.
        fixed: Option<Box<Fixed>>,
    },
    Array(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>, Box<Type>),
    /// A value or none; in Avro a union of null and one other branch.
    Optional {
        union: Option<TypeId>,
        null_at: u8,
        of: Box<Type>,
    },
    /// A type by another name.
    Alias {
        id: ItemId,
        of: Box<Type>,
    },
}

/// A fixed of the schema that has no Rust type of its own.
#[derive(Clone, Debug)]
pub(super) struct Fixed {
    pub(super) name: String,
    pub(super) namespace: String,
    pub(super) aliases: Vec<String>,
    pub(super) doc: String,
    pub(super) size: u32,
}

impl Model {
    pub(super) fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0]
    }
}

impl ItemKind {
    /// The types that values of the item hold.
    pub(super) fn types(&self) -> Vec<&Type> {
        match self {
            Self::Record { fields, .. } => fields.iter().map(|field| &field.ty).collect(),
            Self::Union { arms, .. } => arms.iter().filter_map(|arm| arm.ty.as_ref()).collect(),
            Self::Newtype { ty } | Self::Alias { ty } => vec![ty],
            Self::Enum { .. } | Self::Fixed { .. } => Vec::new(),
        }
    }

    /// The same, to be changed.
    pub(super) fn types_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Self::Record { fields, .. } => fields.iter_mut().map(|field| &mut field.ty).collect(),
            Self::Union { arms, .. } => arms.iter_mut().filter_map(|arm| arm.ty.as_mut()).collect(),
            Self::Newtype { ty } | Self::Alias { ty } => vec![ty],
            Self::Enum { .. } | Self::Fixed { .. } => Vec::new(),
        }
    }
}

impl Type {
    /// The item that a value holds in itself, and not behind a pointer.
    pub(super) fn held_item(&mut self) -> Option<(ItemId, &mut bool)> {
        match self {
            Self::Item { id, boxed } if !*boxed => Some((*id, boxed)),
            Self::Optional { of, .. } => of.held_item(),
            _ => None,
        }
    }

    /// The type itself, by whatever name.
    pub(super) fn unnamed(&self) -> &Self {
        match self {
            Self::Alias { of, .. } => of.unnamed(),
            ty => ty,
        }
    }

    /// Whether values are in order, can be compared and hashed, and so be keys.
    pub(super) fn is_key(&self, model: &Model) -> bool {
        match self.unnamed() {
            Self::Bool
            | Self::Byte
            | Self::Short
            | Self::Int(_)
            | Self::Long(_)
            | Self::String(_)
            | Self::Bytes(_)
            | Self::Uuid { .. } => true,
            Self::Item { id, .. } => matches!(model.item(*id).kind, ItemKind::Enum { .. } | ItemKind::Fixed { .. }),
            _ => false,
        }
    }
}

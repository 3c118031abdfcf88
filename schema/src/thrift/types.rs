//! Types of a linked program.

use std::collections::HashMap;

use crate::source::Span;
use crate::thrift::document::Annotation;
use crate::thrift::program::{EnumId, StructId, TypedefId};

/// A type of a program. Equal types of one program have equal ids, typedefs being types of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(u32);

/// The types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// No value, as a result.
    Void,
    /// True or false.
    Bool,
    /// An 8-bit signed integer.
    I8,
    /// A 16-bit signed integer.
    I16,
    /// A 32-bit signed integer.
    I32,
    /// A 64-bit signed integer.
    I64,
    /// A single-precision IEEE 754 number, in fbthrift only.
    Float,
    /// A double-precision IEEE 754 number.
    Double,
    /// A text.
    String,
    /// Bytes, on the wire like a text.
    Binary,
    /// 16 bytes.
    Uuid,
    /// Elements in order.
    List(TypeId),
    /// Elements without order.
    Set(TypeId),
    /// Values by keys.
    Map(TypeId, TypeId),
    /// A struct, union or exception.
    Struct(StructId),
    /// An enum.
    Enum(EnumId),
    /// Another name for a type.
    Typedef(TypedefId),
}

/// The use of a type: what it is, where it stands and what is said there.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct TypeRef {
    /// The type.
    pub id: TypeId,
    /// The place in the file of the definition around it.
    pub span: Span,
    /// What `cpp_type` says.
    pub cpp_type: Option<Box<str>>,
    /// Annotations in parentheses.
    pub annotations: Vec<Annotation>,
    /// The uses of types within this one: the element of a list or set, the key and the value of a map.
    pub inner: Vec<TypeRef>,
}

impl TypeId {
    /// No value.
    pub const VOID: Self = Self(0);
    /// `bool`
    pub const BOOL: Self = Self(1);
    /// `i8`
    pub const I8: Self = Self(2);
    /// `i16`
    pub const I16: Self = Self(3);
    /// `i32`
    pub const I32: Self = Self(4);
    /// `i64`
    pub const I64: Self = Self(5);
    /// `float`
    pub const FLOAT: Self = Self(6);
    /// `double`
    pub const DOUBLE: Self = Self(7);
    /// `string`
    pub const STRING: Self = Self(8);
    /// `binary`
    pub const BINARY: Self = Self(9);
    /// `uuid`
    pub const UUID: Self = Self(10);

    /// Stands for what was reported already. No program has it.
    pub(super) const FAULTY: Self = Self(u32::MAX);

    /// The index for tables over all types, less than [`Program::type_count`](super::Program::type_count).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl TypeRef {
    /// A use whose type is not known yet.
    pub(super) fn faulty(span: Span) -> Self {
        Self { id: TypeId::FAULTY, span, cpp_type: None, annotations: Vec::new(), inner: Vec::new() }
    }
}

impl Type {
    /// The types that are there in every program, in the order of their ids.
    const WORDS: [Self; 11] = [
        Self::Void,
        Self::Bool,
        Self::I8,
        Self::I16,
        Self::I32,
        Self::I64,
        Self::Float,
        Self::Double,
        Self::String,
        Self::Binary,
        Self::Uuid,
    ];

    /// The word for the kind of type: `list`, `struct`, `i32`, …
    pub fn word(self) -> &'static str {
        match self {
            Self::Void => "void",
            Self::Bool => "bool",
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::Float => "float",
            Self::Double => "double",
            Self::String => "string",
            Self::Binary => "binary",
            Self::Uuid => "uuid",
            Self::List(_) => "list",
            Self::Set(_) => "set",
            Self::Map(..) => "map",
            Self::Struct(_) => "struct",
            Self::Enum(_) => "enum",
            Self::Typedef(_) => "typedef",
        }
    }
}

/// Gives equal types equal ids.
#[derive(Debug)]
pub(super) struct Types {
    pub(super) all: Vec<Type>,
    ids: HashMap<Type, TypeId>,
}

impl Types {
    pub(super) fn new() -> Self {
        let mut types = Self { all: Vec::new(), ids: HashMap::new() };
        for word in Type::WORDS {
            types.id(word);
        }
        types
    }

    pub(super) fn id(&mut self, ty: Type) -> TypeId {
        let next = TypeId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        let all = &mut self.all;
        *self.ids.entry(ty).or_insert_with(|| {
            all.push(ty);
            next
        })
    }

    /// The type, unless it is faulty.
    pub(super) fn get(&self, id: TypeId) -> Option<Type> {
        self.all.get(id.index()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_ids_are_those_of_the_words() {
        let types = Types::new();
        let ids = [TypeId::VOID, TypeId::BOOL, TypeId::I8, TypeId::I16, TypeId::I32, TypeId::I64, TypeId::FLOAT];
        let more = [TypeId::DOUBLE, TypeId::STRING, TypeId::BINARY, TypeId::UUID];
        let words: Vec<_> = ids.into_iter().chain(more).map(|id| types.all[id.index()].word()).collect();
        assert_eq!(words.join(" "), "void bool i8 i16 i32 i64 float double string binary uuid");
        assert_eq!(types.get(TypeId::FAULTY), None);
    }
}

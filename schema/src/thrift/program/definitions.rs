//! What a program defines.

use std::collections::HashMap;

use crate::source::Span;
use crate::thrift::document::{Annotation, StructuredAnnotation};
use crate::thrift::program::{Location, ServiceId};
use crate::thrift::types::{TypeId, TypeRef};
use crate::thrift::value::Value;

/// The name of a definition and what is said about it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Head {
    /// The name.
    pub name: Box<str>,
    /// The place of the name.
    pub location: Location,
    /// The whole definition without its documentation.
    pub span: Span,
    /// Documentation.
    pub doc: Option<Box<str>>,
    /// Annotations in parentheses.
    pub annotations: Vec<Annotation>,
    /// Structured annotations of fbthrift.
    pub structured: Vec<StructuredAnnotation>,
}

/// A struct, union or exception.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Struct {
    /// The name and what is said about it.
    pub head: Head,
    /// Which of the three.
    pub kind: StructKind,
    /// The fields in the order of the text.
    pub fields: Vec<Field>,
    pub(in crate::thrift) by_id: HashMap<i16, usize>,
    pub(in crate::thrift) by_name: HashMap<Box<str>, usize>,
}

/// The kinds of structs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StructKind {
    /// All fields at once.
    Struct,
    /// One field at a time.
    Union,
    /// A struct that functions throw.
    Exception,
}

/// A field of a struct, an argument or an exception of a function.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Field {
    /// The name and what is said about it.
    pub head: Head,
    /// The id on the wire. Not what is written when that is not positive; see [`Field::has_written_id`].
    pub id: i16,
    /// Whether the id is written, and not given by the field's place.
    pub has_written_id: bool,
    /// Whether the field must be there. Fields of unions are optional; arguments never are.
    pub requiredness: Requiredness,
    /// The type.
    pub ty: TypeRef,
    /// The default. It fits the type.
    pub default: Option<Value>,
    /// Whether `&` stands behind the type.
    pub is_reference: bool,
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Requiredness {
    /// It must be written, and a reader must find it.
    Required,
    /// It is written when it is set.
    Optional,
    /// Neither is said: it is written always, and a reader need not find it.
    Default,
}

/// An enum.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Enum {
    /// The name and what is said about it.
    pub head: Head,
    /// The values in the order of the text. Several may have the same number.
    pub values: Vec<EnumValue>,
    pub(in crate::thrift) by_name: HashMap<Box<str>, usize>,
    pub(in crate::thrift) by_number: HashMap<i32, usize>,
}

/// A value of an enum.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct EnumValue {
    /// The name and what is said about it.
    pub head: Head,
    /// The number.
    pub number: i32,
}

/// Another name for a type.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Typedef {
    /// The name and what is said about it.
    pub head: Head,
    /// The type that it names.
    pub target: TypeRef,
    /// The type at the end of the chain of typedefs.
    pub true_type: TypeId,
}

/// A constant.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Constant {
    /// The name and what is said about it.
    pub head: Head,
    /// The type.
    pub ty: TypeRef,
    /// The value, in which other constants are put in.
    pub value: Value,
}

/// A service or, in fbthrift, an interaction.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Service {
    /// The name and what is said about it.
    pub head: Head,
    /// The service that it extends.
    pub extends: Option<ServiceId>,
    /// Its own functions in the order of the text.
    pub functions: Vec<Function>,
    /// Whether it is an interaction.
    pub is_interaction: bool,
}

/// A function of a service.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Function {
    /// The name and what is said about it.
    pub head: Head,
    /// Whether there is no answer.
    pub is_oneway: bool,
    /// The type of the result, [`TypeId::VOID`] for none.
    pub result: TypeRef,
    /// The arguments.
    pub arguments: Vec<Field>,
    /// The exceptions. In the answer they stand beside the result, which has the id 0.
    pub throws: Vec<Field>,
    /// The stream or sink behind the result in fbthrift.
    pub streaming: Option<Streaming>,
}

/// A stream or sink of fbthrift.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Streaming {
    /// What flows: from the server for a stream, from the client for a sink.
    pub payload: TypeRef,
    /// The exceptions that may end it.
    pub throws: Vec<Field>,
    /// The final answer of a sink, with the exceptions that may come instead; nothing for a stream.
    pub response: Option<(TypeRef, Vec<Field>)>,
}

impl Head {
    /// The value of an annotation in parentheses; `1` where none is written, as the compiler has it. The last one counts.
    pub fn annotation(&self, name: &str) -> Option<&str> {
        let annotation = self.annotations.iter().rev().find(|annotation| *annotation.name.text == *name)?;
        Some(annotation.value.as_ref().map_or("1", |value| &value.text))
    }
}

impl Struct {
    /// The index of the field with a name.
    pub fn field_index(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The field with a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(self.field_index(name)?)
    }

    /// The index of the field with an id.
    pub fn index_by_id(&self, id: i16) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// The field with an id.
    pub fn field_by_id(&self, id: i16) -> Option<&Field> {
        self.fields.get(self.index_by_id(id)?)
    }
}

impl StructKind {
    /// The keyword.
    pub fn word(self) -> &'static str {
        match self {
            Self::Struct => "struct",
            Self::Union => "union",
            Self::Exception => "exception",
        }
    }
}

impl Enum {
    /// The value with a name.
    pub fn value(&self, name: &str) -> Option<&EnumValue> {
        self.values.get(*self.by_name.get(name)?)
    }

    /// The first value with a number.
    pub fn value_by_number(&self, number: i32) -> Option<&EnumValue> {
        self.values.get(*self.by_number.get(&number)?)
    }
}

//! The document: a text as it was written.
//!
//! Nothing is resolved here. Every name, type, field id and value has its place; comments are kept in the order of the
//! text, so that what stands around a definition can be found by its span.

use std::sync::Arc;

use crate::source::{SourceFile, Span};
use crate::thrift::program::{Requiredness, StructKind};

/// A parsed file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Document {
    /// The text.
    pub source: Arc<SourceFile>,
    /// All comments in the order of the text.
    pub comments: Vec<Comment>,
    /// The documentation of the file: a doc comment before its first header.
    pub doc: Option<Doc>,
    /// Includes, namespaces and the like, in the order of the text.
    pub headers: Vec<Header>,
    /// The definitions in the order of the text. One with a fault in its body has what could be read of it.
    pub definitions: Vec<Definition>,
    /// The first place of each form that only fbthrift has.
    pub fbthrift_forms: Vec<FbthriftForm>,
}

/// The use of a form that only fbthrift has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FbthriftForm {
    /// The words for it.
    pub name: &'static str,
    /// The first place.
    pub span: Span,
    /// Whether nobody would write it by mistake, so that it tells the dialect.
    pub is_telling: bool,
}

/// A comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comment {
    /// Its bytes with what starts and ends it, but without the line's end.
    pub span: Span,
    /// How it is written.
    pub kind: CommentKind,
}

/// The ways to write a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommentKind {
    /// `// …`
    Line,
    /// `# …`
    Hash,
    /// `/* … */`
    Block,
    /// `/** … */`, which documents what follows it.
    Doc,
}

/// Documentation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Doc {
    /// The text without what starts and ends the comment, and without the stars and spaces before its lines.
    pub text: Box<str>,
    /// The place of the comment.
    pub span: Span,
}

/// A name as it stands in the text, dots included.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Name {
    /// The name.
    pub text: Box<str>,
    /// Its place.
    pub span: Span,
}

/// A text in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Literal {
    /// What it stands for, escapes resolved.
    pub text: Box<str>,
    /// Its place, with the quotes.
    pub span: Span,
}

/// An annotation in parentheses: `(name = "value")`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Annotation {
    /// The name, dots included.
    pub name: Name,
    /// The value; the compiler takes `"1"` for none.
    pub value: Option<Literal>,
}

/// A structured annotation of fbthrift: `@Name{field = value}`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StructuredAnnotation {
    /// The name of a struct.
    pub name: Name,
    /// The fields of a value of that struct.
    pub fields: Vec<(Name, Value)>,
    /// The whole annotation.
    pub span: Span,
}

/// A line before the definitions.
#[derive(Debug)]
#[non_exhaustive]
pub struct Header {
    /// What it says.
    pub kind: HeaderKind,
    /// Its place.
    pub span: Span,
}

/// The kinds of headers.
#[derive(Debug)]
#[non_exhaustive]
pub enum HeaderKind {
    /// `include "path"`, in fbthrift also `include "path" as alias`.
    Include {
        /// The path.
        path: Literal,
        /// The prefix of its names, instead of the file's name.
        alias: Option<Name>,
    },
    /// `cpp_include "path"`.
    CppInclude(Literal),
    /// `namespace scope name`.
    Namespace {
        /// The language, or `*`.
        scope: Name,
        /// The namespace.
        name: Name,
        /// Annotations.
        annotations: Vec<Annotation>,
    },
    /// `package "domain/path"` of fbthrift.
    Package(Literal),
}

/// A definition.
#[derive(Debug)]
#[non_exhaustive]
pub struct Definition {
    /// What it defines.
    pub kind: DefinitionKind,
    /// The name.
    pub name: Name,
    /// Documentation.
    pub doc: Option<Doc>,
    /// Annotations in parentheses.
    pub annotations: Vec<Annotation>,
    /// Structured annotations.
    pub structured: Vec<StructuredAnnotation>,
    /// The whole definition without its documentation.
    pub span: Span,
    /// Whether no part had to be left out because of a fault.
    pub complete: bool,
}

/// The kinds of definitions.
#[derive(Debug)]
#[non_exhaustive]
pub enum DefinitionKind {
    /// A struct, union or exception.
    Struct {
        /// Which of the three.
        kind: StructKind,
        /// Whether `xsd_all` stands behind the name.
        xsd_all: bool,
        /// The fields.
        fields: Vec<Field>,
    },
    /// An enum.
    Enum(Vec<EnumValue>),
    /// The former `senum`: texts, of which a string should be one.
    Senum(Vec<Literal>),
    /// Another name for a type.
    Typedef(Type),
    /// A constant.
    Const {
        /// The type.
        ty: Type,
        /// The value.
        value: Value,
    },
    /// A service or, in fbthrift, an interaction.
    Service {
        /// Whether it is an interaction.
        interaction: bool,
        /// The name of the service that it extends.
        extends: Option<Name>,
        /// The functions.
        functions: Vec<Function>,
        /// The interactions that `performs` names.
        performs: Vec<Name>,
    },
}

/// A value of an enum.
#[derive(Debug)]
#[non_exhaustive]
pub struct EnumValue {
    /// The name.
    pub name: Name,
    /// The number, if it is written.
    pub number: Option<Integer>,
    /// Documentation.
    pub doc: Option<Doc>,
    /// Annotations in parentheses.
    pub annotations: Vec<Annotation>,
    /// Structured annotations.
    pub structured: Vec<StructuredAnnotation>,
}

/// An integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Integer {
    /// Its value.
    pub value: i64,
    /// Its place.
    pub span: Span,
}

/// A field of a struct, an argument or an exception of a function.
#[derive(Debug)]
#[non_exhaustive]
pub struct Field {
    /// The id, if it is written.
    pub id: Option<Integer>,
    /// `required` or `optional`, if it is written.
    pub requiredness: Option<(Requiredness, Span)>,
    /// The type.
    pub ty: Type,
    /// The place of `&`, by which C++ holds the field in a pointer.
    pub reference: Option<Span>,
    /// The name.
    pub name: Name,
    /// The default.
    pub default: Option<Value>,
    /// What is said about XML schemas.
    pub xsd: Xsd,
    /// Documentation.
    pub doc: Option<Doc>,
    /// Annotations in parentheses.
    pub annotations: Vec<Annotation>,
    /// Structured annotations.
    pub structured: Vec<StructuredAnnotation>,
    /// The whole field without its documentation and separator.
    pub span: Span,
}

/// What a field says about XML schemas.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Xsd {
    /// `xsd_optional`
    pub optional: bool,
    /// `xsd_nillable`
    pub nillable: bool,
    /// `xsd_attrs { … }`
    pub attributes: Option<Vec<Field>>,
}

/// A function of a service.
#[derive(Debug)]
#[non_exhaustive]
pub struct Function {
    /// The name.
    pub name: Name,
    /// The place of `oneway` or of the former `async`.
    pub oneway: Option<Span>,
    /// The type of the result; nothing for `void`.
    pub result: Option<Type>,
    /// The place of the result's type or of `void`.
    pub result_span: Span,
    /// The stream or sink that follows the result in fbthrift.
    pub streaming: Option<Streaming>,
    /// The arguments.
    pub arguments: Vec<Field>,
    /// The exceptions of `throws`.
    pub throws: Vec<Field>,
    /// Documentation.
    pub doc: Option<Doc>,
    /// Annotations in parentheses.
    pub annotations: Vec<Annotation>,
    /// Structured annotations.
    pub structured: Vec<StructuredAnnotation>,
    /// The whole function without its documentation and separator.
    pub span: Span,
}

/// A stream or sink of fbthrift.
#[derive(Debug)]
#[non_exhaustive]
pub struct Streaming {
    /// What flows: from the server for a stream, from the client for a sink.
    pub payload: Type,
    /// The exceptions that may end it.
    pub throws: Vec<Field>,
    /// The final answer of a sink, with the exceptions that may come instead; nothing for a stream.
    pub response: Option<(Type, Vec<Field>)>,
}

/// The use of a type.
#[derive(Debug)]
#[non_exhaustive]
pub struct Type {
    /// The type.
    pub kind: TypeKind,
    /// What `cpp_type` says.
    pub cpp_type: Option<Literal>,
    /// Annotations in parentheses.
    pub annotations: Vec<Annotation>,
    /// The type without its annotations.
    pub span: Span,
}

/// The kinds of types, as they are written.
#[derive(Debug)]
#[non_exhaustive]
pub enum TypeKind {
    /// A word of the language.
    Base(Base),
    /// A name, or one of the words that are no keywords: `uuid`, and `float` of fbthrift.
    Named(Name),
    /// `list<…>`
    List(Box<Type>),
    /// `set<…>`
    Set(Box<Type>),
    /// `map<…, …>`
    Map(Box<(Type, Type)>),
}

/// The types that the language has keywords for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Base {
    /// `bool`
    Bool,
    /// `i8`, also written `byte`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `double`
    Double,
    /// `string`, and the former `slist`
    String,
    /// `binary`
    Binary,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Value {
    /// The value.
    pub kind: ValueKind,
    /// Its place.
    pub span: Span,
}

/// The kinds of values, as they are written.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ValueKind {
    /// `true` or `false`, which the compiler takes as 1 and 0.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A number with a point or an exponent.
    Double(f64),
    /// A text in quotes.
    Text(Box<str>),
    /// The name of a constant or of a value of an enum.
    Name(Box<str>),
    /// `[…]`
    List(Vec<Value>),
    /// `{…}`
    Map(Vec<(Value, Value)>),
    /// `Name{field = value}` of fbthrift.
    Struct(Name, Vec<(Name, Value)>),
}

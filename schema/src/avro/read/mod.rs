//! JSON tree to types whose references are still names.

use std::collections::HashMap;
use std::sync::Arc;

use crate::avro::loader::Options;
use crate::avro::logical::{self, Ignored};
use crate::avro::model::{Graph, Type, TypeId, TypeKind, TypeRef};
use crate::avro::name::Name;
use crate::avro::place::{FileId, Location, PathId, Step};
use crate::avro::rules;
use crate::diagnostic::{Diagnostic, Rule};
use crate::json::{Member, Node, Value};
use crate::source::{SourceFile, Span};

mod attributes;
mod fields;
mod named;
mod names;

use attributes::Object;

/// The words that are complex types when they stand in an object's `type`.
pub(super) const COMPLEX_WORDS: [&str; 6] = ["record", "error", "enum", "fixed", "array", "map"];

/// Everything that the files define together, while it is being read.
pub(super) struct Draft<'n> {
    pub(super) graph: Graph,
    pub(super) options: Options,
    pub(super) definitions: HashMap<Name, Definition<'n>>,
    pub(super) references: Vec<Reference>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Where a named type is defined.
pub(super) struct Definition<'n> {
    pub(super) id: TypeId,
    pub(super) file: FileId,
    pub(super) name_span: Span,
    pub(super) node: &'n Node,
}

/// A use of a type by name. The [`TypeId`] that stands for it until it is linked is made by [`TypeId::reference`].
pub(super) struct Reference {
    pub(super) text: Box<str>,
    pub(super) namespace: Option<Box<str>>,
    pub(super) location: Location,
}

/// Reads one file into the draft.
pub(super) struct Reader<'d, 'n> {
    draft: &'d mut Draft<'n>,
    source: Arc<SourceFile>,
    file: FileId,
}

impl<'n> Draft<'n> {
    pub(super) fn new(sources: Vec<Arc<SourceFile>>, options: Options, diagnostics: Vec<Diagnostic>) -> Self {
        let location = Location { file: FileId(0), span: Span::default(), path: PathId::TOP };
        let primitives =
            PRIMITIVES.iter().map(|(_, kind)| Type { kind: kind(), logical: None, properties: Vec::new(), location });
        let graph = Graph { sources, types: primitives.collect(), ..Graph::default() };
        Self { graph, options, definitions: HashMap::new(), references: Vec::new(), diagnostics }
    }

    /// Reads a file's tree and returns its schema.
    pub(super) fn read(&mut self, file: FileId, node: &'n Node) -> TypeRef {
        let source = Arc::clone(&self.graph.sources[file.index()]);
        Reader { draft: self, source, file }.schema(node, None, PathId::TOP)
    }
}

impl<'n> Reader<'_, 'n> {
    /// Reads what stands where a schema is expected. The namespace is that of the enclosing definition.
    fn schema(&mut self, node: &'n Node, namespace: Option<&str>, path: PathId) -> TypeRef {
        let location = self.location(node.span, path);
        let id = match &node.value {
            Value::String(text) => self.reference(text, namespace, location),
            Value::Array(branches) => self.union(branches, namespace, location),
            Value::Object(members) => {
                return self.object(Object { what: "schema", node, members }, namespace, location);
            }
            _ => {
                let message = format!("a schema is a string, an object or an array, not {}", node.kind_name());
                self.report(&rules::NOT_A_SCHEMA, node.span, message);
                TypeId::FAULTY
            }
        };
        TypeRef { id, location }
    }

    fn reference(&mut self, text: &str, namespace: Option<&str>, location: Location) -> TypeId {
        if let Some(id) = primitive(text) {
            return id;
        }
        let references = &mut self.draft.references;
        references.push(Reference { text: text.into(), namespace: namespace.map(Into::into), location });
        TypeId::reference(references.len() - 1)
    }

    fn union(&mut self, branches: &'n [Node], namespace: Option<&str>, location: Location) -> TypeId {
        let read = |(index, branch)| {
            let path = self.draft.graph.paths.push(location.path, Step::Index(index));
            self.schema(branch, namespace, path)
        };
        let branches: Vec<_> = branches.iter().enumerate().map(read).collect();
        self.add(Type { kind: TypeKind::Union(branches), logical: None, properties: Vec::new(), location })
    }

    fn object(&mut self, mut object: Object<'n>, namespace: Option<&str>, location: Location) -> TypeRef {
        let id = match self.required(&object, "type") {
            None => TypeId::FAULTY,
            Some(Member { value: node, .. }) => match &node.value {
                Value::String(word) => {
                    object.what = word;
                    self.declared(word, &object, node, namespace, location)
                }
                Value::Object(_) | Value::Array(_) => {
                    self.wrapped(&object, node);
                    return self.nested(node, namespace, location);
                }
                _ => {
                    let message = format!("`type` must be a schema, not {}", node.kind_name());
                    self.report(&rules::WRONG_ATTRIBUTE_TYPE, node.span, message);
                    TypeId::FAULTY
                }
            },
        };
        TypeRef { id, location }
    }

    fn declared(
        &mut self,
        word: &str,
        object: &Object<'n>,
        node: &'n Node,
        namespace: Option<&str>,
        location: Location,
    ) -> TypeId {
        match word {
            "record" => self.record(object, namespace, location, false),
            "error" => self.record(object, namespace, location, true),
            "enum" => self.enumeration(object, namespace, location),
            "fixed" => self.fixed(object, namespace, location),
            "array" => self.container(object, "items", TypeKind::Array, namespace, location),
            "map" => self.container(object, "values", TypeKind::Map, namespace, location),
            _ => match primitive(word) {
                Some(id) if object.members.len() == 1 => id,
                Some(id) => self.annotated_primitive(id, object, location),
                None => {
                    self.wrapped(object, node);
                    self.nested(node, namespace, location).id
                }
            },
        }
    }

    /// The schema that an object's `type` holds.
    fn nested(&mut self, node: &'n Node, namespace: Option<&str>, location: Location) -> TypeRef {
        let path = self.draft.graph.paths.push(location.path, Step::Key("type"));
        self.schema(node, namespace, path)
    }

    fn annotated_primitive(&mut self, id: TypeId, object: &Object<'n>, location: Location) -> TypeId {
        let Some((_, kind)) = PRIMITIVES.get(id.index()) else { return id };
        let ty = self.annotate(kind(), object, &["type"], location);
        if ty.logical.is_none() && ty.properties.is_empty() { id } else { self.add(ty) }
    }

    fn container(
        &mut self,
        object: &Object<'n>,
        attribute: &'static str,
        kind: fn(TypeRef) -> TypeKind,
        namespace: Option<&str>,
        location: Location,
    ) -> TypeId {
        let Some(member) = self.required(object, attribute) else { return TypeId::FAULTY };
        let path = self.draft.graph.paths.push(location.path, Step::Key(attribute));
        let inner = self.schema(&member.value, namespace, path);
        let ty = self.annotate(kind(inner), object, &["type", attribute], location);
        self.add(ty)
    }

    /// A type with its logical type and with all attributes that the specification does not define for it.
    fn annotate(&mut self, kind: TypeKind, object: &Object<'n>, defined: &[&str], location: Location) -> Type {
        let logical = match logical::recognize(&kind, object.members) {
            Ok(logical) => logical,
            Err(Ignored::Unknown(name)) => {
                let span = object.member("logicalType").map_or(object.head(), |member| member.value.span);
                let message = format!("the logical type `{name}` is unknown and therefore ignored");
                self.report(&rules::UNKNOWN_LOGICAL_TYPE, span, message);
                None
            }
            Err(Ignored::Invalid(node, why)) => {
                let fault = self.fault(&rules::INVALID_LOGICAL_TYPE, node.span, why);
                self.draft.diagnostics.push(fault.note("the logical type is ignored"));
                None
            }
        };
        let own = logical.map_or(&[][..], logical::own_attributes);
        let unknown = |member: &&Member| !defined.contains(&&*member.key) && !own.contains(&&*member.key);
        let properties = object.members.iter().filter(unknown).cloned().collect();
        Type { kind, logical, properties, location }
    }

    /// Reports an object around a type that is complete without it, and each attribute that is lost by that.
    fn wrapped(&mut self, object: &Object<'n>, inner: &Node) {
        let what = if inner.as_str().is_some() { "a reference" } else { "a complete type" };
        let message = format!("{what} is wrapped in an object");
        let fault = self.fault(&rules::WRAPPED_TYPE, object.head(), message);
        let fault = fault.note("other implementations refuse this");
        let bare = self.source.slice(inner.span);
        self.draft.diagnostics.push(fault.suggest(&self.source, object.node.span, "remove the object around it", bare));
        for member in object.members.iter().filter(|member| &*member.key != "type") {
            let message = format!("`{}` has no effect on {what}", member.key);
            self.report(&rules::IGNORED_ATTRIBUTE, member.key_span, message);
        }
    }

    fn add(&mut self, ty: Type) -> TypeId {
        let types = &mut self.draft.graph.types;
        types.push(ty);
        TypeId(u32::try_from(types.len() - 1).unwrap_or(u32::MAX))
    }

    fn location(&self, span: Span, path: PathId) -> Location {
        Location { file: self.file, span, path }
    }

    fn fault(&self, rule: &'static Rule, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(rule, message).primary(&self.source, span, "")
    }

    fn report(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>) {
        let fault = self.fault(rule, span, message);
        self.draft.diagnostics.push(fault);
    }
}

impl TypeId {
    /// Stands for a type that could not be read.
    pub(super) const FAULTY: Self = Self(u32::MAX);
    const REFERENCE: u32 = 1 << 31;

    fn reference(index: usize) -> Self {
        Self(Self::REFERENCE | u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The index of the [`Reference`] that the id stands for.
    pub(super) fn as_reference(self) -> Option<usize> {
        let index = self.0 ^ Self::REFERENCE;
        (self != Self::FAULTY && index < Self::REFERENCE).then_some(index as usize)
    }
}

/// The id of the primitive type with a name.
pub(super) fn primitive(word: &str) -> Option<TypeId> {
    let index = PRIMITIVES.iter().position(|(name, _)| *name == word)?;
    u32::try_from(index).ok().map(TypeId)
}

type MakeKind = fn() -> TypeKind;

/// The primitive types in the order of their ids.
static PRIMITIVES: [(&str, MakeKind); 8] = [
    ("null", || TypeKind::Null),
    ("boolean", || TypeKind::Boolean),
    ("int", || TypeKind::Int),
    ("long", || TypeKind::Long),
    ("float", || TypeKind::Float),
    ("double", || TypeKind::Double),
    ("bytes", || TypeKind::Bytes),
    ("string", || TypeKind::String),
];

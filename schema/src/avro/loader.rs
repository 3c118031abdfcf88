//! From texts to linked schemas.

use std::sync::Arc;

use crate::avro::model::{Graph, Schema, TypeRef};
use crate::avro::name::Name;
use crate::avro::place::FileId;
use crate::avro::read::Draft;
use crate::avro::{aliases, default, endless, implied, link, union};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Severity};
use crate::json;
use crate::source::SourceFile;

/// Reads several texts that may name each other's types, in any order.
///
/// ```
/// use cognate_schema::avro::Loader;
///
/// let mut loader = Loader::new();
/// loader.add("order.avsc", r#"{"type": "record", "name": "shop.Order",
///     "fields": [{"name": "item", "type": "Item"}]}"#);
/// loader.add("item.avsc", r#"{"type": "enum", "name": "shop.Item", "symbols": ["CUP", "JUG"]}"#);
/// let set = loader.link().into_result()?;
/// assert_eq!(set.get("shop.Order").unwrap().named_types().len(), 2);
/// # Ok::<(), cognate_schema::Diagnostics>(())
/// ```
#[derive(Debug, Default)]
pub struct Loader {
    options: Options,
    sources: Vec<Arc<SourceFile>>,
    diagnostics: Vec<Diagnostic>,
}

/// How strictly schemas are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// What a name may be made of.
    pub names: NameRule,
    /// How bad a default is that does not fit its type. When it is only a warning, the default is dropped.
    pub bad_defaults: Severity,
}

/// What a name may be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NameRule {
    /// ASCII letters, digits and underscores, not starting with a digit: the specification's rule.
    #[default]
    Strict,
    /// Anything that is not empty; a dot still separates the namespace.
    Lenient,
}

/// What became of the texts: all that is to be said about them and, unless there were errors, the schemas.
#[derive(Debug)]
#[must_use]
pub struct Linked {
    /// The schemas; nothing when one of the diagnostics is an error.
    pub set: Option<SchemaSet>,
    /// All problems of all files, ordered by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Schemas that were linked together. Cheap to clone.
#[derive(Debug, Clone)]
pub struct SchemaSet {
    graph: Arc<Graph>,
    roots: Arc<[TypeRef]>,
}

impl Schema {
    /// Reads the text of one schema that needs no others, as strictly as the specification. Warnings are dropped; use a
    /// [`Loader`] to have them.
    ///
    /// # Errors
    ///
    /// All problems of the text, when one of them is an error.
    pub fn parse(text: impl Into<String>) -> Result<Self, Diagnostics> {
        Self::parse_with(text, Options::default())
    }

    /// Reads the text of one schema that needs no others.
    ///
    /// # Errors
    ///
    /// All problems of the text, when one of them is an error.
    pub fn parse_with(text: impl Into<String>, options: Options) -> Result<Self, Diagnostics> {
        let mut loader = Loader::with_options(options);
        let file = loader.add("<schema>", text);
        Ok(loader.link().into_result()?.schema(file))
    }
}

impl Options {
    /// For schemas that come with data, such as the header of a container file: data that exists must stay readable, so
    /// any name goes and a default that does not fit is dropped with a warning.
    pub fn embedded() -> Self {
        Self { names: NameRule::Lenient, bad_defaults: Severity::Warning }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { names: NameRule::Strict, bad_defaults: Severity::Error }
    }
}

impl Loader {
    /// A loader as strict as the specification.
    pub fn new() -> Self {
        Self::default()
    }

    /// A loader with other options.
    pub fn with_options(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// Adds a text under the path that problems are reported with.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.add_source(SourceFile::new(path, text))
    }

    /// Adds the bytes of a file. Bytes that are not UTF-8 are reported with the other problems.
    pub fn add_bytes(&mut self, path: impl Into<String>, bytes: Vec<u8>) -> FileId {
        match SourceFile::from_bytes(path, bytes) {
            Ok(source) => self.add_source(source),
            Err(fault) => {
                // The faulty file keeps its place in the numbering, with a text in which nothing more is wrong.
                let path = fault.place().map_or("", |label| label.source.path()).to_owned();
                self.diagnostics.push(fault);
                self.add(path, "\"null\"")
            }
        }
    }

    /// Adds a text.
    pub fn add_source(&mut self, source: Arc<SourceFile>) -> FileId {
        self.sources.push(source);
        FileId(u32::try_from(self.sources.len() - 1).unwrap_or(u32::MAX))
    }

    /// Reads and links all texts.
    pub fn link(self) -> Linked {
        let Self { options, sources, mut diagnostics } = self;
        let trees: Vec<_> = sources.iter().map(|source| json::parse(source, &mut diagnostics)).collect();
        let mut draft = Draft::new(sources, options, diagnostics);
        let mut roots = Vec::with_capacity(trees.len());
        for (index, tree) in (0u32..).zip(&trees) {
            if let Some(tree) = tree {
                roots.push(draft.read(FileId(index), tree));
            }
        }
        link::resolve(&mut draft, &mut roots);
        union::check(&mut draft);
        aliases::check(&mut draft);
        endless::check(&mut draft);
        default::check(&mut draft);
        implied::check(&mut draft);
        let names = draft.definitions.into_iter().map(|(name, definition)| (name, definition.id)).collect();
        let graph = Graph { names, ..draft.graph };
        let mut diagnostics = draft.diagnostics;
        diagnostic::sort(&mut diagnostics, &graph.sources);
        let faulty = diagnostics.iter().any(Diagnostic::is_error);
        let set = (!faulty).then(|| SchemaSet { graph: Arc::new(graph), roots: roots.into() });
        Linked { set, diagnostics }
    }
}

impl Linked {
    /// The schemas, without the warnings.
    ///
    /// # Errors
    ///
    /// All problems, when one of them is an error.
    pub fn into_result(self) -> Result<SchemaSet, Diagnostics> {
        self.set.ok_or_else(|| self.diagnostics.into())
    }
}

impl SchemaSet {
    /// The schema that a file holds.
    ///
    /// # Panics
    ///
    /// When the id comes from another loader.
    pub fn schema(&self, file: FileId) -> Schema {
        Schema { graph: Arc::clone(&self.graph), root: self.roots[file.index()] }
    }

    /// The schemas of the files in the order in which the files were added, each with its path.
    pub fn files(&self) -> impl Iterator<Item = (&str, Schema)> {
        let schema = |root: &TypeRef| Schema { graph: Arc::clone(&self.graph), root: *root };
        self.graph.sources.iter().zip(self.roots.iter()).map(move |(source, root)| (source.path(), schema(root)))
    }

    /// The schema of a named type, by its full name.
    pub fn get(&self, full_name: &str) -> Option<Schema> {
        let id = *self.graph.names.get(&Name::new(full_name))?;
        Some(self.schema(FileId(0)).at(id))
    }

    /// The named types of all files in the order of their definition.
    pub fn named(&self) -> impl Iterator<Item = (&Name, Schema)> {
        let mut names: Vec<_> = self.graph.names.iter().collect();
        names.sort_by_key(|&(_, id)| *id);
        names.into_iter().map(|(name, id)| (name, self.schema(FileId(0)).at(*id)))
    }
}

//! From texts to a linked program.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Severity};
use crate::source::{SourceFile, Span};
use crate::thrift::document::{Document, HeaderKind};
use crate::thrift::files::{Files, Nothing};
use crate::thrift::program::{FileId, Program};
use crate::thrift::{files, includes, link, parse, rules};

/// Reads texts and what they include.
///
/// ```
/// use cognate_schema::thrift::Loader;
///
/// let mut loader = Loader::new();
/// loader.add("order.thrift", "include \"item.thrift\"\nstruct Order { 1: item.Item item }");
/// loader.add("item.thrift", "enum Item { CUP, JUG }");
/// let program = loader.link().into_result()?;
/// let order = &program.structs()[0];
/// assert_eq!(program.type_name(order.fields[0].ty.id), "item.Item");
/// # Ok::<(), cognate_schema::Diagnostics>(())
/// ```
pub struct Loader {
    options: Options,
    files: Box<dyn Files>,
    folders: Vec<String>,
    sources: Vec<Arc<SourceFile>>,
    diagnostics: Vec<Diagnostic>,
}

/// How files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Options {
    /// What language it is.
    pub dialect: Dialect,
    /// Whether field ids below 1 count, as they do with the compiler's `--allow-neg-keys`. Otherwise such a field is
    /// numbered by its place, as one without an id is.
    pub negative_ids: bool,
}

/// The dialects of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// A file with forms that only fbthrift has is in that dialect, about which there is a warning.
    #[default]
    Detect,
    /// What the Apache compiler reads; what only fbthrift has is an error.
    Apache,
    /// What fbthrift reads.
    Fbthrift,
}

/// What became of the texts: all that is to be said about them and, unless there were errors, the program.
#[derive(Debug)]
#[must_use]
pub struct Linked {
    /// The program; nothing when one of the diagnostics is an error.
    pub program: Option<Program>,
    /// All problems of all files, ordered by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file that was read.
pub(super) struct Loaded {
    pub(super) document: Document,
    pub(super) includes: Vec<Included>,
}

/// An include, with the file that it leads to if there is one.
pub(super) struct Included {
    pub(super) prefix: Box<str>,
    pub(super) file: Option<FileId>,
    pub(super) span: Span,
    /// What keeps the file from being there.
    pub(super) fault: Option<String>,
}

impl Program {
    /// Reads one text that includes no others. Warnings are dropped; use a [`Loader`] to have them.
    ///
    /// # Errors
    ///
    /// All problems of the text, when one of them is an error.
    pub fn parse(text: impl Into<String>) -> Result<Self, Diagnostics> {
        let mut loader = Loader::new();
        loader.add("schema.thrift", text);
        loader.link().into_result()
    }
}

impl Document {
    /// Reads a text without linking it. What has a fault is left out, as far as need be.
    pub fn parse(source: &Arc<SourceFile>) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let document = parse::parse(source, &mut diagnostics);
        (document, diagnostics)
    }
}

impl Loader {
    /// A loader for texts that include only each other.
    pub fn new() -> Self {
        Self::with_options(Options::default())
    }

    /// A loader with options, for texts that include only each other.
    pub fn with_options(options: Options) -> Self {
        let files = Box::new(Nothing);
        Self { options, files, folders: Vec::new(), sources: Vec::new(), diagnostics: Vec::new() }
    }

    /// Where further files are looked for. The texts that are added come first.
    #[must_use]
    pub fn files(mut self, files: impl Files + 'static) -> Self {
        self.files = Box::new(files);
        self
    }

    /// Adds a folder in which included files are looked for, after the folder of the file that includes them.
    pub fn include_folder(&mut self, folder: impl Into<String>) {
        self.folders.push(folder.into());
    }

    /// Adds a text under the path that problems are reported with, and from which its includes are found.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.add_source(SourceFile::new(path, text))
    }

    /// Adds the bytes of a file. Bytes that are not UTF-8 are reported with the other problems.
    pub fn add_bytes(&mut self, path: impl Into<String>, bytes: Vec<u8>) -> FileId {
        let source = read(path.into(), bytes, &mut self.diagnostics);
        self.add_source(source)
    }

    /// Adds a text.
    pub fn add_source(&mut self, source: Arc<SourceFile>) -> FileId {
        self.sources.push(source);
        FileId::at(self.sources.len() - 1)
    }

    /// Reads and links all texts and what they include.
    pub fn link(self) -> Linked {
        let Self { options, files, folders, sources, mut diagnostics } = self;
        let roots = sources.len();
        let mut reading = Reading { files, folders, sources, known: HashMap::new() };
        for (index, source) in reading.sources.iter().enumerate() {
            // A file that is added twice is included as the first one.
            reading.known.entry(reading.identity(source.path())).or_insert(FileId::at(index));
        }
        let mut loaded: Vec<Loaded> = Vec::new();
        while let Some(source) = reading.sources.get(loaded.len()).map(Arc::clone) {
            let document = parse::parse(&source, &mut diagnostics);
            let includes = reading.includes(&document, &mut diagnostics);
            loaded.push(Loaded { document, includes });
        }
        let sources = reading.sources;
        forgive_comments(&mut diagnostics, &loaded);
        let order = includes::check(&loaded, &mut diagnostics);
        let graph = link::link(loaded, roots, &order, options, &mut diagnostics);
        diagnostic::sort(&mut diagnostics, &sources);
        let faulty = diagnostics.iter().any(Diagnostic::is_error);
        Linked { program: (!faulty).then(|| Program { graph: Arc::new(graph) }), diagnostics }
    }
}

impl Default for Loader {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Loader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader").field("options", &self.options).field("folders", &self.folders).finish_non_exhaustive()
    }
}

impl Linked {
    /// The program, without the warnings.
    ///
    /// # Errors
    ///
    /// All problems, when one of them is an error.
    pub fn into_result(self) -> Result<Program, Diagnostics> {
        self.program.ok_or_else(|| self.diagnostics.into())
    }
}

/// Finds included files.
struct Reading {
    files: Box<dyn Files>,
    folders: Vec<String>,
    sources: Vec<Arc<SourceFile>>,
    known: HashMap<String, FileId>,
}

impl Reading {
    fn identity(&self, path: &str) -> String {
        self.files.identify(path).unwrap_or_else(|| files::plain(path))
    }

    fn includes(&mut self, document: &Document, diagnostics: &mut Vec<Diagnostic>) -> Vec<Included> {
        let mut includes = Vec::new();
        for header in &document.headers {
            let HeaderKind::Include { path, alias } = &header.kind else { continue };
            let prefix = alias.as_ref().map_or_else(|| files::stem(&path.text), |alias| &alias.text);
            let found = self.find(&path.text, files::folder(document.source.path()), diagnostics);
            let (file, fault) = found.map_or_else(|fault| (None, Some(fault)), |file| (Some(file), None));
            includes.push(Included { prefix: prefix.into(), file, span: path.span, fault });
        }
        includes
    }

    /// The file that a path leads to, or what keeps it from being there.
    fn find(&mut self, path: &str, folder: &str, diagnostics: &mut Vec<Diagnostic>) -> Result<FileId, String> {
        let folders = std::iter::once(folder).chain(self.folders.iter().map(String::as_str));
        let candidates: Vec<String> = folders.map(|folder| files::join(folder, path)).collect();
        for candidate in &candidates {
            let identity = self.identity(candidate);
            if let Some(file) = self.known.get(&identity) {
                return Ok(*file);
            }
            if self.files.identify(candidate).is_none() {
                continue;
            }
            let bytes = self.files.read(candidate).map_err(|error| format!("it cannot be read: {error}"))?;
            self.sources.push(read(candidate.clone(), bytes, diagnostics));
            let file = FileId::at(self.sources.len() - 1);
            self.known.insert(identity, file);
            return Ok(file);
        }
        Err(format!("looked for {}", candidates.join(", ")))
    }
}

/// The text of a file. What is not UTF-8 is replaced, so that the rest can be judged.
fn read(path: String, bytes: Vec<u8>, diagnostics: &mut Vec<Diagnostic>) -> Arc<SourceFile> {
    SourceFile::from_bytes(path, bytes).unwrap_or_else(|fault| {
        let source = fault.place().map(|label| Arc::clone(&label.source));
        diagnostics.push(fault);
        source.unwrap_or_else(|| SourceFile::new("", ""))
    })
}

/// The compiler does not look at what is in comments.
fn forgive_comments(diagnostics: &mut [Diagnostic], loaded: &[Loaded]) {
    for fault in diagnostics.iter_mut().filter(|fault| fault.rule.id == crate::source::NOT_UTF8.id) {
        let Some(label) = fault.place() else { continue };
        let file = loaded.iter().find(|file| Arc::ptr_eq(&file.document.source, &label.source));
        let Some(document) = file.map(|file| &file.document) else { continue };
        let mut comments = document.comments.iter();
        let mut comment = comments.next();
        let replaced = label.source.text().match_indices(char::REPLACEMENT_CHARACTER);
        let forgiven = replaced.map(|(at, _)| at).all(|at| {
            while comment.is_some_and(|comment| comment.span.range().end <= at) {
                comment = comments.next();
            }
            comment.is_some_and(|comment| comment.span.range().contains(&at))
        });
        if forgiven {
            fault.severity = Severity::Warning;
        }
    }
}

/// What is to be said about an include whose file is not there.
pub(super) fn unknown_include(source: &Arc<SourceFile>, include: &Included, used: bool) -> Option<Diagnostic> {
    let why = include.fault.as_ref()?;
    let message = format!("the file {} is not found", source.slice(include.span));
    let fault = Diagnostic::new(&rules::UNKNOWN_INCLUDE, message).primary(source, include.span, "").note(why.clone());
    if used {
        return Some(fault);
    }
    Some(fault.with_severity(Severity::Warning).note("nothing of it is used here"))
}

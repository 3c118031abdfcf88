//! Places in the texts of schemas.

use crate::source::Span;

/// A source file among those that were linked together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub(super) u32);

/// A place in one of the source texts.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// The bytes in it.
    pub span: Span,
    pub(super) path: PathId,
}

impl FileId {
    /// The index of the file in the order in which files were added.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The way to a place from the top of its text, as a link to the way to the place around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PathId(u32);

/// A step of a way.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    Key(&'static str),
    Index(usize),
}

#[derive(Debug, Default)]
pub(super) struct Paths(Vec<(PathId, Step)>);

impl PathId {
    pub(super) const TOP: Self = Self(u32::MAX);
}

impl Paths {
    pub(super) fn push(&mut self, parent: PathId, step: Step) -> PathId {
        let id = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.push((parent, step));
        PathId(id)
    }

    /// The JSON pointer, RFC 6901; no step has a character to escape.
    pub(super) fn pointer(&self, path: PathId) -> String {
        let links = std::iter::successors(self.0.get(path.0 as usize), |(parent, _)| self.0.get(parent.0 as usize));
        let mut steps: Vec<_> = links.map(|&(_, step)| step).collect();
        steps.reverse();
        let write = |step| match step {
            Step::Key(key) => format!("/{key}"),
            Step::Index(index) => format!("/{index}"),
        };
        steps.into_iter().map(write).collect()
    }
}

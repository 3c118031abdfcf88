//! The way to a value: `orders[3].sku`.

use alloc::{string::String, vec::Vec};
use core::fmt;

/// The way from a record to a value inside it.
///
/// It is built from the inside out while an error leaves the nested values, and so holds its segments in reverse.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    reversed: Vec<PathSegment>,
}

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathSegment {
    /// Into a field of a record.
    Field(&'static str),
    /// Into a field of a record whose schema is known only at run time.
    NamedField(String),
    /// Into an element of a list.
    Index(usize),
    /// Into the value of a map's entry.
    Key(String),
}

impl Path {
    /// Whether the path leads nowhere: the value itself.
    pub fn is_empty(&self) -> bool {
        self.reversed.is_empty()
    }

    /// The segments from the outside in.
    pub fn segments(&self) -> impl Iterator<Item = &PathSegment> {
        self.reversed.iter().rev()
    }

    /// Puts a segment before all others.
    pub(crate) fn push_outer(&mut self, segment: PathSegment) {
        self.reversed.push(segment);
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.segments().enumerate() {
            let dot = if position == 0 { "" } else { "." };
            match segment {
                PathSegment::Field(name) => write!(f, "{dot}{name}")?,
                PathSegment::NamedField(name) => write!(f, "{dot}{name}")?,
                PathSegment::Index(index) => write!(f, "[{index}]")?,
                PathSegment::Key(key) => write!(f, "[{key:?}]")?,
            }
        }
        Ok(())
    }
}

//! Who reads whose data.

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

/// Who reads whose data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// The new schema reads data of the old one.
    Backward,
    /// The old schema reads data of the new one.
    Forward,
}

/// A set of directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Directions {
    /// The new schema reads data of the old one.
    pub backward: bool,
    /// The old schema reads data of the new one.
    pub forward: bool,
}

/// What compatible means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Level {
    /// The new schema reads data of the last version.
    #[default]
    Backward,
    /// The last version reads data of the new schema.
    Forward,
    /// Both.
    Full,
    /// The new schema reads data of all versions.
    BackwardTransitive,
    /// All versions read data of the new schema.
    ForwardTransitive,
    /// Both, for all versions.
    FullTransitive,
}

impl Direction {
    /// Both directions.
    pub const ALL: [Self; 2] = [Self::Backward, Self::Forward];

    /// `backward` or `forward`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Backward => "backward",
            Self::Forward => "forward",
        }
    }

    /// The words for the schemas of the reader and of the writer: `new` and `old`, or `old` and `new`.
    pub fn reader_and_writer(self) -> (&'static str, &'static str) {
        match self {
            Self::Backward => ("new", "old"),
            Self::Forward => ("old", "new"),
        }
    }
}

impl Directions {
    /// No direction.
    pub const NONE: Self = Self { backward: false, forward: false };
    /// The new schema reads data of the old one.
    pub const BACKWARD: Self = Self { backward: true, forward: false };
    /// The old schema reads data of the new one.
    pub const FORWARD: Self = Self { backward: false, forward: true };
    /// Both directions.
    pub const BOTH: Self = Self { backward: true, forward: true };

    /// Whether there is a direction that is in both sets.
    pub fn meet(self, other: Self) -> bool {
        (self.backward && other.backward) || (self.forward && other.forward)
    }

    /// The directions of either set.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { backward: self.backward || other.backward, forward: self.forward || other.forward }
    }

    /// The directions that are in the set.
    pub fn iter(self) -> impl Iterator<Item = Direction> {
        let has = move |direction: &Direction| match direction {
            Direction::Backward => self.backward,
            Direction::Forward => self.forward,
        };
        Direction::ALL.into_iter().filter(has)
    }
}

impl From<Direction> for Directions {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Backward => Self::BACKWARD,
            Direction::Forward => Self::FORWARD,
        }
    }
}

impl Serialize for Directions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_seq(None)?;
        for direction in self.iter() {
            out.serialize_element(&direction)?;
        }
        out.end()
    }
}

impl Level {
    /// All levels.
    pub const ALL: [Self; 6] = [
        Self::Backward,
        Self::Forward,
        Self::Full,
        Self::BackwardTransitive,
        Self::ForwardTransitive,
        Self::FullTransitive,
    ];

    /// `backward`, `full-transitive`, …
    pub fn name(self) -> &'static str {
        match self {
            Self::Backward => "backward",
            Self::Forward => "forward",
            Self::Full => "full",
            Self::BackwardTransitive => "backward-transitive",
            Self::ForwardTransitive => "forward-transitive",
            Self::FullTransitive => "full-transitive",
        }
    }

    /// The directions that must not be broken.
    pub fn directions(self) -> Directions {
        match self {
            Self::Backward | Self::BackwardTransitive => Directions::BACKWARD,
            Self::Forward | Self::ForwardTransitive => Directions::FORWARD,
            Self::Full | Self::FullTransitive => Directions::BOTH,
        }
    }

    /// Whether all versions count, and not the last only.
    pub fn is_transitive(self) -> bool {
        matches!(self, Self::BackwardTransitive | Self::ForwardTransitive | Self::FullTransitive)
    }
}

//! What a decoder allows its input to cost.

/// Bounds on what a decoder allows. All are on by default.
///
/// Memory needs no bound of its own: a decoder reserves no more items than there are bytes left to hold them, and so an
/// input of *n* bytes costs at most *n* items. Items that take no bytes are the exception, and have a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    depth: u32,
    empty_items: u64,
}

impl Limits {
    /// The limits that hold when none are given.
    pub const DEFAULT: Self = Self { depth: Self::DEFAULT_DEPTH, empty_items: Self::DEFAULT_EMPTY_ITEMS };
    /// Depth allowed by default: values inside lists, maps and boxes.
    pub const DEFAULT_DEPTH: u32 = 100;
    /// Items without bytes allowed by default in one input.
    pub const DEFAULT_EMPTY_ITEMS: u64 = 1 << 16;

    /// How deep values may be nested in lists, maps and boxes.
    pub const fn depth(&self) -> u32 {
        self.depth
    }

    /// How many items that take no bytes (nulls, records without fields) one input may hold.
    pub const fn empty_items(&self) -> u64 {
        self.empty_items
    }

    /// The same limits with another depth. Each level takes stack, so that a depth in the tens of thousands needs a thread
    /// with a larger one.
    #[must_use]
    pub const fn with_depth(self, depth: u32) -> Self {
        Self { depth, ..self }
    }

    /// The same limits with another number of items without bytes.
    #[must_use]
    pub const fn with_empty_items(self, empty_items: u64) -> Self {
        Self { empty_items, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

//! What a decoder allows its input to cost.

/// Bounds on what a decoder allows. All are on by default.
///
/// A decoder reserves no more items than there are bytes left to hold them, and so an input of *n* bytes costs at most *n*
/// items of the types that it is decoded to. Items that take no bytes are the exception, and have a bound. Where the types
/// come with the data, so that they can be as hostile as it, the memory of a value has a bound of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    depth: u32,
    empty_items: u64,
    memory: usize,
}

impl Limits {
    /// The limits that hold when none are given.
    pub const DEFAULT: Self =
        Self { depth: Self::DEFAULT_DEPTH, empty_items: Self::DEFAULT_EMPTY_ITEMS, memory: Self::DEFAULT_MEMORY };
    /// The limits that hold in Thrift's protocols when none are given: those of Apache Thrift allow a depth of 64
    /// (`thrift-tconfiguration.md`), and data that is deeper is for few readers.
    pub const THRIFT: Self = Self::DEFAULT.with_depth(64);
    /// Depth allowed by default: values inside lists, maps and boxes.
    pub const DEFAULT_DEPTH: u32 = 100;
    /// Items without bytes allowed by default in one input.
    pub const DEFAULT_EMPTY_ITEMS: u64 = 1 << 16;
    /// Bytes of memory allowed by default for a value whose type is known only at run time: 32 MiB.
    pub const DEFAULT_MEMORY: usize = 32 << 20;

    /// How deep values may be nested in lists, maps and boxes.
    pub const fn depth(&self) -> u32 {
        self.depth
    }

    /// How many items that take no bytes (nulls, records without fields) one input may hold.
    pub const fn empty_items(&self) -> u64 {
        self.empty_items
    }

    /// How many bytes of memory a value whose type is known only at run time may take, beside the input that it borrows from.
    /// Values of Rust types take what their types say.
    pub const fn memory(&self) -> usize {
        self.memory
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

    /// The same limits with another amount of memory.
    #[must_use]
    pub const fn with_memory(self, memory: usize) -> Self {
        Self { memory, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

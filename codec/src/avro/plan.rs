//! A plan: how data written with one schema becomes values of another (Avro 1.12, "Schema Resolution"), as plain data.
//!
//! `cognate-schema` makes plans from pairs of schemas; [`PlannedSource`] executes them under the same `decode` that reads data of
//! the type's own schema. A plan says only what the two schemas make of each other; it does not know the schemas.

mod record;
mod skip;
mod source;

pub use record::{RecordPlan, Step};
pub use skip::Skip;
pub use source::PlannedSource;

use alloc::{boxed::Box, string::String, vec::Vec};
use core::ops::Range;

/// How data of a writer's schema becomes values of a reader's.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    nodes: Vec<Node>,
    skips: Vec<Skip>,
    root: NodeId,
    /// The bytes of all defaults, and behind them [`PADDING`].
    defaults: Vec<u8>,
    faults: Vec<String>,
}

/// Zeros behind the defaults, so that short text in them can be looked at by the word as in other input.
const PADDING: usize = 32;

/// The position of a [`Node`] in its plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NodeId(u32);

impl NodeId {
    /// The position, for tables over all nodes.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The position of a [`Skip`] in its plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SkipId(u32);

/// The position of a fault's text in its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FaultId(u32);

/// How a value of one type becomes a value of another.
#[derive(Clone, Debug)]
pub enum Node {
    /// The writer's bytes are the reader's: same types, or types that are written alike (int and long, string and bytes).
    Same,
    /// A number becomes another kind of number.
    Convert(Conversion),
    /// A symbol becomes another position: by the writer's position, the reader's.
    Enum(Box<[Result<u32, FaultId>]>),
    /// Fields are taken in the writer's order.
    Record(Box<RecordPlan>),
    /// Every item is resolved.
    Array(NodeId),
    /// Every value is resolved; keys are strings on both sides.
    Map(NodeId),
    /// The writer's branch, which stands before the value, says how to go on.
    WriterUnion(Box<[NodeId]>),
    /// The reader has a union where the writer has none, or the writer's branch is known: its branch, and how to go on.
    ReaderUnion {
        /// The position of the reader's branch.
        branch: u32,
        /// How the value becomes the branch's.
        node: NodeId,
    },
    /// No value of the writer's here is one of the reader's.
    Fault(FaultId),
}

/// A number that becomes another kind of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conversion {
    /// An int becomes a long. They are written alike, but a number beyond 32 bits is no int.
    IntToLong,
    /// An int becomes a float, rounded to the nearest.
    IntToFloat,
    /// An int becomes a double, exactly.
    IntToDouble,
    /// A long becomes a float, rounded to the nearest.
    LongToFloat,
    /// A long becomes a double, rounded to the nearest.
    LongToDouble,
    /// A float becomes a double, exactly.
    FloatToDouble,
}

impl Plan {
    /// A plan without nodes, to be filled. Until [`Plan::set_root`] its root is the first node.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the writer's bytes are the reader's as they are.
    pub fn is_identity(&self) -> bool {
        matches!(self.node(self.root), Node::Same)
    }

    /// The node of the whole value.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// Makes a node that of the whole value.
    pub fn set_root(&mut self, root: NodeId) {
        self.root = root;
    }

    /// Adds a node.
    pub fn add(&mut self, node: Node) -> NodeId {
        let id = NodeId(position(self.nodes.len()));
        self.nodes.push(node);
        id
    }

    /// Replaces a node, which may be known by its id before what it leads to is.
    pub fn set(&mut self, id: NodeId, node: Node) {
        if let Some(slot) = self.nodes.get_mut(id.0 as usize) {
            *slot = node;
        }
    }

    /// The ids of all nodes.
    pub fn node_ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..position(self.nodes.len())).map(NodeId)
    }

    /// Adds a way to go past a value.
    pub fn add_skip(&mut self, skip: Skip) -> SkipId {
        let id = SkipId(position(self.skips.len()));
        self.skips.push(skip);
        id
    }

    /// Replaces a way to go past a value.
    pub fn set_skip(&mut self, id: SkipId, skip: Skip) {
        if let Some(slot) = self.skips.get_mut(id.0 as usize) {
            *slot = skip;
        }
    }

    /// Adds the bytes of a default, encoded with the reader's schema.
    pub fn add_default(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.defaults.len().saturating_sub(PADDING);
        let end = start + bytes.len();
        self.defaults.truncate(start);
        self.defaults.extend_from_slice(bytes);
        self.defaults.resize(end + PADDING, 0);
        start..end
    }

    /// Adds the text of a fault, which a decoder gives as its error when it meets the fault.
    pub fn add_fault(&mut self, text: impl Into<String>) -> FaultId {
        let id = FaultId(position(self.faults.len()));
        self.faults.push(text.into());
        id
    }

    /// A node by its id. An id of another plan may lead to `Same`.
    #[inline(always)]
    pub fn node(&self, id: NodeId) -> &Node {
        self.nodes.get(id.0 as usize).unwrap_or(&Node::Same)
    }

    /// A way to go past a value, by its id. An id of another plan may lead to [`Skip::Nothing`].
    #[inline(always)]
    pub fn skip(&self, id: SkipId) -> &Skip {
        self.skips.get(id.0 as usize).unwrap_or(&Skip::Nothing)
    }

    /// The bytes of a default.
    pub fn default_bytes(&self, range: Range<usize>) -> &[u8] {
        self.defaults.get(range).unwrap_or_default()
    }

    /// The bytes of a default, and what lies behind them: a value says by itself where it ends.
    #[inline(always)]
    pub(super) fn default_and_rest(&self, start: usize) -> &[u8] {
        self.defaults.get(start..).unwrap_or_default()
    }

    /// The text of a fault.
    pub fn fault(&self, id: FaultId) -> &str {
        self.faults.get(id.0 as usize).map_or("", String::as_str)
    }
}

/// Plans have no more than 2^32 nodes, since a schema's text has no more than 2^32 bytes.
fn position(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

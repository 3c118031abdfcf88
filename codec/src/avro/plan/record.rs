//! How the fields of a record are taken.

use alloc::{boxed::Box, vec::Vec};
use core::{ops::Range, slice};

use super::{NodeId, SkipId};

/// How the fields of a record are taken.
#[derive(Clone, Debug, Default)]
pub struct RecordPlan {
    steps: Vec<Step>,
    defaults: Vec<Option<Range<usize>>>,
    /// What [`Step`]s and defaults come to when the reader asks for its fields in their order, one move for each.
    moves: Box<[Move]>,
    /// The first of the steps that are left when all fields have been asked for.
    rest: usize,
}

/// What to do with a field of the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It becomes one of the reader's fields.
    Read {
        /// The position of the reader's field.
        field: usize,
        /// How the value becomes the field's.
        node: NodeId,
    },
    /// It is one of the reader's fields as it is.
    Copy {
        /// The position of the reader's field.
        field: usize,
    },
    /// The reader has no such field.
    Skip(SkipId),
}

/// What to do when the reader asks for its next field.
#[derive(Clone, Debug)]
pub(super) enum Move {
    /// It is what comes, as it is.
    Copy,
    /// It becomes of what comes.
    Read(NodeId),
    /// It comes after fields that the reader has not, as it is or as a node says.
    Skip(Range<u32>, Option<NodeId>),
    /// The default that starts here.
    Default(usize),
    /// It comes later, or never.
    Pass,
}

impl RecordPlan {
    /// A plan of what to do with the writer's fields, in their order, and the default of each of the reader's fields that the
    /// writer lacks, by the field's position: a run of the plan's default bytes, encoded with the reader's schema.
    pub fn new(steps: Vec<Step>, defaults: Vec<Option<Range<usize>>>) -> Self {
        let mut at = 0;
        let moves = defaults.iter().enumerate().map(|(position, default)| {
            let skipped = steps.get(at..).unwrap_or_default().iter().take_while(|step| matches!(step, Step::Skip(_)));
            let next = at + skipped.count();
            let node = match steps.get(next) {
                Some(Step::Copy { field }) if *field == position => None,
                Some(Step::Read { field, node }) if *field == position => Some(*node),
                _ => return default.as_ref().map_or(Move::Pass, |default| Move::Default(default.start)),
            };
            let skipped = super::position(at)..super::position(next);
            at = next + 1;
            match node {
                _ if !skipped.is_empty() => Move::Skip(skipped, node),
                Some(node) => Move::Read(node),
                None => Move::Copy,
            }
        });
        let moves = moves.collect();
        Self { steps, defaults, moves, rest: at }
    }

    /// What to do with the writer's fields, in their order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The default of each of the reader's fields that the writer lacks, by the field's position.
    pub fn defaults(&self) -> &[Option<Range<usize>>] {
        &self.defaults
    }

    /// The bytes of memory behind it.
    pub fn size(&self) -> usize {
        size_of_val(&*self.steps) + size_of_val(&*self.defaults) + size_of_val(&*self.moves)
    }

    #[inline(always)]
    pub(super) fn moves(&self) -> slice::Iter<'_, Move> {
        self.moves.iter()
    }

    #[inline(always)]
    pub(super) fn rest(&self) -> slice::Iter<'_, Step> {
        self.steps.get(self.rest..).unwrap_or_default().iter()
    }
}

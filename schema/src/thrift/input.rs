//! What the readers of Thrift's bytes share: where they are, what it may still cost, and how they go through collections.

use cognate_codec::raw::Cursor;
use cognate_codec::{DecodeError, Depth, Limits, PathSegment};

use crate::costs::Costs;

/// Bytes under way.
pub(super) struct Input<'a> {
    pub(super) cursor: Cursor<'a>,
    pub(super) costs: Costs,
    pub(super) depth: Depth,
}

impl<'a> Input<'a> {
    pub(super) fn new(bytes: &'a [u8], limits: Limits) -> Self {
        Self { cursor: Cursor::new(bytes), costs: Costs::new(bytes.len(), limits), depth: Depth::new(limits) }
    }

    pub(super) fn offset(&self) -> usize {
        self.cursor.offset()
    }

    /// Room for one more item.
    pub(super) fn room<T>(&mut self, items: &mut Vec<T>) -> Result<(), DecodeError> {
        self.costs.room(items, 1, self.cursor.offset())
    }
}

/// A reader of values.
pub(super) trait Reader<'a>: Sized {
    fn input(&mut self) -> &mut Input<'a>;

    /// Runs a step one level deeper.
    fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        let input = self.input();
        input.depth.enter(input.offset())?;
        let result = step(self);
        self.input().depth.leave();
        result
    }

    /// So many items, for which room is made as they come.
    fn items<T>(
        &mut self,
        count: u64,
        mut item: impl FnMut(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Vec<T>, DecodeError> {
        let mut items = Vec::new();
        for index in 0..usize::try_from(count).unwrap_or(usize::MAX) {
            self.input().room(&mut items)?;
            items.push(item(self).map_err(|error| error.inside(PathSegment::Index(index)))?);
        }
        Ok(items)
    }
}

//! Going past values that nobody asks for.

use alloc::boxed::Box;

use super::{Plan, SkipId};
use crate::{DecodeError, avro::AvroSource};

/// How to go past a value without decoding it.
#[derive(Clone, Debug)]
pub enum Skip {
    /// There are no bytes.
    Nothing,
    /// So many bytes.
    Bytes(u64),
    /// A varint: int, long, enum.
    Varint,
    /// A length and so many bytes: string, bytes.
    Prefixed,
    /// One value after another.
    Record(Box<[SkipId]>),
    /// The branch that stands before the value says what follows.
    Union(Box<[SkipId]>),
    /// Blocks of items; where a block's byte size is given, it is skipped at once.
    Array(SkipId),
    /// Blocks of strings and values.
    Map(SkipId),
}

impl AvroSource<'_> {
    /// Goes past a value.
    ///
    /// # Errors
    /// When the bytes end before it, are nested too deep or name a branch that there is not. What is skipped at once is not
    /// looked at.
    pub fn skip(&mut self, plan: &Plan, skip: SkipId) -> Result<(), DecodeError> {
        match plan.skip(skip) {
            Skip::Nothing => Ok(()),
            Skip::Bytes(count) => self.cursor_mut().bytes(*count).map(|_| ()),
            Skip::Varint => self.cursor_mut().varint().map(|_| ()),
            Skip::Prefixed => {
                let len = self.cursor_mut().zigzag_len()?;
                self.cursor_mut().bytes(len).map(|_| ())
            }
            Skip::Record(fields) => {
                self.enter()?;
                fields.iter().try_for_each(|field| self.skip(plan, *field))?;
                self.leave();
                Ok(())
            }
            Skip::Union(branches) => {
                let branch = self.branch(branches.len())?;
                branches.get(branch).map_or(Ok(()), |branch| self.skip(plan, *branch))
            }
            Skip::Array(item) => self.skip_blocks(plan, None, *item),
            Skip::Map(value) => self.skip_blocks(plan, Some(()), *value),
        }
    }

    fn skip_blocks(&mut self, plan: &Plan, key: Option<()>, item: SkipId) -> Result<(), DecodeError> {
        self.enter()?;
        while let Some(block) = self.next_block()? {
            if let Some(size) = block.size() {
                self.cursor_mut().bytes(size)?;
                continue;
            }
            for _ in 0..block.count() {
                if key.is_some() {
                    let len = self.cursor_mut().zigzag_len()?;
                    self.cursor_mut().bytes(len)?;
                }
                self.skip(plan, item)?;
            }
            self.end_block(&block)?;
        }
        self.leave();
        Ok(())
    }
}

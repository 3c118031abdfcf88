//! What decoding may cost when the schema comes with the data.
//!
//! A schema can make much of little: records that hold one another several times, or a hundred fields that are null, are many
//! values in no bytes at all. So values are counted against the bytes, and their memory against a limit.

use cognate_codec::{DecodeError, DecodeErrorKind, Limits};

/// What is left of what the input may cost.
#[derive(Debug)]
pub(crate) struct Costs {
    limits: Limits,
    /// Values that may still come, of the whole input.
    values: u64,
    /// Bytes that may still be allocated for the value under way.
    memory: usize,
}

/// Values for each byte of input, beside those without bytes that have a limit of their own. A value of a record in a union in
/// a list may well be four for a byte; more are records around records.
const VALUES_PER_BYTE: u64 = 64;

impl Costs {
    pub(crate) fn new(input: usize, limits: Limits) -> Self {
        let input = u64::try_from(input).unwrap_or(u64::MAX);
        let values = limits.empty_items().saturating_add(input.saturating_mul(VALUES_PER_BYTE));
        Self { limits, values, memory: limits.memory() }
    }

    /// A value that follows the others of the input: their memory is the caller's affair.
    pub(crate) fn next_value(&mut self) {
        self.memory = self.limits.memory();
    }

    /// One more value.
    pub(crate) fn value(&mut self, offset: usize) -> Result<(), DecodeError> {
        match self.values.checked_sub(1) {
            Some(left) => {
                self.values = left;
                Ok(())
            }
            None => Err(DecodeError::new(DecodeErrorKind::EmptyItemLimit(self.limits.empty_items()), offset)),
        }
    }

    /// So many more bytes.
    pub(crate) fn memory(&mut self, bytes: usize, offset: usize) -> Result<(), DecodeError> {
        match self.memory.checked_sub(bytes) {
            Some(left) => {
                self.memory = left;
                Ok(())
            }
            None => Err(DecodeError::new(DecodeErrorKind::MemoryLimit(self.limits.memory()), offset)),
        }
    }

    /// Room for some more items: as much as there is already if that is more, so that items are moved seldom.
    pub(crate) fn room<T>(&mut self, items: &mut Vec<T>, more: usize, offset: usize) -> Result<(), DecodeError> {
        let (len, room) = (items.len(), items.capacity());
        if room - len >= more {
            return Ok(());
        }
        let affordable = room.saturating_add(self.memory / size_of::<T>().max(1));
        let room_then = room.saturating_mul(2).min(affordable).max(len.saturating_add(more));
        self.memory((room_then - room).saturating_mul(size_of::<T>()), offset)?;
        items.reserve_exact(room_then - len);
        Ok(())
    }
}

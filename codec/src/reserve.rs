//! How much memory a claimed number of items is worth before the items come.

use crate::Depth;

/// Bytes that are reserved for items without further thought.
const RESERVED_AT_ONCE: usize = 1 << 18;

/// How many items of a size in memory are worth reserving at once: no more than there are bytes for, and no more memory than is
/// sure to be of use. Beyond that the collection grows with what really comes. `depth` is that within the
/// collection.
#[inline(always)]
pub(crate) fn worth_reserving(count: u64, item_size: usize, remaining: usize, depth: Depth) -> usize {
    let items = count.min(remaining as u64) as usize;
    if items.saturating_mul(item_size) <= RESERVED_AT_ONCE {
        items
    } else {
        worth_reserving_of_many(items, item_size, remaining, depth)
    }
}

/// Large lists are worth sixteen times the bytes left, up to 16 MiB, and a quarter of that for each level that they are nested
/// deeper: otherwise a list within a list and so on could claim as much at each level, with no item behind it.
#[cold]
#[inline(never)]
fn worth_reserving_of_many(items: usize, item_size: usize, remaining: usize, depth: Depth) -> usize {
    const BYTES_FOR_ONE: usize = 16;
    const MOST_BYTES: usize = 16 << 20;
    let most = MOST_BYTES.checked_shr(depth.level().saturating_sub(1).saturating_mul(2)).unwrap_or(0);
    let bytes = remaining.saturating_mul(BYTES_FOR_ONE).min(most).max(RESERVED_AT_ONCE);
    items.min(bytes / item_size.max(1))
}

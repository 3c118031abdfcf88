//! Going past values that nobody asked for, without decoding them.

use super::{
    Kind,
    wire::{Wire, check_count},
};
use crate::{DecodeError, Depth, raw::Cursor};

/// Goes past a value whose header has been read, at a depth. The value of a Boolean field may stand in its header
/// ([`Wire::BOOL_IN_HEADER`]).
///
/// # Errors
/// When the bytes are no such value, or it is nested deeper than the limit.
pub fn skip<P: Wire>(cursor: &mut Cursor<'_>, field: Kind, depth: Depth) -> Result<(), DecodeError> {
    if P::BOOL_IN_HEADER && field == Kind::Bool {
        return Ok(());
    }
    value::<P>(cursor, field, depth)
}

/// Goes past a value; a Boolean is one within a collection, or has its bytes behind the header.
fn value<P: Wire>(cursor: &mut Cursor<'_>, kind: Kind, depth: Depth) -> Result<(), DecodeError> {
    if let Some(size) = P::fixed_size(kind) {
        return cursor.bytes(size).map(|_| ());
    }
    match kind {
        // Numbers of no fixed size are varints.
        Kind::I16 | Kind::I32 | Kind::I64 => cursor.varint().map(|_| ()),
        Kind::String => {
            let len = P::len(cursor)?;
            cursor.bytes(len).map(|_| ())
        }
        Kind::Struct => {
            let depth = depth.deeper(cursor.offset())?;
            let mut state = P::State::default();
            while let Some(header) = P::field(cursor, &mut state)? {
                if !(P::BOOL_IN_HEADER && header.kind == Kind::Bool) {
                    value::<P>(cursor, header.kind, depth)?;
                }
            }
            Ok(())
        }
        Kind::List | Kind::Set => {
            let depth = depth.deeper(cursor.offset())?;
            let header = P::list(cursor)?;
            header.element.map_or(Ok(()), |kind| items::<P>(cursor, header.count, &[kind], depth))
        }
        Kind::Map => {
            let depth = depth.deeper(cursor.offset())?;
            let header = P::map(cursor)?;
            header.kinds.map_or(Ok(()), |(key, value)| items::<P>(cursor, header.count, &[key, value], depth))
        }
        Kind::Bool | Kind::I8 | Kind::Double | Kind::Float | Kind::Uuid => Ok(()),
    }
}

/// Goes past items that are values of some kinds in turn.
fn items<P: Wire>(cursor: &mut Cursor<'_>, count: u64, kinds: &[Kind], depth: Depth) -> Result<(), DecodeError> {
    if let Some(size) = kinds.iter().map(|kind| P::fixed_size(*kind)).sum::<Option<u64>>() {
        return cursor.bytes(count.saturating_mul(size)).map(|_| ());
    }
    check_count::<P>(cursor, count, kinds)?;
    for _ in 0..count {
        for kind in kinds {
            value::<P>(cursor, *kind, depth)?;
        }
    }
    Ok(())
}

//! Going past values that nobody asked for, without decoding them.

use super::{
    Kind,
    wire::{Wire, check_count},
};
use crate::{DecodeError, DecodeErrorKind, Limits, raw::Cursor};

/// How deep the skipped values may still be nested.
#[derive(Clone, Copy, Debug)]
struct Skip {
    depth_left: u32,
    limits: Limits,
}

impl Skip {
    fn deeper(self, offset: usize) -> Result<Self, DecodeError> {
        match self.depth_left.checked_sub(1) {
            Some(depth_left) => Ok(Self { depth_left, ..self }),
            None => Err(too_deep(self.limits, offset)),
        }
    }
}

/// Goes past a value whose header has been read, no deeper than `depth_left` levels. The value of a Boolean field may stand in
/// its header ([`Wire::BOOL_IN_HEADER`]).
///
/// # Errors
/// When the bytes are no such value, or it is nested deeper.
pub fn skip<P: Wire>(cursor: &mut Cursor<'_>, field: Kind, depth_left: u32, limits: Limits) -> Result<(), DecodeError> {
    if P::BOOL_IN_HEADER && field == Kind::Bool {
        return Ok(());
    }
    value::<P>(cursor, field, Skip { depth_left, limits })
}

/// Goes past a value; a Boolean is one within a collection, or has its bytes behind the header.
fn value<P: Wire>(cursor: &mut Cursor<'_>, kind: Kind, skip: Skip) -> Result<(), DecodeError> {
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
            let skip = skip.deeper(cursor.offset())?;
            let mut state = P::State::default();
            while let Some(header) = P::field(cursor, &mut state)? {
                if !(P::BOOL_IN_HEADER && header.kind == Kind::Bool) {
                    value::<P>(cursor, header.kind, skip)?;
                }
            }
            Ok(())
        }
        Kind::List | Kind::Set => {
            let skip = skip.deeper(cursor.offset())?;
            let header = P::list(cursor)?;
            header.element.map_or(Ok(()), |kind| items::<P>(cursor, header.count, &[kind], skip))
        }
        Kind::Map => {
            let skip = skip.deeper(cursor.offset())?;
            let header = P::map(cursor)?;
            header.kinds.map_or(Ok(()), |(key, value)| items::<P>(cursor, header.count, &[key, value], skip))
        }
        Kind::Bool | Kind::I8 | Kind::Double | Kind::Float | Kind::Uuid => Ok(()),
    }
}

/// Goes past items that are values of some kinds in turn.
fn items<P: Wire>(cursor: &mut Cursor<'_>, count: u64, kinds: &[Kind], skip: Skip) -> Result<(), DecodeError> {
    if let Some(size) = kinds.iter().map(|kind| P::fixed_size(*kind)).sum::<Option<u64>>() {
        return cursor.bytes(count.saturating_mul(size)).map(|_| ());
    }
    check_count::<P>(cursor, count, kinds)?;
    for _ in 0..count {
        for kind in kinds {
            value::<P>(cursor, *kind, skip)?;
        }
    }
    Ok(())
}

#[cold]
#[inline(never)]
pub(super) fn too_deep(limits: Limits, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::DepthLimit(limits.depth()), offset)
}

//! Going past values that nobody asked for, without decoding them.

use super::{Kind, protocol::Wire};
use crate::{DecodeError, DecodeErrorKind, Limits, raw::Cursor};

/// How deep the skipped values may still be nested.
#[derive(Clone, Copy, Debug)]
pub(super) struct Skip {
    pub depth_left: u32,
    pub limits: Limits,
}

impl Skip {
    fn deeper(self, offset: usize) -> Result<Self, DecodeError> {
        match self.depth_left.checked_sub(1) {
            Some(depth_left) => Ok(Self { depth_left, ..self }),
            None => Err(too_deep(self.limits, offset)),
        }
    }
}

/// Goes past a value; a Boolean is one within a collection, or has its bytes behind the header.
pub(super) fn value<P: Wire>(cursor: &mut Cursor<'_>, kind: Kind, skip: Skip) -> Result<(), DecodeError> {
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
    let needed = count.saturating_mul(kinds.iter().map(|kind| P::least_size(*kind)).sum());
    if needed > cursor.remaining() as u64 {
        let kind = DecodeErrorKind::Truncated { needed, remaining: cursor.remaining() };
        return Err(DecodeError::new(kind, cursor.offset()));
    }
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

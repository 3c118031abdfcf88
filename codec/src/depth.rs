//! How deep values may be nested.

use crate::{DecodeError, DecodeErrorKind, Limits};

/// How deep the values that a decoder goes through are nested, and how deep they may be by [`Limits::depth`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    level: u32,
    limit: u32,
}

impl Depth {
    /// The depth at the start of an input.
    #[inline(always)]
    pub const fn new(limits: Limits) -> Self {
        Self { level: 0, limit: limits.depth() }
    }

    /// How many levels have been entered.
    #[inline(always)]
    pub const fn level(self) -> u32 {
        self.level
    }

    /// Goes one level deeper. `offset` is the position in the input, for the error.
    ///
    /// # Errors
    /// At the limit.
    #[inline(always)]
    pub fn enter(&mut self, offset: usize) -> Result<(), DecodeError> {
        self.level = self.deeper(offset)?.level;
        Ok(())
    }

    /// Goes back up a level that [`Depth::enter`] went down.
    #[inline(always)]
    pub const fn leave(&mut self) {
        // A level that was never entered leads past any limit.
        self.level = self.level.wrapping_sub(1);
    }

    /// The depth one level deeper. `offset` is the position in the input, for the error.
    ///
    /// # Errors
    /// At the limit.
    #[inline(always)]
    pub fn deeper(self, offset: usize) -> Result<Self, DecodeError> {
        if self.level < self.limit {
            Ok(Self { level: self.level + 1, ..self })
        } else {
            Err(too_deep(self.limit, offset))
        }
    }
}

#[cold]
#[inline(never)]
fn too_deep(limit: u32, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::DepthLimit(limit), offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_at_the_limit_and_names_it() {
        let mut depth = Depth::new(Limits::default().with_depth(2));
        assert_eq!(depth.enter(0), Ok(()));
        assert_eq!(depth.enter(1), Ok(()));
        assert_eq!(depth.level(), 2);
        assert_eq!(depth.enter(7), Err(DecodeError::new(DecodeErrorKind::DepthLimit(2), 7)));
        assert_eq!(depth.level(), 2);
        depth.leave();
        assert_eq!(depth.level(), 1);
        assert_eq!(depth.enter(8), Ok(()));
    }

    #[test]
    fn has_no_more_levels_when_more_were_left_than_entered() {
        let mut depth = Depth::new(Limits::default().with_depth(u32::MAX));
        depth.leave();
        assert!(depth.enter(0).is_err());
    }
}

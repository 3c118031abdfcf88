//! What derived code asks of types whose insides it does not see, while it is compiled.

use super::{Shape, TypeDesc};

impl Shape {
    /// The shapes of values without parts or names.
    #[doc(hidden)]
    pub const PLAIN: [Self; 13] = [
        Self::Null,
        Self::Bool,
        Self::Int8,
        Self::Int16,
        Self::Int32,
        Self::Int64,
        Self::UInt16,
        Self::UInt32,
        Self::UInt64,
        Self::Float32,
        Self::Float64,
        Self::String,
        Self::Bytes,
    ];

    /// The position among [`Shape::PLAIN`].
    const fn plain(&self) -> Option<u32> {
        Some(match self {
            Self::Null => 0,
            Self::Bool => 1,
            Self::Int8 => 2,
            Self::Int16 => 3,
            Self::Int32 => 4,
            Self::Int64 => 5,
            Self::UInt16 => 6,
            Self::UInt32 => 7,
            Self::UInt64 => 8,
            Self::Float32 => 9,
            Self::Float64 => 10,
            Self::String => 11,
            Self::Bytes => 12,
            _ => return None,
        })
    }
}

/// Whether a type reads a writer's type: its shape is among those of [`Shape::PLAIN`] whose bits are set, or the
/// writer's type is among the known ones ([`Typed::READS`](crate::Typed::READS)).
#[doc(hidden)]
pub const fn reads(ty: &TypeDesc, known: &[u64], plain: u16, writer: u64) -> bool {
    if let Some(position) = ty.shape.plain()
        && plain >> position & 1 == 1
    {
        return true;
    }
    let mut rest = known;
    while let [first, after @ ..] = rest {
        if *first == writer {
            return true;
        }
        rest = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_shapes_are_at_their_positions() {
        for (position, shape) in (0..).zip(Shape::PLAIN) {
            assert_eq!(shape.plain(), Some(position));
            let desc = TypeDesc::new(shape);
            assert!(reads(&desc, &[], 1 << position, 0) && !reads(&desc, &[1, 2], !(1 << position), 3));
            assert!(reads(&desc, &[1, 2], 0, 2));
        }
    }
}

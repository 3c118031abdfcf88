//! Avro binary to values, for data written with the type's own schema.

use alloc::{borrow::Cow, string::ToString};

use crate::{
    Decode, DecodeError, DecodeErrorKind, DecodeRecord, DecodeUnion, Depth, Enumeration, FieldDesc, Limits,
    PathSegment, RecordDesc, Shape, Source, TypeDesc, UnknownFields,
    decode::{ListBuilder, MapBuilder},
    raw::Cursor,
    reserve::worth_reserving,
};

/// Reads values from Avro binary.
#[derive(Clone, Debug)]
pub struct AvroSource<'de> {
    cursor: Cursor<'de>,
    depth: Depth,
    empty_items_left: u64,
    limits: Limits,
}

impl<'de> AvroSource<'de> {
    /// A source at the start of the bytes.
    #[inline(always)]
    pub fn new(bytes: &'de [u8], limits: Limits) -> Self {
        Self { cursor: Cursor::new(bytes), depth: Depth::new(limits), empty_items_left: limits.empty_items(), limits }
    }

    /// The next value.
    ///
    /// # Errors
    /// When the bytes are not such a value.
    #[inline(always)]
    pub fn value<T: Decode<'de>>(&mut self) -> Result<T, DecodeError> {
        T::decode(const { &T::TYPE }, self)
    }

    /// Bytes that are left.
    #[inline(always)]
    pub fn remaining(&self) -> usize {
        self.cursor.remaining()
    }

    /// The limits of a source that goes on where this one stands between two values.
    #[inline]
    pub fn limits_left(&self) -> Limits {
        self.limits.with_empty_items(self.empty_items_left)
    }

    /// The cursor below.
    #[inline(always)]
    pub(super) fn cursor_mut(&mut self) -> &mut Cursor<'de> {
        &mut self.cursor
    }

    /// The same source at the start of other bytes.
    #[inline(always)]
    pub(super) fn at(&self, bytes: &'de [u8]) -> Self {
        Self { cursor: Cursor::new(bytes), ..*self }
    }

    /// The position of a union's branch, which stands before its value.
    ///
    /// # Errors
    /// When it is not below the number of branches.
    #[inline]
    pub fn branch(&mut self, branches: usize) -> Result<usize, DecodeError> {
        let offset = self.cursor.offset();
        let index = self.cursor.zigzag_short()?;
        match usize::try_from(index) {
            Ok(branch) if branch < branches => Ok(branch),
            _ => Err(unknown_branch(index, branches, offset)),
        }
    }

    /// The start of a list's or map's next block; `None` at the end (Avro 1.12, "Arrays").
    ///
    /// # Errors
    /// When the count is malformed or claims more items than the bytes and the limits allow.
    #[inline(always)]
    pub fn next_block(&mut self) -> Result<Option<Block>, DecodeError> {
        let offset = self.cursor.offset();
        let count = self.cursor.zigzag_short()?;
        let (count, size) = if count >= 0 {
            (count.cast_unsigned(), None)
        } else {
            (count.unsigned_abs(), Some(self.cursor.zigzag_len()?))
        };
        // Each item takes a byte or more, or is one of the empty ones that have a limit.
        if count.saturating_sub(self.cursor.remaining() as u64) > self.empty_items_left {
            return Err(too_many(self.limits, offset));
        }
        Ok((count > 0).then_some(Block { count, size, start: self.cursor.offset() }))
    }

    /// Checks what a block's items took against what was said and allowed.
    ///
    /// # Errors
    /// When the block's byte size is not what its items took, or too many of them took none.
    #[inline(always)]
    pub fn end_block(&mut self, block: &Block) -> Result<(), DecodeError> {
        let taken = self.cursor.offset().saturating_sub(block.start) as u64;
        if let Some(declared) = block.size
            && declared != taken
        {
            return Err(DecodeError::new(DecodeErrorKind::BlockSize { declared, taken }, block.start));
        }
        match self.empty_items_left.checked_sub(block.count.saturating_sub(taken)) {
            Some(left) => {
                self.empty_items_left = left;
                Ok(())
            }
            None => Err(too_many(self.limits, block.start)),
        }
    }

    /// Goes one level deeper, towards the limit of depth.
    ///
    /// # Errors
    /// At the limit.
    #[inline(always)]
    pub fn enter(&mut self) -> Result<(), DecodeError> {
        self.depth.enter(self.cursor.offset())
    }

    /// Goes back up a level that [`AvroSource::enter`] went down.
    #[inline(always)]
    pub fn leave(&mut self) {
        self.depth.leave();
    }

    /// Names the entry of a map in an error of its value; this source stands before the key.
    #[cold]
    #[inline(never)]
    pub(super) fn in_entry(mut self, error: DecodeError) -> DecodeError {
        match self.str(const { &TypeDesc::new(Shape::String) }) {
            Ok(key) => error.inside(PathSegment::Key(key.to_string())),
            Err(_) => error,
        }
    }

    /// How many items are worth reserving at once: no more than there are bytes for, and no more memory than is sure to be of
    /// use. Beyond that the collection grows with what really comes.
    #[inline(always)]
    pub fn worth_reserving<T>(&self, count: u64) -> usize {
        worth_reserving(count, size_of::<T>(), self.cursor.remaining(), self.depth)
    }
}

/// A block of a list or a map.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    count: u64,
    size: Option<u64>,
    start: usize,
}

impl Block {
    /// How many items the block has.
    #[inline(always)]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many bytes the items take, where the writer said.
    #[inline(always)]
    pub fn size(&self) -> Option<u64> {
        self.size
    }
}

impl<'de> Source<'de> for AvroSource<'de> {
    const TAGGED: bool = false;
    const NULL_ON_WIRE: bool = true;

    #[inline(always)]
    fn expect(
        &mut self,
        _: &'static FieldDesc,
        _: &'static RecordDesc,
        _: Option<&mut UnknownFields<'de>>,
    ) -> Result<bool, DecodeError> {
        Ok(true)
    }

    #[inline(always)]
    fn next_field(
        &mut self,
        _: &'static RecordDesc,
        _: Option<&mut UnknownFields<'de>>,
    ) -> Result<Option<usize>, DecodeError> {
        Ok(None)
    }

    #[inline(always)]
    fn offset(&self) -> usize {
        self.cursor.offset()
    }

    #[inline(always)]
    fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, DecodeError>) -> Result<T, DecodeError> {
        self.enter()?;
        let result = step(self);
        self.leave();
        result
    }

    #[inline(always)]
    fn bool(&mut self, _: &'static TypeDesc) -> Result<bool, DecodeError> {
        match self.cursor.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            byte => Err(DecodeError::new(DecodeErrorKind::InvalidBool(byte), self.cursor.offset() - 1)),
        }
    }

    #[inline(always)]
    fn i32(&mut self, _: &'static TypeDesc) -> Result<i32, DecodeError> {
        self.cursor.zigzag_32()
    }

    #[inline(always)]
    fn i64(&mut self, _: &'static TypeDesc) -> Result<i64, DecodeError> {
        self.cursor.zigzag_64()
    }

    #[inline(always)]
    fn f32(&mut self, _: &'static TypeDesc) -> Result<f32, DecodeError> {
        Ok(f32::from_le_bytes(*self.cursor.array()?))
    }

    #[inline(always)]
    fn f64(&mut self, _: &'static TypeDesc) -> Result<f64, DecodeError> {
        Ok(f64::from_le_bytes(*self.cursor.array()?))
    }

    #[inline(always)]
    fn str(&mut self, _: &'static TypeDesc) -> Result<&'de str, DecodeError> {
        let len = self.cursor.zigzag_len()?;
        self.cursor.text(len)
    }

    #[inline(always)]
    fn bytes(&mut self, _: &'static TypeDesc) -> Result<&'de [u8], DecodeError> {
        let len = self.cursor.zigzag_len()?;
        self.cursor.bytes(len)
    }

    #[inline(always)]
    fn fixed<const N: usize>(&mut self, _: &'static TypeDesc) -> Result<[u8; N], DecodeError> {
        Ok(*self.cursor.array::<N>()?)
    }

    #[inline(always)]
    fn fixed_blob(&mut self, _: &'static TypeDesc, size: usize) -> Result<Cow<'de, [u8]>, DecodeError> {
        self.cursor.bytes(size as u64).map(Cow::Borrowed)
    }

    #[inline(always)]
    fn enumeration<E: Enumeration>(&mut self, _: &'static TypeDesc) -> Result<E, DecodeError> {
        let offset = self.cursor.offset();
        let index = self.cursor.zigzag_short()?;
        match usize::try_from(index).ok().and_then(E::from_index) {
            Some(value) => Ok(value),
            None => Err(unknown_symbol(E::ENUM.name.name, index, E::ENUM.symbols.len(), offset)),
        }
    }

    #[inline(always)]
    fn optional<T: Decode<'de>>(&mut self, ty: &'static TypeDesc) -> Result<Option<T>, DecodeError> {
        let null_at = i64::from(ty.null_at().unwrap_or(0));
        let before = self.cursor;
        let index = self.cursor.zigzag_short()?;
        if index == null_at {
            return Ok(None);
        }
        if ty.union().is_some() {
            // The union reads its own index, which counts null in, see `union`.
            self.cursor = before;
        } else if index != 1 - null_at {
            return Err(unknown_branch(index, 2, before.offset()));
        }
        T::decode(ty, self).map(Some)
    }

    #[inline(always)]
    fn union<U: DecodeUnion<'de>>(&mut self, ty: &'static TypeDesc) -> Result<U, DecodeError> {
        let offset = self.cursor.offset();
        let index = self.cursor.zigzag_short()?;
        let arms = U::UNION.arms.len();
        let (arm, branches) = match ty.null_at() {
            Some(null_at) if index > i64::from(null_at) => (index - 1, arms + 1),
            Some(null_at) if index == i64::from(null_at) => (-1, arms + 1),
            _ => (index, arms),
        };
        match usize::try_from(arm) {
            Ok(arm) if arm < arms => U::decode_arm(arm, self),
            _ => Err(unknown_branch(index, branches, offset)),
        }
    }

    #[inline(always)]
    fn record<R: DecodeRecord<'de>>(&mut self, _: &'static TypeDesc, slot: &mut Option<R>) -> Result<(), DecodeError> {
        R::decode_fields(slot, self)
    }

    #[inline]
    fn list<T: Decode<'de>, B: ListBuilder<T>>(
        &mut self,
        ty: &'static TypeDesc,
        items: &mut B,
    ) -> Result<(), DecodeError> {
        let element = ty.element().unwrap_or(const { &T::TYPE });
        self.deeper(|source| {
            let mut decoded = 0usize;
            while let Some(block) = source.next_block()? {
                items.reserve(source.worth_reserving::<T>(block.count));
                for _ in 0..block.count {
                    match T::decode(element, source) {
                        Ok(item) => items.push(item),
                        Err(error) => return Err(error.inside(PathSegment::Index(decoded))),
                    }
                    decoded += 1;
                }
                source.end_block(&block)?;
            }
            Ok(())
        })
    }

    #[inline]
    fn map<K: Decode<'de>, V: Decode<'de>, B: MapBuilder<K, V>>(
        &mut self,
        ty: &'static TypeDesc,
        entries: &mut B,
    ) -> Result<(), DecodeError> {
        let (key_type, value_type) = ty.entry().unwrap_or(const { (&K::TYPE, &V::TYPE) });
        if !matches!(key_type.shape, Shape::String) {
            let what = "map with keys other than strings";
            return Err(DecodeError::new(DecodeErrorKind::NotInFormat { format: "Avro", what }, self.offset()));
        }
        self.deeper(|source| {
            while let Some(block) = source.next_block()? {
                entries.reserve(source.worth_reserving::<(K, V)>(block.count));
                for _ in 0..block.count {
                    let at_key = source.clone();
                    let key = K::decode(key_type, source)?;
                    match V::decode(value_type, source) {
                        Ok(value) => entries.insert(key, value),
                        Err(error) => return Err(at_key.in_entry(error)),
                    }
                }
                source.end_block(&block)?;
            }
            Ok(())
        })
    }
}

// The builders of errors take values, not the source, so that the source can stay in registers.

#[cold]
#[inline(never)]
fn too_many(limits: Limits, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::EmptyItemLimit(limits.empty_items()), offset)
}

#[cold]
#[inline(never)]
fn unknown_symbol(name: &str, index: i64, symbols: usize, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::UnknownSymbol { name: name.to_string(), index, symbols }, offset)
}

#[cold]
#[inline(never)]
fn unknown_branch(index: i64, branches: usize, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::UnknownBranch { index, branches }, offset)
}

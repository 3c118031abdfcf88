//! Records as values of Rust types.

use core::marker::PhantomData;
use std::{boxed::Box, io::Write};

use super::{
    Block, ContainerError, Writer,
    error::{Place, Reason},
};
use crate::{
    Decode, DecodeError, DecodeErrorKind, Encode, Limits,
    avro::{
        AvroSource, encode_into,
        plan::{Plan, PlannedSource},
    },
};

impl<'a> Block<'a> {
    /// The block's records as values of a type, which must be the type that the file's schema describes: nothing here
    /// compares the two.
    pub fn values<T: Decode<'a>>(&self, limits: Limits) -> Values<'a, T> {
        let source = Source::Direct(AvroSource::new(self.data, limits));
        Values { block: *self, source, start: 0, next: 0, ty: PhantomData }
    }

    /// The block's records as values of a type with another schema than the file's, by the plan of the two. Where the plan is
    /// the identity, this is [`Block::values`].
    pub fn resolved_values<T: Decode<'a>>(&self, plan: &'a Plan, limits: Limits) -> Values<'a, T> {
        self.resolved_values_from(&Position::start(limits), plan)
    }

    /// [`Block::resolved_values`] from where an earlier reading of the same block has come to.
    pub fn resolved_values_from<T: Decode<'a>>(&self, position: &Position, plan: &'a Plan) -> Values<'a, T> {
        let Position { record, offset, limits } = *position;
        let rest = self.data.get(offset..).unwrap_or_default();
        let source = if plan.is_identity() {
            Source::Direct(AvroSource::new(rest, limits))
        } else {
            Source::Planned(PlannedSource::new(rest, plan, limits))
        };
        Values { block: *self, source, start: offset, next: record, ty: PhantomData }
    }
}

/// The records of a [`Block`], decoded one by one. After an error there are no more.
#[derive(Clone, Debug)]
pub struct Values<'a, T> {
    block: Block<'a>,
    source: Source<'a>,
    /// Where the source starts in the block's data.
    start: usize,
    next: u64,
    ty: PhantomData<fn() -> T>,
}

#[derive(Clone, Debug)]
enum Source<'a> {
    Direct(AvroSource<'a>),
    Planned(PlannedSource<'a>),
}

/// How far the reading of a [`Block`] has come, independent of the block's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    record: u64,
    offset: usize,
    limits: Limits,
}

impl Position {
    /// The start of a block, which is to be read within limits.
    pub const fn start(limits: Limits) -> Self {
        Self { record: 0, offset: 0, limits }
    }
}

impl<'a, T: Decode<'a>> Iterator for Values<'a, T> {
    type Item = Result<T, ContainerError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.block.count() {
            return self.trailing_bytes().map(Err);
        }
        let value = match &mut self.source {
            Source::Direct(source) => source.value(),
            Source::Planned(source) => source.value(),
        };
        match value {
            Ok(value) => {
                self.next += 1;
                Some(Ok(value))
            }
            Err(error) => Some(Err(self.stop(error.shifted(self.start)))),
        }
    }
}

impl<T> Values<'_, T> {
    /// How far the reading has come.
    pub fn position(&self) -> Position {
        let limits = match &self.source {
            Source::Direct(source) => source.limits_left(),
            Source::Planned(source) => source.limits_left(),
        };
        Position { record: self.next, offset: self.block.data().len() - self.remaining(), limits }
    }

    #[inline]
    fn remaining(&self) -> usize {
        match &self.source {
            Source::Direct(source) => source.remaining(),
            Source::Planned(source) => source.remaining(),
        }
    }

    #[inline]
    fn trailing_bytes(&mut self) -> Option<ContainerError> {
        let (trailing, ended) = (self.remaining(), self.next > self.block.count());
        (trailing > 0 && !ended).then(|| {
            let offset = self.block.data().len() - trailing;
            self.stop(DecodeError::new(DecodeErrorKind::TrailingBytes(trailing), offset))
        })
    }

    #[cold]
    fn stop(&mut self, error: DecodeError) -> ContainerError {
        let record = self.next;
        self.next = u64::MAX;
        self.block.record_error(record, error)
    }
}

impl<W: Write> Writer<W> {
    /// Appends a value, whose type must be the one that the file's schema describes, and writes the block if that fills it.
    ///
    /// # Errors
    ///
    /// The value cannot be encoded, which leaves the file as it was; or writing the block fails, which ends the writer.
    #[inline]
    pub fn append<T: Encode>(&mut self, value: &T) -> Result<(), ContainerError> {
        let record = self.records();
        let refused = |error| Reason::Record { record, error: Box::new(error) }.at(Place::Call);
        self.append_record(|buffer| encode_into(value, buffer).map_err(refused))
    }
}

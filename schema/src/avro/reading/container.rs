//! Container files of any writer.

use std::io::Read;
use std::marker::PhantomData;
use std::sync::Arc;

use cognate_codec::avro::container::{Block, ContainerError, Header, Position, Reader, Skipped, Values};
use cognate_codec::{Decode, DecodeError, DecodeErrorKind, DecodeOwned, Limits, Typed};

use super::{ReadOptions, ReadPlan, ValueDecoder};
use crate::Value;
use crate::avro::{Schema, TypedError};

/// Opens a container file whose records are read as values of a type, whatever schema it was written with: data of another schema
/// is resolved to the type's, and data of the type's own costs nothing more than without. [`ReadOptions`] has limits, a cache of
/// plans for many files, and files that fit in part.
///
/// ```
/// use cognate_schema::avro::{create, open};
///
/// let mut writer = create::<Vec<Option<i32>>, _>(Vec::new(), Default::default())?;
/// writer.append(&vec![Some(1), None])?;
/// let file = writer.finish()?;
///
/// for record in open::<Vec<Option<f64>>, _>(file.as_slice())? {
///     assert_eq!(record?, [Some(1.0), None]);
/// }
/// // A null is no number, and the error says where the two schemas part.
/// let error = open::<Vec<f64>, _>(file.as_slice()).unwrap_err();
/// assert_eq!(error.faults()[0].writer.pointer, "/items/0");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// When the header is at fault, the type has no Avro schema, or the file may hold what the type cannot take: then with all the
/// faults ([`TypedError::faults`]).
pub fn open<T: Typed, R: Read>(input: R) -> Result<ContainerReader<T, R>, TypedError> {
    ReadOptions::new().open(input)
}

/// Reads a container file of any writer as values of a type, or as dynamic values where the type is [`Value`].
///
/// For a type that owns its parts it is an iterator. Values that borrow from the file's blocks are read block by block, as dynamic
/// ones are ([`ResolvedBlock::dynamic_values`]):
///
/// ```
/// use cognate_schema::avro::{create, open};
///
/// # let mut writer = create::<String, _>(Vec::new(), Default::default())?;
/// # writer.append(&"Oslo".to_owned())?;
/// # let file = writer.finish()?;
/// let mut reader = open::<&str, _>(file.as_slice())?;
/// while let Some(block) = reader.next_block()? {
///     for name in block.values::<&str>() {
///         assert_eq!(name?, "Oslo");
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// After an error there are no more values until [`Self::recover`] is called.
#[derive(Debug)]
pub struct ContainerReader<T, R> {
    pub(super) reader: Reader<R>,
    writer: Schema,
    pub(super) plan: Arc<ReadPlan>,
    pub(super) limits: Limits,
    /// Where the iterator is in the block that was read last.
    position: Option<Position>,
    stopped: bool,
    ty: PhantomData<fn() -> T>,
}

/// A block whose records are read by a plan.
#[derive(Clone, Copy, Debug)]
pub struct ResolvedBlock<'a> {
    block: Block<'a>,
    plan: &'a ReadPlan,
    limits: Limits,
}

impl<T, R: Read> ContainerReader<T, R> {
    pub(super) fn new(reader: Reader<R>, writer: Schema, plan: Arc<ReadPlan>, limits: Limits) -> Self {
        Self { reader, writer, plan, limits, position: None, stopped: false, ty: PhantomData }
    }

    /// The header.
    pub fn header(&self) -> &Header {
        self.reader.header()
    }

    /// The schema that the file was written with.
    pub fn writer_schema(&self) -> &Schema {
        &self.writer
    }

    /// How the file is read.
    pub fn plan(&self) -> &Arc<ReadPlan> {
        &self.plan
    }

    /// The reader of blocks below.
    pub fn reader(&self) -> &Reader<R> {
        &self.reader
    }

    /// The next block, or `None` at the end.
    ///
    /// # Errors
    ///
    /// As [`Reader::next_block`].
    pub fn next_block(&mut self) -> Result<Option<ResolvedBlock<'_>>, ContainerError> {
        self.position = None;
        let Some(block) = self.reader.next_block()? else { return Ok(None) };
        Ok(Some(ResolvedBlock { block, plan: &self.plan, limits: self.limits }))
    }

    /// Goes on behind the block at fault, as [`Reader::recover`] does.
    ///
    /// # Errors
    ///
    /// The stream fails. The call may be repeated.
    pub fn recover(&mut self) -> Result<Skipped, ContainerError> {
        let skipped = self.reader.recover()?;
        (self.position, self.stopped) = (None, false);
        Ok(skipped)
    }
}

impl<T: DecodeOwned, R: Read> Iterator for ContainerReader<T, R> {
    type Item = Result<T, ContainerError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.stopped {
            if let Some((position, block)) = self.position.zip(self.reader.block()) {
                let mut values = block.resolved_values_from::<T>(&position, self.plan.plan());
                if let Some(value) = values.next() {
                    self.stopped = value.is_err();
                    self.position = Some(values.position());
                    return Some(value);
                }
            }
            match self.reader.next_block() {
                Ok(None) => return None,
                Ok(Some(_)) => self.position = Some(Position::start(self.limits)),
                Err(error) => {
                    self.stopped = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

impl<'a> ResolvedBlock<'a> {
    pub(super) fn new(block: Block<'a>, plan: &'a ReadPlan, limits: Limits) -> Self {
        Self { block, plan, limits }
    }

    /// The block, with the writer's bytes.
    pub fn block(&self) -> &Block<'a> {
        &self.block
    }

    /// The records as values of the type that the file was opened for, which may borrow from the block. Nothing compares the
    /// two: they are to be the same but for lifetimes, and another type ends in errors or in values that nobody wrote.
    pub fn values<T: Decode<'a>>(&self) -> Values<'a, T> {
        self.block.resolved_values(self.plan.plan(), self.limits)
    }

    /// The records as dynamic values of the reader's schema.
    pub fn dynamic_values(&self) -> DynamicValues<'a> {
        DynamicValues { block: self.block, decoder: self.plan.decoder(self.block.data(), self.limits), next: 0 }
    }
}

/// The records of a [`ResolvedBlock`] as dynamic values. After an error there are no more.
#[derive(Debug)]
pub struct DynamicValues<'a> {
    block: Block<'a>,
    decoder: ValueDecoder<'a, 'a>,
    next: u64,
}

impl<'a> Iterator for DynamicValues<'a> {
    type Item = Result<Value<'a>, ContainerError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (record, count) = (self.next, self.block.count());
        if record > count {
            return None;
        }
        self.next += 1;
        let result = if record < count {
            self.decoder.value()
        } else {
            let trailing = self.decoder.remaining();
            if trailing == 0 {
                return None;
            }
            Err(DecodeError::new(DecodeErrorKind::TrailingBytes(trailing), self.decoder.offset()))
        };
        Some(result.map_err(|error| {
            self.next = u64::MAX;
            self.block.record_error(record, error)
        }))
    }
}

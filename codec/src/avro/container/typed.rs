//! Records as values of Rust types.

use core::marker::PhantomData;
use std::{boxed::Box, io::Write};

use super::{
    Block, ContainerError, Writer,
    error::{Place, Reason},
};
use crate::{
    Decode, DecodeError, DecodeErrorKind, Encode, Limits,
    avro::{AvroSource, encode_into},
};

impl<'a> Block<'a> {
    /// The block's records as values of a type, which must be the type that the file's schema describes: nothing here
    /// compares the two.
    pub fn values<T: Decode<'a>>(&self, limits: Limits) -> Values<'a, T> {
        Values { block: *self, source: AvroSource::new(self.data(), limits), next: 0, ty: PhantomData }
    }
}

/// The records of a [`Block`], decoded one by one. After an error there are no more.
#[derive(Clone, Debug)]
pub struct Values<'a, T> {
    block: Block<'a>,
    source: AvroSource<'a>,
    next: u64,
    ty: PhantomData<fn() -> T>,
}

impl<'a, T: Decode<'a>> Iterator for Values<'a, T> {
    type Item = Result<T, ContainerError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.block.count() {
            return self.trailing_bytes().map(Err);
        }
        match self.source.value() {
            Ok(value) => {
                self.next += 1;
                Some(Ok(value))
            }
            Err(error) => Some(Err(self.stop(error))),
        }
    }
}

impl<T> Values<'_, T> {
    #[inline]
    fn trailing_bytes(&mut self) -> Option<ContainerError> {
        let (trailing, ended) = (self.source.remaining(), self.next > self.block.count());
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

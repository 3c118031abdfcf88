//! Container files read by several threads.

use std::io::Read;
use std::sync::Arc;
use std::vec;

use cognate_codec::DecodeOwned;
use cognate_codec::avro::container::{ContainerError, Halt, Header, Outlet, ParallelOptions, ParallelReader, Skipped};

use super::{ContainerReader, ReadPlan, ResolvedBlock};
use crate::Value;

/// The records of a container file, read, decompressed and decoded by several threads, in the order of the file
/// ([`ContainerReader::parallel`]). After an error there are no more until [`Self::recover`] is called.
#[derive(Debug)]
pub struct ParallelRecords<T, R> {
    blocks: ParallelReader<R, Vec<T>>,
    batch: vec::IntoIter<T>,
}

/// Records that are handed over at once.
const BATCH: usize = 256;

impl<T: DecodeOwned + Send + 'static, R: Read> ContainerReader<T, R> {
    /// Goes on with several threads, from the next block on: the same values in the same order, and the same errors behind the
    /// same values.
    ///
    /// Twice as many blocks as there are threads are in memory at most, each with up to 256 values times
    /// [`ParallelOptions::items_ahead`].
    ///
    /// ```
    /// use cognate_codec::avro::container::ParallelOptions;
    /// use cognate_schema::avro::{create, open};
    ///
    /// # let mut writer = create::<i32, _>(Vec::new(), Default::default())?;
    /// # (0..1000).try_for_each(|number| writer.append(&number))?;
    /// # let file = writer.finish()?;
    /// let records = open::<i64, _>(file.as_slice())?.parallel(ParallelOptions::available());
    /// assert_eq!(records.collect::<Result<Vec<_>, _>>()?, Vec::from_iter(0..1000));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parallel(self, options: ParallelOptions) -> ParallelRecords<T, R> {
        let plan = Arc::clone(&self.plan);
        self.in_batches(options, move || Arc::clone(&plan), |block, outlet| send_batches(block.values::<T>(), outlet))
    }
}

impl<R: Read> ContainerReader<Value<'static>, R> {
    /// Goes on with several threads, from the next block on, with values that do not borrow from the blocks; as `parallel` for
    /// Rust types.
    pub fn parallel_dynamic(self, options: ParallelOptions) -> ParallelRecords<Value<'static>, R> {
        let plan = Arc::clone(&self.plan);
        self.in_batches(
            options,
            move || Arc::new(plan.apart()),
            |block, outlet| send_batches(block.dynamic_values().map(|value| value.map(Value::into_owned)), outlet),
        )
    }
}

impl<T: Send + 'static, R: Read> ContainerReader<T, R> {
    fn in_batches(
        self,
        options: ParallelOptions,
        plan: impl Fn() -> Arc<ReadPlan> + Send + 'static,
        work: fn(&ResolvedBlock<'_>, &Outlet<'_, Vec<T>>) -> Result<(), Halt>,
    ) -> ParallelRecords<T, R> {
        let limits = self.limits;
        let blocks = self.reader.parallel(options, move || {
            let plan = plan();
            move |block, outlet| work(&ResolvedBlock::new(*block, &plan, limits), outlet)
        });
        ParallelRecords { blocks, batch: Vec::new().into_iter() }
    }
}

/// Hands out values in batches, those before an error too.
fn send_batches<T>(
    values: impl Iterator<Item = Result<T, ContainerError>>,
    outlet: &Outlet<'_, Vec<T>>,
) -> Result<(), Halt> {
    let mut batch = Vec::with_capacity(BATCH);
    let mut end = Ok(());
    for value in values {
        match value {
            Ok(value) => batch.push(value),
            Err(error) => {
                end = Err(error.into());
                break;
            }
        }
        if batch.len() >= BATCH {
            outlet.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH)))?;
        }
    }
    if !batch.is_empty() {
        outlet.send(batch)?;
    }
    end
}

impl<T: Send + 'static, R: Read> ParallelRecords<T, R> {
    /// The header.
    pub fn header(&self) -> &Header {
        self.blocks.header()
    }

    /// Goes on behind the block at fault, as [`Reader::recover`](cognate_codec::avro::container::Reader::recover) does.
    ///
    /// # Errors
    ///
    /// The stream fails. The call may be repeated.
    pub fn recover(&mut self) -> Result<Skipped, ContainerError> {
        self.blocks.recover()
    }
}

impl<T: Send + 'static, R: Read> Iterator for ParallelRecords<T, R> {
    type Item = Result<T, ContainerError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(value) = self.batch.next() {
                return Some(Ok(value));
            }
            match self.blocks.next()? {
                Ok(batch) => self.batch = batch.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

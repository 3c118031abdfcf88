//! Blocks decompressed and worked on by several threads, and taken in the order of the file.

use core::num::NonZeroUsize;
use std::{
    boxed::Box,
    collections::VecDeque,
    fmt,
    io::Read,
    ops::Range,
    panic::resume_unwind,
    sync::mpsc::{self, Receiver, SyncSender, TryRecvError},
    thread,
    vec::Vec,
};

use super::{
    Block, ContainerError, Header, RawBlock, Reader, Skipped,
    error::{Place, Reason},
    frame::Frame,
    workers::Workers,
};

/// How many threads work on the blocks of a file, and how far they may go ahead of what is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct ParallelOptions {
    jobs: NonZeroUsize,
    items_ahead: usize,
    stack_size: Option<usize>,
}

impl ParallelOptions {
    /// Items that are made ahead of each block by default.
    pub const DEFAULT_ITEMS_AHEAD: usize = 128;

    /// So many threads. They are started as blocks come, so that a short file starts no more than it has blocks.
    pub const fn new(jobs: NonZeroUsize) -> Self {
        Self { jobs, items_ahead: Self::DEFAULT_ITEMS_AHEAD, stack_size: None }
    }

    /// As many threads as the machine runs at once ([`thread::available_parallelism`]).
    pub fn available() -> Self {
        Self::new(thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
    }

    /// How many items of each block may wait to be taken. The thread of a block that has as many waits.
    pub const fn items_ahead(self, items: usize) -> Self {
        Self { items_ahead: items, ..self }
    }

    /// The stack of each thread in bytes, for values that are nested deeper than [`Limits`](crate::Limits) allow by default.
    pub const fn stack_size(self, bytes: usize) -> Self {
        Self { stack_size: Some(bytes), ..self }
    }

    /// How many threads there may be.
    pub const fn jobs(&self) -> NonZeroUsize {
        self.jobs
    }

    pub(super) const fn stack(&self) -> Option<usize> {
        self.stack_size
    }

    /// Twice as many as there are threads, so that none waits while the blocks of the others are taken.
    fn blocks_ahead(&self) -> usize {
        self.jobs.get().saturating_mul(2)
    }
}

/// Reads a container file with several threads: what they make of the blocks, in the order of the file.
///
/// An iterator over the items that the work on each block hands out ([`Reader::parallel`]). After an error there are no more
/// until [`Self::recover`] is called; everything before the block at fault comes before its error, as in reading by one thread.
///
/// At most twice as many blocks as there are threads are held in memory, with at most
/// [`ParallelOptions::items_ahead`] items each. Bytes are read by the thread that takes the items. Where they come slowly, the
/// items of a block may wait until the next block has come. When dropped, the threads end with the items that they are at.
///
/// # Panics
///
/// With the panic of the work, where that panicked.
pub struct ParallelReader<R, T> {
    reader: Reader<R>,
    workers: Workers<T>,
    options: ParallelOptions,
    /// The blocks that are worked on, in the order of the file.
    ahead: VecDeque<Ahead<T>>,
    reading: Reading,
    stopped: Option<Fault>,
}

/// A block that is worked on.
struct Ahead<T> {
    frame: Frame,
    range: Range<u64>,
    results: Receiver<Outcome<T>>,
}

/// What a thread says about a block.
pub(super) enum Outcome<T> {
    /// It is decompressed, to so many bytes.
    Decompressed(usize),
    Item(T),
    /// There are no more items.
    End(Result<(), ContainerError>),
}

/// A block that a thread is to work on.
pub(super) struct Job<T> {
    pub(super) block: RawBlock<'static>,
    pub(super) results: SyncSender<Outcome<T>>,
}

/// How the reading ahead stands.
enum Reading {
    GoesOn,
    /// The file has ended.
    Ended,
    /// What comes next has no sound frame, which is said when it is its turn.
    Failed(ContainerError),
}

/// Why nothing more is given.
enum Fault {
    /// There was no sound frame.
    Frame,
    /// The content of the block that takes this place is bad.
    Content(Range<u64>),
}

/// Takes the items that are made of a block.
#[derive(Debug)]
pub struct Outlet<'a, T> {
    pub(super) results: &'a SyncSender<Outcome<T>>,
}

/// The early end of the work on a block: an error, or nobody takes the items any more.
#[derive(Debug)]
pub struct Halt(pub(super) Option<ContainerError>);

impl<T> Outlet<'_, T> {
    /// Hands out an item. Waits while as many as allowed have not been taken.
    ///
    /// # Errors
    ///
    /// Nobody takes them any more: the work is to end, with this error.
    pub fn send(&self, item: T) -> Result<(), Halt> {
        self.results.send(Outcome::Item(item)).map_err(|_| Halt(None))
    }
}

impl From<ContainerError> for Halt {
    fn from(error: ContainerError) -> Self {
        Self(Some(error))
    }
}

impl<R: Read> Reader<R> {
    /// Goes on with several threads. Each takes one block after another, decompresses it and does its work, which hands out
    /// items; they come in the order of the file. `start` makes the work of each thread. What threads have in common slows them
    /// down when they write to it, be it to count references.
    ///
    /// An item should stand for some dozens of records or some kilobytes, so that handing it over is little beside making it.
    ///
    /// ```
    /// use cognate_codec::avro::container::{ContainerError, ParallelOptions, Reader, Writer};
    ///
    /// let mut writer = Writer::new(Vec::new(), r#""string""#)?;
    /// for record in [b"\x02a", b"\x02b", b"\x02c"] {
    ///     writer.append_encoded(record)?;
    ///     writer.flush_block()?;
    /// }
    /// let file = writer.finish()?;
    ///
    /// let blocks = Reader::new(file.as_slice())?
    ///     .parallel(ParallelOptions::available(), || |block, outlet| outlet.send(block.data().to_ascii_uppercase()));
    /// assert_eq!(blocks.collect::<Result<Vec<_>, _>>()?, [b"\x02A", b"\x02B", b"\x02C"]);
    /// # Ok::<(), ContainerError>(())
    /// ```
    pub fn parallel<T, W>(
        self,
        options: ParallelOptions,
        mut start: impl FnMut() -> W + Send + 'static,
    ) -> ParallelReader<R, T>
    where
        T: Send + 'static,
        W: FnMut(&Block<'_>, &Outlet<'_, T>) -> Result<(), Halt> + Send + 'static,
    {
        let workers = Workers::new(options, Box::new(move || Box::new(start())));
        let (ahead, reading) = (VecDeque::new(), Reading::GoesOn);
        ParallelReader { reader: self, workers, options, ahead, reading, stopped: None }
    }
}

impl<R: Read, T: Send + 'static> ParallelReader<R, T> {
    /// Goes on behind the block at fault, as [`Reader::recover`] does.
    ///
    /// # Errors
    ///
    /// The stream fails. The call may be repeated.
    pub fn recover(&mut self) -> Result<Skipped, ContainerError> {
        let skipped = match &self.stopped {
            None => Skipped::nothing(self.reader.position()),
            Some(Fault::Content(range)) => Skipped::block(range.clone()),
            Some(Fault::Frame) => self.reader.recover()?,
        };
        self.stopped = None;
        Ok(skipped)
    }

    /// Reads a block and gives it to the threads, if the bounds allow; whether it did.
    fn read_ahead(&mut self) -> bool {
        if !matches!(self.reading, Reading::GoesOn) || self.ahead.len() >= self.options.blocks_ahead() {
            return false;
        }
        match self.start_block() {
            Ok(Some(block)) => self.ahead.push_back(block),
            Ok(None) => self.reading = Reading::Ended,
            Err(error) => self.reading = Reading::Failed(error),
        }
        true
    }

    fn start_block(&mut self) -> Result<Option<Ahead<T>>, ContainerError> {
        let Some(frame) = self.reader.next_frame()? else { return Ok(None) };
        let (sender, results) = mpsc::sync_channel(self.options.items_ahead);
        let block = self.reader.raw_block(&frame).into_owned();
        let range = frame.offset()..self.reader.position();
        let decompressor = self.reader.new_decompressor();
        self.workers.start(Job { block, results: sender }, decompressor)?;
        Ok(Some(Ahead { frame, range, results }))
    }

    /// What the oldest block has to say.
    fn take(&mut self, outcome: Outcome<T>) -> Option<Result<T, ContainerError>> {
        match outcome {
            Outcome::Item(item) => Some(Ok(item)),
            Outcome::End(Ok(())) => {
                self.ahead.pop_front();
                None
            }
            Outcome::End(Err(error)) => Some(Err(self.stop(error))),
            Outcome::Decompressed(size) => {
                // What is counted over all blocks has to be counted in their order.
                let front = self.ahead.front()?.frame;
                let error = self.reader.count_records(&front, size).err()?;
                Some(Err(self.stop(error)))
            }
        }
    }

    /// Gives nothing more of the oldest block, which is at fault.
    fn stop(&mut self, error: ContainerError) -> ContainerError {
        self.stopped = self.ahead.pop_front().map(|block| Fault::Content(block.range));
        error
    }

    /// A thread has ended without a word.
    #[cold]
    fn lost(&mut self) -> ContainerError {
        let place = self.ahead.front().map_or(Place::Call, |block| block.frame.place());
        self.ahead.clear();
        self.reading = Reading::Ended;
        match self.workers.end() {
            Some(panic) => resume_unwind(panic),
            None => Reason::Stopped.at(place),
        }
    }
}

impl<R, T> ParallelReader<R, T> {
    /// The header.
    pub fn header(&self) -> &Header {
        &self.reader.header
    }

    /// The reader below, which is further on than what has been taken.
    pub fn reader(&self) -> &Reader<R> {
        &self.reader
    }
}

impl<R: Read, T: Send + 'static> Iterator for ParallelReader<R, T> {
    type Item = Result<T, ContainerError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.stopped.is_some() {
            return None;
        }
        loop {
            // What is there is given before more is read, which may take its time.
            let ready = self.ahead.front().map(|block| block.results.try_recv());
            let outcome = match ready {
                Some(Ok(outcome)) => outcome,
                Some(Err(TryRecvError::Disconnected)) => return Some(Err(self.lost())),
                None | Some(Err(TryRecvError::Empty)) => {
                    if self.read_ahead() {
                        continue;
                    }
                    match self.ahead.front().map(|block| block.results.recv()) {
                        Some(Ok(outcome)) => outcome,
                        Some(Err(_)) => return Some(Err(self.lost())),
                        None => {
                            let Reading::Failed(error) = core::mem::replace(&mut self.reading, Reading::GoesOn) else {
                                self.reading = Reading::Ended;
                                return None;
                            };
                            self.stopped = Some(Fault::Frame);
                            return Some(Err(error));
                        }
                    }
                }
            };
            if let Some(result) = self.take(outcome) {
                return Some(result);
            }
        }
    }
}

impl<R, T> Drop for ParallelReader<R, T> {
    fn drop(&mut self) {
        // Threads that wait for their items to be taken wait no longer.
        self.ahead.clear();
        self.workers.end();
    }
}

impl<R: fmt::Debug, T> fmt::Debug for ParallelReader<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ahead: Vec<u64> = self.ahead.iter().map(|block| block.frame.index).collect();
        f.debug_struct("ParallelReader")
            .field("reader", &self.reader)
            .field("options", &self.options)
            .field("ahead", &ahead)
            .finish_non_exhaustive()
    }
}

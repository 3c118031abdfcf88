//! The threads that work on blocks.

use std::{
    any::Any,
    boxed::Box,
    string::String,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread::{self, JoinHandle},
    vec::Vec,
};

use super::{
    Block, ContainerError, Decompressor,
    error::{Place, Reason},
    parallel::{Halt, Job, Outcome, Outlet, ParallelOptions},
};

/// What a thread does with each of its blocks.
pub(super) type Work<T> = Box<dyn FnMut(&Block<'_>, &Outlet<'_, T>) -> Result<(), Halt> + Send>;

/// Makes the work of one more thread.
pub(super) type Start<T> = Box<dyn FnMut() -> Work<T> + Send>;

/// Threads that take jobs from one queue. They are started as jobs come.
pub(super) struct Workers<T> {
    options: ParallelOptions,
    start: Start<T>,
    threads: Vec<JoinHandle<()>>,
    /// Where jobs go; nothing once the threads are to end.
    queue: Option<Sender<Job<T>>>,
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    jobs: Mutex<Receiver<Job<T>>>,
    /// Jobs that are still in the queue are not wanted any more.
    ended: AtomicBool,
}

impl<T: Send + 'static> Workers<T> {
    pub(super) fn new(options: ParallelOptions, start: Start<T>) -> Self {
        let (queue, jobs) = mpsc::channel();
        let shared = Arc::new(Shared { jobs: Mutex::new(jobs), ended: AtomicBool::new(false) });
        Self { options, start, threads: Vec::new(), queue: Some(queue), shared }
    }

    /// Puts a job behind the others, for one of the threads or for one more.
    pub(super) fn start(
        &mut self,
        job: Job<T>,
        decompressor: Result<Decompressor, ContainerError>,
    ) -> Result<(), ContainerError> {
        if self.threads.len() < self.options.jobs().get() {
            let (decompressor, work, shared) = (decompressor?, (self.start)(), Arc::clone(&self.shared));
            let mut builder = thread::Builder::new().name(String::from("avro-block"));
            if let Some(bytes) = self.options.stack() {
                builder = builder.stack_size(bytes);
            }
            match builder.spawn(move || shared.run(decompressor, work)) {
                Ok(thread) => self.threads.push(thread),
                // Those that there are can do it.
                Err(_) if !self.threads.is_empty() => {}
                Err(error) => return Err(Reason::Io(error).at(Place::Call)),
            }
        }
        // The receiver lives as long as `shared`.
        self.queue.as_ref().and_then(|queue| queue.send(job).ok()).ok_or_else(|| Reason::Stopped.at(Place::Call))
    }
}

impl<T> Workers<T> {
    /// Ends the threads, with the panic of one that panicked.
    pub(super) fn end(&mut self) -> Option<Box<dyn Any + Send>> {
        self.shared.ended.store(true, Ordering::Relaxed);
        self.queue = None;
        let mut panic = None;
        for thread in self.threads.drain(..) {
            panic = thread.join().err().or(panic);
        }
        panic
    }
}

impl<T> Shared<T> {
    fn run(&self, mut decompressor: Decompressor, mut work: Work<T>) {
        let mut data = Vec::new();
        loop {
            let job = self.jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(Job { block, results }) = job else { return };
            if self.ended.load(Ordering::Relaxed) {
                return;
            }
            let end = match decompressor.decompress_alone(&block, &mut data) {
                Err(error) => Err(Halt(Some(error))),
                // An outcome that nobody takes is found out by the next.
                Ok(block) => results
                    .send(Outcome::Decompressed(block.data().len()))
                    .map_err(|_| Halt(None))
                    .and_then(|()| work(&block, &Outlet { results: &results })),
            };
            let outcome = match end {
                Ok(()) => Ok(()),
                Err(Halt(Some(error))) => Err(error),
                Err(Halt(None)) => continue,
            };
            // Whether somebody still takes it does not matter any more.
            drop(results.send(Outcome::End(outcome)));
        }
    }
}

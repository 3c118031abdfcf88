//! Collects the tasks of a tagged wire: 10,000 `log` records as one message.

use std::fmt::Debug;
use std::hint::black_box;

use crate::data::log::Logs;
use crate::data::{Dataset, log::LogList};
use crate::task::{Operation, Role, Task};

/// Collects tasks, each verified as it is added.
#[derive(Debug)]
pub struct Suite {
    /// The message's value.
    pub logs: &'static Logs<String>,
    /// Its encoding. Every encoder added must agree with it.
    pub bytes: &'static [u8],
    dataset: &'static str,
    tasks: Vec<Task>,
}

impl Suite {
    /// The message, and its encoding by an encoder that the others have to agree with.
    pub fn new(dataset: &'static str, encode: impl FnOnce(&Logs<String>, &mut Vec<u8>)) -> Self {
        let logs: &'static Logs<String> = Box::leak(Box::new(LogList::records().remove(0)));
        let mut bytes = Vec::new();
        encode(logs, &mut bytes);
        Self { logs, bytes: bytes.leak(), dataset, tasks: Vec::new() }
    }

    /// Adds a decoder.
    ///
    /// # Panics
    ///
    /// When the message does not decode, or `check` does not find it equal to the value.
    pub fn decode<T, E: Debug>(
        &mut self,
        operation: Operation,
        (contender, role): (&'static str, Role),
        decode: impl Fn(&'static [u8]) -> Result<T, E> + 'static,
        check: impl FnOnce(T, &'static Logs<String>) -> bool,
    ) {
        let bytes = self.bytes;
        let value = decode(bytes).unwrap_or_else(|error| panic!("{contender}, {operation}: {error:?}"));
        assert!(check(value, self.logs), "{contender}, {operation}: another value");
        self.push(operation, contender, role, Box::new(move || drop(black_box(decode(black_box(bytes))))));
    }

    /// Adds an encoder that appends the value to a buffer.
    ///
    /// # Panics
    ///
    /// When its bytes are others.
    pub fn encode<T: 'static>(
        &mut self,
        (contender, role): (&'static str, Role),
        value: T,
        mut encode: impl FnMut(&T, &mut Vec<u8>) + 'static,
    ) {
        let mut out = Vec::new();
        encode(&value, &mut out);
        assert!(out == self.bytes, "{contender}: other bytes");
        let run = move || {
            out.clear();
            encode(black_box(&value), &mut out);
            black_box(out.as_slice());
        };
        self.push(Operation::Encode, contender, role, Box::new(run));
    }

    /// The tasks added, those of one operation together.
    pub fn into_tasks(mut self) -> Vec<Task> {
        self.tasks.sort_by_key(|task| task.operation);
        self.tasks
    }

    fn push(&mut self, operation: Operation, contender: &'static str, role: Role, run: Box<dyn FnMut()>) {
        let records = self.logs.entries.len();
        self.tasks.push(Task { dataset: self.dataset, operation, contender, role, records, run });
    }
}

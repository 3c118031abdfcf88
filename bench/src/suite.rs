//! Collects the Avro tasks of one dataset, each verified as it is added.

use std::fmt::Debug;
use std::hint::black_box;

use crate::data::Dataset;
use crate::hand::avro::HandWritten;
use crate::task::{Operation, Role, Task};

/// The records of a dataset, their encodings, and the tasks upon them.
///
/// The records live as long as the program, so that tasks may borrow from them.
pub struct Suite<D: Dataset> {
    /// The records, as made.
    pub records: &'static [D::Owned],
    /// One datum per record. Every encoder added must agree with them.
    pub datums: &'static [&'static [u8]],
    units: usize,
    tasks: Vec<Task>,
}

impl<D: HandWritten> Suite<D> {
    /// Makes the records and, with the hand-written encoder, their encodings.
    pub fn new() -> Self {
        let records: &'static [D::Owned] = D::records().leak();
        let mut bytes = Vec::new();
        let ends: Vec<usize> = records
            .iter()
            .map(|record| {
                D::write(record, &mut bytes);
                bytes.len()
            })
            .collect();
        let bytes: &'static [u8] = bytes.leak();
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let datums: Vec<&'static [u8]> = starts.zip(&ends).map(|(start, &end)| &bytes[start..end]).collect();
        Self { records, datums: datums.leak(), units: records.iter().map(D::units).sum(), tasks: Vec::new() }
    }

    /// Adds a decoder of one datum.
    ///
    /// # Panics
    ///
    /// When a datum does not decode, or `check` does not find it equal to its record.
    pub fn decode<T, E: Debug>(
        &mut self,
        operation: Operation,
        (contender, role): (&'static str, Role),
        decode: impl Fn(&'static [u8]) -> Result<T, E> + 'static,
        check: impl Fn(T, &'static D::Owned) -> bool,
    ) {
        for (datum, record) in self.datums.iter().zip(self.records) {
            let value = decode(datum).unwrap_or_else(|error| panic!("{contender}, {} {operation}: {error:?}", D::NAME));
            assert!(check(value, record), "{contender}, {} {operation}: not {record:?}", D::NAME);
        }
        let datums = self.datums;
        let run = move || {
            for datum in datums {
                black_box(&decode(black_box(datum)));
            }
        };
        self.push(operation, contender, role, Box::new(run));
    }

    /// Adds an encoder that appends one value to a buffer.
    ///
    /// # Panics
    ///
    /// When a value's bytes are not those of its record.
    pub fn encode<T: 'static, E: Debug>(
        &mut self,
        (contender, role): (&'static str, Role),
        convert: impl Fn(&'static D::Owned) -> T,
        mut encode: impl FnMut(&T, &mut Vec<u8>) -> Result<(), E> + 'static,
    ) {
        let values: Vec<T> = self.records.iter().map(convert).collect();
        let mut out = Vec::new();
        for ((value, datum), record) in values.iter().zip(self.datums).zip(self.records) {
            out.clear();
            encode(value, &mut out).unwrap_or_else(|error| panic!("{contender}, {} encode: {error:?}", D::NAME));
            assert_eq!(out, *datum, "{contender}, {} encode of {record:?}", D::NAME);
        }
        let run = move || {
            out.clear();
            for value in &values {
                black_box(encode(black_box(value), &mut out).is_ok());
            }
            black_box(out.as_slice());
        };
        self.push(Operation::Encode, contender, role, Box::new(run));
    }

    /// The tasks added.
    pub fn into_tasks(self) -> Vec<Task> {
        self.tasks
    }

    fn push(&mut self, operation: Operation, contender: &'static str, role: Role, run: Box<dyn FnMut()>) {
        self.tasks.push(Task { dataset: D::NAME, operation, contender, role, records: self.units, run });
    }
}

impl<D: HandWritten> Default for Suite<D> {
    fn default() -> Self {
        Self::new()
    }
}

//! Collects the Thrift tasks of one dataset in one protocol: messages that every contender reads and writes.

use std::fmt::Debug;
use std::hint::black_box;

use bytes::BytesMut;

use crate::task::{Operation, Role, Task};

/// The messages of a dataset, and the tasks upon them.
pub struct Suite {
    /// The messages. They live as long as the program, so that tasks may borrow from them.
    pub messages: &'static [&'static [u8]],
    dataset: &'static str,
    units: usize,
    tasks: Vec<Task>,
}

/// How a contender reads and writes the messages.
pub struct Codec<I, T, O, D, E> {
    /// The contender's name.
    pub name: &'static str,
    /// What it reads from, made of a message beforehand.
    pub input: fn(&'static [u8]) -> I,
    /// Reads a message.
    pub decode: fn(&I) -> Result<T, D>,
    /// Writes a message behind what is there.
    pub encode: fn(&T, &mut O) -> Result<(), E>,
}

/// A buffer that contenders write to.
pub trait Output: AsRef<[u8]> + Default + 'static {
    /// Empties it and keeps its memory.
    fn empty(&mut self);
}

impl Suite {
    /// A suite of messages that hold so many records together.
    pub fn new(dataset: &'static str, messages: Vec<Vec<u8>>, units: usize) -> Self {
        let messages: Vec<&'static [u8]> = messages.into_iter().map(|bytes| &*bytes.leak()).collect();
        Self { messages: messages.leak(), dataset, units, tasks: Vec::new() }
    }

    /// Adds a peer: its decoding, which is into values that own what they have, and its encoding. `written` are the messages as
    /// it writes them, where it does not write what it reads.
    pub fn peer<I: 'static, T: 'static, O: Output, D: Debug + 'static, E: Debug + 'static>(
        &mut self,
        codec: &Codec<I, T, O, D, E>,
        written: Option<&[Vec<u8>]>,
    ) {
        self.decode(Operation::DecodeOwned, Role::Peer, codec, written);
        self.encode(Role::Peer, codec, written);
    }

    /// Adds a decoder.
    ///
    /// # Panics
    ///
    /// When a message does not decode, or does not become the same bytes again.
    pub fn decode<I: 'static, T: 'static, O: Output, D: Debug + 'static, E: Debug + 'static>(
        &mut self,
        operation: Operation,
        role: Role,
        codec: &Codec<I, T, O, D, E>,
        written: Option<&[Vec<u8>]>,
    ) {
        self.values(codec, written);
        self.decode_unchecked(operation, (codec.name, role), codec.input, codec.decode);
    }

    /// Adds a decoder whose values have been looked at already.
    pub fn decode_unchecked<I: 'static, T: 'static, D: Debug + 'static>(
        &mut self,
        operation: Operation,
        (contender, role): (&'static str, Role),
        input: fn(&'static [u8]) -> I,
        decode: fn(&I) -> Result<T, D>,
    ) {
        let inputs: Vec<I> = self.messages.iter().copied().map(input).collect();
        let run = move || {
            for input in &inputs {
                black_box(&decode(black_box(input)));
            }
        };
        self.push(operation, contender, role, Box::new(run));
    }

    /// Adds an encoder that appends all messages to one buffer.
    ///
    /// # Panics
    ///
    /// When a message does not become the same bytes again.
    pub fn encode<I, T: 'static, O: Output, D: Debug + 'static, E: Debug + 'static>(
        &mut self,
        role: Role,
        codec: &Codec<I, T, O, D, E>,
        written: Option<&[Vec<u8>]>,
    ) {
        let (values, encode, mut out) = (self.values(codec, written), codec.encode, O::default());
        let run = move || {
            out.empty();
            for value in &values {
                black_box(encode(black_box(value), &mut out).is_ok());
            }
            black_box(out.as_ref());
        };
        self.push(Operation::Encode, codec.name, role, Box::new(run));
    }

    /// Adds the floor of every decoder into owned values: a copy of a value, which allocates what it has and copies its bytes,
    /// and reads none of the wire.
    pub fn copies<I, T: Clone + 'static, O: Output, D: Debug + 'static, E: Debug + 'static>(
        &mut self,
        codec: &Codec<I, T, O, D, E>,
    ) {
        let values = self.values(codec, None);
        let run = move || {
            for value in &values {
                black_box(&black_box(value).clone());
            }
        };
        self.push(Operation::DecodeOwned, "clone of the value", Role::HandWritten, Box::new(run));
    }

    /// The tasks added, those of one operation together.
    pub fn into_tasks(mut self) -> Vec<Task> {
        self.tasks.sort_by_key(|task| task.operation);
        self.tasks
    }

    /// The messages' values, each seen to become the message again.
    fn values<I, T, O: Output, D: Debug + 'static, E: Debug + 'static>(
        &self,
        codec: &Codec<I, T, O, D, E>,
        written: Option<&[Vec<u8>]>,
    ) -> Vec<T> {
        let Codec { name, input, decode, encode } = codec;
        let value = |(index, message): (usize, &&'static [u8])| {
            let value = decode(&input(message)).unwrap_or_else(|error| panic!("{name}, {}: {error:?}", self.dataset));
            let mut out = O::default();
            encode(&value, &mut out).unwrap_or_else(|error| panic!("{name}, {} encode: {error:?}", self.dataset));
            let wanted = written.map_or(*message, |written| &*written[index]);
            assert!(out.as_ref() == wanted, "{name}, {}: other bytes of message {index}", self.dataset);
            value
        };
        self.messages.iter().enumerate().map(value).collect()
    }

    fn push(&mut self, operation: Operation, contender: &'static str, role: Role, run: Box<dyn FnMut()>) {
        self.tasks.push(Task { dataset: self.dataset, operation, contender, role, records: self.units, run });
    }
}

impl Output for Vec<u8> {
    fn empty(&mut self) {
        self.clear();
    }
}

impl Output for BytesMut {
    fn empty(&mut self) {
        self.clear();
    }
}

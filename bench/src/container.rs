//! The container tasks of one dataset: reading and writing a whole file in memory, per codec.

use std::fmt::{self, Debug};
use std::hint::black_box;
use std::marker::PhantomData;

use crate::avro::Contended;
use crate::data::Dataset;
use crate::hand::avro::{HandWritten, container as by_hand};
use crate::peers::{apache_avro, serde_avro_fast};
use crate::task::{Operation, Role, Task};

/// The codecs measured.
pub const CODECS: [&str; 4] = ["null", "deflate", "snappy", "zstandard"];

/// All tasks of the dataset. Each reader has read each writer's file before.
///
/// # Panics
///
/// When a reader does not give the records that were written.
pub fn tasks<D: Contended>() -> Vec<Task> {
    let mut tasks = Vec::new();
    for codec in CODECS {
        verify::<D>(codec);
        let mut file = Vec::new();
        by_hand::write::<D>(&D::records(), codec, &mut file);
        let file: &'static [u8] = file.leak();
        for Contender { name, role, write, mut read, .. } in contenders::<D>() {
            let records = crate::data::RECORDS;
            let mut task = |operation, run| {
                tasks.push(Task { dataset: D::NAME, operation, contender: name, role, records, run });
            };
            task(Operation::Read(codec), Box::new(move || read(black_box(file))));
            if let Some(mut write) = write {
                let mut out = Vec::new();
                let run = move || {
                    out.clear();
                    write(codec, &mut out);
                    black_box(out.as_slice());
                };
                task(Operation::Write(codec), Box::new(run));
            }
        }
    }
    tasks.sort_by_key(|task| task.operation);
    tasks
}

/// A library's container files of records of the type `T`.
pub trait Library<T>: Clone + 'static {
    /// Appends a file.
    fn write(&self, values: &[T], codec: &str, out: &mut Vec<u8>);

    /// Reads a file and hands every record over.
    fn read(&self, file: &[u8], each: impl FnMut(T));
}

/// One library with the records that it writes.
pub struct Contender {
    /// The name in tables.
    pub name: &'static str,
    /// The part in the ratios.
    pub role: Role,
    /// Appends the file of all records, with the codec named. `None` for a second way of reading.
    pub write: Option<Write>,
    /// Reads a file and throws its records away, unseen by the optimizer.
    pub read: Read,
    /// Reads a file and panics when its records are not the ones that were to be written.
    pub check: Read,
}

/// Reads a file.
pub type Read = Box<dyn FnMut(&[u8])>;

/// Appends a file, with the codec named.
pub type Write = Box<dyn FnMut(&str, &mut Vec<u8>)>;

impl Contender {
    /// A library and the records in its own types.
    pub fn new<T: Debug + PartialEq + 'static>(
        name: &'static str,
        role: Role,
        values: Vec<T>,
        library: impl Library<T>,
    ) -> Self {
        let values: &'static [T] = values.leak();
        let (writer, reader, checker) = (library.clone(), library.clone(), library);
        Self {
            name,
            role,
            write: Some(Box::new(move |codec, out| writer.write(black_box(values), codec, out))),
            read: Box::new(move |file| reader.read(file, |value| drop(black_box(value)))),
            check: Box::new(move |file| {
                let mut expected = values.iter();
                checker.read(file, |value| assert_eq!(Some(&value), expected.next(), "{name}"));
                assert_eq!(expected.len(), 0, "{name}: records are missing");
            }),
        }
    }
}

impl Debug for Contender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

fn contenders<D: Contended>() -> Vec<Contender> {
    let mut contenders = Vec::new();
    #[cfg(feature = "cognate")]
    contenders.extend(crate::cognate::container::contenders::<D>());
    contenders.extend([
        Contender::new(serde_avro_fast::NAME, Role::Peer, D::records(), serde_avro_fast::Library::<D>::new()),
        Contender::new(apache_avro::NAME, Role::Peer, D::records(), apache_avro::Library::<D>::new()),
        Contender::new("hand-written", Role::HandWritten, D::records(), ByHand::<D>(PhantomData)),
    ]);
    contenders
}

struct ByHand<D>(PhantomData<D>);

impl<D> Clone for ByHand<D> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<D: HandWritten> Library<D::Owned> for ByHand<D> {
    fn write(&self, values: &[D::Owned], codec: &str, out: &mut Vec<u8>) {
        by_hand::write::<D>(values, codec, out);
    }

    fn read(&self, file: &[u8], each: impl FnMut(D::Owned)) {
        by_hand::read::<D>(file, each).expect("a file of the schema");
    }
}

fn verify<D: Contended>(codec: &str) {
    let writers = contenders::<D>().into_iter().filter_map(|contender| contender.write);
    for mut write in writers {
        let mut file = Vec::new();
        write(codec, &mut file);
        for mut reader in contenders::<D>() {
            (reader.check)(&file);
        }
    }
}

impl<D: Dataset> Library<D::Owned> for serde_avro_fast::Library<D> {
    fn write(&self, values: &[D::Owned], codec: &str, out: &mut Vec<u8>) {
        serde_avro_fast::Library::write(self, values, codec, out);
    }

    fn read(&self, file: &[u8], each: impl FnMut(D::Owned)) {
        serde_avro_fast::Library::<D>::read(file, each);
    }
}

impl<D: Dataset> Library<D::Owned> for apache_avro::Library<D> {
    fn write(&self, values: &[D::Owned], codec: &str, out: &mut Vec<u8>) {
        apache_avro::Library::write(self, values, codec, out);
    }

    fn read(&self, file: &[u8], each: impl FnMut(D::Owned)) {
        apache_avro::Library::<D>::read(file, each);
    }
}

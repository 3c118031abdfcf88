//! The container tasks of one dataset: reading and writing a whole file in memory, per codec.

use std::hint::black_box;

use crate::data::Dataset;
use crate::hand::avro::{HandWritten, container as by_hand};
use crate::peers::{apache_avro, serde_avro_fast};
use crate::task::{Operation, Role, Task};

/// The codecs measured.
pub const CODECS: [&str; 4] = ["null", "deflate", "snappy", "zstandard"];

/// Writes a file: the records, the codec, where to.
pub type Write<D> = Box<dyn FnMut(&[<D as Dataset>::Owned], &str, &mut Vec<u8>)>;
/// Reads a file and hands every record to the function, which hides it from the optimizer.
pub type Read<D> = Box<dyn FnMut(&[u8], &mut dyn FnMut(<D as Dataset>::Owned))>;

/// One library's container file.
pub struct Container<D: Dataset> {
    /// The name in tables.
    pub name: &'static str,
    /// The part in the ratios.
    pub role: Role,
    /// Its writer.
    pub write: Write<D>,
    /// Its reader.
    pub read: Read<D>,
}

impl<D: Dataset> std::fmt::Debug for Container<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", D::NAME, self.name)
    }
}

/// All tasks of the dataset. Each reader has read each writer's file before.
///
/// # Panics
///
/// When a reader does not give the records that were written.
pub fn tasks<D: HandWritten>(contenders: fn() -> Vec<Container<D>>) -> Vec<Task> {
    let records: &'static [D::Owned] = D::records().leak();
    for codec in CODECS {
        verify::<D>(records, codec, &mut contenders());
    }
    let mut tasks = Vec::new();
    for codec in CODECS {
        let mut file = Vec::new();
        by_hand::write::<D>(records, codec, &mut file);
        let file: &'static [u8] = file.leak();
        for Container { name, role, mut write, mut read } in contenders() {
            let mut task = |operation, run| {
                tasks.push(Task { dataset: D::NAME, operation, contender: name, role, records: records.len(), run });
            };
            task(
                Operation::Read(codec),
                Box::new(move || read(black_box(file), &mut |record| drop(black_box(record)))),
            );
            let mut out = Vec::new();
            task(
                Operation::Write(codec),
                Box::new(move || {
                    out.clear();
                    write(black_box(records), codec, &mut out);
                    black_box(out.as_slice());
                }),
            );
        }
    }
    tasks.sort_by_key(|task| task.operation);
    tasks
}

/// The peers and the hand-written container.
///
/// # Panics
///
/// When the dataset's schema is not one; the readers and writers, when a file is not what it should be.
pub fn contenders<D: HandWritten>() -> Vec<Container<D>> {
    let fast = serde_avro_fast::schema::<D>();
    let apache = apache_avro::schema::<D>();
    vec![
        Container {
            name: serde_avro_fast::NAME,
            role: Role::Peer,
            write: Box::new(|records, codec, out| serde_avro_fast::write::<D>(fast, records, codec, out)),
            read: Box::new(|file, each| serde_avro_fast::read::<D>(file, each)),
        },
        Container {
            name: apache_avro::NAME,
            role: Role::Peer,
            write: Box::new(|records, codec, out| apache_avro::write::<D>(apache, records, codec, out)),
            read: Box::new(|file, each| apache_avro::read::<D>(file, each)),
        },
        Container {
            name: "hand-written",
            role: Role::HandWritten,
            write: Box::new(by_hand::write::<D>),
            read: Box::new(|file, each| by_hand::read::<D>(file, each).expect("a file of the schema")),
        },
    ]
}

fn verify<D: Dataset>(records: &[D::Owned], codec: &str, contenders: &mut [Container<D>]) {
    for writer in 0..contenders.len() {
        let mut file = Vec::new();
        (contenders[writer].write)(records, codec, &mut file);
        for reader in 0..contenders.len() {
            let mut expected = records.iter();
            (contenders[reader].read)(&file, &mut |record| assert_eq!(Some(&record), expected.next()));
            let names = [contenders[writer].name, contenders[reader].name];
            assert_eq!(expected.len(), 0, "{} {codec}, written and read by {names:?}", D::NAME);
        }
    }
}

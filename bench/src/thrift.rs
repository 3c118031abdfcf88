//! The Thrift tasks: `log`, `mixed` and footers of Parquet files, in Binary and Compact.

mod mixed;
mod parquet_peer;
mod pilota_peer;
mod respell;
mod suite;
mod thrift_crate;

pub use suite::{Codec, Output, Suite};

use crate::data::{Dataset, log::Log};
use crate::{Operation, Role, Task};
use thrift::protocol::{TBinaryOutputProtocol, TCompactInputProtocol};
use thrift_crate::{Value, footer, log, mixed as kinds};

/// All tasks, those of one dataset and one operation together, each verified.
pub fn tasks() -> Vec<Task> {
    [logs(), log_list(), mixed(), footer("footer", 6, 1), footer("footer-wide", 1000, 50)]
        .into_iter()
        .flatten()
        .collect()
}

fn logs() -> Vec<Task> {
    let records: Vec<log::Log> = Log::records().into_iter().map(log::Log::from).collect();
    let mut suites = Suites::new(["log (binary)", "log (compact)"], &records, records.len());
    #[cfg(feature = "cognate")]
    crate::cognate::thrift::log(&mut suites);
    suites.peers::<log::Log, pilota_peer::log::Log>(None);
    suites.into_tasks()
}

fn log_list() -> Vec<Task> {
    let list = log::Logs { entries: Log::records().into_iter().map(log::Log::from).collect() };
    let units = list.entries.len();
    let mut suites = Suites::new(["log-list (binary)", "log-list (compact)"], &[list], units);
    #[cfg(feature = "cognate")]
    crate::cognate::thrift::log_list(&mut suites);
    suites.peers::<log::Logs, pilota_peer::log::Logs>(None);
    suites.into_tasks()
}

fn mixed() -> Vec<Task> {
    let records = mixed::records();
    let mut suites = Suites::new(["mixed (binary)", "mixed (compact)"], &records, records.len());
    #[cfg(feature = "cognate")]
    crate::cognate::thrift::mixed(&mut suites);
    let turned: Vec<kinds::Mixed> = records.into_iter().map(mixed::with_doubles_turned).collect();
    suites.peers::<kinds::Mixed, pilota_peer::mixed::Mixed>(Some(&messages(&thrift_crate::compact(), &turned)));
    suites.into_tasks()
}

/// A footer, which is always in Compact. A record is a chunk of a column.
fn footer(dataset: &'static str, columns: usize, row_groups: usize) -> Vec<Task> {
    let bytes = parquet_peer::footer(columns, row_groups);
    // A small one many times: to ask the clock takes longer than a chunk.
    let footers = (500 / (columns * row_groups)).max(1);
    let mut suite = Suite::new(dataset, vec![bytes; footers], columns * row_groups * footers);
    #[cfg(feature = "cognate")]
    crate::cognate::thrift::footer(&mut suite);
    parquet_peer::add(&mut suite);
    peers_in_compact::<footer::FileMetaData, pilota_peer::footer::FileMetaData>(&mut suite, None);
    suite.into_tasks()
}

/// A dataset in both protocols.
pub(crate) struct Suites {
    /// In Binary.
    pub(crate) binary: Suite,
    /// In Compact.
    pub(crate) compact: Suite,
}

impl Suites {
    fn new<T: Value>([binary, compact]: [&'static str; 2], records: &[T], units: usize) -> Self {
        Self {
            binary: Suite::new(binary, messages(&thrift_crate::binary(), records), units),
            compact: Suite::new(compact, messages(&thrift_crate::compact(), records), units),
        }
    }

    /// Adds the peers, whose types are given. `turned` are the messages in Compact as pilota writes them.
    fn peers<T: Value + 'static, P: pilota::thrift::Message + 'static>(&mut self, turned: Option<&[Vec<u8>]>) {
        for codec in thrift_crate::binary::<T>() {
            self.binary.peer(&codec, None);
        }
        self.binary.peer(&pilota_peer::binary::<P>(), None);
        peers_in_compact::<T, P>(&mut self.compact, turned);
    }

    fn into_tasks(self) -> Vec<Task> {
        self.binary.into_tasks().into_iter().chain(self.compact.into_tasks()).collect()
    }
}

fn peers_in_compact<T, P>(suite: &mut Suite, turned: Option<&[Vec<u8>]>)
where
    T: Value + 'static,
    P: pilota::thrift::Message + 'static,
{
    for codec in thrift_crate::compact::<T>() {
        suite.peer(&codec, None);
    }
    let respelled: Vec<Vec<u8>> =
        suite.messages.iter().map(|message| to_binary::<T>(&respell::for_pilota(message))).collect();
    suite.decode(Operation::DecodeOwned, Role::Peer, &pilota_peer::compact_reader::<P>(), Some(&respelled));
    suite.encode(Role::Peer, &pilota_peer::compact_writer::<P, T>(), turned);
}

/// The records as the crate `thrift` writes them, with which all others have to agree.
fn messages<T: Value>([codec, _]: &[thrift_crate::Contender<T>; 2], records: &[T]) -> Vec<Vec<u8>> {
    let message = |record| {
        let mut bytes = Vec::new();
        (codec.encode)(record, &mut bytes).expect("a vector grows");
        bytes
    };
    records.iter().map(message).collect()
}

/// A message in Compact as the crate `thrift` writes it in Binary.
fn to_binary<T: Value>(message: &[u8]) -> Vec<u8> {
    let value = T::read(&mut TCompactInputProtocol::new(message)).expect("a message that it has written");
    let mut bytes = Vec::new();
    value.write(&mut TBinaryOutputProtocol::new(&mut bytes, true)).expect("a vector grows");
    bytes
}

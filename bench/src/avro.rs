//! The Avro tasks of all datasets.

use crate::data::big::Big;
use crate::data::log::{Log, LogList};
use crate::data::num::Num;
use crate::data::small::Small;
use crate::hand::avro::tasks as by_hand;
use crate::peers;
use crate::suite::Suite;
use crate::task::Task;

/// All tasks, those of one dataset and one operation together, each verified.
pub fn tasks() -> Vec<Task> {
    [of::<Small>(), of::<Big>(), of::<Num>(), of::<Log>(), of::<LogList>()].into_iter().flatten().collect()
}

fn of<D: Contended>() -> Vec<Task> {
    let mut suite = Suite::<D>::new();
    #[cfg(feature = "cognate")]
    crate::cognate::add(&mut suite);
    peers::serde_avro_fast::add(&mut suite);
    peers::apache_avro::add(&mut suite);
    by_hand::add(&mut suite);
    let mut tasks = suite.into_tasks();
    tasks.sort_by_key(|task| task.operation);
    tasks
}

#[cfg(feature = "cognate")]
pub use crate::cognate::Counterpart as Contended;
#[cfg(not(feature = "cognate"))]
pub use crate::hand::avro::HandWritten as Contended;

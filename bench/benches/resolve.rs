//! Avro data of another schema: decoding beside plain decoding and apache-avro, and what plans and verdicts take.

use std::time::Duration;

use cognate_bench::cognate::{planning, resolve};
use cognate_bench::measure::{Plan, measure};
use cognate_bench::table::{Columns, Report, Targets};
use cognate_bench::{Operation, Task};

fn main() {
    let mut tasks: Vec<Task> = resolve::tasks();
    tasks.extend(planning::tasks());
    let plan = Plan::within(Duration::from_secs(170), tasks.len());
    let measured = measure(&mut tasks, plan);
    println!("{}", Report { measured, targets, columns: Columns::Plain });
}

fn targets(dataset: &str, operation: Operation) -> Targets {
    let of_plain = match (dataset, operation) {
        (_, Operation::ResolveBorrowed("identity") | Operation::ResolveOwned("identity")) | (resolve::PAGES, _) => {
            Some(1.05)
        }
        (_, Operation::ResolveBorrowed(_)) => Some(1.5),
        (_, Operation::ResolveOwned(_)) => Some(1.3),
        // Per type: five times as many types take five times as long, and what the caches no longer hold.
        (_, Operation::Plan(planning::SIZES | planning::RECURSIVE)) => Some(2.0),
        _ => None,
    };
    let times_faster_than = match operation {
        Operation::ResolveOwned(change) if dataset != resolve::PAGES && change != resolve::ALIASED => {
            Some(("apache-avro", 8.0))
        }
        _ => None,
    };
    let nanoseconds = match operation {
        Operation::Plan(planning::WIDE) => Some(1e6),
        Operation::Check(_) => Some(1e5),
        _ => None,
    };
    Targets { of_plain, times_faster_than, nanoseconds, ..Targets::default() }
}

//! Container files: read and written whole, per codec, in records per second.

use std::time::Duration;

use cognate_bench::container::tasks;
use cognate_bench::data::{big::Big, log::Log};
use cognate_bench::measure::{Plan, measure};
use cognate_bench::table::{Columns, Report, Targets};

fn main() {
    let mut tasks = [tasks::<Log>(), tasks::<Big>()].into_iter().flatten().collect::<Vec<_>>();
    let plan = Plan::within(Duration::from_secs(130), tasks.len());
    let measured = measure(&mut tasks, plan);
    let targets = |_: &str, _| Targets { times_faster_than: Some(("apache-avro", 3.0)), ..Targets::default() };
    println!("{}", Report { measured, targets, columns: Columns::Rates });
}

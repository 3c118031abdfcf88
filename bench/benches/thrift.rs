//! Thrift: every dataset in its protocols, every contender, one table.

use std::time::Duration;

use cognate_bench::Operation;
use cognate_bench::measure::{Clock, Plan, measure};
use cognate_bench::table::{Columns, Report, Targets};
use cognate_bench::thrift;

fn main() {
    let mut tasks = thrift::tasks();
    let plan = Plan::within(Duration::from_secs(160), tasks.len()).by(Clock::Thread);
    let measured = measure(&mut tasks, plan);
    println!("{}", Report { measured, targets, columns: Columns::Bounds });
}

fn targets(dataset: &str, operation: Operation) -> Targets {
    let of_peers: &[_] = match operation {
        Operation::Encode => &[("thrift", 0.4), ("pilota", 0.8)],
        Operation::DecodePart => &[("parquet", 1.0)],
        _ if dataset.starts_with("footer") => &[("thrift", 0.33), ("pilota", 0.7), ("parquet", 1.0)],
        _ => &[("thrift", 0.33), ("pilota", 0.7)],
    };
    Targets { of_peers, ..Targets::default() }
}

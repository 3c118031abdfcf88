//! Thrift: 10,000 `log` records as one struct, in Binary and Compact.

use std::time::Duration;

use cognate_bench::Operation;
use cognate_bench::measure::{Plan, measure};
use cognate_bench::table::{Columns, Report, Targets};
use cognate_bench::thrift;

fn main() {
    let mut tasks = thrift::tasks();
    let plan = Plan::within(Duration::from_secs(60), tasks.len());
    let measured = measure(&mut tasks, plan);
    println!("{}", Report { measured, targets, columns: Columns::Bounds });
}

fn targets(_: &str, operation: Operation) -> Targets {
    let of_best_peer = match operation {
        Operation::DecodeOwned => Some(0.33),
        Operation::Encode => Some(0.4),
        _ => None,
    };
    Targets { of_best_peer, ..Targets::default() }
}

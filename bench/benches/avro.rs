//! Avro datums: every dataset, every contender, one table.

use std::time::Duration;

use cognate_bench::measure::{Plan, measure};
use cognate_bench::table::{Columns, Report, Targets};
use cognate_bench::{Operation, avro};

fn main() {
    let mut tasks = avro::tasks();
    let plan = Plan::within(Duration::from_secs(130), tasks.len());
    let measured = measure(&mut tasks, plan);
    println!("{}", Report { measured, targets, columns: Columns::Bounds });
}

fn targets(dataset: &str, operation: Operation) -> Targets {
    let of_best_peer = match (dataset, operation) {
        ("small", _) => 0.7,
        (_, Operation::DecodeBorrowed) => 0.35,
        (_, Operation::DecodeOwned) => 0.65,
        _ => 0.25,
    };
    Targets { of_best_peer: Some(of_best_peer), of_hand_written: Some(1.2), ..Targets::default() }
}

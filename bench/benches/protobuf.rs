//! Protobuf: the proof that one derived decode serves a tagged wire at hand-written speed.

use std::time::Duration;

use cognate_bench::measure::{Plan, measure};
use cognate_bench::protobuf;
use cognate_bench::table::{Columns, Report, Targets};

fn main() {
    let mut tasks = protobuf::suite().into_tasks();
    let plan = Plan::within(Duration::from_secs(40), tasks.len());
    let measured = measure(&mut tasks, plan);
    let targets = |_: &str, _| Targets { of_hand_written: Some(1.2), ..Targets::default() };
    println!("{}", Report { measured, targets, columns: Columns::Bounds });
}

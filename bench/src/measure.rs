//! Times tasks through criterion, in interleaved rounds.
//!
//! Criterion samples one contender after the other, so that a neighbour who takes the machine for a few seconds hits one of
//! them alone. Several short rounds over all contenders spread that, and the least time per record of all rounds is what the
//! ratios are made of: noise only ever adds time. It is taken of the iterations within the samples that criterion asks for.

use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};
use rustix::time::{ClockId, clock_gettime};

use crate::task::{Operation, Role, Task};

/// The variable that shortens a run, at the price of more noise.
pub const QUICK: &str = "BENCH_QUICK";

/// How long to measure.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How often to go over all tasks.
    pub rounds: u32,
    /// Of one task in one round.
    pub warm_up: Duration,
    /// Of one task in one round.
    pub measurement: Duration,
    /// Of one task in one round. At least 10.
    pub samples: usize,
    /// What time is taken by.
    pub clock: Clock,
}

/// What time is taken by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// The clock on the wall, which tasks of several threads need.
    Wall,
    /// The time of the calling thread on the processor: on a busy machine, other processes' turns do not count.
    Thread,
}

/// What was measured of one task.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The dataset.
    pub dataset: &'static str,
    /// What was done.
    pub operation: Operation,
    /// The contender.
    pub contender: &'static str,
    /// Its part in the ratios.
    pub role: Role,
    /// The least of all iterations, in nanoseconds per record.
    pub least: f64,
    /// The median of all samples, in nanoseconds per record.
    pub median: f64,
}

impl Plan {
    /// A plan that spends about `total` on `tasks` tasks, or a quarter of it when [`QUICK`] is set.
    pub fn within(total: Duration, tasks: usize) -> Self {
        let quick = std::env::var_os(QUICK).is_some();
        let rounds = if quick { 2 } else { 4 };
        let total = if quick { total / 4 } else { total };
        let share = total / u32::try_from(tasks.max(1)).unwrap_or(u32::MAX) / rounds;
        Self { rounds, warm_up: share / 5, measurement: share * 3 / 5, samples: 10, clock: Clock::Wall }
    }

    /// The plan with another clock.
    #[must_use]
    pub const fn by(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }
}

impl Clock {
    /// Runs a function and takes its time.
    fn time(self, run: &mut dyn FnMut()) -> Duration {
        match self {
            Self::Wall => {
                let start = Instant::now();
                run();
                start.elapsed()
            }
            Self::Thread => {
                let start = thread_time();
                run();
                thread_time().saturating_sub(start)
            }
        }
    }
}

fn thread_time() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("a time that is not negative")
}

/// Times the tasks that the command line's filter lets through.
pub fn measure(tasks: &mut [Task], plan: Plan) -> Vec<Measured> {
    let mut criterion = Criterion::default()
        .warm_up_time(plan.warm_up)
        .measurement_time(plan.measurement)
        .sample_size(plan.samples)
        .nresamples(1000)
        .without_plots()
        .configure_from_args();
    let mut samples: Vec<Vec<Sample>> = tasks.iter().map(|_| Vec::new()).collect();
    for round in 1..=plan.rounds {
        for (task, samples) in tasks.iter_mut().zip(&mut samples) {
            let taken = sample(&mut criterion, task, round, plan.clock);
            // The calls before the last ones are criterion's warm-up.
            samples.extend(&taken[taken.len().saturating_sub(plan.samples)..]);
        }
    }
    criterion.final_summary();
    tasks.iter().zip(samples).filter_map(|(task, samples)| summary(task, &samples)).collect()
}

/// Nanoseconds per record.
#[derive(Clone, Copy, Debug)]
struct Sample {
    /// Of all iterations together.
    mean: f64,
    /// Of the fastest one: on a busy machine hardly a whole sample is left alone.
    least: f64,
}

fn sample(criterion: &mut Criterion, task: &mut Task, round: u32, clock: Clock) -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut group = criterion.benchmark_group(task.dataset);
    group.throughput(Throughput::Elements(task.records as u64)).sampling_mode(SamplingMode::Flat);
    let id = BenchmarkId::new(format!("{}/{}", task.operation, task.contender), round);
    group.bench_function(id, |bencher| {
        bencher.iter_custom(|iterations| {
            let (mut elapsed, mut least) = (Duration::ZERO, Duration::MAX);
            for _ in 0..iterations {
                let taken = clock.time(&mut task.run);
                elapsed += taken;
                // The clock of a virtual machine's thread stands still at times.
                if !taken.is_zero() {
                    least = least.min(taken);
                }
            }
            let mean = per_record(elapsed, iterations, task.records);
            samples.push(Sample { mean, least: per_record(least, 1, task.records) });
            elapsed
        });
    });
    samples
}

#[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
fn per_record(elapsed: Duration, iterations: u64, records: usize) -> f64 {
    elapsed.as_secs_f64() * 1e9 / (iterations as f64 * records as f64)
}

fn summary(task: &Task, samples: &[Sample]) -> Option<Measured> {
    let mut means: Vec<f64> = samples.iter().map(|sample| sample.mean).collect();
    means.sort_by(f64::total_cmp);
    let least = samples.iter().map(|sample| sample.least).min_by(f64::total_cmp)?;
    let &median = means.get(means.len() / 2)?;
    let Task { dataset, operation, contender, role, .. } = *task;
    Some(Measured { dataset, operation, contender, role, least, median })
}

//! Steps that are timed as they run, and the summary at the end.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::process::exit_code;

/// What has run so far. Steps go on after a failure, so that one run shows all there is to mend.
pub(crate) struct Report {
    started: Instant,
    steps: Vec<Step>,
}

struct Step {
    name: &'static str,
    outcome: Outcome,
    took: Duration,
}

/// How a step ended.
pub(crate) enum Outcome {
    Passed,
    Failed(ExitCode),
    Skipped(String),
}

impl Report {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now(), steps: Vec::new() }
    }

    /// Runs a command as a step.
    pub(crate) fn command(&mut self, name: &'static str, mut command: Command) {
        self.step(name, || match command.status() {
            Ok(status) if status.success() => Outcome::Passed,
            Ok(status) => Outcome::Failed(exit_code(status)),
            Err(error) => {
                eprintln!("cannot start the step: {error}");
                Outcome::Failed(ExitCode::FAILURE)
            }
        });
    }

    /// Runs a closure as a step.
    pub(crate) fn step(&mut self, name: &'static str, work: impl FnOnce() -> Outcome) {
        eprintln!("\n== {name}");
        let started = Instant::now();
        let outcome = work();
        match &outcome {
            Outcome::Passed => {}
            Outcome::Failed(_) => eprintln!("failed: {name}"),
            Outcome::Skipped(reason) => eprintln!("skipped: {name}: {reason}"),
        }
        self.steps.push(Step { name, outcome, took: started.elapsed() });
    }

    /// Prints the summary; the code is that of the first step that failed.
    pub(crate) fn finish(self) -> ExitCode {
        let width = self.steps.iter().map(|step| step.name.len()).max().unwrap_or(0);
        eprintln!("\n== summary");
        let mut code = ExitCode::SUCCESS;
        let mut failed = 0_usize;
        for step in &self.steps {
            let word = match &step.outcome {
                Outcome::Passed => "ok".to_owned(),
                Outcome::Failed(own) => {
                    if failed == 0 {
                        code = *own;
                    }
                    failed += 1;
                    "FAILED".to_owned()
                }
                Outcome::Skipped(reason) => format!("skipped: {reason}"),
            };
            eprintln!("{:width$}  {:>7.1} s  {word}", step.name, step.took.as_secs_f64());
        }
        let total = self.started.elapsed().as_secs_f64();
        let verdict = match failed {
            0 => "all passed".to_owned(),
            count => format!("{count} of {} steps failed", self.steps.len()),
        };
        eprintln!("{:width$}  {total:>7.1} s  {verdict}", "total");
        code
    }
}

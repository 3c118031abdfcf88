//! Progress of long work, on a terminal only.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A progress bar that appears once the work has lasted a while, and disappears with it.
pub(crate) struct Progress {
    start: Instant,
    count: u64,
    state: State,
}

enum State {
    /// Never to be seen.
    Off,
    /// Not seen yet.
    Waiting {
        total: Option<u64>,
        unit: Unit,
    },
    Shown(ProgressBar),
}

#[derive(Clone, Copy)]
enum Unit {
    Bytes,
    Values,
}

/// Work that is done sooner shows no bar.
const PATIENCE: Duration = Duration::from_millis(700);

impl Progress {
    /// Progress through so many bytes. It is never shown unless `wanted` and standard error is a terminal.
    pub(crate) fn of_bytes(wanted: bool, total: Option<u64>) -> Self {
        Self::new(wanted, total, Unit::Bytes)
    }

    /// Progress through so many values.
    pub(crate) fn of_values(wanted: bool, total: u64) -> Self {
        Self::new(wanted, Some(total), Unit::Values)
    }

    fn new(wanted: bool, total: Option<u64>, unit: Unit) -> Self {
        let state = if wanted && io::stderr().is_terminal() { State::Waiting { total, unit } } else { State::Off };
        Self { start: Instant::now(), count: 0, state }
    }

    pub(crate) fn advance(&mut self, count: usize) {
        match &self.state {
            State::Off => {}
            State::Shown(bar) => bar.inc(u64::try_from(count).unwrap_or(u64::MAX)),
            State::Waiting { total, unit } => {
                self.count = self.count.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
                if self.start.elapsed() >= PATIENCE {
                    self.state = State::Shown(bar(*total, *unit, self.count, self.start.elapsed()));
                }
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let State::Shown(bar) = &self.state {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: Option<u64>, unit: Unit, count: u64, elapsed: Duration) -> ProgressBar {
    let template = match (unit, total) {
        (Unit::Bytes, Some(_)) => "{wide_bar} {bytes} of {total_bytes}, {binary_bytes_per_sec}, {eta} left",
        (Unit::Bytes, None) => "{spinner} {bytes}, {binary_bytes_per_sec}",
        (Unit::Values, _) => "{wide_bar} {human_pos} of {human_len}, {eta} left",
    };
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr()).with_elapsed(elapsed);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_position(count);
    bar
}

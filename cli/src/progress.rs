//! Progress of long work, on a terminal only.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A progress bar that appears once the work has lasted a while, and disappears with it.
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
    start: Instant,
    shown: bool,
}

/// Work that is done sooner shows no bar.
const PATIENCE: Duration = Duration::from_millis(700);

const BYTES: &str = "{wide_bar} {bytes} of {total_bytes}, {binary_bytes_per_sec}, {eta} left";
const BYTES_WITHOUT_END: &str = "{spinner} {bytes}, {binary_bytes_per_sec}";
const VALUES: &str = "{wide_bar} {human_pos} of {human_len}, {eta} left";

impl Progress {
    /// Progress through so many bytes. It is never shown unless `wanted` and standard error is a terminal.
    pub(crate) fn of_bytes(wanted: bool, total: Option<u64>) -> Self {
        Self::new(wanted, total, if total.is_some() { BYTES } else { BYTES_WITHOUT_END })
    }

    /// Progress through so many values.
    pub(crate) fn of_values(wanted: bool, total: u64) -> Self {
        Self::new(wanted, Some(total), VALUES)
    }

    fn new(wanted: bool, total: Option<u64>, template: &str) -> Self {
        let bar = (wanted && io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
            match ProgressStyle::with_template(template) {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        Self { bar, start: Instant::now(), shown: false }
    }

    pub(crate) fn advance(&mut self, count: usize) {
        let Some(bar) = &self.bar else { return };
        bar.inc(u64::try_from(count).unwrap_or(u64::MAX));
        if !self.shown && self.start.elapsed() >= PATIENCE {
            self.shown = true;
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

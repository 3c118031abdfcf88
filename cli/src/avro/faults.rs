//! What is said about container files at fault.

use cognate_codec::avro::container::ContainerError;

pub(super) use crate::faults::{reading, reason};
use crate::stop::Stop;

/// The end of a command for an error of a container file that is read.
pub(super) fn container(name: &str, error: &ContainerError) -> Stop {
    match error.io_error() {
        Some(error) => reading(name, error),
        None if error.is_limit() => {
            Stop::data(name, format_args!("{error}\nhelp: --max-size raises the limits of sizes"))
        }
        None => Stop::data(name, error),
    }
}

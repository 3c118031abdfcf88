//! What is said about data at fault.

use std::io;

use cognate_codec::{DecodeError, DecodeErrorKind};

use crate::hex::NotHex;
use crate::stop::Stop;

/// The end of a command that could not read its input on.
pub(crate) fn reading(name: &str, error: &io::Error) -> Stop {
    match NotHex::within(error) {
        Some(fault) => Stop::data(name, fault),
        None => Stop::io_named(name, error),
    }
}

/// Why a value cannot be decoded, with the way to the place in it.
pub(crate) fn reason(error: &DecodeError) -> String {
    let reason = match error.kind() {
        DecodeErrorKind::DepthLimit(limit) => {
            format!("values are nested deeper than the limit of {limit}, which --max-depth raises")
        }
        DecodeErrorKind::EmptyItemLimit(limit) => format!("more items without bytes than the limit of {limit}"),
        DecodeErrorKind::MemoryLimit(limit) => {
            format!("the value takes more memory than the limit of {limit} bytes, which --max-size raises")
        }
        kind => kind.to_string(),
    };
    if error.path().is_empty() { reason } else { format!("{}: {reason}", short(error.path().to_string())) }
}

/// The path into deeply nested values, without its middle.
fn short(path: String) -> String {
    const START: usize = 100;
    const END: usize = 60;
    let count = path.chars().count();
    if count <= START + END {
        return path;
    }
    let start: String = path.chars().take(START).collect();
    let end: String = path.chars().skip(count - END).collect();
    format!("{start}…{end}")
}

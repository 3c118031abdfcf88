//! Streams to printed values.

use cognate_codec::{DecodeError, DecodeErrorKind};

use super::Length;
use crate::faults;
use crate::input::Input;
use crate::stop::{Result, Stop};
use crate::window::Window;

/// What the values of a stream are, and how they are printed.
pub(crate) trait Values {
    /// What stands before the value at the front of the bytes, where it has no length: how many bytes it takes, `None` when
    /// they are not all there.
    fn prefix(&mut self, bytes: &[u8]) -> Result<Option<usize>, String>;

    /// Prints values from the front of the bytes. The error is one of the output.
    fn print(&mut self, bytes: &[u8], extent: Extent) -> Result<Printed>;

    /// Whether no value is wanted any more.
    fn is_done(&self) -> bool;

    /// Shows what is printed.
    fn flush(&mut self) -> Result<()>;

    /// Whether a stream without any bytes is a value.
    fn takes_no_bytes(&self) -> bool;
}

/// Where values are in some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// One value takes all of them.
    Whole,
    /// One value is at their front.
    One,
    /// As many as there are stand one behind the other, the last perhaps not to its end.
    Run,
}

/// What was printed.
#[derive(Default)]
pub(crate) struct Printed {
    /// The bytes of the values.
    pub(crate) bytes: usize,
    /// How many values they are.
    pub(crate) values: u64,
    /// What is wrong with the next one.
    pub(crate) fault: Option<Fault>,
}

/// What is wrong with a value.
pub(crate) enum Fault {
    /// It cannot be decoded.
    Decode {
        /// Where in the bytes the error's offsets start.
        start: usize,
        /// What of the value is at fault; empty for all of it.
        part: String,
        error: DecodeError,
        /// What may help; empty for nothing.
        help: String,
    },
    /// Something else.
    Other(String),
}

impl Fault {
    /// A part of a value cannot be decoded, which starts `start` bytes into the value.
    pub(crate) fn at(start: usize, part: String, error: DecodeError) -> Self {
        Self::Decode { start, part, error, help: String::new() }
    }

    /// The same where the value starts so many bytes into something.
    pub(crate) fn behind(mut self, bytes: usize) -> Self {
        if let Self::Decode { start, .. } = &mut self {
            *start += bytes;
        }
        self
    }
}

impl From<DecodeError> for Fault {
    fn from(error: DecodeError) -> Self {
        Self::at(0, String::new(), error)
    }
}

/// Prints the values of a stream. `length` is what stands before each.
pub(crate) fn print(input: Input, length: Option<Length>, max_size: usize, values: &mut impl Values) -> Result<()> {
    let (name, live) = (input.name().to_owned(), input.is_live());
    let mut stream = Stream { name, window: Window::new(input), length, max_size, index: 0 };
    while !values.is_done() {
        match stream.step(values)? {
            Step::Used(count) => stream.window.consume(count),
            Step::NeedsMore if stream.window.ended() => {
                if stream.window.offset() == 0
                    && values.takes_no_bytes()
                    && let Some(fault) = values.print(&[], Extent::Whole)?.fault
                {
                    return Err(stream.value_fault(0, &fault));
                }
                break;
            }
            Step::NeedsMore => {
                if live {
                    values.flush()?;
                }
                stream.read_more()?;
            }
        }
    }
    values.flush()
}

struct Stream {
    name: String,
    window: Window<Input>,
    length: Option<Length>,
    max_size: usize,
    /// The number of the next value, counted from 0.
    index: u64,
}

enum Step {
    /// Values were printed, which took so many bytes.
    Used(usize),
    /// The bytes that are there hold no whole value.
    NeedsMore,
}

impl Stream {
    fn read_more(&mut self) -> Result<()> {
        let have = self.window.bytes().len();
        if have >= self.max_size {
            return Err(self.too_large(have));
        }
        self.window.extend().map_err(|error| faults::reading(&self.name, &error))?;
        Ok(())
    }

    fn step(&mut self, values: &mut impl Values) -> Result<Step> {
        let bytes = self.window.bytes();
        if bytes.is_empty() {
            return Ok(Step::NeedsMore);
        }
        if let Some(length) = self.length {
            return match length.read(bytes).map_err(|problem| self.fault(problem))? {
                Some((size, _)) if size > self.max_size => Err(self.too_large(size)),
                Some((size, before)) => self.sized(before, size, values),
                None => self.incomplete(),
            };
        }
        match values.prefix(bytes).map_err(|problem| self.fault(&problem))? {
            Some(before) => self.open(before, values),
            None => self.incomplete(),
        }
    }

    /// What stands before a value is not all there.
    fn incomplete(&self) -> Result<Step> {
        if !self.window.ended() {
            return Ok(Step::NeedsMore);
        }
        let have = self.window.bytes().len();
        Err(self.fault(&format!("the input ends within what stands before a value, after {have} bytes")))
    }

    /// A value behind its length.
    fn sized(&mut self, before: usize, size: usize, values: &mut impl Values) -> Result<Step> {
        let Some(bytes) = self.window.bytes().get(before..before + size) else {
            if !self.window.ended() {
                return Ok(Step::NeedsMore);
            }
            let left = self.window.bytes().len().saturating_sub(before);
            return Err(self.fault(&format!("the input ends within the value ({size} bytes needed, {left} left)")));
        };
        if let Some(fault) = values.print(bytes, Extent::Whole)?.fault {
            return Err(self.value_fault(before, &fault));
        }
        self.index += 1;
        Ok(Step::Used(before + size))
    }

    /// Values that only decoding tells the ends of.
    fn open(&mut self, before: usize, values: &mut impl Values) -> Result<Step> {
        let bytes = self.window.bytes().get(before..).unwrap_or_default();
        let extent = if before == 0 { Extent::Run } else { Extent::One };
        let printed = values.print(bytes, extent)?;
        self.index += printed.values;
        match printed.fault {
            Some(fault) if !self.may_be_cut(&fault) => Err(self.value_fault_at(printed.bytes, before, &fault)),
            _ if printed.values == 0 => Ok(Step::NeedsMore),
            _ => Ok(Step::Used(before + printed.bytes)),
        }
    }

    /// Whether the fault may come from nothing but the end of the bytes that are there. A count of items that is more than the
    /// bytes can hold is one of the cases.
    fn may_be_cut(&self, fault: &Fault) -> bool {
        let Fault::Decode { error, .. } = fault else { return false };
        let is_short = error.is_truncated()
            || matches!(error.kind(), DecodeErrorKind::EmptyItemLimit(_) | DecodeErrorKind::BlockSize { .. });
        is_short && !self.window.ended()
    }

    #[cold]
    fn value_fault(&self, before: usize, fault: &Fault) -> Stop {
        self.value_fault_at(0, before, fault)
    }

    /// The fault of a value that starts `start` bytes into the window. What was to be printed starts `before` bytes into it.
    #[cold]
    fn value_fault_at(&self, start: usize, before: usize, fault: &Fault) -> Stop {
        let at = |inside: usize| self.window.offset() + u64::try_from(inside).unwrap_or_default();
        let (index, value) = (self.index, at(start));
        match fault {
            Fault::Decode { start: inside, part, error, help } => {
                let place = at(before + inside + error.offset());
                let part = if part.is_empty() { "" } else { &format!("{part}: ") };
                let help = if help.is_empty() { "" } else { &format!("; {help}") };
                let reason = faults::reason(error);
                Stop::data(
                    &self.name,
                    format_args!("value {index} at byte {value}: {part}{reason} (byte {place} of the input){help}"),
                )
            }
            Fault::Other(problem) => Stop::data(&self.name, format_args!("value {index} at byte {value}: {problem}")),
        }
    }

    #[cold]
    fn fault(&self, problem: &str) -> Stop {
        Stop::data(&self.name, format_args!("value {} at byte {}: {problem}", self.index, self.window.offset()))
    }

    #[cold]
    fn too_large(&self, size: usize) -> Stop {
        let limit = self.max_size;
        self.fault(&format!("the value takes {size} bytes or more, over the limit of {limit}, which --max-size raises"))
    }
}

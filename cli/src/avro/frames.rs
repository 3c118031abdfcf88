//! Values that follow one another in a stream, with or without something before each.

use cognate_codec::avro::single_object::{self, HEADER_LEN};
use cognate_codec::{DecodeError, DecodeErrorKind};
use cognate_schema::avro::ReadPlan;

use super::faults;
use super::printer::Printer;
use crate::commands::Framing;
use crate::delimited;
use crate::input::Input;
use crate::stop::{Result, Stop};
use crate::window::Window;

/// How a stream is read.
pub(super) struct Options {
    pub(super) framing: Framing,
    /// The fingerprint of the schema, which single-object messages must have.
    pub(super) fingerprint: u64,
    /// The id that messages of the confluent framing must have.
    pub(super) schema_id: Option<u32>,
    pub(super) max_size: usize,
    /// Whether the schema's values take no bytes.
    pub(super) empty: bool,
}

/// Prints the values of a stream.
pub(super) fn decode(input: Input, options: &Options, plan: &ReadPlan, printer: &mut Printer) -> Result<()> {
    let (name, live) = (input.name().to_owned(), input.is_live());
    let mut stream = Stream { name, window: Window::new(input), options, plan, index: 0 };
    while !printer.is_done() {
        let used = match stream.step(printer)? {
            Step::Used(count) => count,
            Step::NeedsMore if stream.window.ended() => {
                stream.value_without_bytes(printer)?;
                break;
            }
            Step::NeedsMore => {
                if live {
                    printer.flush()?;
                }
                stream.read_more()?;
                continue;
            }
        };
        stream.window.consume(used);
    }
    printer.flush()
}

struct Stream<'a> {
    name: String,
    window: Window<Input>,
    options: &'a Options,
    plan: &'a ReadPlan,
    /// The number of the next value, counted from 0.
    index: u64,
}

enum Step {
    /// Values were printed, which took so many bytes.
    Used(usize),
    /// The bytes that are there hold no whole value.
    NeedsMore,
}

/// What stands before a value.
enum Prefix {
    /// It takes so many bytes, and the value behind it as many as it does.
    Open(usize),
    /// It takes so many bytes, and the value behind it must take a number that is given.
    Sized(usize, usize),
    /// The bytes do not hold all of it.
    Incomplete,
}

impl Stream<'_> {
    fn read_more(&mut self) -> Result<()> {
        let have = self.window.bytes().len();
        if have >= self.options.max_size {
            return Err(self.too_large(have));
        }
        self.window.extend().map_err(|error| faults::reading(&self.name, &error))?;
        Ok(())
    }

    fn step(&mut self, printer: &mut Printer) -> Result<Step> {
        if self.window.bytes().is_empty() {
            return Ok(Step::NeedsMore);
        }
        match self.prefix()? {
            Prefix::Incomplete if self.window.ended() => {
                let problem = format!(
                    "the input ends within what stands before a value, after {} bytes",
                    self.window.bytes().len()
                );
                Err(self.fault(&problem))
            }
            Prefix::Incomplete => Ok(Step::NeedsMore),
            Prefix::Sized(before, size) => self.sized(before, size, printer),
            Prefix::Open(0) => self.run_of_values(printer),
            Prefix::Open(before) => self.open(before, printer),
        }
    }

    fn prefix(&self) -> Result<Prefix> {
        let bytes = self.window.bytes();
        match self.options.framing {
            Framing::Raw | Framing::Ocf => Ok(Prefix::Open(0)),
            Framing::SingleObject if bytes.len() < HEADER_LEN => Ok(Prefix::Incomplete),
            Framing::SingleObject => {
                let (found, _) = single_object::split(bytes).map_err(|error| self.fault(&faults::reason(&error)))?;
                let expected = self.options.fingerprint;
                if found != expected {
                    return Err(self.fault(&format!(
                        "the message's schema has the fingerprint {found:016x}, and the one of --schema {expected:016x}"
                    )));
                }
                Ok(Prefix::Open(HEADER_LEN))
            }
            Framing::Confluent => {
                let Some(&[magic, ref id @ ..]) = bytes.first_chunk::<5>() else { return Ok(Prefix::Incomplete) };
                if magic != 0 {
                    return Err(self.fault(&format!("the message starts with {magic:#04x}, not with a zero byte")));
                }
                let id = u32::from_be_bytes(*id);
                match self.options.schema_id {
                    Some(expected) if expected != id => {
                        Err(self.fault(&format!("the message's schema has the id {id}, not {expected}")))
                    }
                    _ => Ok(Prefix::Open(5)),
                }
            }
            Framing::Delimited => self.length(),
        }
    }

    fn length(&self) -> Result<Prefix> {
        match delimited::length(self.window.bytes()).map_err(|problem| self.fault(problem))? {
            Some((size, _)) if size > self.options.max_size => Err(self.too_large(size)),
            Some((size, before)) => Ok(Prefix::Sized(before, size)),
            None => Ok(Prefix::Incomplete),
        }
    }

    fn sized(&mut self, before: usize, size: usize, printer: &mut Printer) -> Result<Step> {
        let Some(bytes) = self.window.bytes().get(before..before + size) else {
            if !self.window.ended() {
                return Ok(Step::NeedsMore);
            }
            let left = self.window.bytes().len().saturating_sub(before);
            return Err(self.fault(&format!("the input ends within the value ({size} bytes needed, {left} left)")));
        };
        match self.plan.decode(bytes, printer.limits) {
            Ok(value) => printer.print(&value)?,
            Err(error) => return Err(self.value_fault(before, &error)),
        }
        self.index += 1;
        Ok(Step::Used(before + size))
    }

    /// One value behind a prefix.
    fn open(&mut self, before: usize, printer: &mut Printer) -> Result<Step> {
        let bytes = self.window.bytes().get(before..).unwrap_or_default();
        let mut decoder = self.plan.decoder(bytes, printer.limits);
        match decoder.value() {
            Ok(value) => printer.print(&value)?,
            Err(error) if self.may_be_cut(&error) => return Ok(Step::NeedsMore),
            Err(error) => return Err(self.value_fault(before, &error)),
        }
        let used = before + decoder.offset();
        self.index += 1;
        Ok(Step::Used(used))
    }

    /// Where values take no bytes, a raw input without any is one of them: what encoding a value yields.
    fn value_without_bytes(&mut self, printer: &mut Printer) -> Result<()> {
        if self.options.framing != Framing::Raw || !self.options.empty || self.window.offset() > 0 {
            return Ok(());
        }
        let value = self.plan.decode(&[], printer.limits).map_err(|error| self.value_fault(0, &error))?;
        printer.print(&value)
    }

    /// As many values as there are. One decoder for all keeps count of what takes no bytes.
    fn run_of_values(&mut self, printer: &mut Printer) -> Result<Step> {
        let mut decoder = self.plan.decoder(self.window.bytes(), printer.limits);
        let (mut used, mut index) = (0, self.index);
        while decoder.remaining() > 0 && !printer.is_done() {
            match decoder.value() {
                Ok(value) => printer.print(&value)?,
                Err(error) if self.may_be_cut(&error) => break,
                Err(error) => {
                    self.index = index;
                    return Err(self.value_fault_at(used, 0, &error));
                }
            }
            if decoder.offset() == used {
                return Err(
                    self.fault("values of the schema take no bytes, so that raw data does not tell how many there are")
                );
            }
            used = decoder.offset();
            index += 1;
        }
        self.index = index;
        Ok(if used > 0 { Step::Used(used) } else { Step::NeedsMore })
    }

    /// Whether the error may come from nothing but the end of the bytes that are there. A count of items that is more than
    /// the bytes can hold is one of the cases.
    fn may_be_cut(&self, error: &DecodeError) -> bool {
        !self.window.ended()
            && (error.is_truncated() || error.is_limit() || matches!(error.kind(), DecodeErrorKind::BlockSize { .. }))
    }

    #[cold]
    fn value_fault(&self, before: usize, error: &DecodeError) -> Stop {
        self.value_fault_at(0, before, error)
    }

    /// The fault of a value that starts `start` bytes into the window; the error's offset is `before` bytes behind its own.
    #[cold]
    fn value_fault_at(&self, start: usize, before: usize, error: &DecodeError) -> Stop {
        let at = |inside: usize| self.window.offset() + u64::try_from(inside).unwrap_or_default();
        let (start, place) = (at(start), at(before + error.offset()));
        let (index, reason) = (self.index, faults::reason(error));
        Stop::data(&self.name, format_args!("value {index} at byte {start}: {reason} (byte {place} of the input)"))
    }

    #[cold]
    fn fault(&self, problem: &str) -> Stop {
        Stop::data(&self.name, format_args!("value {} at byte {}: {problem}", self.index, self.window.offset()))
    }

    #[cold]
    fn too_large(&self, size: usize) -> Stop {
        let limit = self.options.max_size;
        self.fault(&format!("the value takes {size} bytes or more, over the limit of {limit}, which --max-size raises"))
    }
}

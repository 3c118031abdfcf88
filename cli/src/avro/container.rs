//! Values of a container file.

use cognate_codec::avro::container::{ContainerError, ContainerLimits, Halt, Header, ParallelOptions, Reader, Skipped};
use cognate_schema::avro::Schema;

use super::blocks::{Piece, Rendering};
use super::printer::Printer;
use super::{faults, load, read_plan};
use crate::console::Console;
use crate::input::Input;
use crate::stop::{Outcome, Result, Stop};

/// How a container file is read.
pub(super) struct Options<'a> {
    /// The schema that the file should have.
    pub(super) expected: Option<&'a Schema>,
    /// The schema to read with, if it is not the file's own.
    pub(super) reader: Option<&'a Schema>,
    pub(super) max_size: usize,
    pub(super) skip_corrupt: bool,
    /// The threads that work on blocks, where it is not to be this one alone.
    pub(super) jobs: Option<ParallelOptions>,
}

/// Prints the values of a container file.
pub(super) fn decode(input: Input, options: &Options<'_>, printer: &mut Printer, console: &Console) -> Result<Outcome> {
    let (name, live) = (input.name().to_owned(), input.is_live());
    let reader =
        Reader::with_limits(input, limits(options.max_size)).map_err(|error| faults::container(&name, &error))?;
    let schema = schema(&name, reader.header(), options.expected)?;
    let rendering = Rendering {
        plan: read_plan(&schema, options.reader),
        form: printer.form(),
        limits: printer.limits,
        most: printer.left(),
    };
    let skip_corrupt = options.skip_corrupt;
    let mut values =
        Values { name: &name, live, skip_corrupt, printer, console, done: Some(0), outcome: Outcome::Clean };
    match options.jobs {
        None => values.print(reader, &rendering)?,
        Some(jobs) => values.print_parallel(reader, jobs, rendering)?,
    }
    values.printer.flush()?;
    Ok(values.outcome)
}

fn goes_on(skipped: &Skipped) -> String {
    let (bytes, range) = (skipped.bytes(), skipped.range());
    let what = format!("{bytes} bytes from {} on could not be read in full", range.start);
    if skipped.at_end() {
        format!("{what}, and no block follows them")
    } else {
        format!("{what}; going on at byte {}", range.end)
    }
}

/// The limits for a largest size of a block.
pub(super) fn limits(max_size: usize) -> ContainerLimits {
    ContainerLimits::default()
        .with_block_size(max_size)
        .with_header_size(max_size.max(ContainerLimits::DEFAULT_HEADER_SIZE))
}

/// The schema of a container file, which must be the expected one.
pub(super) fn schema(name: &str, header: &Header, expected: Option<&Schema>) -> Result<Schema> {
    let schema = load::embedded(name, header.schema())?;
    match expected {
        Some(expected) if expected.canonical_form() != schema.canonical_form() => Err(Stop::data(
            name,
            "the schema of the container file is not the one of --schema; without --schema the file's own is used",
        )),
        _ => Ok(schema),
    }
}

/// Takes what blocks become, in the order of the file.
struct Values<'a> {
    name: &'a str,
    /// Whether the bytes may come slowly.
    live: bool,
    skip_corrupt: bool,
    printer: &'a mut Printer,
    console: &'a Console,
    /// Records of the blocks before, as far as that is known.
    done: Option<u64>,
    outcome: Outcome,
}

/// Why no more of a block is printed.
enum End {
    Fault(ContainerError),
    Stop(Stop),
}

impl From<ContainerError> for End {
    fn from(error: ContainerError) -> Self {
        Self::Fault(error)
    }
}

impl Values<'_> {
    fn print(&mut self, mut reader: Reader<Input>, rendering: &Rendering) -> Result<()> {
        while !self.printer.is_done() {
            let printed = match reader.next_block() {
                Ok(None) => break,
                Ok(Some(block)) => rendering.render(&block, |piece| self.take(piece)),
                Err(error) => Err(End::Fault(error)),
            };
            self.settle(printed, || reader.recover())?;
        }
        Ok(())
    }

    /// The same, with the work on the blocks done by several threads.
    fn print_parallel(&mut self, reader: Reader<Input>, jobs: ParallelOptions, rendering: Rendering) -> Result<()> {
        let mut pieces = reader.parallel(jobs, move || {
            let rendering = rendering.apart();
            move |block, outlet| rendering.render::<Halt>(block, |piece| outlet.send(piece))
        });
        while !self.printer.is_done() {
            let printed = match pieces.next() {
                None => break,
                Some(Ok(piece)) => self.take(piece),
                Some(Err(error)) => Err(End::Fault(error)),
            };
            self.settle(printed, || pieces.recover())?;
        }
        Ok(())
    }

    fn take(&mut self, piece: Piece) -> Result<(), End> {
        let printed = match piece {
            Piece::Lines { text, values } => self.printer.print_lines(&text, values),
            Piece::End(records) => {
                self.done = self.done.map(|done| done + records);
                if self.live { self.printer.flush() } else { Ok(()) }
            }
        };
        printed.map_err(End::Stop)
    }

    /// Goes on behind what is at fault, if it is to be left out.
    fn settle(
        &mut self,
        printed: Result<(), End>,
        recover: impl FnOnce() -> Result<Skipped, ContainerError>,
    ) -> Result<()> {
        let fault = match printed {
            Ok(()) => return Ok(()),
            Err(End::Stop(stop)) => return Err(stop),
            // Nobody wants to know what comes behind the last value.
            Err(End::Fault(_)) if self.printer.is_done() => return Ok(()),
            Err(End::Fault(error)) => self.fault(&error),
        };
        if !self.skip_corrupt || !matches!(fault, Stop::Data(_)) {
            return Err(fault);
        }
        self.printer.flush()?;
        fault.report(self.console);
        self.outcome = Outcome::Findings;
        let skipped = recover().map_err(|error| faults::container(self.name, &error))?;
        // How many records are lost is not known, and so the numbers of those to come.
        self.done = None;
        self.console.warning(&format!("{}: {}", self.name, goes_on(&skipped)));
        Ok(())
    }

    #[cold]
    fn fault(&self, error: &ContainerError) -> Stop {
        let (Some((record, problem)), Some(index), Some(offset)) =
            (error.record_error(), error.block(), error.offset())
        else {
            return faults::container(self.name, error);
        };
        let of_file = self.done.map_or_else(String::new, |done| format!(" ({} of the file)", done + record));
        Stop::data(self.name, format_args!("block {index} at byte {offset}: record {record}{of_file}: {problem}"))
    }
}

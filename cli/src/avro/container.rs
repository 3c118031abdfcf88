//! Values of a container file.

use cognate_codec::avro::container::{Block, ContainerLimits, Header, Reader, Skipped};
use cognate_schema::avro::Schema;

use super::printer::Printer;
use super::reading::Reading;
use super::{faults, load};
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
}

/// Prints the values of a container file.
pub(super) fn decode(input: Input, options: &Options<'_>, printer: &mut Printer, console: &Console) -> Result<Outcome> {
    let (name, live) = (input.name().to_owned(), input.is_live());
    let mut reader =
        Reader::with_limits(input, limits(options.max_size)).map_err(|error| faults::container(&name, &error))?;
    let schema = schema(&name, reader.header(), options.expected)?;
    let mut values = Values { name: &name, reading: Reading::new(&schema, options.reader), done: Some(0) };
    let mut outcome = Outcome::Clean;
    while !printer.is_done() {
        let result = match reader.next_block() {
            Ok(None) => break,
            Ok(Some(block)) => values.print(&block, printer),
            Err(error) => Err(faults::container(&name, &error)),
        };
        match result {
            Ok(()) if live => printer.flush()?,
            Ok(()) => {}
            Err(fault @ Stop::Data(_)) if options.skip_corrupt => {
                printer.flush()?;
                fault.report(console);
                outcome = Outcome::Findings;
                let skipped = reader.recover().map_err(|error| faults::container(&name, &error))?;
                // How many records are lost is not known, and so the numbers of those to come.
                values.done = None;
                console.warning(&format!("{name}: {}", goes_on(&skipped)));
            }
            Err(stop) => return Err(stop),
        }
    }
    printer.flush()?;
    Ok(outcome)
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

struct Values<'a> {
    name: &'a str,
    reading: Reading,
    /// Records of the blocks before, as far as that is known.
    done: Option<u64>,
}

impl Values<'_> {
    fn print(&mut self, block: &Block<'_>, printer: &mut Printer) -> Result<()> {
        let mut decoder = self.reading.decoder(block.data(), printer.limits);
        for record in 0..block.count() {
            if printer.is_done() {
                return Ok(());
            }
            match decoder.value() {
                Ok(value) => printer.print(&value)?,
                Err(error) => {
                    let place = format!("{} (byte {} of the block's data)", faults::reason(&error), error.offset());
                    return Err(self.fault(block, record, &place));
                }
            }
        }
        if decoder.remaining() > 0 {
            let problem = format!("{} bytes follow the last record of the block", decoder.remaining());
            return Err(self.fault(block, block.count(), &problem));
        }
        self.done = self.done.map(|done| done + block.count());
        Ok(())
    }

    #[cold]
    fn fault(&self, block: &Block<'_>, record: u64, problem: &str) -> Stop {
        let of_file = self.done.map_or_else(String::new, |done| format!(" ({} of the file)", done + record));
        let (index, offset) = (block.index(), block.offset());
        Stop::data(self.name, format_args!("block {index} at byte {offset}: record {record}{of_file}: {problem}"))
    }
}

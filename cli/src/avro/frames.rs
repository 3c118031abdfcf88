//! Values that follow one another in a stream.

use cognate_codec::avro::single_object::{self, HEADER_LEN};
use cognate_schema::avro::ReadPlan;

use super::printer::Printer;
use crate::commands::Framing;
use crate::faults;
use crate::frames::{Extent, Fault, Printed, Values};
use crate::stop::Result;

/// The values of a stream.
pub(super) struct Stream<'a> {
    pub(super) framing: Framing,
    /// The id that messages of the confluent framing must have.
    pub(super) schema_id: Option<u32>,
    /// Whether the schema's values take no bytes.
    pub(super) empty: bool,
    /// How the data of each schema is read, and its fingerprint, which single-object messages have; at least one.
    pub(super) plans: Vec<(u64, ReadPlan)>,
    /// Which of them the next value is read by.
    pub(super) current: usize,
    pub(super) printer: &'a mut Printer,
}

impl Values for Stream<'_> {
    fn prefix(&mut self, bytes: &[u8]) -> Result<Option<usize>, String> {
        match self.framing {
            Framing::SingleObject if bytes.len() < HEADER_LEN => Ok(None),
            Framing::SingleObject => {
                let (found, _) = single_object::split(bytes).map_err(|error| faults::reason(&error))?;
                match self.plans.iter().position(|(known, _)| *known == found) {
                    Some(position) => self.current = position,
                    None => return Err(self.unknown(found)),
                }
                Ok(Some(HEADER_LEN))
            }
            Framing::Confluent => {
                let Some(&[magic, ref id @ ..]) = bytes.first_chunk::<5>() else { return Ok(None) };
                if magic != 0 {
                    return Err(format!("the message starts with {magic:#04x}, not with a zero byte"));
                }
                let id = u32::from_be_bytes(*id);
                match self.schema_id {
                    Some(expected) if expected != id => {
                        Err(format!("the message's schema has the id {id}, not {expected}"))
                    }
                    _ => Ok(Some(5)),
                }
            }
            Framing::Raw | Framing::Ocf | Framing::Delimited | Framing::Framed => Ok(Some(0)),
        }
    }

    fn print(&mut self, bytes: &[u8], extent: Extent) -> Result<Printed> {
        let mut printed = Printed::default();
        let Some((_, plan)) = self.plans.get(self.current) else { return Ok(printed) };
        if extent == Extent::Whole {
            match plan.decode(bytes, self.printer.limits) {
                Ok(value) => {
                    self.printer.print(&value)?;
                    (printed.bytes, printed.values) = (bytes.len(), 1);
                }
                Err(error) => printed.fault = Some(error.into()),
            }
            return Ok(printed);
        }
        // One decoder for all keeps count of what takes no bytes.
        let mut decoder = plan.decoder(bytes, self.printer.limits);
        while printed.values == 0 || (extent == Extent::Run && decoder.remaining() > 0 && !self.printer.is_done()) {
            match decoder.value() {
                Ok(value) => self.printer.print(&value)?,
                Err(error) => {
                    printed.fault = Some(error.into());
                    break;
                }
            }
            if extent == Extent::Run && decoder.offset() == printed.bytes {
                let problem = "values of the schema take no bytes, so that raw data does not tell how many there are";
                printed.fault = Some(Fault::Other(problem.to_owned()));
                break;
            }
            printed.bytes = decoder.offset();
            printed.values += 1;
        }
        Ok(printed)
    }

    fn is_done(&self) -> bool {
        self.printer.is_done()
    }

    fn flush(&mut self) -> Result<()> {
        self.printer.flush()
    }

    /// Where values take no bytes, a raw input without any is one of them: what encoding a value yields.
    fn takes_no_bytes(&self) -> bool {
        self.framing == Framing::Raw && self.empty
    }
}

impl Stream<'_> {
    #[cold]
    fn unknown(&self, found: u64) -> String {
        let known = match self.plans.as_slice() {
            [(only, _)] => format!("the one of --schema {only:016x}"),
            several => {
                let known: Vec<_> = several.iter().map(|(known, _)| format!("{known:016x}")).collect();
                format!("those of --schema {}", known.join(", "))
            }
        };
        format!("the message's schema has the fingerprint {found:016x}, and {known}")
    }
}

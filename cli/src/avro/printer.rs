//! Values to JSON lines.

use cognate_codec::Limits;
use cognate_schema::Value;
use cognate_schema::avro::{JsonForm, write_json};

use crate::commands::{Decode, Json};
use crate::output::Lines;
use crate::stop::{Result, Stop};

/// Prints values, up to a number of them.
pub(super) struct Printer {
    lines: Lines,
    form: JsonForm,
    left: Option<u64>,
    /// What values may cost.
    pub(super) limits: Limits,
}

impl Printer {
    pub(super) fn new(command: &Decode) -> Result<Self> {
        Ok(Self {
            lines: Lines::new(),
            form: json_form(command.data.json)?,
            left: command.read.limit,
            limits: command.limits(Limits::DEFAULT),
        })
    }

    /// Whether no value is wanted any more.
    pub(super) fn is_done(&self) -> bool {
        self.left == Some(0)
    }

    /// How many values are still wanted, where that is bounded.
    pub(super) fn left(&self) -> Option<u64> {
        self.left
    }

    pub(super) fn form(&self) -> JsonForm {
        self.form
    }

    /// Prints lines, each of one of so many values, as far as they are wanted.
    pub(super) fn print_lines(&mut self, text: &str, values: u64) -> Result<()> {
        let wanted = match &mut self.left {
            Some(left) => {
                let wanted = if *left < values { first_lines(text, *left) } else { text };
                *left = left.saturating_sub(values);
                wanted
            }
            None => text,
        };
        self.lines.append(wanted)
    }

    pub(super) fn print(&mut self, value: &Value<'_>) -> Result<()> {
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(1);
        }
        self.lines.line(|text| write_json(value, self.form, text))
    }

    pub(super) fn flush(&mut self) -> Result<()> {
        self.lines.flush()
    }
}

/// JSON has no line breaks within a value.
fn first_lines(text: &str, count: u64) -> &str {
    let last = usize::try_from(count).unwrap_or(usize::MAX).checked_sub(1);
    let end = last.and_then(|last| text.match_indices('\n').nth(last));
    end.and_then(|(at, _)| text.get(..=at)).unwrap_or_default()
}

/// The form of Avro's values that is asked for.
pub(super) fn json_form(json: Json) -> Result<JsonForm> {
    match json {
        Json::Plain => Ok(JsonForm::Plain),
        Json::Avro => Ok(JsonForm::Avro),
        Json::Proto => Err(Stop::usage("--json proto is for Protobuf data; Avro data has --json plain and avro")),
        Json::Thrift => Err(Stop::usage("--json thrift is for Thrift data; Avro data has --json plain and avro")),
    }
}

//! JSON lines to values.

use std::io::{BufRead, BufReader, Read};
use std::sync::Arc;

use cognate_schema::{Diagnostics, SourceFile};

use crate::faults;
use crate::input::Input;
use crate::stop::{self, Stop};

/// The values of JSON lines.
pub(crate) struct JsonLines<R> {
    /// Reads the value of a line.
    read: R,
    name: String,
    reader: BufReader<Input>,
    max_size: usize,
    line: usize,
}

impl<T, R: Fn(&Arc<SourceFile>) -> Result<T, Diagnostics>> JsonLines<R> {
    pub(crate) fn new(input: Input, max_size: usize, read: R) -> Self {
        let name = input.name().to_owned();
        Self { read, name, reader: BufReader::with_capacity(256 << 10, input), max_size, line: 0 }
    }

    /// The next line that is not blank, without its end.
    fn line(&mut self) -> stop::Result<Option<Vec<u8>>> {
        loop {
            let mut line = Vec::new();
            let limit = u64::try_from(self.max_size).unwrap_or(u64::MAX).saturating_add(1);
            let read = (&mut self.reader).take(limit).read_until(b'\n', &mut line);
            read.map_err(|error| faults::reading(&self.name, &error))?;
            if line.is_empty() {
                return Ok(None);
            }
            self.line += 1;
            if line.len() > self.max_size {
                let (line, limit) = (self.line, self.max_size);
                return Err(Stop::data(
                    &self.name,
                    format_args!("line {line} is longer than the limit of {limit} bytes, which --max-size raises"),
                ));
            }
            let end = line.trim_ascii_end().len();
            line.truncate(end);
            if !line.is_empty() {
                return Ok(Some(line));
            }
        }
    }

    fn value(&self, line: Vec<u8>) -> stop::Result<T> {
        let fault = |diagnostics| Stop::Diagnostics { diagnostics, first_line: self.line };
        let source = SourceFile::from_bytes(self.name.as_str(), line).map_err(|problem| fault(vec![problem]))?;
        (self.read)(&source).map_err(|problems| fault(problems.into()))
    }
}

impl<T, R: Fn(&Arc<SourceFile>) -> Result<T, Diagnostics>> Iterator for JsonLines<R> {
    type Item = stop::Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.line() {
            Ok(line) => line.map(|line| self.value(line)),
            Err(stop) => Some(Err(stop)),
        }
    }
}

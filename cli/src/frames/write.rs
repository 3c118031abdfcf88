//! Values to streams.

use std::io::{self, Write};

use cognate_codec::EncodeError;

use super::Length;
use crate::hex::HexWriter;
use crate::output::Target;
use crate::stop::{Result, Stop};

/// What stands around values that are written.
pub(crate) struct Frames {
    /// What stands before each.
    pub(crate) header: Vec<u8>,
    /// The length between that and the value.
    pub(crate) length: Option<Length>,
    /// Whether each is a line of hexadecimal text.
    pub(crate) hex: bool,
}

/// Bytes that are collected before they are written.
const CHUNK: usize = 64 << 10;

/// Writes something to a target of a name. Unless all of it can be written, nothing stays.
pub(crate) fn write(
    name: &str,
    mut target: Target,
    hex: bool,
    body: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let written = if hex { body(&mut HexWriter::new(&mut target)) } else { body(&mut target) };
    target.end(written, name)
}

impl Frames {
    /// Writes values one after another.
    pub(crate) fn write<T>(
        &self,
        name: &str,
        output: &mut dyn Write,
        values: impl Iterator<Item = Result<T>>,
        encode: impl Fn(&T, &mut Vec<u8>) -> Result<(), EncodeError>,
    ) -> Result<()> {
        let io = |error: io::Error| Stop::io_named(name, &error);
        let (mut bytes, mut body) = (Vec::new(), Vec::new());
        for (index, value) in values.enumerate() {
            let value = value?;
            bytes.extend_from_slice(&self.header);
            let encoded = match self.length {
                Some(length) => {
                    body.clear();
                    encode(&value, &mut body).and_then(|()| length.put(&body, &mut bytes))
                }
                None => encode(&value, &mut bytes),
            };
            encoded.map_err(|error| value_fault(index, &error))?;
            // As text, each value is a line.
            if self.hex || bytes.len() >= CHUNK {
                output.write_all(&bytes).map_err(io)?;
                bytes.clear();
            }
        }
        output.write_all(&bytes).and_then(|()| output.flush()).map_err(io)
    }
}

/// The end of a command for a value that cannot be encoded.
pub(crate) fn value_fault(index: usize, error: &EncodeError) -> Stop {
    Stop::Data(format!("value {index}: {error}"))
}

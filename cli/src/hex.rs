//! Bytes as hexadecimal text, in both directions.

use std::error::Error;
use std::fmt;
use std::io::{self, Read, Write};

/// Reads the bytes that hexadecimal text stands for. White space is ignored, also between the two digits of a byte.
pub(crate) struct HexReader<R> {
    text: R,
    buffer: Box<[u8]>,
    high: Option<u8>,
    line: u64,
    column: u64,
    /// What was found behind bytes that had to be handed out first.
    fault: Option<io::Error>,
}

/// Writes bytes as hexadecimal text: each write becomes a line.
pub(crate) struct HexWriter<W> {
    out: W,
    line: Vec<u8>,
}

/// Text that is not hexadecimal. It travels inside an [`io::Error`].
#[derive(Debug)]
pub(crate) struct NotHex(String);

impl<R: Read> HexReader<R> {
    pub(crate) fn new(text: R) -> Self {
        Self { text, buffer: vec![0; 128 << 10].into(), high: None, line: 1, column: 0, fault: None }
    }
}

impl<R: Read> Read for HexReader<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        // Each character yields at most one byte, so that what is read always has room.
        let room = bytes.len().min(self.buffer.len());
        let mut filled = 0;
        while filled == 0 {
            if let Some(fault) = self.fault.take() {
                return Err(fault);
            }
            let count = self.text.read(self.buffer.get_mut(..room).unwrap_or_default())?;
            if count == 0 {
                return if self.high.take().is_none() { Ok(0) } else { Err(fault("the number of digits is odd")) };
            }
            for &character in self.buffer.iter().take(count) {
                self.column += 1;
                let digit = match character {
                    b'0'..=b'9' => character - b'0',
                    b'a'..=b'f' => character - b'a' + 10,
                    b'A'..=b'F' => character - b'A' + 10,
                    b'\n' => {
                        self.line += 1;
                        self.column = 0;
                        continue;
                    }
                    b' ' | b'\t' | b'\r' | b'\x0b' | b'\x0c' => continue,
                    other => {
                        let (line, column, other) = (self.line, self.column, other.escape_ascii());
                        let text = format!("line {line}, column {column}: `{other}` is no hexadecimal digit");
                        self.fault = Some(fault(text));
                        break;
                    }
                };
                match self.high.take() {
                    None => self.high = Some(digit << 4),
                    Some(high) => {
                        if let Some(slot) = bytes.get_mut(filled) {
                            *slot = high | digit;
                        }
                        filled += 1;
                    }
                }
            }
        }
        Ok(filled)
    }
}

impl<W: Write> HexWriter<W> {
    pub(crate) fn new(out: W) -> Self {
        Self { out, line: Vec::new() }
    }
}

impl<W: Write> Write for HexWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        self.line.clear();
        self.line.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
        self.line.push(b'\n');
        self.out.write_all(&self.line)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The bytes as lower-case digits.
pub(crate) fn text(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).map(char::from).collect()
}

fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + (value - 10) }
}

fn fault(text: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, NotHex(text.into()))
}

impl NotHex {
    /// The fault within an error of reading, if that is what it is.
    pub(crate) fn within(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

impl fmt::Display for NotHex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the input is not hexadecimal text: {}", self.0)
    }
}

impl Error for NotHex {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text that comes a few bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            let (now, later) = self.0.split_at(count);
            buffer[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    #[test]
    fn digits_become_bytes_however_they_arrive() {
        for size in 1..9 {
            let mut bytes = Vec::new();
            HexReader::new(Drops(b" 0 1fF\r\n\taB 7\n0 ", size)).read_to_end(&mut bytes).unwrap();
            assert_eq!(bytes, [0x01, 0xff, 0xab, 0x70], "{size}");
        }
    }

    #[test]
    fn other_characters_are_errors_with_their_place() {
        let fault = |text: &[u8]| HexReader::new(text).read_to_end(&mut Vec::new()).unwrap_err();
        let error = fault(b"00 11\n2 x");
        let mut before = Vec::new();
        HexReader::new(b"0011x".as_slice()).read_to_end(&mut before).unwrap_err();
        assert_eq!(before, [0x00, 0x11], "what comes before is handed out");
        assert_eq!(
            NotHex::within(&error).unwrap().to_string(),
            "the input is not hexadecimal text: line 2, column 3: `x` is no hexadecimal digit"
        );
        assert!(NotHex::within(&fault(b"00 1")).unwrap().to_string().contains("odd"));
    }

    #[test]
    fn each_write_is_a_line() {
        let mut out = Vec::new();
        let mut writer = HexWriter::new(&mut out);
        writer.write_all(&[0, 0xab]).unwrap();
        writer.write_all(&[0x0f]).unwrap();
        assert_eq!(out, b"00ab\n0f\n");
    }
}

//! A stream seen through a buffer that reaches as far as one value needs.

use std::io::{self, ErrorKind, Read};

/// The bytes of a stream that are read and not yet used.
pub(crate) struct Window<R> {
    reader: R,
    buffer: Vec<u8>,
    start: usize,
    /// The stream's offset of the first byte that is not used.
    offset: u64,
    ended: bool,
}

/// Bytes that are read at least, if there are as many.
const READ: usize = 256 << 10;

/// Bytes that may be looked at anew with every read.
const CHEAP: usize = 4096;

impl<R: Read> Window<R> {
    pub(crate) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), start: 0, offset: 0, ended: false }
    }

    /// The bytes that are there.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Where in the stream they start.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Whether nothing comes after them.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Goes past bytes that are there.
    pub(crate) fn consume(&mut self, count: usize) {
        let count = count.min(self.bytes().len());
        self.start += count;
        self.offset += u64::try_from(count).unwrap_or(u64::MAX);
    }

    /// Reads more; each time as much again as is there, so that looking at the bytes anew each time costs little. Whether
    /// there was more.
    pub(crate) fn extend(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.buffer.drain(..self.start);
        self.start = 0;
        let had = self.buffer.len();
        self.buffer.resize(had + had.max(READ), 0);
        let mut filled = had;
        let result = loop {
            match self.reader.read(self.buffer.get_mut(filled..).unwrap_or_default()) {
                Ok(0) => {
                    self.ended = true;
                    break Ok(filled > had);
                }
                Ok(count) => {
                    filled += count;
                    // A slow stream is not waited for once there is something, unless looking again is costly.
                    if filled - had >= had || had < CHEAP {
                        break Ok(true);
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => break Err(error),
            }
        };
        self.buffer.truncate(filled);
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_moves_and_grows() {
        let bytes: Vec<u8> = (0..=255).cycle().take(READ * 3).collect();
        let mut window = Window::new(bytes.as_slice());
        assert!(window.bytes().is_empty() && !window.ended());
        assert!(window.extend().unwrap());
        assert_eq!(window.bytes(), &bytes[..READ]);
        window.consume(10);
        assert_eq!((window.offset(), window.bytes()), (10, &bytes[10..READ]));
        while window.extend().unwrap() {}
        assert!(window.ended());
        assert_eq!(window.bytes(), &bytes[10..]);
        window.consume(usize::MAX);
        assert_eq!((window.offset(), window.bytes()), (bytes.len() as u64, [].as_slice()));
    }
}

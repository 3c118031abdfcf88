//! Source texts, and places in them.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Rule, Severity};

/// The text of one schema file together with the path under which problems in it are reported.
#[derive(Debug)]
pub struct SourceFile {
    path: String,
    text: String,
    lines: OnceLock<LineIndex>,
}

/// A range of bytes in a source text: `start` inclusive, `end` exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

/// A place in a text as a reader counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// The line, the first being 1.
    pub line: usize,
    /// The column in characters (Unicode scalar values), the first being 1. A byte order mark is not counted.
    pub column: usize,
}

/// The file is not UTF-8 text.
pub static NOT_UTF8: Rule = Rule {
    id: "source/not-utf8",
    severity: Severity::Error,
    title: "the file is not UTF-8 text",
    reference: "RFC 8259, section 8.1",
};

/// The file is longer than a span can address.
pub static TOO_LARGE: Rule = Rule {
    id: "source/too-large",
    severity: Severity::Error,
    title: "the file is larger than 1 GiB",
    reference: "a limit of Cognate",
};

/// The longest text that is read, in bytes: 1 GiB.
pub const MAX_LENGTH: usize = 1 << 30;

const BYTE_ORDER_MARK: char = '\u{feff}';

impl SourceFile {
    /// A text that is already known to be UTF-8. The path is only shown, never opened.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), lines: OnceLock::new() })
    }

    /// A text from the bytes of a file.
    ///
    /// # Errors
    ///
    /// A [`NOT_UTF8`] diagnostic at the first byte that is not UTF-8.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Result<Arc<Self>, Diagnostic> {
        let path = path.into();
        let error = match String::from_utf8(bytes) {
            Ok(text) => return Ok(Self::new(path, text)),
            Err(error) => error,
        };
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let utf16 = matches!(bytes.get(..2), Some([0xff, 0xfe] | [0xfe, 0xff]));
        let byte = bytes.get(offset).copied().unwrap_or_default();
        let source = Self::new(path, String::from_utf8_lossy(bytes));
        let span = Span::new(offset, offset);
        let message = format!("byte {offset} (0x{byte:02x}) is not UTF-8");
        let mut diagnostic = Diagnostic::new(&NOT_UTF8, message).primary(&source, span, "");
        if utf16 {
            diagnostic = diagnostic.note("the file starts with a UTF-16 byte order mark; save it as UTF-8");
        }
        Err(diagnostic)
    }

    /// The path under which the file is reported.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text, with its byte order mark if it has one.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty when the span is not within the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The number of bytes that a byte order mark takes at the start: 3 or 0.
    pub fn byte_order_mark_length(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 }
    }

    /// The line and column of a byte offset. An offset past the end is taken as the end.
    pub fn position(&self, offset: usize) -> Position {
        let index = self.line_index();
        let offset = self.text.floor_char_boundary_at(offset);
        let line = index.starts.partition_point(|&start| start as usize <= offset).max(1);
        let start = index.starts.get(line - 1).map_or(0, |&start| start as usize);
        let before = self.text.get(start..offset).unwrap_or_default();
        let column = if index.ascii { before.len() } else { before.chars().count() };
        Position { line, column: column + 1 }
    }

    /// The byte offset of a line and a column in characters, at most the end of that line.
    pub fn offset(&self, position: Position) -> usize {
        let index = self.line_index();
        let line = position.line.clamp(1, index.starts.len());
        let start = index.starts.get(line - 1).map_or(0, |&start| start as usize);
        let end = index.starts.get(line).map_or(self.text.len(), |&next| next as usize);
        let text = self.text.get(start..end).unwrap_or_default();
        let text = text.strip_suffix('\n').unwrap_or(text);
        let column = position.column.saturating_sub(1);
        start + text.char_indices().nth(column).map_or(text.len(), |(at, _)| at)
    }

    fn line_index(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text, self.byte_order_mark_length()))
    }
}

impl Span {
    /// A span from byte offsets. Offsets beyond what a span can hold are cut off; texts that long are refused.
    pub fn new(start: usize, end: usize) -> Self {
        let cut = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: cut(start), end: cut(end) }
    }

    /// The span as a range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[derive(Debug)]
struct LineIndex {
    starts: Vec<u32>,
    ascii: bool,
}

impl LineIndex {
    fn new(text: &str, first: usize) -> Self {
        let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(first).chain(newlines.map(|(at, _)| at + 1));
        Self { starts: starts.map_while(|at| u32::try_from(at).ok()).collect(), ascii: text.is_ascii() }
    }
}

trait FloorCharBoundary {
    fn floor_char_boundary_at(&self, offset: usize) -> usize;
}

impl FloorCharBoundary for String {
    fn floor_char_boundary_at(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.len());
        while !self.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(source: &SourceFile, offset: usize) -> (usize, usize) {
        let position = source.position(offset);
        (position.line, position.column)
    }

    #[test]
    fn columns_are_characters_and_skip_the_byte_order_mark() {
        let source = SourceFile::new("a", "\u{feff}aé😀b\r\nx");
        assert_eq!(at(&source, 0), (1, 1));
        assert_eq!(at(&source, 3), (1, 1));
        assert_eq!(at(&source, 4), (1, 2));
        assert_eq!(at(&source, 6), (1, 3));
        assert_eq!(at(&source, 8), (1, 3), "inside a character");
        assert_eq!(at(&source, 10), (1, 4));
        assert_eq!(at(&source, 13), (2, 1));
        assert_eq!(at(&source, 99), (2, 2));
    }

    #[test]
    fn offset_is_the_inverse_of_position() {
        for text in ["", "one", "one\ntwo\n", "\u{feff}é\n\n😀x"] {
            let source = SourceFile::new("a", text);
            for (offset, _) in text.char_indices().skip_while(|&(_, c)| c == BYTE_ORDER_MARK) {
                assert_eq!(source.offset(source.position(offset)), offset, "{text:?}");
            }
        }
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_with_their_place() {
        let fault = SourceFile::from_bytes("a", b"{\n \xff}".to_vec()).unwrap_err();
        assert_eq!(fault.to_string(), "a:2:2: error[source/not-utf8]: byte 3 (0xff) is not UTF-8");
        let fault = SourceFile::from_bytes("a", b"\xff\xfe{\0".to_vec()).unwrap_err();
        assert!(fault.notes[0].contains("UTF-16"));
    }
}

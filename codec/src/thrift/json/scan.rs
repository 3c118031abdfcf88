//! JSON text piece by piece.

use alloc::{borrow::Cow, string::String};
use core::str::FromStr;

use crate::{DecodeError, DecodeErrorKind, Depth};

/// A position in JSON text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scanner<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Scanner<'de> {
    pub(super) fn new(text: &'de str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) fn offset(&self) -> usize {
        self.at
    }

    pub(super) fn remaining(&self) -> usize {
        self.text.len() - self.at
    }

    /// The text between an earlier position and this one.
    pub(super) fn since(&self, start: usize) -> &'de str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    pub(super) fn rewind(&mut self, offset: usize) {
        self.at = offset;
    }

    fn rest(&self) -> &'de str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte that is no white space, left in place.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes past a byte when it is the next one.
    pub(super) fn take_if(&mut self, expected: u8) -> bool {
        let found = self.peek() == Some(expected);
        self.at += usize::from(found);
        found
    }

    pub(super) fn take(&mut self, expected: u8) -> Result<(), DecodeError> {
        if self.take_if(expected) { Ok(()) } else { Err(self.expected(char::from(expected).encode_utf8(&mut [0; 4]))) }
    }

    /// A string. It is borrowed unless it has escapes.
    pub(super) fn string(&mut self) -> Result<Cow<'de, str>, DecodeError> {
        let start = self.at;
        if !self.take_if(b'"') {
            return Err(self.expected("a string"));
        }
        let rest = self.rest();
        let Some(stop) = rest.find(['"', '\\']) else { return Err(unterminated(start)) };
        let (plain, behind) = rest.split_at(stop);
        self.at += stop + 1;
        if behind.starts_with('"') {
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = String::from(plain);
        loop {
            text.push(self.escape()?);
            let rest = self.rest();
            let Some(stop) = rest.find(['"', '\\']) else { return Err(unterminated(start)) };
            let (plain, behind) = rest.split_at(stop);
            text.push_str(plain);
            self.at += stop + 1;
            if behind.starts_with('"') {
                return Ok(Cow::Owned(text));
            }
        }
    }

    /// The character of an escape whose backslash was just read (RFC 8259, section 7).
    fn escape(&mut self) -> Result<char, DecodeError> {
        let at = self.at;
        let code = self.text.as_bytes().get(at).copied();
        self.at += 1;
        Ok(match code {
            Some(code @ (b'"' | b'\\' | b'/')) => char::from(code),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let first = self.code_unit(at)?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first).ok_or_else(|| invalid("half of a character", at));
                }
                if !self.rest().starts_with("\\u") {
                    return Err(invalid("half of a character", at));
                }
                self.at += 2;
                let second = self.code_unit(at)?;
                if !(0xdc00..0xe000).contains(&second) {
                    return Err(invalid("half of a character", at));
                }
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return char::from_u32(code).ok_or_else(|| invalid("half of a character", at));
            }
            _ => return Err(invalid("an escape that JSON does not have", at)),
        })
    }

    fn code_unit(&mut self, at: usize) -> Result<u32, DecodeError> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let Some(digits) = digits else { return Err(invalid("an escape without its four digits", at)) };
        self.at += 4;
        u32::from_str_radix(digits, 16).map_err(|_| invalid("an escape without its four digits", at))
    }

    /// A number, in quotes or not.
    pub(super) fn number<T: FromStr>(&mut self) -> Result<T, DecodeError> {
        let start = self.at;
        let text = if self.peek() == Some(b'"') {
            self.string()?
        } else {
            let rest = self.rest();
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')));
            let text = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            self.at += text.len();
            Cow::Borrowed(text)
        };
        // Rust takes a leading plus, which JSON does not have.
        let parsed = if text.starts_with('+') { None } else { text.parse().ok() };
        parsed.ok_or_else(|| {
            let reason =
                if text.is_empty() { "no number".into() } else { alloc::format!("no number of the type: {text}") };
            DecodeError::new(DecodeErrorKind::InvalidJson(reason), start)
        })
    }

    /// Goes past a value of any kind.
    pub(super) fn skip(&mut self, depth: Depth) -> Result<(), DecodeError> {
        let deeper = depth.deeper(self.at)?;
        match self.peek() {
            Some(b'"') => self.string().map(|_| ()),
            Some(b'{') => self.items(b'}', |scanner| {
                // Structs and collections are keys as they are.
                match scanner.peek() {
                    Some(b'[' | b'{') => scanner.skip(deeper)?,
                    _ => scanner.string().map(|_| ())?,
                }
                scanner.take(b':')?;
                scanner.skip(deeper)
            }),
            Some(b'[') => self.items(b']', |scanner| scanner.skip(deeper)),
            _ => self.number::<f64>().map(|_| ()),
        }
    }

    fn items(
        &mut self,
        end: u8,
        mut item: impl FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        self.at += 1;
        if self.take_if(end) {
            return Ok(());
        }
        loop {
            item(self)?;
            if self.take_if(end) {
                return Ok(());
            }
            self.take(b',')?;
        }
    }

    #[cold]
    pub(super) fn expected(&mut self, what: &str) -> DecodeError {
        let found = self.peek().is_some();
        let found = self.rest().chars().next().filter(|_| found);
        let reason = match found {
            Some(found) => alloc::format!("{what} is expected, not {found}"),
            None => alloc::format!("{what} is expected, not the end"),
        };
        DecodeError::new(DecodeErrorKind::InvalidJson(reason), self.at)
    }
}

#[cold]
fn unterminated(offset: usize) -> DecodeError {
    invalid("a string without an end", offset)
}

#[cold]
fn invalid(what: &str, offset: usize) -> DecodeError {
    DecodeError::new(DecodeErrorKind::InvalidJson(what.into()), offset)
}

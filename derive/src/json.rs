//! JSON (RFC 8259), as far as a default needs it.

/// A value. Numbers stay text, since Avro's long and double do not share a Rust type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Deeper values than this are faults: a default is written by hand.
const MAX_DEPTH: usize = 64;

impl Json {
    /// Reads a value that fills the whole text.
    ///
    /// The error says what is wrong at which byte.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(0).map_err(|what| format!("{what} at byte {}", parser.at))?;
        parser.space();
        if parser.at == text.len() { Ok(value) } else { Err(format!("text after the value at byte {}", parser.at)) }
    }

    /// Whether the value is what an absent field of proto3 means: zero, false, empty.
    pub(crate) fn is_zero(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(value) => !value,
            Self::Number(text) => text.parse::<f64>().is_ok_and(|number| number.to_bits() == 0),
            Self::String(text) => text.is_empty(),
            Self::Array(items) => items.is_empty(),
            Self::Object(entries) => entries.is_empty(),
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

type Parsed<T> = Result<T, &'static str>;

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn expect(&mut self, token: &str, otherwise: &'static str) -> Parsed<()> {
        self.space();
        if self.take(token) { Ok(()) } else { Err(otherwise) }
    }

    fn value(&mut self, depth: usize) -> Parsed<Json> {
        if depth > MAX_DEPTH {
            return Err("values nested too deep");
        }
        self.space();
        match self.rest().bytes().next() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Json::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.take("null") => Ok(Json::Null),
            _ if self.take("true") => Ok(Json::Bool(true)),
            _ if self.take("false") => Ok(Json::Bool(false)),
            None => Err("the text ends where a value belongs"),
            Some(_) => Err("no JSON value"),
        }
    }

    fn array(&mut self, depth: usize) -> Parsed<Json> {
        let mut items = Vec::new();
        self.at += 1;
        self.space();
        if self.take("]") {
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.take("]") {
                return Ok(Json::Array(items));
            }
            self.expect(",", "no `,` or `]`")?;
        }
    }

    fn object(&mut self, depth: usize) -> Parsed<Json> {
        let mut entries = Vec::new();
        self.at += 1;
        self.space();
        if self.take("}") {
            return Ok(Json::Object(entries));
        }
        loop {
            self.space();
            if !self.rest().starts_with('"') {
                return Err("no key in quotes");
            }
            let key = self.string()?;
            self.expect(":", "no `:`")?;
            entries.push((key, self.value(depth + 1)?));
            self.space();
            if self.take("}") {
                return Ok(Json::Object(entries));
            }
            self.expect(",", "no `,` or `}`")?;
        }
    }

    fn number(&mut self) -> Parsed<Json> {
        let start = self.at;
        self.take("-");
        if !self.take("0") {
            self.digits()?;
        }
        if self.take(".") {
            self.digits()?;
        }
        if self.take("e") || self.take("E") {
            let _ = self.take("+") || self.take("-");
            self.digits()?;
        }
        Ok(Json::Number(self.text[start..self.at].to_owned()))
    }

    fn digits(&mut self) -> Parsed<()> {
        let rest = self.rest();
        let count = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        self.at += count;
        if count == 0 { Err("no digit") } else { Ok(()) }
    }

    fn string(&mut self) -> Parsed<String> {
        let mut text = String::new();
        self.at += 1;
        loop {
            let Some(next) = self.rest().chars().next() else { return Err("a string without its end") };
            match next {
                '"' => {
                    self.at += 1;
                    return Ok(text);
                }
                '\\' => text.push(self.escape()?),
                ..=' ' if next != ' ' => return Err("a control character in a string"),
                _ => {
                    self.at += next.len_utf8();
                    text.push(next);
                }
            }
        }
    }

    fn escape(&mut self) -> Parsed<char> {
        self.at += 1;
        let Some(escaped) = self.rest().chars().next() else { return Err("a string without its end") };
        let plain = match escaped {
            '"' | '\\' | '/' => escaped,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.unit()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first).ok_or("half of a surrogate pair");
                }
                if !self.rest().starts_with("\\u") {
                    return Err("half of a surrogate pair");
                }
                self.at += 1;
                let second = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400);
                let second = second.ok_or("half of a surrogate pair")?;
                return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second).ok_or("half of a surrogate pair");
            }
            _ => return Err("an unknown escape"),
        };
        self.at += 1;
        Ok(plain)
    }

    /// The four hexadecimal digits behind a `u`.
    fn unit(&mut self) -> Parsed<u32> {
        let digits = self.rest().get(1..5).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let unit =
            digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).ok_or("no four hexadecimal digits")?;
        self.at += 5;
        Ok(unit)
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn reads_what_is_json_and_nothing_else() {
        for good in ["null", " [1, -2.5e+3 , {\"a\" : [ ]}] ", r#""\u00ff\ud83d\ude00\n""#, "0", "-0.0", "{}"] {
            assert!(Json::parse(good).is_ok(), "{good}: {:?}", Json::parse(good));
        }
        let bad = [
            ("", "the text ends where a value belongs at byte 0"),
            ("nul", "no JSON value at byte 0"),
            ("01", "text after the value at byte 1"),
            ("1.", "no digit at byte 2"),
            ("[1,]", "no JSON value at byte 3"),
            ("{a: 1}", "no key in quotes at byte 1"),
            ("\"a", "a string without its end at byte 2"),
            ("\"\t\"", "a control character in a string at byte 1"),
            (r#""\x""#, "an unknown escape at byte 2"),
            (r#""\ud83dx""#, "half of a surrogate pair at byte 7"),
            (r#""\u12é4""#, "no four hexadecimal digits at byte 2"),
            ("[1 2]", "no `,` or `]` at byte 3"),
        ];
        for (text, fault) in bad {
            assert_eq!(Json::parse(text), Err(fault.to_owned()), "{text}");
        }
        assert!(Json::parse(&"[".repeat(100_000)).is_err());
        assert_eq!(Json::parse(r#""\u00ff\ud83d\ude00""#), Ok(Json::String("\u{ff}\u{1f600}".to_owned())));
    }
}

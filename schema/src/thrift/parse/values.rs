//! Values of constants, defaults and structured annotations.

use crate::source::Span;
use crate::thrift::document::{Name, StructuredAnnotation, Value, ValueKind};
use crate::thrift::lex::TokenKind;
use crate::thrift::parse::{Parsed, Parser};
use crate::thrift::words;

impl Parser<'_, '_> {
    pub(super) fn value(&mut self) -> Parsed<Value> {
        self.deeper(Self::value_here)
    }

    fn value_here(&mut self) -> Parsed<Value> {
        let start = self.token.span;
        let kind = match self.token.kind {
            TokenKind::Integer => ValueKind::Integer(self.integer().value),
            TokenKind::Double => {
                let token = self.advance();
                // The lexer lets only numbers through, which are rounded to the nearest double.
                ValueKind::Double(self.slice(token).parse().unwrap_or(f64::NAN))
            }
            TokenKind::Literal => ValueKind::Text(self.literal("a value")?.text),
            TokenKind::Identifier => self.named()?,
            TokenKind::Symbol('[') => {
                self.advance();
                ValueKind::List(self.items(']', Self::value)?)
            }
            TokenKind::Symbol('{') => {
                self.advance();
                ValueKind::Map(self.items('}', |parser| {
                    let key = parser.value()?;
                    parser.expect(':', "`:` and the value of the key")?;
                    Ok((key, parser.value()?))
                })?)
            }
            _ => return Err(self.expected("a value")),
        };
        Ok(Value { kind, span: self.since(start) })
    }

    /// Items up to the end, between which separators may stand.
    fn items<T>(&mut self, close: char, mut item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        let mut items = Vec::new();
        while !self.eat(close) {
            if self.at_end() || self.at_definition() {
                return Err(self.expected(&format!("`{close}`")));
            }
            items.push(item(self)?);
            self.separator();
        }
        Ok(items)
    }

    fn named(&mut self) -> Parsed<ValueKind> {
        match self.word() {
            Some("true") => {
                self.advance();
                return Ok(ValueKind::Bool(true));
            }
            Some("false") => {
                self.advance();
                return Ok(ValueKind::Bool(false));
            }
            Some(word) if words::is_keyword(word) => return Err(self.expected("a value")),
            _ => {}
        }
        let name = self.name_token();
        if !self.at_struct(name.span) {
            return Ok(ValueKind::Name(name.text));
        }
        self.fbthrift("a struct's value with its name", name.span);
        self.advance();
        Ok(ValueKind::Struct(name, self.struct_fields()?))
    }

    /// Whether a brace behind a name opens the value of a struct. In a list without separators it may as well be the next
    /// value, a map.
    fn at_struct(&self, name: Span) -> bool {
        if !self.at('{') {
            return false;
        }
        let [next, second] = self.peek();
        let field = next.kind == TokenKind::Identifier && second.kind == TokenKind::Symbol('=');
        field || (next.kind == TokenKind::Symbol('}') && self.token.span.start == name.end)
    }

    fn struct_fields(&mut self) -> Parsed<Vec<(Name, Value)>> {
        self.items('}', |parser| {
            if parser.token.kind != TokenKind::Identifier {
                return Err(parser.expected("the name of a field or `}`"));
            }
            let name = parser.name_token();
            parser.expect('=', "`=` and the field's value")?;
            Ok((name, parser.value()?))
        })
    }

    /// The structured annotations here, which only fbthrift has.
    pub(super) fn structured(&mut self) -> Parsed<Vec<StructuredAnnotation>> {
        let mut annotations = Vec::new();
        while self.at('@') {
            let start = self.advance().span;
            self.fbthrift("structured annotations", start);
            let name = self.reference("the name of an annotation")?;
            let fields = if self.eat('{') { self.struct_fields()? } else { Vec::new() };
            annotations.push(StructuredAnnotation { name, fields, span: self.since(start) });
        }
        Ok(annotations)
    }
}

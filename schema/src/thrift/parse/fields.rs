//! Fields of structs, and arguments and exceptions of functions.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::thrift::document::{Field, Name, Xsd};
use crate::thrift::lex::TokenKind;
use crate::thrift::parse::{Parsed, Parser};
use crate::thrift::program::Requiredness;
use crate::thrift::{rules, words};

impl Parser<'_, '_> {
    /// Fields up to the end of their list.
    pub(super) fn fields(&mut self, close: char) -> Vec<Field> {
        self.body(close, |parser| parser.deeper(|parser| parser.field(close)))
    }

    fn field(&mut self, close: char) -> Parsed<Field> {
        let doc = self.doc();
        let structured = self.structured()?;
        let start = self.token.span;
        let id = if self.token.kind == TokenKind::Integer {
            let id = self.integer();
            self.expect(':', "`:` behind the field id")?;
            Some(id)
        } else {
            None
        };
        let requiredness = self.requiredness();
        let what = match (id, requiredness) {
            (None, None) => format!("a field or `{close}`"),
            _ => "the type of the field".to_owned(),
        };
        let ty = self.ty(&what)?;
        let reference = self.at('&').then(|| self.advance().span);
        let name = self.field_name()?;
        let default = if self.eat('=') { Some(self.value()?) } else { None };
        let xsd = self.xsd()?;
        let annotations = self.annotations();
        let span = self.since(start);
        self.separator();
        Ok(Field { id, requiredness, ty, reference, name, default, xsd, doc, annotations, structured, span })
    }

    fn requiredness(&mut self) -> Option<(Requiredness, Span)> {
        let required = self.eat_word("required").map(|span| (Requiredness::Required, span));
        required.or_else(|| self.eat_word("optional").map(|span| (Requiredness::Optional, span)))
    }

    /// The name of a field, for which newer compilers allow most keywords.
    fn field_name(&mut self) -> Parsed<Name> {
        let Some(word) = self.word() else { return Err(self.expected("the name of the field")) };
        if !words::is_keyword(word) {
            return self.definition_name("the name of the field");
        }
        if !words::may_name_field(word) {
            return Err(self.expected("the name of the field"));
        }
        let name = self.name_token();
        let fault = Diagnostic::new(&rules::KEYWORD_NAME, format!("the field's name `{word}` is a keyword"));
        let fault = fault.primary(self.source, name.span, "");
        self.warn(fault.note("version 0.17 of the Apache compiler, among others, refuses it"));
        Ok(name)
    }

    fn xsd(&mut self) -> Parsed<Xsd> {
        let optional = self.eat_word("xsd_optional").is_some();
        let nillable = self.eat_word("xsd_nillable").is_some();
        let attributes = if self.eat_word("xsd_attrs").is_some() {
            self.expect('{', "`{` and the attributes")?;
            Some(self.fields('}'))
        } else {
            None
        };
        Ok(Xsd { optional, nillable, attributes })
    }
}

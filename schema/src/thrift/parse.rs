//! From tokens to a document.
//!
//! The grammar is followed by descent. Where the text leaves it, what was expected is reported at its place, and reading goes
//! on with the next field, function or definition.

mod definitions;
mod fields;
mod headers;
mod recover;
mod types;
mod values;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Span};
use crate::thrift::document::{Annotation, Comment, CommentKind, Doc, Document, FbthriftForm, Integer, Literal, Name};
use crate::thrift::lex::{Lexer, Token, TokenKind};
use crate::thrift::{doc, rules, words};

/// Reads a text. What has a fault is left out of the document as far as need be.
pub(super) fn parse(source: &Arc<SourceFile>, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let mut parser = Parser::new(source, diagnostics);
    parser.advance();
    let doc = parser.file_doc();
    let mut headers = Vec::new();
    let mut definitions = Vec::new();
    while !parser.at_end() {
        let start = parser.token.span;
        if parser.item(&mut headers, &mut definitions).is_err() {
            parser.recover_at_top(start);
        }
    }
    parser.report_stray_separators();
    let Parser { comments, forms, .. } = parser;
    Document { source: Arc::clone(source), comments, doc, headers, definitions, fbthrift_forms: forms }
}

/// How deep types and values may be nested.
const MAX_DEPTH: usize = 100;

/// How many syntax errors of a file are reported.
const MAX_ERRORS: usize = 1000;

/// A fault that was reported, after which the place to go on has to be looked for.
struct Fault;

type Parsed<T> = Result<T, Fault>;

struct Parser<'a, 'd> {
    source: &'a Arc<SourceFile>,
    diagnostics: &'d mut Vec<Diagnostic>,
    lexer: Lexer<'a>,
    token: Token,
    /// The token before.
    previous: Token,
    comments: Vec<Comment>,
    forms: Vec<FbthriftForm>,
    stray: Vec<Span>,
    errors: usize,
    depth: usize,
    /// Whether nothing of the definition at hand was left out.
    complete: bool,
}

impl<'a, 'd> Parser<'a, 'd> {
    fn new(source: &'a Arc<SourceFile>, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        let nothing = Token { kind: TokenKind::End, span: Span::default(), comments: 0, starts_line: true };
        Self {
            source,
            diagnostics,
            lexer: Lexer::new(source),
            token: nothing,
            previous: nothing,
            comments: Vec::new(),
            forms: Vec::new(),
            stray: Vec::new(),
            errors: 0,
            depth: 0,
            complete: true,
        }
    }

    // Tokens.

    fn advance(&mut self) -> Token {
        self.previous = self.token;
        self.token = self.lexer.next(|comment| self.comments.push(comment));
        self.previous
    }

    fn at_end(&self) -> bool {
        self.token.kind == TokenKind::End
    }

    fn at(&self, symbol: char) -> bool {
        self.token.kind == TokenKind::Symbol(symbol)
    }

    fn eat(&mut self, symbol: char) -> bool {
        let there = self.at(symbol);
        if there {
            self.advance();
        }
        there
    }

    fn slice(&self, token: Token) -> &'a str {
        self.source.slice(token.span)
    }

    /// The text of the token if it is a word.
    fn word(&self) -> Option<&'a str> {
        (self.token.kind == TokenKind::Identifier).then(|| self.slice(self.token))
    }

    fn eat_word(&mut self, word: &str) -> Option<Span> {
        (self.word() == Some(word)).then(|| self.advance().span)
    }

    /// The tokens behind this one.
    fn peek(&self) -> [Token; 2] {
        let mut lexer = self.lexer.clone();
        [lexer.next(|_| ()), lexer.next(|_| ())]
    }

    /// From a place to the end of the token before.
    fn since(&self, start: Span) -> Span {
        Span { start: start.start, end: self.previous.span.end.max(start.start) }
    }

    fn separator(&mut self) {
        if self.at(',') || self.at(';') {
            self.advance();
        }
    }

    /// Separators where the grammar has none.
    fn stray_separators(&mut self) {
        while self.at(',') || self.at(';') {
            let span = self.advance().span;
            if self.stray.len() < MAX_ERRORS {
                self.stray.push(span);
            }
        }
    }

    fn report_stray_separators(&mut self) {
        // fbthrift takes them.
        if self.forms.iter().any(|form| form.is_telling) {
            return;
        }
        for span in std::mem::take(&mut self.stray) {
            let message = format!("a `{}` may not stand here", self.source.slice(span));
            let fault = Diagnostic::new(&rules::STRAY_SEPARATOR, message).primary(self.source, span, "");
            self.diagnostics.push(fault.suggest(self.source, span, "remove it", ""));
        }
    }

    // Faults.

    fn report(&mut self, diagnostic: Diagnostic) -> Fault {
        self.complete = false;
        if self.errors > MAX_ERRORS {
            return Fault;
        }
        if diagnostic.is_error() {
            self.errors += 1;
        }
        self.diagnostics.push(diagnostic);
        if self.errors > MAX_ERRORS {
            let fault = Diagnostic::new(&rules::TOO_MANY_ERRORS, "the rest of the file is not read");
            self.diagnostics.push(fault.primary(self.source, self.token.span, ""));
            self.lexer = self.lexer.clone().ended();
            self.advance();
        }
        Fault
    }

    /// Reports what should stand here.
    fn expected(&mut self, what: &str) -> Fault {
        let text = self.source.slice(self.token.span);
        let (rule, message) = match self.token.kind {
            TokenKind::End => (&rules::SYNTAX, format!("expected {what}, and the file ends")),
            TokenKind::OpenComment => (&rules::UNTERMINATED, "the comment has no end: `*/`".to_owned()),
            TokenKind::OpenLiteral => {
                (&rules::UNTERMINATED, format!("the string has no end: `{}` in the same line", &text[..1]))
            }
            TokenKind::Other => (&rules::SYNTAX, format!("expected {what}, found the character `{text}`")),
            TokenKind::Identifier if words::is_keyword(text) => {
                (&rules::SYNTAX, format!("expected {what}, found the keyword `{text}`"))
            }
            _ => (&rules::SYNTAX, format!("expected {what}, found `{}`", shortened(text))),
        };
        let mut span = self.token.span;
        if self.token.kind == TokenKind::End {
            span = Span { start: self.previous.span.end, end: self.previous.span.end };
        } else if self.token.kind == TokenKind::OpenComment {
            span.end = span.start + 2;
        }
        self.report(Diagnostic::new(rule, message).primary(self.source, span, ""))
    }

    fn expect(&mut self, symbol: char, what: &str) -> Parsed<Span> {
        if self.at(symbol) { Ok(self.advance().span) } else { Err(self.expected(what)) }
    }

    fn warn(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Notes the use of what only fbthrift has.
    fn fbthrift(&mut self, name: &'static str, span: Span) {
        self.form(FbthriftForm { name, span, is_telling: true });
    }

    /// Notes the use of what fbthrift allows and others write by mistake.
    fn fbthrift_custom(&mut self, name: &'static str, span: Span) {
        self.form(FbthriftForm { name, span, is_telling: false });
    }

    fn form(&mut self, form: FbthriftForm) {
        if self.forms.iter().all(|known| known.name != form.name) {
            self.forms.push(form);
        }
    }

    /// Goes on one level deeper, if there is one.
    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} levels are nested here");
            return Err(self.report(Diagnostic::new(&rules::TOO_DEEP, message).primary(
                self.source,
                self.token.span,
                "",
            )));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    // What occurs everywhere.

    fn name_token(&mut self) -> Name {
        let token = self.advance();
        Name { text: self.slice(token).into(), span: token.span }
    }

    /// A name that refers to something, dots included.
    fn reference(&mut self, what: &str) -> Parsed<Name> {
        match self.word() {
            Some(word) if !words::is_keyword(word) => Ok(self.name_token()),
            _ => Err(self.expected(what)),
        }
    }

    /// The name of what is defined here.
    fn definition_name(&mut self, what: &str) -> Parsed<Name> {
        let name = self.reference(what)?;
        self.check_name(&name);
        Ok(name)
    }

    fn check_name(&mut self, name: &Name) {
        if name.text.contains('.') {
            let message = format!("the name `{}` has a dot, which only references have", name.text);
            self.report(Diagnostic::new(&rules::DOTTED_NAME, message).primary(self.source, name.span, ""));
        } else if words::is_reserved(&name.text) {
            let message = format!("`{}` is a reserved word of some target language", name.text);
            let fault = Diagnostic::new(&rules::RESERVED_WORD, message).primary(self.source, name.span, "");
            self.warn(fault.note("most generators of the Apache compiler refuse the file"));
        }
    }

    fn integer(&mut self) -> Integer {
        let token = self.advance();
        let value = integer_value(self.slice(token)).unwrap_or_else(|| {
            let message = format!("the integer `{}` does not fit into 64 bits", shortened(self.slice(token)));
            self.report(Diagnostic::new(&rules::INTEGER_OVERFLOW, message).primary(self.source, token.span, ""));
            0
        });
        Integer { value, span: token.span }
    }

    fn literal(&mut self, what: &str) -> Parsed<Literal> {
        if self.token.kind != TokenKind::Literal {
            return Err(self.expected(what));
        }
        let token = self.advance();
        let quoted = self.slice(token);
        let inner = quoted.get(1..quoted.len() - 1).unwrap_or("");
        if !inner.contains('\\') {
            return Ok(Literal { text: inner.into(), span: token.span });
        }
        let mut text = String::with_capacity(inner.len());
        let mut chars = inner.char_indices();
        while let Some((at, c)) = chars.next() {
            let escaped = if c == '\\' { chars.next().map(|(_, c)| c) } else { None };
            match escaped {
                None => text.push(c),
                Some('r') => text.push('\r'),
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some(c @ ('"' | '\'' | '\\')) => text.push(c),
                Some(other) => {
                    let start = token.span.start as usize + 1 + at;
                    let span = Span::new(start, start + 1 + other.len_utf8());
                    let fault = Diagnostic::new(&rules::BAD_ESCAPE, format!("`\\{other}` is no escape"));
                    let fault = fault.primary(self.source, span, "");
                    self.report(fault.note("the escapes are \\r, \\n, \\t, \\\", \\' and \\\\"));
                }
            }
        }
        Ok(Literal { text: text.into(), span: token.span })
    }

    /// The annotations in parentheses, if there are some.
    fn annotations(&mut self) -> Vec<Annotation> {
        if !self.eat('(') {
            return Vec::new();
        }
        self.body(')', |parser| {
            let name = parser.reference("an annotation or `)`")?;
            let value = if parser.eat('=') { Some(parser.literal("the annotation's value in quotes")?) } else { None };
            parser.separator();
            Ok(Annotation { name, value })
        })
    }

    /// The doc comment before this token.
    fn doc(&self) -> Option<Doc> {
        let before = self.comments.get(self.previous.comments as usize..).unwrap_or(&[]);
        before.iter().rev().find(|comment| comment.kind == CommentKind::Doc).map(|comment| self.doc_of(comment))
    }

    fn doc_of(&self, comment: &Comment) -> Doc {
        Doc { text: doc::text(self.source.slice(comment.span)), span: comment.span }
    }

    /// The doc comment before the first header.
    fn file_doc(&self) -> Option<Doc> {
        self.word().filter(|word| words::starts_header(word))?;
        self.comments.iter().find(|comment| comment.kind == CommentKind::Doc).map(|comment| self.doc_of(comment))
    }
}

/// The value of an integer as it is written, if it fits.
fn integer_value(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let magnitude = match digits.strip_prefix("0x") {
        Some(digits) => i128::from(u64::from_str_radix(digits, 16).ok()?),
        None => digits.parse::<u64>().ok()?.into(),
    };
    i64::try_from(if negative { -magnitude } else { magnitude }).ok()
}

fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

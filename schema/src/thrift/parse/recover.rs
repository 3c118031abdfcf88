//! Going on after faults.

use crate::source::Span;
use crate::thrift::lex::TokenKind;
use crate::thrift::parse::{Fault, Parsed, Parser};
use crate::thrift::words;

impl Parser<'_, '_> {
    /// Whether what stands here can only be the start of a header or a definition. Within a body that is the sign that its
    /// end is missing, so only the start of a line counts.
    pub(super) fn at_definition(&self) -> bool {
        self.token.starts_line && self.looks_like_definition()
    }

    fn looks_like_definition(&self) -> bool {
        let Some(word) = self.word().filter(|word| words::starts_definition(word)) else { return false };
        let [next, second] = self.peek();
        match word {
            "include" | "cpp_include" | "package" | "hs_include" => next.kind == TokenKind::Literal,
            "namespace" => next.kind == TokenKind::Identifier || next.kind == TokenKind::Symbol('*'),
            "typedef" | "const" => next.kind == TokenKind::Identifier,
            "interaction" => next.kind == TokenKind::Identifier && second.kind == TokenKind::Symbol('{'),
            _ => {
                next.kind == TokenKind::Identifier
                    && matches!(second.kind, TokenKind::Symbol('{' | '(') | TokenKind::Identifier)
            }
        }
    }

    pub(super) fn recover_at_top(&mut self, start: Span) {
        self.depth = 0;
        if self.token.span == start {
            self.advance();
        }
        let mut depth = 0usize;
        while !self.at_end() {
            match self.token.kind {
                TokenKind::Symbol('{' | '(' | '[') => depth += 1,
                TokenKind::Symbol('}' | ')' | ']') => depth = depth.saturating_sub(1),
                TokenKind::Identifier if depth == 0 && self.looks_like_definition() => return,
                TokenKind::Symbol('@') if depth == 0 => return,
                _ if self.at_definition() => return,
                _ => {}
            }
            self.advance();
        }
    }

    /// Reads items up to the end of their body. Where that is missing, it is said.
    pub(super) fn body<T>(&mut self, close: char, mut item: impl FnMut(&mut Self) -> Parsed<T>) -> Vec<T> {
        let mut items = Vec::new();
        loop {
            if self.eat(close) {
                return items;
            }
            // A brace closes what is around.
            if self.at_end() || self.at_definition() || self.at('}') {
                self.expected(&format!("`{close}`"));
                return items;
            }
            let start = self.token.span;
            match item(self) {
                Ok(item) => items.push(item),
                Err(Fault) => self.recover_in_body(close, start),
            }
        }
    }

    fn recover_in_body(&mut self, close: char, start: Span) {
        let mut open = Open::default();
        let mut moved = self.token.span != start;
        loop {
            let kind = self.token.kind;
            let outside = open.is_empty();
            if kind == TokenKind::End
                || (outside && kind == TokenKind::Symbol(close))
                || (moved && self.at_definition())
            {
                return;
            }
            if moved && outside && kind == TokenKind::Integer && self.peek()[0].kind == TokenKind::Symbol(':') {
                return;
            }
            match kind {
                TokenKind::Symbol(',' | ';') if outside => {
                    self.advance();
                    return;
                }
                // A function goes from line to line.
                TokenKind::Identifier if moved && outside && close == '}' && self.token.starts_line => return,
                TokenKind::Symbol('(') => open.push(')'),
                TokenKind::Symbol('[') => open.push(']'),
                TokenKind::Symbol('{') => open.push('}'),
                // A brace that was not opened here closes what is around.
                TokenKind::Symbol(closer @ (')' | ']' | '}')) if !open.close(closer) && closer == '}' => return,
                _ => {}
            }
            self.advance();
            moved = true;
        }
    }
}

/// The brackets that are open, by what closes them.
#[derive(Default)]
struct Open {
    closers: Vec<char>,
    braces: usize,
    parentheses: usize,
    squares: usize,
}

impl Open {
    fn is_empty(&self) -> bool {
        self.closers.is_empty()
    }

    fn count(&mut self, closer: char) -> &mut usize {
        match closer {
            '}' => &mut self.braces,
            ')' => &mut self.parentheses,
            _ => &mut self.squares,
        }
    }

    fn push(&mut self, closer: char) {
        self.closers.push(closer);
        *self.count(closer) += 1;
    }

    /// Closes a bracket, and those within it that were left open. Says whether there was such a bracket.
    fn close(&mut self, closer: char) -> bool {
        if *self.count(closer) == 0 {
            return false;
        }
        while let Some(last) = self.closers.pop() {
            *self.count(last) -= 1;
            if last == closer {
                break;
            }
        }
        true
    }
}

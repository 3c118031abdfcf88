//! Tokens, by nom.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_until, take_while, take_while1};
use nom::character::complete::{char, digit1, hex_digit1, one_of, satisfy};
use nom::combinator::{opt, recognize};
use nom::multi::many0_count;
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};

use crate::source::{SourceFile, Span};
use crate::thrift::document::{Comment, CommentKind};

/// A token with its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
    /// The number of comments before it.
    pub(super) comments: u32,
    /// Whether it is the first one of its line.
    pub(super) starts_line: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Identifier,
    Integer,
    Double,
    Literal,
    Symbol(char),
    /// A quote without another one in its line.
    OpenLiteral,
    /// `/*` without `*/`.
    OpenComment,
    /// A character that starts no token.
    Other,
    End,
}

/// Yields tokens one by one, so that a text takes no more memory than its document.
#[derive(Debug, Clone)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    comments: u32,
    started: bool,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(source: &'a SourceFile) -> Self {
        Self { text: source.text(), at: source.byte_order_mark_length(), comments: 0, started: false }
    }

    /// The same, with nothing left to read.
    pub(super) fn ended(self) -> Self {
        Self { at: self.text.len(), ..self }
    }

    /// The next token. The comments before it are handed over.
    pub(super) fn next(&mut self, mut keep: impl FnMut(Comment)) -> Token {
        let mut starts_line = !std::mem::replace(&mut self.started, true);
        let kind = loop {
            let rest = &self.text[self.at..];
            let (behind, space) = blank(rest);
            starts_line |= space.contains('\n');
            self.at += space.len();
            match comment(behind) {
                Ok((_, (text, kind))) => {
                    keep(Comment { span: Span::new(self.at, self.at + text.len()), kind });
                    starts_line |= text.contains('\n');
                    self.at += text.len();
                    self.comments += 1;
                }
                Err(_) => break token(behind),
            }
        };
        let (kind, length) = kind;
        let span = Span::new(self.at, self.at + length);
        self.at += length;
        Token { kind, span, comments: self.comments, starts_line }
    }
}

fn blank(input: &str) -> (&str, &str) {
    let space = take_while::<_, _, nom::error::Error<&str>>(|c| matches!(c, ' ' | '\t' | '\r' | '\n'));
    split(input, space)
}

/// Runs a parser that cannot fail on any text.
fn split<'a>(input: &'a str, mut parser: impl Parser<&'a str, Output = &'a str>) -> (&'a str, &'a str) {
    parser.parse(input).unwrap_or((input, ""))
}

fn comment(input: &str) -> IResult<&str, (&str, CommentKind)> {
    let to_line_end = |start: &'static str| recognize(pair(tag(start), take_till(|c| c == '\n')));
    let line = to_line_end("//").map(|text: &str| (text, CommentKind::Line));
    let hash = to_line_end("#").map(|text: &str| (text, CommentKind::Hash));
    // `/**/` and `/***/` are no documentation.
    let block = recognize((tag("/*"), take_until("*/"), tag("*/"))).map(|text: &str| {
        let doc = text.starts_with("/**") && !text.trim_start_matches(['/', '*']).is_empty();
        (text, if doc { CommentKind::Doc } else { CommentKind::Block })
    });
    let (rest, (text, kind)) = alt((line, hash, block)).parse(input)?;
    let text = if kind == CommentKind::Block || kind == CommentKind::Doc { text } else { text.trim_end_matches('\r') };
    Ok((rest, (text, kind)))
}

/// The token at the start of a text without blanks and comments at its start, with its length.
fn token(input: &str) -> (TokenKind, usize) {
    let Some(first) = input.chars().next() else { return (TokenKind::End, 0) };
    let found = match first {
        'a'..='z' | 'A'..='Z' | '_' => identifier(input).map(|(_, text)| (TokenKind::Identifier, text.len())),
        '0'..='9' | '+' | '-' | '.' => number(input).map(|(_, (text, kind))| (kind, text.len())),
        '"' | '\'' => literal(input).map(|(_, text)| (TokenKind::Literal, text.len())),
        ':' | ';' | ',' | '{' | '}' | '(' | ')' | '=' | '<' | '>' | '[' | ']' | '&' | '*' | '@' => {
            Ok((TokenKind::Symbol(first), 1))
        }
        _ => return broken(input, first),
    };
    found.unwrap_or_else(|_: nom::Err<nom::error::Error<&str>>| broken(input, first))
}

fn broken(input: &str, first: char) -> (TokenKind, usize) {
    match first {
        '/' if input.starts_with("/*") => (TokenKind::OpenComment, input.len()),
        '"' | '\'' => (TokenKind::OpenLiteral, input.find('\n').unwrap_or(input.len())),
        _ => (TokenKind::Other, first.len_utf8()),
    }
}

fn identifier(input: &str) -> IResult<&str, &str> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let dotted = recognize(pair(char('.'), satisfy(word)));
    recognize(pair(satisfy(|c| c.is_ascii_alphabetic() || c == '_'), many0_count(alt((take_while1(word), dotted)))))
        .parse(input)
}

fn number(input: &str) -> IResult<&str, (&str, TokenKind)> {
    let sign = || opt(one_of("+-"));
    let hexadecimal = recognize((sign(), tag("0x"), hex_digit1)).map(|text| (text, TokenKind::Integer));
    let exponent = || recognize((one_of("eE"), sign(), digit1));
    let fraction = || recognize(preceded(char('.'), digit1));
    let with_fraction = recognize((sign(), opt(digit1), fraction(), opt(exponent())));
    let with_exponent = recognize((sign(), digit1, exponent()));
    let double = alt((with_fraction, with_exponent)).map(|text| (text, TokenKind::Double));
    let integer = recognize(pair(sign(), digit1)).map(|text| (text, TokenKind::Integer));
    alt((hexadecimal, double, integer)).parse(input)
}

fn literal(input: &str) -> IResult<&str, &str> {
    let quote = if input.starts_with('"') { '"' } else { '\'' };
    let plain = take_while1(move |c| c != quote && c != '\\' && c != '\n');
    let escape = recognize(pair(char('\\'), satisfy(|c| c != '\n')));
    recognize((char(quote), many0_count(alt((plain, escape))), char(quote))).parse(input)
}

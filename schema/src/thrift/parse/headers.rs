//! Includes and namespaces.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::thrift::document::{Definition, Header, HeaderKind, Name};
use crate::thrift::lex::TokenKind;
use crate::thrift::parse::{Parsed, Parser};
use crate::thrift::{rules, words};

impl Parser<'_, '_> {
    /// A header or a definition.
    pub(super) fn item(&mut self, headers: &mut Vec<Header>, definitions: &mut Vec<Definition>) -> Parsed<()> {
        self.complete = true;
        let word = self.word().filter(|word| words::starts_header(word));
        // `package` is a keyword of fbthrift only.
        let header = word.filter(|word| *word != "package" || self.peek()[0].kind == TokenKind::Literal);
        // A package may have structured annotations.
        if let Some(word) = header {
            let header = self.header(word)?;
            if let Some(last) = definitions.last() {
                self.late_header(&header, last.name.span);
            }
            headers.push(header);
        } else {
            definitions.extend(self.definition()?);
        }
        self.stray_separators();
        Ok(())
    }

    fn header(&mut self, word: &str) -> Parsed<Header> {
        let start = self.advance().span;
        let kind = match word {
            "include" => self.include()?,
            "package" => {
                self.fbthrift("`package`", start);
                HeaderKind::Package(self.literal("the package in quotes")?)
            }
            "cpp_include" => HeaderKind::CppInclude(self.literal("the path in quotes")?),
            "hs_include" => {
                self.fbthrift("`hs_include`", start);
                HeaderKind::CppInclude(self.literal("the path in quotes")?)
            }
            "namespace" => {
                let scope = self.scope()?;
                if let TokenKind::Literal = self.token.kind {
                    self.fbthrift_custom("a namespace in quotes", self.token.span);
                }
                self.namespace(scope)?
            }
            former => {
                let language = words::former_namespace(former).unwrap_or(former);
                let fault = Diagnostic::new(&rules::DEPRECATED, format!("`{former}` is deprecated"))
                    .primary(self.source, start, "")
                    .note("current versions of the Apache compiler refuse it");
                let better = format!("namespace {language}");
                self.warn(fault.suggest(self.source, start, format!("write `{better}`"), better));
                self.namespace(Name { text: language.into(), span: start })?
            }
        };
        Ok(Header { kind, span: self.since(start) })
    }

    fn include(&mut self) -> Parsed<HeaderKind> {
        let path = self.literal("the path of a file in quotes")?;
        let alias = match self.eat_word("as") {
            None => None,
            Some(span) => {
                self.fbthrift("`include … as`", span);
                Some(self.reference("the prefix for the names of the included file")?)
            }
        };
        Ok(HeaderKind::Include { path, alias })
    }

    fn scope(&mut self) -> Parsed<Name> {
        if self.at('*') {
            return Ok(self.name_token());
        }
        self.reference("the language of the namespace, or `*`")
    }

    fn namespace(&mut self, scope: Name) -> Parsed<HeaderKind> {
        // The former words for XML and Smalltalk always took quotes.
        let name = if self.token.kind == TokenKind::Literal {
            let literal = self.literal("the namespace")?;
            Name { text: literal.text, span: literal.span }
        } else {
            self.reference("the namespace")?
        };
        let annotations = self.annotations();
        Ok(HeaderKind::Namespace { scope, name, annotations })
    }

    fn late_header(&mut self, header: &Header, definition: Span) {
        let word = match header.kind {
            HeaderKind::Include { .. } => "an include",
            HeaderKind::CppInclude(_) => "a `cpp_include`",
            HeaderKind::Namespace { .. } => "a namespace",
            HeaderKind::Package(_) => "a package",
        };
        let fault = Diagnostic::new(&rules::LATE_HEADER, format!("{word} has to stand before all definitions"))
            .primary(self.source, header.span, "")
            .secondary(self.source, definition, "definitions have begun here");
        self.report(fault);
    }
}

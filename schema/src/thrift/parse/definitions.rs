//! Definitions.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::thrift::document::{
    Definition, DefinitionKind, Doc, EnumValue, Field, Function, Name, Streaming, StructuredAnnotation, Type, Value,
    ValueKind,
};
use crate::thrift::lex::TokenKind;
use crate::thrift::parse::{Fault, Parsed, Parser};
use crate::thrift::program::StructKind;
use crate::thrift::{rules, words};

/// What stands before a definition.
struct Front {
    doc: Option<Doc>,
    structured: Vec<StructuredAnnotation>,
    start: Span,
}

/// A function's result.
struct Answer {
    result: Option<Type>,
    streaming: Option<Streaming>,
}

impl Parser<'_, '_> {
    /// A definition, unless the annotations before it were those of a package.
    pub(super) fn definition(&mut self) -> Parsed<Option<Definition>> {
        let doc = self.doc();
        let structured = self.structured()?;
        if !structured.is_empty() && self.word() == Some("package") {
            return Ok(None);
        }
        let front = Front { doc, structured, start: self.token.span };
        self.exception_modifiers();
        let definition = match self.word() {
            Some("struct") => self.structure(front, StructKind::Struct),
            Some("union") => self.structure(front, StructKind::Union),
            Some("exception") => self.structure(front, StructKind::Exception),
            Some("enum") => self.enumeration(front),
            Some("senum") => self.senum(front),
            Some("typedef") => self.typedef(front),
            Some("const") => self.constant(front),
            Some("service") => self.service(front, false),
            Some("interaction") => {
                self.fbthrift("`interaction`", self.token.span);
                self.service(front, true)
            }
            _ => Err(self.expected("a definition (struct, union, exception, enum, typedef, const or service)")),
        };
        definition.map(Some)
    }

    /// `safe`, `transient` and the like before an exception of fbthrift.
    fn exception_modifiers(&mut self) {
        while let Some("safe" | "transient" | "stateful" | "permanent" | "client" | "server") = self.word() {
            let next = self.peek()[0];
            if next.kind != TokenKind::Identifier {
                return;
            }
            let span = self.advance().span;
            self.fbthrift("words before `exception`", span);
        }
    }

    fn finish(&mut self, front: Front, name: Name, kind: DefinitionKind) -> Definition {
        let annotations = self.annotations();
        let Front { doc, structured, start } = front;
        Definition { kind, name, doc, annotations, structured, span: self.since(start), complete: self.complete }
    }

    fn structure(&mut self, front: Front, kind: StructKind) -> Parsed<Definition> {
        self.advance();
        let name = self.definition_name(&format!("the name of the {}", kind.word()))?;
        let xsd_all = kind != StructKind::Exception && self.eat_word("xsd_all").is_some();
        self.expect('{', "`{` and the fields")?;
        let fields = self.fields('}');
        Ok(self.finish(front, name, DefinitionKind::Struct { kind, xsd_all, fields }))
    }

    fn enumeration(&mut self, front: Front) -> Parsed<Definition> {
        self.advance();
        let name = self.definition_name("the name of the enum")?;
        self.expect('{', "`{` and the values of the enum")?;
        let values = self.body('}', Self::enum_value);
        Ok(self.finish(front, name, DefinitionKind::Enum(values)))
    }

    fn enum_value(&mut self) -> Parsed<EnumValue> {
        let doc = self.doc();
        let structured = self.structured()?;
        let name = self.reference("the name of a value or `}`")?;
        let number = if self.eat('=') {
            if self.token.kind != TokenKind::Integer {
                return Err(self.expected("an integer"));
            }
            Some(self.integer())
        } else {
            None
        };
        // The compiler takes dots in names with numbers.
        if number.is_none() || !name.text.contains('.') {
            self.check_name(&name);
        }
        let annotations = self.annotations();
        self.separator();
        Ok(EnumValue { name, number, doc, annotations, structured })
    }

    fn senum(&mut self, front: Front) -> Parsed<Definition> {
        let word = self.advance().span;
        self.deprecated(word, "senum", "string");
        let name = self.definition_name("the name of the senum")?;
        self.expect('{', "`{` and the texts of the senum")?;
        let texts = self.body('}', |parser| {
            let text = parser.literal("a text in quotes or `}`")?;
            parser.separator();
            Ok(text)
        });
        Ok(self.finish(front, name, DefinitionKind::Senum(texts)))
    }

    fn typedef(&mut self, front: Front) -> Parsed<Definition> {
        self.advance();
        let ty = self.ty("a type")?;
        let name = self.definition_name("the new name of the type")?;
        let definition = self.finish(front, name, DefinitionKind::Typedef(ty));
        self.separator();
        Ok(definition)
    }

    fn constant(&mut self, front: Front) -> Parsed<Definition> {
        self.advance();
        let ty = self.ty("the type of the constant")?;
        let name = self.definition_name("the name of the constant")?;
        self.expect('=', "`=` and the value of the constant")?;
        let start = self.token.span;
        let value = self.value().unwrap_or_else(|Fault| {
            // The constant is known by its name, so that its uses are not faults of their own.
            self.recover_at_top(start);
            Value { kind: ValueKind::List(Vec::new()), span: start }
        });
        if self.at('(') {
            self.fbthrift_custom("annotations on a constant", self.token.span);
        }
        let definition = self.finish(front, name, DefinitionKind::Const { ty, value });
        self.separator();
        Ok(definition)
    }

    fn service(&mut self, front: Front, interaction: bool) -> Parsed<Definition> {
        self.advance();
        let name = self.definition_name("the name of the service")?;
        let extends = match self.eat_word("extends") {
            Some(_) => Some(self.reference("the name of a service")?),
            None => None,
        };
        self.expect('{', "`{` and the functions of the service")?;
        let mut performs = Vec::new();
        let functions = self.body('}', |parser| {
            if parser.word() == Some("performs") && parser.peek()[1].kind == TokenKind::Symbol(';') {
                let span = parser.advance().span;
                parser.fbthrift("`performs`", span);
                performs.push(parser.reference("the name of an interaction")?);
                parser.separator();
                return Ok(None);
            }
            parser.function().map(Some)
        });
        let functions = functions.into_iter().flatten().collect();
        Ok(self.finish(front, name, DefinitionKind::Service { interaction, extends, functions, performs }))
    }

    fn function(&mut self) -> Parsed<Function> {
        let doc = self.doc();
        let structured = self.structured()?;
        let start = self.token.span;
        let oneway = self.oneway();
        let result_start = self.token.span;
        self.check_result()?;
        let Answer { result, streaming } = self.answer()?;
        let result_span = self.since(result_start);
        let name = self.definition_name("the name of the function")?;
        self.expect('(', "`(` and the arguments")?;
        let arguments = self.fields(')');
        let throws = self.throws()?;
        let annotations = self.annotations();
        let span = self.since(start);
        self.separator();
        Ok(Function {
            name,
            oneway,
            result,
            result_span,
            streaming,
            arguments,
            throws,
            doc,
            annotations,
            structured,
            span,
        })
    }

    fn oneway(&mut self) -> Option<Span> {
        if let Some("readonly" | "idempotent") = self.word()
            && self.peek()[1].kind == TokenKind::Identifier
        {
            let span = self.advance().span;
            self.fbthrift("words before a function", span);
        }
        if let Some(span) = self.eat_word("async") {
            let fault = Diagnostic::new(&rules::DEPRECATED, "`async` is deprecated; `oneway` is meant");
            let fault = fault.primary(self.source, span, "");
            self.warn(fault.suggest(self.source, span, "write `oneway`", "oneway"));
            return Some(span);
        }
        self.eat_word("oneway")
    }

    /// Reports a function that begins with its name. What follows could be read as fbthrift's annotations on the name of a
    /// type, with which the next function would become the type's.
    fn check_result(&mut self) -> Parsed<()> {
        let Some(name) = self.word().filter(|word| !words::is_keyword(word)) else { return Ok(()) };
        let [open, first] = self.peek();
        let is_call = open.kind == TokenKind::Symbol('(')
            && match first.kind {
                TokenKind::Symbol(')') | TokenKind::Integer => true,
                // The type of an argument without an id.
                TokenKind::Identifier => words::is_keyword(self.slice(first)),
                _ => false,
            };
        if !is_call {
            return Ok(());
        }
        let span = self.token.span;
        let fault = Diagnostic::new(&rules::SYNTAX, format!("`{name}` has no type of its result before it"));
        let fault = fault.primary(self.source, span, "");
        Err(self.report(fault.suggest(self.source, span, "write `void` if it has no result", format!("void {name}"))))
    }

    fn answer(&mut self) -> Parsed<Answer> {
        if self.at('(') {
            self.fbthrift_custom("a result in parentheses", self.token.span);
            self.advance();
            let answer = self.deeper(Self::answer)?;
            self.expect(')', "`)` behind the result")?;
            return Ok(answer);
        }
        if let Some(streaming) = self.streaming()? {
            return Ok(Answer { result: None, streaming: Some(streaming) });
        }
        let result = match self.eat_word("void") {
            Some(_) => None,
            None => Some(self.ty("a function or `}`")?),
        };
        if !self.at(',') {
            return Ok(Answer { result, streaming: None });
        }
        let comma = self.advance().span;
        self.fbthrift("several results", comma);
        match self.streaming()? {
            Some(streaming) => Ok(Answer { result, streaming: Some(streaming) }),
            // An interaction that is created, and what is answered at once.
            None => Ok(Answer { streaming: None, ..self.deeper(Self::answer)? }),
        }
    }

    fn streaming(&mut self) -> Parsed<Option<Streaming>> {
        let Some(word @ ("stream" | "sink")) = self.word() else { return Ok(None) };
        if self.peek()[0].kind != TokenKind::Symbol('<') {
            return Ok(None);
        }
        let form = if word == "stream" { "`stream`" } else { "`sink`" };
        let span = self.advance().span;
        self.fbthrift(form, span);
        self.advance();
        let payload = self.ty("the type of what flows")?;
        let throws = self.throws()?;
        let response = if word == "sink" {
            self.expect(',', "`,` and the type of the final answer")?;
            Some((self.ty("the type of the final answer")?, self.throws()?))
        } else {
            None
        };
        self.expect('>', "`>`")?;
        Ok(Some(Streaming { payload, throws, response }))
    }

    fn throws(&mut self) -> Parsed<Vec<Field>> {
        if self.eat_word("throws").is_none() {
            return Ok(Vec::new());
        }
        self.expect('(', "`(` and the exceptions")?;
        Ok(self.fields(')'))
    }
}

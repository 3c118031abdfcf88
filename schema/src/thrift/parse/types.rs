//! Types.

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::thrift::document::{Base, Literal, Type, TypeKind};
use crate::thrift::parse::{Parsed, Parser};
use crate::thrift::{rules, words};

impl Parser<'_, '_> {
    /// A type with its annotations. `what` says where it stands.
    pub(super) fn ty(&mut self, what: &str) -> Parsed<Type> {
        self.deeper(|parser| parser.type_here(what))
    }

    fn type_here(&mut self, what: &str) -> Parsed<Type> {
        let start = self.token.span;
        let Some(word) = self.word() else { return Err(self.expected(what)) };
        let mut cpp_type = None;
        let kind = match word {
            "list" | "set" | "map" => {
                self.advance();
                cpp_type = self.cpp_type()?;
                self.expect('<', &format!("`<` and what the {word} holds"))?;
                let kind = self.held(word)?;
                self.expect('>', "`>`")?;
                self.late_cpp_type(&mut cpp_type)?;
                kind
            }
            _ => match base(word) {
                Some(base) => {
                    self.advance();
                    if word == "slist" {
                        self.deprecated(start, "slist", "string");
                    }
                    TypeKind::Base(base)
                }
                None if word == "void" => {
                    let fault = Diagnostic::new(&rules::SYNTAX, format!("expected {what}, found `void`"));
                    let fault = fault.primary(self.source, start, "");
                    return Err(self.report(fault.note("`void` is only the result of a function")));
                }
                None if words::is_keyword(word) => return Err(self.expected(what)),
                None => TypeKind::Named(self.name_token()),
            },
        };
        let span = self.since(start);
        if self.at('(') && matches!(kind, TypeKind::Named(_)) {
            self.fbthrift_custom("annotations on the name of a type", self.token.span);
        }
        let annotations = self.annotations();
        Ok(Type { kind, cpp_type, annotations, span })
    }

    fn held(&mut self, container: &str) -> Parsed<TypeKind> {
        Ok(match container {
            "list" => TypeKind::List(Box::new(self.ty("the type of the list's elements")?)),
            "set" => TypeKind::Set(Box::new(self.ty("the type of the set's elements")?)),
            _ => {
                let key = self.ty("the type of the map's keys")?;
                self.expect(',', "`,` and the type of the map's values")?;
                TypeKind::Map(Box::new((key, self.ty("the type of the map's values")?)))
            }
        })
    }

    fn cpp_type(&mut self) -> Parsed<Option<Literal>> {
        match self.eat_word("cpp_type") {
            None => Ok(None),
            Some(_) => self.literal("a C++ type in quotes").map(Some),
        }
    }

    /// The former place of `cpp_type`.
    fn late_cpp_type(&mut self, cpp_type: &mut Option<Literal>) -> Parsed<()> {
        let start = self.token.span;
        if let Some(late) = self.cpp_type()? {
            let fault = Diagnostic::new(&rules::DEPRECATED, "`cpp_type` belongs before `<`");
            self.warn(fault.primary(self.source, self.since(start), ""));
            *cpp_type = Some(late);
        }
        Ok(())
    }

    /// Warns of a former word.
    pub(super) fn deprecated(&mut self, span: Span, former: &str, better: &str) {
        let fault = Diagnostic::new(&rules::DEPRECATED, format!("`{former}` is deprecated; `{better}` is meant"))
            .primary(self.source, span, "")
            .note("current versions of the Apache compiler refuse it");
        self.warn(fault);
    }
}

/// The type that a word stands for.
fn base(word: &str) -> Option<Base> {
    Some(match word {
        "bool" => Base::Bool,
        "byte" | "i8" => Base::I8,
        "i16" => Base::I16,
        "i32" => Base::I32,
        "i64" => Base::I64,
        "double" => Base::Double,
        "string" | "slist" => Base::String,
        "binary" => Base::Binary,
        _ => return None,
    })
}

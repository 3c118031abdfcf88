//! Names: the rule for their characters, and the full names of definitions.

use super::attributes::Object;
use super::{Definition, Reader, primitive};
use crate::avro::loader::NameRule;
use crate::avro::model::{Alias, TypeId};
use crate::avro::name::Name;
use crate::avro::rules;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What became of the definition of a name.
pub(super) enum Registered {
    /// The name is new.
    New,
    /// Another file has defined the same; that one stands for both.
    Same(TypeId),
    /// The name is taken by another type.
    Taken,
}

impl<'n> Reader<'_, 'n> {
    /// The full name that a definition declares, section "Names". A name with wrong characters is reported and kept, so
    /// that its uses are not faults as well.
    pub(super) fn full_name(&mut self, object: &Object<'n>, enclosing: Option<&str>) -> Option<(Name, Span)> {
        let own_namespace = self.optional_text(object, "namespace");
        let (text, span) = self.required_text(object, "name")?;
        let Some((before, simple)) = text.rsplit_once('.') else {
            if let Some((namespace, span)) = own_namespace {
                self.check_namespace(namespace, span);
            }
            let namespace = own_namespace.map_or(enclosing, |(namespace, _)| Some(namespace));
            self.check_type_name(text, span);
            return Some((Name::resolve(text, namespace), span));
        };
        self.check_namespace(before, span);
        self.check_type_name(simple, span);
        if let Some((namespace, namespace_span)) = own_namespace
            && namespace != before
        {
            let message = format!("`namespace` has no effect: the name `{text}` already has one");
            self.report(&rules::IGNORED_ATTRIBUTE, namespace_span, message);
        }
        Some((Name::new(text), span))
    }

    pub(super) fn register(&mut self, name: &Name, id: TypeId, span: Span, object: &Object<'n>) -> Registered {
        let draft = &mut *self.draft;
        let Some(first) = draft.definitions.get(name) else {
            let definition = Definition { id, file: self.file, name_span: span, node: object.node };
            draft.definitions.insert(name.clone(), definition);
            return Registered::New;
        };
        let same = first.file != self.file && first.node == object.node;
        let (rule, message, outcome) = if same {
            let message = format!("`{name}` is defined again with the same text");
            (&rules::REPEATED_DEFINITION, message, Registered::Same(first.id))
        } else {
            (&rules::DUPLICATE_NAME, format!("`{name}` is defined twice"), Registered::Taken)
        };
        let first_source = &draft.graph.sources[first.file.index()];
        draft.diagnostics.push(
            Diagnostic::new(rule, message).primary(&self.source, span, "defined again here").secondary(
                first_source,
                first.name_span,
                "first defined here",
            ),
        );
        outcome
    }

    /// The aliases of a named type as full names, section "Aliases". Any text is allowed as an alias.
    pub(super) fn type_aliases(&mut self, object: &Object<'n>, name: &Name) -> Vec<Alias> {
        let texts = self.texts(object, "aliases").into_iter();
        texts.map(|(text, span)| Alias { name: Name::resolve(text, name.namespace()), span }).collect()
    }

    /// Checks the name of a field or a symbol, or the name portion of a type.
    pub(super) fn check_name(&mut self, name: &str, span: Span, what: &str) {
        let Some(why) = name_fault(name, self.draft.options.names) else { return };
        let fault = self.fault(&rules::BAD_NAME, span, format!("`{name}` is not a valid {what}: {why}"));
        let better = corrected(name);
        let literal = format!("\"{better}\"");
        let fault = if better.is_empty() || self.source.slice(span) != format!("\"{name}\"") {
            fault
        } else {
            fault.suggest(&self.source, span, format!("rename it to `{better}`"), literal)
        };
        let fault = fault.note(RULE_OF_NAMES);
        let has_aliases = what != "symbol" && !name.is_empty();
        let alias = format!("with `{name}` among the aliases, data that has this name stays readable");
        self.draft.diagnostics.push(if has_aliases { fault.note(alias) } else { fault });
    }

    fn check_type_name(&mut self, simple: &str, span: Span) {
        self.check_name(simple, span, "name");
        if primitive(simple).is_some() && self.draft.options.names == NameRule::Strict {
            let message = format!("`{simple}` is the name of a primitive type and may not be defined in any namespace");
            self.report(&rules::BAD_NAME, span, message);
        }
    }

    fn check_namespace(&mut self, namespace: &str, span: Span) {
        if namespace.is_empty() {
            return;
        }
        let rule = self.draft.options.names;
        let fault = namespace.split('.').find_map(|part| name_fault(part, rule).map(|why| (part, why)));
        if let Some((part, why)) = fault {
            let message = match part {
                "" => format!("`{namespace}` is not a valid namespace: one of its names is empty"),
                _ => format!("`{namespace}` is not a valid namespace: in `{part}` {why}"),
            };
            let fault = self.fault(&rules::BAD_NAME, span, message);
            self.draft.diagnostics.push(fault.note(RULE_OF_NAMES));
        }
    }
}

const RULE_OF_NAMES: &str = "a name is made of ASCII letters, digits and underscores and does not start with a digit";

fn name_fault(name: &str, rule: NameRule) -> Option<String> {
    let Some(first) = name.chars().next() else { return Some("it is empty".to_owned()) };
    if rule == NameRule::Lenient {
        return None;
    }
    if first.is_ascii_digit() {
        return Some(format!("it starts with the digit {first}"));
    }
    let wrong = name.chars().find(|&c| !c.is_ascii_alphanumeric() && c != '_')?;
    Some(match wrong {
        ' ' => "it has a space".to_owned(),
        c if c.is_control() => format!("it has the control character U+{:04X}", u32::from(c)),
        c => format!("it has the character `{c}`"),
    })
}

fn corrected(name: &str) -> String {
    let better: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if better.starts_with(|c: char| c.is_ascii_digit()) { format!("_{better}") } else { better }
}

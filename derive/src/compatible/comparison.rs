//! The comparison of a type with an older schema.

use cognate_codegen::emit::{
    ArmItem, ArmValue, EnumItem, FieldFacts, FieldRole, RecordItem, SchemaName, Target, TransparentItem, UnionItem,
};
use cognate_schema::avro::resolve::{Meeting, UnionOrder, resolve, walk};
use cognate_schema::avro::{Schema, TypeKind};
use cognate_schema::compat::{Directions, Level, Options, check_with};
use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Lifetime;

use super::old::Old;
use super::texts::{Texts, Unseen, Written, fingerprint, plain_readers};
use super::{Checks, Reader};
use crate::{attributes::Said, errors::Errors};

/// The two texts, and the places of the reader's fields.
struct Texted {
    reader: String,
    writer: String,
    fields: Vec<Span>,
}

/// Compares a type with an older schema.
pub(super) fn compare(reader: Reader<'_>, said: &Said<String>, checks: &mut Checks, errors: &mut Errors) {
    let old = match Old::read(&said.value, &names(reader)) {
        Ok(old) => old,
        Err(fault) => return errors.at(said.span, fault),
    };
    // The build is to look again when the file changes.
    let file = format!("/{}", old.file);
    checks.assertions.extend(quote! {
        const _: &[u8] = ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #file));
    });
    match old.schema.kind(old.root) {
        TypeKind::Union(branches) => checks.reads.extend(branches.iter().map(|branch| fingerprint(&old, branch.id))),
        _ => checks.reads.push(fingerprint(&old, old.root)),
    }
    let mut texts = Texts::new(&old);
    let texted = match reader {
        Reader::Record(item) => record(item, &old, &mut texts),
        Reader::Enum(item) => Texted { reader: enumeration(item), writer: texts.shallow_root(), fields: Vec::new() },
        Reader::Union(item) => union(item, &mut texts),
        Reader::Transparent(item) => transparent(item, &mut texts),
    };
    judge(&texted, said, errors);
    for unseen in &texts.unseen {
        match assertion(unseen, &old, reader.target()) {
            Ok(assertion) => checks.assertions.extend(assertion),
            Err((span, fault)) => errors.at(span, fault),
        }
    }
}

/// Whether all data of a writer's schema can be read.
pub(super) fn reads(writer: &Schema, reader: &Schema) -> bool {
    resolve(writer, reader, UnionOrder::default()).is_compatible()
}

/// Reports what cannot be read, each at its field.
fn judge(texted: &Texted, said: &Said<String>, errors: &mut Errors) {
    let parse = |text: &str| Schema::parse(text).map_err(|problems| format!("{problems}\n{text}"));
    let (new, old) = match (parse(&texted.reader), parse(&texted.writer)) {
        (Ok(new), Ok(old)) => (new, old),
        (Err(fault), _) | (_, Err(fault)) => {
            return errors.at(said.span, format!("the type cannot be compared with the old schema: {fault}"));
        }
    };
    let report = check_with(&new, &[old], Options::at(Level::Backward).toward(Directions::BACKWARD));
    for finding in report.findings().filter(|finding| finding.breaks.backward) {
        let field = finding.new.path.strip_prefix("/fields/").and_then(|path| path.split('/').next());
        let field = field.and_then(|position| texted.fields.get(position.parse::<usize>().ok()?));
        let span = field.copied().unwrap_or(said.span);
        let fix = finding.fix.as_ref().map_or_else(String::new, |fix| format!("\nhelp: {fix}"));
        errors.at(span, format!("{}\nthe old schema is `{}`{fix}", finding.message, said.value));
    }
}

fn names(reader: Reader<'_>) -> Vec<String> {
    let (name, aliases) = match reader {
        Reader::Record(item) => (&item.name, &item.aliases),
        Reader::Enum(item) => (&item.name, &item.aliases),
        Reader::Transparent(TransparentItem { ty, .. }) => match &ty.facts.fixed {
            Some(fixed) => (&fixed.name, &fixed.aliases),
            None => return Vec::new(),
        },
        Reader::Union(_) => return Vec::new(),
    };
    let inside = aliases.iter().map(|alias| full_name(&SchemaName { name: alias.clone(), ..name.clone() }));
    [full_name(name), name.name.clone()].into_iter().chain(aliases.iter().cloned()).chain(inside).collect()
}

fn record(item: &RecordItem, old: &Old, texts: &mut Texts<'_>) -> Texted {
    let mut values: Vec<(&FieldFacts, Span)> = Vec::new();
    for field in &item.fields {
        if let FieldRole::Value(facts) = &field.role {
            values.push((facts, field.span));
        }
    }
    let head = format!(r#""name": "{}", "aliases": {:?}"#, full_name(&item.name), item.aliases);
    let fields: Vec<&FieldFacts> = values.iter().map(|(facts, _)| *facts).collect();
    let (reader, writer) = if let TypeKind::Record(from) = old.schema.kind(old.root) {
        texts.define(from.name.full());
        let sources = sources(old, &head, &fields);
        let mut written: Vec<String> = vec!["\"null\"".to_owned(); from.fields.len()];
        let read = fields.iter().zip(&sources).map(|(facts, source)| {
            let meets = source.and_then(|source| Some((source, from.fields.get(source)?)));
            let meets = meets.map(|(source, field)| {
                (source, texts.at(field.ty.id, format!("{}/fields/{source}/type", old.pointer)))
            });
            match meets {
                Some((source, meets)) => {
                    let (reader, writer) = texts.of(&facts.ty, &meets);
                    if let Some(slot) = written.get_mut(source) {
                        *slot = writer;
                    }
                    reader
                }
                None => texts.of(&facts.ty, &Written::default()).0,
            }
        });
        let read: Vec<String> = read.collect();
        let members = from.fields.iter().zip(&written);
        let members: Vec<_> =
            members.map(|(field, ty)| format!(r#"{{"name": "{}", "type": {ty}}}"#, field.name)).collect();
        let name = from.name.full();
        (read, format!(r#"{{"type": "record", "name": "{name}", "fields": [{}]}}"#, members.join(", ")))
    } else {
        let read = fields.iter().map(|facts| texts.of(&facts.ty, &Written::default()).0).collect();
        (read, texts.shallow_root())
    };
    let members: Vec<_> = fields.iter().zip(&reader).map(|(facts, ty)| member(facts, ty, texts)).collect();
    let reader = format!(r#"{{"type": "record", {head}, "fields": [{}]}}"#, members.join(", "));
    Texted { reader, writer, fields: values.into_iter().map(|(_, span)| span).collect() }
}

/// A field of the reader's record.
fn member(facts: &FieldFacts, ty: &str, texts: &Texts<'_>) -> String {
    let default = match &facts.default {
        Some(_) => format!(r#", "default": {}"#, texts.default(ty)),
        None => String::new(),
    };
    format!(r#"{{"name": "{}", "aliases": {:?}, "type": {ty}{default}}}"#, facts.name, facts.aliases)
}

/// The position of the writer's field that each of the reader's takes, by the rules of resolution.
fn sources(old: &Old, head: &str, fields: &[&FieldFacts]) -> Vec<Option<usize>> {
    let mut sources = vec![None; fields.len()];
    let TypeKind::Record(from) = old.schema.kind(old.root) else { return sources };
    let mut find = || {
        let nulls =
            |name: &str, aliases: &[String]| format!(r#"{{"name": "{name}", "aliases": {aliases:?}, "type": "null"}}"#);
        let read: Vec<_> = fields.iter().map(|facts| nulls(&facts.name, &facts.aliases)).collect();
        let written: Vec<_> = from.fields.iter().map(|field| nulls(&field.name, &[])).collect();
        let reader = format!(r#"{{"type": "record", {head}, "fields": [{}]}}"#, read.join(", "));
        let name = from.name.full();
        let writer = format!(r#"{{"type": "record", "name": "{name}", "fields": [{}]}}"#, written.join(", "));
        let (writer, reader) = (Schema::parse(&writer).ok()?, Schema::parse(&reader).ok()?);
        walk(&writer, &reader, UnionOrder::default(), &mut |meeting| {
            if let Meeting::Fields { writer, reader, .. } = meeting
                && let Some(slot) = sources.get_mut(*reader)
            {
                *slot = Some(*writer);
            }
        });
        Some(())
    };
    // Names that are no schema's are told where they stand.
    let _ = find();
    sources
}

fn enumeration(item: &EnumItem) -> String {
    let symbols: Vec<&str> = item.symbols.iter().map(|symbol| symbol.name.as_str()).collect();
    let default = item.default.and_then(|position| symbols.get(position));
    let default = default.map_or_else(String::new, |symbol| format!(r#", "default": "{symbol}""#));
    let (name, aliases) = (full_name(&item.name), &item.aliases);
    format!(r#"{{"type": "enum", "name": "{name}", "aliases": {aliases:?}, "symbols": {symbols:?}{default}}}"#)
}

fn union(item: &UnionItem, texts: &mut Texts<'_>) -> Texted {
    let arm = |arm: &ArmItem| match &arm.value {
        ArmValue::Null => None,
        ArmValue::Value(facts) => Some(facts.ty.clone()),
    };
    let arms: Vec<_> = item.arms.iter().map(arm).collect();
    let arms: Vec<_> = arms.iter().map(Option::as_ref).collect();
    let (reader, writer) = texts.of_arms(&arms, &texts.root());
    Texted { reader, writer, fields: Vec::new() }
}

fn transparent(item: &TransparentItem, texts: &mut Texts<'_>) -> Texted {
    let (reader, writer) = texts.of(&item.ty, &texts.root());
    Texted { reader, writer, fields: Vec::new() }
}

/// What the compiler is to decide: whether a type that the macro does not see into reads what is written in its place.
fn assertion(unseen: &Unseen, old: &Old, target: &Target) -> Result<TokenStream, (Span, String)> {
    let facade = &target.facade;
    let first = unseen.rust.first().cloned().unwrap_or_default();
    let span = first.into_iter().next().map_or_else(Span::call_site, |token| token.span());
    for rust in &unseen.rust {
        if let Some(parameter) = target.generics.type_params().find(|parameter| mentions(rust, &parameter.ident)) {
            let name = &parameter.ident;
            let fault = "`compatible_with` is for fields whose types are known";
            return Err((span, format!("what `{name}` reads is not known here; {fault}")));
        }
    }
    let types: Vec<_> = unseen.rust.iter().map(|rust| placed(rust.clone(), target)).collect();
    let reads = unseen.writer.iter().map(|writer| {
        let (plain, writer) = (plain_readers(old, *writer, unseen.logical), fingerprint(old, *writer));
        quote_spanned! {span=>
            (#(#facade::desc::reads(
                &<#types as #facade::Typed>::TYPE,
                <#types as #facade::Typed>::READS,
                #plain,
                #writer,
            ))||*)
        }
    });
    let reads: Vec<_> = reads.collect();
    let message = message(unseen, old);
    Ok(quote_spanned! {span=>
        const _: () = if !(#(#reads)&&*) {
            ::core::panic!("{}", #message);
        };
    })
}

fn message(unseen: &Unseen, old: &Old) -> String {
    let types: Vec<_> = unseen.rust.iter().map(|rust| format!("`{}`", rust.to_string().replace(' ', ""))).collect();
    let Old { schema, file, .. } = old;
    let kinds = unseen.writer.iter().map(|writer| schema.kind(*writer));
    let described = |kind: &TypeKind| {
        kind.name().map_or_else(|| kind.word().to_owned(), |name| format!("{} `{name}`", kind.word()))
    };
    let written: Vec<_> = kinds.map(described).collect();
    let attribute = match unseen.writer.as_slice() {
        [only] if schema.kind(*only).name().is_some() => file.clone(),
        _ => format!("{file}#{}", unseen.pointer),
    };
    format!(
        "{} is not known to read {} of the old schema; `#[cognate(compatible_with = \"{attribute}\")]` there says that it does, or why it does not",
        types.join(" or "),
        written.join(", ")
    )
}

/// A type as it can be named outside of the definition: without its lifetimes and `Self`.
fn placed(rust: TokenStream, target: &Target) -> TokenStream {
    let mut out = TokenStream::new();
    let mut tokens = rust.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '\'' => {
                tokens.next();
                Lifetime::new("'static", mark.span()).to_tokens(&mut out);
            }
            TokenTree::Group(group) => {
                let inside = placed(group.stream(), target);
                let mut placed = Group::new(group.delimiter(), inside);
                placed.set_span(group.span());
                placed.to_tokens(&mut out);
            }
            TokenTree::Ident(ident) if ident == "Self" => target.ident.to_tokens(&mut out),
            token => token.to_tokens(&mut out),
        }
    }
    out
}

fn mentions(rust: &TokenStream, name: &Ident) -> bool {
    rust.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        _ => false,
    })
}

fn full_name(name: &SchemaName) -> String {
    let SchemaName { name, namespace } = name;
    if namespace.is_empty() { name.clone() } else { format!("{namespace}.{name}") }
}

impl<'a> Reader<'a> {
    fn target(self) -> &'a Target {
        match self {
            Self::Record(item) => &item.target,
            Self::Enum(item) => &item.target,
            Self::Union(item) => &item.target,
            Self::Transparent(item) => &item.target,
        }
    }
}

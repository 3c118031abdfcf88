//! Structs: records, and structs that travel as their one field.

use std::collections::HashMap;

use cognate_codegen::emit::{
    self, FieldFacts, FieldItem, FieldRole, FixedFacts, Presence, RecordItem, TransparentItem,
};
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use syn::{
    Attribute, DataStruct, DeriveInput, Field, Fields, GenericArgument, Member, Meta, PathArguments, Type,
    spanned::Spanned,
};

use crate::{
    attributes::{Attributes, Place, Said},
    compatible::{self, Reader},
    default::field_default,
    errors::Errors,
    facts::type_tree,
    names::{self, Case},
    schema_name_of, target,
    types::View,
};

/// The implementations of a struct.
pub(crate) fn expand(input: &DeriveInput, data: &DataStruct, errors: &mut Errors) -> TokenStream {
    let transparent = match (&data.fields, data.fields.len()) {
        (Fields::Unnamed(_), 1) => true,
        (Fields::Unnamed(fields), _) => {
            let message = "a record's fields have names; only a struct of one field can do without";
            errors.over(fields, message);
            return TokenStream::new();
        }
        _ => input.attrs.iter().any(says_transparent),
    };
    if transparent { expand_transparent(input, data, errors) } else { expand_record(input, data, errors) }
}

/// Looked at before the attributes are read, since it decides which ones there may be.
fn says_transparent(attribute: &Attribute) -> bool {
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cognate") => {
            let mut tokens = list.tokens.clone().into_iter();
            tokens.any(|token| matches!(token, TokenTree::Ident(ident) if ident == "transparent"))
        }
        _ => false,
    }
}

fn expand_record(input: &DeriveInput, data: &DataStruct, errors: &mut Errors) -> TokenStream {
    let said = Attributes::read(&input.attrs, Place::Record, errors);
    let case = said.rename_all.as_ref().map(|case| case.value);
    let mut taken = Taken::default();
    let mut fields = Vec::with_capacity(data.fields.len());
    for (field, member) in data.fields.iter().zip(data.fields.members()) {
        fields.push(FieldItem { member, span: field.ty.span(), role: role(field, case, &mut taken, errors) });
    }
    let mut item = RecordItem {
        target: target(input, &said),
        name: schema_name_of(input, &said),
        is_error: said.error.is_some(),
        aliases: said.alias_names(),
        doc: said.doc,
        fields,
    };
    let checks = compatible::check(Reader::Record(&item), &said.compatible_with, errors);
    item.target.reads = checks.reads;
    let (implementations, assertions) = (emit::record(&item), checks.assertions);
    quote!(#implementations #assertions)
}

fn role(field: &Field, case: Option<Case>, taken: &mut Taken, errors: &mut Errors) -> FieldRole {
    let said = Attributes::read(&field.attrs, Place::Field, errors);
    if let Some(unknown) = &said.unknown {
        if let Some(skip) = &said.skip {
            errors.at(skip.span, "a field that keeps unknown fields is not skipped");
        }
        if taken.unknown {
            errors.at(unknown.span, "another field keeps the unknown fields already");
        }
        taken.unknown = true;
        return FieldRole::Unknown { owned: is_static(&field.ty) };
    }
    if said.skip.is_some() {
        return FieldRole::Skipped;
    }
    FieldRole::Value(Box::new(field_facts(field, &said, case, taken, errors)))
}

fn field_facts(
    field: &Field,
    said: &Attributes,
    case: Option<Case>,
    taken: &mut Taken,
    errors: &mut Errors,
) -> FieldFacts {
    let (name, span) = match (&said.name, &field.ident) {
        (Some(name), _) => (name.value.clone(), name.span),
        (None, Some(ident)) => (names::of(ident, case), ident.span()),
        (None, None) => (String::new(), field.span()),
    };
    if said.name.is_none() && !names::is_simple(&name) {
        errors.at(span, format!("`{name}` is no name of a schema; give one with `#[cognate(name = \"…\")]`"));
    }
    taken.name(&name, span, errors);
    if let Some(number) = &said.number {
        taken.number(number, errors);
    }
    let view = View::of(&field.ty);
    if let Some(packed) = &said.packed
        && !matches!(view, View::List(_) | View::Set(_) | View::Other)
    {
        errors.at(packed.span, "only a list of numbers is packed, and the type is no list");
    }
    let mut default = field_default(&field.ty, said, errors);
    // Tagged formats write nothing for none and for an empty collection, so absence has to give these back.
    let absence_is_value = matches!(view, View::Optional(_) | View::List(_) | View::Set(_) | View::Map(..));
    if said.number.is_some() && absence_is_value && said.absent.is_none() {
        default.absent = None;
    }
    let presence = presence(&view, said, default.absent.is_some() && !default.is_zero, errors);
    // Neither does implicit presence leave another meaning to absence than zero.
    let absence_is_zero = presence == Presence::Implicit && (default.is_zero || said.number.is_some());
    let absent = if absence_is_zero && said.absent.is_none() { None } else { default.absent };
    FieldFacts {
        number: said.number(),
        presence,
        packed: said.packed.as_ref().is_none_or(|packed| packed.value),
        aliases: said.alias_names(),
        doc: said.doc.clone(),
        default: default.text,
        absent,
        order: said.order.as_ref().map(|order| order.value).unwrap_or_default(),
        ..FieldFacts::new(name, type_tree(&field.ty, said, errors))
    }
}

/// Without a word about it, presence is implicit, and explicit where the absence of a field means another value than zero.
fn presence(view: &View<'_>, said: &Attributes, default_is_not_zero: bool, errors: &mut Errors) -> Presence {
    let optional = matches!(view, View::Optional(_));
    match &said.presence {
        Some(Said { value: Presence::Required, span }) if optional => {
            errors.at(*span, "a required field is no `Option`");
            Presence::Required
        }
        Some(Said { value: Presence::Implicit, span }) if optional => {
            errors.at(*span, "the presence of an `Option` is explicit");
            Presence::Explicit
        }
        Some(presence) => presence.value,
        None if said.number.is_some() && (optional || default_is_not_zero) => Presence::Explicit,
        None => Presence::Implicit,
    }
}

fn expand_transparent(input: &DeriveInput, data: &DataStruct, errors: &mut Errors) -> TokenStream {
    let said = Attributes::read(&input.attrs, Place::Transparent, errors);
    let (Some(field), 1) = (data.fields.iter().next(), data.fields.len()) else {
        let span = said.transparent.as_ref().map_or_else(Span::call_site, |transparent| transparent.span);
        errors.at(span, "a struct that travels as its one field has one field");
        return TokenStream::new();
    };
    let mut ty = type_tree(&field.ty, &Attributes::read(&field.attrs, Place::Inner, errors), errors);
    match View::of(&field.ty) {
        View::Fixed(size) if ty.facts.fixed.is_none() => {
            ty.facts.fixed = Some(FixedFacts {
                name: schema_name_of(input, &said),
                aliases: said.alias_names(),
                doc: said.doc.clone(),
                size: quote::ToTokens::to_token_stream(size),
            });
        }
        _ => {
            let names = said.name.iter().chain(&said.namespace).chain(&said.aliases);
            for name in names {
                errors
                    .at(name.span, "a struct that travels as its one field has no name there, unless it is `[u8; N]`");
            }
        }
    }
    let member = data.fields.members().next().unwrap_or(Member::Unnamed(0.into()));
    let mut item = TransparentItem { target: target(input, &said), member, span: field.ty.span(), ty };
    let checks = compatible::check(Reader::Transparent(&item), &said.compatible_with, errors);
    item.target.reads = checks.reads;
    let (implementations, assertions) = (emit::transparent(&item), checks.assertions);
    quote!(#implementations #assertions)
}

/// Names and numbers that fields or arms have taken.
#[derive(Default)]
pub(crate) struct Taken {
    names: HashMap<String, Span>,
    numbers: HashMap<i32, Span>,
    unknown: bool,
}

impl Taken {
    pub(crate) fn name(&mut self, name: &str, span: Span, errors: &mut Errors) {
        if let Some(first) = self.names.insert(name.to_owned(), span) {
            errors.at(span, format!("the name `{name}` is taken"));
            errors.at(first, format!("`{name}` is first used here"));
        }
    }

    pub(crate) fn number(&mut self, number: &Said<i32>, errors: &mut Errors) {
        if let Some(first) = self.numbers.insert(number.value, number.span) {
            errors.at(number.span, format!("the number {} is taken", number.value));
            errors.at(first, format!("{} is first used here", number.value));
        }
    }
}

/// Whether the last lifetime in the type is `'static`.
pub(crate) fn is_static(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(PathArguments::AngleBracketed(arguments)) = path.path.segments.last().map(|last| &last.arguments) else {
        return false;
    };
    arguments
        .args
        .iter()
        .any(|argument| matches!(argument, GenericArgument::Lifetime(lifetime) if lifetime.ident == "static"))
}

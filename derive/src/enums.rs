//! Enums: of symbols, and of a union's arms.

use cognate_codegen::emit::{
    self, ArmItem, ArmValue, EnumItem, FieldFacts, Presence, SymbolItem, UnionItem, UnknownArm,
};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{DataEnum, DeriveInput, Expr, ExprLit, ExprUnary, Fields, Lit, UnOp, Variant, spanned::Spanned};

use crate::{
    attributes::{Attributes, Place},
    compatible::{self, Reader},
    errors::Errors,
    facts::type_tree,
    names::{self, Case},
    schema_name_of,
    structs::{Taken, is_static},
    target,
};

/// The implementations of an enum.
pub(crate) fn expand(input: &DeriveInput, data: &DataEnum, errors: &mut Errors) -> TokenStream {
    if data.variants.is_empty() {
        errors.over(&input.ident, "an enum without variants has no values");
        return TokenStream::new();
    }
    let mut with_fields = data.variants.iter().filter(|variant| !matches!(variant.fields, Fields::Unit));
    let is_enumeration = with_fields.all(says_unknown);
    if is_enumeration { expand_enumeration(input, data, errors) } else { expand_union(input, data, errors) }
}

fn says_unknown(variant: &Variant) -> bool {
    let said = Attributes::read(&variant.attrs, Place::Symbol, &mut Errors::default());
    said.unknown.is_some()
}

fn expand_enumeration(input: &DeriveInput, data: &DataEnum, errors: &mut Errors) -> TokenStream {
    let said = Attributes::read(&input.attrs, Place::Enum, errors);
    let case = said.rename_all.as_ref().map(|case| case.value);
    let mut taken = Taken::default();
    let (mut symbols, mut default, mut unknown) = (Vec::new(), None, None);
    let mut next_number = Some(0);
    for variant in &data.variants {
        let symbol_said = Attributes::read(&variant.attrs, Place::Symbol, errors);
        if let Some(says) = &symbol_said.unknown {
            let holds_number = matches!(&variant.fields, Fields::Unnamed(fields)
                if fields.unnamed.len() == 1 && fields.unnamed.iter().all(|field| is_i32(&field.ty)));
            if !holds_number {
                errors.at(says.span, "the variant for unknown symbols holds their number: `Unknown(i32)`");
            }
            if unknown.replace(variant.ident.clone()).is_some() {
                errors.at(says.span, "another variant keeps the unknown symbols already");
            }
            continue;
        }
        if let Some(says) = &symbol_said.default {
            if says.value.is_some() {
                errors.at(says.span, "the default symbol is marked with `default` alone");
            }
            if default.replace(symbols.len()).is_some() {
                errors.at(says.span, "another symbol is the default already");
            }
        }
        let number = symbol_number(variant, &symbol_said, next_number, errors);
        next_number = number.checked_add(1);
        let (name, span) = match &symbol_said.name {
            Some(name) => (name.value.clone(), name.span),
            None => (names::of(&variant.ident, case), variant.ident.span()),
        };
        if symbol_said.name.is_none() && !names::is_simple(&name) {
            errors.at(span, format!("`{name}` is no name of a schema; give one with `#[cognate(name = \"…\")]`"));
        }
        taken.name(&name, span, errors);
        symbols.push(SymbolItem { variant: variant.ident.clone(), name, number, doc: symbol_said.doc });
    }
    let mut item = EnumItem {
        target: target(input, &said),
        name: schema_name_of(input, &said),
        aliases: said.alias_names(),
        doc: said.doc,
        symbols,
        default,
        unknown,
    };
    let checks = compatible::check(Reader::Enum(&item), &said.compatible_with, errors);
    item.target.reads = checks.reads;
    let (implementations, assertions) = (emit::enumeration(&item), checks.assertions);
    quote!(#implementations #assertions)
}

/// The number that an attribute gives, or the discriminant, or one more than the symbol before.
fn symbol_number(variant: &Variant, said: &Attributes, next: Option<i32>, errors: &mut Errors) -> i32 {
    if let Some(number) = &said.number {
        return number.value;
    }
    let number = match &variant.discriminant {
        Some((_, discriminant)) => literal(discriminant),
        None => next,
    };
    number.unwrap_or_else(|| {
        errors.over(variant, "the symbol's number is not known here; give one with `#[cognate(number = …)]`");
        0
    })
}

fn literal(expression: &Expr) -> Option<i32> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match &**expr {
            Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => format!("-{}", number.base10_digits()).parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

fn is_i32(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.is_ident("i32"))
}

fn expand_union(input: &DeriveInput, data: &DataEnum, errors: &mut Errors) -> TokenStream {
    let said = Attributes::read(&input.attrs, Place::Union, errors);
    let case = said.rename_all.as_ref().map_or(Case::Snake, |case| case.value);
    let mut taken = Taken::default();
    let mut has_null = false;
    let mut arms = Vec::with_capacity(data.variants.len());
    let mut unknown = None;
    for variant in &data.variants {
        if let Some(keeper) = keeper(variant, errors) {
            if unknown.replace(keeper).is_some() {
                errors.over(variant, "another variant keeps the unknown arms already");
            }
            continue;
        }
        let value = match &variant.fields {
            Fields::Unit => {
                if has_null {
                    errors.over(variant, "a union has null once, and another variant without a field is it already");
                }
                has_null = true;
                ArmValue::Null
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                let ty = &fields.unnamed[0].ty;
                ArmValue::Value(Box::new(arm_facts(variant, ty, case, &mut taken, errors)))
            }
            fields => {
                errors.over(fields, "an arm of a union holds one value; put these fields into a struct of their own");
                continue;
            }
        };
        let span = variant.fields.iter().next().map_or(variant.ident.span(), |field| field.ty.span());
        arms.push(ArmItem { variant: variant.ident.clone(), span, value });
    }
    let name = schema_name_of(input, &said);
    let mut item = UnionItem { target: target(input, &said), name, doc: said.doc, arms, unknown };
    let checks = compatible::check(Reader::Union(&item), &said.compatible_with, errors);
    item.target.reads = checks.reads;
    let (implementations, assertions) = (emit::union(&item), checks.assertions);
    quote!(#implementations #assertions)
}

/// The variant as the one that keeps unknown arms, when it is marked so.
fn keeper(variant: &Variant, errors: &mut Errors) -> Option<UnknownArm> {
    let said = Attributes::read(&variant.attrs, Place::Arm, &mut Errors::default());
    let says = said.unknown?;
    let owned = match &variant.fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => is_static(&fields.unnamed[0].ty),
        _ => {
            errors.at(says.span, "the variant for unknown arms holds their fields: `Unknown(UnknownFields<'a>)`");
            return None;
        }
    };
    Some(UnknownArm { variant: variant.ident.clone(), owned })
}

fn arm_facts(variant: &Variant, ty: &syn::Type, case: Case, taken: &mut Taken, errors: &mut Errors) -> FieldFacts {
    let said = Attributes::read(&variant.attrs, Place::Arm, errors);
    let (name, span) = match &said.name {
        Some(name) => (name.value.clone(), name.span),
        None => (names::of(&variant.ident, Some(case)), variant.ident.span()),
    };
    taken.name(&name, span, errors);
    if let Some(number) = &said.number {
        taken.number(number, errors);
    }
    FieldFacts {
        number: said.number(),
        // The arm that is present is written even when it holds a zero.
        presence: if said.number.is_some() { Presence::Explicit } else { Presence::Implicit },
        aliases: said.alias_names(),
        doc: said.doc.clone(),
        ..FieldFacts::new(name, type_tree(ty, &said, errors))
    }
}

//! Heads of implementations: bounds on type parameters, and the one lifetime of the input.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{GenericParam, Generics, Lifetime, parse_quote};

use super::{Target, TypeTree};

/// Writes the heads of a type's implementations.
pub(super) struct Heads<'t> {
    target: &'t Target,
    /// The type parameters that fields on the wire mention.
    bounded: Vec<&'t Ident>,
}

/// Whether a function becomes part of each of its callers.
#[derive(Clone, Copy)]
pub(super) enum Inline {
    /// Where the optimizer finds it worth while: what decodes all that is nested in a type would else be there many times.
    Hint,
    /// Always: it is a few instructions, fewer than it takes to hand the value on.
    Always,
}

impl ToTokens for Inline {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Hint => quote!(#[inline]),
            Self::Always => quote!(#[inline(always)]),
        });
    }
}

impl<'t> Heads<'t> {
    pub(super) fn new<'f>(target: &'t Target, on_the_wire: impl IntoIterator<Item = &'f TypeTree>) -> Self {
        let mut unbounded: Vec<&Ident> = target.generics.type_params().map(|parameter| &parameter.ident).collect();
        let mut bounded = Vec::new();
        if !unbounded.is_empty() {
            for tree in on_the_wire {
                take_mentioned(tree.rust.clone(), &mut unbounded, &mut bounded);
            }
        }
        Self { target, bounded }
    }

    /// `impl<…> Trait for Type<…> where …`, with the bound of the same name on each type parameter that travels.
    pub(super) fn of(&self, implemented: &str, bound: &str) -> TokenStream {
        let Target { facade, ident, generics, .. } = self.target;
        let (implemented, bound) = (name(implemented), name(bound));
        let mut generics = generics.clone();
        self.bound(&mut generics, &quote!(#facade::#bound));
        let (parameters, arguments, filter) = generics.split_for_impl();
        quote!(#[automatically_derived] impl #parameters #facade::#implemented for #ident #arguments #filter)
    }

    /// The same for a trait with the lifetime of the input. All lifetimes of the type become that one: what it borrows, it
    /// borrows from the input.
    pub(super) fn decode(&self, implemented: &str) -> TokenStream {
        let Target { facade, ident, generics, .. } = self.target;
        let implemented = name(implemented);
        let input = self.input();
        let mut generics = generics.clone();
        let arguments = self.unified(generics.split_for_impl().1.to_token_stream());
        generics.params =
            (generics.params.into_iter()).filter(|parameter| !matches!(parameter, GenericParam::Lifetime(_))).collect();
        generics.params.insert(0, parse_quote!(#input));
        self.bound(&mut generics, &quote!(#facade::Decode<#input>));
        let (parameters, _, filter) = generics.split_for_impl();
        let (parameters, filter) = (self.unified(parameters.to_token_stream()), self.unified(filter.to_token_stream()));
        quote!(#[automatically_derived] impl #parameters #facade::#implemented<#input> for #ident #arguments #filter)
    }

    /// `Encode`, by an expression that hands the value to `sink` at the place `ty`, and further methods.
    pub(super) fn encode_by(&self, encoded: &TokenStream, more: &TokenStream) -> TokenStream {
        let (facade, head, sink) = (&self.target.facade, self.of("Encode", "Encode"), self.method_parameter());
        quote! {
            #head {
                #[inline]
                fn encode<#sink: #facade::Sink>(
                    &self,
                    ty: &'static #facade::TypeDesc,
                    sink: &mut #sink,
                ) -> ::core::result::Result<(), #facade::EncodeError> {
                    #encoded
                }

                #more
            }
        }
    }

    /// `Decode`, by an expression that takes the value from `source` at the place `ty`, and further methods.
    pub(super) fn decode_by(&self, inline: Inline, decoded: &TokenStream, more: &TokenStream) -> TokenStream {
        let (facade, head, source) = (&self.target.facade, self.decode("Decode"), self.method_parameter());
        let input = self.input();
        quote! {
            #head {
                #inline
                fn decode<#source: #facade::Source<#input>>(
                    ty: &'static #facade::TypeDesc,
                    source: &mut #source,
                ) -> ::core::result::Result<Self, #facade::DecodeError> {
                    #decoded
                }

                #more
            }
        }
    }

    /// The lifetime of the input in [`Heads::decode`].
    pub(super) fn input(&self) -> Lifetime {
        match self.target.generics.lifetimes().next() {
            Some(first) => first.lifetime.clone(),
            None => Lifetime::new("'de", Span::call_site()),
        }
    }

    /// The name for the type parameter of a method, which must not be one of the type's own.
    pub(super) fn method_parameter(&self) -> Ident {
        let mut parameter = name("S");
        while self.target.generics.type_params().any(|own| own.ident == parameter) {
            parameter = format_ident!("{parameter}_");
        }
        parameter
    }

    fn bound(&self, generics: &mut Generics, bound: &TokenStream) {
        for parameter in generics.type_params_mut().filter(|parameter| self.bounded.contains(&&parameter.ident)) {
            parameter.bounds.push(parse_quote!(#bound));
        }
    }

    fn unified(&self, tokens: TokenStream) -> TokenStream {
        let mut lifetimes = self.target.generics.lifetimes().map(|parameter| &parameter.lifetime.ident);
        match lifetimes.next() {
            Some(first) => {
                let others: Vec<&Ident> = lifetimes.collect();
                if others.is_empty() { tokens } else { rename_lifetimes(tokens, &others, first) }
            }
            None => tokens,
        }
    }
}

fn name(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Moves the parameters that the tokens mention from one list to the other.
fn take_mentioned<'t>(tokens: TokenStream, from: &mut Vec<&'t Ident>, to: &mut Vec<&'t Ident>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => to.extend(from.extract_if(.., |parameter| **parameter == ident)),
            TokenTree::Group(group) => take_mentioned(group.stream(), from, to),
            _ => {}
        }
    }
}

fn rename_lifetimes(tokens: TokenStream, from: &[&Ident], to: &Ident) -> TokenStream {
    let mut after_quote = false;
    let rename = |token| {
        let in_lifetime =
            core::mem::replace(&mut after_quote, matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\''));
        match token {
            TokenTree::Ident(ident) if in_lifetime && from.contains(&&ident) => to.clone().into(),
            TokenTree::Group(group) => {
                let mut renamed = Group::new(group.delimiter(), rename_lifetimes(group.stream(), from, to));
                renamed.set_span(group.span());
                renamed.into()
            }
            other => other,
        }
    };
    tokens.into_iter().map(rename).collect()
}

//! Items as Rust source: the definitions that people read, and the implementations behind them.

mod enumeration;
mod record;
mod service;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::{Generics, parse_quote};

use super::{
    docs,
    model::{Arm, Item, ItemId, ItemKind, Type},
    names::ident,
    types::{Writer, emitted},
};
use crate::emit::{
    self, ArmItem, ArmValue, FieldFacts, FixedFacts, Presence, SchemaName, Target, TransparentItem, TypeTree,
    UnionItem, UnknownArm,
};

/// An item in the two parts of its module.
pub(super) struct Written {
    /// The type, and its default.
    pub(super) definition: TokenStream,
    /// What lets it travel.
    pub(super) implementations: TokenStream,
}

impl Writer<'_> {
    /// An item; nothing when it has no form of its own for borrowed data.
    pub(super) fn write(self, id: ItemId) -> Option<Written> {
        let item = self.model.item(id);
        if self.borrowed && item.view.is_some() && !item.borrows {
            return None;
        }
        let (definition, implementations) = match &item.kind {
            ItemKind::Record { .. } => self.record(item),
            ItemKind::Enum { .. } => self.enumeration(item),
            ItemKind::Fixed { size, logical } => {
                let logical = logical.map(emitted);
                self.fixed(item, *size, logical)
            }
            ItemKind::Union { arms, unknown, .. } => self.union(item, arms, unknown.as_deref()),
            ItemKind::Newtype { ty } => self.newtype(item, ty),
            ItemKind::Alias { ty } => (self.alias(item, ty), TokenStream::new()),
        };
        let constants = self.constants(item);
        Some(Written { definition, implementations: quote!(#constants #implementations) })
    }

    pub(super) fn name(self, item: &Item) -> Ident {
        match &item.view {
            Some(view) if self.borrowed => ident(view),
            _ => ident(&item.name),
        }
    }

    pub(super) fn target(self, item: &Item) -> Target {
        let generics = if self.is_borrowed(item) { parse_quote!(<'a>) } else { Generics::default() };
        Target { facade: self.facade.clone(), ident: self.name(item), generics, reads: Vec::new() }
    }

    fn fixed(self, item: &Item, size: u32, logical: Option<emit::Logical>) -> (TokenStream, TokenStream) {
        let target = self.target(item);
        let (name, doc) = (&target.ident, docs::attributes(&item.doc));
        let size = Literal::u32_unsuffixed(size);
        let definition = quote! {
            #doc
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct #name(pub [u8; #size]);
        };
        let mut ty = TypeTree::plain(quote!([u8; #size]));
        ty.facts.logical = logical;
        ty.facts.fixed = Some(FixedFacts {
            name: item.schema_name(),
            aliases: item.aliases.clone(),
            doc: item.doc.clone(),
            size: quote!(#size),
        });
        let member = syn::Member::Unnamed(0.into());
        let implementations = emit::transparent(&TransparentItem { target, member, span: Span::call_site(), ty });
        (definition, implementations)
    }

    fn union(self, item: &Item, arms: &[Arm], unknown: Option<&str>) -> (TokenStream, TokenStream) {
        let target = self.target(item);
        let (name, generics) = (&target.ident, &target.generics);
        let doc = match &item.owner {
            Some((owner, field)) => {
                let owner = self.name(self.model.item(*owner));
                docs::attributes(&format!("The union in the field `{field}` of [`{owner}`]."))
            }
            None => docs::attributes(&item.doc),
        };
        let trees: Vec<Option<TypeTree>> =
            arms.iter().map(|arm| arm.ty.as_ref().map(|ty: &Type| self.tree(ty))).collect();
        let variants = arms.iter().zip(&trees).map(|(arm, tree)| {
            let (variant, doc) = (ident(&arm.variant), docs::attributes(&arm.doc));
            let holds = tree.as_ref().map(|TypeTree { rust, .. }| quote!((#rust)));
            quote!(#doc #variant #holds)
        });
        let keeper = unknown.map(|name| {
            let (name, ty) = (ident(name), self.unknown_fields(item));
            quote!(/// An arm that the schema does not have, or none.
                #name(#ty))
        });
        let variants = variants.chain(keeper);
        let definition = quote! {
            #doc
            #[derive(Clone, Debug, PartialEq)]
            pub enum #name #generics { #(#variants),* }
        };
        let arms = arms.iter().zip(trees).map(|(arm, tree)| ArmItem {
            variant: ident(&arm.variant),
            span: Span::call_site(),
            value: match tree {
                Some(tree) => ArmValue::Value(Box::new(FieldFacts {
                    number: arm.number,
                    // The arm that is present is written even when it holds a zero.
                    presence: if arm.number.is_some() { Presence::Explicit } else { Presence::Implicit },
                    doc: arm.doc.clone(),
                    ..FieldFacts::new(&*arm.schema_name, tree)
                })),
                None => ArmValue::Null,
            },
        });
        let implementations = emit::union(&UnionItem {
            name: item.schema_name(),
            doc: item.doc.clone(),
            arms: arms.collect(),
            unknown: unknown.map(|name| UnknownArm { variant: ident(name), owned: !self.is_borrowed(item) }),
            target,
        });
        (definition, implementations)
    }

    fn newtype(self, item: &Item, ty: &Type) -> (TokenStream, TokenStream) {
        let target = self.target(item);
        let (name, generics, doc) = (&target.ident, &target.generics, docs::attributes(&item.doc));
        let ty = self.tree(ty);
        let rust = &ty.rust;
        let definition = quote! {
            #doc
            #[derive(Clone, Debug, PartialEq)]
            pub struct #name #generics(pub #rust);
        };
        let member = syn::Member::Unnamed(0.into());
        let implementations = emit::transparent(&TransparentItem { target, member, span: Span::call_site(), ty });
        (definition, implementations)
    }

    fn alias(self, item: &Item, ty: &Type) -> TokenStream {
        let Target { ident: name, generics, .. } = self.target(item);
        let (doc, rust) = (docs::attributes(&item.doc), self.tree(ty).rust);
        quote!(#doc pub type #name #generics = #rust;)
    }

    /// Whether the form of an item that is written borrows from the input.
    pub(super) fn is_borrowed(self, item: &Item) -> bool {
        self.borrowed && item.borrows
    }

    /// The type of what an item keeps without knowing it.
    pub(super) fn unknown_fields(self, item: &Item) -> TokenStream {
        let facade = self.facade;
        if self.is_borrowed(item) {
            quote!(#facade::UnknownFields<'a>)
        } else {
            quote!(#facade::UnknownFields<'static>)
        }
    }

    /// The schema's text and fingerprint.
    fn constants(self, item: &Item) -> Option<TokenStream> {
        let (text, fingerprint) = item.schema.as_ref()?;
        let name = self.name(item);
        let lifetime = self.is_borrowed(item).then(|| quote!(<'_>));
        let text = raw_string(text);
        let fingerprint: TokenStream = hexadecimal(*fingerprint).parse().unwrap_or_default();
        Some(quote! {
            impl #name #lifetime {
                /// The Avro schema of the type.
                pub const SCHEMA: &'static str = #text;

                /// The CRC-64-AVRO of the schema in parsing canonical form, which single-object encoding carries.
                pub const FINGERPRINT: u64 = #fingerprint;
            }
        })
    }
}

impl Item {
    pub(super) fn schema_name(&self) -> SchemaName {
        SchemaName { name: self.schema_name.clone(), namespace: self.namespace.clone() }
    }
}

/// A literal in which quotes need no escapes.
fn raw_string(text: &str) -> TokenStream {
    let longest = text.split(|each| each != '#').map(str::len).max().unwrap_or(0);
    let fence = "#".repeat(longest + 1);
    let plain = || {
        let text = Literal::string(text);
        quote!(#text)
    };
    format!("r{fence}\"{text}\"{fence}").parse().unwrap_or_else(|_| plain())
}

/// `0x0123_4567_89ab_cdef`
fn hexadecimal(number: u64) -> String {
    let digits = format!("{number:016x}");
    let groups: Vec<&str> = (0..4).filter_map(|group| digits.get(group * 4..group * 4 + 4)).collect();
    format!("0x{}", groups.join("_"))
}

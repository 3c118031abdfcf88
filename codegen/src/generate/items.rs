//! Items as Rust source: the definitions that people read, and the implementations behind them.

use cognate_schema::avro::Order;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::{Generics, parse_quote};

use super::{
    docs,
    model::{Arm, Field, Item, ItemId, ItemKind, Symbol, Type},
    names::ident,
    types::{Writer, emitted},
};
use crate::emit::{
    self, ArmItem, ArmValue, EnumItem, FieldFacts, FieldItem, FieldRole, FixedFacts, RecordItem, SchemaName, SortOrder,
    SymbolItem, Target, TransparentItem, TypeTree, UnionItem,
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
            ItemKind::Record { is_error, fields } => self.record(item, *is_error, fields),
            ItemKind::Enum { symbols, default } => self.enumeration(item, symbols, *default),
            ItemKind::Fixed { size, logical } => {
                let logical = logical.map(emitted);
                self.fixed(item, *size, logical)
            }
            ItemKind::Union { arms, .. } => self.union(item, arms),
            ItemKind::Newtype { ty } => self.newtype(item, ty),
        };
        let constants = self.constants(item);
        Some(Written { definition, implementations: quote!(#constants #implementations) })
    }

    fn name(self, item: &Item) -> Ident {
        match &item.view {
            Some(view) if self.borrowed => ident(view),
            _ => ident(&item.name),
        }
    }

    fn target(self, item: &Item) -> Target {
        let generics = if self.borrowed && item.borrows { parse_quote!(<'a>) } else { Generics::default() };
        Target { facade: self.facade.clone(), ident: self.name(item), generics, reads: Vec::new() }
    }

    fn record(self, item: &Item, is_error: bool, fields: &[Field]) -> (TokenStream, TokenStream) {
        let target = self.target(item);
        let (name, generics, doc) = (&target.ident, &target.generics, docs::attributes(&item.doc));
        let trees: Vec<TypeTree> = fields.iter().map(|field| self.tree(&field.ty)).collect();
        let members = fields.iter().zip(&trees).map(|(field, tree)| {
            let (name, doc, rust) = (ident(&field.name), docs::attributes(&field.doc), &tree.rust);
            quote!(#doc pub #name: #rust)
        });
        let default = self.default_record(fields).map(|value| {
            let (_, arguments, _) = generics.split_for_impl();
            quote! {
                impl #generics Default for #name #arguments {
                    fn default() -> Self {
                        #value
                    }
                }
            }
        });
        let definition = quote! {
            #doc
            #[derive(Clone, Debug, PartialEq)]
            pub struct #name #generics { #(#members),* }

            #default
        };
        let fields = fields.iter().zip(trees).map(|(field, tree)| FieldItem {
            member: ident(&field.name).into(),
            span: Span::call_site(),
            role: FieldRole::Value(Box::new(FieldFacts {
                aliases: field.aliases.clone(),
                doc: field.doc.clone(),
                default: field.default.as_ref().map(cognate_schema::json::Node::to_json),
                order: match field.order {
                    Order::Ascending => SortOrder::Ascending,
                    Order::Descending => SortOrder::Descending,
                    Order::Ignore => SortOrder::Ignore,
                },
                ..FieldFacts::new(&*field.schema_name, tree)
            })),
        });
        let implementations = emit::record(&RecordItem {
            name: item.schema_name(),
            is_error,
            aliases: item.aliases.clone(),
            doc: item.doc.clone(),
            fields: fields.collect(),
            target,
        });
        (definition, implementations)
    }

    fn enumeration(self, item: &Item, symbols: &[Symbol], default: Option<usize>) -> (TokenStream, TokenStream) {
        let target = self.target(item);
        let (name, doc) = (&target.ident, docs::attributes(&item.doc));
        let variants: Vec<Ident> = symbols.iter().map(|symbol| ident(&symbol.variant)).collect();
        let definition = quote! {
            #doc
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub enum #name { #(#variants),* }
        };
        let symbols = symbols.iter().zip(variants).zip(0..).map(|((symbol, variant), number)| SymbolItem {
            variant,
            name: symbol.schema_name.clone(),
            number,
            doc: String::new(),
        });
        let implementations = emit::enumeration(&EnumItem {
            name: item.schema_name(),
            aliases: item.aliases.clone(),
            doc: item.doc.clone(),
            symbols: symbols.collect(),
            default,
            unknown: None,
            target,
        });
        (definition, implementations)
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

    fn union(self, item: &Item, arms: &[Arm]) -> (TokenStream, TokenStream) {
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
            let variant = ident(&arm.variant);
            let holds = tree.as_ref().map(|TypeTree { rust, .. }| quote!((#rust)));
            quote!(#variant #holds)
        });
        let definition = quote! {
            #doc
            #[derive(Clone, Debug, PartialEq)]
            pub enum #name #generics { #(#variants),* }
        };
        let arms = arms.iter().zip(trees).map(|(arm, tree)| ArmItem {
            variant: ident(&arm.variant),
            span: Span::call_site(),
            value: match tree {
                Some(tree) => {
                    let name = super::names::snake(&arm.variant);
                    ArmValue::Value(Box::new(FieldFacts::new(name, tree)))
                }
                None => ArmValue::Null,
            },
        });
        let implementations = emit::union(&UnionItem {
            name: item.schema_name(),
            doc: item.doc.clone(),
            arms: arms.collect(),
            unknown: None,
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

    /// The schema's text and fingerprint.
    fn constants(self, item: &Item) -> Option<TokenStream> {
        let (text, fingerprint) = item.schema.as_ref()?;
        let name = self.name(item);
        let lifetime = (self.borrowed && item.borrows).then(|| quote!(<'_>));
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
    fn schema_name(&self) -> SchemaName {
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

//! Enums.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::{
    emit::{self, EnumItem, SymbolItem},
    generate::{
        docs,
        model::{Item, ItemKind},
        names::ident,
        types::Writer,
    },
};

impl Writer<'_> {
    pub(super) fn enumeration(self, item: &Item) -> (TokenStream, TokenStream) {
        let ItemKind::Enum { symbols, default, unknown, synonyms } = &item.kind else { return Default::default() };
        let target = self.target(item);
        let (name, doc) = (&target.ident, docs::attributes(&item.doc));
        let variants: Vec<Ident> = symbols.iter().map(|symbol| ident(&symbol.variant)).collect();
        let unknown = unknown.as_deref().map(ident);
        // An open enum is zero when nothing is said, as the numbers on the wire are.
        let zero = symbols.iter().position(|symbol| symbol.number == 0).filter(|_| unknown.is_some());
        let derived = zero.map(|_| quote!(, Default));
        let definitions = symbols.iter().zip(&variants).enumerate().map(|(position, (symbol, variant))| {
            let doc = docs::attributes(&symbol.doc);
            let default = (zero == Some(position)).then(|| quote!(#[default]));
            quote!(#doc #default #variant)
        });
        let keeper = unknown.as_ref().map(|variant| {
            quote!(/// A number that the schema does not have.
            #variant(i32))
        });
        let definitions = definitions.chain(keeper);
        let by_hand = unknown.as_ref().filter(|_| zero.is_none()).map(|variant| {
            quote! {
                impl Default for #name {
                    fn default() -> Self {
                        Self::#variant(0)
                    }
                }
            }
        });
        let synonyms = synonyms.iter().map(|(synonym, position)| {
            let (synonym, variant) = (ident(synonym), &variants[*position]);
            quote!(/// Another name for the same number.
                pub const #synonym: Self = Self::#variant;)
        });
        let mut synonyms = synonyms.peekable();
        let synonyms = synonyms.peek().is_some().then(|| quote!(impl #name { #(#synonyms)* }));
        let definition = quote! {
            #doc
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash #derived)]
            pub enum #name { #(#definitions),* }

            #by_hand
            #synonyms
        };
        let symbols = symbols.iter().zip(variants).map(|(symbol, variant)| SymbolItem {
            variant,
            name: symbol.schema_name.clone(),
            number: symbol.number,
            doc: symbol.doc.clone(),
        });
        let implementations = emit::enumeration(&EnumItem {
            name: item.schema_name(),
            aliases: item.aliases.clone(),
            doc: item.doc.clone(),
            symbols: symbols.collect(),
            default: *default,
            unknown,
            target,
        });
        (definition, implementations)
    }
}

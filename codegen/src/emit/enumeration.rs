//! Enums whose variants are symbols.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{
    SchemaName, Target,
    generics::{Heads, Inline},
};

/// A Rust enum that stands for a schema's enum.
#[derive(Clone)]
pub struct EnumItem {
    /// The Rust enum.
    pub target: Target,
    /// The schema's name.
    pub name: SchemaName,
    /// Former names.
    pub aliases: Vec<String>,
    /// Documentation; empty for none.
    pub doc: String,
    /// The symbols in the order of their positions.
    pub symbols: Vec<SymbolItem>,
    /// The position of the symbol that a reader takes for one that it does not know.
    pub default: Option<usize>,
    /// The variant that keeps the number of a symbol that is not known, when the enum is open.
    pub unknown: Option<Ident>,
}

/// A symbol and its variant.
#[derive(Clone)]
pub struct SymbolItem {
    /// The variant, which has no fields.
    pub variant: Ident,
    /// The schema's name.
    pub name: String,
    /// The number in tagged formats.
    pub number: i32,
    /// Documentation; empty for none.
    pub doc: String,
}

/// The implementations of an enum.
pub fn enumeration(item: &EnumItem) -> TokenStream {
    let EnumItem { target, name, aliases, doc, symbols, default, unknown } = item;
    let (facade, reads) = (&target.facade, target.reads());
    let heads = Heads::new(target, []);
    let name = name.tokens(facade);
    let default = default.map_or_else(
        || quote!(::core::option::Option::None),
        |position| {
            let position = Literal::usize_unsuffixed(position);
            quote!(::core::option::Option::Some(#position))
        },
    );
    let descriptors = symbols.iter().map(|SymbolItem { name, number, doc, .. }| {
        let number = Literal::i32_unsuffixed(*number);
        quote!(#facade::SymbolDesc { name: #name, number: #number, doc: #doc })
    });
    let numbers = Numbers { symbols, unknown: unknown.as_ref() };
    let (index, from_index) = (numbers.index(), numbers.of_index());
    let (number, from_number) = (numbers.number(), numbers.of_number());
    let (typed, enumeration) = (heads.of("Typed", "Typed"), heads.of("Enumeration", "Typed"));
    let travel = travel(target, &heads);
    quote! {
        #typed {
            const TYPE: #facade::TypeDesc = #facade::TypeDesc::new(#facade::Shape::Enum(<Self as #facade::Enumeration>::ENUM));
            #reads
        }

        #enumeration {
            const ENUM: &'static #facade::EnumDesc = &#facade::EnumDesc {
                name: #name,
                aliases: &[#(#aliases),*],
                doc: #doc,
                symbols: &[#(#descriptors),*],
                default: #default,
            };

            #[inline]
            fn index(self) -> ::core::option::Option<usize> {
                #index
            }

            #[inline]
            fn from_index(index: usize) -> ::core::option::Option<Self> {
                #from_index
            }

            #[inline]
            fn number(self) -> i32 {
                #number
            }

            #[inline]
            fn from_number(number: i32) -> ::core::option::Option<Self> {
                #from_number
            }
        }

        #travel
    }
}

/// `Encode` and `Decode`, which are the same for every enum.
fn travel(target: &Target, heads: &Heads<'_>) -> TokenStream {
    let facade = &target.facade;
    let is_absent = quote! {
        #[inline]
        fn is_absent(&self) -> bool {
            <Self as #facade::Enumeration>::number(*self) == 0
        }
    };
    let absent = quote! {
        #[inline]
        fn absent(ty: &'static #facade::TypeDesc) -> ::core::option::Option<Self> {
            match ty.wire.presence {
                #facade::Presence::Implicit => <Self as #facade::Enumeration>::from_number(0),
                _ => ::core::option::Option::None,
            }
        }
    };
    let encode = heads.encode_by(&quote!(sink.enumeration(ty, *self)), &is_absent);
    let decode = heads.decode_by(Inline::Always, &quote!(source.enumeration(ty)), &absent);
    quote!(#encode #decode)
}

/// The bodies that go between variants, positions and numbers.
struct Numbers<'i> {
    symbols: &'i [SymbolItem],
    unknown: Option<&'i Ident>,
}

impl Numbers<'_> {
    fn index(&self) -> TokenStream {
        let arms = self.symbols.iter().enumerate().map(|(position, SymbolItem { variant, .. })| {
            let position = Literal::usize_unsuffixed(position);
            quote!(Self::#variant => #position,)
        });
        match self.unknown {
            None if self.symbols.is_empty() => quote!(match self {}),
            Some(_) if self.symbols.is_empty() => quote!(::core::option::Option::None),
            None => quote!(::core::option::Option::Some(match self { #(#arms)* })),
            Some(unknown) => quote! {
                ::core::option::Option::Some(match self {
                    #(#arms)*
                    Self::#unknown(_) => return ::core::option::Option::None,
                })
            },
        }
    }

    fn of_index(&self) -> TokenStream {
        if self.symbols.is_empty() {
            return quote!(let _ = index; ::core::option::Option::None);
        }
        let arms = self.symbols.iter().enumerate().map(|(position, SymbolItem { variant, .. })| {
            let position = Literal::usize_unsuffixed(position);
            quote!(#position => Self::#variant,)
        });
        quote! {
            ::core::option::Option::Some(match index {
                #(#arms)*
                _ => return ::core::option::Option::None,
            })
        }
    }

    fn number(&self) -> TokenStream {
        let unknown = self.unknown.map(|unknown| quote!(Self::#unknown(number) => number,));
        let arms = self.symbols.iter().map(|SymbolItem { variant, number, .. }| {
            let number = Literal::i32_unsuffixed(*number);
            quote!(Self::#variant => #number,)
        });
        quote!(match self { #(#arms)* #unknown })
    }

    fn of_number(&self) -> TokenStream {
        if self.unknown.is_none() && self.numbers_are_positions() {
            return quote!(Self::from_index(number as usize));
        }
        // Of several symbols with one number, the first is the one that decoding gives (`allow_alias` of Protobuf).
        let firsts = self.symbols.iter().enumerate().filter(|(position, symbol)| {
            self.symbols.iter().take(*position).all(|earlier| earlier.number != symbol.number)
        });
        let arms = firsts.map(|(_, SymbolItem { variant, number, .. })| {
            let number = Literal::i32_unsuffixed(*number);
            quote!(#number => Self::#variant,)
        });
        let other = self
            .unknown
            .map_or_else(|| quote!(return ::core::option::Option::None), |unknown| quote!(Self::#unknown(number)));
        quote!(::core::option::Option::Some(match number { #(#arms)* _ => #other, }))
    }

    fn numbers_are_positions(&self) -> bool {
        self.symbols.iter().zip(0..).all(|(symbol, position)| symbol.number == position)
    }
}

//! Enums whose variants are the arms of a union.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::{
    FieldFacts, SchemaName, Target,
    generics::{Heads, Inline},
};

/// A Rust enum that stands for a union.
#[derive(Clone)]
pub struct UnionItem {
    /// The Rust enum.
    pub target: Target,
    /// The schema's name; Avro has none for unions.
    pub name: SchemaName,
    /// Documentation; empty for none.
    pub doc: String,
    /// The arms in order.
    pub arms: Vec<ArmItem>,
    /// The variant that keeps an arm which the type does not know.
    pub unknown: Option<UnknownArm>,
}

/// The variant that keeps an arm which the type does not know: it holds `UnknownFields`.
#[derive(Clone)]
pub struct UnknownArm {
    /// The variant.
    pub variant: Ident,
    /// Whether it is independent of the input: `UnknownFields<'static>`.
    pub owned: bool,
}

/// An arm and its variant.
#[derive(Clone)]
pub struct ArmItem {
    /// The variant.
    pub variant: Ident,
    /// Where faults of its type are shown.
    pub span: Span,
    /// What it holds.
    pub value: ArmValue,
}

/// What an arm holds.
#[derive(Clone)]
pub enum ArmValue {
    /// Nothing: the variant has no fields and stands for null.
    Null,
    /// A value: the variant has one field without a name.
    Value(Box<FieldFacts>),
}

/// The implementations of a union.
pub fn union(item: &UnionItem) -> TokenStream {
    let UnionItem { target, name, doc, arms, unknown: _ } = item;
    let (facade, reads) = (&target.facade, target.reads());
    let heads = Heads::new(
        target,
        arms.iter().filter_map(|arm| match &arm.value {
            ArmValue::Null => None,
            ArmValue::Value(facts) => Some(&facts.ty),
        }),
    );
    let name = name.tokens(facade);
    let descriptors = arms.iter().map(|arm| match &arm.value {
        ArmValue::Null => quote!(#facade::FieldDesc::new("null", #facade::TypeDesc::new(#facade::Shape::Null))),
        ArmValue::Value(facts) => facts.descriptor(facade),
    });
    let (typed, union) = (heads.of("Typed", "Typed"), heads.of("Union", "Typed"));
    let (encode, decode) = (encode(item, &heads), decode(item, &heads));
    quote! {
        #typed {
            const TYPE: #facade::TypeDesc = #facade::TypeDesc::new(#facade::Shape::Union(|| <Self as #facade::Union>::UNION));
            #reads
        }

        #union {
            const UNION: &'static #facade::UnionDesc = &#facade::UnionDesc { name: #name, doc: #doc, arms: &[#(#descriptors),*] };
        }

        #encode
        #decode
    }
}

impl ArmItem {
    /// The descriptor of the arm's type as a constant.
    fn constant(facade: &TokenStream, position: usize) -> TokenStream {
        let position = Literal::usize_unsuffixed(position);
        quote!(const { &<Self as #facade::Union>::UNION.arms[#position].ty })
    }

    fn span(&self) -> Span {
        Span::call_site().located_at(self.span)
    }
}

fn null(item: &UnionItem) -> Option<&Ident> {
    item.arms.iter().find(|arm| matches!(arm.value, ArmValue::Null)).map(|arm| &arm.variant)
}

fn encode(item: &UnionItem, heads: &Heads<'_>) -> TokenStream {
    let facade = &item.target.facade;
    let (encode_union, sink) = (heads.of("EncodeUnion", "Encode"), heads.method_parameter());
    let is_absent = null(item).map(|variant| {
        quote! {
            #[inline]
            fn is_absent(&self) -> bool {
                ::core::matches!(self, Self::#variant)
            }
        }
    });
    let positions = item.arms.iter().enumerate().map(|(position, ArmItem { variant, value, .. })| {
        let position = Literal::usize_unsuffixed(position);
        match value {
            ArmValue::Null => quote!(Self::#variant => #position,),
            ArmValue::Value(_) => quote!(Self::#variant(_) => #position,),
        }
    });
    let values = item.arms.iter().enumerate().map(|(position, arm)| {
        let (variant, constant) = (&arm.variant, ArmItem::constant(facade, position));
        match arm.value {
            ArmValue::Null => quote!(Self::#variant => sink.null(),),
            ArmValue::Value(_) => {
                quote_spanned!(arm.span()=> Self::#variant(value) => #facade::Encode::encode(value, #constant, sink),)
            }
        }
    });
    let (no_position, kept) = match &item.unknown {
        Some(UnknownArm { variant, .. }) => (
            quote!(Self::#variant(_) => return ::core::option::Option::None,),
            quote!(Self::#variant(fields) => sink.unknown_fields(fields),),
        ),
        None => (TokenStream::new(), TokenStream::new()),
    };
    let is_empty = item.arms.is_empty() && item.unknown.is_none();
    // A reference to a value of a type without values is still a value.
    let (this, arm) = if is_empty {
        (quote!(*self), quote!(match *self {}))
    } else if item.arms.is_empty() {
        (quote!(self), quote!(::core::option::Option::None))
    } else {
        (quote!(self), quote!(::core::option::Option::Some(match self { #(#positions)* #no_position })))
    };
    let unused = is_empty.then(|| quote!(let _ = sink;));
    let encode = heads.encode_by(&quote!(sink.union(ty, self)), &is_absent.unwrap_or_default());
    quote! {
        #encode

        #encode_union {
            #[inline]
            fn arm(&self) -> ::core::option::Option<usize> {
                #arm
            }

            #[inline]
            fn encode_arm<#sink: #facade::Sink>(
                &self,
                sink: &mut #sink,
            ) -> ::core::result::Result<(), #facade::EncodeError> {
                #unused
                match #this { #(#values)* #kept }
            }
        }
    }
}

fn decode(item: &UnionItem, heads: &Heads<'_>) -> TokenStream {
    let facade = &item.target.facade;
    let decode_union = heads.decode("DecodeUnion");
    let (source, input) = (heads.method_parameter(), heads.input());
    let absent = null(item).map(|variant| {
        quote! {
            #[inline]
            fn absent(_: &'static #facade::TypeDesc) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::#variant)
            }
        }
    });
    let arms = item.arms.iter().enumerate().map(|(position, arm)| {
        let (variant, constant) = (&arm.variant, ArmItem::constant(facade, position));
        let value = match arm.value {
            ArmValue::Null => quote!({ source.null()?; Self::#variant }),
            ArmValue::Value(_) => {
                quote_spanned!(arm.span()=> Self::#variant(#facade::Decode::decode(#constant, source)?))
            }
        };
        // Positions past the last arm never come.
        let pattern = if position + 1 == item.arms.len() {
            quote!(_)
        } else {
            let position = Literal::usize_unsuffixed(position);
            quote!(#position)
        };
        quote!(#pattern => #value,)
    });
    let made = if item.arms.is_empty() {
        let kind = quote!(#facade::DecodeErrorKind::UnknownBranch { index: arm as i64, branches: 0 });
        quote!(::core::result::Result::Err(#facade::DecodeError::new(#kind, source.offset())))
    } else {
        quote!(::core::result::Result::Ok(match arm { #(#arms)* }))
    };
    let from_unknown = item.unknown.as_ref().map(|UnknownArm { variant, owned }| {
        let kept = if *owned { quote!(unknown.into_owned()) } else { quote!(unknown) };
        quote! {
            #[inline]
            fn from_unknown(unknown: #facade::UnknownFields<#input>) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self::#variant(#kept))
            }
        }
    });
    let decode = heads.decode_by(Inline::Hint, &quote!(source.union(ty)), &absent.unwrap_or_default());
    quote! {
        #decode

        #decode_union {
            #[inline]
            fn decode_arm<#source: #facade::Source<#input>>(
                arm: usize,
                source: &mut #source,
            ) -> ::core::result::Result<Self, #facade::DecodeError> {
                #made
            }

            #from_unknown
        }
    }
}

//! Structs that travel as the one value that they hold.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Member;

use super::{
    Target, TypeTree,
    generics::{Heads, Inline},
};

/// A struct of one field that is, on the wire, that field.
#[derive(Clone)]
pub struct TransparentItem {
    /// The struct.
    pub target: Target,
    /// The field's name or position.
    pub member: Member,
    /// Where faults of its type are shown.
    pub span: Span,
    /// The field's type.
    pub ty: TypeTree,
}

/// The implementations of a transparent struct.
pub fn transparent(item: &TransparentItem) -> TokenStream {
    let TransparentItem { target, member, span, ty } = item;
    let (facade, reads) = (&target.facade, target.reads());
    let heads = Heads::new(target, [ty]);
    let descriptor = ty.descriptor(facade);
    let (typed, source, input) = (heads.of("Typed", "Typed"), heads.method_parameter(), heads.input());
    let span = Span::call_site().located_at(*span);
    let encoded = quote_spanned!(span=> #facade::Encode::encode(&self.#member, ty, sink));
    let decoded = quote_spanned!(span=> #facade::Decode::decode(ty, source)?);
    let decoded_field = quote_spanned!(span=> #facade::Decode::decode_field(&mut inner, ty, source));
    let absent = quote_spanned!(span=> #facade::Decode::absent(ty));
    let rewrapped = quote! {
        match inner {
            ::core::option::Option::Some(inner) => ::core::option::Option::Some(Self { #member: inner }),
            ::core::option::Option::None => ::core::option::Option::None,
        }
    };
    let is_absent = quote! {
        #[inline]
        fn is_absent(&self) -> bool {
            #facade::Encode::is_absent(&self.#member)
        }
    };
    let encode = heads.encode_by(&encoded, &is_absent);
    let decode_field_and_absent = quote! {
        #[inline]
        fn decode_field<#source: #facade::Source<#input>>(
            slot: &mut ::core::option::Option<Self>,
            ty: &'static #facade::TypeDesc,
            source: &mut #source,
        ) -> ::core::result::Result<(), #facade::DecodeError> {
            let mut inner = match slot.take() {
                ::core::option::Option::Some(earlier) => ::core::option::Option::Some(earlier.#member),
                ::core::option::Option::None => ::core::option::Option::None,
            };
            let result = #decoded_field;
            *slot = #rewrapped;
            result
        }

        #[inline]
        fn absent(ty: &'static #facade::TypeDesc) -> ::core::option::Option<Self> {
            let inner = #absent;
            #rewrapped
        }
    };
    let decoded = quote!(::core::result::Result::Ok(Self { #member: #decoded }));
    let decode = heads.decode_by(Inline::Always, &decoded, &decode_field_and_absent);
    quote! {
        #typed {
            const TYPE: #facade::TypeDesc = #descriptor;
            #reads
        }

        #encode

        #decode
    }
}

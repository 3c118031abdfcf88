//! How a record is decoded: one straight line through the fields, and behind it a loop for those in another order.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Member;

use super::{FieldItem, FieldRole, RecordItem, Value};
use crate::emit::{
    Presence,
    generics::{Heads, Inline},
};

/// The implementations of `Decode` and `DecodeRecord`.
pub(super) fn decode(item: &RecordItem, values: &[Value<'_>], heads: &Heads<'_>) -> TokenStream {
    let facade = &item.target.facade;
    let (source, input) = (heads.method_parameter(), heads.input());
    let decode_field = quote! {
        #[inline]
        fn decode_field<#source: #facade::Source<#input>>(
            slot: &mut ::core::option::Option<Self>,
            ty: &'static #facade::TypeDesc,
            source: &mut #source,
        ) -> ::core::result::Result<(), #facade::DecodeError> {
            source.record(ty, slot)
        }
    };
    let decode = heads.decode_by(Inline::Hint, &quote!(source.new_record(ty)), &decode_field);
    let (decode_record, body) = (heads.decode("DecodeRecord"), decode_fields(item, values, &source));
    quote! {
        #decode

        #decode_record {
            #[inline(always)]
            fn decode_fields<#source: #facade::Source<#input>>(
                slot: &mut ::core::option::Option<Self>,
                source: &mut #source,
            ) -> ::core::result::Result<(), #facade::DecodeError> {
                #body
            }
        }
    }
}

fn decode_fields(item: &RecordItem, values: &[Value<'_>], source: &Ident) -> TokenStream {
    let (locals, unknown) = (locals(item, values), unknown(item));
    let in_order = values.iter().map(|value| {
        let (descriptor, take) = (value.item.descriptor(), take(value, &unknown));
        quote_spanned!(value.span()=> if source.expect(#descriptor, record_desc, #unknown)? { #take?; })
    });
    let out_of_order = out_of_order(item, values, &unknown);
    let complete = item.fields.iter().filter_map(complete);
    let members = item.fields.iter().map(|field| {
        let (member, value) = (&field.member, finished(field));
        quote!(#member: #value)
    });
    quote! {
        #locals
        #(#in_order)*
        if #source::TAGGED {
            #out_of_order
        }
        #(#complete)*
        // It is empty already. Said here once more, the value is made in its place: there is nothing to drop first.
        *slot = ::core::option::Option::None;
        *slot = ::core::option::Option::Some(Self { #(#members),* });
        ::core::result::Result::Ok(())
    }
}

/// The variables: a descriptor for each field of the record, and the values, which an earlier record fills.
fn locals(item: &RecordItem, values: &[Value<'_>]) -> TokenStream {
    let facade = &item.target.facade;
    // One constant for all its uses: each `const` block costs the compiler time.
    let descriptors = values.iter().map(|value| {
        let (descriptor, constant) = (value.item.descriptor(), value.constant(facade));
        quote!(let #descriptor = #constant;)
    });
    let variables = item.fields.iter().map(|field| {
        let variable = field.variable();
        match field.role {
            FieldRole::Unknown { .. } => quote!(let mut #variable = #facade::UnknownFields::new();),
            FieldRole::Skipped | FieldRole::Value(_) => quote!(let mut #variable = ::core::option::Option::None;),
        }
    });
    let earlier = item.fields.iter().map(|field| {
        let (variable, member) = (field.variable(), &field.member);
        match field.role {
            FieldRole::Unknown { .. } => quote!(#variable = earlier.#member;),
            FieldRole::Skipped | FieldRole::Value(_) => {
                quote!(#variable = ::core::option::Option::Some(earlier.#member);)
            }
        }
    });
    let merge = if item.fields.is_empty() {
        TokenStream::new()
    } else {
        quote!(if let ::core::option::Option::Some(earlier) = slot.take() { #(#earlier)* })
    };
    let record =
        if values.is_empty() { TokenStream::new() } else { quote!(let record_desc = <Self as #facade::Record>::DESC;) };
    quote!(#record #(#descriptors)* #(#variables)* #merge)
}

/// The expression of where fields go that the record does not know.
fn unknown(item: &RecordItem) -> TokenStream {
    let keeper = item.fields.iter().find(|field| field.is_unknown()).map(FieldItem::variable);
    keeper.map_or_else(
        || quote!(::core::option::Option::None),
        |keeper| quote!(::core::option::Option::Some(&mut #keeper)),
    )
}

/// The expression that takes a field's value.
fn take(value: &Value<'_>, unknown: &TokenStream) -> TokenStream {
    let (descriptor, variable) = (value.item.descriptor(), value.item.variable());
    quote_spanned!(value.span()=> source.field(#descriptor, &mut #variable, #unknown))
}

fn out_of_order(item: &RecordItem, values: &[Value<'_>], unknown: &TokenStream) -> TokenStream {
    let facade = &item.target.facade;
    if values.is_empty() {
        return quote!(while source.next_field(<Self as #facade::Record>::DESC, #unknown)?.is_some() {});
    }
    let fields = values.iter().map(|value| {
        let (position, take) = (Literal::usize_unsuffixed(value.position), take(value, unknown));
        quote_spanned!(value.span()=> #position => #take?,)
    });
    quote! {
        while let ::core::option::Option::Some(position) = source.next_field(record_desc, #unknown)? {
            match position {
                #(#fields)*
                _ => {}
            }
        }
    }
}

/// The statements that make sure of a field's value at the record's end, where its expression in [`finished`] cannot. The
/// variable is the value behind them, and no slot anymore.
fn complete(field: &FieldItem) -> Option<TokenStream> {
    let FieldRole::Value(facts) = &field.role else { return None };
    let is_required = facts.presence == Presence::Required;
    if facts.absent.is_some() && !is_required {
        return None;
    }
    let (variable, descriptor) = (field.variable(), field.descriptor());
    let span = Span::call_site().located_at(field.span);
    let fill = (!is_required).then(|| quote_spanned!(span=> source.finish(#descriptor, &mut #variable)?;));
    Some(quote_spanned! {span=>
        #fill
        let ::core::option::Option::Some(#variable) = #variable else {
            return ::core::result::Result::Err(source.missing(#descriptor));
        };
    })
}

/// The expression of a field's value in the end.
fn finished(field: &FieldItem) -> TokenStream {
    let variable = field.variable();
    match &field.role {
        FieldRole::Unknown { owned: true } => quote!(#variable.into_owned()),
        FieldRole::Skipped => quote!(#variable.unwrap_or_default()),
        FieldRole::Value(facts) if facts.presence != Presence::Required => match &facts.absent {
            Some(absent) => quote! {
                match #variable {
                    ::core::option::Option::Some(value) => value,
                    ::core::option::Option::None => #absent,
                }
            },
            None => variable.to_token_stream(),
        },
        FieldRole::Unknown { owned: false } | FieldRole::Value(_) => variable.to_token_stream(),
    }
}

impl FieldItem {
    /// The local variable that holds the field's value.
    fn variable(&self) -> Ident {
        self.named_after("field")
    }

    /// The local variable that holds the field's descriptor.
    fn descriptor(&self) -> Ident {
        self.named_after("desc")
    }

    fn named_after(&self, prefix: &str) -> Ident {
        match &self.member {
            // As an argument, and not within the text, a raw identifier loses its `r#`.
            Member::Named(name) => format_ident!("{}_{}", prefix, name, span = Span::call_site()),
            Member::Unnamed(index) => format_ident!("{}_{}", prefix, index.index, span = Span::call_site()),
        }
    }
}

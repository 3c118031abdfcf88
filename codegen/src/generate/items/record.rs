//! Records: structs, and what makes some of them errors.

use cognate_schema::avro::Order;
use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::{
    emit::{self, FieldFacts, FieldItem, FieldRole, Presence, RecordItem, SortOrder, Target},
    generate::{
        docs,
        model::{ErrorFacts, Field, Item, ItemKind, Type},
        names::ident,
        types::Writer,
    },
};

impl Writer<'_> {
    pub(super) fn record(self, item: &Item) -> (TokenStream, TokenStream) {
        let ItemKind::Record { fields, error, unknown, has_zero } = &item.kind else { return Default::default() };
        let target = self.target(item);
        let (name, generics, doc) = (&target.ident, &target.generics, docs::attributes(&item.doc));
        let members = fields.iter().map(|field| {
            let doc = match field.note {
                Some(note) => docs::attributes(&format!("{}\n\n{note}", field.doc)),
                None => docs::attributes(&field.doc),
            };
            let (name, rust) = (ident(&field.name), self.tree(&field.ty).rust);
            quote!(#doc pub #name: #rust)
        });
        let keeper = unknown.as_ref().map(|name| {
            let (name, ty) = (ident(name), self.unknown_fields(item));
            quote!(/// Fields that the schema does not have.
                pub #name: #ty)
        });
        let members = members.chain(keeper);
        let default =
            if *has_zero { self.thrift_default(fields, unknown.as_deref()) } else { self.default_record(fields) };
        let zero = (*has_zero && default.is_none()).then(|| quote!(, Default));
        let default = default.map(|value| {
            let (_, arguments, _) = generics.split_for_impl();
            quote! {
                impl #generics Default for #name #arguments {
                    fn default() -> Self {
                        #value
                    }
                }
            }
        });
        let display = error.as_ref().map(|error| error_implementations(&target, item, error, fields));
        let definition = quote! {
            #doc
            #[derive(Clone, Debug, PartialEq #zero)]
            pub struct #name #generics { #(#members),* }

            #default
            #display
        };
        let implementations = emit::record(&RecordItem {
            name: item.schema_name(),
            is_error: error.is_some(),
            aliases: item.aliases.clone(),
            doc: item.doc.clone(),
            fields: self.field_items(item, fields, unknown.as_deref()),
            target,
        });
        (definition, implementations)
    }

    /// The fields in the order in which they are written: that of their numbers, where they have some.
    fn field_items(self, item: &Item, fields: &[Field], unknown: Option<&str>) -> Vec<FieldItem> {
        let mut fields: Vec<&Field> = fields.iter().collect();
        fields.sort_by_key(|field| field.wire.map(|wire| wire.number));
        let values = fields.into_iter().map(|field| FieldItem {
            member: ident(&field.name).into(),
            span: Span::call_site(),
            role: FieldRole::Value(Box::new(FieldFacts {
                number: field.wire.map(|wire| wire.number),
                presence: field.wire.map_or(Presence::Implicit, |wire| wire.presence),
                aliases: field.aliases.clone(),
                doc: field.doc.clone(),
                default: self.model.default_text(field),
                absent: field.wire.and_then(|_| self.thrift_absent(field)),
                order: match field.order {
                    Order::Ascending => SortOrder::Ascending,
                    Order::Descending => SortOrder::Descending,
                    Order::Ignore => SortOrder::Ignore,
                },
                ..FieldFacts::new(&*field.schema_name, self.tree(&field.ty))
            })),
        });
        let keeper = unknown.map(|name| FieldItem {
            member: ident(name).into(),
            span: Span::call_site(),
            role: FieldRole::Unknown { owned: !self.is_borrowed(item) },
        });
        values.chain(keeper).collect()
    }
}

/// What Rust asks of errors. The message is shown, or all fields when there is none.
fn error_implementations(target: &Target, item: &Item, error: &ErrorFacts, fields: &[Field]) -> TokenStream {
    let Target { ident: name, generics, .. } = target;
    let (parameters, arguments, _) = generics.split_for_impl();
    let shown = &item.schema_name;
    let message = error.message.as_ref().and_then(|message| fields.iter().find(|field| field.name == *message));
    let body = if let Some(field) = message {
        let (member, with_message) = (ident(&field.name), format!("{shown}: {{}}"));
        if let Type::Optional { .. } = field.ty {
            quote! {
                match &self.#member {
                    Option::Some(message) => ::core::write!(f, #with_message, message),
                    Option::None => f.write_str(#shown),
                }
            }
        } else {
            quote!(::core::write!(f, #with_message, self.#member))
        }
    } else {
        quote!(::core::fmt::Debug::fmt(self, f))
    };
    quote! {
        impl #parameters ::core::fmt::Display for #name #arguments {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #body
            }
        }

        impl #parameters ::core::error::Error for #name #arguments {}
    }
}

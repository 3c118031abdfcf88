//! Derive macros of Cognate.

mod attributes;
mod default;
mod enums;
mod errors;
mod facts;
mod json;
mod names;
mod structs;
mod types;

use cognate_codegen::emit::{SchemaName, Target};
use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput};

use attributes::Attributes;
use errors::Errors;

/// Lets a type travel.
#[proc_macro_derive(Cognate, attributes(cognate))]
pub fn cognate(input: TokenStream) -> TokenStream {
    let expanded = syn::parse(input).and_then(|input| expand(&input));
    expanded.unwrap_or_else(syn::Error::into_compile_error).into()
}

fn expand(input: &DeriveInput) -> syn::Result<proc_macro2::TokenStream> {
    let mut errors = Errors::default();
    let expanded = match &input.data {
        Data::Struct(data) => structs::expand(input, data, &mut errors),
        Data::Enum(data) => enums::expand(input, data, &mut errors),
        Data::Union(data) => {
            errors.over(
                data.union_token,
                "a union of Rust does not know which field it holds; a union of a schema is an enum",
            );
            proc_macro2::TokenStream::new()
        }
    };
    errors.finish(expanded)
}

/// The type, seen through the facade that the attributes name.
fn target(input: &DeriveInput, said: &Attributes) -> Target {
    let facade = said.facade.as_ref().map_or_else(|| quote!(::cognate), |facade| facade.value.clone());
    Target { facade, ident: input.ident.clone(), generics: input.generics.clone() }
}

/// The schema's name of the type: what the attributes say, or the identifier.
fn schema_name_of(input: &DeriveInput, said: &Attributes) -> SchemaName {
    let namespace = said.namespace.as_ref().map_or("", |namespace| &namespace.value);
    match &said.name {
        Some(name) => schema_name(&name.value, namespace),
        None => schema_name(&names::of(&input.ident, None), namespace),
    }
}

/// A name with dots brings its namespace along.
fn schema_name(name: &str, namespace: &str) -> SchemaName {
    let (namespace, name) = name.rsplit_once('.').unwrap_or((namespace, name));
    SchemaName { name: name.to_owned(), namespace: namespace.to_owned() }
}

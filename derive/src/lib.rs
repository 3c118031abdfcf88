//! Derive macros of Cognate. Use them through the crate `cognate`.

mod attributes;
mod compatible;
mod default;
mod enums;
mod errors;
mod facts;
mod json;
mod names;
mod structs;
mod types;

#[cfg(test)]
mod tests;

use cognate_codegen::emit::{SchemaName, Target};
use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput};

use attributes::Attributes;
use errors::Errors;

/// Lets a type travel: implements `Typed`, `Encode`, `Decode` and what belongs to them, once for all formats.
///
/// | the Rust type | is, in a schema |
/// |---|---|
/// | a struct with named fields, or without fields | a record |
/// | a struct of one field without a name, or `#[cognate(transparent)]` | what its field is; `[u8; N]` becomes a fixed with the struct's name |
/// | an enum of variants without fields | an enum; it needs `Clone` and `Copy` |
/// | an enum of variants with one field each | a union; one variant may do without a field and stands for null |
///
/// What a type borrows, it borrows from the input: all its lifetimes become the input's when it is decoded. Type parameters
/// that travel get the bounds that they need; a schema has one type of a name, so a generic type has to be given only one
/// set of arguments within a schema. A type that implements `Drop` cannot be derived, since its fields are moved out.
///
/// Doc comments become the schema's documentation.
///
/// # On the type
///
/// | attribute | means |
/// |---|---|
/// | `name = "User"`, `name = "com.acme.User"` | the schema's name, otherwise the type's own; the part before the last dot is the namespace |
/// | `namespace = "com.acme"` | the namespace, otherwise none |
/// | `alias = "Old"`, `aliases("Old", "com.acme.Older")` | former names |
/// | `doc = "…"` | documentation other than the doc comment |
/// | `rename_all = "…"` | how names are made of fields, symbols and arms: `lowercase`, `UPPERCASE`, `PascalCase`, `camelCase`, `snake_case`, `SCREAMING_SNAKE_CASE`; otherwise fields and symbols are named as they are, and arms in `snake_case` |
/// | `error` | the record is an Avro `error` or a Thrift exception |
/// | `transparent` | the struct travels as its one field |
/// | `crate = "path"` | where the crate `cognate` is found |
/// | `compatible_with = "v1/user.avsc"` | the type reads what was written with an older schema, or the build fails; see below. Repeatable |
///
/// # On a field or an arm of a union
///
/// | attribute | means |
/// |---|---|
/// | `name = "…"`, `rename = "…"` | the schema's name |
/// | `alias = "…"`, `aliases("…", "…")` | former names |
/// | `doc = "…"` | documentation other than the doc comment |
/// | `number = 1`, `id = 1` | field number (Protobuf) or field id (Thrift) |
/// | `null = "first"`, `"last"` or a number | position of null in the Avro union of an `Option`. Otherwise first, or second when the default is another value. The last position in a union of more branches is said by its number |
/// | `logical = "timestamp-millis"` | the logical type: `date`, `time-millis`, `time-micros`, `timestamp-millis`, `timestamp-micros`, `timestamp-nanos`, `local-timestamp-millis`, `local-timestamp-micros`, `local-timestamp-nanos`, `uuid`, `duration`, `big-decimal` |
/// | `decimal(10, 2)`, `decimal(10)` | the logical type of decimals, with precision and scale |
/// | `integers = "zigzag"`, `"fixed"` or `"varint"` | the encoding of integers in tagged formats; of a map, that of the values |
/// | `key_integers = "…"` | the same for a map's keys |
/// | `fixed = "com.acme.Md5"`, `fixed("com.acme.Id", 16)` | the name of the fixed that `[u8; N]` is; or that another type, such as `Uuid`, is a fixed with a name and a size |
///
/// `null`, `logical`, `decimal`, `integers` and `fixed` speak of the innermost type: they reach through `Option`, `Box`,
/// `Vec`, sets and the values of maps. A type behind an alias is taken for one without an inside.
///
/// # On a field alone
///
/// | attribute | means |
/// |---|---|
/// | `default = 0`, `default = "[]"` | the default for schema resolution: a number, `true`, `false`, or JSON in a string |
/// | `default` | the same with the type's zero, empty or null value |
/// | `absent = expression` | the value of the field when a tagged format lacks it. By default it is that of `default`, where it is known from the type, or zero; none or empty for an `Option` or a collection |
/// | `presence = "implicit"`, `"explicit"` or `"required"` | whether zero is left out, written, or the field must be there. Otherwise implicit, but explicit for an `Option` and where absence does not mean zero |
/// | `required`, `optional` | the same as `presence = "required"` and `presence = "explicit"` |
/// | `packed = false` | a list of numbers is written element by element |
/// | `order = "descending"`, `"ignore"` or `"ascending"` | the part of the field in Avro's sort order |
/// | `skip` | the field does not travel, and is its `Default` after decoding |
/// | `unknown` | the field keeps the fields that the record does not know: `UnknownFields<'a>`, or `UnknownFields<'static>` to own them |
///
/// # On a symbol
///
/// | attribute | means |
/// |---|---|
/// | `name = "…"`, `rename = "…"`, `doc = "…"` | as above |
/// | `number = 5` | the number in tagged formats; otherwise the discriminant, otherwise one more than the symbol before, from 0 |
/// | `default` | the symbol that a reader takes for one that it does not know |
/// | `unknown` | on `Unknown(i32)`: makes the enum open, and keeps the number of a symbol that is not known |
///
/// # On an arm of a union alone
///
/// | attribute | means |
/// |---|---|
/// | `unknown` | on `Unknown(UnknownFields<'a>)`: keeps an arm that the union does not know (Thrift) |
///
/// # Compatibility with older schemas
///
/// `compatible_with` names an Avro schema file, from the folder of the crate's `Cargo.toml`. When the type can no longer read
/// all data that was written with that schema, the build fails at the field at fault, in the words of `cognate compat`. It needs
/// the feature `compatible-with` of the crate `cognate`, since it brings the parser and the rules of schemas into the macro.
///
/// The type is compared with the file's type of the same name, or of one of its aliases, otherwise with the file's type itself.
/// A part of a file is named by a JSON pointer, over the schema with every name replaced by its definition, as in
/// `"v1/order.avsc#/fields/8/type"`; so must be what a union was, which has no name.
///
/// A macro sees one type. Numbers, text, bytes, `Option`, `Box`, `Vec`, sets, maps and types of logical types are compared where
/// they stand; another derived type in a field has to say `compatible_with` itself, for the same schema, and the build fails
/// with what to write where it does not. That goes for aliases of such types, too. What cannot be decided so, a field whose type
/// is a parameter, is an error. Ranges are those of the schema's types: a `u16` is an int.
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
    Target { facade, ident: input.ident.clone(), generics: input.generics.clone(), reads: Vec::new() }
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

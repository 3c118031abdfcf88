//! From the description of a Rust type to the implementations that let it travel.
//!
//! Derive and code generation both describe a type as a [`RecordItem`], [`EnumItem`], [`UnionItem`] or [`TransparentItem`]
//! and get the same implementations from here. What is emitted names only the facade, whose path is in the [`Target`].

mod enumeration;
mod generics;
mod record;
mod transparent;
mod types;
mod union;

pub use enumeration::{EnumItem, SymbolItem, enumeration};
pub use record::{FieldFacts, FieldItem, FieldRole, RecordItem, SortOrder, record};
pub use transparent::{TransparentItem, transparent};
pub use types::{Facts, FixedFacts, Inner, IntegerEncoding, Logical, Presence, TypeTree};
pub use union::{ArmItem, ArmValue, UnionItem, UnknownArm, union};

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Generics;

/// The Rust type that gets the implementations.
#[derive(Clone)]
pub struct Target {
    /// The path of the facade crate, `::cognate` unless it is renamed or re-exported.
    pub facade: TokenStream,
    /// The type's identifier.
    pub ident: Ident,
    /// Its generic parameters and where clause, as in its definition.
    pub generics: Generics,
    /// Fingerprints of the writers' types that it was found to read, see `cognate::Typed::READS`.
    pub reads: Vec<u64>,
}

impl Target {
    /// What its implementation of `Typed` says of the writers' types that it reads.
    fn reads(&self) -> TokenStream {
        let reads = &self.reads;
        if reads.is_empty() { TokenStream::new() } else { quote!(const READS: &'static [u64] = &[#(#reads),*];) }
    }
}

/// The name of a type in a schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaName {
    /// The simple name.
    pub name: String,
    /// Dotted namespace; empty for none.
    pub namespace: String,
}

impl SchemaName {
    fn tokens(&self, facade: &TokenStream) -> TokenStream {
        let Self { name, namespace } = self;
        quote!(#facade::Name::new(#name, #namespace))
    }
}

//! `compatible_with`: whether a type reads what was written with an older schema.

#[cfg(feature = "compatible-with")]
mod comparison;
#[cfg(feature = "compatible-with")]
mod old;
#[cfg(feature = "compatible-with")]
mod texts;

use cognate_codegen::emit::{EnumItem, RecordItem, TransparentItem, UnionItem};
use proc_macro2::TokenStream;

use crate::{attributes::Said, errors::Errors};

/// The type that reads.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "compatible-with"), expect(dead_code, reason = "without the feature nothing is compared"))]
pub(crate) enum Reader<'a> {
    Record(&'a RecordItem),
    Enum(&'a EnumItem),
    Union(&'a UnionItem),
    Transparent(&'a TransparentItem),
}

/// What comes of the comparison with older schemas.
#[derive(Default)]
pub(crate) struct Checks {
    /// The fingerprints of the writers' types that the type reads.
    pub(crate) reads: Vec<u64>,
    /// What is left to the compiler: whether the types of fields read theirs.
    pub(crate) assertions: TokenStream,
}

/// Compares a type with older schemas.
#[cfg(feature = "compatible-with")]
pub(crate) fn check(reader: Reader<'_>, schemas: &[Said<String>], errors: &mut Errors) -> Checks {
    let mut checks = Checks::default();
    for schema in schemas {
        comparison::compare(reader, schema, &mut checks, errors);
    }
    checks
}

/// Without the parser of schemas there is nothing to compare with.
#[cfg(not(feature = "compatible-with"))]
pub(crate) fn check(_: Reader<'_>, schemas: &[Said<String>], errors: &mut Errors) -> Checks {
    for schema in schemas {
        errors.at(schema.span, "`compatible_with` needs the feature `compatible-with` of the crate `cognate`");
    }
    Checks::default()
}

//! From a field's type and its attributes to the type tree that the emitter takes.

use cognate_codegen::emit::{FixedFacts, Inner, IntegerEncoding, Logical, SchemaName, TypeTree};
use quote::ToTokens;
use syn::Type;

use crate::{
    attributes::{Attributes, Said},
    errors::Errors,
    json::Json,
    schema_name,
    types::{self, View},
};

/// The tree of a type with what the attributes say of it.
pub(crate) fn type_tree(ty: &Type, said: &Attributes, errors: &mut Errors) -> TypeTree {
    let mut tree = types::tree(ty);
    null(&mut tree, said, errors);
    if let Some(integers) = &said.key_integers {
        match types::keys(&mut tree) {
            Some(keys) => keys.facts.integers = Some(integers.value),
            None => errors.at(integers.span, "there are no keys, since the type is no map"),
        }
    }
    let (view, rust) = View::innermost(ty);
    let leaf = types::innermost(&mut tree);
    if let Some(integers) = &said.integers {
        check_integers(&view, rust, integers, errors);
        leaf.facts.integers = Some(integers.value);
    }
    if let Some(logical) = &said.logical {
        let fits = if said.fixed.is_some() { allows_fixed(logical.value) } else { allows(&view, logical.value) };
        if !fits {
            let message = format!("this logical type is not one of `{}`", types::written(rust));
            errors.at(logical.span, message);
        }
        leaf.facts.logical = Some(logical.value);
    }
    leaf.facts.fixed = fixed(&view, rust, said, errors);
    tree
}

/// Null comes first unless the default is another value, which then has to be the first branch's
/// (Avro 1.12, "Complex Types").
fn null(tree: &mut TypeTree, said: &Attributes, errors: &mut Errors) {
    let default_is_value = match &said.default {
        Some(Said { value: Some(default), .. }) => default.json != Json::Null,
        _ => false,
    };
    if let Some(position) = &said.null {
        match types::optional(tree) {
            Some(optional) => optional.facts.null_at = Some(position.value),
            None => errors.at(position.span, "there is no null, since the type is no `Option`"),
        }
    } else if default_is_value && matches!(tree.inner, Inner::Optional(_)) {
        tree.facts.null_at = Some(1);
    }
}

fn check_integers(view: &View<'_>, rust: &Type, integers: &Said<IntegerEncoding>, errors: &mut Errors) {
    let rust = types::written(rust);
    match (view, integers.value) {
        (View::Integer(name), IntegerEncoding::ZigZag) if name.starts_with('u') => {
            errors.at(integers.span, format!("zigzag is for signed integers, and `{rust}` is none"));
        }
        (View::Integer(_) | View::Other, _) => {}
        _ => errors.at(integers.span, format!("`{rust}` is no integer")),
    }
}

/// Whether a type can stand for a logical type (Avro 1.12, "Logical Types").
fn allows(view: &View<'_>, logical: Logical) -> bool {
    match view {
        View::Other => true,
        View::Integer("i8" | "i16" | "i32") => matches!(logical, Logical::Date | Logical::TimeMillis),
        View::Integer("i64") => matches!(
            logical,
            Logical::TimeMicros
                | Logical::TimestampMillis
                | Logical::TimestampMicros
                | Logical::TimestampNanos
                | Logical::LocalTimestampMillis
                | Logical::LocalTimestampMicros
                | Logical::LocalTimestampNanos
        ),
        View::Text => logical == Logical::Uuid,
        View::Bytes { .. } => matches!(logical, Logical::Decimal { .. } | Logical::BigDecimal),
        View::Fixed(_) => allows_fixed(logical),
        _ => false,
    }
}

fn allows_fixed(logical: Logical) -> bool {
    matches!(logical, Logical::Decimal { .. } | Logical::Uuid | Logical::Duration)
}

fn fixed(view: &View<'_>, rust: &Type, said: &Attributes, errors: &mut Errors) -> Option<FixedFacts> {
    let fixed = said.fixed.as_ref()?;
    let size = match (view, &fixed.value.size) {
        (View::Fixed(length), None) => length.to_token_stream(),
        (View::Fixed(_), Some(size)) => {
            errors.over(size, "the array has its size already");
            return None;
        }
        (View::Other, Some(size)) => size.to_token_stream(),
        (View::Other, None) => {
            let message = format!("`{}` has no size; say `fixed(\"…\", size)`", types::written(rust));
            errors.at(fixed.span, message);
            return None;
        }
        _ => {
            errors.at(fixed.span, format!("`{}` is no fixed; `[u8; N]` is one", types::written(rust)));
            return None;
        }
    };
    let name: SchemaName = schema_name(&fixed.value.name, "");
    Some(FixedFacts { name, aliases: Vec::new(), doc: String::new(), size })
}

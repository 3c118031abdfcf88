//! Types where they are used, as the emitter takes them.

use cognate_schema::avro::LogicalType;
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::{
    model::{ItemId, Model, ModuleId, Type},
    names::ident,
};
use crate::{
    config::{Config, Maps, Ownership},
    emit::{Facts, FixedFacts, Inner, Logical, SchemaName, TypeTree},
};

/// How types are written in one module, for data that is owned or borrowed.
#[derive(Clone, Copy)]
pub(super) struct Writer<'m> {
    pub(super) model: &'m Model,
    pub(super) config: &'m Config,
    pub(super) facade: &'m TokenStream,
    pub(super) module: ModuleId,
    /// Whether text and bytes are borrowed.
    pub(super) borrowed: bool,
}

impl Writer<'_> {
    /// The type with what the schema says of it.
    pub(super) fn tree(self, ty: &Type) -> TypeTree {
        let facade = self.facade;
        let leaf = |rust, logical: Option<LogicalType>| TypeTree {
            rust,
            facts: Facts { logical: logical.map(emitted), ..Facts::default() },
            inner: Inner::Leaf,
        };
        match ty {
            Type::Null => leaf(quote!(()), None),
            Type::Bool => leaf(quote!(bool), None),
            Type::Byte => leaf(quote!(i8), None),
            Type::Short => leaf(quote!(i16), None),
            Type::Int(logical) => leaf(quote!(i32), *logical),
            Type::Long(logical) => leaf(quote!(i64), *logical),
            Type::Float => leaf(quote!(f32), None),
            Type::Double => leaf(quote!(f64), None),
            Type::String(logical) => leaf(if self.borrowed { quote!(&'a str) } else { quote!(String) }, *logical),
            Type::Bytes(logical) => leaf(if self.borrowed { quote!(&'a [u8]) } else { quote!(Vec<u8>) }, *logical),
            Type::Uuid { real: false } => leaf(quote!([u8; 16]), Some(LogicalType::Uuid)),
            Type::Uuid { real: true } => {
                let mut tree = leaf(quote!(#facade::uuid::Uuid), Some(LogicalType::Uuid));
                let size = quote!(16);
                tree.facts.fixed =
                    Some(FixedFacts { name: SchemaName::default(), aliases: vec![], doc: String::new(), size });
                tree
            }
            Type::Item { id, boxed: false } => leaf(self.item(*id), None),
            Type::Item { id, boxed: true } => {
                let item = self.item(*id);
                TypeTree {
                    rust: quote!(Box<#item>),
                    facts: Facts::default(),
                    inner: Inner::Pointer(Box::new(leaf(item, None))),
                }
            }
            Type::Real { real, logical, fixed } => {
                let mut tree = leaf(real.path(facade), Some(*logical));
                tree.facts.fixed = fixed.as_ref().map(|fixed| FixedFacts {
                    name: SchemaName { name: fixed.name.clone(), namespace: fixed.namespace.clone() },
                    aliases: fixed.aliases.clone(),
                    doc: fixed.doc.clone(),
                    size: Literal::u32_unsuffixed(fixed.size).into_token_stream(),
                });
                tree
            }
            Type::Array(of) => {
                let of = self.tree(of);
                let rust = &of.rust;
                TypeTree { rust: quote!(Vec<#rust>), facts: Facts::default(), inner: Inner::List(Box::new(of)) }
            }
            Type::Set(of) => {
                let (is_key, of) = (of.is_key(self.model), Box::new(self.tree(of)));
                let set = if is_key { self.set_path() } else { quote!(Vec) };
                let rust = &of.rust;
                let rust = quote!(#set<#rust>);
                let inner = if is_key { Inner::Set(of) } else { Inner::SetInList(of) };
                TypeTree { rust, facts: Facts::default(), inner }
            }
            Type::Map(key, of) => {
                let map = self.map_path(key);
                let (key, of) = (self.tree(key), self.tree(of));
                let (key_rust, of_rust) = (&key.rust, &of.rust);
                let rust = quote!(#map<#key_rust, #of_rust>);
                TypeTree { rust, facts: Facts::default(), inner: Inner::Map(Box::new(key), Box::new(of)) }
            }
            Type::Alias { id, of } => TypeTree { rust: self.item(*id), ..self.tree(of) },
            Type::Optional { null_at, of, .. } => {
                let of = self.tree(of);
                let rust = &of.rust;
                let null_at = (*null_at != 0).then_some(*null_at);
                TypeTree {
                    rust: quote!(Option<#rust>),
                    facts: Facts { null_at, ..Facts::default() },
                    inner: Inner::Optional(Box::new(of)),
                }
            }
        }
    }

    /// The path of an item with its lifetime.
    pub(super) fn item(self, id: ItemId) -> TokenStream {
        let path = self.item_path(id);
        if self.model.item(id).borrows && self.borrowed { quote!(#path<'a>) } else { path }
    }

    /// The path of an item, seen from the module.
    pub(super) fn item_path(self, id: ItemId) -> TokenStream {
        let item = self.model.item(id);
        let name = match &item.view {
            Some(view) if self.borrowed && item.borrows => view,
            _ => &item.name,
        };
        self.path_to(item.module, name)
    }

    /// The path of a name in a module, seen from this one.
    pub(super) fn path_to(self, module: ModuleId, name: &str) -> TokenStream {
        let (here, there) = (&self.model.modules[self.module.0].path, &self.model.modules[module.0].path);
        let common = here.iter().zip(there).take_while(|(here, there)| here == there).count();
        let up = here[common..].iter().map(|_| quote!(super::));
        let down = there[common..].iter().map(|name| ident(name));
        let name = ident(name);
        quote!(#(#up)* #(#down::)* #name)
    }

    /// A set of types that can be keys.
    pub(super) fn set_path(self) -> TokenStream {
        match self.config.maps {
            Maps::BTreeMap => quote!(::std::collections::BTreeSet),
            Maps::HashMap => quote!(::std::collections::HashSet),
        }
    }

    /// A map with keys of a type.
    pub(super) fn map_path(self, key: &Type) -> TokenStream {
        let facade = self.facade;
        match self.config.maps {
            _ if !key.is_key(self.model) => quote!(#facade::Entries),
            Maps::BTreeMap => quote!(::std::collections::BTreeMap),
            Maps::HashMap => quote!(::std::collections::HashMap),
        }
    }
}

impl Config {
    /// Whether data is borrowed, for each set of types that is to be generated.
    pub(super) fn borrowed(&self) -> &'static [bool] {
        match self.ownership {
            Ownership::Owned => &[false],
            Ownership::Borrowed => &[true],
            Ownership::Both => &[false, true],
        }
    }
}

/// The logical type in the emitter's terms.
pub(super) fn emitted(logical: LogicalType) -> Logical {
    match logical {
        LogicalType::Decimal { precision, scale } => Logical::Decimal { precision, scale },
        LogicalType::BigDecimal => Logical::BigDecimal,
        LogicalType::Uuid => Logical::Uuid,
        LogicalType::Date => Logical::Date,
        LogicalType::TimeMillis => Logical::TimeMillis,
        LogicalType::TimeMicros => Logical::TimeMicros,
        LogicalType::TimestampMillis => Logical::TimestampMillis,
        LogicalType::TimestampMicros => Logical::TimestampMicros,
        LogicalType::TimestampNanos => Logical::TimestampNanos,
        LogicalType::LocalTimestampMillis => Logical::LocalTimestampMillis,
        LogicalType::LocalTimestampMicros => Logical::LocalTimestampMicros,
        LogicalType::LocalTimestampNanos => Logical::LocalTimestampNanos,
        LogicalType::Duration => Logical::Duration,
    }
}

//! Defaults of Avro fields as Rust expressions.

use cognate_schema::{
    avro::{TypeId, default_bytes},
    json::{Node, Value},
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{
    model::{Default, Field, ItemId, ItemKind, Type},
    names::ident,
    types::Writer,
};

impl Writer<'_> {
    /// The value of a record whose fields all have defaults; nothing when one has none, or none that can be written down.
    pub(super) fn default_record(self, fields: &[Field]) -> Option<TokenStream> {
        let values = fields.iter().map(|field| {
            let (name, value) = (ident(&field.name), self.value(&field.ty, field.json_default()?)?);
            Some(quote!(#name: #value))
        });
        let values: Vec<_> = values.collect::<Option<_>>()?;
        Some(quote!(Self { #(#values),* }))
    }

    /// A default as an expression of its type.
    fn value(self, ty: &Type, node: &Node) -> Option<TokenStream> {
        Some(match (ty, &node.value) {
            (Type::Null, Value::Null) => quote!(()),
            (Type::Bool, Value::Bool(value)) => quote!(#value),
            (Type::Int(_) | Type::Long(_), Value::Number(_)) => {
                let number = Literal::i64_unsuffixed(node.as_i64()?);
                quote!(#number)
            }
            (Type::Float, Value::Number(text)) => {
                let number = text.parse().ok().filter(|number: &f32| number.is_finite())?;
                format!("{number:?}").parse().ok()?
            }
            (Type::Double, Value::Number(text)) => {
                let number = text.parse().ok().filter(|number: &f64| number.is_finite())?;
                format!("{number:?}").parse().ok()?
            }
            (Type::String(_), Value::String(text)) => match &**text {
                text if self.borrowed => quote!(#text),
                "" => quote!(String::new()),
                text => quote!(String::from(#text)),
            },
            (Type::Bytes(_), Value::String(text)) => {
                let bytes = Literal::byte_string(&default_bytes(text)?);
                match &**text {
                    _ if self.borrowed => quote!(#bytes),
                    "" => quote!(Vec::new()),
                    _ => quote!(#bytes.to_vec()),
                }
            }
            (Type::Real { real, logical, .. }, Value::Number(_)) => {
                real.default(node.as_i64()?, *logical, self.facade)?
            }
            (Type::Array(_), Value::Array(items)) if items.is_empty() => quote!(Vec::new()),
            (Type::Array(of), Value::Array(items)) => {
                let items: Vec<_> = items.iter().map(|item| self.value(of, item)).collect::<Option<_>>()?;
                quote!(Vec::from([#(#items),*]))
            }
            (Type::Map(key, of), Value::Object(members)) => self.map_value(key, of, members)?,
            (Type::Optional { union, null_at, of }, _) => {
                if self.branch((*union)?, node)? == usize::from(*null_at) {
                    quote!(Option::None)
                } else {
                    let of = self.value(of, node)?;
                    quote!(Option::Some(#of))
                }
            }
            (Type::Item { id, boxed }, _) => {
                let value = self.item_value(*id, node)?;
                if *boxed { quote!(Box::new(#value)) } else { value }
            }
            _ => return None,
        })
    }

    /// The branch of a union that a default stands for.
    fn branch(self, union: TypeId, node: &Node) -> Option<usize> {
        self.model.schema.as_ref()?.default_branch(union, node)
    }

    fn map_value(self, key: &Type, of: &Type, members: &[cognate_schema::json::Member]) -> Option<TokenStream> {
        let map = self.map_path(key);
        if members.is_empty() {
            return Some(quote!(#map::new()));
        }
        let entries = members.iter().map(|member| {
            let (key, value) = (&*member.key, self.value(of, &member.value)?);
            Some(if self.borrowed { quote!((#key, #value)) } else { quote!((String::from(#key), #value)) })
        });
        let entries: Vec<_> = entries.collect::<Option<_>>()?;
        Some(quote!(#map::from([#(#entries),*])))
    }

    fn item_value(self, id: ItemId, node: &Node) -> Option<TokenStream> {
        let path = self.item_path(id);
        match &self.model.item(id).kind {
            ItemKind::Fixed { .. } => {
                let bytes = Literal::byte_string(&default_bytes(node.as_str()?)?);
                Some(quote!(#path(*#bytes)))
            }
            ItemKind::Enum { symbols, .. } => {
                let text = node.as_str()?;
                let symbol = symbols.iter().find(|symbol| symbol.schema_name == text)?;
                let variant = ident(&symbol.variant);
                Some(quote!(#path::#variant))
            }
            ItemKind::Record { fields, .. } => {
                let values = fields.iter().map(|field| {
                    let given = node.member(&field.schema_name).map(|member| &member.value);
                    let (name, value) = (ident(&field.name), self.value(&field.ty, given.or(field.json_default())?)?);
                    Some(quote!(#name: #value))
                });
                let values: Vec<_> = values.collect::<Option<_>>()?;
                Some(quote!(#path { #(#values),* }))
            }
            // Nothing refers to a type without a name.
            ItemKind::Newtype { .. } | ItemKind::Alias { .. } => None,
            ItemKind::Union { union, arms, .. } => {
                let arm = arms.get(self.branch((*union)?, node)?)?;
                let variant = ident(&arm.variant);
                match &arm.ty {
                    None => Some(quote!(#path::#variant)),
                    Some(ty) => {
                        let value = self.value(ty, node)?;
                        Some(quote!(#path::#variant(#value)))
                    }
                }
            }
        }
    }
}

impl Field {
    pub(super) fn json_default(&self) -> Option<&Node> {
        match self.default.as_ref()? {
            Default::Avro(node) => Some(node),
            Default::Thrift(_) => None,
        }
    }
}

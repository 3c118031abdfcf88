//! Values of Thrift's constants and defaults as Rust expressions.

use cognate_schema::thrift::Value;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::generate::{
    docs,
    model::{Constant, Default, Field, ItemId, ItemKind, Type},
    names::ident,
    recursion,
    types::Writer,
};

impl Writer<'_> {
    /// A constant, or a function that makes the value where that is no constant in Rust. Nothing where Rust has no such value.
    pub(in crate::generate) fn constant(self, constant: &Constant) -> Option<TokenStream> {
        let Constant { names, doc, ty, .. } = constant;
        let value = constant.value.as_ref()?;
        let doc = docs::attributes(doc);
        let (name, function) = (ident(&names.0), ident(&names.1));
        let is_constant = match ty.unnamed() {
            Type::Bool
            | Type::Byte
            | Type::Short
            | Type::Int(_)
            | Type::Long(_)
            | Type::Float
            | Type::Double
            | Type::Uuid { .. } => true,
            Type::Item { id, .. } => matches!(self.model.item(*id).kind, ItemKind::Enum { .. }),
            Type::String(_) | Type::Bytes(_) => {
                let value = Self { borrowed: true, ..self }.thrift_value(ty, value)?;
                let rust = if matches!(ty.unnamed(), Type::String(_)) { quote!(&str) } else { quote!(&[u8]) };
                return Some(quote!(#doc pub const #name: #rust = #value;));
            }
            _ => false,
        };
        let (rust, value) = (self.tree(ty).rust, self.thrift_value(ty, value)?);
        let lifetime = (self.borrowed && recursion::borrows(self.model, ty)).then(|| quote!(<'a>));
        Some(if is_constant {
            quote!(#doc pub const #name: #rust = #value;)
        } else {
            quote!(#doc pub fn #function #lifetime() -> #rust { #value })
        })
    }

    /// The value of a struct of which nothing is said; nothing when that is zero in all fields.
    pub(in crate::generate) fn thrift_default(self, fields: &[Field], unknown: Option<&str>) -> Option<TokenStream> {
        if fields.iter().all(|field| field.default.is_none()) {
            return None;
        }
        let fields = fields.iter().map(|field| {
            let (name, value) = (ident(&field.name), self.declared_or_zero(field));
            quote!(#name: #value)
        });
        let unknown = self.nothing_unknown(unknown);
        Some(quote!(Self { #(#fields,)* #unknown }))
    }

    /// What the absence of a field means, when its type does not say so.
    pub(in crate::generate) fn thrift_absent(self, field: &Field) -> Option<TokenStream> {
        match (self.declared(field), field.ty.unnamed()) {
            (Some(value), _) => Some(value),
            (None, Type::Uuid { .. }) => Some(quote!(Default::default())),
            (None, Type::Item { id, .. }) if matches!(self.model.item(*id).kind, ItemKind::Record { .. }) => {
                Some(quote!(Default::default()))
            }
            _ => None,
        }
    }

    fn declared(self, field: &Field) -> Option<TokenStream> {
        match field.default.as_ref()? {
            Default::Thrift(value) => self.thrift_value(&field.ty, value),
            Default::Avro(_) => None,
        }
    }

    fn declared_or_zero(self, field: &Field) -> TokenStream {
        self.declared(field).unwrap_or_else(|| quote!(Default::default()))
    }

    fn nothing_unknown(self, unknown: Option<&str>) -> Option<TokenStream> {
        let facade = self.facade;
        unknown.map(|name| {
            let name = ident(name);
            quote!(#name: #facade::UnknownFields::new())
        })
    }

    /// A value as an expression of its type.
    fn thrift_value(self, ty: &Type, value: &Value) -> Option<TokenStream> {
        Some(match (ty, value) {
            (Type::Alias { of, .. }, value) => self.thrift_value(of, value)?,
            (Type::Optional { of, .. }, value) => {
                let value = self.thrift_value(of, value)?;
                quote!(Option::Some(#value))
            }
            (_, Value::Bool(value)) => quote!(#value),
            (_, Value::Integer(value)) => {
                let number = Literal::i64_unsuffixed(*value);
                quote!(#number)
            }
            (ty, Value::Double(value)) => float(ty, *value)?,
            (Type::Bytes(_), Value::Text(text)) => {
                let bytes = Literal::byte_string(text.as_bytes());
                match &**text {
                    _ if self.borrowed => quote!(#bytes),
                    "" => quote!(Vec::new()),
                    _ => quote!(#bytes.to_vec()),
                }
            }
            (_, Value::Text(text)) => match &**text {
                text if self.borrowed => quote!(#text),
                "" => quote!(String::new()),
                text => quote!(String::from(#text)),
            },
            (ty, Value::Uuid(bytes)) => {
                let bytes = bytes.iter().map(|byte| Literal::u8_unsuffixed(*byte));
                let facade = self.facade;
                if let Type::Uuid { real: true } = ty {
                    quote!(#facade::uuid::Uuid::from_bytes([#(#bytes),*]))
                } else {
                    quote!([#(#bytes),*])
                }
            }
            (Type::Item { id, boxed }, value) => {
                let value = self.item_of(*id, value)?;
                if *boxed { quote!(Box::new(#value)) } else { value }
            }
            (Type::Array(of) | Type::Set(of), Value::List(items)) => {
                let items = items.iter().map(|item| self.thrift_value(of, item)).collect::<Option<Vec<_>>>()?;
                let list = match ty {
                    Type::Set(of) if of.is_key(self.model) => self.set_path(),
                    _ => quote!(Vec),
                };
                if items.is_empty() { quote!(#list::new()) } else { quote!(#list::from([#(#items),*])) }
            }
            (Type::Map(key, of), Value::Map(entries)) => {
                let entries = entries.iter().map(|(entry, value)| {
                    let (entry, value) = (self.thrift_value(key, entry)?, self.thrift_value(of, value)?);
                    Some(quote!((#entry, #value)))
                });
                let entries = entries.collect::<Option<Vec<_>>>()?;
                let map = self.map_path(key);
                if entries.is_empty() { quote!(#map::new()) } else { quote!(#map::from([#(#entries),*])) }
            }
            _ => return None,
        })
    }

    fn item_of(self, id: ItemId, value: &Value) -> Option<TokenStream> {
        let path = self.item_path(id);
        match (&self.model.item(id).kind, value) {
            (ItemKind::Enum { symbols, unknown, .. }, Value::Enum(_, number)) => {
                if let Some(symbol) = symbols.iter().find(|symbol| symbol.number == *number) {
                    let variant = ident(&symbol.variant);
                    return Some(quote!(#path::#variant));
                }
                let (unknown, number) = (ident(unknown.as_ref()?), Literal::i32_unsuffixed(*number));
                Some(quote!(#path::#unknown(#number)))
            }
            (ItemKind::Union { arms, .. }, Value::Struct(_, given)) => {
                let (index, value) = given.first()?;
                let arm = arms.get(*index)?;
                let (variant, value) = (ident(&arm.variant), self.thrift_value(arm.ty.as_ref()?, value)?);
                Some(quote!(#path::#variant(#value)))
            }
            (ItemKind::Record { fields, unknown, has_zero, .. }, Value::Struct(_, given)) => {
                let given_to = |index| given.iter().find(|(known, _)| *known == index).map(|(_, value)| value);
                let mut values = Vec::new();
                for (index, field) in fields.iter().enumerate() {
                    let value = match given_to(index) {
                        Some(value) => self.thrift_value(&field.ty, value)?,
                        None if *has_zero => continue,
                        None => self.declared_or_zero(field),
                    };
                    let name = ident(&field.name);
                    values.push(quote!(#name: #value));
                }
                let rest = if !*has_zero || values.len() == fields.len() {
                    self.nothing_unknown(unknown.as_deref())
                } else {
                    Some(quote!(..Default::default()))
                };
                Some(quote!(#path { #(#values,)* #rest }))
            }
            _ => None,
        }
    }
}

/// A number as a literal, in the digits that give it again.
fn float(ty: &Type, value: f64) -> Option<TokenStream> {
    let single = matches!(ty, Type::Float);
    let word = if single { quote!(f32) } else { quote!(f64) };
    if value.is_nan() {
        return Some(quote!(#word::NAN));
    }
    #[expect(clippy::cast_possible_truncation, reason = "the type has single precision")]
    let narrow = value as f32;
    let is_infinite = if single { narrow.is_infinite() } else { value.is_infinite() };
    if is_infinite {
        return Some(if value > 0.0 { quote!(#word::INFINITY) } else { quote!(#word::NEG_INFINITY) });
    }
    let text = if single { format!("{narrow:?}") } else { format!("{value:?}") };
    text.parse().ok()
}

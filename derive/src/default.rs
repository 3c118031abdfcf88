//! Defaults: as JSON text for the schema, and as a Rust expression for data that lacks the field.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Type;

use crate::{
    attributes::{Attributes, Said},
    errors::Errors,
    json::Json,
    types::View,
};

/// What the attributes make of a field's default.
#[derive(Default)]
pub(crate) struct FieldDefault {
    /// The JSON text for the schema.
    pub(crate) text: Option<String>,
    /// The expression for data that lacks the field; none where the syntax of the type does not tell it.
    pub(crate) absent: Option<TokenStream>,
    /// Whether the value is the one that an absent field of proto3 has anyway.
    pub(crate) is_zero: bool,
}

/// Reads `default` and `absent` of a field.
pub(crate) fn field_default(ty: &Type, said: &Attributes, errors: &mut Errors) -> FieldDefault {
    let mut default = match &said.default {
        None => FieldDefault::default(),
        Some(Said { value: None, span }) => {
            let text = zero(ty);
            if text.is_none() {
                errors.at(*span, "the zero value of the type is not known here; say `default = \"…\"` in JSON");
            }
            let absent = Some(quote!(::core::default::Default::default()));
            FieldDefault { text: text.map(str::to_owned), absent, is_zero: true }
        }
        Some(Said { value: Some(default), span }) => {
            let absent = expression(ty, &default.json).unwrap_or_else(|fault| {
                errors.at(*span, fault);
                None
            });
            FieldDefault { text: Some(default.text.clone()), absent, is_zero: default.json.is_zero() }
        }
    };
    if let Some(absent) = &said.absent {
        default.absent = Some(absent.value.clone());
        default.is_zero = false;
    }
    default
}

fn zero(ty: &Type) -> Option<&'static str> {
    match View::of(ty) {
        View::Pointer(of) => zero(of),
        View::Optional(_) => Some("null"),
        View::List(_) | View::Set(_) => Some("[]"),
        View::Map(..) => Some("{}"),
        View::Bool => Some("false"),
        View::Integer(_) => Some("0"),
        View::Float(_) => Some("0.0"),
        View::Text | View::Bytes { .. } => Some("\"\""),
        View::Fixed(_) | View::Other => None,
    }
}

/// A Rust expression of the JSON value, unless the syntax of the type does not tell. The error says why the value is none
/// of the type's.
fn expression(ty: &Type, json: &Json) -> Result<Option<TokenStream>, String> {
    let expression = match (View::of(ty), json) {
        (View::Other, _) => return Ok(None),
        (View::Pointer(of), json) => match expression(of, json)? {
            Some(of) => quote!(::core::convert::From::from(#of)),
            None => return Ok(None),
        },
        (View::Optional(_), Json::Null) => quote!(::core::option::Option::None),
        (View::Optional(of), json) => match expression(of, json)? {
            Some(of) => quote!(::core::option::Option::Some(#of)),
            None => return Ok(None),
        },
        (View::List(of) | View::Set(of), Json::Array(items)) => {
            let items: Option<Vec<_>> = items.iter().map(|item| expression(of, item)).collect::<Result<_, _>>()?;
            match items {
                Some(items) if items.is_empty() => quote!(::core::default::Default::default()),
                Some(items) => quote!(::core::iter::FromIterator::from_iter([#(#items),*])),
                None => return Ok(None),
            }
        }
        (View::Map(_, of), Json::Object(entries)) => {
            let entry = |(key, value): &(String, Json)| {
                let value = expression(of, value)?;
                Ok(value.map(|value| quote!((::core::convert::From::from(#key), #value))))
            };
            let entries: Option<Vec<_>> = entries.iter().map(entry).collect::<Result<_, String>>()?;
            match entries {
                Some(entries) if entries.is_empty() => quote!(::core::default::Default::default()),
                Some(entries) => quote!(::core::iter::FromIterator::from_iter([#(#entries),*])),
                None => return Ok(None),
            }
        }
        (View::Bool, Json::Bool(value)) => quote!(#value),
        (View::Integer(name), Json::Number(text)) => integer(name, text)?,
        (View::Float(name), Json::Number(text)) => float(name, text)?,
        (View::Text, Json::String(text)) => quote!(::core::convert::From::from(#text)),
        (View::Bytes { borrowed: true }, Json::String(text)) => {
            let bytes = Literal::byte_string(&bytes(text)?);
            quote!(#bytes)
        }
        (View::Bytes { borrowed: false }, Json::String(text)) => {
            let bytes = Literal::byte_string(&bytes(text)?);
            quote!(::core::convert::From::from(&#bytes[..]))
        }
        (View::Fixed(_), Json::String(text)) => {
            let bytes = Literal::byte_string(&bytes(text)?);
            quote!(*#bytes)
        }
        (view, _) => return Err(format!("the default is not {} in JSON", view.in_json())),
    };
    Ok(Some(expression))
}

impl View<'_> {
    fn in_json(&self) -> &'static str {
        match self {
            View::Pointer(_) | View::Optional(_) | View::Other => "a value of the type",
            View::List(_) | View::Set(_) => "an array",
            View::Map(..) => "an object",
            View::Bool => "`true` or `false`",
            View::Integer(_) => "an integer",
            View::Float(_) => "a number",
            View::Text => "a string",
            View::Bytes { .. } | View::Fixed(_) => "a string of the characters U+0000 to U+00FF",
        }
    }
}

fn integer(name: &str, text: &str) -> Result<TokenStream, String> {
    let number = text.parse::<i128>().map_err(|_| "the default is not an integer in JSON".to_owned())?;
    let bits: u32 = name.trim_start_matches(['i', 'u']).parse().unwrap_or(64);
    let fits = if name.starts_with('u') {
        (0..1i128 << bits).contains(&number)
    } else {
        (-(1i128 << (bits - 1))..1i128 << (bits - 1)).contains(&number)
    };
    if fits {
        let number = Literal::i128_unsuffixed(number);
        Ok(quote!(#number))
    } else {
        Err(format!("the default does not fit `{name}`"))
    }
}

fn float(name: &str, text: &str) -> Result<TokenStream, String> {
    let finite = if name == "f32" {
        text.parse::<f32>().ok().filter(|number| number.is_finite()).map(Literal::f32_unsuffixed)
    } else {
        text.parse::<f64>().ok().filter(|number| number.is_finite()).map(Literal::f64_unsuffixed)
    };
    finite.map(|number| quote!(#number)).ok_or_else(|| format!("the default does not fit `{name}`"))
}

/// The bytes that the characters of a default stand for (Avro 1.12, "Complex Types").
fn bytes(text: &str) -> Result<Vec<u8>, String> {
    let bytes = text.chars().map(|each| u8::try_from(u32::from(each)).ok());
    bytes.collect::<Option<_>>().ok_or_else(|| "the default of bytes has a character past U+00FF".to_owned())
}

//! What `#[cognate(…)]` says.

use cognate_codegen::emit::{IntegerEncoding, Logical, Presence, SortOrder};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Attribute, Expr, ExprLit, Lit, LitInt, LitStr, Meta, MetaNameValue, Path, Result, Token, meta::ParseNestedMeta,
    punctuated::Punctuated, spanned::Spanned,
};

use crate::{
    errors::Errors,
    json::Json,
    names::{Case, is_dotted, is_simple},
};

/// Where attributes stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On a struct that is a record.
    Record,
    /// On a struct that is its one field.
    Transparent,
    /// On an enum of symbols.
    Enum,
    /// On an enum of a union's arms.
    Union,
    /// On a field of a record.
    Field,
    /// On the field of a transparent struct.
    Inner,
    /// On a symbol.
    Symbol,
    /// On an arm of a union.
    Arm,
}

/// Something that an attribute says, and where.
#[derive(Clone)]
pub(crate) struct Said<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// All that the attributes at one place say.
#[derive(Default)]
pub(crate) struct Attributes {
    pub(crate) name: Option<Said<String>>,
    pub(crate) namespace: Option<Said<String>>,
    pub(crate) aliases: Vec<Said<String>>,
    pub(crate) doc: String,
    pub(crate) rename_all: Option<Said<Case>>,
    pub(crate) error: Option<Said<()>>,
    pub(crate) facade: Option<Said<TokenStream>>,
    /// Files of older schemas.
    pub(crate) compatible_with: Vec<Said<String>>,
    pub(crate) transparent: Option<Said<()>>,
    pub(crate) number: Option<Said<i32>>,
    pub(crate) presence: Option<Said<Presence>>,
    pub(crate) null: Option<Said<u8>>,
    pub(crate) logical: Option<Said<Logical>>,
    pub(crate) integers: Option<Said<IntegerEncoding>>,
    pub(crate) key_integers: Option<Said<IntegerEncoding>>,
    pub(crate) packed: Option<Said<bool>>,
    pub(crate) fixed: Option<Said<Fixed>>,
    pub(crate) order: Option<Said<SortOrder>>,
    /// The default, or that it is to be the type's zero value.
    pub(crate) default: Option<Said<Option<Default>>>,
    pub(crate) absent: Option<Said<TokenStream>>,
    pub(crate) skip: Option<Said<()>>,
    pub(crate) unknown: Option<Said<()>>,
}

/// A fixed's full name, and its size where the Rust type does not have one.
#[derive(Clone)]
pub(crate) struct Fixed {
    pub(crate) name: String,
    pub(crate) size: Option<LitInt>,
}

/// A default as it was written and as it was understood.
#[derive(Clone)]
pub(crate) struct Default {
    pub(crate) text: String,
    pub(crate) json: Json,
}

/// The attributes and where they may stand.
const KNOWN: &[(&str, &[Place])] = {
    use Place::{Arm, Enum, Field, Inner, Record, Symbol, Transparent, Union};
    &[
        ("name", &[Record, Transparent, Enum, Union, Field, Symbol, Arm]),
        ("rename", &[Field, Symbol, Arm]),
        ("namespace", &[Record, Transparent, Enum, Union]),
        ("alias", &[Record, Transparent, Enum, Field, Arm]),
        ("aliases", &[Record, Transparent, Enum, Field, Arm]),
        ("doc", &[Record, Transparent, Enum, Union, Field, Symbol, Arm]),
        ("rename_all", &[Record, Enum, Union]),
        ("error", &[Record]),
        ("crate", &[Record, Transparent, Enum, Union]),
        ("compatible_with", &[Record, Transparent, Enum, Union]),
        ("transparent", &[Record, Transparent]),
        ("number", &[Field, Symbol, Arm]),
        ("id", &[Field, Symbol, Arm]),
        ("presence", &[Field]),
        ("required", &[Field]),
        ("optional", &[Field]),
        ("null", &[Field, Inner, Arm]),
        ("logical", &[Field, Inner, Arm]),
        ("decimal", &[Field, Inner, Arm]),
        ("integers", &[Field, Inner, Arm]),
        ("key_integers", &[Field, Inner, Arm]),
        ("packed", &[Field]),
        ("fixed", &[Field, Inner, Arm]),
        ("order", &[Field]),
        ("default", &[Field, Symbol]),
        ("absent", &[Field]),
        ("skip", &[Field]),
        ("unknown", &[Field, Symbol, Arm]),
    ]
};

const LOGICAL: &[(&str, Logical)] = &[
    ("big-decimal", Logical::BigDecimal),
    ("uuid", Logical::Uuid),
    ("date", Logical::Date),
    ("time-millis", Logical::TimeMillis),
    ("time-micros", Logical::TimeMicros),
    ("timestamp-millis", Logical::TimestampMillis),
    ("timestamp-micros", Logical::TimestampMicros),
    ("timestamp-nanos", Logical::TimestampNanos),
    ("local-timestamp-millis", Logical::LocalTimestampMillis),
    ("local-timestamp-micros", Logical::LocalTimestampMicros),
    ("local-timestamp-nanos", Logical::LocalTimestampNanos),
    ("duration", Logical::Duration),
];

const INTEGERS: &[(&str, IntegerEncoding)] =
    &[("varint", IntegerEncoding::Varint), ("zigzag", IntegerEncoding::ZigZag), ("fixed", IntegerEncoding::Fixed)];

const PRESENCE: &[(&str, Presence)] =
    &[("implicit", Presence::Implicit), ("explicit", Presence::Explicit), ("required", Presence::Required)];

const ORDER: &[(&str, SortOrder)] =
    &[("ascending", SortOrder::Ascending), ("descending", SortOrder::Descending), ("ignore", SortOrder::Ignore)];

const NULL: &[(&str, u8)] = &[("first", 0), ("last", 1)];

impl Attributes {
    /// Reads the attributes of one place.
    pub(crate) fn read(attributes: &[Attribute], place: Place, errors: &mut Errors) -> Self {
        let mut read = Self { doc: doc_comments(attributes), ..Self::default() };
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("cognate")) {
            let result = attribute.parse_nested_meta(|meta| read.one(&meta, place, errors));
            if let Err(error) = result {
                errors.add(error);
            }
        }
        read
    }

    /// The field number or symbol number, which is never read together with another one.
    pub(crate) fn number(&self) -> Option<i32> {
        self.number.as_ref().map(|number| number.value)
    }

    /// The former names alone.
    pub(crate) fn alias_names(&self) -> Vec<String> {
        self.aliases.iter().map(|alias| alias.value.clone()).collect()
    }

    fn one(&mut self, meta: &ParseNestedMeta<'_>, place: Place, errors: &mut Errors) -> Result<()> {
        let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        let name = name.as_str();
        match KNOWN.iter().find(|(known, _)| *known == name) {
            Some((_, places)) if places.contains(&place) => {}
            Some(_) => {
                errors.over(&meta.path, format!("`{name}` says nothing {}", place.on()));
                return skip_value(meta);
            }
            None => {
                let known = KNOWN.iter().filter(|(_, places)| places.contains(&place));
                let known: Vec<String> = known.map(|(known, _)| format!("`{known}`")).collect();
                let message = format!(
                    "unknown attribute `{}`; {} there are {}",
                    meta.path.to_token_stream(),
                    place.on(),
                    known.join(", ")
                );
                errors.over(&meta.path, message);
                return skip_value(meta);
            }
        }
        let mut at = At { meta, span: meta.path.span(), errors };
        match name {
            "name" | "rename" => {
                let simple = !matches!(place, Place::Record | Place::Transparent | Place::Enum | Place::Union);
                let value = at.name(simple)?;
                at.set(&mut self.name, value);
            }
            "namespace" => {
                let value = at.text()?.value();
                let value = (value.is_empty() || is_dotted(&value)).then_some(value);
                at.set_or(&mut self.namespace, value, "a namespace is simple names with dots between them");
            }
            "alias" => {
                let value = at.text()?;
                self.aliases.push(Said { span: value.span(), value: value.value() });
            }
            "aliases" => meta.parse_nested_texts(&mut self.aliases)?,
            "doc" => self.doc = at.text()?.value(),
            "rename_all" => at.word(&mut self.rename_all, Case::WORDS)?,
            "error" => at.set(&mut self.error, ()),
            "crate" => {
                let value = at.path()?;
                at.set(&mut self.facade, value);
            }
            "compatible_with" => {
                let value = at.text()?;
                self.compatible_with.push(Said { span: value.span(), value: value.value() });
            }
            "transparent" => at.set(&mut self.transparent, ()),
            "number" | "id" => {
                let value = at.number(place)?;
                at.set(&mut self.number, value);
            }
            "presence" => at.word(&mut self.presence, PRESENCE)?,
            "required" => at.set(&mut self.presence, Presence::Required),
            "optional" => at.set(&mut self.presence, Presence::Explicit),
            "null" => at.null(&mut self.null)?,
            "logical" => at.word(&mut self.logical, LOGICAL)?,
            "decimal" => {
                let value = at.decimal()?;
                at.set(&mut self.logical, value);
            }
            "integers" => at.word(&mut self.integers, INTEGERS)?,
            "key_integers" => at.word(&mut self.key_integers, INTEGERS)?,
            "packed" => {
                let value =
                    if meta.input.peek(Token![=]) { meta.value()?.parse::<syn::LitBool>()?.value } else { true };
                at.set(&mut self.packed, value);
            }
            "fixed" => {
                let value = at.fixed()?;
                at.set(&mut self.fixed, value);
            }
            "order" => at.word(&mut self.order, ORDER)?,
            "default" => at.default(&mut self.default)?,
            "absent" => {
                let value = meta.value()?.parse::<Expr>()?.into_token_stream();
                at.set(&mut self.absent, value);
            }
            "skip" => at.set(&mut self.skip, ()),
            _ => at.set(&mut self.unknown, ()),
        }
        Ok(())
    }
}

impl Place {
    fn on(self) -> &'static str {
        match self {
            Self::Record => "on a struct",
            Self::Transparent => "on a struct that travels as its one field",
            Self::Enum => "on an enum of symbols",
            Self::Union => "on an enum of a union's arms",
            Self::Field => "on a field",
            Self::Inner => "on the field of a struct that travels as that field",
            Self::Symbol => "on a symbol",
            Self::Arm => "on an arm of a union",
        }
    }
}

/// One attribute that is being read.
struct At<'m, 'i, 'e> {
    meta: &'m ParseNestedMeta<'i>,
    span: Span,
    errors: &'e mut Errors,
}

impl At<'_, '_, '_> {
    fn set<T>(&mut self, slot: &mut Option<Said<T>>, value: T) {
        if slot.is_some() {
            self.errors.at(self.span, "this is said twice");
        }
        *slot = Some(Said { value, span: self.span });
    }

    fn set_or<T>(&mut self, slot: &mut Option<Said<T>>, value: Option<T>, otherwise: &str) {
        match value {
            Some(value) => self.set(slot, value),
            None => self.errors.at(self.span, otherwise),
        }
    }

    fn text(&mut self) -> Result<LitStr> {
        let text: LitStr = self.meta.value()?.parse()?;
        self.span = text.span();
        Ok(text)
    }

    fn name(&mut self, simple: bool) -> Result<String> {
        let name = self.text()?.value();
        if simple && !is_simple(&name) {
            self.errors.at(self.span, "a name is ASCII letters, digits and `_`, and does not begin with a digit");
        } else if !simple && !is_dotted(&name) {
            self.errors
                .at(self.span, "a name is ASCII letters, digits and `_`, after a namespace with dots if need be");
        }
        Ok(name)
    }

    /// A word of a list, in quotes.
    fn word<T: Copy>(&mut self, slot: &mut Option<Said<T>>, words: &[(&str, T)]) -> Result<()> {
        let text = self.text()?.value();
        let value = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        let words: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        self.set_or(slot, value, &format!("unknown value; there are {}", words.join(", ")));
        Ok(())
    }

    fn path(&mut self) -> Result<TokenStream> {
        let value = self.meta.value()?;
        let path: Path = if value.peek(LitStr) {
            value.parse::<LitStr>()?.parse_with(Path::parse_mod_style)?
        } else {
            value.call(Path::parse_mod_style)?
        };
        Ok(path.into_token_stream())
    }

    fn number(&mut self, place: Place) -> Result<i32> {
        let value = self.meta.value()?;
        let minus: Option<Token![-]> = value.parse()?;
        let literal: LitInt = value.parse()?;
        self.span = literal.span();
        let number = literal.base10_parse::<i64>()? * if minus.is_some() { -1 } else { 1 };
        let number = i32::try_from(number).unwrap_or(i32::MAX);
        if place != Place::Symbol && !(-0x8000..1 << 29).contains(&number) {
            self.errors
                .at(self.span, "a field number is 1 to 536870911 (Protobuf), a field id -32768 to 32767 (Thrift)");
        }
        Ok(number)
    }

    fn null(&mut self, slot: &mut Option<Said<u8>>) -> Result<()> {
        let value = self.meta.value()?;
        if value.peek(LitInt) {
            let literal: LitInt = value.parse()?;
            self.span = literal.span();
            self.set(slot, literal.base10_parse()?);
            return Ok(());
        }
        let text: LitStr = value.parse()?;
        self.span = text.span();
        let text = text.value();
        let position = NULL.iter().find(|(word, _)| *word == text).map(|(_, position)| *position);
        self.set_or(slot, position, "null is \"first\", \"last\" or at a position among the branches");
        Ok(())
    }

    fn decimal(&mut self) -> Result<Logical> {
        let inner;
        syn::parenthesized!(inner in self.meta.input);
        let precision: LitInt = inner.parse()?;
        let scale: Option<LitInt> = inner.parse::<Option<Token![,]>>()?.map(|_| inner.parse()).transpose()?;
        let digits = precision.base10_parse()?;
        let logical =
            Logical::Decimal { precision: digits, scale: scale.as_ref().map_or(Ok(0), LitInt::base10_parse)? };
        if let Logical::Decimal { scale: after_point, .. } = logical
            && (digits == 0 || after_point > digits)
        {
            let message = "a decimal has a precision of one or more digits, and a scale of no more digits than that";
            self.errors.over(quote!(#precision #scale), message);
        }
        Ok(logical)
    }

    fn fixed(&mut self) -> Result<Fixed> {
        if self.meta.input.peek(Token![=]) {
            return Ok(Fixed { name: self.name(false)?, size: None });
        }
        let inner;
        syn::parenthesized!(inner in self.meta.input);
        let name: LitStr = inner.parse()?;
        if !is_dotted(&name.value()) {
            self.errors
                .at(name.span(), "a name is ASCII letters, digits and `_`, after a namespace with dots if need be");
        }
        inner.parse::<Token![,]>()?;
        let size: LitInt = inner.parse()?;
        Ok(Fixed { name: name.value(), size: Some(size) })
    }

    fn default(&mut self, slot: &mut Option<Said<Option<Default>>>) -> Result<()> {
        if !self.meta.input.peek(Token![=]) {
            self.set(slot, None);
            return Ok(());
        }
        let value = self.meta.value()?;
        let minus: Option<Token![-]> = value.parse()?;
        let literal: Lit = value.parse()?;
        self.span = literal.span();
        let text = match (&literal, minus) {
            (Lit::Str(text), None) => text.value(),
            (Lit::Int(number), minus) => signed(minus, number.base10_digits()),
            (Lit::Float(number), minus) => signed(minus, number.base10_digits()),
            (Lit::Bool(value), None) => value.value.to_string(),
            _ => return Err(syn::Error::new(self.span, "a default is a number, `true`, `false` or JSON in a string")),
        };
        match Json::parse(&text) {
            Ok(json) => self.set(slot, Some(Default { text, json })),
            Err(fault) => self.errors.at(self.span, format!("the default is no JSON: {fault}")),
        }
        Ok(())
    }
}

fn signed(minus: Option<Token![-]>, digits: &str) -> String {
    let sign = if minus.is_some() { "-" } else { "" };
    format!("{sign}{digits}")
}

/// Reading of `("a", "b")`.
trait NestedTexts {
    fn parse_nested_texts(&self, texts: &mut Vec<Said<String>>) -> Result<()>;
}

impl NestedTexts for ParseNestedMeta<'_> {
    fn parse_nested_texts(&self, texts: &mut Vec<Said<String>>) -> Result<()> {
        let inner;
        syn::parenthesized!(inner in self.input);
        for text in Punctuated::<LitStr, Token![,]>::parse_terminated(&inner)? {
            texts.push(Said { span: text.span(), value: text.value() });
        }
        Ok(())
    }
}

/// Goes past the value of an attribute that is a fault already, so that the ones behind it are read too.
fn skip_value(meta: &ParseNestedMeta<'_>) -> Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        let inner;
        syn::parenthesized!(inner in meta.input);
        inner.parse::<TokenStream>()?;
    }
    Ok(())
}

/// The text of the doc comments, without the space that follows the slashes.
fn doc_comments(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(MetaNameValue { path, value: Expr::Lit(ExprLit { lit: Lit::Str(text), .. }), .. })
            if path.is_ident("doc") =>
        {
            Some(text.value())
        }
        _ => None,
    });
    let lines: Vec<String> = lines.map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned()).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

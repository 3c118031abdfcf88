//! Types of fields, and the expressions of their descriptors.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::SchemaName;

/// A Rust type with what attributes or a schema say beyond it, down to the innermost type.
#[derive(Clone, Debug)]
pub struct TypeTree {
    /// The Rust type.
    pub rust: TokenStream,
    /// What is said of this very type.
    pub facts: Facts,
    /// The types within.
    pub inner: Inner,
}

/// What a type is made of, as far as that matters for its descriptor.
#[derive(Clone, Debug)]
pub enum Inner {
    /// Nothing that attributes could reach.
    Leaf,
    /// A pointer, which has the descriptor of what it points to.
    Pointer(Box<TypeTree>),
    /// A value or none.
    Optional(Box<TypeTree>),
    /// Values in order.
    List(Box<TypeTree>),
    /// Values without order or repetition.
    Set(Box<TypeTree>),
    /// The same in a Rust type that is otherwise a list.
    SetInList(Box<TypeTree>),
    /// Keys and values.
    Map(Box<TypeTree>, Box<TypeTree>),
}

/// What is said of a type at a place beyond the Rust type. By default nothing is.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Position of null in the Avro union of an optional type.
    pub null_at: Option<u8>,
    /// The meaning.
    pub logical: Option<Logical>,
    /// The integers' encoding in tagged formats.
    pub integers: Option<IntegerEncoding>,
    /// That the value is a fixed with this name, rather than what the Rust type says.
    pub fixed: Option<FixedFacts>,
}

/// A fixed type's name and size.
#[derive(Clone, Debug)]
pub struct FixedFacts {
    /// The schema's name.
    pub name: SchemaName,
    /// Former names.
    pub aliases: Vec<String>,
    /// Documentation; empty for none.
    pub doc: String,
    /// An expression for the size in bytes.
    pub size: TokenStream,
}

/// A logical type, see `cognate::desc::Logical`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "documented where they are defined")]
pub enum Logical {
    Decimal { precision: u32, scale: u32 },
    BigDecimal,
    Uuid,
    Date,
    TimeMillis,
    TimeMicros,
    TimestampMillis,
    TimestampMicros,
    TimestampNanos,
    LocalTimestampMillis,
    LocalTimestampMicros,
    LocalTimestampNanos,
    Duration,
}

/// How integers are written, see `cognate::desc::IntegerEncoding`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "documented where they are defined")]
pub enum IntegerEncoding {
    Varint,
    ZigZag,
    Fixed,
}

/// When a field is written and what its absence means, see `cognate::desc::Presence`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "documented where they are defined")]
pub enum Presence {
    Implicit,
    Explicit,
    Required,
}

impl TypeTree {
    /// A type of which nothing is said.
    pub fn plain(rust: TokenStream) -> Self {
        Self { rust, facts: Facts::default(), inner: Inner::Leaf }
    }

    /// The expression of the descriptor, a constant.
    pub fn descriptor(&self, facade: &TokenStream) -> TokenStream {
        let referenced = |tree: &Self| {
            let descriptor = tree.descriptor(facade);
            quote!(const { &#descriptor })
        };
        let rust = &self.rust;
        let mut descriptor = match &self.inner {
            inner if inner.is_plain() => quote!(<#rust as #facade::Typed>::TYPE),
            Inner::Leaf => quote!(<#rust as #facade::Typed>::TYPE),
            Inner::Pointer(of) => of.descriptor(facade),
            Inner::Optional(of) => {
                let of = referenced(of);
                let null_at = Literal::u8_unsuffixed(self.facts.null_at.unwrap_or(0));
                quote!(#facade::TypeDesc::optional(#of, #null_at))
            }
            Inner::List(of) => {
                let of = referenced(of);
                quote!(#facade::TypeDesc::new(#facade::Shape::List(#of)))
            }
            Inner::Set(of) | Inner::SetInList(of) => {
                let of = referenced(of);
                quote!(#facade::TypeDesc::new(#facade::Shape::Set(#of)))
            }
            Inner::Map(key, value) => {
                let (key, value) = (referenced(key), referenced(value));
                quote!(#facade::TypeDesc::new(#facade::Shape::Map { key: #key, value: #value }))
            }
        };
        let Facts { null_at, logical, integers, fixed } = &self.facts;
        if let Some(fixed) = fixed {
            let fixed = fixed.tokens(facade);
            let shape = quote!(#facade::Shape::Fixed(const { &#fixed }));
            descriptor = quote!(#facade::TypeDesc { shape: #shape, ..#descriptor });
        }
        if let Some(logical) = logical {
            descriptor = quote!(#descriptor.with_logical(#facade::Logical::#logical));
        }
        if let Some(integers) = integers {
            descriptor = quote!(#descriptor.with_integers(#facade::IntegerEncoding::#integers));
        }
        if let Some(position) = null_at
            && self.inner.is_plain()
        {
            let position = Literal::u8_unsuffixed(*position);
            descriptor = quote!(#descriptor.with_null_at(#position));
        }
        descriptor
    }
}

impl Inner {
    /// The types within, in order.
    pub fn children(&self) -> impl Iterator<Item = &TypeTree> {
        let (first, second) = match self {
            Self::Leaf => (None, None),
            Self::Pointer(of) | Self::Optional(of) | Self::List(of) | Self::Set(of) | Self::SetInList(of) => {
                (Some(of), None)
            }
            Self::Map(key, value) => (Some(key), Some(value)),
        };
        first.into_iter().chain(second).map(Box::as_ref)
    }

    fn is_plain(&self) -> bool {
        // What is a list to the Rust type has to be told that it is a set.
        !matches!(self, Self::SetInList(_))
            && self.children().all(|child| child.facts.is_empty() && child.inner.is_plain())
    }
}

impl Facts {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        let Self { null_at, logical, integers, fixed } = self;
        null_at.is_none() && logical.is_none() && integers.is_none() && fixed.is_none()
    }
}

impl FixedFacts {
    pub(super) fn tokens(&self, facade: &TokenStream) -> TokenStream {
        let Self { name, aliases, doc, size } = self;
        let name = name.tokens(facade);
        quote!(#facade::FixedDesc { name: #name, aliases: &[#(#aliases),*], doc: #doc, size: #size })
    }
}

impl ToTokens for Logical {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Decimal { precision, scale } => {
                let (precision, scale) = (Literal::u32_unsuffixed(*precision), Literal::u32_unsuffixed(*scale));
                quote!(Decimal { precision: #precision, scale: #scale })
            }
            Self::BigDecimal => quote!(BigDecimal),
            Self::Uuid => quote!(Uuid),
            Self::Date => quote!(Date),
            Self::TimeMillis => quote!(TimeMillis),
            Self::TimeMicros => quote!(TimeMicros),
            Self::TimestampMillis => quote!(TimestampMillis),
            Self::TimestampMicros => quote!(TimestampMicros),
            Self::TimestampNanos => quote!(TimestampNanos),
            Self::LocalTimestampMillis => quote!(LocalTimestampMillis),
            Self::LocalTimestampMicros => quote!(LocalTimestampMicros),
            Self::LocalTimestampNanos => quote!(LocalTimestampNanos),
            Self::Duration => quote!(Duration),
        });
    }
}

impl ToTokens for IntegerEncoding {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Varint => quote!(Varint),
            Self::ZigZag => quote!(ZigZag),
            Self::Fixed => quote!(Fixed),
        });
    }
}

impl ToTokens for Presence {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Implicit => quote!(Implicit),
            Self::Explicit => quote!(Explicit),
            Self::Required => quote!(Required),
        });
    }
}

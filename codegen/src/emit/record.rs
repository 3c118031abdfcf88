//! Records: structs with fields.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::Member;

use super::{Presence, SchemaName, Target, TypeTree, generics::Heads};

/// A struct that stands for a record.
#[derive(Clone)]
pub struct RecordItem {
    /// The struct.
    pub target: Target,
    /// The schema's name.
    pub name: SchemaName,
    /// Whether the schema calls it an error rather than a record.
    pub is_error: bool,
    /// Former names.
    pub aliases: Vec<String>,
    /// Documentation; empty for none.
    pub doc: String,
    /// The fields of the struct, in the order of the schema.
    pub fields: Vec<FieldItem>,
}

/// A field of the struct.
#[derive(Clone)]
pub struct FieldItem {
    /// Its name or position in the struct.
    pub member: Member,
    /// Where faults of its type are shown.
    pub span: Span,
    /// What it does on the wire.
    pub role: FieldRole,
}

/// What a field does on the wire.
#[derive(Clone)]
pub enum FieldRole {
    /// It is a field of the record.
    Value(Box<FieldFacts>),
    /// Nothing: it is its default after decoding.
    Skipped,
    /// It keeps the fields that the record does not know.
    Unknown {
        /// Whether it is independent of the input: `UnknownFields<'static>`.
        owned: bool,
    },
}

/// A field of the record.
#[derive(Clone)]
pub struct FieldFacts {
    /// The schema's name.
    pub name: String,
    /// The type.
    pub ty: TypeTree,
    /// Field number or id; 0 for none.
    pub number: i32,
    /// When the field is written, and what its absence means.
    pub presence: Presence,
    /// Whether a list of numbers is written as one run.
    pub packed: bool,
    /// Former names.
    pub aliases: Vec<String>,
    /// Documentation; empty for none.
    pub doc: String,
    /// The default as JSON text.
    pub default: Option<String>,
    /// An expression for the value when data of a tagged format lacks the field, other than what the type says.
    pub absent: Option<TokenStream>,
    /// The sort order.
    pub order: SortOrder,
}

/// How a field counts when records are sorted, see `cognate::desc::SortOrder`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "documented where they are defined")]
pub enum SortOrder {
    #[default]
    Ascending,
    Descending,
    Ignore,
}

/// The implementations of a record.
pub fn record(item: &RecordItem) -> TokenStream {
    let values: Vec<Value<'_>> = item.values().collect();
    let heads = Heads::new(&item.target, values.iter().map(|value| &value.facts.ty));
    let mut tokens = descriptor(item, &values, &heads);
    tokens.extend(encode(item, &values, &heads));
    tokens.extend(decode(item, &values, &heads));
    tokens
}

impl FieldFacts {
    /// A field with a name and a type and nothing else said of it.
    pub fn new(name: impl Into<String>, ty: TypeTree) -> Self {
        Self {
            name: name.into(),
            ty,
            number: 0,
            presence: Presence::Implicit,
            packed: true,
            aliases: Vec::new(),
            doc: String::new(),
            default: None,
            absent: None,
            order: SortOrder::Ascending,
        }
    }

    /// The expression of the field's descriptor, a constant.
    pub(super) fn descriptor(&self, facade: &TokenStream) -> TokenStream {
        let Self { name, ty, number, presence, packed, aliases, doc, default, absent: _, order } = self;
        let mut ty = ty.descriptor(facade);
        if *number != 0 || *presence != Presence::Implicit {
            ty = quote!(#ty.with_number(#number, #facade::Presence::#presence));
        }
        if !packed {
            ty = quote!(#ty.with_packed(false));
        }
        let mut field = quote!(#facade::FieldDesc::new(#name, #ty));
        if !aliases.is_empty() {
            field = quote!(#field.with_aliases(&[#(#aliases),*]));
        }
        if !doc.is_empty() {
            field = quote!(#field.with_doc(#doc));
        }
        if let Some(default) = default {
            field = quote!(#field.with_default(#default));
        }
        if *order != SortOrder::Ascending {
            field = quote!(#field.with_order(#facade::desc::SortOrder::#order));
        }
        field
    }
}

/// A field of the record with its position in the descriptor.
struct Value<'r> {
    item: &'r FieldItem,
    facts: &'r FieldFacts,
    position: usize,
}

impl RecordItem {
    fn values(&self) -> impl Iterator<Item = Value<'_>> {
        let values = self.fields.iter().filter_map(|item| match &item.role {
            FieldRole::Value(facts) => Some((item, &**facts)),
            _ => None,
        });
        values.enumerate().map(|(position, (item, facts))| Value { item, facts, position })
    }
}

impl Value<'_> {
    /// The field's descriptor as a constant.
    fn constant(&self, facade: &TokenStream) -> TokenStream {
        let position = Literal::usize_unsuffixed(self.position);
        quote!(const { &<Self as #facade::Record>::DESC.fields[#position] })
    }

    /// Tokens that follow are blamed on the field's type.
    fn span(&self) -> Span {
        Span::call_site().located_at(self.item.span)
    }
}

impl FieldItem {
    fn is_unknown(&self) -> bool {
        matches!(self.role, FieldRole::Unknown { .. })
    }

    /// The local variable that holds the field while it is decoded.
    fn variable(&self) -> Ident {
        match &self.member {
            Member::Named(name) => format_ident!("field_{name}", span = Span::call_site()),
            Member::Unnamed(index) => format_ident!("field_{}", index.index, span = Span::call_site()),
        }
    }
}

fn descriptor(item: &RecordItem, values: &[Value<'_>], heads: &Heads<'_>) -> TokenStream {
    let RecordItem { target, name, is_error, aliases, doc, .. } = item;
    let facade = &target.facade;
    let name = name.tokens(facade);
    let kind = if *is_error { quote!(Error) } else { quote!(Record) };
    let fields = values.iter().map(|value| value.facts.descriptor(facade));
    let (typed, record) = (heads.of("Typed", "Typed"), heads.of("Record", "Typed"));
    quote! {
        #typed {
            const TYPE: #facade::TypeDesc = #facade::TypeDesc::new(#facade::Shape::Record(|| <Self as #facade::Record>::DESC));
        }

        #record {
            const DESC: &'static #facade::RecordDesc = &#facade::RecordDesc {
                name: #name,
                kind: #facade::desc::RecordKind::#kind,
                aliases: &[#(#aliases),*],
                doc: #doc,
                fields: &[#(#fields),*],
            };
        }
    }
}

fn encode(item: &RecordItem, values: &[Value<'_>], heads: &Heads<'_>) -> TokenStream {
    let facade = &item.target.facade;
    let fields = values.iter().map(|value| {
        let (constant, member) = (value.constant(facade), &value.item.member);
        quote_spanned!(value.span()=> sink.field(#constant, &self.#member)?;)
    });
    let unknown = item.fields.iter().find(|field| field.is_unknown()).map(|field| {
        let member = &field.member;
        quote!(sink.unknown_fields(&self.#member)?;)
    });
    let unused = (values.is_empty() && unknown.is_none()).then(|| quote!(let _ = sink;));
    let (encode, encode_record) = (heads.of("Encode", "Encode"), heads.of("EncodeRecord", "Encode"));
    let sink = heads.method_parameter();
    quote! {
        #encode {
            #[inline]
            fn encode<#sink: #facade::Sink>(
                &self,
                ty: &'static #facade::TypeDesc,
                sink: &mut #sink,
            ) -> ::core::result::Result<(), #facade::EncodeError> {
                sink.record(ty, self)
            }
        }

        #encode_record {
            #[inline]
            fn encode_fields<#sink: #facade::Sink>(
                &self,
                sink: &mut #sink,
            ) -> ::core::result::Result<(), #facade::EncodeError> {
                #(#fields)*
                #unknown
                #unused
                ::core::result::Result::Ok(())
            }
        }
    }
}

fn decode(item: &RecordItem, values: &[Value<'_>], heads: &Heads<'_>) -> TokenStream {
    let facade = &item.target.facade;
    let (decode, decode_record) = (heads.decode("Decode"), heads.decode("DecodeRecord"));
    let (source, input) = (heads.method_parameter(), heads.input());
    let body = decode_fields(item, values, &source);
    quote! {
        #decode {
            #[inline]
            fn decode<#source: #facade::Source<#input>>(
                ty: &'static #facade::TypeDesc,
                source: &mut #source,
            ) -> ::core::result::Result<Self, #facade::DecodeError> {
                source.record(ty, ::core::option::Option::None)
            }

            #[inline]
            fn decode_field<#source: #facade::Source<#input>>(
                slot: &mut ::core::option::Option<Self>,
                ty: &'static #facade::TypeDesc,
                source: &mut #source,
            ) -> ::core::result::Result<(), #facade::DecodeError> {
                let earlier = slot.take();
                *slot = ::core::option::Option::Some(source.record(ty, earlier)?);
                ::core::result::Result::Ok(())
            }
        }

        #decode_record {
            #[inline]
            fn decode_fields<#source: #facade::Source<#input>>(
                earlier: ::core::option::Option<Self>,
                source: &mut #source,
            ) -> ::core::result::Result<Self, #facade::DecodeError> {
                #body
            }
        }
    }
}

fn decode_fields(item: &RecordItem, values: &[Value<'_>], source: &Ident) -> TokenStream {
    let facade = &item.target.facade;
    let variables = item.fields.iter().map(|field| {
        let variable = field.variable();
        match field.role {
            FieldRole::Unknown { .. } => quote!(let mut #variable = #facade::UnknownFields::new();),
            FieldRole::Skipped => quote!(let mut #variable = ::core::option::Option::None;),
            FieldRole::Value(_) => {
                quote_spanned!(Span::call_site().located_at(field.span)=> let mut #variable = ::core::option::Option::None;)
            }
        }
    });
    let merge = (!item.fields.is_empty()).then(|| {
        let earlier = item.fields.iter().map(|field| {
            let (variable, member) = (field.variable(), &field.member);
            let value = if field.is_unknown() {
                quote!(earlier.#member)
            } else {
                quote!(::core::option::Option::Some(earlier.#member))
            };
            quote!(#variable = #value;)
        });
        quote!(if let ::core::option::Option::Some(earlier) = earlier { #(#earlier)* })
    });
    let unused = item.fields.is_empty().then(|| quote!(let _ = earlier;));

    let in_order = values.iter().map(|value| {
        let (constant, variable) = (value.constant(facade), value.item.variable());
        quote_spanned!(value.span()=> if source.expect(#constant)? { source.field(#constant, &mut #variable)?; })
    });
    let out_of_order = values.iter().map(|value| {
        let (constant, variable) = (value.constant(facade), value.item.variable());
        let position = Literal::usize_unsuffixed(value.position);
        quote_spanned!(value.span()=> #position => source.field(#constant, &mut #variable)?,)
    });
    let unknown = item.fields.iter().find(|field| field.is_unknown()).map_or_else(
        || quote!(::core::option::Option::None),
        |field| {
            let variable = field.variable();
            quote!(::core::option::Option::Some(&mut #variable))
        },
    );

    let finished = item.fields.iter().map(|field| {
        let (variable, member) = (field.variable(), &field.member);
        let value = match &field.role {
            FieldRole::Unknown { owned: true } => quote!(#variable.into_owned()),
            FieldRole::Unknown { owned: false } => variable.to_token_stream(),
            FieldRole::Skipped => quote!(#variable.unwrap_or_default()),
            FieldRole::Value(_) => return None,
        };
        Some(quote!(#member: #value))
    });
    let mut values_finished = values.iter().map(|value| {
        let (constant, variable, member) = (value.constant(facade), value.item.variable(), &value.item.member);
        let finished = quote_spanned!(value.span()=> source.finish(#constant, #variable)?);
        match &value.facts.absent {
            Some(absent) if value.facts.presence != Presence::Required => quote! {
                #member: match #variable {
                    ::core::option::Option::Some(value) => value,
                    ::core::option::Option::None => #absent,
                }
            },
            _ => quote!(#member: #finished),
        }
    });
    let finished = finished.filter_map(|field| field.or_else(|| values_finished.next()));

    quote! {
        #(#variables)*
        #merge
        #unused
        #(#in_order)*
        if #source::TAGGED {
            while let ::core::option::Option::Some(position) =
                source.next_field(<Self as #facade::Record>::DESC, #unknown)?
            {
                match position {
                    #(#out_of_order)*
                    _ => {}
                }
            }
        }
        ::core::result::Result::Ok(Self { #(#finished),* })
    }
}

impl ToTokens for SortOrder {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Ascending => quote!(Ascending),
            Self::Descending => quote!(Descending),
            Self::Ignore => quote!(Ignore),
        });
    }
}

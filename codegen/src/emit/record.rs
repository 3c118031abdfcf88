//! Records: structs with fields.

mod decode;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
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
    /// Field number or id.
    pub number: Option<i32>,
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
    tokens.extend(decode::decode(item, &values, &heads));
    tokens
}

impl FieldFacts {
    /// A field with a name and a type and nothing else said of it.
    pub fn new(name: impl Into<String>, ty: TypeTree) -> Self {
        Self {
            name: name.into(),
            ty,
            number: None,
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
        if number.is_some() || *presence != Presence::Implicit {
            let number = number.map_or_else(
                || quote!(#facade::WireDesc::NO_NUMBER),
                |number| Literal::i32_unsuffixed(number).into_token_stream(),
            );
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
}

fn descriptor(item: &RecordItem, values: &[Value<'_>], heads: &Heads<'_>) -> TokenStream {
    let RecordItem { target, name, is_error, aliases, doc, .. } = item;
    let (facade, reads) = (&target.facade, target.reads());
    let name = name.tokens(facade);
    let kind = if *is_error { quote!(Error) } else { quote!(Record) };
    let fields = values.iter().map(|value| value.facts.descriptor(facade));
    let (typed, record) = (heads.of("Typed", "Typed"), heads.of("Record", "Typed"));
    quote! {
        #typed {
            const TYPE: #facade::TypeDesc = #facade::TypeDesc::new(#facade::Shape::Record(|| <Self as #facade::Record>::DESC));
            #reads
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
    let encode = heads.encode_by(&quote!(sink.record(ty, self)), &TokenStream::new());
    let (encode_record, sink) = (heads.of("EncodeRecord", "Encode"), heads.method_parameter());
    quote! {
        #encode

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

impl ToTokens for SortOrder {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Ascending => quote!(Ascending),
            Self::Descending => quote!(Descending),
            Self::Ignore => quote!(Ignore),
        });
    }
}

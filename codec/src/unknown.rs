//! Fields that a record's type does not know, kept so that they survive a read and a write.

use alloc::{borrow::Cow, vec::Vec};

/// The fields that a newer writer knew, in the order in which they came, as their wire format wrote them.
///
/// They belong to the wire format that they came from; another format leaves them out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownFields<'de> {
    fields: Vec<UnknownField<'de>>,
    format: Option<Format>,
}

/// A field that the type does not know: what the wire format says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownField<'de> {
    number: i32,
    wire_type: u8,
    value: Cow<'de, [u8]>,
}

/// The wire format that unknown fields came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Protobuf binary.
    Protobuf,
    /// Thrift's Binary protocol.
    ThriftBinary,
    /// Thrift's Compact protocol.
    ThriftCompact,
    /// Binary as fbthrift writes it.
    FbThriftBinary,
    /// Compact as fbthrift writes it.
    FbThriftCompact,
    /// Thrift's JSON protocol: a value is its text with its type, `{"i32":5}`, and has no wire type.
    ThriftJson,
}

impl<'de> UnknownFields<'de> {
    /// No fields.
    pub const fn new() -> Self {
        Self { fields: Vec::new(), format: None }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The wire format that they came from; `None` as long as there are none.
    pub fn format(&self) -> Option<Format> {
        self.format
    }

    /// The fields, when they came from a format.
    pub fn of(&self, format: Format) -> &[UnknownField<'de>] {
        if self.format == Some(format) { &self.fields } else { &[] }
    }

    /// The same fields, independent of the input.
    pub fn into_owned(self) -> UnknownFields<'static> {
        let fields = self.fields.into_iter().map(UnknownField::into_owned).collect();
        UnknownFields { fields, format: self.format }
    }

    /// Adds a field as the format wrote it: its number, the format's code of its wire type, and the bytes behind the tag. Fields
    /// of another format that are there already are dropped.
    #[cold]
    pub fn push(&mut self, format: Format, number: i32, wire_type: u8, value: impl Into<Cow<'de, [u8]>>) {
        if self.format != Some(format) {
            self.fields.clear();
        }
        self.format = Some(format);
        self.fields.push(UnknownField { number, wire_type, value: value.into() });
    }
}

impl UnknownField<'_> {
    /// Field number (Protobuf) or field id (Thrift).
    pub fn number(&self) -> i32 {
        self.number
    }

    /// The format's code of the value's wire type.
    pub fn wire_type(&self) -> u8 {
        self.wire_type
    }

    /// The value as the format wrote it, behind the tag. In Thrift's Compact protocol a Boolean has no bytes: its wire type is
    /// its value.
    pub fn value(&self) -> &[u8] {
        &self.value
    }

    fn into_owned(self) -> UnknownField<'static> {
        UnknownField { number: self.number, wire_type: self.wire_type, value: Cow::Owned(self.value.into_owned()) }
    }
}

//! Fields that a record's type does not know, kept so that they survive a read and a write.

use alloc::{borrow::Cow, vec::Vec};

/// The bytes of fields that a newer writer knew, in the order in which they came, tags and all.
///
/// They belong to the wire format that they came from; another format leaves them out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownFields<'de> {
    bytes: Cow<'de, [u8]>,
    format: Option<Format>,
}

/// The wire format that unknown fields came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Protobuf: tags and values as in a message.
    Protobuf,
}

impl<'de> UnknownFields<'de> {
    /// No fields.
    pub const fn new() -> Self {
        Self { bytes: Cow::Borrowed(&[]), format: None }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The fields as the format wrote them, when they came from it.
    pub fn bytes_of(&self, format: Format) -> Option<&[u8]> {
        (self.format == Some(format)).then_some(&*self.bytes)
    }

    /// The same fields, independent of the input.
    pub fn into_owned(self) -> UnknownFields<'static> {
        UnknownFields { bytes: Cow::Owned(self.bytes.into_owned()), format: self.format }
    }

    /// Adds a field as the format wrote it. Fields that follow one another in the input stay borrowed as one run only when
    /// there is one; the second makes a copy.
    pub(crate) fn push(&mut self, format: Format, field: &'de [u8]) {
        self.format = Some(format);
        if self.bytes.is_empty() {
            self.bytes = Cow::Borrowed(field);
        } else {
            let mut bytes: Vec<u8> = core::mem::take(&mut self.bytes).into_owned();
            bytes.extend_from_slice(field);
            self.bytes = Cow::Owned(bytes);
        }
    }
}

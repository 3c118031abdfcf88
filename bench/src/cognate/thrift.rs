//! The Thrift column, with the types that Cognate generates from `thrift/*.thrift`.

use ::cognate::thrift::{Binary, Compact, Protocol};
use ::cognate::{DecodeError, DecodeRecord, EncodeError, EncodeRecord};

use super::NAME;
use crate::task::{Operation, Role};
use crate::thrift::{Codec, Suite, Suites};

#[allow(clippy::all, clippy::pedantic, missing_docs, reason = "generated code")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/cognate_thrift.rs"));
}

use generated::{footer, log, mixed, reader};

/// `log`, a message for each record.
pub(crate) fn log(suites: &mut Suites) {
    add_both::<log::LogView<'static>, log::Log>(suites);
}

/// `log`, all records in one message.
pub(crate) fn log_list(suites: &mut Suites) {
    add_both::<log::LogsView<'static>, log::Logs>(suites);
}

/// `mixed`.
pub(crate) fn mixed(suites: &mut Suites) {
    add_both::<mixed::MixedView<'static>, mixed::Mixed>(suites);
}

/// A Parquet footer: all of it, and what a reader asks for.
pub(crate) fn footer(suite: &mut Suite) {
    add::<Compact, footer::FileMetaDataView<'static>, footer::FileMetaData>(suite);
    let whole: footer::FileMetaData = Compact::from_slice(suite.messages[0]).expect("looked at above");
    let part: reader::FileMetaData = Compact::from_slice(suite.messages[0]).expect("a footer");
    let view: reader::FileMetaDataView<'_> = Compact::from_slice(suite.messages[0]).expect("a footer");
    let bytes = Compact::to_vec(&part).expect("lengths below 2^31");
    assert_eq!(Compact::to_vec(&view).as_ref(), Ok(&bytes), "the reader's two types");
    assert!(is_part(&part, &whole), "the reader's type has other values");
    let input = |bytes| bytes;
    let (owned, borrowed) = ((NAME, Role::Cognate), ("cognate (borrowed)", Role::Cognate));
    suite.decode_unchecked(Operation::DecodePart, owned, input, |bytes| {
        Compact::from_slice::<reader::FileMetaData>(bytes)
    });
    suite.decode_unchecked(Operation::DecodePart, borrowed, input, |bytes| {
        Compact::from_slice::<reader::FileMetaDataView<'static>>(bytes)
    });
}

fn add_both<V, T>(suites: &mut Suites)
where
    V: EncodeRecord + DecodeRecord<'static> + 'static,
    T: EncodeRecord + for<'de> DecodeRecord<'de> + Clone + 'static,
{
    add::<Binary, V, T>(&mut suites.binary);
    add::<Compact, V, T>(&mut suites.compact);
}

/// Adds the tasks of a protocol: to values that borrow, and to and from values that own.
fn add<P, V, T>(suite: &mut Suite)
where
    P: Protocol,
    V: EncodeRecord + DecodeRecord<'static> + 'static,
    T: EncodeRecord + for<'de> DecodeRecord<'de> + Clone + 'static,
{
    suite.decode(Operation::DecodeBorrowed, Role::Cognate, &codec::<P, V>(), None);
    let owned = codec::<P, T>();
    suite.decode(Operation::DecodeOwned, Role::Cognate, &owned, None);
    suite.encode(Role::Cognate, &owned, None);
    suite.copies(&owned);
}

fn codec<P, T>() -> Codec<&'static [u8], T, Vec<u8>, DecodeError, EncodeError>
where
    P: Protocol,
    T: EncodeRecord + DecodeRecord<'static>,
{
    Codec { name: NAME, input: |bytes| bytes, decode: |bytes| P::from_slice(bytes), encode: P::encode_into }
}

/// Whether what the reader's types have is what the whole types have.
fn is_part(part: &reader::FileMetaData, whole: &footer::FileMetaData) -> bool {
    let chunks = part.row_groups.iter().flat_map(|group| &group.columns).map(|chunk| {
        let column = chunk.meta_data.as_ref().expect("metadata in the footer");
        (
            column.num_values,
            column.total_compressed_size,
            column.data_page_offset,
            &column.encodings,
            &column.statistics,
        )
    });
    let whole_chunks = whole.row_groups.iter().flat_map(|group| &group.columns).map(|chunk| {
        let column = chunk.meta_data.as_ref().expect("metadata in the footer");
        (
            column.num_values,
            column.total_compressed_size,
            column.data_page_offset,
            &column.encodings,
            &column.statistics,
        )
    });
    chunks.eq(whole_chunks)
        && (part.version, part.num_rows, &part.schema) == (whole.version, whole.num_rows, &whole.schema)
        && (&part.key_value_metadata, &part.created_by) == (&whole.key_value_metadata, &whole.created_by)
}

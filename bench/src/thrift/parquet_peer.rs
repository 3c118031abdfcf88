//! The crate `parquet`: it writes the files whose footers are read, and is a peer in reading them.

use std::sync::Arc;

use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::metadata::{KeyValue, ParquetMetaData, ParquetMetaDataReader, RowGroupMetaData};
use parquet::file::properties::WriterProperties;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

use super::Suite;
use super::thrift_crate::{self, footer::FileMetaData};
use crate::rng::Rng;
use crate::task::{Operation, Role};

/// The footer of a file of so many columns and row groups, as the crate fills it.
///
/// # Panics
///
/// When the crate fails.
pub(super) fn footer(columns: usize, row_groups: usize) -> Vec<u8> {
    let file = file(columns, row_groups).expect("a file in memory");
    // Behind the footer stand its length, in four bytes, and four letters.
    let (rest, tail) = file.split_at(file.len() - 8);
    let length = u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]);
    rest[rest.len() - length as usize..].to_vec()
}

/// Adds the crate's decoder. It decodes what a reader asks for, and makes a tree of the schema.
pub(super) fn add(suite: &mut Suite) {
    let [thrift, _] = thrift_crate::compact::<FileMetaData>();
    let expected = (thrift.decode)(&suite.messages[0]).expect("the other peer reads it");
    let metadata = ParquetMetaDataReader::decode_metadata(suite.messages[0]).expect("its own footer");
    assert!(agrees(&metadata, &expected), "parquet reads another footer");
    let contender = ("parquet", Role::Peer);
    suite.decode_unchecked(
        Operation::DecodeOwned,
        contender,
        |bytes| bytes,
        |bytes| ParquetMetaDataReader::decode_metadata(bytes),
    );
}

fn agrees(metadata: &ParquetMetaData, expected: &FileMetaData) -> bool {
    let columns = metadata.row_groups().iter().flat_map(RowGroupMetaData::columns).map(|column| {
        let null_count = column.statistics().and_then(Statistics::null_count_opt);
        [
            Some(column.num_values()),
            Some(column.compressed_size()),
            Some(column.data_page_offset()),
            column.dictionary_page_offset(),
            column.offset_index_offset(),
            null_count.and_then(|count| i64::try_from(count).ok()),
        ]
    });
    let expected_columns = expected.row_groups.iter().flat_map(|group| &group.columns).map(|chunk| {
        let column = chunk.meta_data.as_ref().expect("metadata in the footer");
        [
            Some(column.num_values),
            Some(column.total_compressed_size),
            Some(column.data_page_offset),
            column.dictionary_page_offset,
            chunk.offset_index_offset,
            column.statistics.as_ref().and_then(|statistics| statistics.null_count),
        ]
    });
    let file = metadata.file_metadata();
    columns.eq(expected_columns)
        && (file.version(), file.num_rows()) == (expected.version, expected.num_rows)
        && file.created_by() == expected.created_by.as_deref()
}

/// Rows of each group: enough for statistics, few enough for fifty thousand chunks.
const ROWS: usize = 8;

/// The types of columns, in turn.
const TYPES: [&str; 6] = [
    "OPTIONAL INT64 {} (TIMESTAMP(MICROS,true));",
    "OPTIONAL DOUBLE {};",
    "OPTIONAL BYTE_ARRAY {} (STRING);",
    "REQUIRED INT32 {};",
    "OPTIONAL INT32 {} (DATE);",
    "REQUIRED INT64 {} (INTEGER(64,false));",
];

fn file(columns: usize, row_groups: usize) -> Result<Vec<u8>> {
    let fields =
        (0..columns).zip(TYPES.iter().cycle()).map(|(at, text)| text.replace("{}", &format!("column_{at:04}")));
    let schema = Arc::new(parse_message_type(&format!("message schema {{ {} }}", fields.collect::<String>()))?);
    let note =
        KeyValue::new("writer.notes".to_owned(), "{\"partition\": \"2026-11\", \"source\": \"orders\"}".to_owned());
    let properties = WriterProperties::builder()
        .set_created_by("cognate-bench version 0.1.0 (build 0)".to_owned())
        .set_key_value_metadata(Some(vec![note]))
        .build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let mut rng = Rng::new(50);
    for _ in 0..row_groups {
        let mut group = writer.next_row_group()?;
        write_columns(&mut group, &mut rng)?;
        group.close()?;
    }
    writer.into_inner()
}

fn write_columns(group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, rng: &mut Rng) -> Result<()> {
    let mut types = TYPES.iter().cycle();
    while let (Some(mut column), Some(text)) = (group.next_column()?, types.next()) {
        let optional = text.starts_with("OPTIONAL");
        // Of an optional column, every fourth value or so is missing.
        let levels: Vec<i16> = (0..ROWS).map(|_| i16::from(rng.below(4) > 0)).collect();
        let count = if optional { levels.iter().filter(|level| **level > 0).count() } else { ROWS };
        let levels = optional.then_some(&*levels);
        match column.untyped() {
            ColumnWriter::Int32ColumnWriter(writer) => {
                let values = some(count, || i32::try_from(rng.below(30_000)).expect("a small number"));
                writer.write_batch(&values, levels, None)?;
            }
            ColumnWriter::Int64ColumnWriter(writer) => {
                writer.write_batch(&some(count, || 1_700_000_000_000_000 + rng.signed_magnitude(50)), levels, None)?;
            }
            ColumnWriter::DoubleColumnWriter(writer) => {
                writer.write_batch(&some(count, || f64::from(rng.below(1_000_000)) / 8.0), levels, None)?;
            }
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                writer.write_batch(&some(count, || ByteArray::from(&*rng.word(4, 20))), levels, None)?;
            }
            _ => unreachable!("no such column is in the schema"),
        }
        column.close()?;
    }
    Ok(())
}

fn some<T>(count: usize, mut make: impl FnMut() -> T) -> Vec<T> {
    (0..count).map(|_| make()).collect()
}

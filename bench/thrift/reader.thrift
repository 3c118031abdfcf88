// What a reader asks of a footer: the fields that the crate `parquet` keeps. Others are skipped without being decoded:
// `path_in_schema`, which the schema tells as well, `key_value_metadata` of columns, and a group's `total_compressed_size`.

namespace * reader

include "footer.thrift"

struct ColumnMetaData {
  1: required footer.Type type
  2: required list<footer.Encoding> encodings
  4: required footer.Codec codec
  5: required i64 num_values
  6: required i64 total_uncompressed_size
  7: required i64 total_compressed_size
  9: required i64 data_page_offset
  10: optional i64 index_page_offset
  11: optional i64 dictionary_page_offset
  12: optional footer.Statistics statistics
  13: optional list<footer.PageEncodingStats> encoding_stats
  14: optional i64 bloom_filter_offset
  15: optional i32 bloom_filter_length
  16: optional footer.SizeStatistics size_statistics
}

struct ColumnChunk {
  1: optional string file_path
  2: required i64 file_offset
  3: optional ColumnMetaData meta_data
  4: optional i64 offset_index_offset
  5: optional i32 offset_index_length
  6: optional i64 column_index_offset
  7: optional i32 column_index_length
}

struct RowGroup {
  1: required list<ColumnChunk> columns
  2: required i64 total_byte_size
  3: required i64 num_rows
  4: optional list<footer.SortingColumn> sorting_columns
  5: optional i64 file_offset
  7: optional i16 ordinal
}

struct FileMetaData {
  1: required i32 version
  2: required list<footer.SchemaElement> schema
  3: required i64 num_rows
  4: required list<RowGroup> row_groups
  5: optional list<footer.KeyValue> key_value_metadata
  6: optional string created_by
  7: optional list<footer.ColumnOrder> column_orders
}

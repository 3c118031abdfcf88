// The part of a Parquet file's footer that says what is in it.

namespace * footer

enum Type { BOOLEAN = 0, INT32 = 1, INT64 = 2, DOUBLE = 5, BYTE_ARRAY = 6 }
enum Repetition { REQUIRED = 0, OPTIONAL = 1, REPEATED = 2 }

struct SchemaElement {
  1: optional Type type
  3: optional Repetition repetition_type
  4: required string name
  5: optional i32 num_children
}

struct ColumnChunk {
  2: required i64 file_offset
}

struct RowGroup {
  1: required list<ColumnChunk> columns
  2: required i64 total_byte_size
  3: required i64 num_rows
}

struct FileMetaData {
  1: required i32 version
  2: required list<SchemaElement> schema
  3: required i64 num_rows
  4: required list<RowGroup> row_groups
  6: optional string created_by
}

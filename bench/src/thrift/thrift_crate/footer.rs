//! The types of `thrift/footer.thrift`.

use super::{enums, structs, unions};

enums! {
    enum Type;
    enum ConvertedType;
    enum Repetition;
    enum Encoding;
    enum Codec;
    enum PageType;
}

structs! {
    struct Nothing {}

    struct DecimalType {
        1: required scale: i32,
        2: required precision: i32,
    }

    struct TimeType {
        1: optional is_adjusted_to_utc: bool,
        2: required unit: TimeUnit,
    }

    struct IntegerType {
        1: required bit_width: i8,
        2: optional is_signed: bool,
    }

    struct SchemaElement {
        1: optional kind: Type,
        2: optional type_length: i32,
        3: optional repetition_type: Repetition,
        4: required name: String,
        5: optional num_children: i32,
        6: optional converted_type: ConvertedType,
        7: optional scale: i32,
        8: optional precision: i32,
        9: optional field_id: i32,
        10: optional logical_type: LogicalType,
    }

    struct KeyValue {
        1: required key: String,
        2: optional value: String,
    }

    struct Statistics {
        1: optional max: Vec<u8>,
        2: optional min: Vec<u8>,
        3: optional null_count: i64,
        4: optional distinct_count: i64,
        5: optional max_value: Vec<u8>,
        6: optional min_value: Vec<u8>,
        7: optional is_max_value_exact: bool,
        8: optional is_min_value_exact: bool,
        9: optional nan_count: i64,
    }

    struct PageEncodingStats {
        1: required page_type: PageType,
        2: required encoding: Encoding,
        3: required count: i32,
    }

    struct SizeStatistics {
        1: optional unencoded_byte_array_data_bytes: i64,
        2: optional repetition_level_histogram: Vec<i64>,
        3: optional definition_level_histogram: Vec<i64>,
    }

    struct ColumnMetaData {
        1: required kind: Type,
        2: required encodings: Vec<Encoding>,
        3: required path_in_schema: Vec<String>,
        4: required codec: Codec,
        5: required num_values: i64,
        6: required total_uncompressed_size: i64,
        7: required total_compressed_size: i64,
        8: optional key_value_metadata: Vec<KeyValue>,
        9: required data_page_offset: i64,
        10: optional index_page_offset: i64,
        11: optional dictionary_page_offset: i64,
        12: optional statistics: Statistics,
        13: optional encoding_stats: Vec<PageEncodingStats>,
        14: optional bloom_filter_offset: i64,
        15: optional bloom_filter_length: i32,
        16: optional size_statistics: SizeStatistics,
    }

    struct ColumnChunk {
        1: optional file_path: String,
        2: required file_offset: i64,
        3: optional meta_data: ColumnMetaData,
        4: optional offset_index_offset: i64,
        5: optional offset_index_length: i32,
        6: optional column_index_offset: i64,
        7: optional column_index_length: i32,
    }

    struct SortingColumn {
        1: required column_idx: i32,
        2: optional descending: bool,
        3: optional nulls_first: bool,
    }

    struct RowGroup {
        1: required columns: Vec<ColumnChunk>,
        2: required total_byte_size: i64,
        3: required num_rows: i64,
        4: optional sorting_columns: Vec<SortingColumn>,
        5: optional file_offset: i64,
        6: optional total_compressed_size: i64,
        7: optional ordinal: i16,
    }

    struct FileMetaData {
        1: required version: i32,
        2: required schema: Vec<SchemaElement>,
        3: required num_rows: i64,
        4: required row_groups: Vec<RowGroup>,
        5: optional key_value_metadata: Vec<KeyValue>,
        6: optional created_by: String,
        7: optional column_orders: Vec<ColumnOrder>,
    }
}

unions! {
    union TimeUnit {
        1: Millis(Nothing),
        2: Micros(Nothing),
        3: Nanos(Nothing),
    }

    union LogicalType {
        1: Text(Nothing),
        5: Decimal(DecimalType),
        6: Date(Nothing),
        7: Time(TimeType),
        8: Timestamp(TimeType),
        10: Integer(IntegerType),
    }

    union ColumnOrder {
        1: TypeOrder(Nothing),
        2: TotalOrder(Nothing),
    }
}

"""PyPI `pyarrow`: Parquet files of many shapes, and what it finds in the footer of any."""

import base64
import datetime
import decimal
import json
import struct

import pyarrow as pa
import pyarrow.parquet as pq

VERSION = pa.__version__
PLAIN = {"BOOLEAN": "<?", "INT32": "<i", "INT64": "<q", "FLOAT": "<f", "DOUBLE": "<d"}


def footer(data):
    metadata = pq.ParquetFile(pa.BufferReader(data)).metadata
    columns = [metadata.schema.column(index) for index in range(metadata.num_columns)]
    groups = [metadata.row_group(index) for index in range(metadata.num_row_groups)]
    return {
        "size": metadata.serialized_size,
        "version": metadata.format_version,
        "created_by": metadata.created_by,
        "num_rows": metadata.num_rows,
        "key_value_metadata": {key.decode(): value.decode() for key, value in (metadata.metadata or {}).items()},
        "columns": [leaf(column) for column in columns],
        "row_groups": [group(it) for it in groups],
    }


def leaf(column):
    return {
        "path": column.path,
        "physical_type": column.physical_type,
        "converted_type": column.converted_type,
        "logical_type": json.loads(column.logical_type.to_json()),
        "max_definition_level": column.max_definition_level,
        "max_repetition_level": column.max_repetition_level,
        "length": column.length if column.physical_type == "FIXED_LEN_BYTE_ARRAY" else None,
    }


def group(it):
    return {
        "num_rows": it.num_rows,
        "total_byte_size": it.total_byte_size,
        "sorting_columns": [[by.column_index, by.descending, by.nulls_first] for by in it.sorting_columns],
        "columns": [chunk(it.column(index)) for index in range(it.num_columns)],
    }


def chunk(column):
    return {
        "file_path": column.file_path,
        "file_offset": column.file_offset,
        "physical_type": column.physical_type,
        "path_in_schema": column.path_in_schema,
        "compression": column.compression,
        "encodings": list(column.encodings),
        "num_values": column.num_values,
        "total_compressed_size": column.total_compressed_size,
        "total_uncompressed_size": column.total_uncompressed_size,
        "data_page_offset": column.data_page_offset,
        "dictionary_page_offset": column.dictionary_page_offset,
        "bloom_filter_offset": column.bloom_filter_offset,
        "bloom_filter_length": column.bloom_filter_length,
        "has_column_index": column.has_column_index,
        "has_offset_index": column.has_offset_index,
        "statistics": statistics(column.statistics) if column.is_stats_set else None,
    }


def statistics(found):
    return {
        "min": plain(found.physical_type, found.min_raw) if found.has_min_max else None,
        "max": plain(found.physical_type, found.max_raw) if found.has_min_max else None,
        "null_count": found.null_count if found.has_null_count else None,
        "distinct_count": found.distinct_count if found.has_distinct_count else None,
    }


def plain(physical_type, value):
    """The value in base64 as the encoding PLAIN has it, texts without their length."""
    data = value if isinstance(value, bytes) else struct.pack(PLAIN[physical_type], value)
    return base64.b64encode(data).decode()


def files():
    yield "scalars", written(scalars(), row_group_size=7, compression=codecs(scalars()))
    yield "scalars of version 1", written(scalars(), version="1.0", store_schema=False, use_dictionary=False)
    yield "nested", written(nested(), compression="zstd", data_page_version="2.0", write_page_index=True)
    yield "nested without statistics", written(nested(), write_statistics=False, use_compliant_nested_type=False)
    encodings = {"i32": "DELTA_BINARY_PACKED", "text": "DELTA_BYTE_ARRAY", "f64": "BYTE_STREAM_SPLIT"}
    encoded = scalars().select(list(encodings))
    by = [pq.SortingColumn(0), pq.SortingColumn(2, descending=True, nulls_first=True)]
    yield "encodings", written(encoded, column_encoding=encodings, use_dictionary=False, sorting_columns=by)
    yield "no rows", written(scalars().slice(0, 0))
    yield "no columns", written(pa.table({}))
    wide = pa.table({f"column {index}": [index, None, -index] for index in range(300)})
    yield "wide", written(wide, row_group_size=1)
    yield "of another file", summary(written(scalars(), row_group_size=10))


def written(table, **options):
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, **options)
    return sink.getvalue().to_pybytes()


def summary(data):
    """A file of metadata only, whose columns are in another file."""
    metadata = pq.read_metadata(pa.BufferReader(data))
    metadata.set_file_path("part/größe.parquet")
    sink = pa.BufferOutputStream()
    metadata.write_metadata_file(sink)
    return sink.getvalue().to_pybytes()


def codecs(table):
    names = ["none", "snappy", "gzip", "brotli", "zstd", "lz4"]
    return {name: names[index % len(names)] for index, name in enumerate(table.column_names)}


def scalars():
    count = 20
    numbers = [None if index % 5 == 4 else index - 9 for index in range(count)]
    plus = [None if number is None else number + 9 for number in numbers]
    moments = [datetime.datetime(2020, 1, 1 + index, 12, 30) for index in range(count)]
    halves = [None if number is None else number / 2 for number in numbers]
    amounts = [None if number is None else decimal.Decimal(number) / 4 for number in numbers]
    texts = [None if number is None else "größe"[: index % 6] for index, number in enumerate(numbers)]
    arrays = {
        "flag": pa.array([None if number is None else number > 0 for number in numbers]),
        **{f"i{bits}": pa.array(numbers, f"int{bits}") for bits in (8, 16, 32, 64)},
        **{f"u{bits}": pa.array(plus, f"uint{bits}") for bits in (8, 16, 32, 64)},
        "f16": pa.array(halves, pa.float16()),
        "f32": pa.array(halves, pa.float32()),
        "f64": pa.array(halves, pa.float64()),
        "small amount": pa.array(amounts, pa.decimal128(7, 2)),
        "amount": pa.array(amounts, pa.decimal128(38, 10)),
        "large amount": pa.array(amounts, pa.decimal256(60, 3)),
        "text": pa.array(texts),
        "large text": pa.array(texts, pa.large_string()),
        "bytes": pa.array([None if text is None else text.encode() for text in texts]),
        "five bytes": pa.array([b"12345"] * count, pa.binary(5)),
        "uuid": pa.array([bytes(range(index, index + 16)) for index in range(count)], pa.uuid()),
        "json": pa.array(["{}"] * count, pa.json_()),
        "day": pa.array([moment.date() for moment in moments]),
        "time": pa.array([moment.time() for moment in moments], pa.time32("ms")),
        "fine time": pa.array([moment.time() for moment in moments], pa.time64("us")),
        "finest time": pa.array([moment.time() for moment in moments], pa.time64("ns")),
        **{f"moment in {unit}": pa.array(moments, pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")},
        "moment there": pa.array(moments, pa.timestamp("us", "Europe/Oslo")),
        "word": pa.array(texts).dictionary_encode(),
        "nothing": pa.nulls(count),
    }
    fields = [pa.field(name, array.type, nullable=array.null_count > 0 or name == "day") for name, array in arrays.items()]
    metadata = {"origin": "a judge", "größe": "ß", "empty": ""}
    return pa.table(list(arrays.values()), schema=pa.schema(fields, metadata))


def nested():
    point = pa.struct([pa.field("x", pa.int32(), nullable=False), pa.field("tags", pa.list_(pa.string()))])
    kinds = {
        "list": pa.list_(pa.int64()),
        "lists": pa.list_(pa.list_(pa.string())),
        "pair": pa.list_(pa.float32(), 2),
        "point": point,
        "points": pa.list_(point),
        "map": pa.map_(pa.string(), point),
        "maps": pa.list_(pa.map_(pa.int16(), pa.bool_())),
    }
    one = {"x": 1, "tags": ["a", None]}
    rows = [
        {"list": [1, None], "lists": [["a"], [], None], "pair": [1, 2], "point": one, "points": [one, None]},
        {"map": [("k", one), ("l", None)], "maps": [[(1, True)], []]},
        {"list": [], "points": []},
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema(kinds))

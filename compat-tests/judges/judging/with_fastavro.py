"""fastavro as a judge.

fastavro exists twice: compiled, which is what people run, and plain. The plain one can be taught to write and report union
branches; every result is compared with the compiled one's.
"""

import functools
import io
import json

import fastavro
import fastavro.read
import fastavro.write
from fastavro import _read_py, _write_py, schema as schemas
from fastavro.io.json_encoder import AvroJSONEncoder

from .neutral import Branch, Refused, same, shape_of, to_neutral, to_python, without_branches

LIBRARY = "fastavro"
VERSION = fastavro.__version__

# Underlying values only.
fastavro.read.LOGICAL_READERS.clear()
fastavro.write.LOGICAL_WRITERS.clear()

_plain_write_union = _write_py.write_union
_plain_read_data = _read_py.read_data
_plain_read_union = _read_py.read_union


def _write_union(encoder, datum, schema, named_schemas, fname, options):
    if not isinstance(datum, Branch):
        return _plain_write_union(encoder, datum, schema, named_schemas, fname, options)
    encoder.write_index(datum.index, schema[datum.index])
    return _write_py.write_data(encoder, datum.value, schema[datum.index], named_schemas, fname, options)


def _read_union(decoder, writer_schema, named_schemas, reader_schema=None, options={}):
    if reader_schema and not isinstance(reader_schema, list):
        return _plain_read_union(decoder, writer_schema, named_schemas, reader_schema, options)
    index = decoder.read_index()
    written = writer_schema[index]
    if not reader_schema:
        return Branch(index, _read_py.read_data(decoder, written, named_schemas, None, options))
    return _read_into_branch(decoder, written, named_schemas, reader_schema, options)


def _read_data(decoder, writer_schema, named_schemas, reader_schema=None, options={}):
    if isinstance(reader_schema, list) and not isinstance(writer_schema, list):
        return _read_into_branch(decoder, writer_schema, named_schemas, reader_schema, options)
    return _plain_read_data(decoder, writer_schema, named_schemas, reader_schema, options)


def _read_into_branch(decoder, written, named_schemas, union, options):
    for index, branch in enumerate(union):
        if _read_py.match_types(written, branch, named_schemas):
            return Branch(index, _read_py.read_data(decoder, written, named_schemas, branch, options))
    raise fastavro.read.SchemaResolutionError(f"schema mismatch: {written} not found in {union}")


_write_py.WRITERS["union"] = _write_union
_read_py.READERS["union"] = _read_union
_read_py.read_data = _read_data


@functools.lru_cache(maxsize=32)
def parse(text):
    try:
        schema = json.loads(text)
        return schema, schemas.parse_schema(schema), shape_of(schema)
    except Exception as error:
        raise Refused("schema", f"{type(error).__name__}: {error}") from error


def canonical(text):
    return schemas.to_parsing_canonical_form(parse(text)[0])


def fingerprint(text, algorithm):
    if algorithm == "rabin":
        little_endian = schemas.fingerprint(canonical(text), "CRC-64-AVRO")
        return bytes.fromhex(little_endian)[::-1].hex()
    return schemas.fingerprint(canonical(text), {"md5": "MD5", "sha256": "SHA-256"}[algorithm])


def encode(text, neutral):
    _, schema, shape = parse(text)
    value = to_python(shape, neutral)
    plain = _refusing("value", lambda: _write_with(_write_py.schemaless_writer, schema, value))
    compiled = _refusing("value", lambda: _write_with(fastavro.schemaless_writer, schema, _with_tuples(shape, value)))
    if plain != compiled:
        raise Refused("divided", f"plain wrote {plain.hex()}, compiled {compiled.hex()}")
    return plain


def decode(text, reader_text, data):
    _, schema, shape = parse(text)
    reader = None
    if reader_text is not None:
        _, reader, shape = parse(reader_text)
    plain, read = _attempt(lambda: _read_with(_read_py.schemaless_reader, schema, reader, data))
    compiled, also_read = _attempt(lambda: _read_with(fastavro.schemaless_reader, schema, reader, data))
    if isinstance(plain, Exception) and isinstance(compiled, Exception):
        raise Refused("data", f"{type(compiled).__name__}: {compiled}")
    if read != also_read or not same(without_branches(plain), compiled):
        raise Refused("divided", f"plain read {plain!r}, compiled {compiled!r}")
    return to_neutral(shape, plain), read


def json_encode(text, neutral):
    _, schema, shape = parse(text)
    value = to_python(shape, neutral)

    def write():
        out = io.StringIO()
        encoder = AvroJSONEncoder(out)
        _write_py.writer(encoder, schema, [value])
        return out.getvalue()

    return _refusing("value", write)


def json_decode(text, reader_text, data):
    schema, _, shape = parse(text)
    reader = None
    if reader_text is not None:
        reader, _, shape = parse(reader_text)
    values = _refusing("data", lambda: list(fastavro.json_reader(io.StringIO(data), schema, reader)))
    if len(values) != 1:
        raise Refused("data", f"{len(values)} values")
    return to_neutral(shape, values[0])


def container_write(text, neutrals, codec, metadata, sync, block_items):
    schema, _, shape = parse(text)
    values = [_with_tuples(shape, to_python(shape, neutral)) for neutral in neutrals]
    options = {
        "codec": codec,
        "sync_marker": sync,
        "metadata": {name: value.decode() for name, value in metadata.items()},
    }

    def write():
        out = io.BytesIO()
        writer = fastavro.write.Writer(out, schema, **options)
        for count, value in enumerate(values, 1):
            writer.write(value)
            if block_items and count % block_items == 0:
                writer.dump()
        writer.flush()
        return out.getvalue()

    return _refusing("value", write)


def container_read(data, reader_text):
    reader = None if reader_text is None else parse(reader_text)[0]

    def read(function):
        file = function(io.BytesIO(data), reader)
        return list(file), file

    plain, file = _attempt(lambda: read(_read_py.reader))
    compiled, _ = _attempt(lambda: read(fastavro.reader))
    if isinstance(plain, Exception) and isinstance(compiled, Exception):
        raise Refused("data", f"{type(compiled).__name__}: {compiled}")
    if not same(without_branches(plain), compiled):
        raise Refused("divided", f"plain read {plain!r}, compiled {compiled!r}")
    text = file.metadata["avro.schema"]
    shape = parse(reader_text or text)[2]
    return {
        "values": [to_neutral(shape, value) for value in plain],
        "schema": text,
        "codec": file.codec,
        "metadata": {name: value.encode().hex() for name, value in file.metadata.items()},
    }


def _with_tuples(shape, value):
    """The value in fastavro's own notation for a chosen branch: a tuple of the branch's type name and the value."""
    if isinstance(value, Branch):
        part = shape.parts[value.index]
        return part.name or part.kind, _with_tuples(part, value.value)
    if isinstance(value, list):
        return [_with_tuples(shape.parts[0], item) for item in value]
    if isinstance(value, dict):
        parts = dict(shape.fields) if shape.kind == "record" else dict.fromkeys(value, shape.parts[0])
        return {key: _with_tuples(parts[key], item) for key, item in value.items()}
    return value


def _write_with(function, schema, value):
    out = io.BytesIO()
    function(out, schema, value)
    return out.getvalue()


def _read_with(function, schema, reader, data):
    source = io.BytesIO(data)
    return function(source, schema, reader), source.tell()


def _attempt(work):
    try:
        return work()
    except Exception as error:
        return error, None


def _refusing(kind, work):
    try:
        return work()
    except Exception as error:
        raise Refused(kind, f"{type(error).__name__}: {error}") from error

"""The `avro` package of Apache Avro as a judge."""

import functools
import io
import json
from importlib.metadata import version

import avro.codecs
import avro.datafile
import avro.errors
import avro.io
import avro.schema

from .neutral import Branch, Refused, shape_of, to_neutral, to_python

LIBRARY = "avro"
VERSION = version("avro")


class BranchWriter(avro.io.DatumWriter):
    """Writes the branch that the value names."""

    def write(self, datum, encoder):
        # The library's check before writing knows nothing of named branches; values are checked already.
        self.write_data(self.writers_schema, datum, encoder)

    def write_union(self, writers_schema, datum, encoder):
        if not isinstance(datum, Branch):
            return super().write_union(writers_schema, datum, encoder)
        encoder.write_long(datum.index)
        return self.write_data(writers_schema.schemas[datum.index], datum.value, encoder)


class BranchReader(avro.io.DatumReader):
    """Reports the branch that was read, or that resolution chose."""

    def read_data(self, writers_schema, readers_schema, decoder):
        if isinstance(readers_schema, avro.schema.UnionSchema) and not isinstance(writers_schema, avro.schema.UnionSchema):
            for index, branch in enumerate(readers_schema.schemas):
                if branch.match(writers_schema):
                    return Branch(index, self.read_data(writers_schema, branch, decoder))
        return super().read_data(writers_schema, readers_schema, decoder)

    def read_union(self, writers_schema, readers_schema, decoder):
        if self.readers_schema is not None:
            return super().read_union(writers_schema, readers_schema, decoder)
        index = decoder.read_long()
        if index not in range(len(writers_schema.schemas)):
            raise avro.errors.SchemaResolutionException(f"no branch {index}", writers_schema, readers_schema)
        branch = writers_schema.schemas[index]
        return Branch(index, self.read_data(branch, branch, decoder))


@functools.lru_cache(maxsize=32)
def parse(text):
    """The schema as written, the library's own without logical types, and the shape."""
    try:
        full = avro.schema.parse(text)
        schema = json.loads(text)
        return full, avro.schema.parse(json.dumps(_without_logical_types(schema))), shape_of(schema)
    except Exception as error:
        raise Refused("schema", f"{type(error).__name__}: {error}") from error


def _without_logical_types(schema):
    if isinstance(schema, list):
        return [_without_logical_types(branch) for branch in schema]
    if not isinstance(schema, dict):
        return schema
    plain = {key: value for key, value in schema.items() if key not in ("logicalType", "precision", "scale")}
    for key in ("type", "items", "values"):
        if key in plain:
            plain[key] = _without_logical_types(plain[key])
    if isinstance(plain.get("fields"), list):
        plain["fields"] = [_without_logical_types(entry) for entry in plain["fields"]]
    return plain


def canonical(text):
    return parse(text)[0].canonical_form


def fingerprint(text, algorithm):
    schema = parse(text)[0]
    if algorithm == "rabin":
        return schema.fingerprint("CRC-64-AVRO")[::-1].hex()
    return schema.fingerprint(algorithm).hex()


def encode(text, neutral):
    _, schema, shape = parse(text)
    value = to_python(shape, neutral)

    def write():
        out = io.BytesIO()
        BranchWriter(schema).write(value, avro.io.BinaryEncoder(out))
        return out.getvalue()

    return _refusing("value", write)


def decode(text, reader_text, data):
    _, schema, shape = parse(text)
    reader = None
    if reader_text is not None:
        _, reader, shape = parse(reader_text)

    def read():
        source = io.BytesIO(data)
        value = BranchReader(schema, reader).read(avro.io.BinaryDecoder(source))
        return to_neutral(shape, value), source.tell()

    return _refusing("data", read)


def json_encode(_text, _neutral):
    raise Refused("unsupported", "the package has no JSON encoding")


def json_decode(_text, _reader_text, _data):
    raise Refused("unsupported", "the package has no JSON encoding")


def container_write(text, neutrals, codec, metadata, sync, block_items):
    if codec not in avro.codecs.KNOWN_CODECS:
        raise Refused("unsupported", f"the package has no codec {codec}")
    _, schema, shape = parse(text)
    values = [to_python(shape, neutral) for neutral in neutrals]

    def write():
        out = io.BytesIO()
        writer = avro.datafile.DataFileWriter(out, BranchWriter(), schema, codec)
        writer.schema = text
        if sync is not None:
            writer.sync_marker = sync
        for name, value in metadata.items():
            writer.set_meta(name, value)
        for count, value in enumerate(values, 1):
            writer.append(value)
            if block_items and count % block_items == 0:
                writer.sync()
        writer.flush()
        return out.getvalue()

    return _refusing("value", write)


def container_read(data, reader_text):
    reader = None
    if reader_text is not None:
        _, reader, shape = parse(reader_text)

    def read():
        datum_reader = BranchReader()
        file = avro.datafile.DataFileReader(io.BytesIO(data), datum_reader)
        text = file.schema
        _, datum_reader.writers_schema, written = parse(text)
        datum_reader.readers_schema = reader
        target = written if reader is None else shape
        return {
            "values": [to_neutral(target, value) for value in file],
            "schema": text,
            "codec": file.codec,
            "metadata": {name: value.hex() for name, value in file.meta.items()},
        }

    return _refusing("data", read)


def _refusing(kind, work):
    try:
        return work()
    except Refused:
        raise
    except avro.errors.UnsupportedCodec as error:
        raise Refused("unsupported", str(error)) from error
    except Exception as error:
        raise Refused(kind, f"{type(error).__name__}: {error}") from error

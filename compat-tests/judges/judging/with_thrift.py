"""PyPI `thrift`.

There is no compiler here: what its generated code does with the protocols' methods, `plain` does from a schema's description,
and hands sets and maps over in the order of the data. Where Python's own sets and dicts can hold the data, the compiled
module has to give the same from classes with `thrift_spec`.
"""

import importlib.metadata
import json
import struct
from functools import lru_cache

from thrift.protocol.TBinaryProtocol import TBinaryProtocol
from thrift.protocol.TCompactProtocol import TCompactProtocol
from thrift.protocol.TJSONProtocol import TJSONProtocol
from thrift.protocol.TProtocol import TProtocolException
from thrift.transport.TTransport import TMemoryBuffer, TTransportException

from judging import thrift_compiled, thrift_plain
from judging.neutral import Refused
from judging.thrift_schema import Schema

LIBRARY = "thrift"
VERSION = importlib.metadata.version("thrift")

# Depth and length limits, ends of the data and bad headers; bad text; numbers past their range and wrong Python types.
READ_FAULTS = (TProtocolException, TTransportException, EOFError, UnicodeDecodeError, KeyError, RecursionError)
WRITE_FAULTS = (TProtocolException, struct.error, OverflowError, TypeError, ValueError, AttributeError)


def schema_of(description):
    return _schema_of(json.dumps(description))


@lru_cache(maxsize=16)
def _schema_of(text):
    return Schema(json.loads(text))


def encode(schema, name, protocol, message, value, order):
    buffer = TMemoryBuffer()
    writer = protocol_of(protocol, buffer)
    try:
        if message:
            writer.writeMessageBegin(message["name"], message["kind"], message["sequence"])
        thrift_plain.write_struct(writer, schema, name, value, order)
        if message:
            writer.writeMessageEnd()
    except WRITE_FAULTS as fault:
        raise Refused("value", f"{type(fault).__name__}: {fault}") from fault
    data = buffer.getvalue()
    if not message and order == "rising" and thrift_compiled.judges(schema, name, protocol):
        compiled = thrift_compiled.encode(schema, name, protocol, value)
        if compiled != data:
            raise Refused("divided", f"plain {data.hex()}, compiled {compiled.hex()}")
    return data


def decode(schema, name, protocol, is_message, data):
    buffer = TMemoryBuffer(data)
    reader = protocol_of(protocol, buffer)
    envelope = None
    try:
        if is_message:
            found, kind, sequence = reader.readMessageBegin()
            envelope = {"name": found, "kind": kind, "sequence": sequence}
        value = thrift_plain.read_struct(reader, schema, name)
        if is_message:
            reader.readMessageEnd()
    except READ_FAULTS as fault:
        raise Refused("data", f"{type(fault).__name__}: {fault}") from fault
    if not is_message and thrift_compiled.judges(schema, name, protocol):
        compiled = thrift_compiled.decode(schema, name, protocol, data)
        if compiled != thrift_compiled.without_order(schema, name, value):
            raise Refused("divided", f"plain {value}, compiled {compiled}")
    return envelope, value, buffer.cstringio_buf.tell()


def protocol_of(name, buffer):
    if name == "compact":
        return TCompactProtocol(buffer)
    if name == "binary":
        return TBinaryProtocol(buffer)
    if name == "json":
        return TJSONProtocol(buffer)
    # Messages without a version.
    if name == "binary-old":
        return TBinaryProtocol(buffer, strictWrite=False)
    raise Refused("request", f"there is no protocol {name}")

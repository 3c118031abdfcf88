"""What the compiler's code for Python does with a protocol's methods; values in the neutral form."""

import struct
import uuid

from thrift.protocol.TProtocol import TProtocolException
from thrift.Thrift import TType

METHODS = {
    "bool": "Bool",
    "i8": "Byte",
    "i16": "I16",
    "i32": "I32",
    "i64": "I64",
    "double": "Double",
    "string": "String",
    "binary": "Binary",
    "uuid": "Uuid",
}


def write_struct(protocol, schema, name, value, order):
    protocol.writeStructBegin(name)
    for field in in_order(schema.fields(name), value, order):
        if field.name in value:
            protocol.writeFieldBegin(field.name, field.kind.code, field.id)
            write(protocol, schema, field.kind, value[field.name], order)
            protocol.writeFieldEnd()
        elif field.required:
            raise TProtocolException(message=f"Required field {field.name} is unset!")
    protocol.writeFieldStop()
    protocol.writeStructEnd()


def in_order(fields, value, order):
    if order == "falling":
        return fields[::-1]
    if order == "given":
        names = list(value)
        return sorted(fields, key=lambda field: names.index(field.name) if field.name in names else len(names))
    return fields


def write(protocol, schema, kind, value, order):
    if kind.word == "struct":
        write_struct(protocol, schema, kind.name, value, order)
    elif kind.word == "map":
        key, item = kind.parts
        entries = value["$map"]
        protocol.writeMapBegin(key.code, item.code, len(entries))
        for entry in entries:
            write(protocol, schema, key, entry[0], order)
            write(protocol, schema, item, entry[1], order)
        protocol.writeMapEnd()
    elif kind.word in ("list", "set"):
        (item,) = kind.parts
        begin, end = method(protocol, "write", kind.word, "Begin"), method(protocol, "write", kind.word, "End")
        begin(item.code, len(value))
        for element in value:
            write(protocol, schema, item, element, order)
        end()
    else:
        getattr(protocol, "write" + METHODS[kind.word])(from_neutral(kind, value))


def read_struct(protocol, schema, name):
    known = {field.id: field for field in schema.fields(name)}
    value = {}
    # The compiler's code keeps count of the depth in the protocol, in which it is limited.
    protocol.increment_recursion_depth()
    protocol.readStructBegin()
    while True:
        _, code, id_ = protocol.readFieldBegin()
        if code == TType.STOP:
            break
        field = known.get(id_)
        if field is not None and field.kind.code == code:
            value[field.name] = read(protocol, schema, field.kind)
        else:
            protocol.skip(code)
        protocol.readFieldEnd()
    protocol.readStructEnd()
    protocol.decrement_recursion_depth()
    for field in known.values():
        if field.required and field.name not in value:
            raise TProtocolException(message=f"Required field {field.name} is unset!")
    return value


def read(protocol, schema, kind):
    if kind.word == "struct":
        return read_struct(protocol, schema, kind.name)
    if kind.word == "map":
        key, item = kind.parts
        _, _, size = protocol.readMapBegin()
        entries = [[read(protocol, schema, key), read(protocol, schema, item)] for _ in range(size)]
        protocol.readMapEnd()
        return {"$map": entries}
    if kind.word in ("list", "set"):
        (item,) = kind.parts
        _, size = method(protocol, "read", kind.word, "Begin")()
        elements = [read(protocol, schema, item) for _ in range(size)]
        method(protocol, "read", kind.word, "End")()
        return elements
    return to_neutral(kind, getattr(protocol, "read" + METHODS[kind.word])())


def method(protocol, verb, word, end):
    return getattr(protocol, verb + word.capitalize() + end)


def from_neutral(kind, value):
    if kind.word == "double":
        return struct.unpack(">d", bytes.fromhex(value["$f64"]))[0]
    if kind.word == "binary":
        return bytes.fromhex(value["$bytes"])
    if kind.word == "uuid":
        return uuid.UUID(value["$uuid"])
    return value


def to_neutral(kind, value):
    if kind.word == "double":
        return {"$f64": struct.pack(">d", value).hex()}
    if kind.word == "binary":
        return {"$bytes": value.hex()}
    if kind.word == "uuid":
        return {"$uuid": str(value)}
    return value

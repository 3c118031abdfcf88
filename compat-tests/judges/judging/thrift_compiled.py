"""The compiled module of PyPI `thrift`, which reads and writes classes by their `thrift_spec`."""

import json

from thrift.protocol.TBase import TBase
from thrift.protocol.TBinaryProtocol import TBinaryProtocolAccelerated
from thrift.protocol.TCompactProtocol import TCompactProtocolAccelerated
from thrift.transport.TTransport import TMemoryBuffer

from judging.thrift_plain import from_neutral, to_neutral
from judging.thrift_schema import within

# What Python tells apart in sets and as keys just as Thrift does.
KEYS = ("i8", "i16", "i32", "i64", "string", "binary", "uuid")
PROTOCOLS = {"compact": TCompactProtocolAccelerated, "binary": TBinaryProtocolAccelerated}


def judges(schema, name, protocol):
    """Whether it has the protocol, Python's sets and dicts hold the struct's values, and positions in tuples its field ids."""
    if protocol not in PROTOCOLS:
        return False
    if not hasattr(schema, "held"):
        schema.held = {}
    if name not in schema.held:
        fields = [field for fields in schema.reachable(name).values() for field in fields]
        keys = [kind.parts[0] for field in fields for kind in within(field.kind) if kind.word in ("set", "map")]
        schema.held[name] = all(field.id >= 0 for field in fields) and all(key.word in KEYS for key in keys)
    return schema.held[name]


def encode(schema, name, protocol, value):
    buffer = TMemoryBuffer()
    filled(classes(schema, name), schema, name, value).write(PROTOCOLS[protocol](buffer, fallback=False))
    return buffer.getvalue()


def decode(schema, name, protocol, data):
    """The neutral value without the order of sets and maps; the fault as text where there is one."""
    made = classes(schema, name)
    record = made[name]()
    try:
        record.read(PROTOCOLS[protocol](TMemoryBuffer(data), fallback=False))
    except Exception as fault:
        return f"{type(fault).__name__}: {fault}"
    return emptied(schema, name, record)


def classes(schema, name):
    if not hasattr(schema, "classes"):
        schema.classes = {}
    if name in schema.classes:
        return schema.classes[name]
    reachable = schema.reachable(name)
    made = {found: class_of(found, fields) for found, fields in reachable.items()}
    references = {found: [class_, None] for found, class_ in made.items()}
    for found, fields in reachable.items():
        # The position in the tuple is the id.
        spec = [None] * (max((field.id for field in fields), default=0) + 1)
        for field in fields:
            spec[field.id] = (field.id, field.kind.code, field.name, arguments(field.kind, references), None)
        made[found].thrift_spec = references[found][1] = tuple(spec)
    schema.classes[name] = made
    return made


def class_of(name, fields):
    names = [field.name for field in fields]

    def __init__(self):
        for field in names:
            setattr(self, field, None)

    return type(name, (TBase,), {"__slots__": names, "__init__": __init__})


def arguments(kind, references):
    if kind.word == "string":
        return "UTF8"
    if kind.word == "binary":
        return "BINARY"
    if kind.word == "struct":
        return references[kind.name]
    if not kind.parts:
        return None
    return tuple(it for part in kind.parts for it in (part.code, arguments(part, references))) + (False,)


def filled(made, schema, name, value):
    record = made[name]()
    for field in schema.fields(name):
        if field.name in value:
            setattr(record, field.name, to_python(made, schema, field.kind, value[field.name]))
    return record


def to_python(made, schema, kind, value):
    if kind.word == "struct":
        return filled(made, schema, kind.name, value)
    if kind.word == "map":
        key, item = kind.parts
        return {
            to_python(made, schema, key, entry[0]): to_python(made, schema, item, entry[1]) for entry in value["$map"]
        }
    if kind.word in ("list", "set"):
        # A list serves as a set that keeps its order.
        return [to_python(made, schema, kind.parts[0], element) for element in value]
    return from_neutral(kind, value)


def emptied(schema, name, record):
    given = {field.name: (field.kind, getattr(record, field.name)) for field in schema.fields(name)}
    return {name: from_python(schema, kind, value) for name, (kind, value) in given.items() if value is not None}


def from_python(schema, kind, value):
    if kind.word == "struct":
        return emptied(schema, kind.name, value)
    if kind.word == "map":
        key, item = kind.parts
        entries = [[from_python(schema, key, at), from_python(schema, item, it)] for at, it in value.items()]
        return {"$map": ordered(entries)}
    if kind.word in ("list", "set"):
        elements = [from_python(schema, kind.parts[0], element) for element in value]
        return ordered(elements) if kind.word == "set" else elements
    return to_neutral(kind, value)


def without_order(schema, name, value):
    kinds = {field.name: field.kind for field in schema.fields(name)}
    return {name: sorted_within(schema, kinds[name], part) for name, part in value.items()}


def sorted_within(schema, kind, value):
    if kind.word == "struct":
        return without_order(schema, kind.name, value)
    if kind.word == "map":
        item = kind.parts[1]
        return {"$map": ordered([[at, sorted_within(schema, item, it)] for at, it in value["$map"]])}
    if kind.word in ("list", "set"):
        elements = [sorted_within(schema, kind.parts[0], element) for element in value]
        return ordered(elements) if kind.word == "set" else elements
    return value


def ordered(values):
    return sorted(values, key=json.dumps)

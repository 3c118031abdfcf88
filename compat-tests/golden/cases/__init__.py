"""What the golden vectors ask. A case is (operation, name, request, expectation or None)."""

import json
import struct

REFUSED = {"refused": True}
# The faults of a pair with a schema that is none.
INVALID = "INVALID"


def text(schema):
    return schema if isinstance(schema, str) and schema[:1] in '{["' else json.dumps(schema, ensure_ascii=False)


def f32(bits_or_number):
    if isinstance(bits_or_number, str):
        return {"$f32": bits_or_number}
    return {"$f32": struct.pack(">f", bits_or_number).hex()}


def f64(bits_or_number):
    if isinstance(bits_or_number, str):
        return {"$f64": bits_or_number}
    return {"$f64": struct.pack(">d", bits_or_number).hex()}


def raw(hexadecimal):
    return {"$bytes": hexadecimal}


def branch(index, value):
    return {"$branch": index, "value": value}


def record(*fields, name="R", **more):
    return {"type": "record", "name": name, "fields": [{"name": n, "type": t} for n, t in fields], **more}


def array(items):
    return {"type": "array", "items": items}


def mapping(values):
    return {"type": "map", "values": values}


def enum(*symbols, name="E", **more):
    return {"type": "enum", "name": name, "symbols": list(symbols), **more}


def fixed(size, name="F", **more):
    return {"type": "fixed", "name": name, "size": size, **more}


LIST = record(("value", "int"), ("next", ["null", "List"]), name="List")
TREE = record(("name", "string"), ("children", array("Tree")), name="Tree")
EVERYTHING = record(
    ("n", "null"),
    ("b", "boolean"),
    ("i", "int"),
    ("l", "long"),
    ("f", "float"),
    ("d", "double"),
    ("y", "bytes"),
    ("s", "string"),
    ("x", fixed(3)),
    ("e", enum("A", "B")),
    ("a", array("string")),
    ("m", mapping("long")),
    ("u", ["null", "string", "F", "E", array("int")]),
    name="Everything",
    namespace="golden.test",
)
EVERYTHING_VALUE = {
    "n": None,
    "b": True,
    "i": -65,
    "l": 1 << 40,
    "f": f32(1.5),
    "d": f64(-0.0),
    "y": raw("00ff"),
    "s": "grüße 🎈",
    "x": raw("010203"),
    "e": "B",
    "a": ["", "x"],
    "m": {"k": -1},
    "u": branch(2, raw("fffefd")),
}

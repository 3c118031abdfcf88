"""The neutral form of values, and the schema walk that it needs.

Between the neutral JSON and a library stand plain Python values, with `Branch` for what a union holds.
"""

import struct
from dataclasses import dataclass, field

PRIMITIVES = ("null", "boolean", "int", "long", "float", "double", "bytes", "string")
READ_AS = {
    "float": (int, float),
    "double": (int, float),
    "bytes": (bytes, str),
    "fixed": (bytes, str),
    "array": list,
    "map": dict,
    "record": dict,
}
RANGES = {"int": (-(2**31), 2**31 - 1), "long": (-(2**63), 2**63 - 1)}


class Refused(Exception):
    """An answer of kind `kind` in place of a result."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True)
class Branch:
    """A union's value with the position of its branch."""

    index: int
    value: object


@dataclass
class Shape:
    """A schema with its names resolved; recursive ones refer back to themselves."""

    kind: str
    name: str = ""
    fields: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    symbols: list = field(default_factory=list)
    size: int = 0


def shape_of(schema):
    """The shape of a schema that an implementation has already accepted."""
    return _shape(schema, "", {})


def _shape(schema, namespace, names):
    if isinstance(schema, str):
        if schema in PRIMITIVES:
            return Shape(schema)
        return names[_full_name(schema, None, namespace)]
    if isinstance(schema, list):
        return Shape("union", parts=[_shape(branch, namespace, names) for branch in schema])
    kind = schema["type"]
    if not isinstance(kind, str):
        return _shape(kind, namespace, names)
    if kind == "array":
        return Shape("array", parts=[_shape(schema["items"], namespace, names)])
    if kind == "map":
        return Shape("map", parts=[_shape(schema["values"], namespace, names)])
    if kind not in ("record", "error", "enum", "fixed"):
        return _shape(kind, namespace, names)
    name = _full_name(schema["name"], schema.get("namespace"), namespace)
    shape = Shape("record" if kind == "error" else kind, name)
    names[name] = shape
    if kind == "enum":
        shape.symbols = schema["symbols"]
    elif kind == "fixed":
        shape.size = int(schema["size"])
    else:
        inner = name.rpartition(".")[0]
        shape.fields = [(entry["name"], _shape(entry["type"], inner, names)) for entry in schema["fields"]]
    return shape


def _full_name(name, namespace, enclosing):
    if "." in name:
        return name.lstrip(".")
    if namespace is None:
        namespace = enclosing
    return f"{namespace}.{name}" if namespace else name


def to_python(shape, neutral):
    """Reads a neutral value; what does not fit the schema is refused."""
    kind = shape.kind
    if kind == "null" and neutral is None:
        return None
    if kind == "boolean" and isinstance(neutral, bool):
        return neutral
    if kind in RANGES and type(neutral) is int and RANGES[kind][0] <= neutral <= RANGES[kind][1]:
        return neutral
    if kind == "string" and isinstance(neutral, str):
        return neutral
    if kind == "enum" and neutral in shape.symbols:
        return neutral
    if kind == "array" and isinstance(neutral, list):
        return [to_python(shape.parts[0], item) for item in neutral]
    if isinstance(neutral, dict):
        if kind == "float" and set(neutral) == {"$f32"}:
            return struct.unpack(">f", bytes.fromhex(neutral["$f32"]))[0]
        if kind == "double" and set(neutral) == {"$f64"}:
            return struct.unpack(">d", bytes.fromhex(neutral["$f64"]))[0]
        if kind in ("bytes", "fixed") and set(neutral) == {"$bytes"}:
            value = bytes.fromhex(neutral["$bytes"])
            if kind == "bytes" or len(value) == shape.size:
                return value
        if kind == "map":
            return {key: to_python(shape.parts[0], value) for key, value in neutral.items()}
        if kind == "record" and set(neutral) == {name for name, _ in shape.fields}:
            return {name: to_python(part, neutral[name]) for name, part in shape.fields}
        if kind == "union" and set(neutral) == {"$branch", "value"} and neutral["$branch"] in range(len(shape.parts)):
            index = neutral["$branch"]
            return Branch(index, to_python(shape.parts[index], neutral["value"]))
    raise Refused("value", f"{neutral!r} is not the neutral form of a {kind} {shape.name}")


def to_neutral(shape, value):
    """Writes a value that a library has read. What is none of the type, such as a default that does not fit, stays as it is."""
    kind = shape.kind
    if kind in READ_AS and not isinstance(value, READ_AS[kind]):
        return value
    if kind == "float":
        return {"$f32": struct.pack(">f", value).hex()}
    if kind == "double":
        return {"$f64": struct.pack(">d", value).hex()}
    if kind in ("bytes", "fixed"):
        # A default comes as the JSON string that stands for it.
        raw = value.encode("latin-1") if isinstance(value, str) else value
        return {"$bytes": raw.hex()}
    if kind == "array":
        return [to_neutral(shape.parts[0], item) for item in value]
    if kind == "map":
        return {key: to_neutral(shape.parts[0], item) for key, item in value.items()}
    if kind == "record":
        return {name: to_neutral(part, value[name]) for name, part in shape.fields if name in value}
    if kind == "union":
        if not isinstance(value, Branch):
            value = _branch_of_default(shape, value)
        return {"$branch": value.index, "value": to_neutral(shape.parts[value.index], value.value)}
    return value


def _branch_of_default(union, value):
    for index, part in enumerate(union.parts):
        if _default_fits(part, value):
            return Branch(index, value)
    raise Refused("data", f"the default {value!r} fits no branch of its union")


def _default_fits(shape, value):
    kind = shape.kind
    if kind == "null":
        return value is None
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in RANGES:
        return type(value) is int and RANGES[kind][0] <= value <= RANGES[kind][1]
    if kind in ("float", "double"):
        return type(value) in (int, float)
    if kind in ("bytes", "string"):
        return isinstance(value, str)
    if kind == "fixed":
        return isinstance(value, str) and len(value) == shape.size
    if kind == "enum":
        return value in shape.symbols
    if kind == "array":
        return isinstance(value, list) and all(_default_fits(shape.parts[0], item) for item in value)
    if kind == "map":
        return isinstance(value, dict) and all(_default_fits(shape.parts[0], item) for item in value.values())
    return isinstance(value, dict) and all(name in value for name, _ in shape.fields)


def without_branches(value):
    """The value as a library gives it when nobody asks for branches."""
    if isinstance(value, Branch):
        return without_branches(value.value)
    if isinstance(value, list):
        return [without_branches(item) for item in value]
    if isinstance(value, dict):
        return {key: without_branches(item) for key, item in value.items()}
    return value


def same(left, right):
    """Equality that tells -0.0 from 0.0, True from 1 and knows NaN."""
    if type(left) is not type(right):
        return False
    if isinstance(left, float):
        return struct.pack(">d", left) == struct.pack(">d", right)
    if isinstance(left, list):
        return len(left) == len(right) and all(same(one, other) for one, other in zip(left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(item, right[key]) for key, item in left.items())
    return left == right

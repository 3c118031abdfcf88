"""Every primitive type read as every other, and as types that are none."""

from .. import REFUSED, array, enum, f32, f64, fixed, mapping, raw, record

# A value of each type: its bytes, and what it is.
SAMPLES = {
    "null": ("", None),
    "boolean": ("01", True),
    "int": ("03", -2),
    "long": ("03", -2),
    "float": ("0000c03f", f32(1.5)),
    "double": ("000000000000f83f", f64(1.5)),
    "bytes": ("04c3a9", raw("c3a9")),
    "string": ("04c3a9", "é"),
}
PROMOTED = {
    ("int", "long"): -2,
    ("int", "float"): f32(-2.0),
    ("int", "double"): f64(-2.0),
    ("long", "float"): f32(-2.0),
    ("long", "double"): f64(-2.0),
    ("float", "double"): f64(1.5),
    ("string", "bytes"): raw("c3a9"),
    ("bytes", "string"): "é",
}
COMPLEX = {
    "record": (record(("a", "int")), "02"),
    "enum": (enum("A"), "00"),
    "fixed": (fixed(1), "ff"),
    "array": (array("int"), "00"),
    "map": (mapping("int"), "00"),
}


def cases():
    for writer, (data, value) in SAMPLES.items():
        for reader in SAMPLES:
            name = f"{writer} as {reader}"
            if writer == reader:
                yield name, f'"{writer}"', f'"{reader}"', data, value
            elif (writer, reader) in PROMOTED:
                yield name, f'"{writer}"', f'"{reader}"', data, PROMOTED[writer, reader]
            else:
                yield name, f'"{writer}"', f'"{reader}"', data, REFUSED, "TYPE_MISMATCH /"
    for kind, (schema, data) in COMPLEX.items():
        for other, (reader, _) in COMPLEX.items():
            if kind != other:
                yield f"{kind} as {other}", schema, reader, data, REFUSED, "TYPE_MISMATCH /"
    for kind, primitive in [("fixed", "bytes"), ("enum", "string"), ("enum", "int"), ("array", "bytes"), ("record", "null")]:
        schema, data = COMPLEX[kind]
        yield f"{kind} as {primitive}", schema, f'"{primitive}"', data, REFUSED, "TYPE_MISMATCH /"
        yield f"{primitive} as {kind}", f'"{primitive}"', schema, SAMPLES[primitive][0], REFUSED, "TYPE_MISMATCH /"
    yield from edges()


def edges():
    yield "int to long at its least", '"int"', '"long"', "ffffffff0f", -(2**31)
    yield "int to float, rounded", '"int"', '"float"', "82808010", f32("4b800000")
    yield "int to float at its most", '"int"', '"float"', "feffffff0f", f32("4f000000")
    yield "int to double at its most", '"int"', '"double"', "feffffff0f", f64(2.0**31 - 1)
    yield "an int of more than 32 bits to long", '"int"', '"long"', "8080808020", REFUSED
    yield "an int of more than 32 bits to double", '"int"', '"double"', "8080808020", REFUSED
    yield "long to float, rounded", '"long"', '"float"', "82808010", f32("4b800000")
    yield "long to float at its least", '"long"', '"float"', "ffffffffffffffffff01", f32("df000000")
    yield "long to double, rounded", '"long"', '"double"', "8280808080808020", f64(float(2**53))
    yield "long to double at its most", '"long"', '"double"', "feffffffffffffffff01", f64("43e0000000000000")
    yield "float to double", '"float"', '"double"', "cdcccc3d", f64("3fb99999a0000000")
    yield "float to double, infinite", '"float"', '"double"', "000080ff", f64("fff0000000000000")
    yield "float to double, no number", '"float"', '"double"', "0000c07f", f64("7ff8000000000000")
    yield "float to double, negative zero", '"float"', '"double"', "00000080", f64("8000000000000000")
    yield "string to bytes, empty", '"string"', '"bytes"', "00", raw("")
    yield "bytes that are no text to string", '"bytes"', '"string"', "04c328", REFUSED
    yield "text that is none to bytes", '"string"', '"bytes"', "04c328", raw("c328")
    yield "a long cut off, promoted", '"long"', '"double"', "80", REFUSED
    yield "a float cut off, promoted", '"float"', '"double"', "0000c0", REFUSED

"""Values of every type that the reader does not want, with and without the sizes of blocks."""

from .. import REFUSED, array, enum, fixed, mapping, record
from .primitives import SAMPLES
from .records import A, B, fields


def cases():
    inner = record(("x", "string"), ("y", array("int")), name="I")
    values = {
        **{kind: (f'"{kind}"', data) for kind, (data, _) in SAMPLES.items()},
        "fixed": (fixed(3), "ffffff"),
        "enum": (enum("A", "B"), "02"),
        "record": (inner, "0278" "020200"),
        "record without fields": (record(name="I"), ""),
        "union": (["null", "string", inner], "04" "0278" "020200"),
        "union at null": (["null", "string"], "00"),
        "array": (array("string"), "040278027900"),
        "array of nulls": (array("null"), "0600"),
        "array of several blocks": (array("int"), "0202" "040406" "00"),
        "array with the sizes of blocks": (array("string"), "03" "08" "0278" "0279" "00"),
        "array of blocks with sizes and without": (array("int"), "01" "02" "02" "02" "04" "00"),
        "array of arrays": (array(array("int")), "02" "0202" "00" "00"),
        "array of arrays with the sizes of blocks": (array(array("int")), "01" "0a" "01" "04" "0202" "00" "00"),
        "map": (mapping("int"), "0202610200"),
        "map with the sizes of blocks": (mapping("int"), "01" "06" "0261" "02" "00"),
        "map of arrays with the sizes of blocks": (mapping(array("int")), "01" "0c" "0261" "01" "02" "02" "00" "00"),
        "long string": ('"string"', "8001" + "78" * 64),
    }
    for name, (schema, data) in values.items():
        schema = schema if not isinstance(schema, str) else schema.strip('"')
        writer = fields(A, {"name": "s", "type": schema}, B)
        yield f"skipped: {name}", writer, fields(A, B), "02" + data + "04", {"a": 1, "b": 2}
    text = fields({"name": "s", "type": "string"}, B)
    yield "skipped: bytes that are no text", text, fields(B), "02ff" "04", {"b": 2}
    yield "skipped: a string cut off", text, fields(B), "0478", REFUSED
    yield "skipped: a string of negative length", text, fields(B), "0104", REFUSED
    yield "skipped: a fixed cut off", fields({"name": "s", "type": fixed(3)}), fields(), "ffff", REFUSED
    yield "skipped: a branch that is none", fields({"name": "s", "type": ["null", "int"]}), fields(), "0402", REFUSED
    yield "skipped: an array cut off", fields({"name": "s", "type": array("int")}), fields(), "0402", REFUSED
    yield "skipped: a block cut off", fields({"name": "s", "type": array("int")}), fields(), "010402", REFUSED
    yield "skipped: within skipped ones", fields({"name": "s", "type": inner}, {"name": "t", "type": "I"}, B), fields(B), (
        "0278" "020200" "00" "00" "04"
    ), {"b": 2}
    sized = fields({"name": "s", "type": array(mapping("string"))}, B)
    yield "a nested field dropped", sized, fields(B), "02" "02" "0261" "0278" "00" "00" "04", {"b": 2}
    yield "a field with block sizes dropped", sized, fields(B), "01" "0c" "02" "0261" "0278" "00" "00" "04", {"b": 2}

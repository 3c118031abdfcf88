"""The JSON encoding of the specification."""

from . import EVERYTHING, EVERYTHING_VALUE, LIST, REFUSED, array, branch, enum, f32, f64, fixed, mapping, raw, record, text


def cases():
    for name, schema, value in values():
        yield "json_encode", name, {"schema": text(schema), "value": value}, None
    for name, schema, data, value in readable():
        yield "json_decode", name, {"schema": text(schema), "text": data}, {"value": value}
    for name, schema, data in wrong():
        yield "json_decode", name, {"schema": text(schema), "text": data}, REFUSED


def values():
    yield "null", '"null"', None
    yield "boolean", '"boolean"', True
    yield "int", '"int"', -5
    yield "long beyond a double", '"long"', 2**53 + 1
    yield "the smallest long", '"long"', -(2**63)
    yield "float", '"float"', f32(1.5)
    yield "float that has no short form", '"float"', f32(0.1)
    yield "double", '"double"', f64(-1e300)
    yield "double without fraction", '"double"', f64(3.0)
    yield "negative zero", '"double"', f64(-0.0)
    yield "not a number", '"double"', f64("7ff8000000000000")
    yield "infinity", '"double"', f64("7ff0000000000000")
    yield "negative infinity", '"float"', f32("ff800000")
    yield "string", '"string"', 'grüße "🎈" \\ \n \0'
    yield "bytes", '"bytes"', raw("00417fff")
    yield "fixed", fixed(2), raw("80ff")
    yield "enum", enum("A", "B"), "B"
    yield "array", array("int"), [1, 2]
    yield "map", mapping("int"), {"k": 1}
    yield "the null of a union", '["null","int"]', branch(0, None)
    yield "the int of a union", '["null","int"]', branch(1, 5)
    yield "a union in an array", array(["null", "string"]), [branch(0, None), branch(1, "x")]
    yield "the array of a union", ["null", array("int")], branch(1, [1])
    yield "the map of a union", ["null", mapping("int")], branch(1, {"a": 1})
    yield "the named type of a union", ["null", fixed(1, name="a.b.F")], branch(1, raw("ff"))
    yield "the logical type of a union", ["null", {"type": "int", "logicalType": "date"}], branch(1, 5)
    named = record(("x", "int"), name="In", namespace="n")
    yield "the record of a union", ["null", named], branch(1, {"x": 1})
    yield "everything", EVERYTHING, EVERYTHING_VALUE
    yield "a list", LIST, {"value": 1, "next": branch(1, {"value": 2, "next": branch(0, None)})}


def readable():
    yield "fields in another order", record(("a", "int"), ("b", "string")), '{"b":"x","a":1}', {"a": 1, "b": "x"}
    yield "a double without fraction", '"double"', "3", f64(3.0)
    yield "a union's branch by name", '["null","string"]', '{"string":"x"}', branch(1, "x")
    yield "bytes with escapes", '"bytes"', r'"\u0000\u00ff"', raw("00ff")


def wrong():
    yield "a branch that the union lacks", '["null","string"]', '{"int":1}'
    yield "a bare value in a union", '["null","string"]', '"x"'
    yield "a field missing", record(("a", "int"), ("b", "int")), '{"a":1}'
    yield "a string for an int", '"int"', '"1"'
    yield "an int beyond its range", '"int"', "2147483648"
    yield "a symbol that the enum lacks", enum("A"), '"B"'
    yield "a fixed of the wrong size", fixed(2), '"a"'
    yield "a letter beyond a byte", '"bytes"', '"Ā"'
    yield "a text cut off", array("int"), "[1,"

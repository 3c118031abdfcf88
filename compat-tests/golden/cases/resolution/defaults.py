"""What a field holds that the writer did not write: its default, read as the specification's section "Complex Types" says."""

from .. import INVALID, REFUSED, array, branch, enum, f32, f64, fixed, mapping, raw
from .records import A, B, fields, with_default


def cases():
    def added(kind, default):
        return fields(), fields(with_default("d", kind, default)), ""

    for name, kind, default, value in accepted():
        yield f"default {name}", *added(kind, default), {"d": value}
    inner = fields(A, with_default("b", "string", "inner"), name="Inner")
    yield "default record", *added(inner, {"a": 1, "b": "x"}), {"d": {"a": 1, "b": "x"}}
    yield "default record, filled by its own defaults", *added(inner, {"a": 1}), {"d": {"a": 1, "b": "inner"}}
    middle = fields(with_default("i", inner, {"a": 2}), with_default("n", "int", 3), name="Middle")
    yield "default record of nothing, filled twice over", *added(middle, {}), {"d": {"i": {"a": 2, "b": "inner"}, "n": 3}}
    yield "default records in an array, filled", *added(array(inner), [{"a": 1}, {"a": 2, "b": "y"}]), {
        "d": [{"a": 1, "b": "inner"}, {"a": 2, "b": "y"}]
    }
    yield "default records in a map, filled", *added(mapping(inner), {"k": {"a": 1}}), {"d": {"k": {"a": 1, "b": "inner"}}}
    yield "default record in a union, filled", *added(["null", inner], {"a": 1}), {"d": branch(1, {"a": 1, "b": "inner"})}
    listed = fields(A, with_default("next", ["null", "List"], None), name="List")
    yield "default of a recursive record", *added(listed, {"a": 1}), {"d": {"a": 1, "next": branch(0, None)}}
    value = {"a": 1, "next": branch(1, {"a": 2, "next": branch(0, None)})}
    yield "default of a recursive record, two deep", *added(listed, {"a": 1, "next": {"a": 2}}), {"d": value}
    for name, kind, default in refused():
        yield f"default {name}", *added(kind, default), REFUSED, INVALID
    yield from elsewhere()


def accepted():
    yield "null", "null", None, None
    yield "boolean", "boolean", True, True
    yield "int", "int", -(2**31), -(2**31)
    yield "long", "long", 2**63 - 1, 2**63 - 1
    yield "float", "float", 0.1, f32(0.1)
    yield "float without fraction", "float", 1, f32(1.0)
    yield "float that is rounded", "float", 16777217, f32("4b800000")
    yield "double", "double", -1e300, f64(-1e300)
    yield "double without fraction", "double", 7, f64(7.0)
    yield "double of many digits", "double", 2**53 + 1, f64(float(2**53))
    yield "double negative zero", "double", -0.0, f64("8000000000000000")
    yield "string", "string", "grüße", "grüße"
    yield "string empty", "string", "", ""
    yield "bytes", "bytes", "\u00ff\u0001", raw("ff01")
    yield "bytes of every kind", "bytes", "\u0000\u007f\u0080\u00ff", raw("007f80ff")
    yield "fixed", fixed(2), "\u00ff\u0001", raw("ff01")
    yield "enum", enum("A", "B"), "B", "B"
    yield "enum, against that of its type", enum("A", "B", default="A"), "B", "B"
    yield "array", array("int"), [1, 2], [1, 2]
    yield "array empty", array("int"), [], []
    yield "array of bytes", array("bytes"), ["\u0080"], [raw("80")]
    yield "array of arrays", array(array("double")), [[1], []], [[f64(1.0)], []]
    yield "map", mapping("long"), {"k": 1}, {"k": 1}
    yield "map of floats", mapping("float"), {"k": 2}, {"k": f32(2.0)}
    yield "of the first branch", ["null", "string"], None, branch(0, None)
    yield "of a later branch", ["null", "string"], "z", branch(1, "z")
    yield "of the first branch that fits", ["int", "long", "double"], 2**40, branch(1, 2**40)
    yield "of the first branch for a fraction", ["int", "long", "double"], 0.5, branch(2, f64(0.5))
    yield "of an enum branch", ["null", enum("A")], "A", branch(1, "A")
    yield "of an array of unions", array(["null", "int"]), [None, 1], [branch(0, None), branch(1, 1)]
    decimal = {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}
    yield "decimal", decimal, "\u0000\u00ff", raw("00ff")
    yield "timestamp", {"type": "long", "logicalType": "timestamp-millis"}, 1, 1


def refused():
    yield "double in a string", "double", "NaN"
    yield "float in a string", "float", "Infinity"
    yield "int in a string", "int", "1"
    yield "null for an int", "int", None
    yield "record that lacks a field", fields(A, B, name="Inner"), {"a": 1}


def elsewhere():
    """Defaults in records that stand elsewhere than at the top."""
    writer = fields({"name": "i", "type": fields(A, name="I")}, B)
    reader = fields({"name": "i", "type": fields(with_default("c", "bytes", "\u00fe"), A, name="I")}, B)
    yield "default inside a record", writer, reader, "0204", {"i": {"c": raw("fe"), "a": 1}, "b": 2}
    writer, reader = fields(A), fields(with_default("n", fields(with_default("x", "double", 1), name="N"), {}), A)
    yield "default record of a new type", writer, reader, "02", {"n": {"x": f64(1.0)}, "a": 1}
    shared = fields({"name": "p", "type": fields(A, name="P")}, with_default("q", "P", {"a": 4}))
    yield "default of a type that is also read", fields({"name": "p", "type": fields(A, name="P")}), shared, "02", {
        "p": {"a": 1},
        "q": {"a": 4},
    }
    reader = fields({"name": "e", "type": enum("A", default="A")})
    yield "an enum's default is not for fields", fields(), reader, "", REFUSED, "READER_FIELD_MISSING_DEFAULT_VALUE /fields/0"

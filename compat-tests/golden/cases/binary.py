"""Values in the binary encoding, and the single-object encoding around it."""

from . import EVERYTHING, EVERYTHING_VALUE, LIST, TREE, array, branch, enum, f32, f64, fixed, mapping, raw, record, text


def cases():
    for name, schema, value in values():
        yield "encode", name, {"schema": text(schema), "value": value}, None
    for name, schema, value in [
        ("a string", '"string"', "abc"),
        ("everything", EVERYTHING, EVERYTHING_VALUE),
        ("a recursive record", LIST, {"value": 1, "next": branch(0, None)}),
        ("a null", '"null"', None),
    ]:
        yield "single_object_encode", name, {"schema": text(schema), "value": value}, None


def values():
    yield "null", "null", None
    yield "true", "boolean", True
    yield "false", "boolean", False
    for number in sorted(int_edges()):
        yield f"int {number}", "int", number
    for number in sorted(long_edges()):
        yield f"long {number}", "long", number
    for name, bits in [
        ("0.0", "00000000"),
        ("-0.0", "80000000"),
        ("1.0", "3f800000"),
        ("infinity", "7f800000"),
        ("-infinity", "ff800000"),
        ("not a number", "7fc00000"),
        ("the smallest", "00000001"),
        ("the largest", "7f7fffff"),
    ]:
        yield f"float {name}", "float", f32(bits)
    for name, bits in [
        ("0.0", "0000000000000000"),
        ("-0.0", "8000000000000000"),
        ("1.0", "3ff0000000000000"),
        ("infinity", "7ff0000000000000"),
        ("-infinity", "fff0000000000000"),
        ("not a number", "7ff8000000000000"),
        ("the smallest", "0000000000000001"),
        ("the largest", "7fefffffffffffff"),
    ]:
        yield f"double {name}", "double", f64(bits)
    for name, value in [
        ("empty", ""),
        ("ascii", "hello"),
        ("two bytes a letter", "grüße"),
        ("three bytes a letter", "日本語"),
        ("four bytes a letter", "🎈👩‍🚀"),
        ("with zero", "a\0b"),
        ("the last of the first plane", "\uffff"),
        ("the last of all", "\U0010ffff"),
        ("63 bytes", "x" * 63),
        ("64 bytes", "x" * 64),
        ("64 bytes in 32 letters", "ü" * 32),
    ]:
        yield f"string, {name}", "string", value
    for name, value in [("empty", ""), ("one", "00"), ("all", bytes(range(256)).hex())]:
        yield f"bytes, {name}", "bytes", raw(value)
    yield "fixed of one byte", fixed(1), raw("ff")
    yield "fixed of 16 bytes", fixed(16), raw("000102030405060708090a0b0c0d0e0f")
    yield "the first symbol", enum("A", "B"), "A"
    yield "the second symbol", enum("A", "B"), "B"
    many = enum(*(f"S{i}" for i in range(130)))
    yield "the 64th symbol", many, "S63"
    yield "the 65th symbol", many, "S64"
    yield "the 130th symbol", many, "S129"
    yield "no items", array("int"), []
    yield "one item", array("int"), [0]
    yield "three items", array("int"), [1, -1, 64]
    yield "65 items", array("boolean"), [True] * 65
    yield "items without bytes", array("null"), [None] * 3
    yield "arrays in an array", array(array("long")), [[], [1], [2, 3]]
    yield "no entries", mapping("int"), {}
    yield "one entry", mapping("int"), {"a": 1}
    yield "two entries", mapping("string"), {"a": "x", "b": ""}
    yield "an entry with an empty key", mapping("null"), {"": None}
    yield "an entry with a long key", mapping(mapping("int")), {"schlüssel": {"k": -1}}
    union = ["null", "boolean", "int", "long", "float", "double", "string", "bytes", fixed(2), enum("A"), array("int")]
    union += [mapping("int"), record(("x", "int"))]
    for index, value in enumerate(
        [None, True, 1, 1, f32(1.0), f64(1.0), "s", raw("ff"), raw("0102"), "A", [1], {"k": 1}, {"x": 1}]
    ):
        yield f"branch {index} of 13", union, branch(index, value)
    yield "null as the last branch", ["string", "null"], branch(1, None)
    yield "a union of one", ["string"], branch(0, "x")
    both = [record(("x", "int"), name="A"), record(("x", "int"), name="B")]
    yield "the first of two equal records", both, branch(0, {"x": 5})
    yield "the second of two equal records", both, branch(1, {"x": 5})
    yield "an empty record", record(), {}
    yield "records in a record", record(("a", record(("b", record(("c", "int"), name="C")), name="B"))), {"a": {"b": {"c": 3}}}
    yield "everything", EVERYTHING, EVERYTHING_VALUE
    yield "a list of three", LIST, linked([1, 2, 3])
    yield "a list of thirty", LIST, linked(list(range(30)))
    leaf = {"name": "leaf", "children": []}
    yield "a tree", TREE, {"name": "root", "children": [leaf, {"name": "inner", "children": [leaf, leaf]}]}
    yield "decimal as bytes", {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}, raw("ff85")
    yield "decimal as fixed", fixed(4, logicalType="decimal", precision=9, scale=2), raw("ffffff85")
    yield "uuid as string", {"type": "string", "logicalType": "uuid"}, "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"
    yield "uuid as fixed", fixed(16, logicalType="uuid"), raw("f81d4fae7dec11d0a76500a0c91e6bf6")
    yield "date", {"type": "int", "logicalType": "date"}, -1
    for logical in ("time-micros", "timestamp-millis", "timestamp-micros", "timestamp-nanos", "local-timestamp-millis"):
        yield logical, {"type": "long", "logicalType": logical}, 1234567890123
    yield "duration", fixed(12, logicalType="duration"), raw("010000000200000003000000")


def int_edges():
    return {edge for edge in long_edges() if -(2**31) <= edge < 2**31}


def long_edges():
    edges = {0, -1, 1, -2, 2**31 - 1, -(2**31), 2**31, -(2**31) - 1, 2**63 - 1, -(2**63), 2**53, 2**53 + 1}
    # Where the encoding takes another byte.
    for bytes_taken in range(1, 10):
        edge = 1 << (7 * bytes_taken - 1)
        edges |= {edge - 1, edge, -edge, -edge - 1}
    return edges


def linked(values):
    value = branch(0, None)
    for number in reversed(values):
        value = branch(1, {"value": number, "next": value})
    return value["value"]

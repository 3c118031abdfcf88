"""Old data under new schemas, and the verdict that goes with it."""

from . import REFUSED, array, branch, enum, f32, f64, fixed, mapping, raw, record, text


def cases():
    for name, writer, reader, data, expected in resolutions():
        read = len(bytes.fromhex(data))
        if expected is not None and expected is not REFUSED:
            expected = {"value": expected[0], "read": read}
        request = {"schema": text(writer), "reader": text(reader), "hex": data}
        yield "decode", name, request, expected
        yield "compatibility", name, {"writer": text(writer), "reader": text(reader)}, VERDICTS.get(name)


def incompatible(kind, location):
    return {"compatible": False, "incompatibilities": [{"kind": kind, "location": location}]}


# Where Java's check is not what the specification says, or not what its own decoder does.
VERDICTS = {
    "an enum's default is not for fields": incompatible("READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/0"),
    "a decimal of another scale": incompatible("TYPE_MISMATCH", "/"),
}


def with_default(name, kind, default, **more):
    return {"name": name, "type": kind, "default": default, **more}


def fields(*entries, name="R", **more):
    return {"type": "record", "name": name, "fields": list(entries), **more}


A = {"name": "a", "type": "int"}
B = {"name": "b", "type": "int"}


def resolutions():
    yield from promotions()
    yield from names()
    yield from records()
    yield from defaults()
    yield from enums_and_fixed()
    yield from unions()


def promotions():
    yield "int to long", '"int"', '"long"', "7f", (-64,)
    yield "int to float", '"int"', '"float"', "02", (f32(1.0),)
    yield "int to float, rounded", '"int"', '"float"', "82808010", (f32("4b800000"),)
    yield "int to double", '"int"', '"double"', "01", (f64(-1.0),)
    yield "long to float", '"long"', '"float"', "02", (f32(1.0),)
    yield "long to double, rounded", '"long"', '"double"', "82808080808080" "20", (f64(float(2**53)),)
    yield "float to double", '"float"', '"double"', "cdcccc3d", (f64("3fb99999a0000000"),)
    yield "string to bytes", '"string"', '"bytes"', "04c3a9", (raw("c3a9"),)
    yield "bytes to string", '"bytes"', '"string"', "04c3a9", ("é",)
    yield "bytes that are no text to string", '"bytes"', '"string"', "04c328", REFUSED
    for writer, reader in [
        ("long", "int"),
        ("float", "int"),
        ("float", "long"),
        ("double", "float"),
        ("double", "long"),
        ("int", "string"),
        ("boolean", "int"),
        ("null", "int"),
        ("string", "int"),
    ]:
        data = {"long": "02", "float": "0000803f", "double": "000000000000f03f", "int": "02"}.get(writer)
        data = data or {"boolean": "01", "null": "", "string": "00"}[writer]
        yield f"{writer} to {reader}", f'"{writer}"', f'"{reader}"', data, REFUSED
    yield "items promoted", array("int"), array("long"), "020200", ([1],)
    yield "values promoted", mapping("int"), mapping("double"), "0202610200", ({"a": f64(1.0)},)
    yield "an array to a map", array("int"), mapping("int"), "00", REFUSED


def names():
    yield "a record of another name", fields(A, name="X"), fields(A, name="Y"), "02", REFUSED
    yield "a record of another namespace", fields(A, name="p.X"), fields(A, name="q.X"), "02", ({"a": 1},)
    renamed = fields(A, name="Y", aliases=["X"])
    yield "a record with an alias", fields(A, name="X"), renamed, "02", ({"a": 1},)
    renamed = fields(A, name="n.Y", aliases=["X"])
    yield "an alias takes the type's namespace", fields(A, name="n.X"), renamed, "02", ({"a": 1},)
    renamed = fields(A, name="n.Y", aliases=["m.X"])
    yield "an alias with a namespace", fields(A, name="m.X"), renamed, "02", ({"a": 1},)
    yield "an enum of another name", enum("A", name="X"), enum("A", name="Y"), "00", REFUSED
    yield "an enum with an alias", enum("A", name="X"), enum("A", name="Y", aliases=["X"]), "00", ("A",)
    yield "a fixed of another name", fixed(1, name="X"), fixed(1, name="Y"), "ff", REFUSED
    yield "a fixed with an alias", fixed(1, name="X"), fixed(1, name="Y", aliases=["X"]), "ff", (raw("ff"),)


def records():
    yield "the same fields in another order", fields(A, B), fields(B, A), "0204", ({"a": 1, "b": 2},)
    yield "a field dropped", fields(A, B), fields(B), "0204", ({"b": 2},)
    long_one = {"name": "s", "type": array(mapping("string"))}
    skipped = "02" "02" "0261" "0278" "00" "00"
    yield "a nested field dropped", fields(long_one, B), fields(B), skipped + "04", ({"b": 2},)
    sized = "01" "0c" "02" "0261" "0278" "00" "00"
    yield "a field with block sizes dropped", fields(long_one, B), fields(B), sized + "04", ({"b": 2},)
    yield "all fields dropped", fields(A, B), fields(), "0204", ({},)
    yield "a field added without default", fields(A), fields(A, B), "02", REFUSED
    yield "a field added with default", fields(A), fields(A, with_default("b", "int", 7)), "02", ({"a": 1, "b": 7},)
    alias = {"name": "z", "type": "int", "aliases": ["a"]}
    yield "a field renamed with alias", fields(A), fields(alias), "02", ({"z": 1},)
    yield "a field renamed without alias", fields(A), fields({"name": "z", "type": "int"}), "02", REFUSED
    promoted = {"name": "z", "type": "double", "aliases": ["a"]}
    yield "renamed and promoted", fields(A), fields(promoted), "02", ({"z": f64(1.0)},)
    writer = fields({"name": "v", "type": "int"}, {"name": "next", "type": ["null", "R"]})
    reader = fields({"name": "v", "type": "long"}, {"name": "next", "type": ["null", "R"]}, with_default("w", "int", 9))
    value = {"v": 1, "next": branch(1, {"v": 2, "next": branch(0, None), "w": 9}), "w": 9}
    yield "a recursive record", writer, reader, "02020400", (value,)
    writer = fields({"name": "x", "type": fields(A, name="X")}, {"name": "y", "type": "X"})
    reader = fields({"name": "y", "type": fields(A, with_default("b", "int", 3), name="X")}, {"name": "x", "type": "X"})
    yield "a type defined at another place", writer, reader, "0204", ({"y": {"a": 2, "b": 3}, "x": {"a": 1, "b": 3}},)


def defaults():
    def added(kind, default):
        return fields(), fields(with_default("d", kind, default)), ""

    yield "default null", *added("null", None), ({"d": None},)
    yield "default boolean", *added("boolean", True), ({"d": True},)
    yield "default int", *added("int", -(2**31)), ({"d": -(2**31)},)
    yield "default long", *added("long", 2**63 - 1), ({"d": 2**63 - 1},)
    yield "default float", *added("float", 0.1), ({"d": f32(0.1)},)
    yield "default float without fraction", *added("float", 1), ({"d": f32(1.0)},)
    yield "default double", *added("double", -1e300), ({"d": f64(-1e300)},)
    yield "default string", *added("string", "grüße"), ({"d": "grüße"},)
    yield "default bytes", *added("bytes", "\u00ff\u0001"), ({"d": raw("ff01")},)
    yield "default fixed", *added(fixed(2), "\u00ff\u0001"), ({"d": raw("ff01")},)
    yield "default enum", *added(enum("A", "B"), "B"), ({"d": "B"},)
    yield "default array", *added(array("int"), [1, 2]), ({"d": [1, 2]},)
    yield "default array of bytes", *added(array("bytes"), ["\u0080"]), ({"d": [raw("80")]},)
    yield "default map", *added(mapping("long"), {"k": 1}), ({"d": {"k": 1}},)
    yield "default of the first branch", *added(["null", "string"], None), ({"d": branch(0, None)},)
    yield "default of a later branch", *added(["null", "string"], "z"), ({"d": branch(1, "z")},)
    yield "default of the first branch that fits", *added(["int", "long", "double"], 2**40), ({"d": branch(1, 2**40)},)
    inner = fields(A, with_default("b", "string", "inner"), name="Inner")
    yield "default record", *added(inner, {"a": 1, "b": "x"}), ({"d": {"a": 1, "b": "x"}},)
    yield "default record, filled by its own defaults", *added(inner, {"a": 1}), ({"d": {"a": 1, "b": "inner"}},)


def enums_and_fixed():
    yield "symbols added", enum("A", "B"), enum("C", "B", "A"), "00", ("A",)
    yield "a symbol that the reader lacks", enum("A", "B"), enum("A"), "02", REFUSED
    yield "a symbol that the reader has, another lacking", enum("A", "B"), enum("A"), "00", ("A",)
    yield "the reader's default for a symbol", enum("A", "B"), enum("A", "X", default="X"), "02", ("X",)
    writer = fields({"name": "e", "type": enum("A", "B")})
    reader = fields(with_default("e", enum("A"), "A"))
    yield "a field's default is not for symbols", writer, reader, "02", REFUSED
    reader = fields({"name": "e", "type": enum("A", default="A")})
    yield "an enum's default is not for fields", fields(), reader, "", REFUSED
    yield "a fixed of another size", fixed(1), fixed(2), "ff", REFUSED


def unions():
    yield "into a union", '"int"', '["null","int"]', "02", (branch(1, 1),)
    yield "into a union by promotion", '"int"', '["null","double"]', "02", (branch(1, f64(1.0)),)
    yield "into a union, the exact one before the first", '"int"', '["long","int"]', "02", (branch(1, 1),)
    yield "into a union, the first promotion", '"int"', '["null","float","double"]', "02", (branch(1, f32(1.0)),)
    yield "into a union without a place", '"int"', '["null","string"]', "02", REFUSED
    yield "out of a union", '["null","int"]', '"int"', "0202", (1,)
    yield "out of a union, the wrong one", '["null","int"]', '"int"', "00", REFUSED
    yield "out of a union by promotion", '["null","int"]', '"long"', "0202", (1,)
    yield "branches in another order", '["null","string"]', '["string","null"]', "020278", (branch(0, "x"),)
    yield "branches added", '["null","string"]', '["int","null","string"]', "020278", (branch(2, "x"),)
    yield "a branch dropped, not met", '["null","string","int"]', '["null","string"]', "020278", (branch(1, "x"),)
    yield "a branch dropped, met", '["null","string","int"]', '["null","string"]', "0402", REFUSED
    yield "a branch promoted", '["null","int"]', '["null","long"]', "0202", (branch(1, 1),)
    yield "the exact branch before a promotion", '["int","string"]', '["bytes","string"]', "020278", (branch(1, "x"),)
    one, other = fields(A, name="A"), fields(A, name="B")
    yield "record B into A or B of the same shape", other, [one, other], "02", (branch(1, {"a": 1}),)
    yield "record B of a union into A or B", [one, other], [one, other], "0202", (branch(1, {"a": 1}),)
    yield "a record of no name in the union, of one's shape", fields(A, name="C"), [one, other], "02", REFUSED
    yield "a record into null or a later version", fields(A), ["null", fields(A, with_default("b", "int", 1))], "02", (
        branch(1, {"a": 1, "b": 1}),
    )
    decimal = {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 1}
    other = {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}
    yield "a decimal of another scale", decimal, other, "0201", REFUSED

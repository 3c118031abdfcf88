"""Unions on either side and on both. Among the reader's branches, the exact type or full name comes before an alias, an alias
before an unqualified name, and all before a promotion, as in the Java implementation.
"""

from .. import REFUSED, array, branch, enum, f32, f64, fixed, mapping, raw
from .primitives import PROMOTED, SAMPLES
from .records import A, fields, with_default

MISSING = "MISSING_UNION_BRANCH"


def cases():
    yield from into()
    yield from out_of()
    yield from both()
    yield from records()


def into():
    """A plain writer, a reader with a union."""
    for writer, reader in [*PROMOTED, *((kind, kind) for kind in SAMPLES if kind != "null")]:
        data, value = SAMPLES[writer]
        value = PROMOTED.get((writer, reader), value)
        yield f"{writer} into a union with {reader}", f'"{writer}"', f'["null","{reader}"]', data, branch(1, value)
    yield "null into a union", '"null"', '["int","null"]', "", branch(1, None)
    yield "into a union of one", '"int"', '["int"]', "02", branch(0, 1)
    yield "into a union, the exact one before the first", '"int"', '["long","int"]', "02", branch(1, 1)
    yield "into a union, the first promotion", '"int"', '["null","float","double"]', "02", branch(1, f32(1.0))
    yield "into a union, the first promotion of all", '"int"', '["double","float","long"]', "02", branch(0, f64(1.0))
    yield "into a union, string before bytes", '"string"', '["bytes","string"]', "0278", branch(1, "x")
    yield "into a union, bytes before string", '"bytes"', '["string","bytes"]', "02ff", branch(1, raw("ff"))
    yield "into a union without a place", '"int"', '["null","string"]', "02", REFUSED, f"{MISSING} /"
    yield "double into a union of narrower ones", '"double"', '["int","long","float"]', SAMPLES["double"][0], REFUSED, (
        f"{MISSING} /"
    )
    yield "an array into a union", array("int"), ["null", array("long")], "020200", branch(1, [1])
    yield "an array into a union, of other items", array("int"), ["null", array("string")], "020200", REFUSED, (
        "TYPE_MISMATCH /1/items"
    )
    yield "a map into a union", mapping("int"), [array("int"), mapping("int")], "0202610200", branch(1, {"a": 1})
    yield "an enum into a union", enum("A", "B"), ["null", enum("B", "A")], "02", branch(1, "B")
    yield "an enum into a union, of another name", enum("A"), ["null", enum("A", name="G")], "00", REFUSED, f"{MISSING} /"
    yield "an enum into a union, of another namespace", enum("A", name="p.E"), ["null", enum("A", name="q.E")], "00", branch(1, "A")
    yield "an enum into a union, with an alias", enum("A"), ["null", enum("A", name="G", aliases=["E"])], "00", branch(1, "A")
    yield "a fixed into a union", fixed(1), ["bytes", fixed(1)], "ff", branch(1, raw("ff"))
    yield "a fixed into a union, of another name", fixed(1), ["bytes", fixed(1, name="G")], "ff", REFUSED, f"{MISSING} /"
    yield "a fixed into a union, of another size", fixed(1), ["null", fixed(2)], "ff", REFUSED, "FIXED_SIZE_MISMATCH /1/size"
    sizes = ["null", fixed(2, name="q.F"), fixed(1, name="r.F")]
    yield "a fixed into a union, of another namespace and size", fixed(1, name="p.F"), sizes, "ff", branch(2, raw("ff"))
    yield "a field made nullable", fields(A), fields({**A, "type": ["null", "int"]}), "02", {"a": branch(1, 1)}
    lacking = f"{MISSING} /fields/0/type"
    yield "a field into a union without a place", fields(A), fields({**A, "type": ["null", "string"]}), "02", REFUSED, lacking


def out_of():
    """A writer with a union, a plain reader."""
    yield "out of a union", '["null","int"]', '"int"', "0202", 1, "TYPE_MISMATCH /0"
    yield "out of a union, the wrong one", '["null","int"]', '"int"', "00", REFUSED, "TYPE_MISMATCH /0"
    yield "out of a union by promotion", '["null","int"]', '"long"', "0202", 1, "TYPE_MISMATCH /0"
    yield "out of a union of one", '["int"]', '"int"', "0002", 1
    yield "out of a union, every branch by promotion", '["int","long","float"]', '"double"', "040000c03f", f64(1.5)
    yield "out of a union of text and bytes", '["string","bytes"]', '"string"', "0204c3a9", "é"
    yield "out of a union, no branch", '["null","boolean"]', '"int"', "00", REFUSED, "TYPE_MISMATCH /0", "TYPE_MISMATCH /1"
    yield "out of a union, beyond its branches", '["null","int"]', '"int"', "04", REFUSED, "TYPE_MISMATCH /0"
    yield "out of a union, before its branches", '["null","int"]', '"int"', "01", REFUSED, "TYPE_MISMATCH /0"
    faults = ("TYPE_MISMATCH /fields/0/type/0",)
    yield "a field no longer nullable", fields({**A, "type": ["null", "int"]}), fields(A), "0202", {"a": 1}, *faults
    yield "a field no longer nullable, null", fields({**A, "type": ["null", "int"]}), fields(A), "00", REFUSED, *faults
    renamed = ["null", fields(A, name="B")]
    yield "out of a union, a record of another name", renamed, fields(A), "0202", REFUSED, "TYPE_MISMATCH /0", "NAME_MISMATCH /1/name"
    yield "out of a union of records", [fields(A), fields(A, name="p.R")], fields(A), "0202", {"a": 1}


def both():
    yield "the same union", '["null","string"]', '["null","string"]', "020278", branch(1, "x")
    yield "branches in another order", '["null","string"]', '["string","null"]', "020278", branch(0, "x")
    yield "branches added", '["null","string"]', '["int","null","string"]', "020278", branch(2, "x")
    yield "a branch dropped, not met", '["null","string","int"]', '["null","string"]', "020278", branch(1, "x"), f"{MISSING} /2"
    yield "a branch dropped, met", '["null","string","int"]', '["null","string"]', "0402", REFUSED, f"{MISSING} /2"
    yield "a branch promoted", '["null","int"]', '["null","long"]', "0202", branch(1, 1)
    yield "two branches into one", '["int","long"]', '["null","long"]', "0002", branch(1, 1)
    yield "two branches into one by promotion", '["float","int"]', '["double"]', "0202", branch(0, f64(1.0))
    yield "the exact branch before a promotion", '["int","string"]', '["bytes","string"]', "020278", branch(1, "x"), f"{MISSING} /0"
    yield "no branch the same", '["null","boolean"]', '["int","string"]', "00", REFUSED, f"{MISSING} /0", f"{MISSING} /1"
    yield "a branch beyond the writer's", '["null","int"]', '["null","int","long"]', "0402", REFUSED
    yield "a branch that is negative", '["null","int"]', '["int","null"]', "01", REFUSED
    items = ["null", array(["null", "int"])]
    yield "a union in an array in a union", items, ["null", array(["long", "null"])], "02" "0400020200", branch(
        1, [branch(1, None), branch(0, 1)]
    )
    writer = {"type": "record", "name": "R", "fields": [{"name": "u", "type": ["null", "int", "string"]}]}
    reader = {"type": "record", "name": "R", "fields": [{"name": "u", "type": ["null", "int"]}]}
    yield "a branch dropped in a field", writer, reader, "0202", {"u": branch(1, 1)}, f"{MISSING} /fields/0/type/2"


def records():
    one, other = fields(A, name="A"), fields(A, name="B")
    yield "record B into A or B of the same shape", other, [one, other], "02", branch(1, {"a": 1})
    yield "record A into B or A of the same shape", one, [other, one], "02", branch(1, {"a": 1})
    yield "record B of a union into A or B", [one, other], [one, other], "0202", branch(1, {"a": 1})
    yield "record B of a union into B or A", [one, other], [other, one], "0202", branch(0, {"a": 1})
    yield "a record of no name in the union, of one's shape", fields(A, name="C"), [one, other], "02", REFUSED, f"{MISSING} /"
    later = fields(A, with_default("b", "int", 1))
    yield "a record into null or a later version", fields(A), ["null", later], "02", branch(1, {"a": 1, "b": 1})
    yield "the full name before the unqualified one", fields(A, name="p.R"), [fields(A, name="q.R"), fields(A, name="p.R")], "02", (
        branch(1, {"a": 1})
    )
    yield "the unqualified name alone", fields(A, name="p.R"), ["null", fields(A, name="q.R")], "02", branch(1, {"a": 1})
    several = [fields({"name": "z", "type": "string"}, name="q.R"), fields(A, name="r.R")]
    yield "the unqualified name that resolves", fields(A, name="p.R"), several, "02", branch(1, {"a": 1})
    neither = [fields({"name": "z", "type": "string"}, name="q.R"), fields({"name": "y", "type": "int"}, name="r.R")]
    lacks = "READER_FIELD_MISSING_DEFAULT_VALUE /0/fields/0"
    yield "an unqualified name twice, neither of which resolves", fields(A, name="p.R"), neither, "02", REFUSED, lacks
    aliased = fields(A, name="N", aliases=["A"])
    yield "a record into a union by alias", one, ["null", aliased], "02", branch(1, {"a": 1})
    yield "a record of a union by alias", ["null", one], ["null", aliased], "0202", branch(1, {"a": 1})
    yield "an alias beside another record", [one, other], [other, aliased], "0002", branch(1, {"a": 1})
    qualified = fields(A, name="N", aliases=["p.A"])
    yield "an alias before the unqualified name", fields(A, name="p.A"), [fields(A, name="q.A"), qualified], "02", branch(1, {"a": 1})
    lacking = "READER_FIELD_MISSING_DEFAULT_VALUE /1/1/fields/1"
    bare = fields(A, {"name": "c", "type": "int"}, name="A")
    yield "a record of a union that lacks a field", ["null", one], ["null", bare], "0202", REFUSED, lacking
    yield "a record of a union that lacks a field, not met", ["null", one], ["null", bare], "00", branch(0, None), lacking
    promoted = fields({"name": "a", "type": "double"}, name="A")
    yield "a record of a union promoted inside", ["null", one], [promoted, "null"], "0202", branch(0, {"a": f64(1.0)})
    text = fields({"name": "a", "type": "string"}, name="A")
    yield "a record into a union, of another type inside", one, ["null", text], "02", REFUSED, "TYPE_MISMATCH /1/fields/0/type"
    yield "a record into a union with a map", one, ["null", mapping("int")], "02", REFUSED, f"{MISSING} /"
    nested = fields({"name": "e", "type": ["null", enum("A")]}, name="O")
    moved = fields({"name": "e", "type": [enum("B", "A"), "null"]}, name="O")
    yield "an enum of a union in a record of a union", ["null", nested], [moved, "null"], "020200", branch(0, {"e": branch(0, "A")})

"""Fields: found by name or alias in any order, skipped, filled, promoted."""

from .. import REFUSED, array, branch, f64, mapping, raw, record

A = {"name": "a", "type": "int"}
B = {"name": "b", "type": "int"}


def fields(*entries, name="R", **more):
    return {"type": "record", "name": name, "fields": list(entries), **more}


def with_default(name, kind, default, **more):
    return {"name": name, "type": kind, "default": default, **more}


def lacks(position):
    return f"READER_FIELD_MISSING_DEFAULT_VALUE /fields/{position}"


def cases():
    yield "the same fields", fields(A, B), fields(A, B), "0204", {"a": 1, "b": 2}
    yield "no fields", fields(), fields(), "", {}
    yield "the same fields in another order", fields(A, B), fields(B, A), "0204", {"a": 1, "b": 2}
    c = {"name": "c", "type": "string"}
    yield "three fields turned", fields(A, B, c), fields(c, A, B), "02040278", {"a": 1, "b": 2, "c": "x"}
    longer = {"name": "a", "type": "long"}
    yield "another order, and promoted", fields(A, B), fields(B, longer), "0204", {"a": 1, "b": 2}
    yield "a field dropped", fields(A, B), fields(B), "0204", {"b": 2}
    yield "the last field dropped", fields(A, B), fields(A), "0204", {"a": 1}
    yield "all fields dropped", fields(A, B), fields(), "0204", {}
    yield "a field added without default", fields(A), fields(A, B), "02", REFUSED, lacks(1)
    yield "two fields added without default", fields(), fields(A, B), "", REFUSED, lacks(0), lacks(1)
    yield "a field added with default", fields(A), fields(A, with_default("b", "int", 7)), "02", {"a": 1, "b": 7}
    yield "a field added in front", fields(A), fields(with_default("b", "int", 7), A), "02", {"a": 1, "b": 7}
    yield "a field with default that is there", fields(A), fields(with_default("a", "int", 7)), "02", {"a": 1}
    yield "the writer's default", fields(with_default("b", "int", 7)), fields(A, B), "04", REFUSED, lacks(0)
    mismatch = "TYPE_MISMATCH /fields/0/type"
    yield "a field of another type", fields(A), fields({"name": "a", "type": "string"}), "02", REFUSED, mismatch
    yield "a default is not for another type", fields(A), fields(with_default("a", "string", "x")), "02", REFUSED, mismatch
    turned = fields(B, {"name": "a", "type": "string"})
    yield "a field of another type in another order", fields(A, B), turned, "0204", REFUSED, "TYPE_MISMATCH /fields/1/type"
    both = (mismatch, "TYPE_MISMATCH /fields/1/type")
    text = fields({"name": "a", "type": "string"}, {"name": "b", "type": "null"})
    yield "two fields of other types", fields(A, B), text, "0204", REFUSED, *both
    yield "a field in another case", fields(A), fields({"name": "A", "type": "int"}), "02", REFUSED, lacks(0)
    yield from nested()
    yield from aliases()


def nested():
    old, new = fields(A, name="I"), fields(A, with_default("b", "int", 3), name="I")
    inner = {"name": "i", "type": old}
    yield "a field added in a record inside", fields(inner), fields({"name": "i", "type": new}), "02", {"i": {"a": 1, "b": 3}}
    bare = {"name": "i", "type": fields(A, B, name="I")}
    yield "a field lacking in a record inside", fields(inner), fields(bare), "02", REFUSED, (
        "READER_FIELD_MISSING_DEFAULT_VALUE /fields/0/type/fields/1"
    )
    writer = fields({"name": "x", "type": fields(A, name="X")}, {"name": "y", "type": "X"})
    reader = fields({"name": "y", "type": fields(A, with_default("b", "int", 3), name="X")}, {"name": "x", "type": "X"})
    value = {"y": {"a": 2, "b": 3}, "x": {"a": 1, "b": 3}}
    yield "a type defined at another place", writer, reader, "0204", value
    deep = fields({"name": "m", "type": mapping(array(fields({"name": "v", "type": "float"}, name="V")))})
    wide = fields({"name": "m", "type": mapping(array(fields({"name": "v", "type": "double"}, name="V")))})
    value = {"m": {"k": [{"v": f64(1.0)}]}}
    yield "a promotion deep inside", deep, wide, "02" "026b" "02" "0000803f" "00" "00", value
    narrow = fields({"name": "m", "type": mapping(array(fields({"name": "v", "type": "int"}, name="V")))})
    yield "another type deep inside", deep, narrow, "00", {"m": {}}, "TYPE_MISMATCH /fields/0/type/values/items/fields/0/type"


def aliases():
    alias = {"name": "z", "type": "int", "aliases": ["a"]}
    yield "a field renamed with alias", fields(A), fields(alias), "02", {"z": 1}
    yield "a field renamed without alias", fields(A), fields({"name": "z", "type": "int"}), "02", REFUSED, lacks(0)
    yield "a field with its alias the second", fields(A), fields({**alias, "aliases": ["y", "a"]}), "02", {"z": 1}
    promoted = {"name": "z", "type": "double", "aliases": ["a"]}
    yield "renamed and promoted", fields(A), fields(promoted), "02", {"z": f64(1.0)}
    yield "renamed and moved", fields(A, B), fields(B, alias), "0204", {"b": 2, "z": 1}
    yield "renamed, with a default that is not needed", fields(A), fields({**alias, "default": 9}), "02", {"z": 1}
    yield "renamed, with a default that is", fields(B), fields({**alias, "default": 9}), "04", {"z": 9}
    yield "an alias in the writer's field", fields({**alias}), fields(A), "02", REFUSED, lacks(0)
    wrong = fields({"name": "z", "type": "string", "aliases": ["a"]})
    yield "renamed and of another type", fields(A), wrong, "02", REFUSED, "TYPE_MISMATCH /fields/0/type"
    swapped = fields({**A, "name": "b", "aliases": ["a"]}, {"name": "c", "type": "int", "aliases": ["b"]})
    yield "a name beside its former one", fields(B, A), fields({**B, "aliases": ["a"]}), "0204", {"b": 1}
    yield "names moved on", fields(A, B), swapped, "0204", {"b": 1, "c": 2}
    third = fields(*swapped["fields"], {"name": "a", "type": "int", "aliases": ["x"]})
    yield "names moved on twice", fields(A, B, {"name": "x", "type": "int"}), third, "020406", {"b": 1, "c": 2, "a": 3}
    turned = fields(*reversed(swapped["fields"]))
    yield "names moved on, the last first", fields(A, B), turned, "0204", {"b": 1, "c": 2}
    exchanged = fields({**A, "aliases": ["b"]}, {**B, "aliases": ["a"]})
    yield "names that were exchanged", fields(A, B), exchanged, "0204", {"a": 1, "b": 2}
    yield "names that were exchanged, of which one is there", fields(A), exchanged, "02", REFUSED, lacks(1)
    yield "two former names that are both there", fields(A, B), fields({**alias, "aliases": ["a", "b"]}), "0204", {"z": 1}
    yield "two former names, the other first", fields(A, B), fields({**alias, "aliases": ["b", "a"]}), "0204", {"z": 2}
    taken = fields(A, {"name": "z", "type": "int", "aliases": ["a"]})
    yield "a former name that is still there", fields(A), taken, "02", REFUSED, lacks(1)
    filled = fields(A, {"name": "z", "type": "int", "aliases": ["a"], "default": 9})
    yield "a former name that is still there, and a default", fields(A), filled, "02", {"a": 1, "z": 9}
    inner, renamed = fields(A, name="I"), fields(alias, name="I")
    yield "a field renamed inside", fields({"name": "i", "type": inner}), fields({"name": "i", "type": renamed}), "02", {"i": {"z": 1}}
    union, renamed = {"name": "u", "type": ["null", "int"]}, {"name": "v", "type": ["null", "long"], "aliases": ["u"]}
    yield "a nullable field renamed and promoted", fields(union), fields(renamed), "0202", {"v": branch(1, 1)}
    yield "a field of bytes renamed", fields({"name": "a", "type": "bytes"}), fields({**alias, "type": "bytes"}), "02ff", {"z": raw("ff")}

"""Types that contain themselves: lists, trees, pairs of types, through unions, arrays and maps."""

from .. import REFUSED, array, branch, f64, mapping, record
from .records import A, B, fields, with_default


def cases():
    old = fields({"name": "v", "type": "int"}, {"name": "next", "type": ["null", "R"]})
    nil = branch(0, None)
    yield "a list", old, old, "02020400", {"v": 1, "next": branch(1, {"v": 2, "next": nil})}
    new = fields({"name": "v", "type": "long"}, {"name": "next", "type": ["null", "R"]}, with_default("w", "int", 9))
    value = {"v": 1, "next": branch(1, {"v": 2, "next": nil, "w": 9}), "w": 9}
    yield "a list with a field added", old, new, "02020400", value
    turned = fields({"name": "next", "type": ["R", "null"]}, {"name": "v", "type": "double"})
    value = {"next": branch(0, {"next": branch(1, None), "v": f64(2.0)}), "v": f64(1.0)}
    yield "a list turned round", old, turned, "02020400", value
    wrong = fields({"name": "v", "type": "string"}, {"name": "next", "type": ["null", "R"]})
    yield "a list of another type", old, wrong, "0200", REFUSED, "TYPE_MISMATCH /fields/0/type"
    renamed = fields({"name": "v", "type": "int"}, {"name": "next", "type": ["null", "S"]}, name="S", aliases=["R"])
    yield "a list renamed with alias", old, renamed, "02020400", {"v": 1, "next": branch(1, {"v": 2, "next": nil})}
    yield "a list dropped", fields(A, {"name": "l", "type": {**old, "name": "L"} | {"fields": [*old["fields"][:1], {
        "name": "next", "type": ["null", "L"]}]}}, B), fields(A, B), "02" "02020400" "06", {"a": 1, "b": 3}
    ended = fields({"name": "v", "type": "int"}, {"name": "next", "type": "null"})
    yield "a list cut to its first", old, ended, "0200", {"v": 1, "next": None}, "TYPE_MISMATCH /fields/1/type/1"
    yield "a list cut to its first, longer", old, ended, "02020400", REFUSED, "TYPE_MISMATCH /fields/1/type/1"
    tree = record(("name", "string"), ("children", array("Tree")), name="Tree")
    grown = {"type": "record", "name": "Tree", "fields": [*tree["fields"], {"name": "n", "type": "int", "default": 1}]}
    value = {"name": "x", "children": [{"name": "y", "children": [], "n": 1}], "n": 1}
    yield "a tree grown", tree, grown, "0278" "02" "0279" "00" "00", value
    bare = record(("name", "string"), name="Tree")
    yield "a tree of which the root is left", tree, bare, "0278" "02" "0279" "00" "00", {"name": "x"}
    strings = record(("name", "bytes"), ("children", array("Tree")), ("more", "int"), name="Tree")
    lacks = "READER_FIELD_MISSING_DEFAULT_VALUE /fields/2"
    yield "a tree that lacks a field", tree, strings, "0278" "00", REFUSED, lacks
    folder = record(("entries", mapping("Folder")), name="Folder")
    sized = record(("entries", mapping("Folder")), ("size", ["null", "int"]), name="Folder")
    sized["fields"][1]["default"] = None
    value = {"entries": {"a": {"entries": {}, "size": nil}}, "size": nil}
    yield "folders", folder, sized, "020261" "00" "00", value
    yield from mutual()


def mutual():
    def pair(kind, other="Second"):
        second = record(("a", kind), ("first", ["null", "First"]), name=other)
        return record(("second", ["null", second]), name="First")

    nil = branch(0, None)
    data = "02" "02" "02" "02" "04" "00"
    value = {"second": branch(1, {"a": 1, "first": branch(1, {"second": branch(1, {"a": 2, "first": nil})})})}
    yield "two types in turn", pair("int"), pair("long"), data, value
    yield "two types in turn, of another type", pair("int"), pair("null"), data, REFUSED, "TYPE_MISMATCH /fields/0/type/1/1/fields/0/type"
    yield "two types in turn, of another name", pair("int"), pair("int", "Other"), data, REFUSED, "MISSING_UNION_BRANCH /fields/0/type/1"
    yield "two types in turn, ended at once", pair("int"), pair("null"), "00", {"second": nil}, "TYPE_MISMATCH /fields/0/type/1/1/fields/0/type"
    node = record(("v", ["null", "int", array("Node")]), name="Node")
    wide = record(("v", [array("Node"), "long", "null"]), name="Node")
    value = {"v": branch(0, [{"v": branch(1, 1)}, {"v": branch(2, None)}])}
    yield "a type in an array in its own union", node, wide, "04" "04" "0202" "00" "00", value

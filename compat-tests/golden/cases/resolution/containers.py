"""Arrays and maps."""

from .. import REFUSED, array, enum, f64, mapping, raw, record


def cases():
    yield "items the same", array("int"), array("int"), "04020400", [1, 2]
    yield "items promoted", array("int"), array("long"), "020200", [1]
    yield "items promoted to double", array("int"), array("double"), "04020400", [f64(1.0), f64(2.0)]
    yield "items of several blocks promoted", array("int"), array("long"), "0202020400", [1, 2]
    yield "items of a block with its size promoted", array("int"), array("long"), "0304020400", [1, 2]
    yield "no items of another type", array("int"), array("string"), "00", [], "TYPE_MISMATCH /items"
    yield "items of another type", array("int"), array("string"), "020200", REFUSED, "TYPE_MISMATCH /items"
    yield "items of items promoted", array(array("float")), array(array("double")), "02020000803f0000", [[f64(1.0)]]
    yield "items of items of another type", array(array("int")), array(array("null")), "0202020000", REFUSED, (
        "TYPE_MISMATCH /items/items"
    )
    yield "values the same", mapping("int"), mapping("int"), "0202610200", {"a": 1}
    yield "values promoted", mapping("int"), mapping("double"), "0202610200", {"a": f64(1.0)}
    yield "values of a block with its size promoted", mapping("int"), mapping("long"), "010602610200", {"a": 1}
    yield "no values of another type", mapping("int"), mapping("null"), "00", {}, "TYPE_MISMATCH /values"
    yield "values of another type", mapping("int"), mapping("null"), "0202610200", REFUSED, "TYPE_MISMATCH /values"
    yield "values to bytes", mapping("string"), mapping("bytes"), "020261027800", {"a": raw("78")}
    yield "a map of arrays promoted", mapping(array("int")), mapping(array("long")), "02026102020000", {"a": [1]}
    old, new = record(("a", "int")), record(("a", "long"), name="R")
    yield "records in an array promoted", array(old), array(new), "04020400", [{"a": 1}, {"a": 2}]
    new = {"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": "int", "default": 5}]}
    yield "records in an array filled", array(old), array(new), "04020400", [{"a": 1, "b": 5}, {"a": 2, "b": 5}]
    yield "records in a map filled", mapping(old), mapping(new), "0202610200", {"a": {"a": 1, "b": 5}}
    yield "nothing in an array filled", array(record()), array(new | {"fields": new["fields"][1:]}), "0400", [{"b": 5}, {"b": 5}]
    lacking = "MISSING_ENUM_SYMBOLS /items/symbols"
    yield "symbols in an array", array(enum("A", "B")), array(enum("B")), "020200", ["B"], lacking
    yield "symbols in an array, lacking", array(enum("A", "B")), array(enum("B")), "04020000", REFUSED, lacking
    lacking = "MISSING_ENUM_SYMBOLS /values/symbols"
    yield "symbols in a map, lacking", mapping(enum("A", "B")), mapping(enum("B")), "0202610000", REFUSED, lacking
    yield "nullable items, from plain ones", array("int"), array(["null", "int"]), "020200", [{"$branch": 1, "value": 1}]
    yield "plain items, from nullable ones", array(["null", "int"]), array("int"), "02020200", [1], "TYPE_MISMATCH /items/0"
    yield "plain items, from nullable ones, of them null", array(["null", "int"]), array("int"), "0402020000", REFUSED, (
        "TYPE_MISMATCH /items/0"
    )
    yield "an array in a union promoted", ["null", array("int")], ["null", array("long")], "02020200", {"$branch": 1, "value": [1]}
    yield "an array in a union of another type", ["null", array("int")], ["null", array("string")], "02020200", REFUSED, (
        "TYPE_MISMATCH /1/1/items"
    )

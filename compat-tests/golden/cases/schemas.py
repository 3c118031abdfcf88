"""Schemas as text: canonical forms, fingerprints, and what is no schema."""

import hashlib

from . import EVERYTHING, LIST, REFUSED, array, enum, fixed, mapping, record, text


def rabin(data):
    """CRC-64-AVRO bit by bit, as the specification defines it."""
    empty = 0xC15D213AA4D7A795
    remainder = empty
    for byte in data:
        remainder ^= byte
        for _ in range(8):
            remainder = (remainder >> 1) ^ (empty if remainder & 1 else 0)
    return f"{remainder:016x}"


DIGESTS = {
    "rabin": rabin,
    "md5": lambda data: hashlib.md5(data).hexdigest(),
    "sha256": lambda data: hashlib.sha256(data).hexdigest(),
}


def cases():
    for name, schema, form in forms():
        request = {"schema": text(schema)}
        yield "canonical", name, request, None if form is None else {"text": form}
        for algorithm, digest in DIGESTS.items():
            expected = None if form is None else {"hex": digest(form.encode())}
            yield "fingerprint", f"{name}, {algorithm}", {**request, "algorithm": algorithm}, expected
    for name, schema in valid():
        yield "validate", name, {"schema": text(schema)}, {}
    for name, schema in invalid():
        yield "validate", name, {"schema": text(schema)}, REFUSED


def forms():
    for primitive in ("null", "boolean", "int", "long", "float", "double", "bytes", "string"):
        yield primitive, f'"{primitive}"', f'"{primitive}"'
        yield f"{primitive} as an object", {"type": primitive}, f'"{primitive}"'
    yield "a property dropped", '{"type":"string","x":1}', '"string"'
    yield "a logical type dropped", '{"type":"long","logicalType":"timestamp-millis"}', '"long"'
    yield "an array", array("int"), '{"type":"array","items":"int"}'
    yield "a map", {"values": {"type": "int"}, "type": "map"}, '{"type":"map","values":"int"}'
    yield "a union", '[ "null" , {"type":"string"} ]', '["null","string"]'
    yield "an empty union", "[]", "[]"
    yield "order of keys", '{"fields":[],"name":"R","type":"record"}', '{"name":"R","type":"record","fields":[]}'
    yield "docs, aliases, orders, defaults dropped", (
        '{"type":"record","name":"R","doc":"d","aliases":["Q"],"fields":[{"name":"a","type":"int","default":1,"doc":"d",'
        '"order":"ignore","aliases":["z"]}]}'
    ), '{"name":"R","type":"record","fields":[{"name":"a","type":"int"}]}'
    yield "white space dropped", '{ "type" :\n"fixed" ,\t"size" : 16 , "name" : "F" }', '{"name":"F","type":"fixed","size":16}'
    yield "a namespace", {**record(), "namespace": "a.b"}, '{"name":"a.b.R","type":"record","fields":[]}'
    yield "a full name", record(name="a.b.R"), '{"name":"a.b.R","type":"record","fields":[]}'
    yield "a full name before a namespace", {**record(name="a.b.R"), "namespace": "c"}, (
        '{"name":"a.b.R","type":"record","fields":[]}'
    )
    yield "an empty namespace", {**record(), "namespace": ""}, '{"name":"R","type":"record","fields":[]}'
    inner = record(("f", fixed(1)), ("g", "F"), name="Inner")
    yield "namespaces inherited", record(("i", inner), ("j", "Inner"), ("k", "a.Inner"), name="a.R"), (
        '{"name":"a.R","type":"record","fields":[{"name":"i","type":{"name":"a.Inner","type":"record","fields":['
        '{"name":"f","type":{"name":"a.F","type":"fixed","size":1}},{"name":"g","type":"a.F"}]}},'
        '{"name":"j","type":"a.Inner"},{"name":"k","type":"a.Inner"}]}'
    )
    yield "namespaces changed inside", record(("i", {**enum("A"), "namespace": "b"}), ("j", "b.E"), name="a.R"), (
        '{"name":"a.R","type":"record","fields":[{"name":"i","type":{"name":"b.E","type":"enum","symbols":["A"]}},'
        '{"name":"j","type":"b.E"}]}'
    )
    yield "a namespace left inside", record(("i", {**enum("A"), "namespace": ""}), name="a.R"), (
        '{"name":"a.R","type":"record","fields":[{"name":"i","type":{"name":"E","type":"enum","symbols":["A"]}}]}'
    )
    yield "an enum with default", enum("A", "B", default="A"), '{"name":"E","type":"enum","symbols":["A","B"]}'
    yield "escapes resolved", r'{"type":"enum","name":"\u0045","symbols":["\u0041"]}', (
        '{"name":"E","type":"enum","symbols":["A"]}'
    )
    yield "a size in a string", '{"type":"fixed","name":"F","size":"16"}', '{"name":"F","type":"fixed","size":16}'
    yield "a size in a string with zeros in front", '{"type":"fixed","name":"F","size":"0016"}', (
        '{"name":"F","type":"fixed","size":16}'
    )
    yield "a size in exponent form", '{"type":"fixed","name":"F","size":1e1}', None
    yield "unicode names", '{"type":"record","name":"Grüße","fields":[{"name":"größe","type":"int"}]}', None
    yield "unicode symbols", '{"type":"enum","name":"E","symbols":["Ä","日本"]}', None
    yield "unicode docs dropped", '{"type":"fixed","name":"F","size":1,"doc":"日本語 \\"🎈\\" \\u2028"}', (
        '{"name":"F","type":"fixed","size":1}'
    )
    yield "a recursive list", LIST, None
    yield "everything", EVERYTHING, None
    yield "recursion in a namespace", {**record(("a", array("R")), ("m", mapping("n.R"))), "namespace": "n"}, (
        '{"name":"n.R","type":"record","fields":[{"name":"a","type":{"type":"array","items":"n.R"}},'
        '{"name":"m","type":{"type":"map","values":"n.R"}}]}'
    )
    yield "names of keywords", record(("type", "int"), ("fields", "int"), ("name", "int"), name="record_"), None
    yield "an error", '{"type":"error","name":"E","fields":[]}', None


def valid():
    yield "a record without fields", record()
    yield "a union of one", ["int"]
    yield "an unknown logical type", {"type": "int", "logicalType": "x-unheard-of"}
    yield "a logical type on the wrong type", {"type": "string", "logicalType": "date"}
    yield "a decimal without precision", {"type": "bytes", "logicalType": "decimal"}
    yield "a decimal with more scale than precision", {"type": "bytes", "logicalType": "decimal", "precision": 1, "scale": 2}
    yield "a decimal too precise for its fixed", fixed(1, logicalType="decimal", precision=9)
    yield "two records in a union", [record(name="A"), record(name="B")]
    yield "the same name in two namespaces", [record(name="a.R"), record(name="b.R")]
    yield "unknown properties", {"type": "int", "x": {"y": [1, None]}, "z": 1.5}
    yield "a default of a later branch", defaulted(["null", "int"], 1)
    yield "an int default for a double", defaulted("double", 1)
    yield "a field of the type's own name", record(("R", "int"))
    yield "two fields that differ by case", record(("a", "int"), ("A", "int"))
    yield "an int at its limit", defaulted("int", 2**31 - 1)


def invalid():
    yield "no JSON", '{"type":'
    yield "a number", "[1]"
    yield "an unknown type", '"strin"'
    yield "an unknown name", record(("a", "Nobody"))
    yield "a name used before its definition", record(("a", "Later"), ("b", record(name="Later")))
    yield "a name of another namespace", record(("a", record(name="x.In")), ("b", "In"))
    yield "an object without type", '{"name":"R"}'
    yield "a record without name", '{"type":"record","fields":[]}'
    yield "a record without fields member", '{"type":"record","name":"R"}'
    yield "a field without name", '{"type":"record","name":"R","fields":[{"type":"int"}]}'
    yield "a field without type", '{"type":"record","name":"R","fields":[{"name":"a"}]}'
    yield "two fields of one name", record(("a", "int"), ("a", "long"))
    yield "two types of one name", record(("a", fixed(1)), ("b", fixed(2)))
    yield "a type of its record's name", record(("a", fixed(1, name="R")))
    yield "a name that begins with a digit", record(name="1R")
    yield "a name with a hyphen", record(name="a-b")
    yield "an empty name", record(name="")
    yield "a name that ends with a dot", record(name="a.")
    yield "a field name with a dot", record(("a.b", "int"))
    yield "an empty field name", record(("", "int"))
    yield "a type named as a primitive", fixed(1, name="int")
    yield "a union in a union", ["null", ["int"]]
    yield "a primitive twice in a union", ["int", "int"]
    yield "a primitive twice in a union, once as an object", ["int", {"type": "int"}]
    yield "two arrays in a union", [array("int"), array("string")]
    yield "two maps in a union", [mapping("int"), mapping("string")]
    yield "a named type twice in a union", [fixed(1), "F"]
    yield "an enum without symbols member", '{"type":"enum","name":"E"}'
    yield "a symbol twice", enum("A", "A")
    yield "a symbol that begins with a digit", enum("1A")
    yield "a symbol with a space", enum("A B")
    yield "a symbol that is a number", '{"type":"enum","name":"E","symbols":[1]}'
    yield "an enum default that is no symbol", enum("A", default="B")
    yield "a fixed without size", '{"type":"fixed","name":"F"}'
    yield "a fixed of negative size", fixed(-1)
    yield "a fixed of half a byte", fixed(0.5)
    yield "an array without items", '{"type":"array"}'
    yield "a map without values", '{"type":"map"}'
    yield "fields that are no list", '{"type":"record","name":"R","fields":{}}'
    yield "symbols that are no list", '{"type":"enum","name":"E","symbols":"A"}'
    yield "a string default for an int", defaulted("int", "1")
    yield "a null default for a string", defaulted("string", None)
    yield "a default beyond an int", defaulted("int", 2**31)
    yield "a default beyond a long", defaulted("long", 2**63)
    yield "a fraction for an int", defaulted("int", 1.5)
    yield "a default that is no symbol", defaulted(enum("A"), "B")
    yield "a fixed default of another size", defaulted(fixed(2), "a")
    yield "a bytes default beyond a byte", defaulted("bytes", "\u0100")
    yield "a default that fits no branch", defaulted(["null", "int"], "x")
    yield "a wrong item in a default", defaulted(array("int"), [1, "x"])
    yield "a wrong value in a default", defaulted(mapping("int"), {"k": None})
    yield "a record default that lacks a field", defaulted(record(("a", "int"), name="I"), {})
    yield "an order that is none", '{"type":"record","name":"R","fields":[{"name":"a","type":"int","order":"up"}]}'


def defaulted(kind, default):
    return {"type": "record", "name": "R", "fields": [{"name": "a", "type": kind, "default": default}]}

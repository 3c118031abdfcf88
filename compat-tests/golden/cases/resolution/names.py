"""What names and aliases make of named types: the unqualified names count, and aliases are full names."""

from .. import REFUSED, enum, fixed, raw, record

MISMATCH = "NAME_MISMATCH /name"


def named(kind, name, **more):
    """A type of a kind, the bytes of one of its values, and that value."""
    if kind == "record":
        return record(("a", "int"), name=name, **more), "02", {"a": 1}
    if kind == "enum":
        return enum("A", name=name, **more), "00", "A"
    return fixed(1, name=name, **more), "ff", raw("ff")


def cases():
    for kind in ("record", "enum", "fixed"):
        pairs = [
            ("of another name", {"name": "X"}, {"name": "Y"}, False),
            ("of another namespace", {"name": "p.X"}, {"name": "q.X"}, True),
            ("of a namespace, read without", {"name": "p.X"}, {"name": "X"}, True),
            ("without a namespace, read with one", {"name": "X"}, {"name": "X", "namespace": "q"}, True),
            ("with an alias", {"name": "X"}, {"name": "Y", "aliases": ["X"]}, True),
            ("with its alias the second", {"name": "X"}, {"name": "Y", "aliases": ["W", "X"]}, True),
            ("with an alias in its namespace", {"name": "n.X"}, {"name": "n.Y", "aliases": ["X"]}, True),
            ("with an alias in another namespace", {"name": "m.X"}, {"name": "n.Y", "aliases": ["m.X"]}, True),
            ("with an alias that takes its namespace", {"name": "m.X"}, {"name": "n.Y", "aliases": ["X"]}, False),
            ("with an alias of a namespace, written without", {"name": "X"}, {"name": "n.Y", "aliases": ["X"]}, False),
            ("with an alias of the wrong namespace", {"name": "k.X"}, {"name": "Y", "aliases": ["m.X"]}, False),
            ("with the alias in the writer's", {"name": "X", "aliases": ["Y"]}, {"name": "Y"}, False),
            ("with the same alias on both sides", {"name": "X", "aliases": ["Z"]}, {"name": "Y", "aliases": ["Z"]}, False),
            ("with a letter in another case", {"name": "Order"}, {"name": "order"}, False),
        ]
        for what, writer, reader, matches in pairs:
            old, data, value = named(kind, **writer)
            new, _, _ = named(kind, **reader)
            article = "an" if kind == "enum" else "a"
            if matches:
                yield f"{article} {kind} {what}", old, new, data, value
            else:
                yield f"{article} {kind} {what}", old, new, data, REFUSED, MISMATCH
    yield from inherited()
    yield from chains()


def inherited():
    """Names take the namespace of what is around them."""
    inside = {"type": "record", "name": "In", "fields": [{"name": "x", "type": "int"}]}
    old = record(("i", inside), name="p.Out")
    new = record(("i", {**inside, "name": "q.In"}), name="p.Out")
    yield "a namespace inherited", old, new, "02", {"i": {"x": 1}}
    new = record(("i", {**inside, "name": "Other", "aliases": ["In"]}), name="p.Out")
    yield "an alias in an inherited namespace", old, new, "02", {"i": {"x": 1}}
    new = record(("i", {**inside, "name": "Other", "aliases": ["q.In"]}), name="p.Out")
    yield "an alias beside an inherited namespace", old, new, "02", REFUSED, "NAME_MISMATCH /fields/0/type/name"
    error = {"type": "error", "name": "R", "fields": [{"name": "a", "type": "int"}]}
    plain = record(("a", "int"))
    yield "an error as a record", error, plain, "02", {"a": 1}
    yield "a record as an error", plain, error, "02", {"a": 1}
    yield "an error as another version", error, {**error, "fields": [{"name": "a", "type": "long"}]}, "02", {"a": 1}
    yield "an error of another name", error, {**error, "name": "S"}, "02", REFUSED, MISMATCH


def chains():
    """Aliases are not followed from one to the next."""
    third = record(("a", "int"), name="C", aliases=["B"])
    yield "the alias of an alias", record(("a", "int"), name="A"), third, "02", REFUSED, MISMATCH
    third = record(("a", "int"), name="C", aliases=["B", "A"])
    yield "both aliases of a type that had two names", record(("a", "int"), name="A"), third, "02", {"a": 1}
    old = record(("x", enum("A", name="X")), ("y", fixed(1, name="Y")))
    new = record(("x", enum("A", name="X2", aliases=["X"])), ("y", fixed(1, name="Y2", aliases=["Y"])))
    yield "several types renamed", old, new, "00ff", {"x": "A", "y": raw("ff")}
    old = record(("x", record(("a", "int"), name="X")), ("y", "X"))
    new = record(("x", record(("a", "long"), name="Z", aliases=["X"])), ("y", "Z"))
    yield "a renamed type used twice", old, new, "0204", {"x": {"a": 1}, "y": {"a": 2}}
    new = record(("x", record(("a", "long"), name="Z")), ("y", "Z"))
    yield "a type of another name used twice", old, new, "0204", REFUSED, "NAME_MISMATCH /fields/0/type/name"
    old = record(("a", "int"), name="X")
    new = record(("a", "string"), ("b", "int"), name="Y")
    yield "a name and everything in it", old, new, "02", REFUSED, MISMATCH, "TYPE_MISMATCH /fields/0/type", (
        "READER_FIELD_MISSING_DEFAULT_VALUE /fields/1"
    )

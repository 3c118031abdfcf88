"""Symbols, and the sizes of fixed types."""

from .. import REFUSED, branch, enum, fixed, raw
from .records import fields, with_default

MISSING = "MISSING_ENUM_SYMBOLS /symbols"


def cases():
    yield "symbols the same", enum("A", "B"), enum("A", "B"), "02", "B"
    yield "symbols in another order", enum("A", "B", "C"), enum("C", "A", "B"), "02", "B"
    yield "symbols added", enum("A", "B"), enum("C", "B", "A"), "00", "A"
    yield "symbols added behind", enum("A"), enum("A", "B"), "00", "A"
    yield "a symbol that the reader lacks", enum("A", "B"), enum("A"), "02", REFUSED, MISSING
    yield "a symbol that the reader has, another lacking", enum("A", "B"), enum("A"), "00", "A", MISSING
    yield "two symbols that the reader lacks", enum("A", "B", "C"), enum("C"), "04", "C", MISSING
    yield "all symbols that the reader lacks", enum("A", "B"), enum("C", "D"), "00", REFUSED, MISSING
    yield "the reader's default for a symbol", enum("A", "B"), enum("A", "X", default="X"), "02", "X"
    yield "the reader's default, in the middle", enum("A", "B", "C"), enum("B", "A", default="A"), "04", "A"
    yield "the reader's default, not needed", enum("A", "B"), enum("X", "B", "A", default="X"), "02", "B"
    yield "the reader's default is the writer's symbol", enum("A", "B"), enum("A", default="A"), "00", "A"
    yield "the writer's default for a symbol", enum("A", "B", default="A"), enum("A"), "02", REFUSED, MISSING
    yield "a symbol in another case", enum("a"), enum("A"), "00", REFUSED, MISSING
    yield "an index beyond the symbols", enum("A", "B"), enum("B", "A"), "04", REFUSED
    yield "an index before the symbols", enum("A", "B"), enum("B", "A"), "01", REFUSED
    yield "an index beyond the symbols, with a default", enum("A"), enum("B", "A", default="B"), "02", REFUSED
    writer = fields({"name": "e", "type": enum("A", "B")})
    reader = fields(with_default("e", enum("A"), "A"))
    lacking = "MISSING_ENUM_SYMBOLS /fields/0/type/symbols"
    yield "a field's default is not for symbols", writer, reader, "02", REFUSED, lacking
    reader = fields({"name": "e", "type": enum("A", name="X", aliases=["E"], default="A")})
    yield "an enum's default and an alias", writer, reader, "02", {"e": "A"}
    both = enum("B", name="Y")
    yield "a name and a symbol", enum("A", name="X"), both, "00", REFUSED, "NAME_MISMATCH /name", MISSING
    yield "symbols of a branch", ["null", enum("A", "B")], ["null", enum("B", "A")], "0202", branch(1, "B")
    lacking = "MISSING_ENUM_SYMBOLS /1/1/symbols"
    yield "symbols of a branch, lacking", ["null", enum("A", "B")], ["null", enum("B")], "0200", REFUSED, lacking
    yield "symbols of a branch, lacking but not met", ["null", enum("A", "B")], ["null", enum("B")], "0202", branch(1, "B"), lacking
    yield from sizes()


def sizes():
    size, name = "FIXED_SIZE_MISMATCH /size", "NAME_MISMATCH /name"
    yield "a fixed of the same size", fixed(2), fixed(2), "ff01", raw("ff01")
    yield "a fixed of no bytes", fixed(0), fixed(0), "", raw("")
    yield "a fixed of a larger size", fixed(1), fixed(2), "ff", REFUSED, size
    yield "a fixed of a smaller size", fixed(2), fixed(1), "ffff", REFUSED, size
    yield "a fixed of another size and name", fixed(1), fixed(2, name="G"), "ff", REFUSED, size, name
    yield "a fixed of another size with an alias", fixed(1), fixed(2, name="G", aliases=["F"]), "ff", REFUSED, size
    inside = "FIXED_SIZE_MISMATCH /fields/0/type/size"
    yield "a fixed of another size inside", fields({"name": "x", "type": fixed(1)}), fields({"name": "x", "type": fixed(2)}), "ff", (
        REFUSED
    ), inside

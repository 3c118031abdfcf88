"""Bytes made by hand: what writers may do and rarely do, and what is wrong."""

from . import LIST, REFUSED, array, branch, enum, f32, f64, fixed, mapping, raw, record, text


def cases():
    for name, schema, data, value in readable():
        read = len(bytes.fromhex(data))
        yield "decode", name, {"schema": text(schema), "hex": data}, {"value": value, "read": read}
    yield "decode", "bytes after the value stay", {"schema": '"int"', "hex": "0201ff"}, {"value": 1, "read": 1}
    for name, schema, data in wrong():
        yield "decode", name, {"schema": text(schema), "hex": data}, REFUSED


def readable():
    ints, strings = array("int"), mapping("string")
    yield "an array in two blocks", ints, "040204" "0206" "00", [1, 2, 3]
    yield "an array in blocks of one", ints, "0202" "0204" "0206" "00", [1, 2, 3]
    yield "a block with its size", ints, "05" "06" "020406" "00", [1, 2, 3]
    yield "blocks with and without sizes", ints, "03" "04" "0204" "0206" "00", [1, 2, 3]
    yield "a map in two blocks", strings, "02" "0261" "0278" "02" "0262" "0279" "00", {"a": "x", "b": "y"}
    yield "a map's block with its size", strings, "03" "10" "0261" "0278" "0262" "0279" "00", {"a": "x", "b": "y"}
    yield "a key twice: the last counts", strings, "04" "0261" "0278" "0261" "0279" "00", {"a": "y"}
    yield "a block of nothing with its size", array("null"), "05" "00" "00", [None] * 3
    yield "sizes inside of sizes", array(ints), "01" "0a" "03" "04" "0204" "00" "00", [[1, 2]]
    yield "zero in two bytes", "int", "8000", 0
    yield "one in five bytes", "int", "8280808000", 1
    yield "zero in ten bytes", "long", "80808080808080808000", 0
    yield "a quiet not-a-number with a payload, float", "float", "0100c07f", f32("7fc00001")
    yield "a negative not-a-number, double", "double", "000000000000f8ff", f64("fff8000000000000")
    yield "a signalling not-a-number, double", "double", "010000000000f07f", f64("7ff0000000000001")
    yield "a byte order mark is a letter", "string", "06efbbbf", "\ufeff"
    yield "a fixed without bytes", fixed(0), "", raw("")
    yield "a list by hand", LIST, "0202" "0400", {"value": 1, "next": branch(1, {"value": 2, "next": branch(0, None)})}


def wrong():
    yield "nothing where an int should be", "int", ""
    yield "a number that does not end", "int", "ff"
    yield "an int of six bytes", "int", "808080808001"
    yield "an int beyond 32 bits", "int", "8080808020"
    yield "a long of eleven bytes", "long", "8080808080808080808001"
    yield "half a float", "float", "0000"
    yield "half a double", "double", "00000000"
    yield "a boolean of 2", "boolean", "02"
    yield "nothing where a boolean should be", "boolean", ""
    yield "a string shorter than it says", "string", "0a6162"
    yield "bytes shorter than they say", "bytes", "0a6162"
    yield "a string of negative length", "string", "01"
    yield "bytes of negative length", "bytes", "01"
    yield "a string of 2^62 bytes", "string", "80808080808080808001"
    yield "a lone continuation byte", "string", "0280"
    yield "a letter cut off", "string", "02c3"
    yield "an overlong slash", "string", "04c0af"
    yield "a surrogate", "string", "06eda080"
    yield "beyond the last letter", "string", "08f4908080"
    yield "a key that is not text", mapping("int"), "0202ff0200"
    yield "a fixed cut off", fixed(4), "010203"
    yield "a symbol beyond the last", enum("A", "B"), "04"
    yield "a symbol before the first", enum("A", "B"), "01"
    yield "a branch beyond the last", ["null", "int"], "04"
    yield "a branch before the first", ["null", "int"], "01"
    yield "an array that does not end", array("int"), "0202"
    yield "an array of more than there is", array("int"), "c80102"
    yield "an array of 2^62 longs", array("long"), "80808080808080808001"
    yield "a map that does not end", mapping("int"), "02026102"
    yield "a block without the size it announces", array("int"), "01"
    yield "a record cut off", record(("a", "int"), ("b", "int")), "02"
    yield "the smallest count there is", array("int"), "ffffffffffffffffff01" "00"

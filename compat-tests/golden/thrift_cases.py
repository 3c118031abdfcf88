"""What Thrift's protocols can say in several ways, and what is not to be said. make_thrift.py has the judges answer."""

from dataclasses import dataclass


@dataclass
class Case:
    """A struct `S`, its bytes and what they mean. Where the bytes are not given, the first judge of the dialect writes them from the value."""

    name: str
    # Fields as in IDL.
    fields: str
    # The neutral value, or `REFUSED`.
    value: object
    hex: str = ""
    protocol: str = "compact"
    # What Cognate writes of what it has read, where that is not the same.
    again: str = ""
    # IDL of what else is used.
    more: str = ""
    word: str = "struct"
    message: object = None
    # What is known of other writers.
    others: str = ""


REFUSED = object()
GOLDEN = "1: double a, 16: bool b, 32: list<bool> c, 33: map<string, i32> d, -5: i32 e, 34: uuid f"
GOLDEN_VALUE = {
    "a": {"$f64": "3ff8000000000000"},
    "b": False,
    "c": [True, False],
    "d": {"$map": []},
    "e": -1,
    "f": {"$uuid": "00000000-0000-0000-0000-000000000001"},
}


def cases():
    yield from headers()
    yield from collections()
    yield from scalars()
    yield from strangers()
    yield from claims()
    yield from messages()
    yield from fbthrift()


def both(name, fields, value, **more):
    for protocol in ("compact", "binary"):
        yield Case(f"{name}, {protocol}", fields, value, protocol=protocol, **more)


def headers():
    yield from both("the golden vector", GOLDEN, GOLDEN_VALUE)
    yield from both("no fields", "1: i32 a", {})
    pair = "1: i32 a, 16: i32 b"
    yield Case("a step of 15 has the short form", pair, {"a": 1, "b": 2})
    yield Case("a step of 15 in the long form", pair, {"a": 1, "b": 2}, "1502 0520 04 00", again="1502f50400")
    yield Case("a step of 1 in the long form", "1: i32 a", {"a": 1}, "050202 00", again="150200")
    yield Case("a step of 16 has the long form", "1: i32 a, 17: i32 b", {"a": 1, "b": 2})
    yield Case("falling ids", pair, {"b": 2, "a": 1})
    yield Case("the lowest and the highest id", "-32768: i32 a, 32767: i32 b", {"a": 1, "b": 2})
    yield Case("id 0", "0: i32 a, 1: i32 b", {"a": 1, "b": 2})
    yield Case("ids start at 0 in each struct and go on behind it", "2: T a, 3: i32 b", {"a": {"c": 7}, "b": 1}, more="struct T { 1: i32 c }")
    yield Case("a step past the highest id", "32767: i32 a", REFUSED, "05feff0302 f502 00")
    yield Case("an id past 16 bits", "1: i32 a", REFUSED, "0580800802 00")
    yield Case("an end with a step", "1: i32 a", REFUSED, "1502 10")
    yield Case("a field of no type", "1: i32 a", REFUSED, "1e02 00")
    yield Case("a field of no type in binary", "1: i32 a", REFUSED, "05 0001 02 00", protocol="binary")
    yield from both("Boolean fields are their headers", "1: bool a, 2: bool b, 20: bool c", {"a": True, "b": False, "c": True})
    yield Case("any byte but 0 is true", "1: bool a, 2: bool b", {"a": True, "b": True}, "020001 02 020002 ff 00", "binary", "020001010200020100")
    yield Case("a field that comes twice: the last counts", "1: i32 a", {"a": 2}, "1502 050204 00", again="150400")


def collections():
    flags, numbers, table = "1: list<bool> a", "1: list<i32> a", "1: map<i32, string> a"
    yield Case("Booleans in a list", flags, {"a": [True, False, True]})
    yield Case("Booleans in a list, binary", flags, {"a": [True, False, True]}, protocol="binary")
    yield from both("Booleans in a set and a map", "1: set<bool> a, 2: map<bool, bool> b", {"a": [False, True], "b": {"$map": [[True, False]]}})
    yield Case("Booleans in a list as type 2", flags, {"a": [True, False]}, "19 22 01 02 00", again="1921010200", others="the specification: readers take 1 and 2")
    yield Case("Booleans in a map as type 2", "1: map<bool, bool> a", {"a": {"$map": [[True, False]]}}, "1b 01 22 01 02 00", again="1b0111010200")
    yield Case("false in a list as 0", flags, {"a": [True, False]}, "19 21 01 00 00", again="1921010200", others="the specification: writers that write 0 for false are known")
    for count in (0, 1, 14, 15, 127, 128):
        yield from both(f"a list of {count}", numbers, {"a": [1] * count})
    yield Case("a short list with the long header", numbers, {"a": [1, 2]}, "19 f5 02 02 04 00", again="1925020400")
    yield from both("an empty map", table, {"a": {"$map": []}})
    yield from both("a map", table, {"a": {"$map": [[-1, "x"], [1, ""]]}})
    yield Case("an empty list of no type", numbers, {"a": []}, "19 00 00", again="190500")
    yield Case("an empty list of no type in binary", numbers, {"a": []}, "0f0001 00 00000000 00", "binary", "0f0001080000000000")
    yield Case("an empty map of no types in binary", table, {"a": {"$map": []}}, "0d0001 00 00 00000000 00", "binary", "0d0001080b0000000000")
    yield Case("an empty list of another type", numbers, {"a": []}, "19 08 00", again="190500")
    yield from both("collections within collections", "1: map<i8, list<set<i64>>> a", {"a": {"$map": [[-1, [[1, 2], []]], [2, []]]}})
    yield from both("structs in a list", "1: list<T> a", {"a": [{"b": 1}, {}]}, more="struct T { 1: i32 b }")


def scalars():
    for word, bits in (("i8", 8), ("i16", 16), ("i32", 32), ("i64", 64)):
        values = {"a": 0, "b": -1, "c": -(2 ** (bits - 1)), "d": 2 ** (bits - 1) - 1}
        yield from both(f"{word}", f"1: {word} a, 2: {word} b, 3: {word} c, 4: {word} d", values)
    for name, bits in (("1.5", "3ff8000000000000"), ("-0.0", "8000000000000000"), ("infinity", "7ff0000000000000"), ("not a number", "7ff8000000000000")):
        others = "pilota 0.13 writes Compact doubles big-endian, and reads them little-endian" if name == "1.5" else ""
        yield from both(f"double {name}", "1: double a", {"a": {"$f64": bits}}, others=others)
    yield from both("text and bytes", "1: string a, 2: binary b", {"a": "größe 🎈\0", "b": {"$bytes": "00ff"}})
    yield from both("no text and no bytes", "1: string a, 2: binary b", {"a": "", "b": {"$bytes": ""}})
    yield Case("text that is not UTF-8", "1: string a", REFUSED, "18 01 ff 00")
    yield from both("uuid", "1: uuid a, 2: list<uuid> b", {"a": GOLDEN_VALUE["f"], "b": [GOLDEN_VALUE["f"]]})
    known = {"$uuid": "00112233-4455-4677-8899-aabbccddeeff"}
    yield from both("uuid of version 4", "1: uuid a, 2: list<uuid> b", {"a": known, "b": [known]})
    yield Case("a varint that is longer than it has to be", "1: i32 a", {"a": 1}, "15 8200 00", again="150200")
    yield Case("a varint past 10 bytes", "1: i64 a", REFUSED, "16" + "ff" * 10 + "01 00")
    yield Case("an i32 past 32 bits", "1: i32 a", REFUSED, "15 8080808010 00")
    yield Case("an i16 past 16 bits", "1: i16 a", REFUSED, "14 808008 00")


def strangers():
    yield Case("a field of another type counts as absent", "1: i32 a, 2: i32 b", {"b": 1}, "1602 1502 00", again="16021502 00")
    yield Case("a field of another type, binary", "1: i32 a", {}, "0a0001 0000000000000001 00", protocol="binary")
    yield Case("a list of items of another type counts as absent", "1: list<i32> a, 2: i32 b", {"b": 1}, "19 16 02 1502 00")
    yield Case("fields that are not known", "3: i32 a", {"a": 1}, "11 1c 15 02 00 15 02 1b 01 81 01 78 01 00")
    yield from both("a number that the enum does not have", "1: E a, 2: list<E> b", {"a": 7, "b": [1, -1]}, more="enum E { ONE = 1 }")
    yield Case("an arm that the union does not have", "1: i32 a", {}, "28 01 78 00", word="union")
    yield from both("a union", "1: i32 a, 2: bool b", {"b": False}, word="union")
    yield from both("an exception", "1: string a", {"a": "why"}, word="exception")
    yield Case("a required field that is missing", "1: required i32 a, 2: i32 b", REFUSED, "2502 00")


def claims():
    yield Case("a list of 2^31 - 1 items in six bytes", "1: list<i32> a", REFUSED, "19 f5 ffffffff07")
    yield Case("a map of 2^60 entries", "1: map<i32, i32> a", REFUSED, "1b 808080808080808010 55")
    yield Case("a text that is longer than the data", "1: string a", REFUSED, "18 7f 78 00")
    yield Case("a negative count", "1: list<i32> a", REFUSED, "0f0001 08 ffffffff 00", protocol="binary")
    yield Case("a negative length", "1: string a", REFUSED, "0b0001 ffffffff 00", protocol="binary")
    yield Case("the data ends in a field", "1: i32 a", REFUSED, "15 80")
    yield Case("the data ends before the end of the struct", "1: i32 a", REFUSED, "15 02")
    yield Case("10,000 structs within one another", "1: optional S a", REFUSED, "1c" * 10_000 + "00" * 10_001)


def messages():
    for kind in (1, 2, 3, 4):
        for protocol in ("compact", "binary", "binary-old"):
            message = {"name": "go", "kind": kind, "sequence": (-1, 0, 7, 2**31 - 1)[kind - 1]}
            yield Case(f"a message of kind {kind}, {protocol}", "1: i32 a", {"a": 1}, protocol=protocol, message=message)
    yield Case("a message of version 2 of Binary", "1: i32 a", REFUSED, "80020001 00000002 676f 00000000 00", protocol="binary", message=True)
    yield Case("a Compact message of fbthrift's version", "1: i32 a", REFUSED, "82 22 00 02 676f 00", message=True)
    yield Case("a message of kind 0", "1: i32 a", REFUSED, "82 01 00 02 676f 00", message=True)


def fbthrift():
    envelope = {"name": "go", "kind": 1, "sequence": 0}
    number, single = {"a": {"$f64": "3ff8000000000000"}}, {"a": {"$f32": "3fc00000"}}
    yield Case("fbthrift's Compact messages have version 2", "1: i32 a", {"a": 1}, "82 22 00 02 676f 1502 00", "fb-compact", message=envelope)
    yield Case("a Compact message of Apache's version", "1: i32 a", REFUSED, "82 21 00 02 676f 1502 00", "fb-compact", message=True)
    yield Case("fbthrift's Binary messages are Apache's", "1: i32 a", {"a": 1}, "80010001 00000002 676f 00000000 080001 00000001 00", "fb-binary", message=envelope)
    yield Case("fbthrift's Compact doubles are big-endian", "1: double a", number, "17 3ff8000000000000 00", "fb-compact")
    yield Case("fbthrift's Binary doubles are Apache's", "1: double a", number, "04 0001 3ff8000000000000 00", "fb-binary")
    yield Case("fbthrift's Compact type 13 is float", "1: float a", single, "1d 3fc00000 00", "fb-compact")
    yield Case("fbthrift's Binary type 19 is float", "1: float a", single, "13 0001 3fc00000 00", "fb-binary")
    yield Case("floats in a list, fbthrift's Compact", "1: list<float> a", {"a": [single["a"]]}, "19 1d 3fc00000 00", "fb-compact")
    yield Case("floats in a list, fbthrift's Binary", "1: list<float> a", {"a": [single["a"]]}, "0f 0001 13 00000001 3fc00000 00", "fb-binary")
    yield Case("a float that is not known, fbthrift's Compact", "2: i32 a", {"a": 1}, "1d 3fc00000 1502 00", "fb-compact")
    yield Case("a float that is not known, fbthrift's Binary", "2: i32 a", {"a": 1}, "13 0001 3fc00000 080002 00000001 00", "fb-binary")
    yield Case("a Boolean in fbthrift's Compact", "1: bool a, 2: list<bool> b", {"a": False, "b": [True, False]}, "12 19 21 01 02 00", "fb-compact")
    yield Case("Booleans in a list as type 2, fbthrift's Compact", "1: list<bool> a", {"a": [True, False]}, "19 22 01 02 00", "fb-compact", again="1921010200")
    yield Case("false in a list as 0, fbthrift's Compact", "1: list<bool> a", {"a": [True, False]}, "19 21 01 00 00", "fb-compact", again="1921010200")
    yield Case("a step of 15 in fbthrift's Compact", "1: i32 a, 16: i32 b", {"a": 1, "b": 2}, "1502 f504 00", "fb-compact")
    yield Case("a step of 15 in the long form, fbthrift's Compact", "1: i32 a, 16: i32 b", {"a": 1, "b": 2}, "1502 0520 04 00", "fb-compact", again="1502f50400")

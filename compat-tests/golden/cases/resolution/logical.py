"""Logical types: decimals match by precision and scale, all others by what is under them."""

from .. import REFUSED, branch, f64, fixed, raw
from .records import fields

MISMATCH = "TYPE_MISMATCH /"


def of(kind, logical, **more):
    return {"type": kind, "logicalType": logical, **more}


def decimal(precision, scale=None, kind="bytes"):
    scaled = {} if scale is None else {"scale": scale}
    if kind == "bytes":
        return of("bytes", "decimal", precision=precision, **scaled)
    return {"type": "fixed", "name": "D", "size": 4, "logicalType": "decimal", "precision": precision, **scaled}


def cases():
    yield from decimals()
    times = ["timestamp-millis", "timestamp-micros", "timestamp-nanos", "local-timestamp-millis", "time-micros"]
    for one, other in zip(times, times[1:] + times[:1]):
        yield f"{one} as {other}", of("long", one), of("long", other), "02", 1
    yield "timestamp-micros as timestamp-millis", of("long", "timestamp-micros"), of("long", "timestamp-millis"), "02", 1
    yield "date as int", of("int", "date"), "int", "02", 1
    yield "int as date", "int", of("int", "date"), "02", 1
    yield "date as time-millis", of("int", "date"), of("int", "time-millis"), "02", 1
    yield "date as long", of("int", "date"), "long", "02", 1
    yield "date as timestamp-millis", of("int", "date"), of("long", "timestamp-millis"), "02", 1
    yield "time-millis as time-micros", of("int", "time-millis"), of("long", "time-micros"), "02", 1
    yield "timestamp-millis as double", of("long", "timestamp-millis"), "double", "02", f64(1.0)
    yield "timestamp-millis as date", of("long", "timestamp-millis"), of("int", "date"), "02", REFUSED, MISMATCH
    uuid = "48" + b"00000000-0000-4000-8000-000000000000".hex()
    yield "uuid as string", of("string", "uuid"), "string", uuid, "00000000-0000-4000-8000-000000000000"
    yield "string as uuid", "string", of("string", "uuid"), uuid, "00000000-0000-4000-8000-000000000000"
    yield "text that is no UUID as uuid", "string", of("string", "uuid"), "0278", "x"
    binary = fixed(16, name="U", logicalType="uuid")
    yield "uuid as a fixed uuid", of("string", "uuid"), binary, uuid, REFUSED, MISMATCH
    yield "a fixed uuid as uuid", binary, of("string", "uuid"), "00" * 16, REFUSED, MISMATCH
    yield "a fixed uuid as a fixed", binary, fixed(16, name="U"), "ab" * 16, raw("ab" * 16)
    duration = fixed(12, name="T", logicalType="duration")
    yield "a duration", duration, duration, "010000000200000003000000", raw("010000000200000003000000")
    yield "a duration as a fixed", duration, fixed(12, name="T"), "010000000200000003000000", raw("010000000200000003000000")
    yield "a fixed as a duration", fixed(12, name="T"), duration, "010000000200000003000000", raw("010000000200000003000000")
    yield "a duration of another size", fixed(8, name="T"), duration, "0100000002000000", REFUSED, "FIXED_SIZE_MISMATCH /size"
    yield "an unknown logical type", of("int", "x-unheard-of"), "long", "02", 1
    yield "an unknown logical type read", "int", of("int", "x-unheard-of"), "02", 1
    yield "a logical type on the wrong type", of("string", "date"), "string", "0278", "x"
    yield "a date on a string as a date", of("string", "date"), of("int", "date"), "0278", REFUSED, MISMATCH
    yield "a duration of the wrong size", fixed(3, name="T", logicalType="duration"), fixed(3, name="T"), "010203", raw("010203")
    yield "a big decimal as bytes", of("bytes", "big-decimal"), "bytes", "06020a04", raw("020a04")
    yield "a date in a union", ["null", of("int", "date")], ["null", "int"], "0202", branch(1, 1)
    yield "a date into a union of longs", of("int", "date"), ["null", of("long", "timestamp-millis")], "02", branch(1, 1)


def decimals():
    yield "a decimal", decimal(4, 1), decimal(4, 1), "0201", raw("01")
    yield "a decimal of another scale", decimal(4, 1), decimal(4, 2), "0201", REFUSED, MISMATCH
    yield "a decimal of more precision", decimal(4, 1), decimal(5, 1), "0201", REFUSED, MISMATCH
    yield "a decimal of less precision", decimal(5, 1), decimal(4, 1), "0201", REFUSED, MISMATCH
    yield "a decimal of no scale", decimal(4), decimal(4, 0), "0201", raw("01")
    yield "a decimal as bytes", decimal(4, 1), "bytes", "0201", raw("01")
    yield "bytes as a decimal", "bytes", decimal(4, 1), "0201", raw("01")
    yield "a decimal as string", decimal(4, 1), "string", "0241", "A"
    yield "string as a decimal", "string", decimal(4, 1), "0241", raw("41")
    yield "a decimal as a big decimal", decimal(4, 1), of("bytes", "big-decimal"), "0201", raw("01")
    yield "a decimal that is none", decimal(2, 3), decimal(4, 1), "0201", raw("01")
    yield "a decimal without precision", of("bytes", "decimal"), decimal(4, 1), "0201", raw("01")
    yield "a decimal of bytes as fixed", decimal(4, 1), decimal(4, 1, "fixed"), "0201", REFUSED, MISMATCH
    yield "a decimal of fixed as bytes", decimal(4, 1, "fixed"), decimal(4, 1), "00000001", REFUSED, MISMATCH
    yield "a decimal of fixed", decimal(4, 1, "fixed"), decimal(4, 1, "fixed"), "00000001", raw("00000001")
    yield "a decimal of fixed, of another scale", decimal(4, 1, "fixed"), decimal(4, 2, "fixed"), "00000001", REFUSED, MISMATCH
    yield "a decimal of fixed, of more precision", decimal(4, 1, "fixed"), decimal(5, 1, "fixed"), "00000001", REFUSED, MISMATCH
    yield "a decimal of fixed as fixed", decimal(4, 1, "fixed"), fixed(4, name="D"), "00000001", raw("00000001")
    yield "a fixed as a decimal of fixed", fixed(4, name="D"), decimal(4, 1, "fixed"), "00000001", raw("00000001")
    too_precise = decimal(40, 1, "fixed")
    yield "a decimal too precise for its fixed", too_precise, decimal(4, 1, "fixed"), "00000001", raw("00000001")
    writer, reader = fields({"name": "d", "type": decimal(4, 1)}), fields({"name": "d", "type": decimal(4, 2)})
    yield "a decimal of another scale in a field", writer, reader, "0201", REFUSED, "TYPE_MISMATCH /fields/0/type"
    writer, reader = ["null", decimal(4, 1)], ["null", decimal(4, 2)]
    yield "a decimal of another scale in a union", writer, reader, "020201", REFUSED, "TYPE_MISMATCH /1/1"
    yield "a decimal of another scale in a union, not met", writer, reader, "00", branch(0, None), "TYPE_MISMATCH /1/1"

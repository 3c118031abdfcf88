"""Old data under new schemas, and the verdict that goes with it, as the specification says (section "Schema Resolution").

Each module yields cases: a name, the writer's and the reader's schema, one value's bytes, what comes out, and the faults of the
pair as `KIND way`, named and placed as the Java implementation does.
"""

from .. import INVALID, REFUSED, text
from . import containers, defaults, enums, logical, names, primitives, records, recursion, skips, unions

PARTS = (primitives, containers, names, records, defaults, enums, unions, logical, recursion, skips)


def cases():
    for part in PARTS:
        for name, writer, reader, data, expected, *faults in part.cases():
            request = {"schema": text(writer), "reader": text(reader), "hex": data}
            if expected is not REFUSED:
                expected = {"value": expected, "read": len(bytes.fromhex(data))}
            yield "decode", name, request, expected
            verdict = REFUSED if faults == [INVALID] else verdict_of(faults)
            yield "compatibility", name, {"writer": text(writer), "reader": text(reader)}, verdict


def verdict_of(faults):
    split = sorted(tuple(fault.split(" ")) for fault in faults)
    found = [{"kind": kind, "location": location} for kind, location in split]
    return {"compatible": not found, "incompatibilities": found}

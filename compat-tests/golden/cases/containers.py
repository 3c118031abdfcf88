"""Container files, written by each implementation that can."""

from . import EVERYTHING, EVERYTHING_VALUE, record, text

SYNC = bytes(range(16)).hex()
CODECS = ("null", "deflate", "snappy", "zstandard", "bzip2", "xz")
METADATA = {"golden.note": "grüße".encode().hex()}


def writes():
    """(name, judge, request): files to be written; reading them is the case."""
    numbers = record(("n", "long"), name="Number")
    for judge in ("fastavro", "avro", "java"):
        for codec in CODECS:
            yield f"{codec} by {judge}", judge, {
                "schema": text(numbers),
                "values": [{"n": number * number} for number in range(20)],
                "codec": codec,
                "metadata": METADATA,
                "sync": SYNC,
                "block_items": 8,
            }
        common = {"codec": "null", "metadata": {}, "sync": SYNC}
        yield f"no values by {judge}", judge, {**common, "schema": '"string"', "values": []}
        yield f"everything by {judge}", judge, {**common, "schema": text(EVERYTHING), "values": [EVERYTHING_VALUE] * 2}
        yield f"values without bytes by {judge}", judge, {**common, "schema": '"null"', "values": [None] * 3}


def damaged(file):
    """(name, bytes): what becomes of a file of the null codec; each is to be refused."""
    yield "cut off in the header", file[:20]
    yield "cut off in the last block", file[:-20]
    yield "another magic", b"Obj\x02" + file[4:]
    yield "empty", b""
    # The first block's sync marker: the second occurrence of the marker in the file.
    sync = bytes(range(16))
    second = file.index(sync, file.index(sync) + 16)
    yield "a sync marker overwritten", file[:second] + b"\xff" + file[second + 1 :]
    yield "a codec that nobody has", file.replace(b"\x08null", b"\x08nill")

#!/usr/bin/env python3
"""A judge around a Python implementation of Avro: `avro_judge.py fastavro|avro`. See PROTOCOL.md."""

import sys
import warnings

from judging.neutral import Refused
from judging.serving import answer_requests


def main():
    # Complaints about logical types that are switched off on purpose.
    warnings.simplefilter("ignore")
    library = implementation(sys.argv[1] if len(sys.argv) == 2 else "")
    answer_requests(lambda request: serve(library, request))


def implementation(name):
    if name == "fastavro":
        from judging import with_fastavro

        return with_fastavro
    if name == "avro":
        from judging import with_avro

        return with_avro
    sys.exit("usage: avro_judge.py fastavro|avro")


def serve(library, request):
    op = request["op"]
    if op == "hello":
        return {"library": library.LIBRARY, "version": library.VERSION}
    if op == "validate":
        library.parse(request["schema"])
        return {}
    if op == "canonical":
        return {"text": library.canonical(request["schema"])}
    if op == "fingerprint":
        return {"hex": library.fingerprint(request["schema"], request["algorithm"])}
    if op == "encode":
        return {"hex": library.encode(request["schema"], request["value"]).hex()}
    if op == "decode":
        value, read = library.decode(request["schema"], request.get("reader"), bytes.fromhex(request["hex"]))
        return {"value": value, "read": read}
    if op == "json_encode":
        return {"text": library.json_encode(request["schema"], request["value"])}
    if op == "json_decode":
        return {"value": library.json_decode(request["schema"], request.get("reader"), request["text"])}
    if op == "container_write":
        return container_write(library, request)
    if op == "container_read":
        return library.container_read(contents(request), request.get("reader"))
    if op in ("single_object_encode", "single_object_decode", "compatibility"):
        raise Refused("unsupported", f"{library.LIBRARY} has no {op}")
    raise Refused("request", f"there is no op {op}")


def container_write(library, request):
    metadata = {name: bytes.fromhex(value) for name, value in (request.get("metadata") or {}).items()}
    sync = bytes.fromhex(request["sync"]) if request.get("sync") else None
    values, codec, block_items = request["values"], request["codec"], request.get("block_items")
    data = library.container_write(request["schema"], values, codec, metadata, sync, block_items)
    if not request.get("path"):
        return {"hex": data.hex()}
    with open(request["path"], "wb") as file:
        file.write(data)
    return {}


def contents(request):
    if "hex" in request:
        return bytes.fromhex(request["hex"])
    try:
        with open(request["path"], "rb") as file:
            return file.read()
    except OSError as error:
        raise Refused("request", str(error)) from error


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""A judge around PyPI `thrift`. See PROTOCOL.md."""

from judging import thrift_service, with_thrift
from judging.neutral import Refused
from judging.serving import answer_requests


def main():
    answer_requests(serve)


def serve(request):
    op = request["op"]
    if op == "hello":
        return {"library": with_thrift.LIBRARY, "version": with_thrift.VERSION}
    if op not in ("encode", "decode", "serve", "receive"):
        raise Refused("request", f"there is no op {op}")
    schema = with_thrift.schema_of(request["schema"])
    if op == "serve":
        return thrift_service.serve(schema, request["functions"], request["protocol"], bytes.fromhex(request["hex"]))
    if op == "receive":
        data = bytes.fromhex(request["hex"])
        return thrift_service.receive(schema, request["result"], request["void"], request["protocol"], data)
    struct, protocol, message = request["struct"], request["protocol"], request.get("message")
    if op == "encode":
        order = request.get("order", "rising")
        return {"hex": with_thrift.encode(schema, struct, protocol, message, request["value"], order).hex()}
    data = bytes.fromhex(request["hex"])
    envelope, value, read = with_thrift.decode(schema, struct, protocol, bool(message), data)
    return {"value": value, "read": read, **({"message": envelope} if message else {})}


if __name__ == "__main__":
    main()

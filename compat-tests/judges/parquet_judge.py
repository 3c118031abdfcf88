#!/usr/bin/env python3
"""A judge around PyPI `pyarrow`: what is in the footers of Parquet files. See PROTOCOL.md."""

from judging import with_pyarrow
from judging.neutral import Refused
from judging.serving import answer_requests


def main():
    answer_requests(serve)


def serve(request):
    op = request["op"]
    if op == "hello":
        return {"library": "pyarrow", "version": with_pyarrow.VERSION}
    if op == "files":
        return {"files": [{"name": name, "hex": data.hex()} for name, data in with_pyarrow.files()]}
    if op == "footer":
        return {"footer": with_pyarrow.footer(bytes.fromhex(request["hex"]))}
    raise Refused("request", f"there is no op {op}")


if __name__ == "__main__":
    main()

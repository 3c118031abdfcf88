"""The loop of every judge: a request a line in, an answer a line out."""

import json
import sys

from judging.neutral import Refused


def answer_requests(serve):
    for line in sys.stdin:
        request = json.loads(line)
        answer = {"id": request.get("id")}
        try:
            answer["ok"] = serve(request)
        except Refused as refusal:
            answer["error"] = {"kind": refusal.kind, "message": str(refusal)}
        except KeyError as missing:
            answer["error"] = {"kind": "request", "message": f"no {missing}"}
        print(json.dumps(answer), flush=True)

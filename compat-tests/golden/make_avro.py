#!/usr/bin/env python3
"""Writes the golden vectors `avro/*.json` and `avro/DEVIATIONS.md` by asking the judges; with --check compares instead.

Run by the Python of the peers: `target/peers/bin/python compat-tests/golden/make_avro.py`. The right answer of a case stands
in the case where the specification says it, and is Java's otherwise. Whoever answers otherwise is recorded with the answer.
"""

import difflib
import json
import os
import subprocess
import sys
from pathlib import Path

from cases import binary, containers, reading, reasons, resolution, schemas, texts

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = Path(os.environ.get("COGNATE_PEERS", ROOT / "target" / "peers"))
SCRIPT = HERE.parent / "judges" / "avro_judge.py"
COMMANDS = {
    "java": [PEERS / "bin" / "java", "AvroJudge"],
    "fastavro": [PEERS / "bin" / "python", SCRIPT, "fastavro"],
    "avro": [PEERS / "bin" / "python", SCRIPT, "avro"],
}


# What no golden vector can say.
NOTES = [
    "- Java 1.12.2 bounds the count of a block by the smallest size of the *reader's* items, so that it refuses small arrays of",
    "  ints read as doubles, and small maps likewise (`values promoted`).",
    "- Java decodes strings that are not UTF-8 to replacement characters, and drops the last block of a file that is cut off.",
    "- fastavro and avro end a deflate block with three bytes of a zlib checksum, which every reader ignores.",
    "- fastavro's JSON writer fails on recursive schemas, records without fields and empty keys, and writes bare `NaN`, `Infinity`.",
    "- Java writes no text at all in JSON for records that hold nothing but records without fields.",
    "- avro writes the last branch of a union that a value fits, fastavro the first; the judges name branches instead.",
    "- Over random pairs of schemas, all that Java's verdict says otherwise is listed with the reason in `src/verdicts`, and all that",
    "  Java and fastavro read otherwise in `src/readings.rs`; `tests/resolution.rs` passes no other difference.",
    "- Java's reader of data does not look at the names of records outside of unions; its compatibility check does.",
    "- Cognate, as a library and a command, only warns of a name that is used before its definition, as Java accepts it; here it",
    "  counts as refused.",
]


class Judge:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, operation, request):
        """The answer as golden vectors hold it; None for what the implementation does not have."""
        print(json.dumps({"id": 0, "op": operation, **request}), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        if "ok" in answer:
            ok = answer["ok"]
            # How an implementation writes the schema down again is its own affair.
            if operation == "container_read":
                del ok["schema"], ok["metadata"]["avro.schema"]
                ok["metadata"].pop("avro.codec", None)
            if "incompatibilities" in ok:
                # A set: in an implementation's own words, order and repetition, the same faults are the same answer.
                told = {(found["kind"], found["location"]) for found in ok["incompatibilities"]}
                ok["incompatibilities"] = [{"kind": kind, "location": location} for kind, location in sorted(told)]
            return ok
        kind, message = answer["error"]["kind"], answer["error"]["message"]
        if kind == "request" or (kind == "value" and "is not the neutral form" in message):
            sys.exit(f"a wrong request: {message}: {operation} {request}")
        return None if kind == "unsupported" else {"refused": True}


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit("usage: make_avro.py [--check]")
    for command in COMMANDS.values():
        if not command[0].exists():
            print(f"skipped: {command[0].name} is not installed under the peers")
            sys.exit(1 if os.environ.get("CI", "") not in ("", "0", "false") else 0)
    judges = {name: Judge(command) for name, command in COMMANDS.items()}
    versions = {name: judge.ask("hello", {})["version"] for name, judge in judges.items()}

    suites = {}
    everything = [case for part in (binary, reading, resolution, schemas, texts) for case in part.cases()]
    for operation, name, request, expected in everything + list(files(judges, check)):
        suites.setdefault(suite_of(operation, request), []).append(judged(judges, operation, name, request, expected))
    made = {f"{suite}.json": render(suite, cases) for suite, cases in suites.items()}
    made["DEVIATIONS.md"] = deviations(suites, versions)

    outdated = 0
    for name, content in made.items():
        path = HERE / "avro" / name
        if not check:
            path.write_text(content)
        elif not path.exists() or path.read_text() != content:
            outdated += 1
            old = path.read_text().splitlines() if path.exists() else []
            print(f"{path.name} is out of date; make_avro.py writes it anew")
            print("\n".join(list(difflib.unified_diff(old, content.splitlines(), lineterm="", n=0))[:20]))
    count = sum(len(cases) for cases in suites.values())
    print(f"{count} golden vectors {'compared' if check else 'written'}")
    sys.exit(1 if outdated else 0)


def suite_of(operation, request):
    return "resolve" if operation == "decode" and "reader" in request else operation


def files(judges, check):
    """Cases of reading container files. The files are written once: compressors of other versions write other bytes."""
    path = HERE / "avro" / "container_read.json"
    written = {}
    if check and path.exists():
        written = {case["name"]: case["request"]["hex"] for case in json.loads(path.read_text())["cases"]}
    for name, judge, request in containers.writes():
        answer = {"hex": written[name]} if name in written else judges[judge].ask("container_write", request)
        if answer is None:
            continue
        expected = {"values": request["values"], "codec": request["codec"], "metadata": request["metadata"]}
        yield "container_read", name, {"hex": answer["hex"]}, expected
        if name == "null by java":
            for damage, file in containers.damaged(bytes.fromhex(answer["hex"])):
                yield "container_read", damage, {"hex": file.hex()}, {"refused": True}


def judged(judges, operation, name, request, expected):
    answers = {judge: asked for judge, it in judges.items() if (asked := it.ask(operation, request)) is not None}
    if expected is None:
        expected = next(iter(answers.values()))
    differing = {judge: answer for judge, answer in answers.items() if not same(operation, answer, expected)}
    case = {"name": name, "request": request, "expect": expected, "judges": sorted(answers)}
    return {**case, "differs": differing} if differing else case


def same(operation, answer, expected):
    if operation == "json_encode" and "text" in answer and "text" in expected:
        return json.loads(answer["text"]) == json.loads(expected["text"])
    return answer == expected


def render(suite, cases):
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    return f'{{"operation": "{"decode" if suite == "resolve" else suite}", "cases": [\n{lines}\n]}}\n'


def deviations(suites, versions):
    lines = [
        "# Where the judges differ",
        "",
        "Written by `make_avro.py`. The expected answer is the specification's, or Java's where the specification is silent.",
        "Each line of the tables is a golden vector of this folder, and `cargo xtask test` asks again.",
        "",
        *NOTES,
        "",
        "Versions: " + ", ".join(f"{name} {version}" for name, version in sorted(versions.items())) + ".",
    ]
    for suite, cases in suites.items():
        found = [case for case in cases if "differs" in case]
        if not found:
            continue
        explained = suite in ("resolve", "compatibility")
        lines += ["", f"## {suite}", "", "| case | expected | otherwise |", "|---|---|---|"]
        for case in found:
            alone = "nobody agrees: " if len(case["differs"]) == len(case["judges"]) else ""
            operation = "decode" if suite == "resolve" else suite
            told = []
            for judge, answer in sorted(case["differs"].items()):
                why = f" ({reasons.reason(judge, operation, case['name'])})" if explained else ""
                told.append(f"{judge}: {brief(answer)}{why}")
            others = alone + "<br>".join(told)
            lines.append(f"| {case['name']} | {brief(case['expect'])} | {others} |")
    if wrong := reasons.wrong():
        sys.exit("\n".join(wrong))
    return "\n".join(lines) + "\n"


def brief(answer):
    if answer == {"refused": True}:
        return "refused"
    if answer == {}:
        return "accepted"
    if "incompatibilities" in answer:
        found = answer["incompatibilities"]
        return ", ".join(f"`{it['kind']}` at `{it['location']}`" for it in found) or "compatible"
    for part in ("value", "hex", "text", "values"):
        if part in answer:
            answer = answer[part]
            break
    shown = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    shown = shown if len(shown) <= 100 else shown[:100] + "…"
    return "`" + shown.replace("|", "\\|") + "`"


if __name__ == "__main__":
    main()

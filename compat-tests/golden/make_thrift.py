#!/usr/bin/env python3
"""Writes the golden vectors `thrift/wire.json` by asking the judges of Thrift; with --check compares instead.

Run by the Python of the peers: `target/peers/bin/python compat-tests/golden/make_thrift.py`. Each case says what the bytes mean,
what Cognate writes of it when that is not the same (`again`), and what each judge of the dialect does (`judges`):

- `writes`: it writes these bytes of the value, and reads them as they are meant;
- `reads`: it writes what Cognate does, and reads these as they are meant;
- `refuses`: what is to be refused, it refuses;
- otherwise an object. `reads`: what it makes of the bytes, `refuses`, or `divided` where its compiled module and its Python
  disagree; `writes`: what it writes of the value, or `refuses`. Either is left out where it is as above.
"""

import difflib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from thrift_cases import REFUSED, cases

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = Path(os.environ.get("COGNATE_PEERS", ROOT / "target" / "peers"))
JUDGES = HERE.parent / "judges"
# Those of the Apache project, and the one of fbthrift's dialect.
COMMANDS = {
    "python": [PEERS / "bin" / "python", JUDGES / "thrift_judge.py"],
    "node": [PEERS / "bin" / "node", JUDGES / "npm" / "thrift_judge.js"],
    "rust": [PEERS / "rust" / "thrift-judge"],
    "drift": [PEERS / "bin" / "java", "ThriftJudge"],
}
APACHE, FBTHRIFT = ("python", "node", "rust"), ("drift",)
PLACE = HERE / "thrift" / "wire.json"
FIELD = re.compile(r"\s*(-?\d+):\s*(required\s+|optional\s+)?(.+?)\s+(\w+)\s*$")


class Judge:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, operation, request):
        print(json.dumps({"id": 0, "op": operation, **request}), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        if answer.get("error", {}).get("kind") == "request":
            sys.exit(f"a wrong request: {answer}: {operation} {request}")
        return answer


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit("usage: make_thrift.py [--check]")
    missing = [name for name, command in COMMANDS.items() if not command[0].exists()]
    if missing:
        print(f"skipped: not installed under the peers: {', '.join(missing)}")
        sys.exit(1 if os.environ.get("CI", "") not in ("", "0", "false") else 0)
    judges = {name: Judge(command) for name, command in COMMANDS.items()}
    versions = {}
    for name, judge in judges.items():
        hello = judge.ask("hello", {})["ok"]
        versions[name] = f"{hello['library']} {hello['version']}"
    made = [golden(judges, case) for case in cases()]
    names = [case["name"] for case in made]
    if len(set(names)) < len(names):
        sys.exit("a name stands for several cases")
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in made)
    content = f'{{"judges": {json.dumps(versions)}, "cases": [\n{lines}\n]}}\n'

    old = PLACE.read_text() if PLACE.exists() else ""
    outdated = check and old != content
    if outdated:
        print(f"{PLACE.name} is out of date; make_thrift.py writes it anew")
        print("\n".join(list(difflib.unified_diff(old.splitlines(), content.splitlines(), lineterm="", n=0))[:20]))
    elif not check:
        PLACE.parent.mkdir(exist_ok=True)
        PLACE.write_text(content)
    print(f"{len(made)} golden vectors {'compared' if check else 'written'}")
    sys.exit(1 if outdated else 0)


def golden(judges, case):
    idl = f"{case.more}\n{case.word} S {{ {case.fields} }}".lstrip()
    request = {"schema": described(idl), "struct": "S", "protocol": case.protocol}
    asked = FBTHRIFT if case.protocol.startswith("fb-") else APACHE
    if case.hex:
        data = case.hex.replace(" ", "")
    else:
        data = written(judges[asked[0]], case, request)
        if data == "refuses":
            sys.exit(f"{case.name}: {asked[0]} does not write it")
    made = {"name": case.name, "idl": idl, "protocol": case.protocol, "hex": data}
    made |= {"refused": True} if case.value is REFUSED else {"value": case.value}
    for part in ("message", "others"):
        if getattr(case, part):
            made[part] = getattr(case, part)
    again = case.again.replace(" ", "")
    if again:
        made["again"] = again
    made["judges"] = {name: verdict(judges[name], case, request, data, again or data) for name in asked}
    return made


def verdict(judge, case, request, data, again):
    """What a judge does with bytes, and with the value that they mean."""
    answer = judge.ask("decode", {**request, "message": bool(case.message), "hex": data})
    if "error" in answer:
        reads = {"data": "refuses", "divided": "divided"}[answer["error"]["kind"]]
    else:
        found, envelope = answer["ok"]["value"], answer["ok"].get("message")
        if case.value is not REFUSED and found == case.value and envelope in (case.message, None):
            reads = "reads"
        else:
            reads = {"value": found, **({"message": envelope} if envelope else {})}
    if case.value is REFUSED:
        return reads if reads == "refuses" else {"reads": reads}
    writes = written(judge, case, request)
    if reads == "reads" and writes in (data, again):
        return "writes" if writes == data else "reads"
    differing = {} if reads == "reads" else {"reads": reads}
    return differing if writes in (data, again) else {**differing, "writes": writes}


def written(judge, case, request):
    answer = judge.ask("encode", {**request, "value": case.value, "message": case.message, "order": "given"})
    if "error" in answer and answer["error"]["kind"] == "unsupported":
        sys.exit(f"{case.name}: {answer}")
    return answer["ok"]["hex"] if "ok" in answer else "refuses"


def described(idl):
    """The description for the judge of the few forms that the cases use."""
    enums = set(re.findall(r"enum (\w+)", idl))
    structs = {}
    for name, fields in re.findall(r"(?:struct|union|exception) (\w+) \{([^}]*)\}", idl):
        structs[name] = [field(text, enums) for text in split(fields)]
    return structs


def field(text, enums):
    id_, need, kind, name = FIELD.match(text).groups()
    required = (need or "").strip() == "required"
    return {"id": int(id_), "name": name, "type": kind_of(kind, enums), "required": required}


def kind_of(text, enums):
    if text in enums:
        return "i32"
    word, _, inner = text.partition("<")
    if not inner:
        return {"struct": word} if word[0].isupper() else word
    parts = [kind_of(part.strip(), enums) for part in split(inner[:-1])]
    return {word: parts if word == "map" else parts[0]}


def split(text):
    """At the commas that stand outside of brackets."""
    depth, parts = 0, [""]
    for character in text:
        depth += (character == "<") - (character == ">")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part for part in parts if part.strip()]


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes the golden vectors `thrift/wire.json` by asking PyPI `thrift`; with --check compares instead.

Run by the Python of the peers: `target/peers/bin/python compat-tests/golden/make_thrift.py`. Each case says what the bytes mean,
what Cognate writes of it when that is not the same (`again`), and what `thrift` does:

- `writes`: the bytes are its own, and it reads them as they are meant;
- `reads`: it would write others, but reads them so;
- `refuses`; `divided`, where its compiled module and its Python disagree; or `{"reads": …}`, something else;
- nothing, where the dialect is not its own.

`others` says what is known of other implementations.
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
COMMAND = [PEERS / "bin" / "python", HERE.parent / "judges" / "thrift_judge.py"]
PLACE = HERE / "thrift" / "wire.json"
FIELD = re.compile(r"\s*(-?\d+):\s*(required\s+|optional\s+)?(.+?)\s+(\w+)\s*$")


class Judge:
    def __init__(self):
        self.process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

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
    if not COMMAND[0].exists():
        print("skipped: python is not installed under the peers")
        sys.exit(1 if os.environ.get("CI", "") not in ("", "0", "false") else 0)
    judge = Judge()
    version = judge.ask("hello", {})["ok"]["version"]
    made = [golden(judge, case) for case in cases()]
    names = [case["name"] for case in made]
    if len(set(names)) < len(names):
        sys.exit("a name stands for several cases")
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in made)
    content = f'{{"thrift": "{version}", "cases": [\n{lines}\n]}}\n'

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


def golden(judge, case):
    idl = f"{case.more}\n{case.word} S {{ {case.fields} }}".lstrip()
    request = {"schema": described(idl), "struct": "S", "protocol": case.protocol}
    if case.hex:
        data = case.hex.replace(" ", "")
    else:
        answer = judge.ask("encode", {**request, "value": case.value, "message": case.message, "order": "given"})
        if "ok" not in answer:
            sys.exit(f"{case.name}: {answer}")
        data = answer["ok"]["hex"]
    made = {"name": case.name, "idl": idl, "protocol": case.protocol, "hex": data}
    made |= {"refused": True} if case.value is REFUSED else {"value": case.value}
    for part in ("message", "others"):
        if getattr(case, part):
            made[part] = getattr(case, part)
    if case.again:
        made["again"] = case.again.replace(" ", "")
    if not case.protocol.startswith("fb-"):
        made["thrift"] = read(judge, case, {**request, "hex": data})
    return made


def read(judge, case, request):
    answer = judge.ask("decode", {**request, "message": bool(case.message)})
    if "error" in answer:
        return {"data": "refuses", "divided": "divided"}[answer["error"]["kind"]]
    found = answer["ok"]["value"]
    if case.value is REFUSED or found != case.value:
        return {"reads": found}
    if case.message and answer["ok"]["message"] != case.message:
        sys.exit(f"{case.name}: {answer}")
    return "reads" if case.hex else "writes"


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

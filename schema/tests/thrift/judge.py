#!/usr/bin/env python3
"""Writes the verdicts of the Apache compiler into `compiler.cases`, beside this file.

`thrift` must be on the path; the verdicts in the file are of version 0.17. A text is accepted when one of the generators takes it:
some look at less than others. The lines that start with `but` are ours and stay.
"""

import pathlib
import subprocess
import tempfile

GENERATORS = ["cpp", "java", "py"]


def files(text):
    if not text.startswith(">>> "):
        return {"main.thrift": text}
    parts = ("\n" + text).split("\n>>> ")[1:]
    return dict(part.split("\n", 1) for part in parts)


def verdict(text):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        names = files(text)
        for name, content in names.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content + "\n")
        (folder / "out").mkdir()
        reason = None
        for generator in GENERATORS:
            command = ["thrift", "--gen", generator, "-o", "out", next(iter(names))]
            try:
                done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=5)
            except subprocess.TimeoutExpired:
                reason = "it does not end"
                continue
            if done.returncode == 0:
                return "accept"
            if done.returncode < 0:
                reason = "it crashes"
                continue
            lines = (done.stderr + done.stdout).replace(f"{folder}/", "").splitlines()
            lines = [line.strip() for line in lines if line.strip() and "WARNING" not in line]
            reason = lines[1] if lines[0].startswith("[ERROR") and len(lines) > 1 else lines[0]
        return f"reject {reason}"


path = pathlib.Path(__file__).with_name("compiler.cases")
preface, *cases = path.read_text().split("\n=== ")
out = preface
for case in cases:
    head, tail = case.split("\n---", 1)
    title, text = head.split("\n", 1) if "\n" in head else (head, "")
    kept = "".join(f"\n{line}" for line in tail.splitlines() if line.startswith("but "))
    out += f"\n=== {title}\n{text}\n---\n{verdict(text)}{kept}\n"
path.write_text(out)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What a header declares is used by somebody else: nothing is written ahead of need. Prints TAP."""
import collections
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
DECLARED = re.compile(r"^(?!typedef\b)[A-Za-z_][\w *]*?\b(qc_\w+) \(", re.M)
DEFINED = re.compile(r"^(qc_\w+) \(", re.M)
NAME = re.compile(r"\bqc_\w+\b")
# Macros call these (those of the wire in its tests), and GObject.
BY_MACRO = re.compile(r"_(?:get_type|free|quark)$|^qc_wire_(?:en|de)code_")
# The names of steps are kept with the draft and told by nobody yet.
KNOWN = {"qc_draft_get_undo_label", "qc_draft_get_redo_label"}


def read(path):
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)


def main():
    sources = {path: read(path) for room in ("src", "tests") for path in sorted((ROOT / room).rglob("*.[ch]"))}
    declared = {}
    named = collections.Counter()
    for path, text in sources.items():
        named.update(NAME.findall(text))
        if path.suffix == ".h" and path.is_relative_to(ROOT / "src"):
            for name in DECLARED.findall(text):
                declared[name] = path.relative_to(ROOT)
                named[name] -= 1
        elif path.suffix == ".c":
            named.subtract(DEFINED.findall(text))
    faults = [f"{path}: {name}" for name, path in declared.items()
              if named[name] <= 0 and not BY_MACRO.search(name) and name not in KNOWN]
    print("1..2")
    print(f"{'ok' if len(declared) > 1000 else 'not ok'} 1 - there is something to check ({len(declared)} functions)")
    for fault in faults:
        print(f"# {fault} is called by nobody")
    print(f"{'not ok' if faults else 'ok'} 2 - what is declared is called")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())

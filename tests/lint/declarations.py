#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A variable is declared where it gets its value, not above it: one style in the whole tree. Prints TAP."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
DECLARATION = re.compile(r"^( +)(?:const |struct |unsigned )*[A-Za-z_]\w*(?: \(\w+\))? (?:const )?\**(\w+)(?: = (?:NULL|0|FALSE))?;$")
NO_TYPE = re.compile(r"^ +(?:return|goto|break|case|else|typedef|extern) ")


def split_functions(lines):
    """(number of the first line, lines) of each body: from a brace in the first column to its end."""
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield start, lines[start:number]
            start = None


def faults_of(body):
    if any(re.search(r"\bgoto\b", line) for line in body):
        return
    for at, line in enumerate(body):
        found = DECLARATION.match(line)
        if not found or NO_TYPE.match(line):
            continue
        indent, name = found.groups()
        for later in body[at + 1:]:
            if not re.search(rf"(?<![\w.>]){name}\b", later):
                if len(later) - len(later.lstrip()) < len(indent) and later.strip():
                    break
                continue
            if re.match(rf"{indent}{name} = ", later) and not re.search(rf"= .*\b{name}\b", later):
                yield at, name
            elif re.match(rf"{indent}for \({name} = ", later) and "=" not in line:
                rest = [other for other in body[at + 1:] if re.search(rf"\b{name}\b", other)]
                if rest and rest[0] == later and not any(re.search(rf"^{indent}\S.*\b{name}\b", other)
                                                         and "for (" not in other for other in rest):
                    yield at, name
            break


def main():
    paths = sorted([*(ROOT / "src").rglob("*.c"), *(ROOT / "tests").rglob("*.c")])
    faults = []
    for path in paths:
        lines = path.read_text(encoding="utf-8").splitlines()
        for start, body in split_functions(lines):
            faults += [f"{path.relative_to(ROOT)}:{start + at + 1}: {name}" for at, name in faults_of(body)]
    print("1..2")
    print(f"{'ok' if paths else 'not ok'} 1 - there is something to check ({len(paths)} files)")
    for fault in faults:
        print(f"# {fault} is declared above the line that gives it its value")
    print(f"{'not ok' if faults else 'ok'} 2 - variables are declared where they get their value")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())

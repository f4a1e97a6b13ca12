#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Every action that the center writes into its log has a word on the console's page of it. Prints TAP."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "src/center/console/qc-console-account.c"
WRITERS = re.compile(r"\bqc_engine_(?:run|log) \(")
ACTION = re.compile(r'"([a-z]+(?:-[a-z]+)*)"')


def rest_of(text, at):
    """From an opening bracket to the one that closes it."""
    depth = 0
    for end in range(at, len(text)):
        depth += text[end] in "({"
        depth -= text[end] in ")}"
        if depth == 0:
            return text[at:end]
    return text[at:]


def written():
    """Action → the file that writes it; "center" is who acts."""
    actions = {}
    for path in sorted((ROOT / "src/center").rglob("*.c")):
        text = path.read_text(encoding="utf-8")
        for found in WRITERS.finditer(text):
            for action in ACTION.findall(rest_of(text, found.end() - 1)):
                actions.setdefault(action, path.name)
    actions.pop("center", None)
    return actions


def main():
    table = set(re.findall(r'^      \{"([a-z-]+)", "[^"]+"\},', TABLE.read_text(encoding="utf-8"), re.M))
    actions = written()
    missing = sorted(set(actions) - table)
    for action in missing:
        print(f"# {action} of {actions[action]} has no word")
    good = len(actions) > 15 and not missing
    print("1..1")
    print(f"{'ok' if good else 'not ok'} 1 - actions of the center's log have words ({len(actions)})")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())

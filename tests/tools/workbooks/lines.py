#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""spec.json as lines of fields between tabs, for writers without JSON: lines.py SPEC >LINES."""
import json
import pathlib
import sys


def value(cell):
    v = cell["v"]
    return "|".join(v) if isinstance(v, list) else str(int(v)) if isinstance(v, bool) else str(v).replace("\n", "\\n")


for name, book in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")).items():
    print("book", name, sep="\t")
    for sheet in book["sheets"]:
        print("sheet", sheet["name"], int(bool(sheet.get("hidden"))), sep="\t")
        for number, row in sheet["rows"].items():
            print("row", number, int(row["hidden"]), sep="\t")
            for column, cell in row["cells"].items():
                print("cell", number, column, cell["t"], cell.get("f") or "", value(cell), sep="\t")
        for area in sheet.get("merges", []):
            print("merge", area, sep="\t")

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Workbooks as many programs write them (fixtures/writers), each read into exactly the table that its writer was asked
for: WRITER-BOOK.xls, .xlsx or .csv against the book of expected.json. One that is renamed is read all the same.

Usage: test_writers.py READ-TOOL. Prints TAP.
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from test_marks import Taps

FOLDER = pathlib.Path(__file__).resolve().parent / "fixtures" / "writers"
LEAST = 60  # workbooks
WRITERS = 7
# What a program does not write: its lines in place of others.
LOST = {"gnumeric.biff7-plain.xls": ("欧阳　𠮷", "欧阳　?"),  # no code page has it
        "gnumeric-placed.xlsx": (" hidden", ""), "sheetjs-placed.xls": ("6h:", "6:")}


def read(tool, paths):
    """{file: its lines}"""
    told = subprocess.run([tool, *map(str, paths)], capture_output=True, text=True, check=True).stdout
    parts = [part.split("\n") for part in ("\n" + told).split("\nfile ")[1:]]
    return {pathlib.Path(part[0]).name: [line for line in part[1:] if line] for part in parts}


def first_difference(seen, wanted):
    return next(((i, one, other) for i, (one, other) in enumerate(zip(seen, wanted)) if one != other), (len(seen), len(wanted)))


def main():
    tool, taps = sys.argv[1], Taps()
    expected = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
    files = sorted(path for path in FOLDER.iterdir() if path.suffix in (".xls", ".xlsx", ".csv"))
    seen = read(tool, files)
    for path in files:
        wanted = [line.replace(*LOST.get(path.name, ("", ""))) for line in expected[path.stem.rsplit("-", 1)[1]]]
        if path.suffix == ".csv":
            wanted[0] = "sheet "
        taps.check(seen[path.name] == wanted, f"{path.name} is read as it was meant",
                   first_difference(seen[path.name], wanted))
    writers = {path.name.split("-")[0].split(".")[0] for path in files} - {"imitation"}
    taps.check(len(files) >= LEAST and len(writers) >= WRITERS, f"{len(files)} workbooks of {len(writers)} programs", writers)
    with tempfile.TemporaryDirectory() as folder:
        names = {"libreoffice-plain.xls": "old.xlsx", "libreoffice-plain.xlsx": "new.xls", "xlwt-texts.xls": "old.csv"}
        for name, other in names.items():
            shutil.copy(FOLDER / name, pathlib.Path(folder) / other)
        renamed = read(tool, [pathlib.Path(folder) / other for other in names.values()])
        for name, other in names.items():
            taps.check(renamed[other] == seen[name], f"{name} is read under the name {other}")
    print(f"1..{taps.n}")
    return 1 if taps.failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The last line of `make test` is true whatever a test printed."""
import contextlib
import io
import pathlib
import sys
import tempfile

import summary

HEAD = "<?xml version='1.0' encoding='utf-8'?>\n"
SUITE = HEAD + "<testsuites><testsuite>{}<system-out>{}</system-out></testsuite></testsuites>"
PASSED = "<testcase classname='a' name='1'/>"
FAILED = "<testcase classname='a' name='2'><failure/></testcase>"


WINDOW = "qingce:journey / journey a"
LATE = f"<testcase classname='qingce.{WINDOW}' name='1 - a'><failure/></testcase>"
WHY = "Traceback\\nstage.Late: waited 20 s for the door\\n# client log:"


def said(folder, *options):
    output = io.StringIO()
    sys.argv = ["summary.py", *options, str(folder)]
    with contextlib.redirect_stdout(output):
        status = summary.main()
    return output.getvalue().splitlines(), status


def write(folder, run, cases, printed, results, name):
    (folder / f"{run}.junit.xml").write_bytes(SUITE.format(cases, "{}").encode().replace(b"{}", printed))
    (folder / f"{run}.json").write_text("".join(f'{{"name": "{name}", "result": "{r}", "stderr": "{WHY}"}}\n' for r in results))


def last_line(cases, printed, results):
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(folder), "testlog", cases, printed, results, "a")
        lines, status = said(folder)
    return lines[-1], status


def second_run(name, result):
    """What is asked to run again, and what is said when that ended so."""
    with tempfile.TemporaryDirectory() as folder:
        write(pathlib.Path(folder), "testlog", PASSED + LATE.replace(WINDOW, name), b"", ["ERROR"], name)
        asked, _ = said(folder, "--again")
        write(pathlib.Path(folder), "again", "", b"", [result], name)
        lines, status = said(folder)
    return asked, lines, status


ROWS = [
    ("all passed", (PASSED, b"", ["OK"]), ("1 passed, 0 failed", 0)),
    ("control characters, half characters", (PASSED, b"\x1b[1m \x00 \x08 \xff\xfe \xef\xbf\xbf", ["OK"]),
     ("1 passed, 0 failed", 0)),
    ("a case failed", (PASSED + FAILED, b"\x01", ["FAIL"]), ("1 passed, 1 failed", 1)),
    ("a program died after its cases", (PASSED, b"", ["TIMEOUT"]), ("1 passed, 1 failed", 1)),
    ("nothing ran", ("", b"", []), ("0 passed, 0 failed", 1)),
    ("not XML at all", ("<", b"", ["OK"]), ("0 passed, 1 failed", 1)),
]

TOLD = "stage.Late: waited 20 s for the door"
SECOND = [
    ("a window goes well alone", (WINDOW, "OK"),
     (["journey a"], [f"went well when it ran again alone: {WINDOW}: {TOLD}", "2 passed, 0 failed"], 0)),
    ("a window fails twice", (WINDOW, "ERROR"),
     (["journey a"], [f"failed: qingce.{WINDOW} 1 - a: {TOLD}", "1 passed, 1 failed"], 1)),
    ("what is no window has one try", ("qingce:core / a", "OK"),
     ([""], [f"failed: qingce.qingce:core / a 1 - a: {TOLD}", "1 passed, 1 failed"], 1)),
]

rows = [(last_line, *row) for row in ROWS] + [(second_run, *row) for row in SECOND]
print(f"1..{len(rows)}")
wrong = 0
for number, (judge, name, given, expected) in enumerate(rows, 1):
    got = judge(*given)
    wrong += got != expected
    print(("ok" if got == expected else "not ok"), number, "-", name if got == expected else f"{name}: {got}")
sys.exit(1 if wrong else 0)

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


def last_line(cases, printed, results):
    with tempfile.TemporaryDirectory() as folder:
        junit = pathlib.Path(folder, "testlog.junit.xml")
        junit.write_bytes(SUITE.format(cases, "{}").encode().replace(b"{}", printed))
        pathlib.Path(folder, "testlog.json").write_text("".join(f'{{"name": "a", "result": "{r}"}}\n' for r in results))
        output = io.StringIO()
        sys.argv = ["summary.py", folder]
        with contextlib.redirect_stdout(output):
            status = summary.main()
    return output.getvalue().splitlines()[-1], status


ROWS = [
    ("all passed", (PASSED, b"", ["OK"]), ("1 passed, 0 failed", 0)),
    ("control characters, half characters", (PASSED, b"\x1b[1m \x00 \x08 \xff\xfe \xef\xbf\xbf", ["OK"]),
     ("1 passed, 0 failed", 0)),
    ("a case failed", (PASSED + FAILED, b"\x01", ["FAIL"]), ("1 passed, 1 failed", 1)),
    ("a program died after its cases", (PASSED, b"", ["TIMEOUT"]), ("1 passed, 1 failed", 1)),
    ("nothing ran", ("", b"", []), ("0 passed, 0 failed", 1)),
    ("not XML at all", ("<", b"", ["OK"]), ("0 passed, 1 failed", 1)),
]

print(f"1..{len(ROWS)}")
wrong = 0
for number, (name, given, expected) in enumerate(ROWS, 1):
    got = last_line(*given)
    wrong += got != expected
    print(("ok" if got == expected else "not ok"), number, "-", name if got == expected else f"{name}: {got}")
sys.exit(1 if wrong else 0)

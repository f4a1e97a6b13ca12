#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Counts the cases of a meson run (each TAP line is a case) and prints `N passed, N failed` as its last line.

The exit status is 0 only when something ran and nothing failed.
"""
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

BAD = {"FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS"}

# meson copies what a test printed into the file as it was; XML 1.0 has no place for most control characters.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def readable(text):
    """The XML of meson without the characters that XML does not know."""
    return NOT_XML.sub("?", text)


def cases(folder):
    """passed, names of the failed, skipped: by the cases that the programs reported."""
    text = (folder / "testlog.junit.xml").read_text(encoding="utf-8", errors="replace")
    root = ElementTree.fromstring(readable(text))
    passed, failed, skipped = 0, [], 0
    for case in root.iter("testcase"):
        name = f"{case.get('classname', '')} {case.get('name', '')}"
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(name)
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def programs(folder):
    """Programs that did not end well, whatever their cases said (killed, timed out, died between two cases)."""
    with open(folder / "testlog.json", encoding="utf-8") as lines:
        for line in lines:
            result = json.loads(line)
            if result["result"] in BAD:
                yield result["name"]


def main():
    folder = pathlib.Path(sys.argv[1])
    try:
        passed, failed, skipped = cases(folder)
        ended_badly = list(programs(folder))
    except (OSError, ValueError, ElementTree.ParseError) as error:
        print(f"cannot read the test results: {error}")
        print("0 passed, 1 failed")
        return 1
    for name in failed:
        print(f"failed: {name}")
    for name in ended_badly:
        words = name.split(" / ")
        if not any(words[-1] in case for case in failed):
            failed.append(name)
            print(f"ended badly: {name}")
    if skipped:
        print(f"skipped: {skipped}")
    print(f"{passed} passed, {len(failed)} failed")
    return 0 if not failed and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())

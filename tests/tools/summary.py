#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Counts the cases of a meson run (each TAP line is a case) and prints `N passed, N failed` as its last line.

Usage: summary.py LOGS            the count; above it each one that failed, with the words it failed with
       summary.py --again LOGS    names of the programs worth another run: few, and of a window on a display, which wait for
                                  what a loaded machine does late. Their second run is called `again` and stands in LOGS
The exit status of a count is 0 only when something ran and nothing failed (or went well when it ran again alone, which is
said).
"""
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

BAD = {"FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS"}
MOST_AGAIN = 6

# what says most first: what ended a Python program or failed in GLib's tests; a case that is not ok
REASONS = [re.compile(r"^(# )?(\*\*.*ERROR|Bail out!|[\w.]+(Error|Late|Exception)\b)"), re.compile("^not ok"), re.compile(r"\S")]

# meson copies what a test printed into the file as it was; XML 1.0 has no place for most control characters.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def readable(text):
    """The XML of meson without the characters that XML does not know."""
    return NOT_XML.sub("?", text)


def cases(folder, run):
    """passed, names of the failed, skipped: by the cases that the programs reported."""
    text = (folder / f"{run}.junit.xml").read_text(encoding="utf-8", errors="replace")
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


def programs(folder, run):
    """Programs that did not end well, whatever their cases said (killed, timed out, died between two cases): the name of
    each with the words that tell why."""
    with open(folder / f"{run}.json", encoding="utf-8") as lines:
        results = [json.loads(line) for line in lines]
    return {result["name"]: reason(result) for result in results if result["result"] in BAD}


def reason(result):
    """The line of what a program printed that says most: what a test in Python or in C fails with; its last one otherwise."""
    lines = f"{result.get('stdout', '')}\n{result.get('stderr', '')}".splitlines()
    told = next(filter(None, ([line for line in lines if kind.search(line)] for kind in REASONS)), ["nothing was printed"])
    return told[-1].strip("# ")[:300]


def words(name):
    """What meson calls a test on its command line."""
    return name.split(" / ")[-1]


def again(folder):
    """Names of the programs to run again; none where so many failed that the machine is not the reason."""
    bad = programs(folder, "testlog")
    windows = [name for name in bad if re.search(r":(journey|display) /", name)]
    return [words(name) for name in windows] if len(bad) <= MOST_AGAIN else []


def count(folder):
    passed, failed, skipped = cases(folder, "testlog")
    bad = programs(folder, "testlog")
    second = folder / "again.json"
    well = bad.keys() - programs(folder, "again").keys() if second.exists() else set()
    well = {name for name in well if words(name) in again(folder)}
    for name, why in bad.items():
        its = [case for case in failed if f"{name} " in f"{case} "]
        if name in well:
            print(f"went well when it ran again alone: {name}: {why}")
            failed = [case for case in failed if case not in its]
            passed += max(len(its), 1)
        elif its:
            print(*(f"failed: {case}: {why}" for case in its), sep="\n")
        else:
            print(f"ended badly: {name}: {why}")
            failed.append(name)
    if skipped:
        print(f"skipped: {skipped}")
    return passed, len(failed)


def main():
    folder = pathlib.Path(sys.argv[-1])
    try:
        if "--again" in sys.argv:
            print("\n".join(again(folder)))
            return 0
        passed, failed = count(folder)
    except (OSError, ValueError, ElementTree.ParseError) as error:
        print(f"cannot read the test results: {error}")
        passed, failed = 0, 1
    print(f"{passed} passed, {failed} failed")
    return 0 if not failed and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())

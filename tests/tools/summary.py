#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Counts the cases of a meson run (each TAP line is a case) and prints `N passed, N failed` as its last line.

The exit status is 0 only when something ran and nothing failed.
"""
import sys
import xml.etree.ElementTree as ElementTree


def main():
    try:
        root = ElementTree.parse(sys.argv[1]).getroot()
    except (OSError, ElementTree.ParseError) as error:
        print(f"cannot read the test results: {error}")
        print("0 passed, 1 failed")
        return 1
    passed = failed = skipped = 0
    for case in root.iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
            print(f"failed: {case.get('classname', '')} {case.get('name', '')}")
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    # A program that died without a failing case of its own counts as well.
    for suite in root.iter("testsuite"):
        own = int(suite.get("errors", "0")) + int(suite.get("failures", "0"))
        seen = sum(1 for case in suite.iter("testcase")
                   if case.find("failure") is not None or case.find("error") is not None)
        failed += max(0, own - seen)
    if skipped:
        print(f"skipped: {skipped}")
    print(f"{passed} passed, {failed} failed")
    return 0 if failed == 0 and passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())

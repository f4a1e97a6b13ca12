#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Every shortcut that a page or the window has stands in the window of shortcuts, and that window itself does. Prints TAP."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEY = r'"((?:<[A-Za-z]+>)+\w+|F\d+)"'


def used():
    """Key → where it is given out. Of those of the window the first one of each command counts; Alt and a figure are one."""
    keys = {}
    for path in sorted((ROOT / "src/ui").rglob("*.c")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if "qc_page_add_shortcut" in line or re.search(r'^\s*\{"(win|app)\..*\{', line):
                found = re.findall(KEY, line)
                if found:
                    keys.setdefault(found[0], path.name)
    return {key: where for key, where in keys.items() if not re.fullmatch(r"<Alt>\d", key)}


def told():
    text = (ROOT / "src/ui/help-overlay.ui").read_text(encoding="utf-8")
    return {key.replace("&lt;", "<").replace("&gt;", ">")
            for key in re.findall(r'name="accelerator">([^<]*)</property>', text)}


def main():
    keys, listed = used(), told()
    missing = {key: where for key, where in keys.items() if key not in listed}
    print("1..2")
    print("ok 1" if len(keys) > 15 else "not ok 1", f"- there are shortcuts to look for ({len(keys)})")
    for key, where in missing.items():
        print(f"# {key} of {where} is not in the window of shortcuts")
    print("not ok 2" if missing else "ok 2", "- the window of shortcuts has all of them")
    return 0 if keys and not missing else 1


if __name__ == "__main__":
    sys.exit(main())

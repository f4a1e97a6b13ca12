#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Every file says under which licence it stands and whose it is, in its first lines. Prints TAP."""
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Files that cannot carry a comment, or are the licence itself.
EXEMPT_NAMES = {"LICENSE", "LINGUAS", "POTFILES", ".gitignore", "README.md", "README.zh_CN.md", "HACKING.md",
                "CONTRIBUTING.md"}
EXEMPT_SUFFIXES = {".json", ".ndjson", ".png", ".db", ".xlsx", ".xls", ".csv", ".doc", ".md"}
EXEMPT_FOLDERS = ("LICENSES/", "tests/fuzz/corpus/")


def files():
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"],
                            capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [ROOT / line for line in listed.stdout.splitlines()]
    return [path for folder in ("src", "data", "po", "resources", "tests", "flatpak")
            for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def main():
    faults, seen = [], 0
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if (path.name in EXEMPT_NAMES or path.suffix in EXEMPT_SUFFIXES or name.startswith(EXEMPT_FOLDERS)
                or not path.is_file()):
            continue
        seen += 1
        head = path.read_bytes()[:400]
        if b"SPDX-License-Identifier: " not in head or b"SPDX-FileCopyrightText: " not in head:
            faults.append(name)
    print("1..2")
    print(f"{'ok' if seen else 'not ok'} 1 - there is something to check ({seen} files)")
    for fault in faults:
        print(f"# no SPDX head: {fault}")
    print(f"{'ok' if not faults else 'not ok'} 2 - every file has its SPDX head")
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""zh_CN is complete: every file with strings is in POTFILES, every string is translated, none is fuzzy, none is of
yesterday. Prints TAP."""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CALL = re.compile(r"\b(?:_|N_|C_|NC_|ngettext|g_dngettext) ?\(\s*\"")
TEMPLATE = re.compile(r'translatable="(?:yes|true)"')
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "g_dgettext:2", "g_dpgettext2:2c,3"]


def with_strings():
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix in {".c", ".h"} and CALL.search(path.read_text(encoding="utf-8")):
            yield path.relative_to(ROOT).as_posix()
        elif path.suffix == ".ui" and TEMPLATE.search(path.read_text(encoding="utf-8")):
            yield path.relative_to(ROOT).as_posix()


def run(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def count(text):
    return len(re.findall(r'^msgid "', text, re.MULTILINE)) - 1 if "msgid" in text else 0


def main():
    listed = set((ROOT / "po/POTFILES").read_text().split())
    missing = [name for name in with_strings() if name not in listed]
    gone = [name for name in listed if not (ROOT / name).exists()]
    with tempfile.TemporaryDirectory() as folder:
        pot, merged = f"{folder}/qingce.pot", f"{folder}/merged.po"
        extract = run("xgettext", "--from-code=UTF-8", *[f"--keyword={word}" for word in KEYWORDS],
                      "-f", "po/POTFILES", "-o", pot)
        run("msgmerge", "-q", "--no-fuzzy-matching", "po/zh_CN.po", pot, "-o", merged)
        untranslated = run("msgattrib", "--untranslated", "--no-obsolete", merged).stdout
        obsolete = run("msgattrib", "--only-obsolete", merged).stdout
        fuzzy = run("msgattrib", "--only-fuzzy", "--no-obsolete", "po/zh_CN.po").stdout
        checked = run("msgfmt", "--check-format", "-o", "/dev/null", "po/zh_CN.po")
    results = [
        ("every file with strings is in POTFILES", not missing and not gone, missing + gone),
        ("strings can be extracted", extract.returncode == 0, extract.stderr.splitlines()),
        ("every string is translated", not count(untranslated), re.findall(r'^msgid .*', untranslated, re.MULTILINE)),
        ("nothing is translated that nobody says", "#~ msgid" not in obsolete, re.findall(r'^#~ msgid .*', obsolete,
                                                                                          re.MULTILINE)),
        ("no translation is fuzzy", not count(fuzzy), re.findall(r'^msgid .*', fuzzy, re.MULTILINE)),
        ("formats agree", checked.returncode == 0, checked.stderr.splitlines()),
    ]
    print(f"1..{len(results)}")
    for number, (name, good, notes) in enumerate(results, 1):
        for note in notes if not good else []:
            print("# " + note)
        print(f"{'ok' if good else 'not ok'} {number} - {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

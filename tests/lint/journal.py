#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Every act that is written into the journal has its words, and every act that has words is written somewhere. Prints
TAP."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "src/app/keep/qc-journal-words.c"
# Calls in whose arguments the code of an act stands, and the struct that brings one along.
WRITERS = re.compile(r"\b(?:qc_session_journal|qc_store_journal_append|note|write_book|"
                     r"qc_voucher_service_write_book_async) \(|\bQcStoreArrival \w+\s*= \{")
CODE = re.compile(r'"([a-z]+(?:[.-][a-z]+)+|exported|salvaged)"')


def rest_of(text, at):
    """From an opening bracket to the one that closes it."""
    depth = 0
    for end in range(at, len(text)):
        depth += text[end] in "({"
        depth -= text[end] in ")}"
        if depth == 0:
            return text[at:end]
    return text[at:]


def written():
    """Code of an act → the files that write it."""
    codes = {}
    for room in ("app", "store", "ui"):
        for path in sorted((ROOT / "src" / room).rglob("*.c")):
            text = path.read_text(encoding="utf-8")
            for found in WRITERS.finditer(text):
                for code in CODE.findall(rest_of(text, found.end() - 1)):
                    codes.setdefault(code, set()).add(str(path.relative_to(ROOT)))
    return codes


def main():
    table = set(re.findall(r'^    \{"([a-z.-]+)", N_ \("[^"]+"\), describe_', TABLE.read_text(encoding="utf-8"), re.M))
    codes = written()
    for code in sorted(set(codes) - table):
        print(f"# {code} has no words; written in {', '.join(sorted(codes[code]))}")
    for code in sorted(table - set(codes)):
        print(f"# {code} has words, and nobody writes it")
    good = bool(table) and set(codes) == table
    print("1..1")
    print(f"{'ok' if good else 'not ok'} 1 - acts of the journal and their words are the same ({len(table)})")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())

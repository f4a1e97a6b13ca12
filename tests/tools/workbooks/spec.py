#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What the workbooks of tests/displayless/spreadsheet/fixtures/writers hold, once for all writers: spec.json is what
each of them is asked to write, expected.json what has to be read of it. See make.sh.

    spec.py FOLDER

A book: base1904, sheets; a sheet: name, hidden, merges, rows {number: {"hidden", "cells": {"B": cell}}}; a cell: t (text,
num, date, flag, formula, rich), v (of rich: its pieces; of a date: YYYY-MM-DD), f (number format, or the formula).
"""
import json
import pathlib
import sys


def text(v):
    return {"t": "text", "v": v}


def num(v, f=None):
    return {"t": "num", "v": v, "f": f}


def date(v, f="yyyy-mm-dd"):
    return {"t": "date", "v": v, "f": f}


def formula(f, v):
    return {"t": "formula", "f": f, "v": v}


def row(*cells, first="A", hidden=False):
    return {"hidden": hidden, "cells": {chr(ord(first) + i): cell for i, cell in enumerate(cells) if cell}}


HEAD = [text(v) for v in ("个人账号", "姓名", "证件号码", "缴存基数", "执行年月", "在职")]
BOOKS = {
    # A header, texts that are digits, dates and months in the forms that offices use, blank rows, extra columns.
    "plain": {"sheets": [{"name": "清册", "rows": {
        1: row(*HEAD),
        2: row(text("0023110000000001"), text("王芳"), text("230102199003070016"), num(5500.5, "#,##0.00"), date("2026-10-08"),
               {"t": "flag", "v": True}),
        3: row(num(23110000000002, "0"), text("李娜"), text("11010119900307001X"), num(6000), date("2026-10-01", 'yyyy"年"m"月"'),
               {"t": "flag", "v": False}),
        6: row(text("0023110000000003"), text("欧阳　𠮷"), None, num(-0.01), date("1900-03-01", "yyyy/m/d"), None),
        7: row(text("0023110000000004"), text("a<b>&\"c\""), None, num(0.1 + 0.2), date("2026-12-31", "yyyy-mm"), None),
        9: row(None, text("合计"), None, num(123456789012345, "0"), None, None),
    }}]},
    # A title that is merged, the header in row 4 from column C, hidden rows, a hidden sheet before and a sheet behind.
    "placed": {"sheets": [
        {"name": "代码", "hidden": True, "rows": {1: row(text("不看"), num(1))}},
        {"name": "2026 调整", "merges": ["C1:F1"], "rows": {
            1: row(text("缴存基数调整清册（2026年度）"), first="C"),
            4: row(*HEAD[:4], first="C"),
            5: row(text("0023110000000001"), text("王芳"), None, num(5500), first="C"),
            6: row(text("0023110000000002"), text("李娜"), None, num(5600), first="C", hidden=True),
            300: row(text("0023110000000003"), text("赵敏"), None, num(5700), first="C"),
        }},
        {"name": "说明", "rows": {2: row(text("填写说明"))}}]},
    # Days counted from 1904.
    "mac": {"base1904": True, "sheets": [{"name": "清册", "rows": {
        1: row(text("个人账号"), text("日期"), text("基数")),
        2: row(text("0023110000000001"), date("2026-10-08"), num(5500)),
        3: row(text("0023110000000002"), date("1904-02-29"), num(46303)),
    }}]},
    # What formulas came to when they were saved.
    "formulas": {"sheets": [{"name": "清册", "rows": {
        1: row(text("个人账号"), text("姓名"), text("基数")),
        2: row(text("0023110000000001"), formula('"王"&"芳"', "王芳"), formula("5000+500.5", 5500.5)),
        3: row(text("0023110000000002"), formula('IF(C3>1,"甲","乙")', "甲"), formula("ROUND(C2*1.1,2)", 6050.55)),
        4: row(text("0023110000000003"), formula("C2>C3", False), formula("SUM(C2:C3)", 11551.05)),
    }}]},
    # Formats inside of texts, and so many texts that a record ends inside of one.
    "texts": {"sheets": [{"name": "清册", "rows": {
        1: row(text("个人账号"), text("备注")),
        2: row(text("0023110000000001"), {"t": "rich", "v": ["王", "芳", " 已核"]}),
        3: row(text("0023110000000002"), text("第一行\n第二行")),
        **{i: row(text(f"{i:016d}"), text(f"第{i}人，" + "长" * (i % 60) + "x" * (i % 7))) for i in range(4, 130)},
    }}]},
}


def shown(cell):
    """(type, text) as a table has it."""
    kind, value = cell["t"], cell["v"]
    if kind == "formula":
        kind = "flag" if isinstance(value, bool) else "num" if isinstance(value, (int, float)) else "text"
    if kind == "rich":
        return "text", "".join(value)
    if kind == "num":
        return "number", f"{value:.15g}"
    if kind == "flag":
        return "flag", "TRUE" if value else "FALSE"
    return kind, value


def dump(book):
    lines = []
    for sheet in book["sheets"]:
        lines.append(f"sheet {sheet['name']}" + (" hidden" if sheet.get("hidden") else ""))
        for number, line in sheet["rows"].items():
            cells = " ".join("{}={}:{}".format(place, *shown(cell)) for place, cell in line["cells"].items())
            lines += f"{number}{'h' if line['hidden'] else ''}: {cells}".split("\n")
    return lines


def main():
    folder = pathlib.Path(sys.argv[1])
    (folder / "spec.json").write_text(json.dumps(BOOKS, ensure_ascii=False), encoding="utf-8")
    (folder / "expected.json").write_text(json.dumps({name: dump(book) for name, book in BOOKS.items()}, ensure_ascii=False,
                                                     indent=1) + "\n", encoding="utf-8")


main()

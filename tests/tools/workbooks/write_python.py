#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The workbooks of spec.py by openpyxl, XlsxWriter and xlwt: write_python.py SPEC FOLDER."""
import datetime
import json
import pathlib
import sys

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904


def day(cell):
    return datetime.datetime.strptime(cell["v"], "%Y-%m-%d")


def places(sheet):
    for number, row in sheet["rows"].items():
        for column, cell in row["cells"].items():
            yield int(number), ord(column) - ord("A") + 1, cell


def by_openpyxl(book, path):
    out = openpyxl.Workbook()
    out.remove(out.active)
    if book.get("base1904"):
        out.epoch = CALENDAR_MAC_1904
    for sheet in book["sheets"]:
        page = out.create_sheet(sheet["name"])
        page.sheet_state = "hidden" if sheet.get("hidden") else "visible"
        for y, x, cell in places(sheet):
            it = page.cell(y, x)
            it.value = {"date": lambda: day(cell), "rich": lambda: "".join(cell["v"]),
                        "formula": lambda: "=" + cell["f"]}.get(cell["t"], lambda: cell["v"])()
            if cell.get("f") and cell["t"] != "formula":
                it.number_format = cell["f"]
        for number, row in sheet["rows"].items():
            page.row_dimensions[int(number)].hidden = row["hidden"]
        for area in sheet.get("merges", []):
            page.merge_cells(area)
    out.active = len(book["sheets"]) - 1
    out.save(path)


def by_xlsxwriter(book, path, constant=False):
    out = xlsxwriter.Workbook(path, {"constant_memory": constant, "date_1904": bool(book.get("base1904"))})
    bold = out.add_format({"bold": True})
    for sheet in book["sheets"]:
        page = out.add_worksheet(sheet["name"])
        if sheet.get("hidden"):
            page.hide()
        else:
            page.activate()
            page.set_first_sheet()
        hidden = set()
        for y, x, cell in places(sheet):
            if sheet["rows"][str(y)]["hidden"] and y not in hidden:
                page.set_row(y - 1, None, None, {"hidden": True})
                hidden.add(y)
            form = out.add_format({"num_format": cell["f"]}) if cell.get("f") and cell["t"] != "formula" else None
            if cell["t"] == "rich":
                page.write_rich_string(y - 1, x - 1, cell["v"][0], bold, *cell["v"][1:])
            elif cell["t"] == "formula":
                page.write_formula(y - 1, x - 1, "=" + cell["f"], None, cell["v"])
            elif cell["t"] == "date":
                page.write_datetime(y - 1, x - 1, day(cell), form)
            elif cell["t"] == "flag":
                page.write_boolean(y - 1, x - 1, cell["v"])
            elif cell["t"] == "num":
                page.write_number(y - 1, x - 1, cell["v"], form)
            else:
                page.write_string(y - 1, x - 1, cell["v"])
        if not constant:
            for area in sheet.get("merges", []):
                page.merge_range(area, sheet["rows"]["1"]["cells"][area[0]]["v"])
    out.close()


def by_xlwt(book, path):
    out = xlwt.Workbook(encoding="utf-8")
    out.dates_1904 = bool(book.get("base1904"))
    bold = xlwt.easyfont("bold on")
    for sheet in book["sheets"]:
        page = out.add_sheet(sheet["name"])
        page.visibility = 1 if sheet.get("hidden") else 0
        for y, x, cell in places(sheet):
            style = xlwt.XFStyle()
            style.num_format_str = cell.get("f") or "General"
            page.row(y - 1).hidden = int(sheet["rows"][str(y)]["hidden"])
            if cell["t"] == "rich":
                page.write_rich_text(y - 1, x - 1, (cell["v"][0], (cell["v"][1], bold), *cell["v"][2:]))
            else:
                page.write(y - 1, x - 1, day(cell) if cell["t"] == "date" else cell["v"], style)
    out.active_sheet = len(book["sheets"]) - 1
    out.save(path)


def main():
    spec, folder = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")), sys.argv[2]
    for name, book in spec.items():
        by_xlsxwriter(book, f"{folder}/xlsxwriter-{name}.xlsx")
        by_xlsxwriter(book, f"{folder}/xlsxwriter.constant-{name}.xlsx", constant=True)
        by_openpyxl(book, f"{folder}/openpyxl-{name}.xlsx")
        if name != "formulas":
            by_xlwt(book, f"{folder}/xlwt-{name}.xls")


main()

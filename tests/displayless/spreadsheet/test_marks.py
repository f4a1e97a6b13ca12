#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Workbooks of several writers, marked: every entry without a mark keeps its bytes, another program (openpyxl) reads the
marks and everything else as before, a second marking takes the place of the first, and taking them out gives back the
sheet byte for byte. In the long form (QINGCE_PROVE_SECONDS) also as LibreOffice opens them, where it is installed.

Usage: test_marks.py MARK-TOOL. Prints TAP.
"""
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table

FIXTURES = pathlib.Path(__file__).resolve().parent / "fixtures"
TITLE = "检查结果"
FAULT, REASON = "FFFFC8D1", "FFFFF1D6"
FIRST = [(3, 1, "姓名与账号不符。", "李娜"), (5, 3, "基数低于下限。", ""), (5, 1, "封存中。", ""), (7, 2, "缺少证件号码。", ""),
         (9, -1, "已调出。", "")]
SECOND = [(4, 0, "账号不存在。", ""), (9, -1, "已调出。", "")]


class Taps:
    def __init__(self):
        self.n, self.failed = 0, 0

    def check(self, ok, what, *seen):
        self.n += 1
        self.failed += not ok
        print(f"{'ok' if ok else 'not ok'} {self.n} - {what}", flush=True)
        if not ok and seen:
            print("#", *(repr(one)[:600] for one in seen))


def run(tool, what, path, out, marks=()):
    text = "".join("\t".join(map(str, mark)) + "\n" for mark in marks)
    done = subprocess.run([tool, what, path, "0", "1", TITLE, out], input=text, text=True, capture_output=True, check=False)
    return done.stdout.split(" ")[0] if done.returncode == 0 else done.stderr


def records(path):
    """Entry by entry what the archive has of it: its record with all bytes, and its line in the directory."""
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        places = sorted(info.header_offset for info in archive.infolist()) + [archive.start_dir]
        comment = archive.comment
        found = {info.filename: (data[info.header_offset:places[places.index(info.header_offset) + 1]], info.date_time,
                                 info.comment, info.extra, info.external_attr, info.create_system, info.create_version)
                 for info in archive.infolist()}
    return found, comment


def changed(before, after):
    """Names of entries that are not as they were, and of those that came; None if the order or the comment differ."""
    (old, comment), (new, its) = records(before), records(after)
    if list(new)[:len(old)] != list(old) or comment != its:
        return None
    return {name for name in new if old.get(name) != new[name]}


def values(path, formulas=True):
    book = openpyxl.load_workbook(path, data_only=not formulas)
    return {sheet.title: {cell.coordinate: cell.value for row in sheet for cell in row if cell.value is not None}
            for sheet in book.worksheets}


def fills(path, colour):
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == colour and cell.fill.fill_type}


def sheet_part(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith("worksheets/sheet1.xml")))


def reasons(marks):
    rows = {}
    for row, _, reason, _ in marks:
        if reason not in rows.get(row, ""):
            rows[row] = rows.get(row, "") + reason
    return rows


def in_sheet(taps, tool, path, folder):
    name = path.name
    one, two, clean, other = (folder / f"{name}-{what}.xlsx" for what in ("one", "two", "clean", "other"))
    how = run(tool, "mark", path, one, FIRST)
    taps.check(how == "in-sheet", f"{name}: marked in the sheet", how)
    touched = changed(path, one)
    taps.check(touched is not None and len(touched) == 2 and any("styles" in entry for entry in touched)
               and any("sheet1" in entry for entry in touched), f"{name}: two entries differ", touched)
    before, after = values(path), values(one)
    sheet = next(iter(before))
    new = {place: value for place, value in after[sheet].items() if place not in before[sheet]}
    column = next(iter(new))[:-1]
    expected = {f"{column}{row}": reason for row, reason in reasons(FIRST).items()} | {f"{column}1": TITLE}
    taps.check(new == expected, f"{name}: the reasons in a column of their own", new)
    taps.check(all(after[title].items() >= cells.items() for title, cells in before.items()),
               f"{name}: every other cell as before")
    taps.check(fills(one, FAULT) == {"B3", "D5", "B5", "C7"}, f"{name}: faulty cells have a fill", fills(one, FAULT))
    old, marked = openpyxl.load_workbook(path).worksheets[0], openpyxl.load_workbook(one).worksheets[0]
    places = [place for place in ("B3", "D5", "B5", "C7", "A2") if place in before[sheet]]
    looks = [[(book[place].number_format, repr(book[place].font), repr(book[place].border)) for place in places]
             for book in (old, marked)]
    taps.check(looks[0] == looks[1], f"{name}: and else their own format", *looks)

    run(tool, "mark", one, two, SECOND)
    after = values(two)[sheet]
    expected = {f"{column}{row}": reason for row, reason in reasons(SECOND).items()} | {f"{column}1": TITLE}
    taps.check({place: value for place, value in after.items() if place not in before[sheet]} == expected
               and fills(two, FAULT) == {"A4"}, f"{name}: a second marking takes the place of the first", after)
    run(tool, "unmark", two, clean)
    taps.check(sheet_part(clean) == sheet_part(path), f"{name}: without them the sheet is what it was, byte for byte")
    taps.check(changed(one, run_same(tool, one, other)) == set(), f"{name}: the same marks again change nothing")
    return one


def run_same(tool, one, other):
    run(tool, "mark", one, other, FIRST)
    return other


def beside(taps, tool, path, folder):
    one = folder / f"{path.name}-beside.xlsx"
    how = run(tool, "mark", path, one, FIRST)
    taps.check(how == "appended", f"{path.name}: a sheet of faults", how)
    touched = changed(path, one)
    taps.check(touched is not None and len(touched) == 6, f"{path.name}: it and what lists it, and the fills", touched)
    book = openpyxl.load_workbook(one)
    rows = [list(row) for row in book[TITLE].iter_rows(values_only=True)]
    expected = [[row, f"{chr(65 + at)}{row}" if at >= 0 else None, who or None, why] for row, at, why, who in FIRST]
    taps.check([[cell or None for cell in row] for row in rows[1:]] == expected,
               f"{path.name}: with row, cell, who and why", rows)
    taps.check(values(path).items() <= values(one).items(), f"{path.name}: every cell as before")
    return one


def saved_again(taps, tool, folder):
    """A program that knows nothing of our notes has written every part anew."""
    path = FIXTURES / "libreoffice-marked.xlsx"
    out = folder / "saved-again.xlsx"
    how = run(tool, "mark", path, out, SECOND)
    cells = values(out)["清册"]
    column = {place: value for place, value in cells.items() if place[0] > "D"}
    taps.check(how == "in-sheet" and column == {"E1": TITLE, "E4": "账号不存在。", "E9": "已调出。"},
               "saved by LibreOffice: the column of last time is used again", how, column)
    taps.check(fills(out, FAULT) == {"A4"}, "saved by LibreOffice: the fills of last time are gone", fills(out, FAULT))


def made_here(folder):
    """Workbooks of openpyxl: as it comes, and with whatever it can put in."""
    plain, rich, table = openpyxl.Workbook(), openpyxl.Workbook(), openpyxl.Workbook()
    for book in (plain, rich, table):
        sheet = book.active
        sheet.title = "清册"
        sheet.append(["个人账号", "姓名", "证件号码", "新基数"])
        for number in range(12):
            sheet.append([f"10000{number:03d}", ["王芳", "李娜", "王𠮷三"][number % 3],
                          None if number == 5 else "11010519491231002X", 5500 + number])
        sheet["D15"] = "=SUM(D2:D13)"
    sheet = rich.active
    sheet.column_dimensions["C"].width = 22
    sheet.freeze_panes = "B2"
    sheet["B4"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet["D5"].number_format = "#,##0.00"
    sheet["B3"].font = Font(bold=True, color="FF0000FF")
    sheet.merge_cells("A20:D20")
    sheet.auto_filter.ref = "A1:F13"
    rich.create_sheet("说明")["A1"] = "x"
    table.active.add_table(Table(displayName="T1", ref="A1:D13"))
    for name, book in (("openpyxl", plain), ("openpyxl-rich", rich), ("openpyxl-table", table)):
        book.save(folder / f"{name}.xlsx")


def at_random(taps, tool, folder, n):
    """Roster after roster with formats, gaps and marks at random; gives them before and after."""
    bad, marked = [], []
    for seed in range(n):
        rand = random.Random(seed)
        book = openpyxl.Workbook()
        sheet = book.active
        for row in range(1, rand.randint(3, 40)):
            for column in range(1, rand.randint(2, 12)):
                if rand.random() < 0.8:
                    cell = sheet.cell(row, column, rand.choice(["王芳", 5500.5, "=1+1", True, "a<b&c", " x "]))
                    if rand.random() < 0.3:
                        cell.fill = PatternFill("solid", fgColor=rand.choice(["FFFFFF00", "FF00FF00"]))
                        cell.number_format = rand.choice(["General", "@", "0.00"])
        sheet.cell(1, 1, "姓名")
        rows = sorted({cell.row for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None})
        marks = [(row, rand.randint(-1, 12), rand.choice(["甲。", "乙。", "c"]), "") for row in rows if rand.random() < 0.5]
        path, one, clean = (folder / f"random-{what}.xlsx" for what in (seed, f"{seed}-marked", "clean"))
        book.save(path)
        if not marks:
            continue
        how = run(tool, "mark", path, one, marks)
        run(tool, "unmark", one, clean)
        before, after = values(path)["Sheet"], values(one)["Sheet"]
        if how != "in-sheet" or len(changed(path, one) or ()) != 2 or sheet_part(clean) != sheet_part(path) \
                or not after.items() >= before.items() or not set(reasons(marks).values()) <= set(map(str, after.values())):
            bad.append(seed)
        marked.append((path, one))
    taps.check(not bad, f"{n} workbooks at random", bad)
    return marked


def of_every_writer(taps, tool, folder):
    """The new workbooks of fixtures/writers, each marked in its first row; gives them before and after."""
    marked, bad = [], []
    for path in sorted((FIXTURES / "writers").glob("*.xlsx")):
        out = folder / f"{path.stem}-marked.xlsx"
        run(tool, "mark", path, out, [(1, 0, "甲。", "")])
        with zipfile.ZipFile(path) as before, zipfile.ZipFile(out) as after:
            same = sum(after.namelist().count(name) == 1 and before.read(name) == after.read(name)
                       for name in before.namelist())
        if same < len(before.namelist()) - 5:  # sheet, styles; or workbook, its relations, types, a sheet beside
            bad.append((path.name, same, len(before.namelist())))
        marked.append((path, out))
    taps.check(not bad, f"{len(marked)} workbooks of every writer", bad)
    return marked


def as_libreoffice(taps, pairs, folder):
    """Opened and saved by LibreOffice, a marked workbook holds what the unmarked one does, and the marks beside it."""
    def convert(paths, out):
        for first in range(0, len(paths), 25):  # of more, some are left out now and then, and nothing is said
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
                            "xlsx", "--outdir", out, *paths[first:first + 25]], stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=False)
    convert([before for before, _ in pairs], folder / "before")
    convert([after for _, after in pairs], folder / "after")
    opened, unread, bad = 0, [], []
    for before, after in pairs:
        try:
            plain, mine = values(before), values(after)
        except Exception:  # noqa: BLE001 openpyxl does not read what every writer writes
            unread.append(before.name)
            continue
        old, new = values(folder / "before" / before.name), values(folder / "after" / after.name)
        added = {(title, place): value for title, cells in mine.items() for place, value in cells.items()
                 if value != "" and place not in plain.get(title, {})}
        wanted = {(title, place): value for title, cells in old.items() for place, value in cells.items()} | added
        seen = {(title, place): value for title, cells in new.items() for place, value in cells.items()}
        opened += 1
        if seen != wanted:
            bad.append((after.name, set(wanted.items()) ^ set(seen.items())))
    taps.check(not bad, f"{opened} marked workbooks as LibreOffice opens them", bad[:5])
    print(f"# not read by openpyxl, marked or not: {unread}")


def main():
    tool, taps = sys.argv[1], Taps()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        made_here(folder)
        tables = {"openpyxl-table.xlsx", "exceljs-table.xlsx"}
        paths = sorted(path for where in (folder, FIXTURES) for path in where.glob("*.xlsx")
                       if path.name != "libreoffice-marked.xlsx")
        marked = [(path, (beside if path.name in tables else in_sheet)(taps, tool, path, folder)) for path in paths]
        saved_again(taps, tool, folder)
        long = "QINGCE_PROVE_SECONDS" in os.environ
        marked += of_every_writer(taps, tool, folder)
        marked += at_random(taps, tool, folder, 200 if long else 20)
        if long and shutil.which("soffice"):
            as_libreoffice(taps, marked, folder)
    print(f"1..{taps.n}")
    return 1 if taps.failed else 0


if __name__ == "__main__":
    sys.exit(main())

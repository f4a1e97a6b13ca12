#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A clerk's workbook by qingce-cli import against a practice center: judged row by row, taken over as a draft, submitted
from the program afterwards. The workbook is made by openpyxl, as a payroll program would.

    test-import.py PATH-TO-QINGCE-CLI PATH-TO-QINGCE-CENTER LOCALEDIR

Prints TAP.
"""
import datetime
import importlib.util
import pathlib
import sys
import tempfile

import openpyxl

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
from made_up_xls import save_xls  # noqa: E402

spec = importlib.util.spec_from_file_location("month", pathlib.Path(__file__).with_name("test-month.py"))
month = importlib.util.module_from_spec(spec)
spec.loader.exec_module(month)
report, of = month.report, month.of
OK, REFUSED, USAGE, NOT_FOUND = month.OK, month.REFUSED, month.USAGE, month.NOT_FOUND
UNIT = month.TRANSFER
NORMAL = 1


class Imports(month.Play):
    def __init__(self, home):
        self.home = home
        self.cli = month.Batch(home, "--unit", UNIT)

    def people(self):
        return self.ledger("""SELECT p.* FROM person p WHERE p.unit = (SELECT id FROM unit WHERE account = ?)
                              AND p.status = ? AND p.base > 300000 ORDER BY p.account""", UNIT, NORMAL)

    def save(self, name, rows, title=True):
        book = openpyxl.Workbook()
        book.active.title = "说明"
        book.active["A1"] = "填写说明"
        sheet = book.create_sheet("清册")
        if title:
            sheet.append(["缴存基数调整清册（2026年度）"])
            sheet.merge_cells("A1:D1")
        for row in rows:
            sheet.append(row)
        path = pathlib.Path(self.home) / name
        book.save(path)
        return str(path)

    def begin(self):
        status, told = self.cli("sign-in")
        report(status == OK, "signed in", told)
        status, told = self.cli("pull")
        report(status == OK, "pulled", told)

    def judge(self, *arguments):
        """(status, sums, findings, all lines)"""
        status, told = self.cli("import", *arguments)
        sums = of(told, "import")
        return status, sums[0] if sums else {}, of(told, "finding"), told

    def drafts(self):
        return sorted(row["lines"] for row in of(self.cli("drafts")[1], "draft"))

    def play_old(self, people):
        """An .xls: its faults come back as an .xlsx, which goes through when it is corrected."""
        first, second, third = people[:3]
        rows = [["缴存基数调整清册"], [], ["个人账号", "职工姓名", "调整后缴存基数"], [first["account"], first["name"], 6100.5],
                [int(second["account"]), None, "６，２００元"], [], [third["account"], "张冠李戴", 6300]]
        old, marked = self.home / "旧.xls", self.home / "旧（有误）.xlsx"
        save_xls(old, rows)
        status, sums, findings, lines = self.judge("base-adjustment", str(old), "--check", "--faults", str(marked))
        codes = {f["cell"]: f["code"] for f in findings if f["severity"] == "error"}
        report(status == REFUSED and (sums["rows"], sums["added"]) == (3, 2) and codes == {"B7": "import.name-differs"},
               "an old workbook is judged by its cells", (status, sums, codes))
        report(of(lines, "marked")[0]["format"] == "xlsx", "that its copy is an .xlsx is said", lines)
        book = openpyxl.load_workbook(marked)
        sheet = book["清册"]
        report([bool(sheet["D3"].value), bool(sheet["D7"].value), sheet["B7"].fill.fill_type] == [True, True, "solid"],
               "the faults stand in the copy", [cell.value for row in sheet for cell in row])
        report((sheet["A4"].value, sheet["C4"].value, str(sheet["A5"].value)) == (first["account"], 6100.5, second["account"]),
               "and all else")
        sheet["B7"].value = third["name"]
        book.save(marked)
        status, sums, findings, lines = self.judge("base-adjustment", str(marked), "--check")
        report(status == OK and sums["added"] == 3, "corrected it goes through", (status, sums, findings))
        renamed = self.home / "旧的.xlsx"
        renamed.write_bytes(old.read_bytes())
        status, sums, findings, lines = self.judge("base-adjustment", str(renamed), "--check")
        report(sums["added"] == 2, "an old one under the name of a new one too", (status, sums))
        renamed.write_bytes(old.read_bytes()[:2560])
        status, lines = self.cli("import", "base-adjustment", str(renamed))
        report(status == NOT_FOUND and of(lines, "error"), "half of it is refused", (status, lines))

    def play(self):
        people = self.people()[:6]
        first, second, third, fourth, fifth, sixth = people
        rows = [["序号", "个人账号", "职工姓名", "身份证号码", "调整后缴存基数(元)", "执行时间"],
                [1, first["account"], first["name"], first["document"], first["base"] / 100 + 100, datetime.date(2026, 7, 1)],
                [2, int(second["account"]), second["name"], None, "６，５００元", None],
                [3, None, None, third["document"], third["base"] / 100 + 200.5, None],
                [],
                [4, fourth["account"], fourth["name"], None, None, None]]
        good = self.save("好.xlsx", rows)
        bad = self.save("坏.xlsx", rows + [[5, fifth["account"], "张冠李戴", None, 6000, None],
                                           [6, None, None, 230102199003070000, 6000, None],
                                           [7, sixth["account"], None, None, "12.345", None],
                                           [8, first["account"], None, None, 7000, None]])

        status, sums, findings, lines = self.judge("base-adjustment", good, "--check")
        report(status == OK and not [f for f in findings if f["severity"] == "error"], "a good workbook is only judged",
               (status, findings))
        report((sums["rows"], sums["added"], sums["empty"], sums["faulty"]) == (4, 3, 1, 0), "its rows are counted", sums)
        report([row["before"] for row in of(lines, "repair")] == ["６，５００元"], "what is repaired is told",
               lines)
        report(self.drafts() == [], "judging leaves nothing")

        status, sums, findings, lines = self.judge("base-adjustment", bad)
        codes = {f["cell"]: f["code"] for f in findings if f["severity"] == "error"}
        report(status == REFUSED and sums["faulty"] == 4, "a faulty one is refused as a whole", (status, sums))
        report(codes == {"C8": "import.name-differs", "D9": "import.damaged-number", "E10": "roster.unreadable",
                         "B11": "import.repeated"}, "each fault is told with its cell", codes)
        report(not of(lines, "draft") and self.drafts() == [], "and nothing is taken over", lines)

        marked = pathlib.Path(self.home) / "标.xlsx"
        status, sums, findings, lines = self.judge("base-adjustment", bad, "--check", "--faults", str(marked))
        book = openpyxl.load_workbook(marked)
        head, reasons = book["清册"][2], [row[6].value for row in book["清册"].iter_rows(min_row=3, max_col=7)]
        report(status == REFUSED and of(lines, "marked")[0]["how"] == "cells" and [cell.value for cell in head][-1],
               "the faults stand in a copy", (status, lines, [cell.value for cell in head]))
        report([bool(reason) for reason in reasons] == [False] * 5 + [True] * 4, "at their rows", reasons)
        report(all(book["清册"][cell].fill.fill_type == "solid" for cell in codes), "and in their cells")
        status, sums, again, lines = self.judge("base-adjustment", str(marked), "--check")
        report({f["cell"]: f["code"] for f in again if f["severity"] == "error"} == codes,
               "read again it has the same faults", again)

        status, sums, findings, lines = self.judge("base-adjustment", bad, "--good-only")
        report(status == OK and of(lines, "draft")[0]["lines"] == 3, "the good rows alone become a draft", lines)
        status, sums, findings, lines = self.judge("base-adjustment", bad, "--all")
        report(status == OK and of(lines, "draft")[0]["lines"] == 4, "or all that name somebody", lines)
        report(self.drafts() == [3, 4], "both lie there")

        text = pathlib.Path(self.home) / "清册.csv"
        text.write_bytes(f"账号,新基数\r\n{first['account']},\"6,000\"\r\n".encode("gb18030"))
        status, sums, findings, lines = self.judge("base-adjustment", str(text), "--check")
        report(status == OK and sums["added"] == 1, "a text in GB 18030", (status, sums))

        self.play_old(people)

        damaged = pathlib.Path(self.home) / "断.xlsx"
        damaged.write_bytes(pathlib.Path(good).read_bytes()[:3000])
        status, lines = self.cli("import", "base-adjustment", str(damaged))
        report(status == NOT_FOUND and of(lines, "error"), "half a file is refused", (status, lines))
        status, lines = self.cli("import", "base-adjustment", str(pathlib.Path(self.home) / "无.xlsx"))
        report(status == NOT_FOUND, "one that is not there too", (status, lines))
        status, lines = self.cli("import", "remittance", good)
        report(status == USAGE, "汇缴 has no such roster", (status, lines))
        status, lines = self.cli("import", "sealing", good)
        report(status != OK, "a sheet that enters nothing of the business", (status, lines))


def main():
    with tempfile.TemporaryDirectory(prefix="qingce-cli-") as folder:
        home = pathlib.Path(folder)
        month.put_center(home)
        play = Imports(home)
        try:
            play.begin()
            play.play()
        finally:
            if play.cli.process.poll() is None:
                play.cli.process.kill()
                play.cli.process.wait()
    print(f"1..{len(month.results)}")
    return 0 if all(month.results) else 1


if __name__ == "__main__":
    sys.exit(main())

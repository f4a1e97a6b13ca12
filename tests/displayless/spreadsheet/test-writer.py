#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A workbook that Qingce wrote, as another program (openpyxl) sees it: types, protection, choices, what stays in view.

Usage: test-writer.py TEST-SPREADSHEET-WRITER. Prints TAP.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import openpyxl


def looks(path, check):
    book = openpyxl.load_workbook(path)
    sheet, notes, lists = book.worksheets
    check(book.sheetnames == ["清册", "填写说明", "选项"], "three sheets", book.sheetnames)
    check(sheet.freeze_panes == "B2", "header and names stay in view", sheet.freeze_panes)
    check(sheet.auto_filter.ref == "A1:J5", "a filter over all rows", sheet.auto_filter.ref)
    check(sheet["A2"].value == "王𠮷三" and sheet["B2"].value == "0023000000001", "texts keep all they have")
    types = {cell.coordinate: cell.data_type for row in sheet["A2:D5"] for cell in row if cell.value is not None}
    check(set(types.values()) <= {"s", "inlineStr"}, "no formula anywhere", types)
    check(sheet["A3"].value == '=HYPERLINK("http://x","a")', "what looks like one stays readable", sheet["A3"].value)
    check(sheet["E2"].data_type == "n" and sheet["E2"].value == 5500.5 and sheet["E2"].number_format == "#,##0.00",
          "amounts are numbers", sheet["E2"].number_format)
    check(sheet["E4"].value == 999999999999.99, "to the last fen", sheet["E4"].value)
    check(sheet["I2"].value == -0.1234 and sheet["I2"].number_format == "0.00%", "percentages too")
    check(all(sheet[name].number_format == "@" for name in ("A2", "B2", "C2", "D2", "H2")), "text cells are text")
    columns = sheet.column_dimensions
    check(columns["C"].width >= 20 and columns["F"].width >= 11, "columns are wide enough", columns["C"].width)

    protection = sheet.protection
    check(protection.sheet and not protection.password, "protected, without a password")
    check(not protection.sort and not protection.autoFilter and not protection.formatColumns,
          "sorting, filtering and widths are free")
    check(sheet["B2"].protection.locked and not sheet["F3"].protection.locked, "keys are locked, what is entered is not")
    check(sheet["F4"].protection.locked is False and sheet["G4"].protection.locked is False,
          "also in a row that is marked")
    check(sheet["A4"].fill.fgColor.rgb != sheet["A2"].fill.fgColor.rgb and sheet["D4"].value == "封存",
          "a sealed account has a color and its word")

    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    check(rules["G2:G1048576"].type == "list" and rules["G2:G1048576"].formula1
          == "IF($D2=\"正常\",'选项'!$A$2:$A$3,'选项'!$B$2:$B$2)", "reasons are chosen from the sheet of lists",
          rules["G2:G1048576"].formula1)
    check([lists["A2"].value, lists["A3"].value, lists["B2"].value] == ["终止劳动关系", "退休", "重新入职"],
          "where they are")
    check(rules["F2:F1048576"].type == "decimal", "a base is an amount", list(rules))
    check([row[0].value for row in notes.iter_rows()] == ["缴存基数调整", "一", "二", "三", "四", "五", "六"],
          "the instructions in their order")

    with zipfile.ZipFile(path) as archive:
        part = archive.read("xl/worksheets/sheet1.xml").decode()
        ignored = re.search(r'<ignoredError sqref="([^"]*)" numberStoredAsText="1"/>', part)
        check(ignored and "A1:A1048576" in ignored[1] and "B1:B1048576" in ignored[1] and "C1:C1048576" in ignored[1]
              and "E1:" not in ignored[1], "no green triangles in whole columns", ignored and ignored[0])
        styles = openpyxl.load_workbook(path).worksheets[0].column_dimensions
        check(styles["B"].number_format == "@" and styles["F"].protection.locked is False,
              "columns are text, or open, below the last row too")
        check("<f>" not in part, "no formula in the part either")


def main():
    faults = []
    numbers = iter(range(1, 1000))

    def check(good, words, seen=""):
        print(f"{'ok' if good else 'not ok'} {next(numbers)} - {words}" + ("" if good else f" # {seen!r}"))
        if not good:
            faults.append(words)

    with tempfile.TemporaryDirectory(prefix="qingce-writer-") as folder:
        path = pathlib.Path(folder) / "a.xlsx"
        subprocess.run([sys.argv[1], "--sample", str(path)], check=True)
        looks(path, check)
    print(f"1..{next(numbers) - 1}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

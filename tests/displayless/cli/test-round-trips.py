#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A workbook there and back with a clerk's program: exported, filled in by that program and saved, imported with its
faults, which come back in the marked file, corrected there by the same program, and imported whole. The programs are
openpyxl, and where they are installed LibreOffice (with python3-uno) and exceljs (with NODE_PATH).

Usage: test-round-trips.py PATH-TO-QINGCE-CLI PATH-TO-QINGCE-CENTER LOCALEDIR. Prints TAP.
"""
import importlib.util
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import openpyxl

spec = importlib.util.spec_from_file_location("imports", pathlib.Path(__file__).with_name("test-import.py"))
imports = importlib.util.module_from_spec(spec)
spec.loader.exec_module(imports)
report, of, month = imports.report, imports.of, imports.month

EXCELJS = """
const ExcelJS = require('exceljs'); const [from, to, cells] = process.argv.slice(1);
(async () => { const book = new ExcelJS.Workbook(); await book.xlsx.readFile(from);
  for (const [place, value] of Object.entries(JSON.parse(cells))) book.worksheets[0].getCell(place).value = value;
  await book.xlsx.writeFile(to); })();
"""


def with_openpyxl(before, after, cells):
    book = openpyxl.load_workbook(before)
    for place, value in cells.items():
        book.worksheets[0][place] = value
    book.save(after)


def with_exceljs(before, after, cells):
    subprocess.run(["node", "-e", EXCELJS, before, after, json.dumps(cells)], check=True)


class LibreOffice:
    """One that listens on a pipe; ends with the block."""

    def __init__(self, folder):
        self.folder, self.pipe = folder, f"qingce{os.getpid()}"

    def __enter__(self):
        import uno  # noqa: PLC0415 only where it is installed
        self.uno = uno
        self.process = subprocess.Popen(
            ["soffice", "--headless", f"-env:UserInstallation=file://{self.folder}/office", "--norestore",
             f"--accept=pipe,name={self.pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)  # soffice is a script
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        until = time.monotonic() + 60
        while True:
            try:
                context = resolver.resolve(f"uno:pipe,name={self.pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # noqa: BLE001 whatever it says while it starts
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        return self

    def edit(self, before, after, cells):
        def said(name, value):
            property_ = self.uno.createUnoStruct("com.sun.star.beans.PropertyValue")
            property_.Name, property_.Value = name, value
            return property_
        book = self.desktop.loadComponentFromURL(f"file://{before}", "_blank", 0, (said("Hidden", True),))
        for place, value in cells.items():
            cell = book.Sheets.getByIndex(0).getCellRangeByName(place)
            if isinstance(value, str):
                cell.setString(value)
            else:
                cell.setValue(value)
        book.storeToURL(f"file://{after}", (said("FilterName", "Calc MS Excel 2007 XML"),))
        book.close(True)

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Trips(imports.Imports):
    def trip(self, program, edit):
        """Three people: one rightly, one with a word, one below the floor; then as they should be."""
        folder = pathlib.Path(self.home) / program
        folder.mkdir()
        out, filled, marked, corrected = (folder / f"{name}.xlsx" for name in ("导出", "填写", "有误", "改正"))
        status, told = self.cli("export", "base-adjustment", str(out))
        report(status == month.OK, f"{program}: exported", told)
        rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
        new = rows[0].index("New contribution base")
        letter = chr(ord("A") + new)
        known = {person["account"] for person in self.people()}
        places = [number for number, row in enumerate(rows, 1) if row[rows[0].index("Individual account")] in known][:3]
        good, word, low = (f"{letter}{number}" for number in places)
        edit(out, filled, {good: 6100.5, word: "六千", low: 12})
        status, sums, findings, told = self.judge("base-adjustment", str(filled), "--check", "--faults", str(marked))
        faults = {finding["cell"]: finding["code"] for finding in findings if finding["severity"] in ("error", "ask")}
        report(status == month.REFUSED and set(faults) == {word, low}, f"{program}: both faults at once, with their cells",
               (status, findings, told))
        again = self.judge("base-adjustment", str(marked), "--check")[2]
        again = {finding["cell"]: finding["code"] for finding in again if finding["severity"] in ("error", "ask")}
        report(again == faults, f"{program}: the marked file has the same faults", again)
        edit(marked, corrected, {word: 6200, low: 6300})
        before = self.drafts()
        status, sums, findings, told = self.judge("base-adjustment", str(corrected))
        report(status == month.OK and sums.get("added") == 3, f"{program}: corrected, all three are taken over",
               (status, told))
        report(sorted(before + [3]) == self.drafts(), f"{program}: as one draft", (before, self.drafts()))


def main():
    with tempfile.TemporaryDirectory(prefix="qingce-cli-") as folder:
        home = pathlib.Path(folder)
        month.put_center(home)
        play = Trips(home)
        try:
            play.begin()
            play.trip("openpyxl", with_openpyxl)
            if shutil.which("node") and subprocess.run(["node", "-e", "require('exceljs')"], capture_output=True,
                                                       check=False).returncode == 0:
                play.trip("exceljs", with_exceljs)
            if shutil.which("soffice") and importlib.util.find_spec("uno"):
                with LibreOffice(folder) as office:
                    play.trip("libreoffice", office.edit)
        finally:
            if play.cli.process.poll() is None:
                play.cli.process.kill()
                play.cli.process.wait()
    print(f"1..{len(month.results)}")
    return 0 if all(month.results) else 1


if __name__ == "__main__":
    sys.exit(main())

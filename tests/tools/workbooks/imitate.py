#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The workbooks of spec.py in the manner of programs that cannot be run here: imitate.py SPEC FOLDER. They are no proof of
what those programs write, only of what is known of it:

excel    namespaces to be ignored, spans and x14ac:dyDescent on rows, mc:AlternateContent, phonetic runs, shared formulas,
         formats of its own numbers, xml:space
wps      the etc and et namespaces, woSheetsProps, formats of a cell also on its row and column, blank cells with a style
sdk      every element with a prefix, absolute targets, inline strings, cells and rows without their place
"""
import datetime
import json
import pathlib
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
ETC = "http://www.wps.cn/officeDocument/2017/etCustomData"
BUILTIN = {None: 0, "0": 1, "#,##0.00": 4}


class Writer:
    def __init__(self, how, book):
        self.how, self.book = how, book
        self.p = "x:" if how == "sdk" else ""
        self.texts, self.formats = [], list(BUILTIN)

    def tag(self, name, inside="", /, **attributes):
        said = "".join(f" {key.replace('__', ':')}={quoteattr(str(value))}" for key, value in attributes.items() if value is not None)
        return f"<{self.p}{name}{said}>{inside}</{self.p}{name}>" if inside else f"<{self.p}{name}{said}/>"

    def root(self, name, inside, more=""):
        prefix = ":" + self.p[:-1] if self.p else ""
        return (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<{self.p}{name} xmlns{prefix}="{MAIN}" xmlns:r="{OFFICE}"'
                f"{more}>{inside}</{self.p}{name}>")

    def style(self, cell):
        code = cell.get("f") if cell["t"] != "formula" else None
        if code not in self.formats:
            self.formats.append(code)
        return self.formats.index(code)

    def string(self, cell):
        """The inside of si or is."""
        if cell["t"] == "rich":
            runs = "".join(self.tag("r", (self.tag("rPr", self.tag("b")) if i == 1 else "") + self.piece(piece))
                           for i, piece in enumerate(cell["v"]))
            return runs + self.aloud("wang")
        return self.piece(cell["v"]) + self.aloud("pinyin")

    def piece(self, text):
        return self.tag("t", escape(text), xml__space="preserve" if text != text.strip() or "\n" in text else None)

    def aloud(self, text):
        """How Excel says that a text is read."""
        return self.tag("rPh", self.tag("t", text), sb=0, eb=1) + self.tag("phoneticPr", fontId=1) if self.how == "excel" else ""

    def cell(self, place, cell):
        kind, value, style = cell["t"], cell["v"], self.style(cell)
        at = {"r": None if self.how == "sdk" and place[0] == "A" else place, "s": style or None}
        if kind in ("text", "rich"):
            if self.how == "sdk":
                return self.tag("c", self.tag("is", self.string(cell)), **at, t="inlineStr")
            self.texts.append(self.string(cell))
            return self.tag("c", self.tag("v", str(len(self.texts) - 1)), **at, t="s")
        if kind == "date":
            first = datetime.date(1904, 1, 1) if self.book.get("base1904") else datetime.date(1899, 12, 30)
            value = (datetime.date.fromisoformat(value) - first).days
        before = self.tag("f", escape(cell["f"]), **({"ca": 1} if self.how == "wps" else {})) if kind == "formula" else ""
        if isinstance(value, bool):
            return self.tag("c", before + self.tag("v", str(int(value))), **at, t="b")
        return self.tag("c", before + self.tag("v", escape(str(value))), **at, t="str" if isinstance(value, str) else None)

    def sheet(self, sheet):
        rows = []
        last = 0
        for number, row in sheet["rows"].items():
            cells = "".join(self.cell(column + number, cell) for column, cell in row["cells"].items())
            more = {"excel": {"spans": "1:6", "ht": "14.25", "x14ac__dyDescent": "0.15"},
                    "wps": {"s": 1, "customFormat": 1, "spans": "1:6"}, "sdk": {}}[self.how]
            if self.how == "wps":
                cells += self.tag("c", r=f"H{number}", s=1)
            following = self.how == "sdk" and int(number) == last + 1
            rows.append(self.tag("row", cells, r=None if following else number, hidden=1 if row["hidden"] else None, **more))
            last = int(number)
        inside = self.tag("sheetPr") + self.tag("dimension", ref="A1") + self.tag("sheetViews", self.tag("sheetView", workbookViewId=0))
        inside += self.tag("sheetFormatPr", defaultRowHeight="14.25") + self.tag("sheetData", "".join(rows))
        if sheet.get("merges"):
            inside += self.tag("mergeCells", "".join(self.tag("mergeCell", ref=area) for area in sheet["merges"]))
        inside += self.tag("phoneticPr", fontId=1, type="noConversion")
        more = {"excel": f' xmlns:mc="{MC}" mc:Ignorable="x14ac xr" xmlns:x14ac="{X14AC}" xmlns:xr="urn:xr" xr:uid="{{00000000-0001-0000-0000-000000000000}}"',
                "wps": f' xmlns:etc="{ETC}" xmlns:mc="{MC}" mc:Ignorable="etc"', "sdk": ""}[self.how]
        return self.root("worksheet", inside, more)

    def styles(self):
        own = [code for code in self.formats if code not in BUILTIN]
        ids = [BUILTIN[code] if code in BUILTIN else 176 + own.index(code) for code in self.formats]
        inside = self.tag("numFmts", "".join(self.tag("numFmt", numFmtId=176 + i, formatCode=code) for i, code in enumerate(own)),
                          count=len(own)) if own else ""
        inside += self.tag("fonts", self.tag("font", self.tag("sz", val=11) + self.tag("name", val="宋体")), count=1)
        inside += self.tag("fills", self.tag("fill", self.tag("patternFill", patternType="none")), count=1)
        inside += self.tag("borders", self.tag("border"), count=1)
        inside += self.tag("cellStyleXfs", self.tag("xf", numFmtId=14, fontId=0, fillId=0, borderId=0), count=1)
        inside += self.tag("cellXfs", "".join(self.tag("xf", numFmtId=i, fontId=0, fillId=0, borderId=0, xfId=0) for i in ids),
                           count=len(ids))
        return self.root("styleSheet", inside)

    def workbook(self):
        sheets = "".join(self.tag("sheet", name=sheet["name"], sheetId=i + 1, state="hidden" if sheet.get("hidden") else None,
                                  r__id=f"rId{i + 1}") for i, sheet in enumerate(self.book["sheets"]))
        inside = self.tag("workbookPr", date1904=1 if self.book.get("base1904") else None)
        if self.how == "excel":
            inside += (f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="x15"><x15ac:absPath url="C:\\\\公积金\\\\" '
                       'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>')
        return self.root("workbook", inside + self.tag("sheets", sheets))

    def save(self, path):
        base = "/xl/" if self.how == "sdk" else ""
        pages = [self.sheet(sheet) for sheet in self.book["sheets"]]
        n = len(pages)
        links = [(i + 1, "worksheet", f"{base}worksheets/sheet{i + 1}.xml") for i in range(n)]
        links.append((n + 1, "styles", base + "styles.xml"))
        if self.texts:
            links.append((n + 2, "sharedStrings", base + "sharedStrings.xml"))
        rel = '<Relationship Id="rId{}" Type="' + OFFICE + '/{}" Target="{}"/>'
        parts = {f"xl/worksheets/sheet{i + 1}.xml": (page, "worksheet+xml") for i, page in enumerate(pages)}
        parts |= {"xl/workbook.xml": (self.workbook(), "sheet.main+xml"), "xl/styles.xml": (self.styles(), "styles+xml")}
        if self.texts:
            texts = "".join(self.tag("si", text) for text in self.texts)
            parts["xl/sharedStrings.xml"] = (self.root("sst", texts, f' count="{len(self.texts)}"'), "sharedStrings+xml")
        if self.how == "wps":
            parts["xl/woSheetsProps.xml"] = ('<woSheetsProps xmlns="https://web.wps.cn/et/2018/main"/>', "woSheetsProps+xml")
        types = "".join(f'<Override PartName="/{name}" ContentType="{TYPE}{kind}"/>' for name, (_, kind) in parts.items())
        files = {"[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
                 f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
                 "_rels/.rels": f'<Relationships xmlns="{RELS}">{rel.format(1, "officeDocument", "/xl/workbook.xml" if base else "xl/workbook.xml")}</Relationships>',
                 "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}">{"".join(rel.format(*link) for link in links)}</Relationships>'}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in (files | {name: text for name, (text, _) in parts.items()}).items():
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)


def main():
    for name, book in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")).items():
        for how in ("excel", "wps", "sdk"):
            Writer(how, book).save(f"{sys.argv[2]}/imitation.{how}-{name}.xlsx")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Workbooks that nobody means well with, or that are broken, each in a process of its own: read right or refused with a
sentence, in at most 32 MiB more than a workbook of one cell takes. (How long each took is said, not judged.)

Usage: test_hostile.py READ-TOOL. Prints TAP.
"""
import io
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

from test_marks import Taps

MOST_MORE = 32 * 1024  # kB
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}">'
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
RIGHT = "甲"
NO_SHEET = "no sheet"  # it is left out; with no other one the import says that nothing is there


def relations(*targets):
    return f'<Relationships xmlns="{PACKAGE}">' + "".join(
        f'<Relationship Id="r{i}" Type="{DOCUMENT}/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets)) + "</Relationships>"


def parts(rows=CELL, before="", after="", **others):
    """The parts of a workbook with one sheet, in their order."""
    sheet = f"{HEAD}{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    found = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="一" sheetId="1" '
                           f'r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": sheet}
    found.update(others)
    return {name: part.encode() if isinstance(part, str) else part for name, part in found.items() if part is not None}


def pack(found, how=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, part in found.items():
            archive.writestr(name, part)
    return out.getvalue()


def streamed(found):
    """Stored, with what each entry is long told only behind it."""
    class Pipe(io.RawIOBase):
        def __init__(self):
            super().__init__()
            self.bytes = bytearray()

        def writable(self):
            return True

        def write(self, some):
            self.bytes += some
            return len(some)
    out = Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in found.items():
            archive.writestr(name, part)
    return bytes(out.bytes)


def huge(head, unit, times, tail):
    """A workbook whose sheet is @head, @unit @times over, @tail; deflated as it is made."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = unit * max(1, 65536 // len(unit))
    count, rest = divmod(times * len(unit), len(block))
    pieces, crc, length = [], 0, 0
    for piece in [head, *[block] * count, block[:rest], tail]:
        pieces.append(packer.compress(piece))
        crc, length = zlib.crc32(piece, crc), length + len(piece)
    body = b"".join(pieces) + packer.flush()
    name = b"xl/worksheets/sheet1.xml"
    before = pack({key: part for key, part in parts().items() if key.encode() != name})
    end = before.rindex(b"PK\5\6")
    entries, size, start = struct.unpack_from("<HII", before, end + 10)
    sizes = struct.pack("<III", crc, len(body), length)
    local = b"PK\3\4" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", len(name), 0) + name + body
    central = b"PK\1\2" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes + struct.pack(
        "<HHHHHII", len(name), 0, 0, 0, 0, 0, start) + name
    directory = before[start:start + size] + central
    return before[:start] + local + directory + b"PK\5\6" + struct.pack(
        "<HHHHIIH", 0, 0, entries + 1, entries + 1, len(directory), start + len(local), 0)


def damage(data, mark, offset, new):
    """Each header that begins with @mark says @new at @offset."""
    out, at = bytearray(data), data.find(mark)
    while at >= 0:
        out[at + offset:at + offset + len(new)] = new
        at = data.find(mark, at + 4)
    return bytes(out)


def overlapping():
    """The directory lists the sheet once more, under another name, with the same bytes."""
    data = pack(parts())
    end = data.rindex(b"PK\5\6")
    entries, size, start = struct.unpack_from("<HII", data, end + 10)
    last = data[data.rindex(b"PK\1\2"):end].replace(b"sheet1", b"sheet2")
    return data[:end] + last + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, entries + 1, entries + 1, size + len(last), start, 0)


def compound(name):
    """The first sectors of a compound file that is no workbook: a directory with one stream of that name."""
    def entry(title, kind, child):
        text = title.encode("utf-16-le") + b"\0\0"
        return text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(
            36) + struct.pack("<II", 0xFFFFFFFE, 0) + bytes(4)
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(10) + \
        struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + struct.pack("<I", 0xFFFFFFFF) * 108
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + struct.pack("<I", 0xFFFFFFFF) * 126
    directory = entry("Root Entry", 5, 1) + entry(name, 2, 0xFFFFFFFF) + bytes(256)
    return head.ljust(512, b"\0") + table + directory


def repeated(cells):
    return "".join(f'<row r="{row}">' + '<c><v>1</v></c>' * cells + "</row>" for row in range(1, 3))


def cases():
    """(what, bytes, read rather than refused; None: either)"""
    yield "one cell", pack(parts()), True
    yield "a cell of 600 MB", huge(f'{HEAD}<sheetData><row r="1"><c t="inlineStr"><is><t>'.encode(), b"aaaaaaaa",
                                   75_000_000, b"</t></is></c></row></sheetData></worksheet>"), False
    yield "20 million repeated cells in a row", huge(f'{HEAD}<sheetData><row r="1">'.encode(), b"<c><v>1</v></c>",
                                                     20_000_000, b"</row></sheetData></worksheet>"), False
    yield "20 million repeats of one cell", huge(f'{HEAD}<sheetData><row r="1">'.encode(), b'<c r="A1"><v>1</v></c>',
                                                 20_000_000, b"</row></sheetData></worksheet>"), False
    yield "two million rows", huge(f'{HEAD}<sheetData>'.encode(), b"<row><c><v>1</v></c></row>", 2_000_000,
                                   b"</sheetData></worksheet>"), False
    yield "20 million empty rows", huge(f'{HEAD}<sheetData>'.encode(), b"<row/>", 20_000_000,
                                        b"</sheetData></worksheet>"), False
    yield "elements 100,000 deep", huge(HEAD.encode(), b"<a>", 100_000, b""), False
    yield "an attribute of 100 MB", huge(f'{HEAD}<sheetData a="'.encode(), b"aaaaaaaa", 12_500_000,
                                         b'"/></worksheet>'), False
    yield "a comment of 400 MB", huge(f"{HEAD}<sheetData>{CELL}</sheetData><!--".encode(), b"aaaaaaaa", 50_000_000,
                                      b"--></worksheet>"), False
    yield "A1:XFD1048576 claimed", pack(parts(before='<dimension ref="A1:XFD1048576"/>')), True
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ha"}">' for i in range(10))
    yield "entities of entities", pack(parts(**{
        "xl/worksheets/sheet1.xml": f"<!DOCTYPE x [{laughs}]>{HEAD}<sheetData>&l9;</sheetData></worksheet>"})), False
    yield "an entity from outside", pack(parts(**{
        "xl/worksheets/sheet1.xml": f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>{HEAD}<sheetData><row r="1">'
                                    f'<c t="inlineStr"><is><t>&f;</t></is></c></row></sheetData></worksheet>'})), False
    yield "a name that climbs", pack({**parts(), "../../etc/a.xml": b"<a/>"}), False
    yield "an absolute name", pack({**parts(), "/etc/a.xml": b"<a/>"}), None
    yield "entries twice", pack({**parts(), "XL/Worksheets/SHEET1.XML": b"<a/>"}), False
    yield "entries that overlap", overlapping(), None
    yield "10,001 entries", pack({**parts(), **{f"a/{i}": b"" for i in range(10_001)}}, zipfile.ZIP_STORED), False
    yield "an entry longer than it says", damage(pack(parts()), b"PK\1\2", 24, struct.pack("<I", 7)), None
    yield "an entry of 4 GiB, it says", damage(pack(parts()), b"PK\1\2", 24, b"\xff\xff\xff\xff"), False
    yield "an entry beyond the file", damage(pack(parts()), b"PK\1\2", 42, struct.pack("<I", 0x7FFFFFFF)), False
    yield "a checksum that is wrong", damage(pack(parts()), b"PK\1\2", 16, b"\1\2\3\4"), False
    yield "an unknown packing", damage(damage(pack(parts()), b"PK\1\2", 10, b"\x63\0"), b"PK\3\4", 8, b"\x63\0"), False
    yield "locked entries", damage(damage(pack(parts()), b"PK\1\2", 8, b"\1\0"), b"PK\3\4", 6, b"\1\0"), False
    yield "a locked workbook", compound("EncryptedPackage"), False
    yield "a compound file of something else", compound("WordDocument"), False
    yield "no bytes", b"", False
    yield "a picture", b"\x89PNG\r\n\x1a\n" + bytes(4000), False
    yield "nothing but zeros", bytes(100_000), False
    yield "stored, lengths behind the entries", streamed(parts()), True
    yield "parts in UTF-16", pack(parts(**{"xl/worksheets/sheet1.xml": (
        '<?xml version="1.0" encoding="UTF-16"?>' + HEAD.split("?>")[1] + f"<sheetData>{CELL}</sheetData></worksheet>"
    ).encode("utf-16")})), True
    yield "texts that are nowhere", pack(parts('<row r="1"><c r="A1" t="s"><v>3</v></c></row>')), False
    yield "absolute targets", pack(parts(**{"xl/_rels/workbook.xml.rels": relations(
        ("worksheet", "/xl/worksheets/sheet1.xml"))})), True
    yield "a target that climbs", pack(parts(**{"xl/_rels/workbook.xml.rels": relations(
        ("worksheet", "../../../../etc/passwd"))})), NO_SHEET
    yield "a target on another computer", pack(parts(**{"xl/_rels/workbook.xml.rels": relations(
        ("worksheet", "http://127.0.0.1/sheet1.xml")).replace("/>", ' TargetMode="External"/>')})), NO_SHEET
    yield "a sheet that is not there", pack(parts(**{"xl/worksheets/sheet1.xml": None})), NO_SHEET
    yield "16,384 columns", pack(parts(repeated(16_384))), False
    yield "merged cells", pack(parts(CELL + '<row r="2"><c r="A2"/></row>',
                                     after='<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>')), True
    yield "hidden rows", pack(parts(CELL.replace('<row r="1"', '<row r="1" hidden="1"'))), True
    yield "rows that run back", pack(parts('<row r="5"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>')), False
    yield "half of a document", pack(parts(after="<")), False


def run(tool, path):
    """(what it says, kB at most, seconds, how it ended)"""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([tool, path], stdout=out, stderr=subprocess.STDOUT)
        _pid, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return out.read().decode(errors="replace"), used.ru_maxrss, time.monotonic() - begun, process.returncode


def main():
    tool, taps, longest = sys.argv[1], Taps(), (0, "")
    least = None
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "book.xlsx"
        for what, data, read in cases():
            path.write_bytes(data)
            said, most, took, code = run(tool, path)
            least = most if least is None else least
            longest = max(longest, (took, what))
            refused = [line for line in said.splitlines() if line.startswith("refused ")]
            sentence = len(refused) == 1 and len(refused[0].split(" ", 2)[2]) > 10
            right = code == 0 and {True: RIGHT in said and not refused, False: sentence, None: sentence or RIGHT in said,
                                   NO_SHEET: "\nsheet" not in said}[read]
            taps.check(right, f"{what}: {'read' if not refused else 'refused'}", (code, said[:400]))
            taps.check(most - least <= MOST_MORE, f"{what}: {max(0, most - least) // 1024} MiB more", most - least)
            print(f"# {took:.2f} s  {refused[0].split(' ', 2)[2] if refused else ''}")
    print(f"# longest: {longest[1]}, {longest[0]:.2f} s")
    print(f"1..{taps.n}")
    return 1 if taps.failed else 0


if __name__ == "__main__":
    sys.exit(main())

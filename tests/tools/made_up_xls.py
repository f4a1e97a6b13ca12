# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""An old workbook (.xls) of one sheet, as plain as one can be: texts and numbers, BIFF 8 in a compound file."""
import struct


def record(number, data):
    return struct.pack("<HH", number, len(data)) + data


def text(value, form):
    return struct.pack(form + "B", len(value.encode("utf-16-le")) // 2, 1) + value.encode("utf-16-le")


def cell(row, column, value):
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return record(0x0204, place + text(value, "<H"))
    return record(0x0203, place + struct.pack("<d", value))


def book(rows, name):
    cells = b"".join(cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row) if value is not None)
    head, end = record(0x0809, bytes.fromhex("000605000000000000000000")), record(0x000a, b"")
    sheet = record(0x0809, bytes.fromhex("000610000000000000000000")) + cells + end
    style = record(0x00e0, bytes(4))
    listed = text(name, "<B")
    begin = len(head) + len(style) + 4 + 6 + len(listed) + len(end)
    return head + style + record(0x0085, struct.pack("<LBB", begin, 0, 0) + listed) + end + sheet


def save_xls(path, rows, name="清册"):
    """@rows: of str, int, float or None. At most some 60 KB."""
    stream = book(rows, name)
    n = max(8, -(-len(stream) // 512))
    assert n <= 120, "one sector says where all others are"
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3e, 3, 0xfffe, 9, 6) + bytes(10)
    header += struct.pack("<LLLLLLLLL", 1, 1, 0, 4096, 0xfffffffe, 0, 0xfffffffe, 0, 0) + b"\xff" * (512 - 80)
    table = [0xfffffffd, 0xfffffffe, *range(3, n + 2), 0xfffffffe]
    places = struct.pack("<128L", *table, *[0xffffffff] * (128 - len(table)))

    def entry(title, kind, child, first, size):
        coded = (title + "\0").encode("utf-16-le")
        return (coded.ljust(64, b"\0") + struct.pack("<HBBLLL", len(coded), kind, 1, 0xffffffff, 0xffffffff, child) + bytes(36)
                + struct.pack("<LLL", first, size, 0))

    directory = entry("Root Entry", 5, 1, 0xfffffffe, 0) + entry("Workbook", 2, 0xffffffff, 2, n * 512) + bytes(256)
    path.write_bytes(header + places + directory + stream.ljust(n * 512, b"\0"))

# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""汇补缴凭证 in the hand: saved by the window's own commands, read back by poppler's tools, and compared figure by figure
with the center's ledger.
"""
import re
import subprocess

from gi.repository import GLib

from clerk import amount
from stage import wait


def save(clerk, window, serial, path):
    """Opens the voucher from the application's record, as 打印汇补缴凭证 does, and saves it."""
    clerk.go("applications")
    window.do("application-select", GLib.Variant("s", serial))
    window.do("application-print", seconds=30)
    wait(lambda: window.enabled("voucher-save-to"), "the preview of the voucher", 60)
    window.do("voucher-save-to", GLib.Variant("s", str(path)))
    wait(path.exists, "the voucher's file", 60)
    wait(lambda: window.enabled("voucher-save-to"), "the page to be ready again", 30)
    return read(path)


def read(path):
    """The text without blanks: columns may lie anywhere."""
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s", "", done.stdout)


def attached(path, folder):
    """The signed line that the PDF carries."""
    subprocess.run(["pdfdetach", "-saveall", "-o", str(folder), str(path)], check=True, capture_output=True)
    return (folder / "qingce-voucher.txt").read_text().strip()


def forge(path, forged):
    """The same PDF, signed facts and all, whose page begins its amount with another digit."""
    edited = forged.with_suffix(".edited")
    subprocess.run(["qpdf", "--qdf", "--normalize-content=n", str(path), str(edited)], check=True)
    changed = re.sub(rb"FFE5003([0-8])", b"FFE50039", edited.read_bytes(), count=1)  # ￥1… → ￥9…
    edited.write_bytes(changed)
    forged.write_bytes(subprocess.run(["fix-qdf", str(edited)], check=True, capture_output=True).stdout)


def compare(clerk, text, serial):
    """Every figure of the paper against the ledger."""
    application = clerk.ledger("""SELECT a.*, u.name AS unit_name, u.account AS unit_account FROM application a
                                  JOIN unit u ON u.id = a.unit WHERE a.serial = ?""", serial)[0]
    months = clerk.ledger("SELECT * FROM application_month WHERE application = ? ORDER BY month", application["id"])
    for words in (serial, application["unit_name"], application["unit_account"], amount(application["fen"]), "演练"):
        assert words in text, (words, text)
    for month in months:
        total = month["unit_fen"] + month["personal_fen"]
        for fen in (month["previous_fen"], month["added_fen"], month["removed_fen"], total):
            assert amount(fen) in text, (month["month"], fen, text)
        for people in (month["previous_people"], month["people"]):
            assert str(people) in text, (month["month"], people, text)
    for fen in (sum(m["unit_fen"] for m in months), sum(m["personal_fen"] for m in months)):
        assert amount(fen) in text, (fen, text)
    assert sum(m["unit_fen"] + m["personal_fen"] for m in months) == application["fen"]
    return application

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Five years in one voucher: a unit that fell behind remits 60 months in one application, by qingce-cli against a practice
center over TLS, up to 已办结. The paper is read back line by line and compared with the center's ledger.

    test-sixty.py PATH-TO-QINGCE-CLI PATH-TO-QINGCE-CENTER LOCALEDIR

Prints TAP.
"""
import html
import importlib.util
import pathlib
import re
import subprocess
import sys
import tempfile

spec = importlib.util.spec_from_file_location("month", pathlib.Path(__file__).with_name("test-month.py"))
month = importlib.util.module_from_spec(spec)
spec.loader.exec_module(month)
report, of, OK = month.report, month.of, month.OK

UNIT, MONTHS = "231100000075", 60
LARGE = 40  # points: higher than any line of the form


def later(value, months):
    count = value // 100 * 12 + value % 100 - 1 + months
    return count // 12 * 100 + count % 12 + 1


def amount(fen):
    return f"{fen // 100:,}.{fen % 100:02}"


def read(path):
    """The text of the PDF, a line of the page a line, and how many pages. Words belong to a line by where they stand; the
    large ones across the page are left out."""
    done = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True)
    lines, pages = {}, 0
    for line in done.stdout.splitlines():
        pages += "<page " in line
        word = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(.*)</word>', line)
        if word:
            left, top, bottom = (float(part) for part in word.groups()[:3])
            if bottom - top < LARGE:
                key = next((key for key in lines if key[0] == pages and abs(key[1] - top) < 3), (pages, top))
                lines.setdefault(key, []).append((left, html.unescape(word[4])))
    return [" ".join(word for _, word in sorted(lines[key])) for key in sorted(lines)], pages


class Years(month.Play):
    def __init__(self, home):
        super().__init__(home)
        self.day = month.put_center(home)

    def fall_behind(self):
        """The center begins; five years later the unit has remitted nothing more."""
        self.cli("sign-in")
        self.cli("pull", "--unit", UNIT)
        paid = self.ledger("SELECT paid_to FROM unit WHERE account = ?", UNIT)[0]["paid_to"]
        self.cli.end()
        self.day.write_text(f"{later(paid, MONTHS + 1) // 100}-{later(paid, MONTHS + 1) % 100:02}-20")
        self.cli = month.Batch(self.home, "--unit", UNIT)
        self.cli("sign-in")
        status, told = self.cli("pull")
        self.end = later(paid, MONTHS)
        report(status == OK, f"{MONTHS} months behind, on {self.day.read_text()}", told)

    def remit(self):
        """One application of all months: 非托收, the whole sum arrives, 已办结."""
        status, told = self.cli("remit", "--dry-run", "--end", str(self.end))
        answers = [f"--answer={row['account']}=women-55" for row in of(told, "ask")]
        status, told = self.cli("remit", "--dry-run", "--end", str(self.end), *answers)
        fen = of(told, "remittance")[0]["fen"]
        report(status == OK and len(of(told, "month")) == MONTHS, f"{MONTHS} months are computed", told)
        status, told = self.cli("remit", "--submit", "--end", str(self.end), *answers, "--reviewed", "--expect-fen", str(fen))
        self.serial = of(told, "application")[-1]["serial"]
        report(status == OK and of(told, "application")[-1]["state"] == "registered", "submitted in one application", told)
        self.console().confirm_arrival(UNIT, self.serial)
        self.cli("pull")
        status, told = self.cli("application", self.serial)
        good, detail = self.same_figures(self.serial, of(told, "month"))
        self.lines = self.ledger(f"""SELECT {month.COLUMNS} FROM application_month WHERE application =
                                     (SELECT id FROM application WHERE serial = ?) ORDER BY month""", self.serial)
        report(of(told, "application")[0]["state"] == "finished" and len(self.lines) == MONTHS and good,
               "arrived: finished, figures as in the ledger", detail)
        report(self.lines[-1]["month"] == self.end and sum(self.fen(line) for line in self.lines) == fen
               and self.ledger("SELECT paid_to FROM unit WHERE account = ?", UNIT)[0]["paid_to"] == self.end,
               "the ledger's months add up, and the unit is paid to the last one")
        people = {line["people"] for line in self.lines}
        report(len(people) > 1 and any(line["added_fen"] or line["removed_fen"] for line in self.lines[1:]),
               "people come and go in these years, so that the lines differ", people)

    @staticmethod
    def fen(line):
        return line["unit_fen"] + line["personal_fen"]

    def on_paper(self, line):
        return (f"{line['month'] // 100}年{line['month'] % 100:02}月 {line['previous_people']} {amount(line['previous_fen'])} "
                f"{line['added_people']} {amount(line['added_fen'])} {line['removed_people']} {amount(line['removed_fen'])} "
                f"{line['people']} {amount(self.fen(line))}")

    def paper(self):
        """Every line of the ledger is a line of the paper, in order, and there are no others."""
        path = self.home / "sixty.pdf"
        status, told = self.cli("voucher", self.serial, "--output", str(path))
        report(status == OK and of(told, "voucher")[0]["finished"], "a voucher of all of them", told)
        status, told = self.cli("check", str(path))
        checked = of(told, "check")[0] if of(told, "check") else {}
        total = sum(self.fen(line) for line in self.lines)
        report(status == OK and checked["verdict"] == "practice" and checked["complete"]
               and (checked["serial"], checked["fen"], checked["start"], checked["end"])
               == (self.serial, total, self.lines[0]["month"], self.end), "it holds, complete", told)
        found, pages = read(path)
        rows = [line for line in found if re.match(r"\d{4}年\d\d月 \d+ ", line)]
        expected = [self.on_paper(line) for line in self.lines]
        report(rows == expected, "line by line as in the ledger",
               "\n".join(f"{a}  ≠  {b}" for a, b in zip(rows, expected) if a != b) or f"{len(rows)} lines")
        text = "".join(found).replace(" ", "")
        sums = [amount(sum(line[name] for line in self.lines)) for name in ("added_fen", "removed_fen", "unit_fen",
                                                                            "personal_fen")]
        report(pages > 1 and all(f"第{number}页共{pages}页" in text for number in range(1, pages + 1))
               and all(value in text for value in (*sums, amount(total))), f"{pages} pages, numbered, with the sums",
               "\n".join(found))


def main():
    with tempfile.TemporaryDirectory(prefix="qingce-sixty-") as folder:
        home = pathlib.Path(folder)
        play = Years(home)
        try:
            play.fall_behind()
            play.remit()
            play.paper()
        finally:
            if play.cli.process.poll() is None:
                play.cli.process.kill()
                play.cli.process.wait()
    print(f"1..{len(month.results)}")
    return 0 if all(month.results) else 1


if __name__ == "__main__":
    sys.exit(main())

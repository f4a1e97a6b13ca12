#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What must not get lost, by qingce-cli alone and without a center: trash, backups, moving to another computer, handing
over, the journal; torn, wrongly opened or in the way, nothing changes; and what is said of a damaged database.

    test-keep.py PATH-TO-QINGCE-CLI PATH-TO-FILL-STORE LOCALEDIR

Prints TAP.
"""
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

import openpyxl

CLI, FILL, LOCALEDIR = (os.path.abspath(argument) for argument in sys.argv[1:4])
UNIT, SEALING = "231100000042", 512  # as the fixture of app has them
OK, USAGE, SIGNED_OUT, NOT_FOUND, STATE, NOT_GENUINE, FAILED, DAMAGED = 0, 2, 3, 7, 8, 10, 11, 14
PASS = "一句不易猜到的话"
results = []


def report(good, name, detail=""):
    results.append(bool(good))
    for line in str(detail).splitlines() if not good else []:
        print("# " + line)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}", flush=True)


class Computer:
    """A data folder, and qingce-cli on it."""

    def __init__(self, home, name, fill=0, extra=0):
        self.home, self.data = home, home / name
        if fill is not None:
            subprocess.run([FILL, str(self.data), str(fill), str(extra)], env=self.environment(), check=True,
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def environment(self, language="C.UTF-8"):
        kept = {key: value for key, value in os.environ.items()
                if key in {"PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "LOCPATH"}}
        return dict(kept, HOME=str(self.home), XDG_RUNTIME_DIR=str(self.home), XDG_DATA_HOME=str(self.home),
                    LC_ALL=language, LANGUAGE="", QINGCE_LOCALEDIR=LOCALEDIR, GSETTINGS_BACKEND="memory",
                    DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent", G_DEBUG="fatal-warnings", TZ="UTC")

    def run(self, *words, text="", language="C.UTF-8"):
        done = subprocess.run([CLI, "--data", str(self.data), *words], env=self.environment(language), input=text,
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def json(self, *words, text=""):
        """(status, objects but for the end)"""
        status, out, _ = self.run("--json", *words, text=text)
        return status, [value for value in map(json.loads, out.splitlines()) if value["type"] != "end"]

    def book(self, sql, *values):
        connection = sqlite3.connect(self.data / "qingce.db")
        try:
            with connection:
                return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def draft(self, name, deleted=0):
        self.book("INSERT INTO draft (scope, business, state, facts, created, changed, name, lines, deleted) SELECT id, 'sealing',"
                  " 'open', '{}', 1795392000, 1795392000, ?, 3, ? FROM scope WHERE unit = ?", name, deleted, UNIT)

    def drafts(self):
        return sorted(value["name"] for value in self.json("drafts")[1])


def of(objects, kind):
    return [value for value in objects if value["type"] == kind]


def trash(home):
    here = Computer(home, "trash")
    now = here.book("SELECT strftime ('%s', 'now')")[0][0]
    here.draft("十一月退休", deleted=int(now) - 86400)
    status, told = here.json("trash")
    report(status == OK and [(line["name"], line["lines"], line["days_left"]) for line in told] == [("十一月退休", 3, 29)],
           "the trash says what is in it and for how long", told)
    draft = str(told[0]["draft"])
    status, out, _ = here.run("trash", "list")
    report(status == OK and "十一月退休" in out and "29" in out, "and as text", out)
    report(here.run("trash", "restore", "999")[0] == NOT_FOUND, "a draft that is not there: exit 7")
    report(here.run("trash", "restore")[0] == USAGE and here.run("trash", "burn")[0] == USAGE,
           "words that there are not: exit 2")
    status, told = here.json("trash", "restore", draft)
    report(status == OK and here.drafts() == ["十一月退休"] and not here.json("trash")[1], "brought back", told)
    told = here.json("journal", "--kind", "draft.restored")[1]
    report(len(told) == 1 and "十一月退休" in told[0]["about"], "which stands in the journal", told)
    empty = Computer(home, "empty", None)
    report(empty.run("trash")[0] in (USAGE, SIGNED_OUT), "without a unit it is said what is missing")


def backups(home):
    here = Computer(home, "backups")
    status, out, _ = here.run("backup")
    report(status == OK and "no backup yet" in out, "none yet", out)
    here.draft("一")
    status, told = here.json("backup", "make")
    report(status == OK and told[0]["drafts"] == 1 and told[0]["size"] > 100000, "one is made, with what is in it", told)
    name = told[0]["name"]
    here.draft("二")
    report(here.run("backup", "restore", "2026")[0] == NOT_FOUND and here.drafts() == ["一", "二"],
           "one that there is not: exit 7, nothing changes")
    status, told = here.json("backup", "restore", name, "--then", "drafts")
    aside = of(told, "replaced")[0]["set_aside"] if of(told, "replaced") else "."
    report(status == OK and [value["name"] for value in of(told, "draft")] == ["一"],
           "gone back to, and the next command works on it", told)
    report((pathlib.Path(aside) / "qingce.db").exists(), "what was there is set aside whole", aside)
    acts = [value["act"] for value in here.json("journal")[1]]
    report(acts[0] == "backup.restored" and "backup.made" in acts, "both stand in the journal", acts)
    report(len(here.json("backup", "list")[1]) == 1, "the backup stays")


def bundles(home):
    here, there = Computer(home, "here"), Computer(home, "there", SEALING)
    there.draft("搬")
    secret, wrong, short, path = (home / name for name in ("secret", "wrong", "short", "moving.qcdata"))
    secret.write_text(PASS + "\n不算\n")
    wrong.write_text("another one entirely")
    short.write_text("kurz\n")
    report(there.run("bundle", "pack", str(path))[0] == USAGE and there.run("bundle", "pack", str(path), PASS)[0] == USAGE,
           "a passphrase comes from a file, not from the command line: exit 2")
    for name in (short, home / "nowhere"):
        status = there.run("bundle", "pack", str(path), "--passphrase-file", str(name))[0]
        report(status == (USAGE if name == short else NOT_FOUND) and not path.exists(), f"{name.name}: nothing is written",
               status)
    status, told = there.json("bundle", "pack", str(path), "--passphrase-file", str(secret))
    report(status == OK and path.read_bytes()[:6] == b"QCSEAL", "packed", told)
    status, told = there.json("bundle", "check", str(path), "--passphrase-file", "-", text=PASS + "\n")
    report(status == OK and (told[0]["drafts"], told[0]["waiting"]) == (1, 1),
           "looked into where something waits, by a passphrase on standard input", told)
    status, _ = there.json("batch", text=f"bundle check {path} --passphrase-file -\n{PASS}\n")
    report(status == USAGE, "which a batch reads its commands from: exit 2", status)
    status, told = there.json("bundle", "adopt", str(path), "--passphrase-file", str(secret))
    report(status == STATE and there.drafts() == ["搬"], "where something waits nothing takes its place: exit 8", told)
    bytes_ = path.read_bytes()
    torn, newer, none = (home / name for name in ("torn.qcdata", "newer.qcdata", "none.qcdata"))
    torn.write_bytes(bytes_[:-1000])
    newer.write_bytes(bytes_[:8] + bytes([bytes_[8] ^ 0x20]) + bytes_[9:])
    none.write_text("no such file")
    for name, key, expected in ((path, wrong, NOT_GENUINE), (torn, secret, NOT_GENUINE), (none, secret, NOT_GENUINE),
                                (newer, secret, FAILED), (home / "gone", secret, NOT_FOUND)):
        before = sorted(entry.name for entry in here.data.iterdir())
        status, out, errors = here.run("bundle", "adopt", str(name), "--passphrase-file", str(key))
        report(status == expected and (expected == NOT_FOUND or "Nothing was changed" in errors)
               and sorted(entry.name for entry in here.data.iterdir()) == before and not here.drafts(),
               f"{name.name} with {key.name}: exit {expected}, said, and nothing changes", (status, out, errors))
    status, told = here.json("bundle", "adopt", str(path), "--passphrase-file", str(secret), "--then", "drafts")
    report(status == OK and [value["name"] for value in of(told, "draft")] == ["搬"] and of(told, "replaced"),
           "taken over, and the next command works on it", told)
    states = here.book("SELECT state, reason FROM outbox")
    report(states == [("unknown", "restored")], "what waits is asked about first", states)
    acts = [value["act"] for value in here.json("journal")[1]]
    report(acts[0] == "bundle.adopted", "which stands in the journal", acts)


def handover(home):
    here = Computer(home, "over", SEALING)
    here.draft("交")
    secret, path = home / "over-secret", home / "over.qcdata"
    secret.write_text(PASS)
    report(here.run("handover", str(path), "999999999999", "--passphrase-file", str(secret))[0] == NOT_FOUND
           and not path.exists(), "another's unit: exit 7")
    status, told = here.json("handover", str(path), UNIT, "--passphrase-file", str(secret))
    report(status == OK and told[0]["units"] == 1 and path.exists(), "handed over", told)
    cells = {cell for row in openpyxl.load_workbook(told[0]["list"]).worksheets[0].iter_rows(values_only=True)
             for cell in row}
    report("交" in cells and "Waiting" in cells, "with a list of what is open", cells)
    status, told = here.json("bundle", "check", str(path), "--passphrase-file", str(secret))
    report(status == OK and told[0]["journal"] == 1 and told[0]["waiting"] == 1, "of the work, without the journal", told)


def journal(home):
    here = Computer(home, "journal", SEALING)
    here.draft("删", deleted=1)
    here.json("backup", "make", "--then", "export", "people", str(home / "人员.xlsx"))
    status, told = here.json("journal")
    acts = [value["act"] for value in told]
    report(status == OK and acts == ["exported", "backup.made", "outbox.queued"], "the newest first", acts)
    report(told[2]["what"] == "Submitted: waits to be sent" and told[2]["about"] == "Sealing and unsealing · 2 people"
           and told[2]["unit"] == UNIT, "in words", told[2])
    for words, expected in ((["--search", "sealing"], 1), (["--search", "人员.xlsx"], 1), (["--kind", "backup"], 1),
                            (["--of", UNIT], 3), (["--of", "1"], 0), (["--limit", "2"], 2), (["--to", "2026-11-17"], 0),
                            (["--from", "20261118", "--to", "2026-11-18"], 1), (["--from", "2100-01-01"], 0)):
        status, told = here.json("journal", *words)
        report(status == OK and len(told) == expected, f"{' '.join(words)}: {expected}", told)
    for words in (["--from", "yesterday"], ["--to", "20261345"], ["--from", "2026-1123"], ["--limit", "-1"], ["export"], ["burn"]):
        report(here.run("journal", *words)[0] == USAGE, f"journal {' '.join(words)}: exit 2")
    status, told = here.json("journal", "export", str(home / "日志.xlsx"), "--kind", "outbox")
    rows = [row for row in openpyxl.load_workbook(home / "日志.xlsx").worksheets[0].iter_rows(values_only=True) if row[0]]
    report(status == OK and told[0]["rows"] == 1 and rows[1][2] == "Sealing and unsealing · 2 people", "written as a workbook",
           (told, rows))
    report(here.json("journal", "verify") == (OK, [{"type": "journal", "whole": True}]), "verified")
    status, out, _ = here.run("journal", "--kind", "outbox", language="zh_CN.UTF-8")
    report(status == OK and "个人账户封存或启封 · 2 人" in out and UNIT not in out, "as text a clerk reads", out)


def damage(computer):
    """The first pages of the people and of the lines of drafts are not what they were."""
    path = computer.data / "qingce.db"
    computer.book("PRAGMA wal_checkpoint (TRUNCATE)")
    size = computer.book("PRAGMA page_size")[0][0]
    content = bytearray(path.read_bytes())
    root = computer.book("SELECT rootpage FROM sqlite_master WHERE name = 'person'")[0][0]
    content[(root - 1) * size:root * size] = b"\xff" * size
    lines = computer.book("SELECT rootpage FROM sqlite_master WHERE name = 'draft_line'")[0][0]
    content[(lines - 1) * size:lines * size] = b"\xff" * size
    path.write_bytes(content)
    (computer.data / "qingce.db.suspect").touch()


def damaged(home):
    for as_json in (True, False):
        here = Computer(home, f"damaged-{as_json}", SEALING)
        here.draft("缺")
        before = here.json("journal")[1]
        damage(here)
        if as_json:
            status, told = here.json("drafts")
            one = of(told, "damaged")
            report(status == DAMAGED and one and (one[0]["drafts"], one[0]["waiting"], one[0]["journal"]) == (1, 1, 1)
                   and pathlib.Path(one[0]["moved-to"]).exists() and one[0]["readable"],
                   "a damaged database: exit 14, with what was salvaged and where it is", told)
            report([value["name"] for value in of(told, "damaged-draft")] == ["缺"] and not of(told, "draft"),
                   "the draft that lacks lines is named, and nothing else was done", told)
        else:
            status, out, errors = here.run("drafts")
            report(status == DAMAGED and not out and "was moved to" in errors
                   and "drafts 1, waiting 1, journal entries 1, vouchers 0" in errors and "missing in: 缺" in errors,
                   "and as text", (status, out, errors))
        report(here.drafts() == ["缺"], "the next run goes on with what there is")
        after = here.json("journal")[1]
        report([value["act"] for value in after] == ["salvaged"] + [value["act"] for value in before]
               and here.json("journal", "verify")[0] == OK, "and the journal says so, and holds", after)


def damaged_rows(home):
    """A page of the people that only a later row needs: said as what it is, at once, and never as a database that is slow."""
    here = Computer(home, "rows", SEALING, 600)
    here.book("PRAGMA wal_checkpoint (TRUNCATE)")
    page, size = here.book("SELECT pageno, pgsize FROM dbstat WHERE name = 'person' AND pagetype = 'leaf' ORDER BY path DESC LIMIT 1")[0]
    with open(here.data / "qingce.db", "r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    status, told = here.json("--wait", "60", "people")
    errors = of(told, "error")
    report(status == FAILED and [error["code"] for error in errors] == ["db.corrupt"] and len(of(told, "person")) > 100,
           "damage met while rows are read is told as damage", (status, errors))
    status, told = here.json("people")
    report(status == DAMAGED and of(told, "damaged"), "and the next start moves the database aside", told)


def terminal(home):
    """Names that command a terminal or turn its text round come to it as blanks, and as escapes in JSON; what GLib says is
    apart from both."""
    here = Computer(home, "terminal", SEALING)
    here.draft("清\x1b]0;x\x07\u009b2J\u202e单")
    status, out, _ = here.run("drafts")
    report(status == OK and "清 ]0;x  2J 单" in out, "no command of a name reaches the terminal", repr(out))
    status, out, _ = here.run("--json", "drafts")
    report(status == OK and "\\u001b" in out and "\\u009b2J\\u202e" in out
           and not any(unseemly in out for unseemly in "\x1b\x07\u009b\u202e"), "nor by a line of JSON", repr(out))
    status, _, errors = here.run("drafts", "--\x1b[31mred")
    report(status != OK and "\x1b" not in errors, "nor what is said of a fault", repr(errors))
    done = subprocess.run([CLI, "--data", str(here.data), "--json", "drafts"], capture_output=True, text=True, check=False,
                          env=dict(here.environment(), G_MESSAGES_DEBUG="all", G_DEBUG=""))
    lines = done.stdout.splitlines()
    report(done.returncode == OK and all(line.startswith("{") for line in lines) and "DEBUG" in done.stderr,
           "messages for finding faults are not among the lines", done.stdout)


def edited(home):
    """The profile file that a center handed out, edited by hand."""
    here = Computer(home, "edited", None)
    path = home / "far.json"
    path.write_text(json.dumps({"format": 1, "id": "far-away", "name": "远方", "practice": False, "client_id": "qingce",
                                "portal": "https://portal.example", "keys": [], "directory": []}))
    here.json("import-profile", str(path), "--then", "units")
    told = here.json("journal", "--kind", "profile")[1]
    report(len(told) == 1 and told[0]["about"] == "远方", "a profile that is imported stands in the journal", told)
    (here.data / "profiles/far-away.json").write_text("{ edited by hand")
    status, _, errors = here.run("--profile", "far-away", "units")
    report(status == FAILED and "far-away.json" in errors and "import the center's file once more" in errors,
           "a profile edited by hand is said with its file and what to do", (status, errors))


def main():
    with tempfile.TemporaryDirectory(prefix="qingce-cli-") as folder:
        for scene in (trash, backups, bundles, handover, journal, damaged, damaged_rows, terminal, edited):
            try:
                scene(pathlib.Path(folder))
            except (IndexError, KeyError, OSError, sqlite3.Error, subprocess.CalledProcessError) as error:
                report(False, scene.__name__, repr(error))
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The clerk's month done by qingce-cli alone, against a practice center over TLS: 托收 with a shortage and 重新划款,
非托收 with 到账确认, what is refused and how, and every exit status that can be brought about. Every figure is compared
with the center's ledger.

    test-month.py PATH-TO-QINGCE-CLI PATH-TO-QINGCE-CENTER LOCALEDIR

Prints TAP.
"""
import base64
import contextlib
import json
import os
import pathlib
import re
import shlex
import signal
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import portal_robot  # noqa: E402
import voucher_text  # noqa: E402

CLI, CENTER, LOCALEDIR = (os.path.abspath(argument) for argument in sys.argv[1:4])
USER, PASSWORD = "daizhang", "yanlian-2026"
COLLECTION, TRANSFER = "231100000042", "231100000059"
OK, REFUSED, USAGE, SIGNED_OUT, OFFLINE, UNKNOWN, LOCKED, NOT_FOUND, STATE, FIGURES, NOT_GENUINE = range(11)
PAGE = 13
FAILED, SIGN_IN = 11, 12
COLUMNS = ("month, previous_people, previous_fen, added_people, added_fen, removed_people, removed_fen, people, "
           "unit_fen, personal_fen")
results = []


def report(good, name, detail=""):
    results.append(bool(good))
    if not good:
        for line in str(detail).splitlines():
            print("# " + line)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}", flush=True)


def environment(home, language="C.UTF-8"):
    kept = {key: value for key, value in os.environ.items()
            if key in {"PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "LOCPATH"}}
    # No session bus: no keyring, as on a server.
    return dict(kept, HOME=str(home), XDG_RUNTIME_DIR=str(home), XDG_DATA_HOME=str(home), XDG_CONFIG_HOME=str(home),
                XDG_CACHE_HOME=str(home), QINGCE_DATA=str(home / "qingce"), QINGCE_CENTER=str(home / "center"), LC_ALL=language,
                LANGUAGE="", QINGCE_LOCALEDIR=LOCALEDIR, DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent", NO_PROXY="*",
                GSETTINGS_BACKEND="memory", G_DEBUG="fatal-warnings", TZ="UTC")


def once(home, *words, language="C.UTF-8", allow=True, **more):
    """One process; goes through the portal when it asks for that. (status, JSON objects or text, stderr)"""
    process = subprocess.Popen([CLI, *words], env=environment(home, language), stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, **more)
    lines = []
    for line in process.stdout:
        lines.append(json.loads(line) if "--json" in words else line)
        if isinstance(lines[-1], dict) and lines[-1]["type"] == "address":
            threading.Thread(target=portal_robot.authorize, args=(lines[-1]["address"], USER, PASSWORD),
                             kwargs={"allow": allow}, daemon=True).start()
    errors = process.stderr.read()
    process.stdout.close()
    process.stderr.close()
    return process.wait(), lines, errors


class Batch:
    """A running `qingce-cli --json batch`, told one line after the other."""

    def __init__(self, home, *options):
        self.process = subprocess.Popen([CLI, "--practice", "--json", "--keep-going", "--wait", "20", *options, "batch"],
                                        env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, *words):
        """(status, objects) of one command."""
        self.process.stdin.write(" ".join(shlex.quote(word) for word in words) + "\n")
        self.process.stdin.flush()
        objects = []
        for line in self.process.stdout:
            value = json.loads(line)
            if value["type"] == "address":
                threading.Thread(target=portal_robot.authorize, args=(value["address"], USER, PASSWORD),
                                 daemon=True).start()
            if value["type"] == "end":
                return value["exit"], objects
            objects.append(value)
        raise AssertionError(f"it ended with {self.process.wait()} after {words}")

    def end(self):
        self.process.stdin.close()
        status = self.process.wait(20)
        self.process.stdout.close()
        return status


# The practice center, on the day that stands in a file: which months are due is not for the calendar to say.
WRAPPER = """#!/bin/sh
exec "{center}" "$@" --today "$(cat "{day}")"
"""


def put_center(home, day="2026-11-23"):
    """Lays the practice center where the programs of `home` look for it. The file of its day."""
    (home / "day").write_text(day)
    (home / "center").write_text(WRAPPER.format(day=home / "day", center=CENTER))
    (home / "center").chmod(0o755)
    return home / "day"


def of(objects, kind):
    return [value for value in objects if value["type"] == kind]


@contextlib.contextmanager
def book(path, mode="ro"):
    connection = sqlite3.connect(f"file:{path}?mode={mode}", uri=True, timeout=10)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


class Play:
    def __init__(self, home):
        self.home = home
        self.cli = Batch(home, "--unit", COLLECTION)
        self.serials = {}

    def ledger(self, sql, *values):
        with book(self.home / "qingce/practice/center.db") as connection:
            return [dict(row) for row in connection.execute(sql, values)]

    def submitted(self, unit):
        return self.ledger("""SELECT a.* FROM application a JOIN unit u ON u.id = a.unit
                              WHERE u.account = ? AND a.key IS NOT NULL AND a.business = 'remittance'
                              ORDER BY a.id""", unit)

    def console(self):
        portal = json.loads((self.home / "qingce/practice/profile.json").read_text())["portal"]
        return portal_robot.Console(portal.replace("/portal/", "/console/"))

    def same_figures(self, serial, months):
        """What was printed is what the ledger has."""
        center = self.ledger(f"""SELECT {COLUMNS} FROM application_month WHERE application =
                                 (SELECT id FROM application WHERE serial = ?) ORDER BY month""", serial)
        shown = [{"month": row["month"], "previous_people": row["previous_people"],
                  "previous_fen": row["previous_fen"], "added_people": row["added_people"],
                  "added_fen": row["added_fen"], "removed_people": row["removed_people"],
                  "removed_fen": row["removed_fen"], "people": row["current_people"], "unit_fen": row["unit_fen"],
                  "personal_fen": row["personal_fen"]} for row in months]
        balanced = all(row["previous_fen"] + row["added_fen"] - row["removed_fen"] == row["current_fen"]
                       and row["previous_people"] + row["added_people"] - row["removed_people"]
                       == row["current_people"] for row in months)
        return center and center == shown and balanced, f"{center}\n{shown}"

    # --- scenes --------------------------------------------------------------------

    def begin(self):
        status, _ = self.cli("pull")
        report(status == SIGNED_OUT, "before the sign-in: exit 3", status)
        status, told = self.cli("sign-in")
        report(status == OK and of(told, "signed-in") and len(of(told, "unit")) == 4, "sign-in on the portal", told)
        report(of(told, "signed-in")[0]["kept"] is False, "without a keyring it says that the sign-in is not kept")
        status, told = self.cli("pull")
        report(status == OK and of(told, "pulled")[0]["unit"] == COLLECTION, "pull", told)
        status, told = self.cli("people", "--limit", "5")
        people = self.ledger("""SELECT p.account, p.name FROM person p JOIN unit u ON u.id = p.unit
                                WHERE u.account = ? ORDER BY p.account LIMIT 5""", COLLECTION)
        report(status == OK and [(row["account"], row["name"]) for row in of(told, "person")]
               == [(row["account"], row["name"]) for row in people], "people are the center's", told)
        status, told = self.cli("people", "--search", people[1]["name"], "--status", "normal")
        report(status == OK and people[1]["account"] in [row["account"] for row in of(told, "person")],
               "a person is found by name", told)

    def second(self):
        status, _, errors = once(self.home, "--practice", "people")
        report(status == LOCKED and str(self.cli.process.pid) in errors, "a second process: exit 6, says who holds it",
               f"{status} {errors}")

    def dry_run(self):
        status, told = self.cli("remit", "--dry-run", "--end", "202611")
        asked = of(told, "ask")
        report(status == REFUSED and asked and any(row["blocks"] and row["advice"] for row in of(told, "finding")),
               "a question that is open: exit 1 with reason and next step", told)
        self.answers = [f"--answer={row['account']}=women-55" for row in asked]
        status, told = self.cli("remit", "--dry-run", "--end", "202611", *self.answers)
        self.fen = of(told, "remittance")[0]["fen"]
        report(status == OK and len(of(told, "month")) == 2
               and self.fen == sum(row["current_fen"] for row in of(told, "month")), "answered: two months", told)
        with book(self.home / "qingce/qingce.db") as connection:
            drafts = connection.execute("SELECT count(*) FROM draft").fetchone()[0]
        report(drafts == 0, "trying leaves no draft behind", drafts)

    def refusals(self):
        expect = ["--expect-fen", str(self.fen)]
        submit = ["remit", "--submit", "--end", "202611", *self.answers]
        status, told = self.cli(*submit, "--reviewed", "--expect-fen", str(self.fen - 1))
        report(status == FIGURES, "another amount than expected: exit 9", told)
        status, told = self.cli(*submit, *expect)
        report(status == STATE and told[-1]["code"] == "not-reviewed", "not reviewed: exit 8", told)
        status, told = self.cli("remit", "--submit", "--end", "202611", "--reviewed", *expect, "--method", "transfer")
        report(status == REFUSED, "a method the unit may not use: exit 1", told)
        status, _ = self.cli(*submit, "--reviewed")
        report(status == USAGE, "--submit without an amount: exit 2", status)
        status, _ = self.cli("remit", "--end", "202613", "--dry-run")
        report(status == USAGE, "a month there is not: exit 2", status)
        report(not self.submitted(COLLECTION), "nothing of that reached the center")

    def collection(self):
        status, told = self.cli("remit", "--submit", "--end", "202611", *self.answers, "--reviewed", "--expect-fen",
                                str(self.fen))
        application = of(told, "application")[-1]
        report(status == REFUSED and application["state"] == "registered" and application["draw"] == "failed"
               and application["draw_reason"], "a shortage: registered, drawing failed, exit 1 with the bank's reason",
               told)
        serial = application["serial"]
        good, detail = self.same_figures(serial, of(told, "month")[-2:])
        report(good and application["fen"] == self.fen, "its figures are the ledger's", detail)
        status, told = self.cli("redraw", serial)
        report(status == REFUSED and of(told, "application")[-1]["draw_number"] == 2, "drawn again too early: exit 1",
               told)
        self.console().set_balance(COLLECTION, "500000.00")
        status, told = self.cli("redraw", serial)
        report(status == OK and of(told, "application")[-1]["state"] == "finished", "redraw after paying in: finished",
               told)
        status, told = self.cli("redraw", serial)
        report(status == STATE, "redraw of what is finished: exit 8", told)
        status, told = self.cli("delete", serial)
        report(status == STATE, "deleting what is finished: exit 8", told)
        row = self.submitted(COLLECTION)
        bank = self.ledger("SELECT b.balance FROM bank_account b JOIN unit u ON u.id = b.unit WHERE u.account = ?",
                           COLLECTION)[0]["balance"]
        report(len(row) == 1 and row[0]["state"] == "finished" and bank == 50000000 - self.fen,
               "the center has it once, and drew that amount", f"{row} {bank}")
        booked = self.ledger("""SELECT sum((unit_fen + personal_fen) * ((to_month / 100 - from_month / 100) * 12
                                + to_month % 100 - from_month % 100 + 1)) AS fen FROM span
                                WHERE application = ? AND booked = 1""", row[0]["id"])[0]["fen"]
        report(booked == self.fen, "the people's accounts got it", f"{booked} {self.fen}")
        status, told = self.cli("remit", "--dry-run", "--end", "202611")
        report(status == REFUSED, "the same months again: exit 1", told)

    def transfer(self):
        status, told = self.cli("pull", "--unit", TRANSFER)
        due = of(told, "pulled")[0]["due"]
        status, told = self.cli("remit", "--dry-run", "--end", str(due))
        answers = [f"--answer={row['account']}=women-55" for row in of(told, "ask")]
        fen = of(told, "remittance")[0]["fen"]
        submit = ["remit", "--submit", "--end", str(due), *answers, "--reviewed", "--expect-fen", str(fen)]
        status, told = self.cli(*submit)
        notice = of(told, "notice")[-1] if of(told, "notice") else {}
        first = of(told, "application")[-1]["serial"]
        report(status == OK and notice.get("fen") == fen and notice["remark"] == first, "非托收: whom to pay", told)
        status, told = self.cli(*submit)
        report(status == REFUSED and len(self.submitted(TRANSFER)) == 1, "twice is refused: exit 1", told)
        status, told = self.cli("redraw", first)
        report(status == STATE, "redraw of 非托收: exit 8", told)
        status, told = self.cli("delete", first)
        report(status == OK and of(told, "application")[-1]["state"] == "deleted", "deleted", told)
        status, told = self.cli(*submit)
        serial = of(told, "application")[-1]["serial"]
        report(status == OK and serial != first, "submitted again", told)
        self.console().confirm_arrival(TRANSFER, serial)
        self.cli("pull")
        status, told = self.cli("application", serial)
        application = of(told, "application")[0]
        good, detail = self.same_figures(serial, of(told, "month"))
        report(status == OK and application["state"] == "finished" and application["fen"] == fen and good,
               "到账确认: finished, figures as in the ledger", f"{told}\n{detail}")
        status, told = self.cli("applications", "--state", "finished", "--business", "remittance")
        report(status == OK and serial in [row["serial"] for row in of(told, "application")]
               and first not in [row["serial"] for row in of(told, "application")], "applications by state", told)

    def sealing(self):
        """封存: done at once, and its roster is shown from the center, then from here."""
        people = self.ledger("""SELECT p.account, p.name FROM person p JOIN unit u ON u.id = p.unit
                                WHERE u.account = ? AND p.status = 1 ORDER BY p.account DESC LIMIT 2""", TRANSFER)
        status, told = self.cli("do", "sealing", "--seal", *[f"{row['account']},reason=04" for row in people],
                                "--submit", "--expect-people", "2")
        serial = (of(told, "application") or [{}])[-1].get("serial", "")
        report(status == OK and serial, "two people sealed", told)
        status, told = self.cli("application", serial)
        report(status == OK and sorted((row["account"], row["name"], row["reason"], row["reason_word"]) for row in of(told, "line"))
               == sorted((row["account"], row["name"], "04", "退休") for row in people), "its roster is shown", told)
        self.sealed = serial

    def moved(self):
        """Somebody changes the unit between the pull and the submission: the center refuses what no longer fits."""
        status, told = self.cli("remit", "--dry-run", "--end", "202611")
        answers = [f"--answer={row['account']}=women-55" for row in of(told, "ask")]
        fen = of(told, "remittance")[0]["fen"]
        person = self.ledger("""SELECT p.account FROM person p JOIN unit u ON u.id = p.unit
                                WHERE u.account = ? AND p.status = 1 ORDER BY p.account LIMIT 1""", TRANSFER)[0]
        self.console().change_base(TRANSFER, person["account"], "2026-11", "6000.00")
        before = len(self.submitted(TRANSFER))
        status, told = self.cli("remit", "--submit", "--end", "202611", *answers, "--reviewed", "--expect-fen", str(fen))
        report(status in (REFUSED, STATE) and len(self.submitted(TRANSFER)) == before and of(told, "finding"),
               "the roster moved at the center: refused with findings", told)

    def altered(self, path, fen):
        """The signed line that the PDF carries, with one fen more in it."""
        subprocess.run(["pdfdetach", "-saveall", "-o", str(self.home), str(path)], check=True, capture_output=True)
        parts = (self.home / "qingce-voucher.txt").read_text().strip().split(" ")[0].split(".")
        facts = base64.urlsafe_b64decode(parts[3] + "=" * (-len(parts[3]) % 4))
        changed = facts.replace(b'"fen":%d' % fen, b'"fen":%d' % (fen + 1))
        assert changed != facts, facts
        parts[3] = base64.urlsafe_b64encode(changed).decode().rstrip("=")
        return ".".join(parts)

    def lost_voucher(self, serial, path):
        """The center issues it, and nothing of the answer stays here: asked again, it is the same one, counted once."""
        with book(self.home / "qingce/qingce.db", "rw") as connection:
            connection.execute("CREATE TRIGGER lost BEFORE INSERT ON voucher BEGIN SELECT RAISE (ABORT, 'lost'); END")
        status, told = self.cli("voucher", serial, "--output", str(path))
        with book(self.home / "qingce/qingce.db", "rw") as connection:
            connection.execute("DROP TRIGGER lost")
        count = "SELECT count (*) AS n FROM voucher_issue"
        report(status != OK and not path.exists() and self.ledger(count)[0]["n"] == 1,
               "an answer that is lost: counted at the center, no voucher here", told)
        status, told = self.cli("voucher", serial, "--output", str(path))
        report(status == OK and of(told, "voucher")[0]["reprint"] == 0 and self.ledger(count)[0]["n"] == 1,
               "asked again it is the same voucher", told)
        with book(self.home / "qingce/qingce.db", "rw") as connection:
            connection.execute("UPDATE voucher SET printed = 0")

    def by_the_text(self, path):
        """What data/voucher-format.md says, done as it stands there by sh and openssl: the attachment, the code on the page, keys
        of the profile and of the center itself; and nothing that was changed holds."""
        subprocess.run(["pdfdetach", "-saveall", "-o", str(self.home), str(path)], check=True, capture_output=True)
        line = (self.home / "qingce-voucher.txt").read_text().strip()
        subprocess.run(["pdftoppm", "-singlefile", "-r", "200", "-png", str(path), str(self.home / "page")], check=True)
        code = subprocess.run(["zbarimg", "-q", "--raw", "--nodbus", str(self.home / "page.png")], check=True,
                              capture_output=True, text=True).stdout.strip()
        profile = (self.home / "qingce/practice/profile.json").read_bytes()
        facts = json.loads(profile)
        context = ssl.create_default_context(cadata=facts["ca"])
        with urllib.request.urlopen(facts["api"] + "/api/v1/center", context=context, timeout=30) as answer:
            center = answer.read()
        told = [voucher_text.verify(self.home / "outsider", text, keys)
                for text in (line, code) for keys in (profile, center)]
        report(all(holds for holds, _ in told) and code == line.split(" ")[0],
               "whoever follows the text of the format verifies it, by attachment and code, by profile and center",
               "\n".join(text for holds, text in told if not holds))
        self.no_other_line(line, profile)

    def no_other_line(self, line, profile):
        def plain(part):
            return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))

        def coded(data):
            return base64.urlsafe_b64encode(data).decode().rstrip("=")

        def changed(n, part):
            return ".".join(parts[:n] + [part] + parts[n + 1:]) + " " + full

        signed, full = line.split(" ")
        parts = signed.split(".")
        signature = bytearray(plain(parts[4]))
        signature[10] ^= 1
        lines = [changed(0, "QC2"), changed(1, parts[1] + "x"), changed(2, str(int(parts[2]) + 1)), changed(4, coded(signature)),
                 changed(3, coded(plain(parts[3]).replace(b'"reprint":0', b'"reprint":1'))),
                 signed + " " + coded(plain(full).replace(b'"line_people":[', b'"line_people":[1'))]
        facts = json.loads(profile)
        keys = [dict(key, until=int(parts[2])) for key in facts["keys"]]
        others = [dict(facts, name="别的中心（演练）"), dict(facts, practice=False), dict(facts, keys=keys)]
        held = [text for text in lines if voucher_text.verify(self.home / "outsider", text, profile)[0]]
        held += [other for other in others if voucher_text.verify(self.home / "outsider", line, json.dumps(
            other, ensure_ascii=False, separators=(",", ":")).encode())[0]]
        report(len(set(lines)) == 6 and not held, "nothing that was changed holds by it, nor another center's key", held)
        told = voucher_text.described()
        compact, whole = set(json.loads(plain(parts[3]))), set(json.loads(plain(full)))
        report(compact == told["compact and full"] | told["compact only"] and whole == told["compact and full"] | told["full only"],
               "each fact stands in its tables, and nothing else", compact ^ whole)

    def forged(self, path):
        """The same signed facts under a page that shows another amount: an exit status of its own."""
        edited, forged = self.home / "edited.pdf", self.home / "forged.pdf"
        subprocess.run(["qpdf", "--qdf", "--normalize-content=n", str(path), str(edited)], check=True)
        edited.write_bytes(re.sub(rb"FFE5003([0-8])", b"FFE50039", edited.read_bytes(), count=1))  # ￥1… → ￥9…
        forged.write_bytes(subprocess.run(["fix-qdf", str(edited)], check=True, capture_output=True).stdout)
        status, told = self.cli("check", str(path), str(forged))
        checks, warnings = of(told, "check"), of(told, "check-warning")
        report(status == PAGE and [check["verdict"] for check in checks] == ["practice", "practice"]
               and [check["file"] for check in checks] == [str(path), str(forged)]
               and checks[1]["warnings"] == len(warnings) > 0 and "other" in [warning["code"] for warning in warnings],
               "a page with another amount: exit 13, and what differs is said", told)

    def paper(self):
        """A voucher written, and read back by the other command: the ledger's figures. An altered one is refused."""
        finished = [row for row in self.submitted(TRANSFER) if row["state"] == "finished"][-1]
        path = self.home / "voucher.pdf"
        self.lost_voucher(finished["serial"], path)
        status, told = self.cli("voucher", finished["serial"], "--output", str(path))
        report(status == OK and path.read_bytes()[:5] == b"%PDF-" and of(told, "voucher")[0]["finished"], "a voucher",
               told)
        status, told = self.cli("check", str(path))
        checked = of(told, "check")[0] if of(told, "check") else {}
        report(status == OK and checked["verdict"] == "practice" and checked["serial"] == finished["serial"]
               and checked["fen"] == finished["fen"] and checked["people"] == finished["people"]
               and checked["state"] == "finished", "it holds, in practice, with the ledger's figures", told)
        report(checked.get("center") == "黑河市住房公积金管理中心（演练）" and checked.get("key") and checked.get("issued")
               and checked.get("compared") and checked.get("warnings") == 0, "center, key and time are named", told)
        self.by_the_text(path)
        self.forged(path)
        status, told = self.cli("voucher", finished["serial"], "--output", str(path))
        report(status == OK and of(told, "voucher")[0]["reprint"] == 1, "written again it is a reprint", told)
        altered = self.altered(path, finished["fen"])
        status, told = self.cli("check", "--text", altered)
        checked = of(told, "check")[0] if of(told, "check") else {}
        report(status == NOT_GENUINE and checked["verdict"] == "altered" and checked["field"] == "fen",
               "one fen more: exit 10, and the field is named", told)
        path.write_bytes(path.read_bytes()[:3000])
        status, told = self.cli("check", str(path))
        report(status == NOT_GENUINE, "half a file: exit 10", told)
        status, told = self.cli("check", "--text", "QINGCE1 made up")
        report(status == NOT_GENUINE, "a made-up text: exit 10", told)
        report(self.cli("check", str(self.home / "nothing.pdf"))[0] == NOT_FOUND, "no file: exit 7")
        status, told = self.cli("voucher", finished["serial"], "--output", str(self.home / "no" / "folder.pdf"))
        report(status == FAILED, "no such folder: exit 11", told)

    def center_gone(self):
        """Ends the practice center; it cannot be started again until its program is back."""
        (self.home / "center").unlink()
        children = pathlib.Path(f"/proc/{self.cli.process.pid}/task/{self.cli.process.pid}/children")
        while pids := children.read_text().split():
            for pid in pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGKILL)
            time.sleep(0.02)

    def cut_off(self):
        """No center: what is submitted waits, and can be taken back."""
        self.cli("pull", "--unit", COLLECTION)
        status, told = self.cli("remit", "--dry-run", "--end", "202612")
        fen = of(told, "remittance")[0]["fen"]
        before = len(self.submitted(COLLECTION))
        self.center_gone()
        status, told = self.cli("application", self.sealed, "--unit", TRANSFER)
        report(status == OK and len(of(told, "line")) == 2, "a roster that was looked at is here without it", told)
        status, told = self.cli("remit", "--unit", COLLECTION, "--submit", "--end", "202612", "--reviewed", "--expect-fen", str(fen))
        report(status == OFFLINE and of(told, "item")[-1]["state"] == "queued", "no center: it waits, exit 4", told)
        status, told = self.cli("outbox")
        items = of(told, "item")
        report(status == OK and len(items) == 1 and items[0]["fen"] == fen and items[0]["can_withdraw"], "outbox", told)
        report(not items[0]["can_release"] and self.cli("release", items[0]["key"])[0] == STATE,
               "what is not held cannot be sent on: exit 8")
        report(self.cli("withdraw", items[0]["key"])[0] == OK and not self.cli("outbox")[1], "withdrawn")
        put_center(self.home)
        status, told = self.cli("pull")
        report(status == OK and len(self.submitted(COLLECTION)) == before, "pull starts the center; nothing was sent",
               told)

    def unanswered(self):
        """The bank does not answer: the outcome is unknown, and known later without doing it again."""
        self.cli("pull", "--unit", COLLECTION)
        status, told = self.cli("remit", "--dry-run", "--end", "202612")
        fen = of(told, "remittance")[0]["fen"]
        self.console().set_answers(COLLECTION, False)
        status, told = self.cli("remit", "--submit", "--end", "202612", "--reviewed", "--expect-fen", str(fen))
        serial = of(told, "application")[-1]["serial"]
        report(status == UNKNOWN and of(told, "application")[-1]["draw"] == "unknown", "no answer of the bank: exit 5",
               told)
        self.console().set_answers(COLLECTION, True)
        for _ in range(20):
            self.cli("pull")
            status, told = self.cli("application", serial)
            if of(told, "application")[0]["draw"] != "unknown":
                break
        report(of(told, "application")[0]["state"] in ("finished", "registered")
               and of(told, "application")[0]["draw"] != "unknown" and len(self.submitted(COLLECTION)) == 2,
               "asked later, done once", told)

    def rest(self):
        status, told = self.cli("outbox")
        report(status == OK and not told, "nothing waits", told)
        report(self.cli("withdraw", "no-such-key")[0] == NOT_FOUND, "withdrawing what there is not: exit 7")
        report(self.cli("application", "20261123000000000000")[0] == NOT_FOUND, "an unknown serial: exit 7")
        report(self.cli("units", "--unit", "999999999999")[0] == NOT_FOUND, "another's unit: exit 7")
        self.cli("units", "--unit", COLLECTION)
        report(self.cli("people", "--status", "asleep")[0] == USAGE, "a word there is not: exit 2")
        status, told = self.cli("journal-verify")
        report(status == OK and told[0]["whole"], "the journal holds", told)
        status, _ = self.cli("sign-out")
        report(status == OK and self.cli("pull")[0] == SIGNED_OUT, "after sign-out: exit 3")
        for _ in range(100):  # nobody waits for the journal, so neither does the answer
            with book(self.home / "qingce/qingce.db") as connection:
                told = [tuple(row) for row in connection.execute(
                    "SELECT action, actor FROM journal WHERE action LIKE 'sign-%' ORDER BY seq")]
            if len(told) > 1:
                break
            time.sleep(0.05)
        report([action for action, _ in told] == ["sign-in", "sign-out"] and all(actor for _, actor in told),
               "signing in and out stand in the journal once each, with who it was", told)
        report(self.cli.end() == SIGNED_OUT, "a batch ends with the first status that was not 0")


def tokens(home):
    """Hands the refresh token from process to process, as a script without a keyring does."""
    read, write = os.pipe()
    status, told, errors = once(home, "--practice", "--json", "sign-in", "--token-out-fd", str(write), "--then", "pull",
                                pass_fds=[write])
    os.close(write)
    with os.fdopen(read) as pipe:
        lines = pipe.read().split()
    report(status == OK and lines, "sign-in hands the refresh token on", f"{status} {told} {errors}")
    read, write = os.pipe()
    os.write(write, (lines[-1] + "\n").encode())
    os.close(write)
    status, told, errors = once(home, "--practice", "--json", "sign-in", "--refresh-token-fd", str(read), "--then",
                                "units", pass_fds=[read])
    os.close(read)
    report(status == OK and not of(told, "address") and len(of(told, "unit")) == 8, "and the next process signs in by it",
           f"{status} {told} {errors}")
    read, write = os.pipe()
    os.write(write, b"made-up\n")
    os.close(write)
    status, told, _ = once(home, "--practice", "--json", "sign-in", "--refresh-token-fd", str(read), pass_fds=[read])
    os.close(read)
    report(status == SIGNED_OUT, "a refresh token that is none: exit 3", told)
    status, told, _ = once(home, "--practice", "--json", "sign-in", allow=False)
    report(status == SIGN_IN, "consent declined: exit 12", told)


def interrupted(home):
    process = subprocess.Popen([CLI, "--practice", "--json", "sign-in"], env=environment(home), stdout=subprocess.PIPE,
                               stdin=subprocess.DEVNULL, text=True)
    line = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.stdout.read()
    process.stdout.close()
    report("authorize" in line and process.wait(20) == 130, "Ctrl+C while waiting: exit 130", process.returncode)


def offline(home):
    """A center that is not there."""
    profile = json.loads((home / "qingce/practice/profile.json").read_text())
    profile.update(id="far-away", practice=False, name="远方住房公积金管理中心", api="https://127.0.0.1:1",
                   portal="https://127.0.0.1:1/portal/")
    path = home / "far.json"
    path.write_text(json.dumps(profile, ensure_ascii=False))
    status, told, errors = once(home, "--json", "import-profile", str(path))
    report(status == OK and of(told, "profile")[0]["id"] == "far-away", "a profile is imported", f"{told} {errors}")
    status, told, errors = once(home, "--json", "--profile", "far-away", "sign-in")
    report(status == OFFLINE, "nobody answers there: exit 4", f"{told} {errors}")
    report(once(home, "--profile", "nowhere", "units")[0] == NOT_FOUND, "no such profile: exit 7")


def words(home):
    report(once(home)[0] == USAGE and once(home, "dance")[0] == USAGE and once(home, "--dance")[0] == USAGE,
           "a wrong command line: exit 2")
    for language, sign in (("C.UTF-8", "Exit status"), ("zh_CN.UTF-8", "退出状态")):
        status, lines, _ = once(home, "--help", language=language)
        text = "".join(lines)
        report(status == OK and sign in text and all(f"  {number} " in text for number in range(13)),
               f"--help suffices in {language}", text)
        status, lines, errors = once(home, "--practice", "journal-verify", language=language)
        report(status == OK and len(lines) == 1, f"text for people in {language}", f"{lines} {errors}")


def kept(home):
    """As text, by a process that is not signed in: who stands on a roster, and no amount where no money moves."""
    with book(home / "qingce/qingce.db") as connection:
        serial = connection.execute("SELECT serial FROM application WHERE business = 'sealing'").fetchone()[0]
        accounts = [row[0] for row in connection.execute(
            "SELECT p.person FROM outbox_person p JOIN outbox o ON o.id = p.item WHERE o.business = 'sealing'")]
    for language in ("C.UTF-8", "zh_CN.UTF-8"):
        status, lines, errors = once(home, "--practice", "--unit", TRANSFER, "application", serial, language=language)
        text = "".join(lines)
        report(status == OK and len(accounts) == 2 and all(account in text for account in accounts) and " 0.00" not in text,
               f"a roster as text in {language}", f"{text} {errors}")


def tampered(home):
    with book(home / "qingce/qingce.db", "rw") as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
                                             ).fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("UPDATE journal SET action = 'nothing' WHERE seq = 2")
    status, told, _ = once(home, "--practice", "--json", "journal-verify")
    report(status == NOT_GENUINE and of(told, "journal")[0]["entry"] == 2, "a changed journal: exit 10, says where", told)


def main():
    with tempfile.TemporaryDirectory(prefix="qingce-cli-") as folder:
        home = pathlib.Path(folder)
        put_center(home)
        play = Play(home)
        try:
            for scene in (play.begin, play.second, play.dry_run, play.refusals, play.collection, play.transfer, play.paper,
                          play.sealing, play.moved, play.cut_off, play.unanswered, play.rest):
                scene()
        finally:
            if play.cli.process.poll() is None:
                play.cli.process.kill()
                play.cli.process.wait()
        for scene in (tokens, interrupted, offline, words, kept, tampered):
            try:
                scene(home)
            except (IndexError, KeyError, OSError) as error:
                report(False, scene.__name__, repr(error))
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

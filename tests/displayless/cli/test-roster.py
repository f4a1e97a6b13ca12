#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""封存/启封, 缴存基数调整, 授权退休年龄 and 单位缴存登记信息变更 by qingce-cli against a practice center over TLS: what is tried, refused, done and left as a
draft, each with its exit status. Every figure is compared with the center's ledger.

    test-roster.py PATH-TO-QINGCE-CLI PATH-TO-QINGCE-CENTER LOCALEDIR

Prints TAP.
"""
import hashlib
import importlib.util
import json
import pathlib
import sys
import tempfile
import time

import gi
import openpyxl

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

spec = importlib.util.spec_from_file_location("month", pathlib.Path(__file__).with_name("test-month.py"))
month = importlib.util.module_from_spec(spec)
spec.loader.exec_module(month)
report, of = month.report, month.of
OK, REFUSED, USAGE, NOT_FOUND, STATE, FIGURES = (month.OK, month.REFUSED, month.USAGE, month.NOT_FOUND, month.STATE,
                                                 month.FIGURES)
UNIT = month.TRANSFER
NORMAL, SEALED = 1, 2
WOMEN_55 = 2
NOBODY = "23110099999999"
RECEIVER = "231100000067"


class Rosters(month.Play):
    def __init__(self, home):
        self.home = home
        self.cli = month.Batch(home, "--unit", UNIT)

    # --- the ledger ----------------------------------------------------------------

    def unit(self):
        return self.ledger("SELECT * FROM unit WHERE account = ?", UNIT)[0]

    def people(self, status):
        return self.ledger("""SELECT p.* FROM person p WHERE p.unit = (SELECT id FROM unit WHERE account = ?)
                              AND p.status = ? AND p.base > 300000 ORDER BY p.account""", UNIT, status)

    def person(self, account):
        return self.ledger("SELECT * FROM person WHERE account = ?", account)[0]

    def applications(self):
        return self.ledger("""SELECT a.* FROM application a WHERE a.unit = (SELECT id FROM unit WHERE account = ?)
                              AND a.business IN ('sealing', 'retirement', 'base-adjustment') AND a.key IS NOT NULL ORDER BY a.id""", UNIT)

    def lines(self, application):
        return [json.loads(row["fields"]) for row in self.ledger(
            "SELECT fields FROM application_line WHERE application = ? ORDER BY line", application["id"])]

    def parts(self, base):
        """A month's two parts of a base that needs no rounding."""
        row = self.ledger("SELECT * FROM ratio_row WHERE unit = ? ORDER BY from_month DESC LIMIT 1", self.unit()["id"])[0]
        assert base * row["unit_ratio"] % 1000000 == base * row["personal_ratio"] % 1000000 == 0
        return base * row["unit_ratio"] // 10000, base * row["personal_ratio"] // 10000

    def due(self):
        paid_to = self.unit()["paid_to"]
        return paid_to + (89 if paid_to % 100 == 12 else 1)

    @staticmethod
    def as_sent(told):
        """The lines that were shown, as they stand on the wire."""
        return [{name: value for name, value in line.items() if name != "type" and not name.endswith("_word")}
                for line in of(told, "line")]

    def same_application(self, told, business, effective):
        """What was shown is what the center has: the application, and its lines as they were confirmed."""
        if not self.applications() or not of(told, "application"):
            return False, told
        application, shown = self.applications()[-1], of(told, "application")[-1]
        lines = self.lines(application)
        good = (application["serial"] == shown["serial"] and application["business"] == shown["business"] == business
                and application["state"] == shown["state"] == "finished"
                and application["effective_month"] == shown.get("effective", 0) == effective
                and application["people"] == shown["people"] == len(lines) and application["fen"] == shown["fen"] == 0
                and lines == self.as_sent(told))
        return good, f"{application}\n{lines}\n{told}"

    # --- scenes --------------------------------------------------------------------

    def begin(self):
        self.cli("sign-in")
        status, told = self.cli("pull")
        report(status == OK and of(told, "pulled")[0]["due"] == self.due(), "signed in and pulled", told)

    def usage(self):
        one = f"{self.people(NORMAL)[0]['account']},reason=01"
        for words in ([], ["sealing", "--seal"], ["dance", one, "--dry-run"], ["remittance", one, "--dry-run"],
                      ["sealing", "--seal", one], ["sealing", "--seal", one, "--dry-run", "--submit"],
                      ["sealing", "--seal", one, "--submit"], ["sealing", "--seal", one, "--lines", "x", "--dry-run"],
                      ["sealing", one, "--dry-run"], ["base-adjustment", one, "--unseal", "--dry-run"]):
            status, told = self.cli("do", *words)
            report(status == USAGE, f"do {' '.join(words)}: exit 2", f"{status} {told}")
        report(self.cli("do", "sealing", "--seal", "--lines", "/no/such/file", "--dry-run")[0] == NOT_FOUND, "no such file: exit 7")

    def dry_run(self):
        seal, unseal = self.people(NORMAL)[:2], self.people(SEALED)[0]
        unit_fen, personal_fen = self.parts(600000)
        status, told = self.cli("do", "sealing", "--seal", "--unseal", f"{seal[0]['account']},reason=01",
                                f"{seal[1]['document']},reason=99,reason_text=公派出国",
                                f"{unseal['account']},reason=重新入职,new_base=6000", "--dry-run")
        lines = of(told, "line")
        report(status == OK and [(row["account"], row["name"], row["document"], row["status"], row["status_after"],
                                  row["base"]) for row in lines]
               == [(row["account"], row["name"], row["document"], row["status"], SEALED + NORMAL - row["status"],
                    row["base"]) for row in (*seal, unseal)], "a roster of three, by account and by document", told)
        report([row["reason"] for row in lines] == ["01", "99", "02"] and lines[1]["reason_text"] == "公派出国"
               and "unit_fen" not in lines[0] and (lines[2]["new_base"], lines[2]["unit_fen"], lines[2]["personal_fen"])
               == (600000, unit_fen, personal_fen), "its reasons, and both amounts of the new base", lines)
        roster = of(told, "roster")[0]
        report(tuple(roster.get(name) for name in ("business", "unit", "effective", "people", "sealing", "unsealing"))
               == ("sealing", UNIT, self.due(), 3, 2, 1), "unit, month and people are named", roster)
        report(not self.applications() and not of(self.cli("drafts")[1], "draft"), "trying leaves nothing behind")

    def refusals(self):
        one, frozen = self.people(NORMAL)[0]["account"], self.ledger(
            """SELECT account FROM person WHERE unit = (SELECT id FROM unit WHERE account = ?) AND status NOT IN (1, 2)
               ORDER BY account LIMIT 1""", UNIT)
        for words, code, what in (
                ([f"{NOBODY},reason=01", f"{one},reason=01"], None, "somebody who is not of the unit"),
                ([one], "roster.reason-missing", "no reason"),
                ([f"{one},reason=77"], "roster.unreadable", "a reason there is not"),
                ([f"{one},reason=99"], "roster.reason-text-missing", "a reason that needs words"),
                ([f"{self.people(SEALED)[0]['account']},reason=01,new_base=12"], "base.below-floor", "too low a base")):
            status, told = self.cli("do", "sealing", "--seal", "--unseal", *words, "--submit", "--expect-people", str(len(words)))
            good = of(told, "unknown")[0]["row"].startswith(NOBODY) if code is None else (
                code in [row["code"] for row in of(told, "finding") if row["blocks"]])
            report(status == REFUSED and good, f"{what}: exit 1", told)
        if frozen:
            status, told = self.cli("do", "sealing", "--seal", f"{frozen[0]['account']},reason=01", "--submit", "--expect-people", "1")
            report(status == REFUSED and "sealing.status" in [row["code"] for row in of(told, "finding")],
                   "somebody whose account is neither: exit 1", told)
        status, told = self.cli("do", "sealing", "--seal", f"{one},reason=01", "--submit", "--expect-people", "2")
        report(status == FIGURES, "another number of people than expected: exit 9", told)
        report(not self.applications() and not of(self.cli("drafts")[1], "draft"), "nothing of that is done or left behind")

    def seal(self):
        before, people = self.unit(), self.people(NORMAL)[:2]
        self.sealed = [row["account"] for row in people]
        status, told = self.cli("do", "sealing", "--seal", *[f"{account},reason=03" for account in self.sealed], "--submit",
                                "--expect-people", "2")
        good, detail = self.same_application(told, "sealing", self.due())
        report(status == OK and good, "two people sealed: the center has what was shown", detail)
        after = self.unit()
        report([self.person(account)["status"] for account in self.sealed] == [SEALED, SEALED]
               and all(self.person(account)["status_from"] == self.due() for account in self.sealed)
               and (after["headcount"], after["sealed_count"]) == (before["headcount"] - 2, before["sealed_count"] + 2),
               "the people and the headcounts of the ledger follow", after)
        serial = self.applications()[-1]["serial"]
        status, told = self.cli("application", serial)
        report(status == OK and self.as_sent(told) == self.lines(self.applications()[-1]), "its roster is read back", told)
        status, told = self.cli("people", "--status", "sealed", "--limit", "200")
        report(set(self.sealed) <= {row["account"] for row in of(told, "person")}, "the own people follow", told)
        words, before = [f"{account},reason=03" for account in self.sealed], len(self.applications())
        status, told = self.cli("do", "sealing", "--seal", *words, "--submit", "--expect-people", "2")
        report(status == REFUSED and len(self.applications()) == before and not of(self.cli("drafts")[1], "draft")
               and [self.person(account)["status"] for account in self.sealed] == [SEALED, SEALED],
               "the same words again do nothing: exit 1", told)
        status, told = self.cli("do", "sealing", "--unseal", *words, "--submit", "--expect-people", "2")
        report(status == OK and [row["status_after"] for row in of(told, "line")] == [NORMAL, NORMAL],
               "the other way is said", told)
        for action in ("cancel", "reopen"):
            report(self.cli(action, serial)[0] == STATE, f"{action} of what is finished: exit 8")
            report(self.cli(action, "20261123000000000000")[0] == NOT_FOUND, f"{action} of what there is not: exit 7")
            report(self.cli(action)[0] == USAGE, f"{action} of nothing: exit 2")

    def file(self):
        """As a spreadsheet on another system writes it."""
        path = self.home / "rows.txt"
        person = self.people(SEALED)[0]
        path.write_bytes(("\ufeff个人账号\t备注\t变更原因\tnew_base\t\r\n".replace("个人账号", "account").replace("变更原因", "reason")
                          + f'"{person["account"]}"\t"两\n行"\t恢复发放工资\t7,000.00\t\r\n\t\t\t\t\r\n').encode())
        status, told = self.cli("do", "sealing", "--unseal", "--lines", str(path), "--submit", "--expect-people", "1")
        good, detail = self.same_application(told, "sealing", self.due())
        now = self.person(person["account"])
        bases = self.ledger("SELECT base FROM base_row WHERE person = ? AND from_month = ?", now["id"], self.due())
        report(status == OK and good and now["status"] == NORMAL and now["base"] == 700000 and bases == [{"base": 700000}],
               "a file: unsealed with a new base, in the ledger from the month that was shown", f"{now} {bases}\n{detail}")
        line = of(told, "line")[0]
        report((line["unit_fen"], line["personal_fen"]) == self.parts(700000), "both amounts of it", line)

    def moved(self):
        """Somebody changes a person between the pull and the submission: nothing is done, and it stays as a draft."""
        person = self.people(NORMAL)[-1]
        before = len(self.applications())
        self.console().change_base(UNIT, person["account"], f"{self.due() // 100}-{self.due() % 100:02}",
                                   f"{(person['base'] + 100000) / 100:.2f}")
        status, told = self.cli("do", "sealing", "--seal", f"{person['account']},reason=01", "--submit", "--expect-people", "1")
        findings = [row for row in of(told, "finding") if row["code"] == "roster.person-changed"]
        report(status == REFUSED and findings and findings[0]["line"] == of(told, "line")[0]["line"]
               and findings[0]["field"] == "base" and findings[0]["person"] == person["account"]
               and len(self.applications()) == before and self.person(person["account"])["status"] == NORMAL,
               "the person changed at the center: refused, with the line and both values", told)
        status, told = self.cli("drafts")
        drafts = of(told, "draft")
        report(status == OK and len(drafts) == 1 and (drafts[0]["business"], drafts[0]["lines"], drafts[0]["submitted"])
               == ("sealing", 1, False), "what was refused is a draft", told)
        status, told = self.cli("do", "sealing", "--seal", f"{person['account']},reason=01", "--dry-run")
        report(status == OK and "roster.other-draft" in [row["code"] for row in of(told, "finding") if not row["blocks"]],
               "who is in that draft is said, and does not block", told)

    def retire(self):
        """授权退休年龄 of a woman whose class is asked for: answered and authorised at once; the month has her then."""
        end = str(self.due())
        asked = of(self.cli("remit", "--dry-run", "--end", end)[1], "ask")
        account, others = asked[0]["account"], [f"--answer={row['account']}=women-55" for row in asked[1:]]
        answered = of(self.cli("remit", "--dry-run", "--end", end, *others, f"--answer={account}=women-55")[1], "remittance")
        told = self.cli("do", "retirement", f"{account},class=women-55", "--dry-run")[1]
        statutory = of(told, "line")[0]["statutory"]
        report(statutory > self.due() and of(told, "line")[0]["class"] == "women-55", "her statutory month is shown", told)
        words = f"{account},class=women-55,authorized="
        for authorized, code in ((statutory, "retirement.too-early"), (statutory + 400, "retirement.too-late")):
            status, told = self.cli("do", "retirement", words + str(authorized), "--submit", "--expect-people", "1")
            report(status == REFUSED and code in [row["code"] for row in of(told, "finding")], f"{code}: exit 1", told)
        status, told = self.cli("do", "retirement", words + str(statutory + 300), "--submit", "--expect-people", "1")
        good, detail = self.same_application(told, "retirement", 0)
        now = self.person(account)
        report(status == OK and good and (now["class"], now["authorized"]) == (WOMEN_55, statutory + 300),
               "class and authorised month are in the ledger", f"{now} {detail}")
        status, told = self.cli("remit", "--dry-run", "--end", end, *others)
        report(status == OK and not of(told, "ask") and of(told, "remittance") == answered,
               "she is asked for no more, and the month has her", f"{answered} {told}")

    def adjust(self):
        """缴存基数调整: what is unchanged or outside the limits is refused, the rest is done at once, with what follows."""
        first, second = self.people(NORMAL)[:2]
        unchanged = f"{first['account']},new_base={first['base'] / 100:.2f}"
        status, told = self.cli("do", "base-adjustment", unchanged, "--submit", "--expect-people", "1")
        report(status == REFUSED and "base.unchanged" in [row["code"] for row in of(told, "finding")],
               "a base that stays as it is: exit 1", told)
        status, told = self.cli("do", "base-adjustment", f"{first['account']},new_base=99999999", "--submit",
                                "--expect-people", "1")
        report(status == REFUSED and "base.above-cap" in [row["code"] for row in of(told, "finding")],
               "a base above the limit is named, not cut: exit 1", told)
        words = [f"{first['account']},new_base=6,000元", f"{second['account']},new_base=７０００"]
        status, told = self.cli("do", "base-adjustment", *words, "--dry-run")
        lines = of(told, "line")
        report(status == OK and [(line["difference"], line["unit_fen"], line["personal_fen"]) for line in lines]
               == [(base - row["base"], *self.parts(base)) for row, base in ((first, 600000), (second, 700000))]
               and self.person(first["account"])["base"] == first["base"],
               "difference and both parts follow; nothing is done", told)
        status, told = self.cli("do", "base-adjustment", *words, "--submit", "--expect-people", "2")
        good, detail = self.same_application(told, "base-adjustment", self.due())
        now = [self.person(row["account"])["base"] for row in (first, second)]
        report(status == OK and good and now == [600000, 700000], "both bases are in the ledger", f"{now} {detail}")

    def registered(self, name):
        rows = self.ledger("SELECT value FROM unit_field WHERE unit = ? AND name = ?", self.unit()["id"], name)
        return rows[0]["value"] if rows else None

    def picture(self, name, colour):
        """A picture of one colour; another one for each."""
        path = self.home / name
        pixels = GdkPixbuf.Pixbuf.new(GdkPixbuf.Colorspace.RGB, False, 8, 400, 300)
        pixels.fill(colour)
        pixels.savev(str(path), "jpeg", ["quality"], ["90"])
        return path

    def pictures(self):
        """Pictures of a roster: not taken, by row and by name, received by the center before it."""
        with month.book(self.home / "qingce" / "practice" / "center.db", "rw") as ledger:
            ledger.execute("UPDATE counter SET value = value + 1 WHERE name = 'change'")
            ledger.execute("""INSERT INTO code_row (list, code, label, position, of_line, at_most, max_size, seq) SELECT
                              'attachment-sealing', 'credit-authorization', '授权书', 0, 1, 1, 1000000, value
                              FROM counter WHERE name = 'change'""")
        self.cli("pull")
        people = self.people(NORMAL)[-2:]
        do = ("do", "sealing", "--seal", *(f"{person['account']},reason=01" for person in people))
        text = self.home / "text.jpg"
        text.write_text("no picture")
        first, second = self.picture("a.jpg", 0x80402000), self.picture(people[1]["document"].lower() + ".JPG", 0x20408000)
        nobody = self.picture("230107199001010099.jpg", 0x20802000)
        for word in (f"credit-authorization@1={text}", f"credit-authorization@1={self.home / 'gone.jpg'}",
                     f"credit-authorization@*={nobody}", f"credit-authorization@3={first}",
                     f"credit-authorization@0={first}", "credit-authorization", f"@1={first}"):
            status, told = self.cli(*do, "--attach", word, "--dry-run")
            report(status == REFUSED and len(of(told, "not-taken")) == 1 and of(told, "not-taken")[0]["text"],
                   f"{word.split('/')[0]}… is not taken: exit 1", told)
        status, told = self.cli(*do, "--attach", f"letter@1={first}", "--dry-run")
        report(status == REFUSED and "attachment.kind-unknown" in [row["code"] for row in of(told, "finding")],
               "what the center does not ask for: exit 1", told)
        attached = ("--attach", f"credit-authorization@1={first}", "--attach", f"credit-authorization@*={second}")
        status, told = self.cli(*do, *attached, "--dry-run")
        report(status == OK and not of(told, "not-taken"), "all is taken", told)
        status, told = self.cli(*do, *attached, "--submit", "--expect-people", "2")
        report(status == OK and of(told, "application")[-1]["state"] == "finished", "sent before the roster", told)
        sent = self.ledger("SELECT * FROM application_attachment ORDER BY position")
        report([row["name"] for row in sent] == [person["document"] + ".jpg" for person in people],
               "each picture is named after its person", [dict(row) for row in sent])
        files = [self.home / "qingce" / "practice" / "attachments" / f"{row['digest']}.jpg" for row in sent]
        report(all(hashlib.sha256(path.read_bytes()).hexdigest() == path.stem for path in files), "their bytes are there")
        report(all(b"Exif" not in path.read_bytes() for path in files), "and nothing else of the files")

    # --- what is reviewed ----------------------------------------------------------

    def reviews(self, delay, returned):
        """How practice reviews from now on: after so many seconds (None: it does not), so many of a hundred returned."""
        with month.book(self.home / "qingce" / "practice" / "center.db", "rw") as ledger:
            ledger.execute("DELETE FROM setting WHERE name IN ('review_delay', 'review_returned')")
            if delay is not None:
                ledger.execute("INSERT INTO setting VALUES ('review_delay', ?), ('review_returned', ?)", (str(delay), str(returned)))

    def missed(self, n):
        """(account, month) of so many people who were missed in a month."""
        found, when = {}, self.unit()["paid_to"]
        for _ in range(36):
            for row in self.ledger("""SELECT p.account FROM person p WHERE p.unit = (SELECT id FROM unit WHERE account = ?) AND p.status = 1
                                      AND p.opened <= ? AND p.base > 300000 AND NOT EXISTS (SELECT 1 FROM span s WHERE s.person = p.id
                                      AND s.from_month <= ? AND s.to_month >= ?) ORDER BY p.account""", UNIT, when, when, when):
                found.setdefault(row["account"], when)
            when -= 89 if when % 100 == 1 else 1
        return list(found.items())[:n]

    def state(self, serial):
        return self.ledger("SELECT state FROM application WHERE serial = ?", serial)[0]["state"]

    def until_decided(self, serial):
        for _ in range(120):
            if self.state(serial) != "in-review":
                break
            time.sleep(0.5)
        self.cli("pull")
        return self.state(serial)

    def back_payment(self):
        """补缴: sent, taken back by cancel, sent once more, returned, and gone on with as a draft."""
        self.reviews(None, 0)
        people = self.missed(2)
        if len(people) < 2:
            report(False, "somebody was missed", people)
            return
        rows = [f"{account},reason=01,from={when},to={when}" for account, when in people]
        pages = [self.picture("清册.jpg", 0x10203000), self.picture("说明.jpg", 0x30201000)]
        attached = ("--attach", f"roster={pages[0]}", "--attach", f"statement={pages[1]}")
        status, told = self.cli("do", "back-payment", *rows, "--dry-run")
        fen = of(told, "roster")[0]["fen"]
        report(status == REFUSED and fen > 0 and {"attachment.missing"} == {row["code"] for row in of(told, "finding") if row["severity"] == "error"},
               "without pictures it is refused", told)
        do = ("do", "back-payment", *rows, *attached, "--submit", "--expect-people", "2")
        report(self.cli(*do)[0] == USAGE, "money moves: the amount is to be said")
        report(self.cli(*do, "--expect-fen", str(fen + 1))[0] == FIGURES, "and must be that one: exit 9")
        status, told = self.cli(*do, "--expect-fen", str(fen))
        first = of(told, "application")[-1]["serial"]
        report(status == OK and self.state(first) == "in-review", "待审核", told)
        waiting = of(self.cli("applications", "--waiting")[1], "application")
        report([row["serial"] for row in waiting] == [first], "it waits", waiting)
        report(self.cli("applications", "--waiting", "--state", "finished")[0] == USAGE, "waiting is a state of its own: exit 2")
        report(self.cli("reopen", first)[0] == STATE, "what is not returned is not reopened: exit 8")
        status, told = self.cli("cancel", first)
        report(status == OK and self.state(first) == "cancelled", "取消", told)
        report(self.cli("cancel", first)[0] == STATE, "but once: exit 8")
        self.reviews(0, 100)
        status, told = self.cli(*do, "--expect-fen", str(fen))
        second = of(told, "application")[-1]["serial"]
        report(self.until_decided(second) == "returned", "it is returned", told)
        status, told = self.cli("application", second)
        report(len(of(told, "reason")) == 1 and of(told, "reason")[0]["text"], "and says why", told)
        self.reviews(None, 0)
        status, told = self.cli("reopen", second)
        draft = of(told, "draft")[0]
        report(status == OK and draft["replaces"] == second, "it becomes a draft", told)
        again = of(self.cli("reopen", second)[1], "draft")
        report(again == [draft], "and only one", again)
        go_on = ("do", "back-payment", "--draft", str(draft["draft"]))
        report(self.cli("do", "sealing", "--seal", *go_on[2:], "--dry-run")[0] == NOT_FOUND, "of its business: exit 7")
        status, told = self.cli(*go_on, rows[0] + ",new_base=4000", "--dry-run")
        report(len(of(told, "line")) == 2 and of(told, "line")[0]["new_base"] == 400000, "a row changes its line", told)
        report(draft["draft"] in [row["draft"] for row in of(self.cli("drafts")[1], "draft")], "it stays a draft")
        fen = of(told, "roster")[0]["fen"]
        self.reviews(0, 0)
        status, told = self.cli(*go_on, *attached, "--submit", "--expect-people", "2", "--expect-fen", str(fen))
        report(status == OK, "submitted anew", told)
        if not of(told, "application"):
            return
        third = of(told, "application")[-1]
        report(third["replaces"] == second, "it comes after the returned one", third)
        report(self.until_decided(third["serial"]) == "accepted", "and is accepted")

    def opening(self):
        """开户: rows of people without an account, one of whom has one."""
        self.reviews(None, 0)
        there = self.people(NORMAL)[0]["document"]
        person = "name=新来人,document=230107199001010088,mobile=13800138000,new_base=6000"
        status, told = self.cli("do", "account-opening", person, f"name=老人,document={there},new_base=6000", "--dry-run")
        report(status == REFUSED and "opening.here" in [row["code"] for row in of(told, "finding")], "who has an account: exit 1", told)
        picture = self.picture("230107199001010088.jpg", 0x50607000)
        self.reviews(1, 0)
        status, told = self.cli("do", "account-opening", person, "--attach", f"credit-authorization@*={picture}", "--submit",
                                "--expect-people", "1")
        serial = of(told, "application")[-1]["serial"] if of(told, "application") else ""
        report(status == OK and serial, "sent", told)
        report(serial and self.until_decided(serial) == "finished", "已办结")
        status, told = self.cli("people", "--search", "新来人")
        report([row["base"] for row in of(told, "person")] == [600000], "the account is there", told)
        self.reviews(None, 0)

    def change_unit(self):
        """单位缴存登记信息变更: tried, refused, locked, done, and shown later."""
        for words in ([], ["DWYB=1"], ["--fact", "DWYB=1", "--dry-run", "--submit"], ["--fact", "DWYB=1"],
                      ["--fact", "DWYB=1", "--dry-run", "--expect-people", "1"]):
            status, told = self.cli("do", "unit-change", *words)
            report(status == USAGE, f"do unit-change {' '.join(words)}: exit 2", f"{status} {told}")
        status, told = self.cli("do", "sealing", "--seal", "--fact", "DWYB=1", "--dry-run")
        report(status == USAGE, "a roster takes no facts: exit 2", told)
        before, industry = self.registered("DWYB"), self.registered("DWSSHY")
        status, told = self.cli("do", "unit-change", "--fact", "dwyb=164301", "--fact", "DWSSHY=制造业", "--dry-run")
        report(status == OK and [(row["name"], row["before"], row["value"]) for row in of(told, "fact")]
               == [("DWSSHY", industry, "C"), ("DWYB", before, "164301")] and of(told, "facts")[0]["fields"] == 2
               and self.registered("DWYB") == before, "what each is and would be; nothing is done", told)
        status, told = self.cli("do", "unit-change", "--fact", "DWYB=1643", "--submit")
        report(status == REFUSED and [row["code"] for row in of(told, "finding")] == ["unit-change.postcode"],
               "a post code of four digits: exit 1", told)
        for word in ("DWMC=新名", "NOBODY=1", "DWYB"):
            status, told = self.cli("do", "unit-change", "--fact", word, "--submit")
            report(status == REFUSED and self.registered("DWYB") == before, f"{word} cannot be entered: exit 1", told)
        status, told = self.cli("do", "unit-change", "--fact", f"DWYB={before}", "--submit")
        report(status == REFUSED, "nothing is changed: exit 1", told)
        status, told = self.cli("do", "unit-change", "--fact", "DWYB=164301", "--submit")
        report(status == OK and of(told, "application")[-1]["state"] == "finished"
               and self.registered("DWYB") == "164301", "done at once", told)
        status, told = self.cli("application", of(told, "application")[-1]["serial"])
        report(status == OK and [(row["name"], row["before"], row["value"]) for row in of(told, "fact")]
               == [("DWYB", before, "164301")], "and shown later", told)
        status, told = self.cli("drafts")
        report(status == OK and "unit-change" not in [row["business"] for row in of(told, "draft")],
               "no draft is left behind", told)

    def transfer(self):
        """同城转移 of a sealed account: the receiving unit is asked for by its number, and its name is part of the line."""
        before = len(self.ledger("SELECT * FROM application WHERE business = 'transfer'"))
        person = self.people(NORMAL)[1]
        status, told = self.cli("do", "sealing", "--seal", f"{person['account']},reason=01", "--submit", "--expect-people", "1")
        report(status == OK, "sealed first", told)
        for number, code in ((UNIT, "transfer.own-unit"), (RECEIVER[:-1], "transfer.unit-number"),
                             ("231100000000", "transfer.unit-unknown")):
            status, told = self.cli("do", "transfer", f"{person['account']},target_unit={number}", "--submit",
                                    "--expect-people", "1")
            report(status == REFUSED and code in [row["code"] for row in of(told, "finding")], f"{code}: exit 1", told)
        status, told = self.cli("do", "transfer", f"{self.people(NORMAL)[0]['account']},target_unit={RECEIVER}", "--dry-run")
        report(status == REFUSED and "transfer.status" in [row["code"] for row in of(told, "finding")],
               "who is not sealed stays: exit 1", told)
        to = self.ledger("SELECT * FROM unit WHERE account = ?", RECEIVER)[0]
        status, told = self.cli("do", "transfer", f"{person['account']},target_unit={RECEIVER}", "--submit",
                                "--expect-people", "1")
        line, now = of(told, "line")[0], self.person(person["account"])
        report(status == OK and line["target_name"] == to["name"] and of(told, "application")[-1]["state"] == "finished",
               "transferred, with the unit's name", told)
        report((now["unit"], now["base_pending"], now["opened"]) == (to["id"], 1, line["first_month"]),
               "the person is there, and the base is to be adjusted", dict(now))
        report(len(self.ledger("SELECT * FROM application WHERE business = 'transfer'")) == before + 1, "once")

    def export(self):
        """Everybody of the unit in a workbook, and the lists; what is not asked for right is told."""
        path = self.home / "out.xlsx"
        everybody = self.ledger("SELECT * FROM person WHERE unit = ? AND status IN (1, 2, 6)", self.unit()["id"])
        status, told = self.cli("export", "base-adjustment", str(path))
        rows = list(openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True))
        report(status == OK and of(told, "exported")[0]["rows"] == len(rows) - 1
               and {row["account"] for row in everybody} <= {row[1] for row in rows}, "everybody is exported", told)
        bases = {row["account"]: row["base"] for row in everybody}
        report(all(round(row[3] * 100) == bases[row[1]] for row in rows[1:] if row[1] in bases), "with their bases")
        status, told = self.cli("export", "people", str(path), "--status", "sealed")
        report(status == OK and of(told, "exported")[0]["rows"] == len([row for row in everybody if row["status"] == SEALED]),
               "people as they are filtered", told)
        status, told = self.cli("export", "applications", str(path))
        rows = list(openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True))
        report(status == OK and {row["serial"] for row in self.applications()} <= {row[0] for row in rows},
               "and applications", told)
        status, told = self.cli("export", "sealing", str(path), "--shown")
        left = [row["lines"] for row in of(self.cli("drafts")[1], "draft") if row["business"] == "sealing"]
        report(status == OK and of(told, "exported")[0]["rows"] == (left + [0])[0], "a roster as it lies unfinished", told)
        for words in (("export", "remittance", str(path)), ("export", "people", str(path), "--shown"), ("export", "people")):
            status, told = self.cli(*words)
            report(status == USAGE, " ".join(words[:2]) + " is not so", told)
        status, told = self.cli("export", "people", str(self.home / "none" / "out.xlsx"))
        report(status == month.FAILED and "none" in of(told, "error")[0]["reason"], "where nothing can be written", told)

    def blocked(self):
        """An unfinished 汇缴 blocks 封存, by its serial number, and not 授权退休年龄."""
        status, told = self.cli("remit", "--dry-run", "--end", str(self.due()))
        answers = [f"--answer={row['account']}=women-55" for row in of(told, "ask")]
        status, told = self.cli("remit", "--dry-run", "--end", str(self.due()), *answers)
        fen = of(told, "remittance")[0]["fen"]
        status, told = self.cli("remit", "--submit", "--end", str(self.due()), *answers, "--reviewed", "--expect-fen", str(fen))
        serial = of(told, "application")[-1]["serial"]
        report(status == OK and of(told, "application")[-1]["state"] == "registered", "a remittance waits for its money", told)
        before = len(self.applications())
        status, told = self.cli("do", "sealing", "--seal", f"{self.people(NORMAL)[0]['account']},reason=01", "--submit",
                                "--expect-people", "1")
        findings = [row for row in of(told, "finding") if row["code"] == "unit.remittance-unfinished"]
        report(status == REFUSED and findings and serial in findings[0]["reason"] and len(self.applications()) == before,
               "it blocks, and is named: exit 1", told)


def main():
    with tempfile.TemporaryDirectory(prefix="qingce-cli-") as folder:
        home = pathlib.Path(folder)
        month.put_center(home)
        play = Rosters(home)
        try:
            for scene in (play.begin, play.usage, play.dry_run, play.refusals, play.seal, play.file, play.moved, play.adjust,
                          play.retire, play.pictures, play.back_payment, play.opening, play.change_unit, play.transfer, play.export, play.blocked):
                scene()
        finally:
            if play.cli.process.poll() is None:
                play.cli.process.kill()
                play.cli.process.wait()
    print(f"1..{len(month.results)}")
    return 0 if all(month.results) else 1


if __name__ == "__main__":
    sys.exit(main())

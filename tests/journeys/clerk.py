# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What a clerk does with the window, step by step, and the two books that are compared with what she sees: the center's
ledger and the client's own database. Both books are only read.
"""
import contextlib
import json
import pathlib
import sqlite3

from gi.repository import GLib

import portal_robot
from stage import Late, wait


USER, PASSWORD = "daizhang", "yanlian-2026"
COLLECTION_UNIT, TRANSFER_UNIT = "231100000042", "231100000059"


@contextlib.contextmanager
def book(path):
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


def amount(fen):
    """Fen as the window writes them."""
    return f"{fen // 100:,}.{fen % 100:02}"


class Clerk:
    """A person at a window. Every method ends when the window shows that it is done."""

    def __init__(self, window):
        self.window = window
        self.data = pathlib.Path(window.environment["QINGCE_DATA"])

    # --- the two books --------------------------------------------------------
    def ledger(self, sql, *values):
        with book(self.data / "practice" / "center.db") as connection:
            return [dict(row) for row in connection.execute(sql, values)]

    def own(self, sql, *values):
        with book(self.data / "qingce.db") as connection:
            return [dict(row) for row in connection.execute(sql, values)]

    def newest(self, unit):
        """The center's newest remittance of a unit."""
        rows = self.ledger("""SELECT a.* FROM application a JOIN unit u ON u.id = a.unit
                              WHERE u.account = ? AND a.key IS NOT NULL AND a.business = 'remittance'
                              ORDER BY a.id DESC LIMIT 1""", unit)
        return rows[0] if rows else None

    def due_month(self, unit):
        """The month after the one that a unit is paid to, at the center."""
        paid = self.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"]
        return paid + 1 if paid % 100 < 12 else paid + 89

    def submitted(self, unit):
        """How many remittances the unit has ever submitted (history has no key)."""
        return self.ledger("""SELECT count(*) AS n FROM application a JOIN unit u ON u.id = a.unit
                              WHERE u.account = ? AND a.key IS NOT NULL AND a.business = 'remittance'""",
                           unit)[0]["n"]

    def months(self, serial):
        """The months of one application in both books, as comparable rows."""
        columns = ("month, previous_people, previous_fen, added_people, added_fen, removed_people, removed_fen, people, "
                   "unit_fen, personal_fen")
        center = self.ledger(f"""SELECT {columns} FROM application_month WHERE application =
                                 (SELECT id FROM application WHERE serial = ?) ORDER BY month""", serial)
        client = self.own(f"SELECT {columns} FROM application_month WHERE serial = ? ORDER BY month", serial)
        return center, client

    # --- first start -----------------------------------------------------------
    def address(self):
        def seen():
            for node in self.window.walk():
                words = node.text()
                if words.startswith("http") and "/authorize?" in words:
                    return words
            return None
        return wait(seen, "the sign-in address", 30)

    def sign_in(self, user=USER):
        self.window.do("sign-in", seconds=60)
        portal_robot.authorize(self.address(), user, PASSWORD)

    def first_start(self, business="remittance", user=USER):
        """演练 → 登录 → 行政级别, 城市, 部门 → 在线办理."""
        self.window.do("start-practice")
        self.sign_in(user)
        self.window.do(f"enter-{business}", seconds=60)
        self.synced()

    def console_address(self):
        """The staff's console of the running practice center, beside its portal."""
        portal = json.loads((self.data / "practice" / "profile.json").read_text())["portal"]
        return portal.replace("/portal/", "/console/")

    def console(self):
        return portal_robot.Console(self.console_address())

    # --- moving about ------------------------------------------------------------
    def go(self, page):
        self.window.do("go", GLib.Variant("s", page))

    def switch_unit(self, account):
        self.window.do("switch-unit", GLib.Variant("s", account))
        self.window.see(account)

    def synced(self):
        self.window.see("已同步", 60)

    def sync(self):
        self.window.do("sync-now")
        self.synced()

    # --- 汇缴 ----------------------------------------------------------------------
    def answer_classes(self, unit):
        """Answers for every woman whose class is asked for, the oldest first, until nothing is asked any more."""
        unknown = self.ledger("""SELECT p.account FROM person p JOIN unit u ON u.id = p.unit
                                 WHERE u.account = ? AND p.class = 0 AND p.sex = 2 AND p.status = 1
                                 ORDER BY p.birth""", unit)
        for person in unknown:
            wait(lambda: self.window.enabled("remittance-method"), "the months to be computed", 30)
            if not self.window.enabled("remittance-answer"):
                return
            before = self.answers()
            self.window.do("remittance-answer", GLib.Variant("(ass)", ([person["account"]], "women-55")))
            wait(lambda: self.answers() > before, "the answer to be kept")
            try:
                wait(lambda: not self.window.enabled("remittance-answer"), "the question to be settled", 3)
            except Late:
                continue  # somebody else is asked about as well
        wait(lambda: not self.window.enabled("remittance-answer"), "every question to be answered")

    def answers(self):
        """Steps in the logs of the drafts: grows with every edit."""
        return self.own("SELECT count(*) AS n FROM draft_step")[0]["n"]

    def prepare(self, unit, end):
        self.go("remittance")
        self.window.do("remittance-end", GLib.Variant("i", end), 60)
        self.answer_classes(unit)
        self.review()

    def review(self):
        """Looks at all months and ticks them."""
        self.window.do("remittance-step", GLib.Variant("i", 3), 60)
        self.window.do("remittance-review-all", seconds=60)

    def ask_to_submit(self):
        """办理, until the confirmation stands on the screen."""
        self.window.do("remittance-submit", seconds=60)
        wait(lambda: self.window.enabled("remittance-confirm"), "the confirmation")

    def submit(self):
        self.ask_to_submit()
        self.window.do("remittance-confirm", seconds=20)

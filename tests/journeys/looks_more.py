# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Pictures of what no other look shows: a unit with nobody in it, people and a unit with names of forty characters, each
business from its form to its result, menus, toasts, and being without a center; in whatever language, scheme, size and
scale of text the stage was given.

  run.py --plain --build build --pictures pictures-200 --language C.UTF-8 --scale 2 looks_more

Waits on actions and on the books, never on words, so that it plays in every language.
"""
import contextlib
import gettext
import re
import sqlite3

from gi.repository import GLib

from clerk import TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import kill, wait
from trouble import Road

EMPTY_UNIT = "231100000067"
LONG_NAME = "尼格买提·艾比布拉·阿不都热依木·买买提吐尔逊·艾合买提江·玉素甫·图尔荪江"
LONG_UNIT = "黑河市爱辉区演练第一中学附属实验学校校办产业管理中心后勤服务集团有限责任公司（演练）"
PAGES = ("home", "people", "remittance", "back-payment", "account-opening", "transfer", "sealing", "base-adjustment",
         "unit-change", "applications", "inquiry", "vouchers")


def play(factory, environment, home, pictures):
    road = Road(home, environment["QINGCE_CENTER"])
    window = factory("--practice", **road.environment)
    window.start()
    clerk = Clerk(window)
    wait(lambda: window.enabled("sign-in"), "the sign-in page", 60)
    rewrite(clerk)
    clerk.sign_in()
    Looks(window, clerk, road, pictures).play()
    kill(window.process)


def rewrite(clerk):
    """Before anybody asks the center: long names, and a unit that has just been registered."""
    with contextlib.closing(sqlite3.connect(clerk.data / "practice" / "center.db", timeout=20)) as center, center:
        def unit(account):
            return center.execute("SELECT id FROM unit WHERE account = ?", (account,)).fetchone()[0]
        center.execute("UPDATE person SET name = ? || substr(account, -2) WHERE unit = ? AND id IN "
                       "(SELECT id FROM person WHERE unit = ? AND status = 1 ORDER BY account LIMIT 3)",
                       (LONG_NAME, unit(TRANSFER_UNIT), unit(TRANSFER_UNIT)))
        center.execute("UPDATE unit SET name = ? WHERE account = ?", (LONG_UNIT, TRANSFER_UNIT))
        center.execute("UPDATE unit_field SET value = ? WHERE name = 'DWMC' AND unit = ?",
                       (LONG_UNIT, unit(TRANSFER_UNIT)))
        for table in ("span", "movement", "draw", "departure", "person"):
            columns = [row[1] for row in center.execute(f"PRAGMA table_info ({table})")]
            if "unit" in columns:
                center.execute(f"DELETE FROM {table} WHERE unit = ?", (unit(EMPTY_UNIT),))
        center.execute("DELETE FROM application WHERE unit = ?", (unit(EMPTY_UNIT),))
        center.execute("UPDATE unit SET headcount = 0, sealed_count = 0, balance = 0 WHERE account = ?", (EMPTY_UNIT,))


class Looks:
    def __init__(self, window, clerk, road, pictures):
        self.window, self.clerk, self.road, self.pictures = window, clerk, road, pictures
        self.words = gettext.translation("qingce", window.environment["QINGCE_LOCALEDIR"],
                                         [window.environment["LANG"].split(".")[0]], fallback=True).gettext

    def picture(self, name):
        self.window.settle()
        self.window.picture(self.pictures / f"more-{name}.png")

    def play(self):
        for story in (self.department, self.empty_unit, self.people, self.sealing, self.transfer, self.bases,
                      self.unit_change, self.records, self.menus, self.away):
            self.keyboard = Keyboard(self.window)
            story()

    def unit(self, account):
        self.window.do("switch-unit", GLib.Variant("s", account), seconds=60)
        wait(lambda: self.clerk.own("SELECT 1 FROM cursor c JOIN scope s ON s.id = c.scope WHERE s.unit = ? AND "
                                    "c.feed = 'movements' AND c.complete = 1", account), "all of the unit", 60)

    def lines(self, business):
        rows = self.clerk.own("SELECT lines FROM draft WHERE state = 'open' AND deleted = 0 AND business = ? ORDER BY id DESC",
                              business)
        return rows[0]["lines"] if rows else 0

    def menu(self, name, msgid, role=("button", "toggle button")):
        """A picture of what the button called so opens."""
        words = re.sub(r"\(_.\)", "", self.words(msgid)).replace("_", "") # a name has no key
        node = wait(lambda: self.window.find(contains=words, role=role), f"the button “{words}”")
        self.keyboard.click(node)
        self.picture(name)
        self.keyboard.press("Escape")
        self.window.settle()

    # --- first start -----------------------------------------------------------
    def department(self):
        window = self.window
        wait(lambda: window.enabled("enter-home"), "to be let in", 60)
        self.picture("department")
        self.keyboard.press("Tab", "space")
        self.picture("department-choice")
        self.keyboard.press("Down", "Return")
        self.picture("department-other")
        self.keyboard.press("space", "Up", "Up", "Return")
        window.do("show-start") if not window.enabled("enter-home") else None
        window.do("enter-home", seconds=60)

    # --- nobody ------------------------------------------------------------------
    def empty_unit(self):
        self.unit(EMPTY_UNIT)
        for page in PAGES:
            self.clerk.go(page)
            self.picture(f"empty-{page}")
        self.clerk.go("sealing")
        self.window.do("sealing-choose", seconds=30)
        dialog = wait(self.window.dialog, "选择人员")
        self.picture("empty-choose")
        self.keyboard.press("Escape")
        wait(lambda: dialog not in self.window.windows(), "选择人员 to close")

    # --- forty characters ----------------------------------------------------------
    def people(self):
        window, clerk = self.window, self.clerk
        self.unit(TRANSFER_UNIT)
        clerk.go("home")
        self.picture("long-home")
        clerk.go("people")
        window.do("set-search", GLib.Variant("s", LONG_NAME[:4]))
        window.do("people-select", GLib.Variant("u", 0), 20)
        self.picture("long-people")
        window.do("people-details")
        self.picture("long-person")
        window.do("people-details")
        window.do("set-search", GLib.Variant("s", ""))

    def choose(self, business, search, n):
        window, keyboard = self.window, self.keyboard
        window.do(f"{business}-choose", seconds=60)
        dialog = wait(window.dialog, "选择人员")
        keyboard.take(window)
        keyboard.type(search)
        window.settle()
        for _ in range(n):
            keyboard.press("Down", "space")
        self.picture(f"{business}-choose")
        keyboard.press("ctrl+Return")
        wait(lambda: dialog not in window.windows(), "选择人员 to close")
        wait(lambda: self.lines(business) >= 1, "the roster")
        self.keyboard = Keyboard(window)
        window.settle()

    def ask(self, business):
        window = self.window
        window.do(f"{business}-submit", seconds=30)
        wait(lambda: window.enabled(f"{business}-confirm"), "the confirmation", 30)
        self.picture(f"{business}-confirm")

    def agree(self, business):
        window, clerk = self.window, self.clerk
        window.do(f"{business}-confirm")
        wait(lambda: clerk.own("SELECT 1 FROM application a JOIN scope s ON s.id = a.scope WHERE a.business = ? "
                               "AND s.unit = ? ORDER BY a.serial DESC", business, TRANSFER_UNIT), "the client to know", 60)
        self.keyboard = Keyboard(window)
        self.picture(f"{business}-result")

    def sealing(self):
        self.clerk.go("sealing")
        self.choose("sealing", "nige", 3)
        for _ in range(3):
            self.keyboard.type("01")
            self.keyboard.press("Return")
        self.picture("sealing-roster")
        self.ask("sealing")
        self.agree("sealing")
        self.window.do("sealing-records")
        self.picture("sealing-records")
        self.window.do("sealing-records")
        self.window.do("sealing-open")
        self.picture("sealing-record")

    def transfer(self):
        clerk, keyboard = self.clerk, self.keyboard
        clerk.go("transfer")
        self.choose("transfer", "nige", 2)
        for number in (TRANSFER_UNIT, EMPTY_UNIT):
            self.keyboard.type(number)
            self.keyboard.press("Return")
        self.picture("transfer-faults")
        self.window.do("transfer-submit")
        wait(self.window.dialog, "why not")
        self.picture("transfer-why-not")
        self.keyboard.press("Escape")
        self.window.settle()
        self.keyboard = Keyboard(self.window)
        self.keyboard.press("ctrl+Home")
        self.window.do("transfer-clear")
        self.picture("transfer-cleared")
        self.choose("transfer", "nige", 1)
        self.keyboard.type(EMPTY_UNIT)
        self.keyboard.press("Return")
        self.picture("transfer-roster")
        self.ask("transfer")
        self.agree("transfer")

    def bases(self):
        clerk, window = self.clerk, self.window
        clerk.go("base-adjustment")
        self.choose("base-adjustment", "", 6)
        self.keyboard.type("6500")
        self.keyboard.press("Return")
        self.keyboard.type("1")
        self.keyboard.press("Return")
        self.picture("base-adjustment-roster")
        self.menu("base-for-all", "_Base for all chosen")
        self.keyboard.press("ctrl+a")
        self.keyboard.type("5500")
        self.keyboard.press("Return")
        window.do("base-adjustment-draft-delete")
        self.picture("base-adjustment-draft-delete")

    def unit_change(self):
        window, clerk = self.window, self.clerk
        clerk.go("unit-change")
        window.settle()
        self.picture("unit-change-form")
        def entry(msgid):
            return wait(lambda: window.find(contains=self.words(msgid), role=("text", "entry")), f"the entry “{msgid}”")
        entry("Address").write("黑龙江省黑河市爱辉区演练路五十九号第一中学附属实验学校行政办公楼四层四零六室")
        entry("Post code").write("16430")
        self.picture("unit-change-fault")
        window.do("unit-change-submit")
        wait(window.dialog, "why not")
        self.picture("unit-change-why-not")
        self.keyboard.press("Escape")
        window.settle()
        self.keyboard = Keyboard(window)
        entry("Post code").write("164301")
        self.picture("unit-change-changed")
        self.ask("unit-change")
        self.agree("unit-change")
        window.do("unit-change-open")
        self.picture("unit-change-record")

    # --- records, menus, toasts -----------------------------------------------------
    def records(self):
        window, clerk = self.window, self.clerk
        clerk.go("applications")
        self.picture("records")
        for row in clerk.own("SELECT serial, business FROM application a JOIN scope s ON s.id = a.scope WHERE s.unit = ? AND "
                             "a.business IN ('sealing', 'transfer', 'remittance') GROUP BY business", TRANSFER_UNIT):
            window.do("application-select", GLib.Variant("s", row["serial"]))
            self.picture(f"record-{row['business']}")
            if row["business"] == "sealing":
                window.do("application-roster")
                dialog = wait(window.dialog, "the roster", 20)
                self.picture("record-roster")
                self.keyboard.press("Escape")
                wait(lambda: dialog not in window.windows(), "the roster to close")
                self.keyboard = Keyboard(window)

    def menus(self):
        window = self.window
        self.clerk.go("people")
        window.do("people-select", GLib.Variant("u", 3), 20)
        self.keyboard.press("F10")
        self.picture("menu-main")
        self.keyboard.press("Escape")
        self.menu("menu-practice", "Practice mode")
        window.do("choose-unit")
        self.picture("menu-units")
        self.keyboard.press("Escape")
        self.clerk.go("applications")
        self.keyboard.press("shift+F10")
        self.picture("menu-row")
        self.keyboard.press("Escape")
        window.do("about")
        dialog = wait(window.dialog, "about", 10)
        self.picture("about")
        self.keyboard.press("Escape")
        wait(lambda: dialog not in window.windows(), "about to close")
        self.keyboard = Keyboard(window)
        window.do("practice-reset")
        dialog = wait(window.dialog, "the question", 10)
        self.picture("practice-reset")
        self.keyboard.press("Escape")
        wait(lambda: dialog not in window.windows(), "the question to close")
        self.keyboard = Keyboard(window)

    # --- without a center ------------------------------------------------------------
    def away(self):
        window = self.window
        with self.road.closed(window):
            window.do("sync-now")
            window.settle(6)
            for page in ("home", "people", "applications", "remittance"):
                self.clerk.go(page)
                self.picture(f"offline-{page}")
            window.do("show-status")
            self.picture("offline-status")
            self.keyboard.press("Escape")

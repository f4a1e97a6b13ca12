# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Pictures of what a clerk opens every day: 首页 with rows of every kind, all queries, charts, Ctrl+K, units, 本月与上月 and
the preview of papers; with names of forty characters, in a unit where nothing is yet, and without a center. For people
who look, in whatever language, scheme and size the stage was given.

  run.py --plain --build build --pictures pictures-en-large --language C.UTF-8 --scale 2 looks_everyday

Waits on actions and on the books, never on words.
"""
import sqlite3

from gi.repository import GLib

from clerk import COLLECTION_UNIT, TRANSFER_UNIT, Clerk
from looker import Looker
from stage import wait
from trouble import Road

LONG_NAME = "尼格买提·艾比布拉·阿不都热依木江·买买提依明·吐尔逊·库尔班·阿卜杜拉欧"
LONG_UNIT = "黑河市爱辉区演练第一高级职业技术中学附属幼儿园及其所属后勤服务集团有限责任公司"
VIEWS = ("unit", "people", "person", "months", "back-payments", "applications", "movements", "charts")


def play(factory, environment, home, pictures):
    road = Road(home, environment["QINGCE_CENTER"])
    window = factory("--practice", **road.environment)
    window.start()
    clerk = Clerk(window)
    wait(lambda: window.enabled("sign-in"), "the sign-in page", 60)
    prepare(clerk)
    clerk.sign_in()
    window.do("enter-home", seconds=60)
    looks = Looks(Looker(window, pictures, "everyday"), clerk)
    looks.home()
    looks.inquiry()
    looks.palette()
    looks.units()
    looks.sheet()
    looks.paper()
    looks.nothing()
    road.close()
    window.kill()
    rows_of_every_kind(clerk)
    window = factory("--practice", **road.environment)
    window.start()
    without_a_center(Looker(window, pictures, "everyday"), clerk)
    road.open()
    window.kill()


def prepare(clerk):
    """Long names, and a unit of whom nothing is known but that it is."""
    with sqlite3.connect(clerk.data / "practice" / "center.db", timeout=10) as ledger:
        ledger.execute("UPDATE unit SET name = ? WHERE account = ?", (LONG_UNIT, TRANSFER_UNIT))
        ledger.execute("""UPDATE person SET name = ? WHERE id IN (SELECT p.id FROM person p JOIN unit u ON u.id = p.unit
                          WHERE u.account IN (?, ?) AND p.status = 1 AND p.class <> 0 ORDER BY p.base DESC LIMIT 6)""",
                       (LONG_NAME, COLLECTION_UNIT, TRANSFER_UNIT))
        unit = ledger.execute("SELECT id, account FROM unit ORDER BY id LIMIT 1 OFFSET 2").fetchone()
        of_unit = "(SELECT id FROM application WHERE unit = ?)"
        for sql in (f"DELETE FROM draw WHERE application IN {of_unit}",
                    f"DELETE FROM application_event WHERE application IN {of_unit}",
                    f"DELETE FROM application_month WHERE application IN {of_unit}",
                    "DELETE FROM movement WHERE unit = ?", "DELETE FROM span WHERE unit = ?",
                    "DELETE FROM application WHERE unit = ?", "DELETE FROM base_row WHERE unit = ?",
                    "DELETE FROM person WHERE unit = ?"):
            ledger.execute(sql, (unit[0],))
        ledger.execute("UPDATE unit SET paid_to = 0, headcount = 0 WHERE id = ?", (unit[0],))
    ledger.close()


def rows_of_every_kind(clerk):
    """What a center would send back or leave lying, written where the client keeps it."""
    with sqlite3.connect(clerk.data / "qingce.db", timeout=10) as own:
        scope = own.execute("SELECT id FROM scope WHERE unit = ?", (TRANSFER_UNIT,)).fetchone()[0]
        numbers = [row[0] for row in own.execute("SELECT serial FROM application WHERE scope = ? AND business = 'remittance' "
                                                 "ORDER BY created DESC LIMIT 3", (scope,))]
        own.execute("UPDATE application SET state = 'returned', business = 'account-opening', return_reason = ? "
                    "WHERE serial = ?", ("第 1 行：姓名与身份证不一致，请核对后重新提交，并附上身份证正反两面的清晰照片", numbers[0]))
        own.execute("UPDATE application SET state = 'in-review', business = 'back-payment', processed = 0, "
                    "received = created + 60 WHERE serial = ?", (numbers[1],))
        own.execute("UPDATE application SET state = 'registered', draw = 'failed', draw_reason = '账户余额不足' WHERE serial = ?", (numbers[2],))
        own.execute("UPDATE person SET base_pending = 1 WHERE id IN (SELECT id FROM person WHERE scope = ? LIMIT 2)",
                    (scope,))
        own.execute("DELETE FROM home_due")
    own.close()


def without_a_center(looker, clerk):
    window = looker.window
    wait(lambda: window.enabled("switch-unit"), "the books to be open", 30)
    window.do("switch-unit", GLib.Variant("s", TRANSFER_UNIT))
    window.settle(5)
    looker.scrolled("home-rows")
    for view in ("months", "person", "charts"):
        window.do("go", GLib.Variant("s", f"inquiry/{view}"))
        looker.picture(f"alone-{view}")
    window.do("go", GLib.Variant("s", "units"))
    looker.picture("alone-units")
    window.do("show-status")
    looker.picture("alone-status")


class Looks:
    def __init__(self, looker, clerk):
        self.looker, self.clerk, self.window = looker, clerk, looker.window
        self.keyboard = looker.keyboard
        self.picture = looker.picture

    def unit(self, account):
        self.window.do("switch-unit", GLib.Variant("s", account))
        wait(lambda: self.clerk.own("SELECT 1 FROM cursor c JOIN scope s ON s.id = c.scope WHERE s.unit = ? AND "
                                    "c.feed = 'movements' AND c.complete = 1", account), "all of the unit", 60)
        self.window.settle()

    def home(self):
        self.unit(COLLECTION_UNIT)
        self.looker.scrolled("home-tour")
        self.window.do("skip-tour")
        self.unit(TRANSFER_UNIT)
        self.picture("home-long-unit")

    # --- 查询 ---------------------------------------------------------------------
    def show(self, view):
        self.window.do("inquiry-show", GLib.Variant("s", view))
        self.window.settle()

    def inquiry(self):
        self.unit(COLLECTION_UNIT)
        self.clerk.go("inquiry")
        for view in VIEWS:
            self.show(view)
            self.looker.scrolled(f"inquiry-{view}") if view in ("unit", "charts") else self.picture(f"inquiry-{view}")
        for account in [row["account"] for row in self.clerk.own(
                """SELECT p.account FROM person p JOIN scope s ON s.id = p.scope WHERE s.unit = ? AND p.gone = 0
                   ORDER BY p.name = ? DESC, p.account LIMIT 1""", COLLECTION_UNIT, LONG_NAME)]:
            self.show(f"person:{account}")
            self.looker.scrolled("inquiry-one-person")
        self.show("months")
        self.window.do("inquiry-select", GLib.Variant("u", 0))
        self.picture("inquiry-months-selected")
        self.looker.press("Columns")
        self.picture("inquiry-columns")
        self.keyboard.press("Escape")
        for view in ("people", "person", "months", "movements"):
            self.show(view)
            self.window.do("set-search", GLib.Variant("s", "nobody-is-called-this"))
            self.picture(f"inquiry-{view}-nothing-found")
        self.show("charts")
        self.looker.press("Table")
        self.picture("inquiry-charts-table")

    # --- Ctrl+K ---------------------------------------------------------------------
    def palette(self):
        row = self.clerk.own("""SELECT a.serial, a.fen FROM application a JOIN scope s ON s.id = a.scope
                                WHERE s.unit = ? AND a.business = 'remittance' ORDER BY a.created DESC LIMIT 1""",
                             COLLECTION_UNIT)[0]
        self.clerk.go("sealing")
        self.looker.open("find", "palette-empty")
        for name, words in (("people", "w"), ("long-name", "ngmt"), ("records", "huijiao"), ("amount", str(row["fen"] // 100)),
                            ("commands", "print"), ("pages", "jiaocun"), ("nothing", "nobody-is-called-this")):
            self.keyboard.press("ctrl+a")
            self.keyboard.type(words)
            self.picture(f"palette-{name}")
        self.looker.close()

    # --- units ----------------------------------------------------------------------
    def units(self):
        self.clerk.go("units")
        wait(lambda: len(self.clerk.own("SELECT 1 FROM cursor WHERE feed = 'applications' AND complete = 1")) > 3,
             "every unit", 60)
        self.picture("units")
        self.window.do("units-needing")
        self.picture("units-needing")
        self.window.do("units-needing")
        self.window.do("set-search", GLib.Variant("s", "nobody-is-called-this"))
        self.picture("units-nothing-found")
        self.window.do("set-search", GLib.Variant("s", ""))
        self.window.do("choose-unit")
        self.picture("units-switcher")
        self.keyboard.press("Escape")
        self.looker.open("mark-unit", "unit-dialog")
        self.keyboard.press("ctrl+a")
        self.keyboard.type("1234567890123")
        self.keyboard.press("Return")
        self.picture("unit-dialog-refused")
        self.looker.close()

    # --- 本月与上月 -------------------------------------------------------------------
    def sheet(self):
        self.unit(TRANSFER_UNIT)
        self.clerk.go("remittance/same")
        wait(lambda: self.window.enabled("remittance-sheet"), "the months to be compared", 60)
        self.looker.picture("same-month")
        self.clerk.answer_classes(TRANSFER_UNIT)
        self.looker.over("remittance-sheet", "sheet")

    # --- paper ----------------------------------------------------------------------
    def paper(self):
        wait(lambda: self.window.enabled("remittance-print-all"), "the months", 60)
        self.looker.open("remittance-print-all", "paper-draft")
        self.keyboard.press("ctrl+9")
        self.picture("paper-draft-whole")
        self.keyboard.press("ctrl+0", "ctrl+f")
        self.keyboard.type("nobody")
        self.picture("paper-nothing-found")
        self.looker.close()
        self.looker.over("remittance-print-months", "paper-months")
        self.clerk.go("people")
        wait(lambda: self.window.enabled("people-print"), "the list", 30)
        self.looker.open("people-print", "paper-people")
        self.keyboard.press("ctrl+f")
        self.keyboard.type(LONG_NAME[:4])
        self.picture("paper-found")
        self.keyboard.press("ctrl+a", "BackSpace")
        for place, name in enumerate(("a4", "a4-landscape", "a5", "continuous")):
            self.looker.choose("Paper", place)
            self.picture(f"paper-{name}")
        self.looker.press("Margins")
        self.picture("paper-margins")
        self.keyboard.press("Escape")
        self.looker.close()

    # --- a unit where nothing is yet --------------------------------------------------
    def nothing(self):
        unit = self.clerk.ledger("SELECT account FROM unit ORDER BY id LIMIT 1 OFFSET 2")[0]["account"]
        self.unit(unit)
        self.clerk.go("home")
        self.picture("nothing-home")
        self.clerk.go("people")
        self.picture("nothing-people")
        self.clerk.go("inquiry")
        for view in VIEWS:
            self.show(view)
            self.picture(f"nothing-{view}")
        self.clerk.go("remittance")
        self.picture("nothing-remittance")
        self.clerk.go("vouchers")
        self.picture("nothing-vouchers")

# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Without a network the whole month is prepared: three people are sealed and one comes back with a new base, two get other
bases, the unit's post code changes; then the month is submitted. Its preview has all of it and says that it waits; when
the center is there again everything is accepted in its order, and the month is what the preview said.
"""
from clerk import TRANSFER_UNIT, Clerk, amount
from roster import Roster
from stage import wait
from trouble import Road


def play(factory, environment, home, pictures):
    road = Road(home, environment["QINGCE_CENTER"])
    window = factory("--practice", **road.environment)
    window.start()
    clerk = Clerk(window)
    clerk.first_start()
    clerk.switch_unit(TRANSFER_UNIT)
    clerk.synced()
    clerk.answer_classes(TRANSFER_UNIT)
    Month(window, clerk, road, pictures).play()
    window.kill()


class Month:
    def __init__(self, window, clerk, road, pictures):
        self.window, self.clerk, self.road, self.pictures = window, clerk, road, pictures
        self.roster = Roster(window, clerk)

    def picture(self, name):
        if self.pictures:
            self.window.settle()
            self.window.picture(self.pictures / f"offline-month-{name}.png")

    def play(self):
        self.accepted()

    def submit(self, business, rows, n):
        """Drafts rows of a spreadsheet and submits them; what comes of it depends on the road."""
        window = self.window
        self.clerk.go(business)
        window.see("清册中尚无人员", 30)
        self.roster.copy(rows)
        window.do(f"{business}-paste")
        window.see(f"{n} 人 · ", 30)
        window.do(f"{business}-submit")
        wait(lambda: window.enabled(f"{business}-confirm"), "the confirmation")
        window.do(f"{business}-confirm")
        window.see("待联网提交", 30)

    def change_unit(self):
        window = self.window
        self.clerk.go("unit-change")
        window.see("尚未修改任何项目", 30)
        window.write("邮政编码", "164301")
        window.do("unit-change-submit")
        wait(lambda: window.enabled("unit-change-confirm"), "the confirmation")
        window.do("unit-change-confirm")
        self.window.see("待联网提交", 30)

    def people(self, n, status=1):
        return self.clerk.ledger("""SELECT p.account, p.base FROM person p JOIN unit u ON u.id = p.unit
                                    WHERE u.account = ? AND p.status = ? AND (p.class <> 0 OR p.sex = 1)
                                    ORDER BY p.base DESC LIMIT ?""", TRANSFER_UNIT, status, n)

    def waiting(self):
        return [(row["business"], row["state"]) for row in
                self.clerk.own("SELECT business, state FROM outbox WHERE kind = 'submission' ORDER BY id")]

    def accepted(self):
        window, clerk = self.window, self.clerk
        *sealed, first, second = self.people(5)
        back = self.people(1, status=2)[0]
        unit = clerk.ledger("SELECT headcount, paid_to FROM unit WHERE account = ?", TRANSFER_UNIT)[0]
        waiting = [(business, "queued") for business in ("sealing", "base-adjustment", "unit-change", "remittance")]
        with self.road.closed(window):
            self.submit("sealing", "account\treason\tnew_base\n" + "".join(f"{p['account']}\t01\t\n" for p in sealed)
                        + f"{back['account']}\t01\t6000\n", 4)
            self.picture("sealed")
            self.submit("base-adjustment", "account\tnew_base\n" + "".join(
                f"{p['account']}\t{p['base'] / 100 + 100:.2f}\n" for p in (first, second)), 2)
            self.picture("bases")
            self.change_unit()
            clerk.go("home")
            window.see("待联网提交的变更", 30)
            self.picture("home")
            clerk.prepare(TRANSFER_UNIT, unit["paid_to"] + 1)
            window.see(f"{unit['headcount'] - 2} 人")
            shown = window.texts()
            self.picture("preview")
            clerk.submit()
            wait(lambda: [row for row in self.waiting() if row in waiting] == waiting, "all of it to wait, in order")
            self.picture("all-wait")
        month = wait(lambda: clerk.newest(TRANSFER_UNIT), "the center to have the month", 90)
        assert month["people"] == unit["headcount"] - 2, (month, unit)
        assert any(amount(month["fen"]) in text for text in shown), (amount(month["fen"]), shown)
        orders = clerk.ledger("""SELECT business, state FROM application a JOIN unit u ON u.id = a.unit
                                 WHERE u.account = ? AND a.key IS NOT NULL ORDER BY a.id""", TRANSFER_UNIT)
        done = [row["business"] for row in orders if row["business"] != "retirement"]  # a class answered on the way
        assert done == [business for business, _ in waiting], orders
        assert all(row["state"] == "finished" for row in orders[:-1]), orders
        now = {row["account"]: row for row in clerk.ledger("SELECT account, status, base FROM person")}
        assert [now[p["account"]]["status"] for p in (*sealed, back)] == [2, 2, 2, 1], now
        assert [now[p["account"]]["base"] for p in (first, second, back)] == [
            first["base"] + 10000, second["base"] + 10000, 600000], now
        window.see(amount(month["fen"]), 60)
        self.picture("accepted")

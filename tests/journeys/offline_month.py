# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Without a network the whole month is prepared: three people are sealed and one comes back with a new base, one of the
three goes on to another unit, whose name was asked for while there was a network, two get other bases, a class of
retirement is supplied, the unit's post code changes; then the month is submitted. Its preview has all of it and says that
it waits; when the center is there again everything is accepted in its order, and the month is what the preview said, on
both units.
"""
from clerk import TRANSFER_UNIT, Clerk, amount
from roster import Roster
from stage import wait
from trouble import Road

RECEIVER = "231100000067"

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
        name = self.look_up()
        self.accepted(name)

    def look_up(self):
        """The receiving unit is asked for in a draft that is put away again."""
        window = self.window
        name = self.unit(RECEIVER)["name"]
        self.clerk.go("transfer")
        window.see("清册中尚无人员", 30)
        self.roster.copy(f"account\ttarget_unit\n{self.people(1, status=2)[0]['account']}\t{RECEIVER}\n")
        window.do("transfer-paste")
        window.see(name, 30)
        window.do("transfer-undo")
        window.see("清册中尚无人员", 30)
        return name

    def submit(self, business, rows, n, *shown):
        """Drafts rows of a spreadsheet and submits them, once @shown is confirmed; what comes of it depends on the
        road."""
        window = self.window
        self.clerk.go(business)
        window.see("清册中尚无人员", 30)
        self.roster.copy(rows)
        window.do(f"{business}-paste")
        window.see(f"{n} 人", 30)
        window.do(f"{business}-submit")
        wait(lambda: window.enabled(f"{business}-confirm"), "the confirmation")
        for text in shown:
            window.see(text)
        self.picture(f"{business}-confirm")
        window.do(f"{business}-confirm")
        window.see("待联网提交", 30)
        self.picture(business)

    def change_unit(self):
        window = self.window
        self.clerk.go("unit-change")
        window.see("尚未修改任何项目", 30)
        window.write("邮政编码，必填", "164301")
        window.do("unit-change-submit")
        wait(lambda: window.enabled("unit-change-confirm"), "the confirmation")
        window.do("unit-change-confirm")
        self.window.see("待联网提交", 30)

    def people(self, n, status=1):
        return self.clerk.ledger("""SELECT p.account, p.base FROM person p JOIN unit u ON u.id = p.unit
                                    WHERE u.account = ? AND p.status = ? AND (p.class <> 0 OR p.sex = 1)
                                    ORDER BY p.base DESC LIMIT ?""", TRANSFER_UNIT, status, n)

    def unit(self, account):
        return self.clerk.ledger("SELECT * FROM unit WHERE account = ?", account)[0]

    def waiting(self):
        return [row["business"] for row in self.clerk.own(
            "SELECT business FROM outbox WHERE kind = 'submission' AND state = 'queued' ORDER BY id")]

    def accepted(self, name):
        window, clerk = self.window, self.clerk
        *sealed, first, second = self.people(5)
        back = self.people(1, status=2)[0]
        woman = clerk.ledger("""SELECT p.account FROM person p JOIN unit u ON u.id = p.unit WHERE u.account = ?
                                AND p.class = 0 AND p.sex = 2 AND p.status = 1 ORDER BY p.birth DESC""", TRANSFER_UNIT)[0]
        unit, receiver = self.unit(TRANSFER_UNIT), self.unit(RECEIVER)
        # classes that the month asked about while there was a network go right before it
        orders = ["sealing", "transfer", "base-adjustment", "retirement", "unit-change", "retirement", "remittance"]
        with self.road.closed(window):
            self.submit("sealing", "account\treason\tnew_base\n" + "".join(f"{p['account']}\t01\t\n" for p in sealed)
                        + f"{back['account']}\t01\t6000\n", 4)
            self.submit("transfer", f"account\ttarget_unit\n{sealed[0]['account']}\t{RECEIVER}\n", 1,
                        f"1 人 → {name}（{RECEIVER}）")
            self.submit("base-adjustment", "account\tnew_base\n" + "".join(
                f"{p['account']}\t{p['base'] / 100 + 100:.2f}\n" for p in (first, second)), 2)
            self.submit("retirement", f"account\tclass\n{woman['account']}\twomen-55\n", 1)
            self.change_unit()
            clerk.go("home")
            window.see("待联网提交的变更", 30)
            self.picture("home")
            clerk.prepare(TRANSFER_UNIT, unit["paid_to"] + 1)
            window.see(f"{unit['headcount'] - 2} 人")
            shown = window.texts()
            self.picture("preview")
            clerk.submit()
            wait(lambda: self.waiting() == orders, f"all of it to wait, in order: {self.waiting()}")
            self.picture("all-wait")
        month = wait(lambda: clerk.newest(TRANSFER_UNIT), "the center to have the month", 90)
        assert month["people"] == unit["headcount"] - 2, (month, unit)
        assert any(amount(month["fen"]) in text for text in shown), (amount(month["fen"]), shown)
        done = clerk.ledger("""SELECT business, state FROM application a JOIN unit u ON u.id = a.unit
                               WHERE u.account = ? AND a.key IS NOT NULL ORDER BY a.id""", TRANSFER_UNIT)
        assert [row["business"] for row in done] == orders, done
        assert all(row["state"] == "finished" for row in done[:-1]), done
        now = {row["account"]: row for row in clerk.ledger("SELECT * FROM person")}
        assert [now[p["account"]]["status"] for p in (*sealed[1:], back)] == [2, 2, 1], now
        assert [now[p["account"]]["base"] for p in (first, second, back)] == [
            first["base"] + 10000, second["base"] + 10000, 600000], now
        assert now[woman["account"]]["class"] != 0, now[woman["account"]]
        self.received(now[sealed[0]["account"]], unit, receiver)
        window.see(amount(month["fen"]), 60)
        self.picture("accepted")
        clerk.switch_unit(RECEIVER)
        clerk.synced()
        clerk.go("home")
        window.see("1 人转入，待调整基数", 30)
        self.picture("received")

    def received(self, person, unit, receiver):
        """Who went on is at the other unit, with the money, and waits there for a base."""
        assert (person["unit"], person["status"], person["base_pending"]) == (receiver["id"], 1, 1), person
        assert person["opened"] == person["status_from"] > max(receiver["paid_to"], person["paid_to"]), person
        here, there = self.unit(TRANSFER_UNIT), self.unit(RECEIVER)
        assert here["balance"] == unit["balance"] - person["balance"], (here, unit, person)
        assert there["balance"] == receiver["balance"] + person["balance"], (there, receiver, person)
        assert there["headcount"] == receiver["headcount"] + 1, (there, receiver)

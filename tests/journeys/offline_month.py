# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Without a network: three people are sealed, then the month is prepared and submitted. Its preview has them out and says
that they wait; when the center is there again both are accepted in their order.
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

    def seal(self, people):
        """Drafts and submits; what comes of it depends on the road."""
        window, roster = self.window, self.roster
        self.clerk.go("sealing")
        window.see("清册中尚无人员", 30)
        roster.copy("account\treason\n" + "".join(f"{person['account']}\t01\n" for person in people))
        window.do("sealing-paste")
        roster.expect("the people with their reason", lambda: roster.reasons() == ["01"] * len(people))
        window.do("sealing-submit")
        wait(lambda: window.enabled("sealing-confirm"), "the confirmation")
        window.do("sealing-confirm")

    def people(self, n):
        return self.clerk.ledger("""SELECT p.account, p.base FROM person p JOIN unit u ON u.id = p.unit
                                    WHERE u.account = ? AND p.status = 1 AND p.class <> 0
                                    ORDER BY p.base DESC LIMIT ?""", TRANSFER_UNIT, n)

    def waiting(self):
        return [(row["business"], row["state"]) for row in
                self.clerk.own("SELECT business, state FROM outbox WHERE kind = 'submission' ORDER BY id")]

    def accepted(self):
        window, clerk = self.window, self.clerk
        people = self.people(3)
        unit = clerk.ledger("SELECT headcount, paid_to FROM unit WHERE account = ?", TRANSFER_UNIT)[0]
        with self.road.closed(window):
            self.seal(people)
            window.see("待联网提交", 30)
            self.picture("sealed")
            clerk.go("home")
            window.see("待联网提交的变更", 30)
            self.picture("home")
            clerk.prepare(TRANSFER_UNIT, unit["paid_to"] + 1)
            window.see(f"{unit['headcount'] - 3} 人")
            self.picture("preview")
            clerk.submit()
            wait(lambda: {("sealing", "queued"), ("remittance", "queued")} <= set(self.waiting()), "both to wait")
            self.picture("both-wait")
        month = wait(lambda: clerk.newest(TRANSFER_UNIT), "the center to have the month", 90)
        assert month["people"] == unit["headcount"] - 3, (month, unit)
        orders = clerk.ledger("""SELECT business, state FROM application a JOIN unit u ON u.id = a.unit
                                 WHERE u.account = ? AND a.key IS NOT NULL ORDER BY a.id""", TRANSFER_UNIT)
        assert (orders[0]["business"], orders[0]["state"]) == ("sealing", "finished"), orders
        assert orders[-1]["business"] == "remittance", orders
        for person in people:
            status = clerk.ledger("SELECT status FROM person WHERE account = ?", person["account"])[0]["status"]
            assert status == 2, person
        window.see(amount(month["fen"]), 60)
        self.picture("accepted")

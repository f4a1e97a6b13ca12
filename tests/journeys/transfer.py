# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""同城转移 (guide 3.5) against the real center: sealed people go to two units, whose names appear as their numbers are
typed; what is wrong is said; both units' books are compared. Then the receiving unit is led from 首页 to the base
adjustment of exactly who arrived.
"""
from clerk import TRANSFER_UNIT
from journey import Journey, begin, close
from stage import wait

RECEIVER, OTHER = "231100000067", "231100000075"
NORMAL, SEALED = 1, 2


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    Story(window, clerk, home, pictures).play()
    close(window)


class Story(Journey):
    def play(self):
        people = self.seal()
        before = {unit: self.unit(unit) for unit in (TRANSFER_UNIT, RECEIVER, OTHER)}
        self.transfer()
        self.adjust(self.same_books(people, before)[RECEIVER])

    # --- the books ------------------------------------------------------------
    def unit(self, account):
        return self.clerk.ledger("SELECT * FROM unit WHERE account = ?", account)[0]

    def person(self, account):
        return self.clerk.ledger("""SELECT p.*, u.account AS unit_account, u.paid_to AS unit_paid_to FROM person p
                                    JOIN unit u ON u.id = p.unit WHERE p.account = ?""", account)[0]

    # --- the window -----------------------------------------------------------
    def choose(self, search, name, n):
        """选择人员 with the keyboard alone: the first @n that @search finds."""
        window, keyboard = self.window, self.keyboard
        dialog = wait(window.dialog, "选择人员", 20)
        keyboard.type(search)
        window.see(f"{name}, ", 20)
        for _ in range(n):
            keyboard.press("Down", "space")
        window.see(f"已选：{n} 人")
        keyboard.press("ctrl+Return")
        wait(lambda: dialog not in window.windows(), "选择人员 to close")

    def submit(self, business):
        self.window.do(f"{business}-submit")
        wait(lambda: self.window.enabled(f"{business}-confirm"), "the confirmation", 30)

    def seal(self):
        """Two who were remitted last month are sealed first."""
        window, clerk, keyboard = self.window, self.clerk, self.keyboard
        clerk.go("sealing")
        window.see("清册中尚无人员", 30)
        window.do("sealing-choose")
        self.choose("jiang", "蒋云", 2)
        for _ in range(2):
            keyboard.type("01")
            keyboard.press("Return")
        self.submit("sealing")
        window.do("sealing-confirm")
        window.see("已办结", 30)
        clerk.synced()
        return {row["account"]: row for row in clerk.ledger(
            """SELECT p.* FROM person p JOIN unit u ON u.id = p.unit WHERE u.account = ? AND p.status = ?
               AND p.name IN ('江佳铭', '蒋云')""", TRANSFER_UNIT, SEALED)}

    def transfer(self):
        """The number of the unit itself, and one that is not whole, are refused; then two units by their names."""
        window, clerk, keyboard = self.window, self.clerk, self.keyboard
        clerk.go("transfer")
        window.see("清册中尚无人员", 30)
        self.picture("empty")
        window.do("transfer-choose")
        self.choose("jiang", "蒋云", 2)
        keyboard.type(TRANSFER_UNIT)
        keyboard.press("Return")
        keyboard.type(RECEIVER[:-1])
        keyboard.press("Return")
        window.do("transfer-submit")
        window.see("就是本单位", 20)
        self.picture("refused")
        window.agree("关闭")
        names = {number: self.unit(number)["name"] for number in (RECEIVER, OTHER)}
        for number in (RECEIVER, OTHER):  # the cursor stands on the first fault; Enter goes down
            keyboard.type(number)
            keyboard.press("Return")
            window.see(names[number], 30)
        self.picture("roster")
        self.submit("transfer")
        for number in (RECEIVER, OTHER):
            window.see(f"1 人 → {names[number]}（{number}）")
        self.picture("confirm")
        window.do("transfer-confirm")
        window.see("已办结", 30)
        for number in (RECEIVER, OTHER):
            window.see(f"1 人 → {names[number]}（{number}）")
        self.picture("result")
        clerk.synced()
        window.do("transfer-open")
        for number in (RECEIVER, OTHER):  # in the record too, each unit apart
            window.see(f"1 人 → {names[number]}（{number}）", 30)
        self.picture("record")

    def same_books(self, people, before):
        """Both units, compared with the rows: heads, money, status, the month from which they count there. Who went
        where."""
        went = {}
        for account, person in people.items():
            now = self.person(account)
            number = now["unit_account"]
            assert number in (RECEIVER, OTHER), now
            assert (now["status"], now["base_pending"]) == (NORMAL, 1), now
            assert now["opened"] == now["status_from"] > max(now["unit_paid_to"], now["paid_to"]), now
            unit = self.unit(number)
            assert unit["headcount"] == before[number]["headcount"] + 1
            assert unit["balance"] == before[number]["balance"] + person["balance"]
            went[number] = now
        assert len(went) == 2, went
        sender = self.unit(TRANSFER_UNIT)
        assert sender["balance"] == before[TRANSFER_UNIT]["balance"] - sum(p["balance"] for p in people.values())
        assert sender["sealed_count"] == before[TRANSFER_UNIT]["sealed_count"] - 2

        def gone():
            rows = self.clerk.own("""SELECT gone FROM person p JOIN scope s ON s.id = p.scope WHERE s.unit = ?
                                     AND p.account IN (?, ?)""", TRANSFER_UNIT, *people)
            return [row["gone"] for row in rows] == [1, 1]
        wait(gone, "the client to have let them go", 30)
        return went

    def adjust(self, person):
        """首页 of the receiving unit leads to the base of exactly who arrived."""
        window, clerk, keyboard = self.window, self.clerk, self.keyboard
        clerk.switch_unit(RECEIVER)
        clerk.synced()
        clerk.go("home")
        window.see("1 人转入，待调整基数", 30)
        self.picture("home")
        clerk.go("people")
        window.see("待调整基数", 30)
        self.picture("people")
        clerk.go("base-adjustment/concerned")
        window.see(person["name"], 30)
        wait(lambda: window.enabled("base-adjustment-submit"), "the roster", 30)
        keyboard.type("6000")
        keyboard.press("Return")
        self.submit("base-adjustment")
        self.picture("adjust")
        window.do("base-adjustment-confirm")
        window.see("已办结", 30)
        clerk.synced()
        row = self.person(person["account"])
        assert (row["base"], row["base_pending"]) == (600000, 0), row
        clerk.go("home")
        wait(lambda: not window.find(contains="待调整基数"), "首页 to have nothing to adjust", 30)

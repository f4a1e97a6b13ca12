# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""单位住房公积金信息查询 with the keyboard alone, read as a screen reader does: from a bar of 首页 to its month and the month's
application, amounts whatever their sign, one employee's account, charts and their tables; and all of it without a center.
Every figure is compared with the center's ledger.
"""
from clerk import COLLECTION_UNIT, amount
from journey import Journey, begin
from stage import wait


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, COLLECTION_UNIT)
    Story(window, clerk, home, pictures).play()


class Story(Journey):
    def __init__(self, window, clerk, home, pictures):
        super().__init__(window, clerk, home, pictures)
        self.months = clerk.ledger("""SELECT m.*, a.serial FROM application_month m JOIN application a ON a.id = m.application
                                      JOIN unit u ON u.id = a.unit WHERE u.account = ? AND a.business = 'remittance'
                                      ORDER BY m.month DESC""", COLLECTION_UNIT)

    def play(self):
        self.bars()
        self.search()
        self.person()
        self.charts()
        self.alone()
        self.keyboard.press("ctrl+q")
        wait(lambda: not self.window.alive(), "the client to end")

    def focused(self, *words):
        wait(lambda: all(word in self.keyboard.focus() for word in words), f"the keyboard to be on {words}")

    def bars(self):
        """A bar is a list item with its figures in words; Enter leads to its month, and the month to its application."""
        month = self.months[1]
        fen = month["unit_fen"] + month["personal_fen"]
        title = f"{month['month'] // 100}年{month['month'] % 100}月"
        self.keyboard.tab_to(" 元")
        self.keyboard.press("Left")
        words = f"{title}，{month['people']} 人，{amount(fen)} 元"
        self.focused(words)
        assert self.window.find(name=words, role="list item"), "the bar is an item of a list"
        self.picture("bar")
        self.keyboard.press("Return")
        self.window.see("数据截至")
        self.focused(title, amount(fen), month["serial"])
        self.picture("months")
        self.keyboard.press("Return")
        self.window.see("业务申请记录")
        self.window.see(month["serial"])

    def look_for(self, text):
        self.keyboard.press("ctrl+f")
        self.keyboard.press("ctrl+a", "BackSpace")
        self.keyboard.type(text)

    def go(self):
        """From wherever: all pages are found by their names."""
        self.keyboard.press("ctrl+k")
        search = wait(self.window.dialog, "the search")
        self.keyboard.take(self.window)
        self.keyboard.type("信息查询")
        wait(lambda: self.window.find(contains="单位住房公积金信息查询", role="list item", root=search), "the page found")
        self.keyboard.press("Return")
        wait(lambda: not self.window.dialog(), "the search to close")
        self.keyboard.take(self.window)
        self.window.see("汇缴月份")

    def search(self):
        """The sign of an amount is not looked at, and the totals are of what is shown."""
        self.go()
        newest = self.months[0]
        fen = newest["unit_fen"] + newest["personal_fen"]
        same = [row for row in self.months if row["unit_fen"] + row["personal_fen"] == fen]
        self.keyboard.press("ctrl+4")
        self.window.see(f"全部：{len(self.months)} 行")
        self.look_for(amount(fen))
        self.window.see(f"仅所显示：{len(same)} 行")
        self.window.see(f"金额 {amount(fen * len(same))}")
        self.keyboard.press("ctrl+7")
        moves = self.clerk.ledger("""SELECT m.* FROM movement m JOIN unit u ON u.id = m.unit WHERE u.account = ?
                                     AND m.fen = ?""", COLLECTION_UNIT, fen)
        assert {row["kind"] for row in moves} == {"draw", "booking"}, moves
        self.look_for(f"-{fen // 100}")
        self.window.see(f"仅所显示：{len(moves)} 行")
        self.window.see(f"-{amount(fen)}")
        self.picture("movements")
        self.keyboard.press("ctrl+4")  # what was searched for there is not any more
        self.window.see(f"全部：{len(self.months)} 行")

    def person(self):
        """An employee's row leads to the account."""
        person = self.clerk.ledger("""SELECT p.* FROM person p JOIN unit u ON u.id = p.unit WHERE u.account = ?
                                      AND p.status = 1 ORDER BY p.base DESC LIMIT 1""", COLLECTION_UNIT)[0]
        self.keyboard.press("ctrl+2")
        self.window.see("全部人员")
        self.look_for(person["account"])
        self.window.see("1 人")
        self.keyboard.tab_to(person["name"])
        self.keyboard.press("Return")
        self.window.see(person["document"])
        self.window.see(amount(person["balance"]))
        self.window.see(f"金额 {amount(person['balance'])}")  # what was paid a month adds up to it
        self.picture("person")

    def charts(self):
        self.keyboard.press("ctrl+8")
        self.window.see("缴存基数分布")
        newest = self.months[0]
        self.keyboard.tab_to(f"，{newest['people']} 人，")
        self.keyboard.press("Home")
        self.focused(" 元")
        self.picture("charts")
        self.keyboard.press("shift+Tab")
        self.focused("表格")
        self.keyboard.press("space")
        self.keyboard.press("Tab")
        wait(lambda: self.window.find(role="table", contains="各月缴存额") or self.window.find(contains="年月"), "the table")
        self.picture("table")

    def alone(self):
        """Without a center everything is here, and says as of when."""
        for pid in self.window.children():
            self.window.kill_pid(pid)
        self.keyboard.press("ctrl+1")
        self.window.see("缴存概况")
        self.window.see("数据截至")
        self.keyboard.press("ctrl+6")
        self.window.see("全部：")
        self.picture("alone")

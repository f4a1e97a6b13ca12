# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""缴存基数调整 against the real center: one by one as it is typed, then all by a percentage. Every base is compared with the
center's ledger.
"""
from clerk import TRANSFER_UNIT
from journey import Journey, begin, close
from stage import wait
from window import BUTTONS


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    Story(window, clerk, home, pictures).play()
    close(window)


class Story(Journey):
    def play(self):
        self.clerk.go("base-adjustment")
        self.window.see("清册中尚无人员", 30)
        self.picture("empty")
        self.typed()
        self.scaled()

    def bases(self, *names):
        rows = self.clerk.ledger(f"""SELECT p.name, p.base FROM person p JOIN unit u ON u.id = p.unit
                                     WHERE u.account = ? AND p.name IN ({", ".join("?" * len(names))})""",
                                 TRANSFER_UNIT, *names)
        return {row["name"]: row["base"] for row in rows}

    def application(self):
        return self.clerk.ledger("""SELECT a.* FROM application a JOIN unit u ON u.id = a.unit
                                    WHERE u.account = ? AND a.business = 'base-adjustment'
                                    ORDER BY a.id DESC LIMIT 1""", TRANSFER_UNIT)[0]

    def choose(self, search, name, n):
        window, keyboard = self.window, self.keyboard
        window.do("base-adjustment-choose")
        dialog = wait(window.dialog, "选择人员", 20)
        keyboard.type(search)
        window.see(f"{name}, ", 20)
        for _ in range(n):
            keyboard.press("Down", "space")
        window.see(f"已选：{n} 人")
        self.picture(f"choose-{search}")
        keyboard.press("ctrl+Return")
        wait(lambda: dialog not in window.windows(), "选择人员 to close")

    def draft_lines(self):
        return self.clerk.own("""SELECT facts FROM draft_line l JOIN draft d ON d.id = l.draft
                                 WHERE d.business = 'base-adjustment' AND d.state = 'open' ORDER BY l.position""")

    def submit(self):
        self.window.do("base-adjustment-submit")
        wait(lambda: self.window.enabled("base-adjustment-confirm"), "the confirmation")

    def typed(self):
        """Two people: what is no base, what is unchanged and what is outside the limits is refused by name."""
        window, keyboard = self.window, self.keyboard
        self.choose("jiang", "蒋云", 2)
        old = self.bases("江佳铭", "蒋云")
        keyboard.type("12.345")
        keyboard.press("Return")
        keyboard.type(f"{old['蒋云'] / 100:.2f}")
        keyboard.press("Return")
        window.do("base-adjustment-submit")
        window.see("无法识别", 20)
        self.picture("refused")
        window.agree("关闭")
        keyboard.press("ctrl+Home", *["Right"] * 3)
        keyboard.type("6500")
        keyboard.press("Return")
        window.see("缴存基数没有变化", 20)
        self.picture("unchanged")
        window.do("base-adjustment-remove-unchanged")
        window.see("1 人 · 月缴存额", 20)
        self.picture("roster")
        self.submit()
        window.see("新月缴存额")
        self.picture("confirm")
        window.do("base-adjustment-confirm")
        window.see("已办结", 30)
        window.see(self.application()["serial"])
        self.picture("result")
        assert self.bases("江佳铭", "蒋云") == {"江佳铭": 650000, "蒋云": old["蒋云"]}
        self.clerk.synced()

    def scaled(self):
        """Everybody who can be chosen, by 3.3 percent to the yuan."""
        window, clerk, keyboard = self.window, self.clerk, self.keyboard
        window.do("base-adjustment-new")
        window.see("清册中尚无人员", 30)
        self.choose_all()
        before = {row["account"]: row["base"] for row in clerk.own(
            """SELECT p.account, p.base FROM person p JOIN scope s ON s.id = p.scope
               WHERE s.unit = ? AND p.status = 1 AND p.gone = 0""", TRANSFER_UNIT)}
        keyboard.press("ctrl+a")
        keyboard.press("alt+b")
        window.see("统一基数", 10)
        keyboard.press("Tab", "Tab")
        keyboard.type("3.3")
        self.picture("percent")
        keyboard.press("Return")
        window.see(" · 月缴存额 ", 20)
        self.picture("scaled")
        self.submit()
        self.picture("confirm-all")
        window.do("base-adjustment-confirm")
        window.see("已办结", 30)
        after = {row["account"]: row["base"] for row in clerk.ledger(
            """SELECT p.account, p.base FROM person p JOIN unit u ON u.id = p.unit
               WHERE u.account = ? AND p.status = 1""", TRANSFER_UNIT)}
        for account, base in before.items():
            yuan = (base * 10330 + 500000) // 1000000
            assert after[account] == yuan * 100, (account, base, after[account])
        clerk.synced()

    def press(self, dialog, words):
        wait(lambda: self.window.find(contains=words, role=BUTTONS, root=dialog), f"“{words}”").press()

    def choose_all(self):
        """In July all were adjusted: nobody is left for this year. Then all who can be chosen."""
        window = self.window
        window.do("base-adjustment-choose")
        dialog = wait(window.dialog, "选择人员", 20)
        window.see("蒋云, ", 20)
        self.press(dialog, "本年度未调整")
        window.see("未调整 0 人", 20)
        self.picture("this-year")
        self.press(dialog, "本年度未调整")
        window.see("蒋云, ", 20)
        self.press(dialog, "全选所列人员")
        wait(lambda: not window.find(contains="已选：0 人"), "all to be chosen", 20)
        self.picture("choose-all")
        self.keyboard.press("ctrl+Return")
        wait(lambda: dialog not in window.windows(), "选择人员 to close")

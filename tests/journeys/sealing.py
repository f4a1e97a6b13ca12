# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""封存/启封 against the real center, once with the mouse's commands and once with the keyboard alone; then 授权退休年龄.
Every figure on the window is compared with the center's ledger.
"""
import openpyxl
from gi.repository import GLib

from accessible import FOCUSED
from clerk import TRANSFER_UNIT, amount
from journey import Journey, begin, close
from stage import wait

NORMAL, SEALED = 1, 2


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    Story(window, clerk, home, pictures).play()
    close(window)


class Story(Journey):
    def play(self):
        self.seal()
        self.look()
        self.unseal()
        self.changes()
        self.retire()

    # --- the books ------------------------------------------------------------
    def people(self, *names):
        rows = self.clerk.ledger(f"""SELECT p.* FROM person p JOIN unit u ON u.id = p.unit
                                     WHERE u.account = ? AND p.name IN ({", ".join("?" * len(names))})
                                     ORDER BY p.account""", TRANSFER_UNIT, *names)
        assert len(rows) == len(names), (names, rows)
        return rows

    def headcount(self):
        return self.clerk.ledger("SELECT headcount FROM unit WHERE account = ?", TRANSFER_UNIT)[0]["headcount"]

    def application(self, business):
        rows = self.clerk.ledger("""SELECT a.* FROM application a JOIN unit u ON u.id = a.unit
                                    WHERE u.account = ? AND a.business = ? ORDER BY a.id DESC LIMIT 1""",
                                 TRANSFER_UNIT, business)
        return rows[0] if rows else None

    def same_in_both(self, *names):
        """The client's own people are those of the ledger."""
        def same():
            for row in self.people(*names):
                own = self.clerk.own("SELECT status, base FROM person WHERE account = ?", row["account"])
                if not own or (own[0]["status"], own[0]["base"]) != (row["status"], row["base"]):
                    return False
            return True
        wait(same, "the client to have the people of the ledger", 30)

    # --- the window -----------------------------------------------------------
    def choose(self, search, name, n):
        """选择人员 with the keyboard alone: the first @n that @search finds."""
        window, keyboard = self.window, self.keyboard
        dialog = wait(window.dialog, "选择人员", 20)
        self.picture(f"choose-{search}")
        keyboard.type(search)
        window.see(f"{name}, ", 20)
        for _ in range(n):
            keyboard.press("Down", "space")
        window.see(f"已选：{n} 人")
        self.picture(f"chosen-{search}")
        keyboard.press("ctrl+Return")
        wait(lambda: dialog not in window.windows(), "选择人员 to close")

    def enter(self, search):
        """选择人员 with a name and Enter, which adds whom it finds; Esc closes wherever the cursor is."""
        window, keyboard = self.window, self.keyboard
        dialog = wait(window.dialog, "选择人员", 20)
        keyboard.type(search)
        keyboard.press("Return")
        wait(lambda: self.clerk.own("SELECT 1 FROM draft_line l JOIN draft d ON d.id = l.draft WHERE d.state = 'open' "
                                    "AND NOT l.removed"), "Enter to add")
        keyboard.press("Tab")
        wait(lambda: next((node for node in window.walk(dialog) if node.has(FOCUSED) and "正常" in node.name), None),
             "the filter to have the focus")
        keyboard.press("Escape")
        wait(lambda: dialog not in window.windows(), "选择人员 to close")

    def submit(self, business):
        self.window.do(f"{business}-submit")
        wait(lambda: self.window.enabled(f"{business}-confirm"), "the confirmation")

    def seal(self):
        """Two at once; a reason that needs words is refused until it has them."""
        window, clerk, keyboard = self.window, self.clerk, self.keyboard
        before = self.headcount()
        clerk.go("sealing")
        window.see("清册中尚无人员", 30)
        self.picture("empty")
        window.do("sealing-choose")
        self.choose("jiang", "蒋云", 2)
        window.see("2 人 · 封存 2")
        self.picture("roster")
        keyboard.type("01")  # the cursor stands in the first cell to be filled; Enter goes down
        keyboard.press("Return")
        keyboard.type("99")
        keyboard.press("Return")
        window.do("sealing-submit")
        window.see("需要说明")
        self.picture("refused")
        window.agree("关闭")
        assert self.application("sealing") is None
        keyboard.type("chuguo")
        keyboard.press("Return")
        self.submit("sealing")
        window.see("其中封存")
        self.picture("confirm")
        window.do("sealing-confirm")
        window.see("已办结", 30)
        window.see(self.application("sealing")["serial"])
        self.picture("result")
        assert [row["status"] for row in self.people("江佳铭", "蒋云")] == [SEALED, SEALED]
        assert self.headcount() == before - 2, (before, self.headcount())
        clerk.synced()
        self.same_in_both("江佳铭", "蒋云")
        clerk.go("home")
        window.see(f"缴存 {before - 2} 人", 30)
        self.picture("home")

    def look(self):
        """业务申请记录 shows who was sealed and why, and no amount; the whole roster in a window of its own."""
        window, clerk = self.window, self.clerk
        row = self.application("sealing")
        clerk.go("applications")
        window.do("application-select", GLib.Variant("s", row["serial"]))
        for words in ("其中封存", "江佳铭", "蒋云", "终止、解除劳动关系", "chuguo"):
            window.see(words, 30)
        self.picture("detail")
        kept = clerk.own("SELECT count(*) AS n FROM application_line WHERE serial = ?", row["serial"])
        assert kept[0]["n"] == 2, kept
        window.do("application-roster")
        dialog = wait(window.dialog, "the roster", 20)
        window.see("2 人 · 封存 2")
        self.picture("lines")
        self.export_lines()
        self.keyboard.press("Escape")
        wait(lambda: dialog not in window.windows(), "the roster to close")

    def export_lines(self):
        """The lines of the window, where the chooser of files says, under the name it proposes."""
        window = self.window
        self.keyboard.press("ctrl+shift+e")
        window.see("个人账户封存或启封_", 20)

        def save():
            return next((node for node in window.walk() if node.role == "button" and node.name.startswith("保存")), None)
        wait(save, "the button that saves").press()
        window.see("已导出", 20)
        self.picture("lines-exported")
        files = list(self.home.glob("**/个人账户封存或启封_*.xlsx"))
        table = list(openpyxl.load_workbook(files[0]).worksheets[0].iter_rows(values_only=True))
        assert len(files) == 1 and {row[0] for row in table[1:]} == {"江佳铭", "蒋云"}, (files, table)
        window.agree("关闭")

    def unseal(self):
        """One of them comes back with a new base, with the keyboard alone; both amounts follow as it is typed."""
        window, keyboard = self.window, self.keyboard
        before = self.headcount()
        keyboard.press("alt+6")
        wait(lambda: window.find(contains="新建清册") or window.find(contains="清册中尚无人员"), "the page")
        if window.find(contains="新建清册"):
            keyboard.press("ctrl+n")
        window.see("清册中尚无人员")
        keyboard.press("ctrl+e")
        self.enter("jiangyun")
        window.see("1 人 · 启封 1")
        keyboard.type("02")
        keyboard.tab_to("新缴存基数：")  # no explanation is needed
        keyboard.type("6000")
        keyboard.press("Tab")
        unit, personal = self.parts(600000)
        window.see(amount(unit))
        window.see(amount(personal))
        self.picture("unseal")
        keyboard.press("ctrl+Return")
        wait(lambda: window.enabled("sealing-confirm"), "the confirmation")
        self.picture("unseal-confirm")
        keyboard.press("Return")
        window.see("已办结", 30)
        wait(lambda: "新建清册" in keyboard.focus(), "what can be done next to have the focus")
        person = self.people("蒋云")[0]
        assert (person["status"], person["base"]) == (NORMAL, 600000), person
        assert self.headcount() == before + 1
        self.clerk.synced()
        self.same_in_both("蒋云")

    def parts(self, base):
        """A month's parts by the ratios of the ledger; one rounding to the fen each."""
        row = self.clerk.ledger("""SELECT r.* FROM ratio_row r JOIN unit u ON u.id = r.unit
                                   WHERE u.account = ? ORDER BY r.from_month DESC LIMIT 1""", TRANSFER_UNIT)[0]
        return tuple((base * row[side] + 5000) // 10000 for side in ("unit_ratio", "personal_ratio"))

    def retire(self):
        """授权退休年龄, from the button of 汇缴: whom it concerns is listed, one is authorised, the month follows."""
        window, clerk, keyboard = self.window, self.clerk, self.keyboard
        clerk.go("remittance")
        window.click("授权退休年龄")
        window.see("列出相关人员", 30)
        self.picture("retirement")
        window.do("retirement-concerned")
        window.see("不授权则汇缴至")
        concerned = self.clerk.own("SELECT d.lines FROM draft d WHERE d.business = 'retirement' AND d.state = 'open'")
        assert concerned[0]["lines"] == 1, concerned
        self.picture("concerned")
        keyboard.type("女55")
        keyboard.press("Return")
        self.submit("retirement")
        self.picture("retirement-confirm")
        keyboard.press("Return")
        window.see("已办结", 30)
        answered = clerk.ledger("""SELECT p.class FROM person p JOIN unit u ON u.id = p.unit
                                   WHERE u.account = ? AND p.name = '司马思琪'""", TRANSFER_UNIT)
        assert answered[0]["class"] == 2, answered  # women-55
        clerk.synced()
        clerk.go("remittance")
        wait(lambda: not window.enabled("remittance-answer"), "nobody to be asked about", 30)
        due = clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", TRANSFER_UNIT)[0]["paid_to"] + 1
        clerk.prepare(TRANSFER_UNIT, due)
        self.picture("month")
        clerk.submit()
        month = wait(lambda: clerk.newest(TRANSFER_UNIT), "the center to have the month", 60)
        assert month["people"] == self.headcount(), month
        window.see(amount(month["fen"]))

    def changes(self):
        """An account has what the unit changed, as soon as the rosters are here that nobody looked at."""
        window, clerk, keyboard = self.window, self.clerk, self.keyboard
        person = self.people("蒋云")[0]
        clerk.go(f"inquiry/person:{person['account']}")
        window.see(person["document"])
        keyboard.tab_to("缴存记录")
        keyboard.press("End")
        wait(lambda: window.enabled("inquiry-fetch-rosters"), "rosters that are not here", 30)
        window.see("未列入其中")
        window.do("inquiry-fetch-rosters")
        wait(lambda: not window.enabled("inquiry-fetch-rosters"), "them to come", 30)
        window.see("变更后状态 封存")
        window.see("变更后状态 正常")
        self.picture("changes")

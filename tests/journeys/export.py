# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""导出 in the window against the real center (guide 3.7.6): the workbook with everybody of the unit is filled in as a
clerk would and imported again, and every base ends as the workbook says; lists are exported as they are shown; a place
that takes nothing is told, with what to do.
"""
import openpyxl
from gi.repository import GLib

from clerk import TRANSFER_UNIT
from journey import Journey, begin, close
from stage import wait


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    Story(window, clerk, home, pictures).play()
    close(window)


def rows(path, sheet=0):
    return list(openpyxl.load_workbook(path).worksheets[sheet].iter_rows(values_only=True))


class Story(Journey):
    def people(self):
        return self.clerk.ledger("""SELECT p.* FROM person p JOIN unit u ON u.id = p.unit WHERE u.account = ?
                                    ORDER BY p.account""", TRANSFER_UNIT)

    def export(self, action, name):
        """Written, and told with its place."""
        path = self.home / name
        self.window.do(action, GLib.Variant("s", str(path)))
        self.window.see("已导出", 30)
        self.window.see(str(path))
        return path

    def play(self):
        self.there_and_back()
        self.shown()
        self.lists()
        self.changes()
        self.refused()
        self.asked()

    def there_and_back(self):
        """Everybody, with 封存 named; two are filled in, and the same file comes back."""
        window = self.window
        self.clerk.go("base-adjustment")
        window.see("清册中尚无人员", 30)
        self.picture("empty")
        path = self.export("base-adjustment-export-to", "缴存基数调整.xlsx")
        self.picture("written")
        window.agree("关闭")
        everybody = {row["account"]: row for row in self.people()}
        table = rows(path)
        assert {row[1] for row in table[1:]} == set(everybody), table
        assert all(round(row[3] * 100) == everybody[row[1]]["base"] for row in table[1:]), table
        assert {row[1] for row in table[1:] if row[4] == "封存"} == \
            {account for account, row in everybody.items() if row["status"] == 2}
        notes = rows(path, 1)
        assert len(notes) == 7 and "缴存基数调整" in notes[0][0] and "新缴存基数" in notes[2][0], notes

        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        wanted = {}
        for row in sheet.iter_rows(min_row=2):
            if row[4].value == "正常" and row[3].value > 3000 and len(wanted) < 2:
                wanted[row[1].value] = row[5].value = int(row[3].value) + 300
        book.save(path)
        window.do("base-adjustment-import-file", GLib.Variant("s", str(path)))
        window.see("工作表“清册”", 20)
        self.picture("back")
        self.press("核对")
        window.see("新增 2", 20)
        self.picture("checked")
        window.agree("采用全部 2 行")
        window.see("导入 2 行")
        self.wanted = wanted

    def press(self, words):
        def button():
            return next((node for node in self.window.walk(self.window.dialog())
                         if node.role == "button" and node.name.startswith(words)), None)
        wait(button, f"the button “{words}”").press()

    def shown(self):
        """What the list shows, and what was entered in the file for everybody too."""
        window = self.window
        path = self.export("base-adjustment-export-shown-to", "所列.xlsx")
        window.agree("关闭")
        self.picture("roster")
        header, *lines = rows(path)
        new = header.index("新缴存基数")
        assert {line[1]: line[new] for line in lines} == self.wanted, lines
        path = self.export("base-adjustment-export-to", "全部.xlsx")
        window.agree("关闭")
        assert {row[1]: row[5] for row in rows(path)[1:] if row[5] is not None} == self.wanted

    def lists(self):
        window = self.window
        self.clerk.go("people")
        window.do("people-filter-sealed")
        path = self.export("people-export-to", "人员清册.xlsx")
        self.picture("people")
        window.agree("关闭")
        sealed = {row["account"] for row in self.people() if row["status"] == 2}
        assert {row[1] for row in rows(path)[1:]} == sealed, rows(path)
        assert "封存" in rows(path, 1)[1][0], rows(path, 1)
        serials = {row["serial"] for row in self.clerk.ledger(
            """SELECT a.serial FROM application a JOIN unit u ON u.id = a.unit WHERE u.account = ?""", TRANSFER_UNIT)}
        self.clerk.go("applications")
        self.window.see(max(serials), 30)  # what is exported is what stands there
        path = self.export("records-export-to", "业务申请记录.xlsx")
        self.picture("records")
        window.agree("关闭")
        assert {row[0] for row in rows(path)[1:]} == serials

    def changes(self):
        """Who changed in the month that 汇缴 reviews, as the list says it."""
        window = self.window
        self.clerk.go("remittance")
        window.do("remittance-export-to", GLib.Variant("s", str(self.home / "变动.xlsx")), seconds=30)
        window.see("已导出", 30)
        self.picture("changes")
        window.agree("关闭")
        header, *lines = rows(self.home / "变动.xlsx")
        assert header[:3] == ("姓名", "个人账号", "变动"), header
        amounts = [header.index(title) for title in ("变动前", "变动后")]
        assert lines and all(isinstance(line[i], (int, float)) for line in lines for i in amounts), lines

    def refused(self):
        """Where, why, and what to do."""
        window = self.window
        path = self.home / "没有这个文件夹" / "a.xlsx"
        window.do("records-export-to", GLib.Variant("s", str(path)))
        window.see("无法写入文件", 20)
        window.see(str(path))
        window.see("请另选位置")
        self.picture("refused")
        window.agree("关闭")

    def asked(self):
        """The keys ask where to, under a name that says what it is."""
        window = self.window
        self.clerk.go("people")
        self.keyboard.press("ctrl+shift+e")
        window.see("人员清册_", 20)
        self.picture("asked")

        def cancel():
            return next((node for node in window.walk() if node.role == "button" and node.name.startswith("取消")), None)
        wait(cancel, "the button that leaves it").press()
        window.gone("人员清册_")

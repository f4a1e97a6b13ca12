# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A clerk's workbook into 缴存基数调整 (guide 3.7.6), in the window against the real center: faults are told with their
cells and nothing is taken over, the corrected one is, in one step, and every base ends as the workbook says.
"""
import subprocess

import openpyxl
from gi.repository import GLib

from clerk import TRANSFER_UNIT
from journey import Journey, begin, close
from made_up_xls import save_xls
from stage import wait


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    Story(window, clerk, home, pictures).play()
    close(window)


class Story(Journey):
    def people(self):
        return self.clerk.ledger("""SELECT p.* FROM person p JOIN unit u ON u.id = p.unit WHERE u.account = ?
                                    AND p.status = 1 AND p.base > 300000 ORDER BY p.account LIMIT 20""", TRANSFER_UNIT)

    def save(self, name, rows):
        book = openpyxl.Workbook()
        book.active.title = "填写说明"
        book.active["A1"] = "请在“清册”中填写调整后缴存基数"
        sheet = book.create_sheet("清册")
        sheet.append(["2026 年度缴存基数调整"])
        sheet.append(["序号", "个人账号", "职工姓名", "身份证号码", "部门", "调整后缴存基数(元)"])
        for row in rows:
            sheet.append(row)
        path = self.home / name
        book.save(path)
        return path

    def lines(self):
        return self.clerk.own("""SELECT l.facts FROM draft_line l JOIN draft d ON d.id = l.draft
                                 WHERE d.business = 'base-adjustment' AND d.state = 'open' AND NOT l.removed
                                 ORDER BY l.position""")

    def open(self, path):
        window = self.window
        window.do("base-adjustment-import-file", GLib.Variant("s", str(path)))
        return wait(window.dialog, "导入", 20)

    def correct(self, path):
        """In the marked copy of her own workbook the clerk finds what is wrong, and takes those rows out."""
        book = openpyxl.load_workbook(path)
        sheet = book["清册"]
        assert sheet["G2"].value == "错误原因", sheet["G2"].value
        reasons = {row: sheet.cell(row, 7).value for row in range(3, sheet.max_row + 1)}
        assert [bool(reasons[row]) for row in range(3, 10)] == [False] * 4 + [True] * 3, reasons
        assert all(sheet[cell].fill.fill_type == "solid" for cell in ("C7", "D8", "F9"))
        assert "填写说明" in book.sheetnames and sheet["A1"].value == "2026 年度缴存基数调整"
        sheet.delete_rows(7, 3)
        book.save(path)

    def press(self, words):
        """A button of the dialog by how its name begins."""
        def button():
            return next((node for node in self.window.walk(self.window.dialog())
                         if node.role == "button" and node.name.startswith(words)), None)
        wait(button, f"the button “{words}”").press()

    def play_old(self, people):
        """An old workbook: the copy with its faults is an .xlsx, and she is told so before."""
        window = self.window
        path = self.home / "旧基数.xls"
        save_xls(path, [["个人账号", "职工姓名", "调整后缴存基数"], [people[4]["account"], "张冠李戴", 6000],
                        [people[5]["account"], people[5]["name"], people[5]["base"] / 100 + 100]])
        self.open(path)
        window.see("旧基数.xls，工作表“清册”", 20)
        self.press("核对")
        window.see("1 行：姓名与号码不符的行", 20)
        window.see("旧格式的工作簿（.xls）无法标注错误，可另存为 .xlsx 副本")
        self.picture("old")
        self.press("保存标出错误的副本")
        window.see("已保存为“旧基数（有误）.xlsx”", 20)
        self.picture("old-saved")
        window.agree("取消")
        assert openpyxl.load_workbook(self.home / "旧基数（有误）.xlsx")["清册"]["D2"].value

    def correct_together(self, group, choice):
        """A choice of the menu of a group of faults."""
        def node(fits):
            return next((node for node in self.window.walk() if fits(node.name) and node.can_be_pressed()), None)
        wait(lambda: node(lambda name: name.startswith(f"一并更正：{group}")), f"the menu of “{group}”").press()
        wait(lambda: node(lambda name: name == choice), f"the choice “{choice}”").press()

    def play_corrections(self):
        """One correction for all rows of a kind, each put back again: nothing is written meanwhile."""
        window = self.window
        self.correct_together("1 行：末位已丢失的长号码", "按证件或姓名认定")
        window.see("1 行：已按证件或姓名认定", 20)
        window.see("1 行：按证件或姓名认定的行")
        window.see("新增 6")
        self.correct_together("1 行：姓名与号码不符的行", "不采用这 1 行")
        window.see("1 行不采用", 20)
        window.see("不采用 1")
        self.picture("corrected")
        for done in ("1 行不采用", "1 行：已按证件或姓名认定"):
            wait(lambda: window.find(f"恢复原样：{done}", "button"), "the way back").press()
            window.gone(done)
        window.see("1 行：末位已丢失的长号码", 20)
        assert not self.lines(), "correcting writes nothing"

    def play_taken_back_in_part(self, person):
        """What was changed since the import stays, and is named; undo brings all of it again."""
        window = self.window
        wait(lambda: window.enabled("base-adjustment-import-undo"), "the import to be there again")
        subprocess.run(["xclip", "-selection", "clipboard", "-in"], env=window.environment, check=True,
                       input=f"个人账号\t新缴存基数\n{person['account']}\t6543\n".encode(),
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        window.do("base-adjustment-paste")
        wait(lambda: any("654300" in row["facts"] for row in self.lines()), "the row to be changed")
        window.do("base-adjustment-import-undo")
        window.see("导入的内容未能全部收回", 20)
        window.see(f"已收回导入的 3 行\n保留 1 行，因为导入后又改过：{person['name']}")
        self.picture("partly-taken-back")
        window.agree("关闭")
        wait(lambda: len(self.lines()) == 1, "the changed row alone")
        window.do("base-adjustment-undo")
        wait(lambda: len(self.lines()) == 4, "the rows again")
        window.do("base-adjustment-undo")
        wait(lambda: not any("654300" in row["facts"] for row in self.lines()), "the row as it was imported")

    def play_recent(self):
        """The files that were imported last stand in the menu of the button, gone ones said so, until they are cleared."""
        window = self.window
        (self.home / "七月基数.xlsx").unlink()
        def menu():
            return next((node for node in window.walk() if node.name.startswith("最近导入") and node.can_be_pressed()), None)
        wait(menu, "the menu of the import").press()
        window.see("七月基数（有误）.xlsx · ", 20)
        window.see("七月基数.xlsx · ")
        window.see("已不在原处")
        self.picture("recent")
        self.keyboard.press("Escape")
        window.do("base-adjustment-import-forget")

    def play(self):
        window = self.window
        people = self.people()
        wanted = {row["account"]: row["base"] // 10000 * 10000 + 30000 for row in people[:4]}
        rows = [[i + 1, row["account"], row["name"], row["document"], "财务部", wanted[row["account"]] / 100]
                for i, row in enumerate(people[:4])]
        rows[1][5] = f"{wanted[people[1]['account']] // 100:,}元".translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        faulty = [list(row) for row in rows]
        faulty.append([5, people[4]["account"], "张冠李戴", None, "财务部", 6000])
        damaged = next(row for row in people[6:] if row["document"].isdigit())
        faulty.append([6, None, damaged["name"], int(damaged["document"]), "财务部", 6000])
        faulty.append([7, people[5]["account"], None, None, "财务部", "12.345"])
        self.clerk.go("base-adjustment")
        window.see("清册中尚无人员", 30)
        self.picture("empty")

        self.open(self.save("七月基数.xlsx", faulty))
        window.see("七月基数.xlsx，工作表“清册”", 20)
        window.see("F · 调整后缴存基数(元)")
        self.picture("columns")
        self.press("核对")
        window.see("新增 5", 20)
        window.see("1 行：姓名与号码不符的行")
        window.see("1 行：末位已丢失的长号码")
        self.picture("rows")
        assert not self.lines(), "looking writes nothing"
        self.play_corrections()
        self.press("保存标出错误的副本")
        window.see("已保存为“七月基数（有误）.xlsx”", 20)
        self.picture("saved")
        window.agree("取消")
        assert not self.lines()
        self.correct(self.home / "七月基数（有误）.xlsx")

        self.open(self.home / "七月基数（有误）.xlsx")
        window.see("工作表“清册”", 20)
        self.press("核对")
        window.see("新增 4", 20)
        self.picture("good")
        window.agree("采用全部 4 行")
        window.see("导入 4 行")
        wait(lambda: len(self.lines()) == 4, "the rows on the roster")
        self.picture("roster")
        window.do("base-adjustment-undo")
        wait(lambda: not self.lines(), "all rows gone by one step of undo")
        window.see("已收回导入的 4 行")
        window.do("base-adjustment-redo")
        wait(lambda: len(self.lines()) == 4, "the rows again")
        self.play_taken_back_in_part(people[0])

        window.do("base-adjustment-submit")
        wait(lambda: window.enabled("base-adjustment-confirm"), "the confirmation", 30)
        window.do("base-adjustment-confirm")
        wait(lambda: all(row["base"] == wanted.get(row["account"], row["base"]) for row in self.people()),
             "every base as the workbook says", 30)
        assert {row["account"]: row["base"] for row in self.people()[:4]} == wanted

        window.do("base-adjustment-new")
        self.play_old(people)

        self.play_recent()
        path = self.home / "不是表格.xlsx"
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
        self.open(path)
        window.see("未采用任何内容", 20)
        self.picture("fault")
        window.agree("关闭")

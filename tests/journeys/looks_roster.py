# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A picture of everything a roster business shows: empty, 选择人员, faults, drafts, confirmation, result, records, offline;
in whatever language, scheme and size the stage was given.

  run.py --plain --build build --pictures pictures-en-dark --language C.UTF-8 --scheme dark looks_roster

Waits on actions and on the books, never on words, so that it plays in every language.
"""
import openpyxl
from gi.repository import GLib

from clerk import TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import kill, wait


def play(factory, environment, home, pictures):
    window = factory("--practice")
    window.start()
    clerk = Clerk(window)

    def picture(name):
        window.settle()
        window.picture(pictures / f"roster-{name}.png")

    def lines():
        rows = clerk.own("SELECT lines FROM draft WHERE state = 'open' AND deleted = 0 ORDER BY changed DESC, id DESC")
        return rows[0]["lines"] if rows else 0

    clerk.sign_in()
    window.do("enter-home", seconds=60)
    window.do("switch-unit", GLib.Variant("s", TRANSFER_UNIT))
    wait(lambda: clerk.own("SELECT 1 FROM person p JOIN scope s ON s.id = p.scope WHERE s.unit = ?", TRANSFER_UNIT),
         "the unit's people", 60)
    clerk.go("sealing")
    picture("empty")
    keyboard = Keyboard(window)
    window.do("sealing-choose", seconds=60)
    dialog = wait(window.dialog, "选择人员")
    picture("choose")
    keyboard.press("Down", "space", "Down", "space", "Down", "space", "Down", "space", "Down", "space")
    picture("chosen")
    keyboard.press("ctrl+Return")
    wait(lambda: dialog not in window.windows(), "选择人员 to close")
    wait(lambda: lines() == 5, "five lines")
    keyboard.type("01")
    keyboard.press("Return")
    keyboard.type("99")
    keyboard.press("Return")
    picture("faults")
    window.do("sealing-submit")
    wait(window.dialog, "why not")
    picture("why-not")
    keyboard.press("Escape")
    window.do("sealing-draft-new")
    wait(lambda: window.enabled("sealing-choose"), "the second draft")
    picture("second-draft")
    window.do("sealing-choose")
    dialog = wait(window.dialog, "选择人员")
    keyboard.type("23110000000061")
    window.settle()
    keyboard.press("Down", "space", "ctrl+Return")
    wait(lambda: dialog not in window.windows(), "选择人员 to close")
    wait(lambda: lines() == 1, "one line")
    keyboard.type("01")
    picture("choices")
    keyboard.press("Return")
    clerk.go("home")
    picture("home")
    clerk.go("sealing")
    window.do("sealing-draft-rename")
    picture("drafts")
    keyboard.press("Escape")
    window.do("sealing-submit")
    wait(lambda: window.enabled("sealing-confirm"), "the confirmation")
    picture("confirm")
    window.do("sealing-confirm")
    wait(lambda: clerk.own("SELECT 1 FROM application WHERE business = 'sealing'"), "the client to know", 60)
    picture("result")
    window.do("sealing-records")
    picture("records")
    clerk.go("remittance")
    picture("remittance")
    clerk.go("retirement")
    window.do("retirement-concerned", seconds=60)
    wait(lambda: window.enabled("retirement-clear"), "those concerned")
    picture("retirement")
    clerk.go("applications")
    window.do("application-select", GLib.Variant("s", clerk.own(
        "SELECT serial FROM application WHERE business = 'sealing'")[0]["serial"]))
    picture("application")
    workbook(window, clerk, home, picture, keyboard)
    kill(window.process)


def workbook(window, clerk, home, picture, keyboard):
    """导入 with rows of every kind, step by step."""
    people = clerk.own("""SELECT p.account, p.name, p.base FROM person p JOIN scope s ON s.id = p.scope
                          WHERE s.unit = ? AND p.status = 1 AND p.gone = 0 ORDER BY p.account LIMIT 5""", TRANSFER_UNIT)
    book, path = openpyxl.Workbook(), home / "2026年度缴存基数调整（财务部全体人员，第二次修改稿，请先核对）.xlsx"
    book.active.append(["个人账号", "姓名", "部门", "调整后缴存基数"])
    for person in people[:3]:
        book.active.append([person["account"], person["name"], "财务部", person["base"] / 100 + 100])
    book.active.append([people[3]["account"], "尼格买提·艾比布拉·阿不都热依木", "财务部", 5000])
    book.active.append([people[4]["account"], people[4]["name"], "财务部", "五千"])
    book.active.append(["99999999999999", "无此人", "财务部", 5000])
    book.save(path)
    clerk.go("base-adjustment")
    wait(lambda: window.enabled("base-adjustment-choose"), "the page", 30)
    window.settle()
    window.do("base-adjustment-import-file", GLib.Variant("s", str(path)), seconds=60)
    wait(window.dialog, "导入", 20)
    picture("import-columns")
    keyboard.press("Return")
    picture("import-checked")
    keyboard.press("Escape")
    (home / "broken.xlsx").write_bytes(path.read_bytes()[:3000])
    window.do("base-adjustment-import-file", GLib.Variant("s", str(home / "broken.xlsx")), seconds=60)
    wait(window.dialog, "导入", 20)
    picture("import-refused")

# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Chinese by an input method (fcitx5 with 拼音) into every kind of field and cell: a word is typed in letters, the space bar
takes the first of what the input method proposes, and it has to stand where it was typed. All keys of a word, and the one
that leaves the cell, come at once: the input method answers later than that, as it does on a busy computer.

Each word typed is a commit. A short round is part of `make test`; QINGCE_IME_COMMITS=1000 goes on through every field of the
program, round by round until that many were made, none of which may be lost, and says how many of each kind there were.
"""
import os
import time

import openpyxl
from gi.repository import GLib

from accessible import FOCUSABLE, FOCUSED
from clerk import TRANSFER_UNIT, Clerk
from keys import Keyboard
from roster import Roster
from stage import Late, input_method, wait

WORDS = {"ceshi": "测试", "danwei": "单位", "zhongguo": "中国", "xingming": "姓名", "gongjijin": "公积金", "hunchun": "珲春"}
FIELDS = {"text", "entry", "spin button"}
REASON, REASON_TEXT = ["Right"] * 4, ["Right"] * 5  # columns there is no room for are passed over
PEOPLE = 8
TABS = 60


def play(factory, environment, home, pictures):
    with input_method(environment) as typing:
        # what is typed goes to the input method and comes back later
        window = factory("--practice", GTK_IM_MODULE=typing["GTK_IM_MODULE"], FCITX_ENABLE_SYNC_MODE="0")
        window.start()
        wanted = int(os.environ.get("QINGCE_IME_COMMITS", "1"))
        story = Story(window, pictures, wanted == 1)
        began = time.monotonic()
        while story.made < wanted:
            story.round()
        for kind, commits in sorted(story.kinds.items()):
            print(f"# {commits:5} {kind}")
        print(f"# {story.made:5} commits in {story.rounds} rounds, 0 lost, {time.monotonic() - began:.0f} s")


class Story:
    def __init__(self, window, pictures, short):
        self.window, self.pictures, self.short = window, pictures, short
        self.clerk = Clerk(window)
        self.made, self.rounds, self.kinds = 0, 0, {}
        self.clerk.first_start("home")
        self.clerk.switch_unit(TRANSFER_UNIT)
        self.clerk.synced()
        self.keyboard = Keyboard(window)
        self.roster = Roster(window, self.clerk)
        people = self.clerk.own("""SELECT p.account FROM person p JOIN scope s ON s.id = p.scope
                                   WHERE s.unit = ? AND p.status = 1 AND p.gone = 0 ORDER BY p.account LIMIT ?""",
                                TRANSFER_UNIT, PEOPLE + 1)
        self.other = people.pop()["account"]
        self.clerk.go("sealing")
        window.see("清册中尚无人员", 30)
        self.roster.copy("".join(f"{person['account']}\r\n" for person in people))
        window.do("sealing-paste")
        self.roster.expect("people on the roster", lambda: len(self.roster.rows()) == PEOPLE)

    def round(self):
        self.rounds += 1
        self.cells()
        self.leaving()
        self.draft_name()
        self.pages()
        self.dialogs()
        if not self.short:
            self.amounts()
            self.roster_of_an_application()
            self.statement()
            self.question()
            self.passphrase()

    # --- words ------------------------------------------------------------------
    def type(self, letters):
        self.keyboard._tool("type", "--delay", "0", "--", letters)

    def press(self, *keys):
        self.keyboard._tool("key", "--delay", "0", *keys)

    def count(self, kind, commits=1):
        self.made += commits
        self.kinds[kind] = self.kinds.get(kind, 0) + commits

    def next_word(self, kind):
        word = list(WORDS)[self.made % len(WORDS)]
        self.count(kind)
        return word, WORDS[word]

    def focused(self):
        """What has it in the topmost window: one below may say so too."""
        for shell in reversed(self.window.application().children()):
            for node in self.window.walk(shell):
                if node.has(FOCUSED) and node.role != "frame":
                    return node.live()
        return None

    def empty(self):
        """The field that has the focus, with nothing in it: GTK's fields drop half a word where a Backspace comes late."""
        field = self.focused()
        if field.text():
            self.press("ctrl+a", "BackSpace")
        wait(lambda: not field.text(), "the field to be empty", 5)
        return field

    def into(self, kind, where):
        """A word into the field that has the focus, in place of all it has."""
        letters, expected = self.next_word(kind)
        self.empty()
        self.type(letters + " ")
        wait(lambda: expected in self.said(), f"“{expected}” in {where}; {self.said()!r} is there", 8)

    def said(self):
        """What stands in the field that has the focus."""
        field = self.focused()
        return (field.text() or field.words()) if field else ""

    # --- cells --------------------------------------------------------------------
    def notes(self):
        return [row.get("reason_text") for row in self.roster.rows()]

    def cells(self):
        """A list by the words on it, then a text a line: Enter, Tab and an arrow leave the cell behind the word."""
        self.window.do("go", GLib.Variant("s", "sealing"))
        self.roster.keyboard = self.keyboard
        self.window.see("变更原因")
        self.window.do("set-search", GLib.Variant("s", ""))
        self.keyboard.tab_to("，司马思琪", "，阎长江", "：")
        self.clear()
        self.press("ctrl+Home", *REASON)
        for line in range(PEOPLE):
            self.count("cells with a list")
            self.type("qita ")
            self.press("Return")
            self.roster.expect("the words of the list", lambda line=line: self.roster.reasons()[line] == "99")
        self.press("ctrl+Home", *REASON_TEXT)
        for line, key in enumerate(["Return", "Down"] * (PEOPLE // 2)):
            letters, words = self.next_word("cells with a text")
            self.type(letters + " ")
            self.press(key)
            self.roster.expect(f"{words} in line {line + 1}", lambda line=line, words=words: self.notes()[line] == words)

    def clear(self):
        """Nothing in either column: what is waited for is not there from the round before."""
        for column in (REASON_TEXT, REASON):
            self.press("ctrl+Home", *column, *["shift+Down"] * (PEOPLE - 1), "Delete")
        self.roster.expect("empty cells", lambda: not any(self.notes() + self.roster.reasons()))

    def leaving(self):
        """Half a word when another line is clicked: it stays as it was seen, and the other line does not get it."""
        before = self.notes()
        self.press("ctrl+Home", *REASON_TEXT)
        self.type("hunchun")
        self.count("cells left in the middle of a word")
        self.window.settle()
        if self.pictures:
            self.window.picture(self.pictures / "ime-cell.png")
        self.keyboard.click(wait(lambda: self.window.find(name="司马思琪"), "another line"))
        self.roster.expect("half a word in its own line", lambda: self.notes() == ["hun chun", *before[1:]])
        self.type(" ")
        self.press("Down")  # behind all that was typed: nothing is on its way any more
        wait(lambda: "王䶮" in self.said(), "the line below")
        self.roster.expect("and in no other", lambda: self.notes() == ["hun chun", *before[1:]])

    # --- fields ---------------------------------------------------------------------
    def focus_in_field(self, what):
        def field():
            here = self.focused()
            return here if here and here.role in FIELDS else None
        return wait(field, what)

    def next_field(self):
        """Tab until a field has the focus."""
        for _ in range(TABS):
            here = self.focused()
            if here and here.role in FIELDS and not here.name.startswith("搜索"):
                return here
            self.press("Tab")
        raise Late("no field is reached with Tab")

    def draft_name(self):
        self.window.do("sealing-draft-rename")
        self.focus_in_field("the name of the draft")
        self.into("names of drafts", "the name of a draft")
        self.press("Return")

    def clicked(self, kind, where, root=None):
        """Into every field that is to be seen, in turn."""
        fields = [node.live() for node in self.window.walk(root) if node.role in FIELDS and node.has(FOCUSABLE)]
        assert fields, f"no field: {where}"
        for field in fields:
            self.keyboard.click(field)
            wait(lambda field=field: field.has(FOCUSED), f"{field.name} of {where} to have the focus")
            self.into(kind, f"{field.name} of {where}")
        return len(fields)

    def pages(self):
        window = self.window
        for page, words in (("people", "人员清册"), ("inquiry/people", "职工"), ("units", "全部单位"))[:1 if self.short else 3]:
            self.clerk.go(page)
            window.see(words)
            window.do("search")
            self.focus_in_field(f"the search of {page}")
            self.into("searches of pages", f"the search of {page}")
            window.do("set-search", GLib.Variant("s", ""))
        self.clerk.go("applications")
        assert self.clicked("conditions of a query", "业务申请记录") >= 3
        window.do("query-clear")
        self.clerk.go("unit-change")
        self.unit_change()

    def unit_change(self):
        """What is entered stays when the field is left by Tab."""
        self.window.see("单位地址")
        self.window.settle()  # fields become what may be entered in them when the center's lists are there
        for _ in range(1 if self.short else 12):
            here = self.next_field()
            self.into("data of the unit", here.name)
            expected = here.text()
            self.press("Tab")
            wait(lambda here=here: not here.has(FOCUSED), "the field to be left")
            assert here.text() == expected, (here.name, here.text(), expected)

    # --- what lies over the window ----------------------------------------------------
    def over(self, kind, action, what, fields=None, argument=None):
        """Into the fields of the window that `action` opens."""
        before = len(self.window.application().children())
        self.window.do(action, argument, seconds=30)
        wait(lambda: len(self.window.application().children()) > before, f"the window of {action}", 30)
        main = self.keyboard.number

        def taken():
            self.keyboard.take(self.window)
            return self.keyboard.number != main
        wait(taken, f"the window of {action} on the display", 30)
        self.window.settle()
        dialog = self.window.application().children()[-1]
        try:
            (fields or self.clicked)(kind, what, dialog)
        finally:
            for _ in range(3):
                self.press("Escape")
                try:
                    wait(lambda: dialog not in self.window.application().children(), "the window to close", 1)
                    break
                except Late:
                    self.keyboard.take(self.window)
            self.keyboard.number = main
            self.keyboard._tool("windowfocus", "--sync", main)

    def dialogs(self):
        self.over("search over everything", "find", "全局搜索", self.palette)
        self.over("short names of units", "mark-unit", "单位简称")
        self.clerk.go("account-opening")
        self.over("new people", "account-opening-choose", "新增人员", self.first if self.short else None)
        if self.short:
            return
        self.over("journal", "show-journal", "操作日志")
        self.over("guide", "show-guide", "指南")
        self.over("preferences", "preferences", "首选项", self.first)
        self.clerk.go("sealing")
        self.over("choosing people", "sealing-choose", "选择人员")
        self.clerk.go("people")
        self.over("print preview", "people-print", "打印预览")

    def first(self, kind, what, dialog):
        """Into the first field that Tab comes to."""
        self.next_field()
        self.into(kind, what)

    def palette(self, kind, what, dialog):
        """In its entry; and from its list, where what is typed goes on in the entry."""
        self.into(kind, what)
        entry = self.empty()
        self.type("danwei ")
        wait(lambda: entry.text() == "单位", f"what is looked for; {entry.text()!r}")
        wait(lambda: self.window.find(role="list item", root=dialog), "what was found")
        self.press("Down")
        wait(lambda: not entry.has(FOCUSED), "the list to have the focus")
        self.type("xinxi ")
        self.count(kind, 2)
        wait(lambda: entry.text() == "单位信息", f"more of what is looked for; {entry.text()!r}")

    def popover(self, kind, open_it, what):
        """Into the first field of what hangs below a button."""
        open_it()
        field = self.focus_in_field(what)
        self.into(kind, what)
        for _ in range(2):  # the first may only empty a search
            self.press("Escape")
            try:
                wait(lambda: not field.has(FOCUSED), f"{what} to close", 1)
                return
            except Late:
                continue
        raise Late(f"{what} does not close")

    def roster_of_an_application(self):
        """The adjustment is submitted, so that there is an application with people on it."""
        def serial():
            rows = self.clerk.own("""SELECT serial FROM application a JOIN scope s ON s.id = a.scope
                                     WHERE s.unit = ? AND a.business = 'base-adjustment'""", TRANSFER_UNIT)
            return rows and rows[0]["serial"]
        if not serial():
            self.window.do("base-adjustment-submit")
            self.window.do("base-adjustment-confirm")
            wait(serial, "the application", 60)
            self.window.do("base-adjustment-new")
        self.clerk.go("applications")
        self.window.do("application-select", GLib.Variant("s", serial()))
        self.over("people of an application", "application-roster", "清册")

    # --- what needs a roster of its own -------------------------------------------------
    def lines(self, business):
        return [row["facts"] for row in self.clerk.own(
            """SELECT l.facts FROM draft_line l JOIN draft d ON d.id = l.draft
               WHERE d.business = ? AND d.state = 'open' AND d.deleted = 0 AND l.removed = 0""", business)]

    def amounts(self):
        """Numbers pass the input method as they are: in a cell, with the words behind them, and in the base for all."""
        window = self.window
        self.clerk.go("base-adjustment")
        wait(lambda: window.enabled("base-adjustment-paste"), "the roster")
        if not self.lines("base-adjustment"):
            self.roster.copy(self.roster.rows()[0]["account"] + "\r\n")
            window.do("base-adjustment-paste")
            wait(lambda: self.lines("base-adjustment"), "somebody on the roster")
        fen = 500000 + 100 * self.rounds
        self.keyboard.tab_to("阎长江")
        self.press("ctrl+Home", *["Right"] * 3)
        self.type(f"{fen / 100:.2f}")
        self.press("Return")
        self.count("amounts")
        wait(lambda: f"\x1f{fen}" in self.lines("base-adjustment")[0], f"{fen} in the cell; {self.lines('base-adjustment')}")
        self.press("ctrl+a")

        def open_it():
            self.press("alt+b")
            window.see("统一基数", 10)
        self.popover("amounts", open_it, "the base for all")

    def statement(self):
        """The explanation of a back-payment: a text of many lines."""
        window = self.window
        self.clerk.go("back-payment")
        wait(lambda: window.enabled("back-payment-paste"), "the roster")
        if not self.lines("back-payment"):
            self.roster.copy(self.roster.rows()[0]["account"] + "\r\n")
            window.do("back-payment-paste")
            wait(lambda: self.lines("back-payment"), "somebody on the roster")
        self.over("explanations", "back-payment-write-statement", "补缴说明")

    def question(self):
        """What a group of faults of a workbook is corrected by."""
        path = self.window.home / "封存.xlsx"
        if not path.exists():
            book = openpyxl.Workbook()
            for row in (["个人账号", "变更原因", "说明"], [self.other, "其他", None]):
                book.active.append(row)
            book.save(path)
        self.clerk.go("sealing")
        self.over("corrections of a workbook", "sealing-import-file", "导入", self.correction, GLib.Variant("s", str(path)))

    def pressed(self, fits, what):
        def found():
            return next((node for node in self.window.walk() if fits(node.name) and node.can_be_pressed()), None)
        wait(found, what).press()

    def correction(self, kind, what, dialog):
        self.pressed(lambda name: name.startswith("核对"), "the check")
        self.pressed(lambda name: name.startswith("一并更正"), "the corrections")
        self.pressed(lambda name: name.startswith("全部填写相同内容"), "what is entered in all rows")
        self.keyboard.take(self.window)
        self.focus_in_field("the question")
        self.into(kind, what)

    def passphrase(self):
        """A passphrase is of letters: the input method keeps out of it."""
        self.over("passphrases", "show-keep", "备份与迁移", self.secret)

    def secret(self, kind, what, dialog):
        self.pressed(lambda name: name.startswith("打包"), "packing")
        self.keyboard.take(self.window)
        wait(lambda: self.focused().role == "password text", "the passphrase")
        self.type("ceshi ")
        self.count(kind)
        wait(lambda: len(self.focused().text()) == 6, f"six characters; {self.focused().text()!r}")
